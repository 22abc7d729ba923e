import type { ForeignValues } from './foreign-values.js';
import { RLE, type DataPage, type PageSink } from './parquet-pages.js';
import { plainNumbers, type Numbers, type PlainNumbers } from './parquet-plain.js';
import type { NumberType } from './parquet-type.js';
import { readCodes, refuseEncoding } from './parquet-codes.js';
import { readRleBits } from './rle-bits.js';
import { wholeNumbers } from './whole-numbers.js';

/** Takes up a column's pages; `finish` gives the values of all. */
export interface ColumnSink extends PageSink {
  finish(): ForeignValues;
}

/**
 * A sink for numbers, times, dates and flags: every value is put at its place in one array.
 *
 * @param rows of the whole column
 */
export function numberSink(type: NumberType, rows: number): ColumnSink {
  const plain = plainNumbers(type);
  const data = plain.room(rows);
  let dictionary = plain.room(0);
  let valid: Uint8Array | undefined;
  let at = 0;

  const place = (page: DataPage, values: Numbers): void => {
    const present = page.present!;
    for (let i = 0, next = 0; i < page.rows; i++) if (present[i] === 1) data[at + i] = values[next++]!;
    if (data instanceof Float64Array) {
      for (let i = 0; i < page.rows; i++) if (present[i] === 0) data[at + i] = NaN;
    } else {
      valid ??= new Uint8Array((rows + 7) >> 3).fill(0xff);
      for (let i = 0; i < page.rows; i++) if (present[i] === 0) valid[(at + i) >> 3]! &= ~(1 << ((at + i) & 7));
    }
  };

  return {
    dictionary: (bytes, count) => {
      dictionary = plain.room(count);
      plain.read(bytes, 0, count, dictionary, 0);
    },
    page: (page) => {
      const whole = page.present === undefined;
      const values = whole ? data : plain.room(page.values);
      readValues(page, type, plain, dictionary, values, whole ? at : 0);
      if (!whole) place(page, values);
      at += page.rows;
    },
    finish: () => columnOf(type, data, valid),
  };
}

function readValues(page: DataPage, type: NumberType, plain: PlainNumbers, dictionary: Numbers, into: Numbers, at: number): void {
  const codes = readCodes(page, dictionary.length);
  if (codes !== undefined) {
    for (let i = 0; i < page.values; i += BATCH) lookUp(dictionary, codes, i, Math.min(page.values, i + BATCH), into, at);
  } else if (type.is === 'flag' && page.encoding === RLE) {
    const bits = new Int32Array(page.values);
    readRleBits(page.bytes, page.from + 4, page.bytes.length, 1, page.values, bits);
    into.set(bits, at);
  } else {
    refuseEncoding(page);
    plain.read(page.bytes, page.from, page.values, into, at);
  }
}

/** Values looked up in one call, for the compiler to see whole calls soon. */
const BATCH = 1024;

/** The values of codes, by a loop for each kind of array: one of all kinds looks at each value which it is. */
function lookUp(dictionary: Numbers, codes: Int32Array, from: number, to: number, into: Numbers, at: number): void {
  if (dictionary instanceof Float64Array) lookUpDoubles(dictionary, codes, from, to, into as Float64Array, at);
  else if (dictionary instanceof Int32Array) lookUpIntegers(dictionary, codes, from, to, into as Int32Array, at);
  else for (let i = from; i < to; i++) into[at + i] = dictionary[codes[i]!]!;
}

function lookUpDoubles(dictionary: Float64Array, codes: Int32Array, from: number, to: number, into: Float64Array, at: number): void {
  for (let i = from; i < to; i++) into[at + i] = dictionary[codes[i]!]!;
}

function lookUpIntegers(dictionary: Int32Array, codes: Int32Array, from: number, to: number, into: Int32Array, at: number): void {
  for (let i = from; i < to; i++) into[at + i] = dictionary[codes[i]!]!;
}

function columnOf(type: NumberType, data: Numbers, bits: Uint8Array | undefined): ForeignValues {
  const valid = bits === undefined ? {} : { valid: bits };
  switch (type.is) {
    case 'int32':
      return { type: 'integer', data: data as Int32Array, ...valid };
    case 'date':
      return { type: 'date', data: data as Int32Array, ...valid };
    case 'flag':
      return { type: 'flag', data: data as Uint8Array, ...valid };
    case 'time64':
      return { type: 'times', data: data as Float64Array, zoned: type.zoned };
    case 'time96':
      return { type: 'times', data: data as Float64Array, zoned: false };
    case 'int64':
    case 'uint64':
    case 'uint32':
      return wholeNumbers(data as Float64Array);
    default:
      return { type: 'number', data: data as Float64Array };
  }
}
