import { isPresent, type Column, type TextColumn } from './column.js';
import { digitKeys } from './digit-keys.js';
import { textColumn } from './make.js';
import { sortByKeys } from './sort-by-keys.js';
import { sortKeys, type SortKeys } from './sort-keys.js';
import { compareText, compareTextRows } from './sort.js';
import { takeNumbers } from './take.js';

/**
 * Row numbers in the order of their values; equal values keep the order they stand in before.
 *
 * @param values one per row; no NaN; -0 and 0 are equal. Not modified.
 * @param direction `'descending'` puts the largest first, equal values still as they stood
 * @param before row numbers in the order equal values are to keep; 0, 1, 2 … when absent. Not modified.
 * @returns the row numbers of `before`, sorted
 *
 * O(n), as {@link sortByKeys}.
 */
export function orderByNumber(values: Float64Array, direction: 'ascending' | 'descending' = 'ascending', before?: Int32Array): Int32Array<ArrayBuffer> {
  return sortedRows(values, direction, before).rows;
}

/** Row numbers in order, and the keys of their values. */
export interface SortedRows {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly keys: SortKeys;
}

/** What {@link orderByNumber} gives, with the keys it sorted by. */
export function sortedRows(values: Float64Array, direction: 'ascending' | 'descending', before?: Int32Array): SortedRows {
  const own = before === undefined ? values : takeNumbers(values, before);
  const { keys, rows } = sortByKeys(sortKeys(own, direction === 'descending'), before === undefined ? rowNumbers(values.length) : Int32Array.from(before));
  return { keys, rows: rows! };
}

function rowNumbers(n: number): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  return rows;
}

/**
 * Row numbers in the order of their text as UTF-8 bytes, whatever the column's type: the number 10 comes before 9.
 *
 * Equal texts keep the order of the rows; missing ones count as empty text.
 *
 * Method: whole numbers by keys that order as their digits do, categories by the rank of their value; of texts what all
 * begin with is skipped, the next six bytes are sorted as a number by {@link orderByNumber}, then each run of equal pieces
 * by the six bytes behind. O(n) for ids of usual length; 1 M take 0.03 (whole numbers) to 0.6 s.
 */
export function orderByText(column: Column): Int32Array {
  if (column.type === 'category') return orderByCategory(column.data, column.values);
  const keys = column.type === 'number' || column.type === 'integer' ? digitKeys(column) : undefined;
  if (keys !== undefined) return orderByNumber(keys);
  const text = column.type === 'text' ? column : textColumn(Array.from(column.data, (value, row) => (isPresent(column, row) ? String(value) : null)));
  const rows = rowNumbers(text.offsets.length - 1);
  orderRun(text, rows, 0, rows.length, sharedPrefix(text));
  return rows;
}

function orderByCategory(codes: Int32Array, values: readonly string[]): Int32Array {
  const ranks = new Float64Array(values.length);
  const order = Array.from(values.keys()).sort((a, b) => compareText(values[a]!, values[b]!));
  order.forEach((code, rank) => (ranks[code] = rank));
  return orderByNumber(Float64Array.from(codes, (code) => (code === -1 ? -1 : ranks[code]!)));
}

/** How many bytes all texts begin with. */
function sharedPrefix({ data, offsets }: TextColumn): number {
  let shared = offsets.length < 2 ? 0 : offsets[1]! - offsets[0]!;
  for (let row = 1; row + 1 < offsets.length && shared > 0; row++) {
    const start = offsets[row]!;
    shared = Math.min(shared, offsets[row + 1]! - start);
    for (let i = 0; i < shared; i++) if (data[start + i] !== data[offsets[0]! + i]) shared = i;
  }
  return shared;
}

/** Sort `rows[from … to]`, whose texts agree in their first `skip` bytes. */
function orderRun(text: TextColumn, rows: Int32Array, from: number, to: number, skip: number): void {
  if (to - from < 32) return insertionSort(text, rows, from, to);
  const run = rows.subarray(from, to);
  // All read to the end: equal but for zero bytes, which the comparison tells from the end of the text.
  if (!run.some((row) => text.offsets[row + 1]! - text.offsets[row]! > skip)) {
    run.set(Array.from(run).sort((a, b) => compareTextRows(text, a, b) || a - b));
    return;
  }
  const pieces = Float64Array.from(run, (row) => sixBytes(text, row, skip));
  const order = orderByNumber(pieces);
  run.set(order.map((at) => run[at]!));
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && pieces[order[i]!] === pieces[order[start]!]) continue;
    if (i - start > 1) orderRun(text, rows, from + start, from + i, skip + 6);
    start = i;
  }
}

function insertionSort(text: TextColumn, rows: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const row = rows[i]!;
    let k = i;
    // Rows come in the order they stand, so equal texts need no second look.
    for (; k > from && compareTextRows(text, rows[k - 1]!, row) > 0; k--) rows[k] = rows[k - 1]!;
    rows[k] = row;
  }
}

/** Bytes skip … skip + 6 of a row as one number, zeros behind its end. */
function sixBytes(text: TextColumn, row: number, skip: number): number {
  const start = text.offsets[row]! + skip;
  const end = text.offsets[row + 1]!;
  let piece = 0;
  for (let i = start; i < start + 6; i++) piece = piece * 256 + (i < end ? text.data[i]! : 0);
  return piece;
}
