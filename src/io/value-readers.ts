import { fitted } from '../columns/index.js';
import { NO_DATE } from './clock.js';
import { parseFormatted } from './date-format.js';
import { explainDate } from './explain-date.js';
import { explainNumber } from './explain-number.js';
import { fieldText, NO_VALUE, type FieldReader } from './field-batch.js';
import { isMissing } from './missing-words.js';
import { readNumber } from './number-format.js';
import { parseDate } from './parse-date.js';
import { parseNumber } from './parse-number.js';
import type { Settings } from './reading-options.js';

/** Reads a column of numbers; where a value is not required, missing ones are NaN. */
export function numberReader(slot: number, required: boolean, { numbers, missing }: Settings): FieldReader {
  let data = new Float64Array(1024);
  let rows = 0;
  const { decimal } = numbers;
  return {
    expect: (expected) => {
      if (expected > data.length) data = doublesOf(data, rows, expected);
    },
    append: (batch, note) => {
      const { bytes, from, to, capacity } = batch;
      if (rows + batch.rows > data.length) data = doublesOf(data, rows, Math.max(data.length * 2, rows + batch.rows));
      const values = data;
      const first = slot * capacity;
      for (let r = 0, k = first; r < batch.rows; r++, k++) {
        let value = parseNumber(bytes, from[k]!, to[k]!, decimal);
        // Not finite, or perhaps a word such as -999 that stands for nothing: look again.
        if (value - value !== 0 || missing.likeNumbers) {
          if (isMissing(missing, bytes, from[k]!, to[k]!)) {
            value = NaN;
            if (required) note(r, fieldText(batch, k), NO_VALUE);
          } else {
            value = readNumber(bytes, from[k]!, to[k]!, numbers);
            if (!Number.isFinite(value)) note(r, fieldText(batch, k), explainNumber(fieldText(batch, k), numbers));
          }
        }
        values[rows + r] = value;
      }
      rows += batch.rows;
    },
    finish: () => ({ type: 'number', data: fitted(data, rows) }),
  };
}

/** Reads a column of dates, every one of them required. */
export function dateReader(slot: number, { missing, dateFormat, clock }: Settings): FieldReader {
  let data = new Int32Array(1024);
  let rows = 0;
  return {
    expect: (expected) => {
      if (expected > data.length) data = intsOf(data, rows, expected);
    },
    append: (batch, note) => {
      const { bytes, from, to, capacity } = batch;
      if (rows + batch.rows > data.length) data = intsOf(data, rows, Math.max(data.length * 2, rows + batch.rows));
      const values = data;
      const first = slot * capacity;
      for (let r = 0, k = first; r < batch.rows; r++, k++) {
        const value = dateFormat === undefined ? parseDate(bytes, from[k]!, to[k]!, clock) : parseFormatted(bytes, from[k]!, to[k]!, dateFormat, clock);
        if (value === NO_DATE || missing.likeNumbers) {
          if (isMissing(missing, bytes, from[k]!, to[k]!)) note(r, fieldText(batch, k), NO_VALUE);
          else if (value === NO_DATE) note(r, fieldText(batch, k), explainDate(fieldText(batch, k), dateFormat, clock));
        }
        values[rows + r] = value;
      }
      rows += batch.rows;
    },
    finish: () => ({ type: 'date', data: fitted(data, rows), ...(clock.unit === 'day' ? {} : { unit: clock.unit }) }),
  };
}

function doublesOf(data: Float64Array, rows: number, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(data.subarray(0, rows));
  return larger;
}

function intsOf(data: Int32Array, rows: number, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(data.subarray(0, rows));
  return larger;
}
