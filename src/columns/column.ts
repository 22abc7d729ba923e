import type { DateUnit } from '../core/index.js';

/** Numbers; NaN = missing. */
export interface NumberColumn {
  readonly type: 'number';
  readonly data: Float64Array;
}
/** Whole numbers of 32 bits. */
export interface IntegerColumn {
  readonly type: 'integer';
  readonly data: Int32Array;
  /** one bit per row, least significant first, 1 = present; absent = all present */
  readonly valid?: Uint8Array;
}
/** Days (or hours, minutes) since 1970-01-01 in the log's own calendar. */
export interface DateColumn {
  readonly type: 'date';
  readonly data: Int32Array;
  /** 'day' when absent */
  readonly unit?: DateUnit;
  readonly valid?: Uint8Array;
}
/** Yes and no: 1 and 0. */
export interface FlagColumn {
  readonly type: 'flag';
  readonly data: Uint8Array;
  readonly valid?: Uint8Array;
}
/** Text of few different values: a code per row into `values`, -1 = missing. */
export interface CategoryColumn {
  readonly type: 'category';
  readonly data: Int32Array;
  readonly values: readonly string[];
}
/** Text: row i is the UTF-8 bytes `data[offsets[i] … offsets[i + 1]]`, decoded when asked. */
export interface TextColumn {
  readonly type: 'text';
  readonly data: Uint8Array;
  /** length rows + 1 */
  readonly offsets: Int32Array;
  readonly valid?: Uint8Array;
}

/** A named column's content. Typed arrays are shared, not copied: changing one afterwards is undefined behaviour. */
export type Column = NumberColumn | IntegerColumn | DateColumn | FlagColumn | CategoryColumn | TextColumn;
export type ColumnType = Column['type'];

/** One cell as plain JavaScript: dates as 'YYYY-MM-DD' text, flags as booleans, missing as null. */
export type Cell = number | string | boolean | null;

const decoder = new TextDecoder('utf-8');

/** Number of rows of a column. */
export function columnLength(column: Column): number {
  return column.type === 'text' ? Math.max(0, column.offsets.length - 1) : column.data.length;
}

/** True when row `i` holds a value. */
export function isPresent(column: Column, i: number): boolean {
  if (column.type === 'number') return !Number.isNaN(column.data[i]);
  if (column.type === 'category') return column.data[i] !== -1;
  return column.valid === undefined || ((column.valid[i >> 3]! >> (i & 7)) & 1) === 1;
}

/** Text of row `i` of a text column, present or not. */
export function textAt(column: TextColumn, i: number): string {
  return decodeUtf8(column.data.subarray(column.offsets[i]!, column.offsets[i + 1]!));
}

/** Bytes as text; malformed UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Short ASCII, most ids, is three times faster without the decoder's call.
  if (bytes.length <= 24) {
    let text = '';
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i]! >= 0x80) return decodeShared(bytes);
      text += String.fromCharCode(bytes[i]!);
    }
    return text;
  }
  return decodeShared(bytes);
}

/** Some engines refuse to decode from shared memory: copy first. */
function decodeShared(bytes: Uint8Array): string {
  return decoder.decode(typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer ? bytes.slice() : bytes);
}
