import { TextBuilder, type CategoryColumn, type TextColumn } from '../columns/index.js';
import { codeOf, dictionaryValues, newDictionary, type Dictionary } from './dictionary.js';
import { readCodes, refuseEncoding } from './parquet-codes.js';
import type { ColumnSink } from './parquet-numbers.js';
import { readSpans, type TextSpans } from './parquet-spans.js';
import type { DataPage } from './parquet-pages.js';
import type { TextType } from './parquet-type.js';

/** The rows from `row` on that refer to one dictionary. */
interface CodedRows {
  readonly row: number;
  readonly texts: TextSpans;
}

const NO_TEXTS: TextSpans = { bytes: new Uint8Array(0), from: new Int32Array(0), to: new Int32Array(0) };

/**
 * A sink for text. Codes into dictionaries are used as they are, as long as every page has them; the dictionaries of
 * several row groups are made one.
 *
 * @param rows of the whole column
 * @param shape `'either'` gives text where the dictionaries hold more than half as many texts as there are rows
 */
export function textSink(type: TextType, rows: number, shape: 'text' | 'category' | 'either'): ColumnSink {
  const codes = new Int32Array(rows);
  const coded: CodedRows[] = [{ row: 0, texts: NO_TEXTS }];
  let texts = NO_TEXTS;
  let builder: TextBuilder | undefined;
  let at = 0;

  /** From now on as text, what was coded before included. */
  const toText = (): TextBuilder => {
    const made = new TextBuilder(rows);
    coded.forEach(({ row, texts: own }, i) => addRows(made, own, codes, row, coded[i + 1]?.row ?? at));
    return made;
  };

  return {
    dictionary: (bytes, count) => {
      texts = readSpans(type, bytes, 0, count);
      if (builder === undefined) coded.push({ row: at, texts });
    },
    page: (page) => {
      const values = page.values === 0 ? new Int32Array(0) : readCodes(page, texts.from.length);
      if (values !== undefined && builder === undefined) placeCodes(page, values, codes, at);
      else {
        builder ??= toText();
        addPage(builder, page, values === undefined ? plainSpans(type, page) : texts, values);
        if (at === 0) builder.expect(rows);
      }
      at += page.rows;
    },
    finish: () => {
      const entries = coded.reduce((sum, { texts: own }) => sum + own.from.length, 0);
      const asText = shape === 'text' || (shape === 'either' && entries * 2 > rows);
      if (builder === undefined && asText) builder = toText();
      if (builder === undefined) return category(coded, codes);
      return shape === 'category' ? coalesced(builder.finish()) : builder.finish();
    },
  };
}

/** One code per row, -1 for rows without a value. */
function placeCodes({ present, rows }: DataPage, values: Int32Array, codes: Int32Array, at: number): void {
  if (present === undefined) codes.set(values, at);
  else for (let i = 0, next = 0; i < rows; i++) codes[at + i] = present[i] === 1 ? values[next++]! : -1;
}

function plainSpans(type: TextType, page: DataPage): TextSpans {
  refuseEncoding(page);
  return readSpans(type, page.bytes, page.from, page.values);
}

/** Append a page; `values` are codes into `texts`, or undefined where these are the rows' own. */
function addPage(builder: TextBuilder, page: DataPage, texts: TextSpans, values: Int32Array | undefined): void {
  if (page.present === undefined && values === undefined) return builder.addSpans(texts.bytes, texts.from, texts.to, 0, page.rows);
  const codes = new Int32Array(page.rows);
  placeCodes(page, values ?? countUp(page.values), codes, 0);
  addRows(builder, texts, codes, 0, page.rows);
}

/** Append the texts of the rows `first … end`. */
function addRows(builder: TextBuilder, { bytes, from, to }: TextSpans, codes: Int32Array, first: number, end: number): void {
  const starts = new Int32Array(end - first);
  const ends = new Int32Array(end - first);
  let taken = 0;
  for (let i = 0; i < starts.length; i++) {
    const code = codes[first + i]!;
    if (code === -1) {
      builder.addSpans(bytes, starts, ends, taken, i - taken);
      builder.addMissing();
      taken = i + 1;
    } else {
      starts[i] = from[code]!;
      ends[i] = to[code]!;
    }
  }
  builder.addSpans(bytes, starts, ends, taken, starts.length - taken);
}

function countUp(length: number): Int32Array {
  const codes = new Int32Array(length);
  for (let i = 0; i < length; i++) codes[i] = i;
  return codes;
}

/** One dictionary of all; equal texts get one code. */
function category(coded: readonly CodedRows[], codes: Int32Array): CategoryColumn {
  const dictionary = newDictionary();
  coded.forEach(({ row, texts }, i) => {
    const common = Int32Array.from(texts.from, (from, code) => codeOf(dictionary, texts.bytes, from, texts.to[code]!));
    if (common.every((code, own) => code === own)) return;
    for (let at = row; at < (coded[i + 1]?.row ?? codes.length); at++) if (codes[at] !== -1) codes[at] = common[codes[at]!]!;
  });
  return { type: 'category', data: codes, values: dictionaryValues(dictionary) };
}

function coalesced({ data, offsets, valid }: TextColumn): CategoryColumn {
  const dictionary: Dictionary = newDictionary();
  const codes = new Int32Array(offsets.length - 1);
  for (let i = 0; i < codes.length; i++) {
    const present = valid === undefined || ((valid[i >> 3]! >> (i & 7)) & 1) === 1;
    codes[i] = present ? codeOf(dictionary, data, offsets[i]!, offsets[i + 1]!) : -1;
  }
  return { type: 'category', data: codes, values: dictionaryValues(dictionary) };
}
