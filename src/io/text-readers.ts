import { fitted, mostlyDifferent, TextBuilder, type TextColumn } from '../columns/index.js';
import { codeOf, dictionaryValues, newDictionary, type Dictionary } from './dictionary.js';
import { fieldText, NO_VALUE, type FieldReader } from './field-batch.js';
import { isMissing } from './missing-words.js';
import type { Settings } from './reading-options.js';

/** Reads a column of ids as text, byte for byte: spaces and leading zeros are kept. */
export function idReader(slot: number, required: boolean, { missing }: Settings): FieldReader {
  const builder = new TextBuilder();
  return {
    expect: (rows) => builder.expect(rows),
    append: (batch, note) => {
      const { bytes, from, to, capacity } = batch;
      const first = slot * capacity;
      let taken = first;                  // fields before it are in the builder
      for (let k = first; k < first + batch.rows; k++) {
        if (!isMissing(missing, bytes, from[k]!, to[k]!)) continue;
        if (required) note(k - first, fieldText(batch, k), NO_VALUE);
        builder.addSpans(bytes, from, to, taken, k - taken);
        builder.addMissing();
        taken = k + 1;
      }
      builder.addSpans(bytes, from, to, taken, first + batch.rows - taken);
    },
    finish: () => builder.finish(),
  };
}

/**
 * Reads a column of texts as codes into the list of different values.
 *
 * @param shape `'category'` keeps it so; `'either'` makes it text where it holds more than half as many different
 *   values as rows with a value
 */
export function categoryReader(slot: number, { missing }: Settings, shape: 'category' | 'either'): FieldReader {
  const dictionary = newDictionary();
  let data = new Int32Array(1024);
  let rows = 0;
  let present = 0;
  const grow = (length: number): void => {
    const larger = new Int32Array(length);
    larger.set(data.subarray(0, rows));
    data = larger;
  };
  return {
    expect: (expected) => {
      if (expected > data.length) grow(expected);
    },
    append: (batch) => {
      const { bytes, from, to, capacity } = batch;
      if (rows + batch.rows > data.length) grow(Math.max(data.length * 2, rows + batch.rows));
      const codes = data;
      for (let r = 0, k = slot * capacity; r < batch.rows; r++, k++) {
        if (isMissing(missing, bytes, from[k]!, to[k]!)) codes[rows + r] = -1;
        else {
          codes[rows + r] = codeOf(dictionary, bytes, from[k]!, to[k]!);
          present++;
        }
      }
      rows += batch.rows;
    },
    finish: () => {
      const codes = fitted(data, rows);
      return shape === 'either' && mostlyDifferent(dictionary.count, present) ? textOfCodes(dictionary, codes) : { type: 'category', data: codes, values: dictionaryValues(dictionary) };
    },
  };
}

function textOfCodes({ bytes, offsets }: Dictionary, codes: Int32Array): TextColumn {
  const builder = new TextBuilder(codes.length);
  for (const code of codes) {
    if (code < 0) builder.addMissing();
    else builder.addBytes(bytes, offsets[code]!, offsets[code + 1]!);
  }
  return builder.finish();
}
