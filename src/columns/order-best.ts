import type { Column, TextColumn } from './column.js';
import { orderByNumber, orderByText } from './order.js';
import { compareTextRows } from './sort.js';
import { takeColumn, takeNumbers } from './take.js';

/**
 * Row numbers from the largest value to the smallest; equal ones by their id as text, else as they stand.
 *
 * @param values one per row; no NaN. Not modified.
 *
 * Where few rows have the value of another, only those have their ids sorted: a few of text one by one, others by
 * {@link orderByText}. O(n).
 */
export function orderBest(values: Float64Array, ids?: Column): Int32Array {
  const order = orderByNumber(values, 'descending');
  if (ids === undefined) return order;
  const places = tiedPlaces(values, order, ids);
  if (places.length === 0) return order;
  if (places.length > order.length / 2) return orderByNumber(values, 'descending', orderByText(ids));
  // Sorted by themselves, the tied rows stand in the same places again, run by run.
  const tied = places.map((k) => order[k]!);
  const sorted = orderByNumber(takeNumbers(values, tied), 'descending', orderByText(takeColumn(ids, tied)));
  for (let k = 0; k < sorted.length; k++) order[places[k]!] = tied[sorted[k]!]!;
  return order;
}

/** So many rows of equal value are sorted by insertion where their ids are text. */
const FEW = 16;

/** Places of an order whose value is that of a neighbour, but for a few of text, which are put in order at once. */
function tiedPlaces(values: Float64Array, order: Int32Array, ids: Column): Int32Array {
  const places = new Int32Array(order.length);
  let count = 0;
  for (let from = 0; from < order.length;) {
    const value = values[order[from]!]!;
    let to = from + 1;
    while (to < order.length && values[order[to]!] === value) to++;
    if (to - from > 1) {
      if (ids.type === 'text' && to - from <= FEW) insertByText(ids, order, from, to);
      else for (let k = from; k < to; k++) places[count++] = k;
    }
    from = to;
  }
  return places.slice(0, count);
}

function insertByText(ids: TextColumn, order: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const row = order[i]!;
    let k = i;
    for (; k > from && compareTextRows(ids, order[k - 1]!, row) > 0; k--) order[k] = order[k - 1]!;
    order[k] = row;
  }
}

/** For each row its place in an order, 1 the first. */
export function ranksOf(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) ranks[order[k]!] = k + 1;
  return ranks;
}
