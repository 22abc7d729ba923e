import type { Column } from './column.js';
import { digitKeys } from './digit-keys.js';
import { orderByNumber, orderByText, sortedRows, type SortedRows } from './order.js';
import { valuesOf, type SortKeys } from './sort-keys.js';
import { compareText, compareTextRows } from './sort.js';
import { takeColumn, takeNumbers } from './take.js';

/**
 * Row numbers from the largest value to the smallest; equal ones by their id as text, else as they stand.
 *
 * @param values one per row; no NaN. Not modified. O(n), as {@link sortBest}.
 */
export function orderBest(values: Float64Array, ids?: Column): Int32Array {
  return bestRows(values, ids).rows;
}

/** Rows in order, and their values in the same order, -0 as 0. */
export interface SortedBest {
  readonly order: Int32Array;
  readonly sorted: Float64Array;
}

/** What {@link orderBest} gives, and the values in that order, which sorting leaves behind: no walk to each row's. */
export function sortBest(values: Float64Array, ids?: Column): SortedBest {
  const { rows, keys } = bestRows(values, ids);
  return { order: rows, sorted: valuesOf(keys) };
}

/**
 * Ids that are whole numbers are put in order first, which is soon done. Of others only those of equal values are sorted: a few
 * by insertion, many by {@link orderByText}, with those of all rows where many are the most.
 */
function bestRows(values: Float64Array, ids: Column | undefined): SortedRows {
  const numbers = ids !== undefined && (ids.type === 'number' || ids.type === 'integer') ? digitKeys(ids) : undefined;
  if (numbers !== undefined) return sortedRows(values, 'descending', orderByNumber(numbers));
  const sorted = sortedRows(values, 'descending');
  if (ids === undefined) return sorted;
  const order = sorted.rows;
  const { short, long } = tiedRuns(sorted.keys);
  const compare = comparerOf(ids);
  if (long.length > order.length / 2 || (compare === undefined && short.length + long.length > 0)) return sortedRows(values, 'descending', orderByText(ids));
  for (let r = 0; r < short.length; r += 2) insertionSort(order, short[r]!, short[r + 1]!, compare!);
  if (long.length === 0) return sorted;
  // Sorted by themselves, the rows of long runs stand in the same places again, run by run.
  const tied = long.map((k) => order[k]!);
  const again = orderByNumber(takeNumbers(values, tied), 'descending', orderByText(takeColumn(ids, tied)));
  for (let k = 0; k < again.length; k++) order[long[k]!] = tied[again[k]!]!;
  return sorted;
}

/** So many rows of one value are sorted by insertion. */
const FEW = 16;

/** Rows of equal value in an order: where each short run of them starts and ends, by pairs, and the places of all long ones. */
function tiedRuns({ upper, lower = upper }: SortKeys): { short: Int32Array; long: Int32Array } {
  const short = new Int32Array(upper.length + 1);
  const long = new Int32Array(upper.length);
  let ends = 0;
  let places = 0;
  for (let from = 0; from < upper.length;) {
    const key = upper[from]!, word = lower[from]!;
    let to = from + 1;
    while (to < upper.length && upper[to] === key && lower[to] === word) to++;
    if (to - from > FEW) for (let k = from; k < to; k++) long[places++] = k;
    else if (to - from > 1) {
      short[ends++] = from;
      short[ends++] = to;
    }
    from = to;
  }
  return { short: short.subarray(0, ends), long: long.subarray(0, places) };
}

/** Compares rows by their ids as text; undefined for numbers that are not whole. */
function comparerOf(ids: Column): ((a: number, b: number) => number) | undefined {
  if (ids.type === 'text') return (a, b) => compareTextRows(ids, a, b);
  if (ids.type === 'category') return (a, b) => compareText(ids.values[ids.data[a]!] ?? '', ids.values[ids.data[b]!] ?? '');
  return undefined;
}

function insertionSort(order: Int32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  for (let i = from + 1; i < to; i++) {
    const row = order[i]!;
    let k = i;
    for (; k > from && compare(order[k - 1]!, row) > 0; k--) order[k] = order[k - 1]!;
    order[k] = row;
  }
}

/** For each row its place in an order, 1 the first. */
export function ranksOf(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) ranks[order[k]!] = k + 1;
  return ranks;
}
