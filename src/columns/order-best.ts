import type { Column, TextColumn } from './column.js';
import { orderByNumber, orderByText } from './order.js';
import { compareTextRows } from './sort.js';
import { takeColumn } from './take.js';

/**
 * Row numbers from the largest value to the smallest; equal ones by their id as text, else as they stand.
 *
 * @param values one per row; no NaN. Not modified.
 *
 * Only rows of equal value have their ids compared: a few of text one by one, many by {@link orderByText}. O(n).
 */
export function orderBest(values: Float64Array, ids?: Column): Int32Array {
  const order = orderByNumber(values, 'descending');
  if (ids === undefined) return order;
  const places: number[] = [];
  for (let from = 0; from < order.length;) {
    const value = values[order[from]!]!;
    let to = from + 1;
    while (to < order.length && values[order[to]!] === value) to++;
    if (to - from > FEW || (to - from > 1 && ids.type !== 'text')) for (let k = from; k < to; k++) places.push(k);
    else if (to - from > 1 && ids.type === 'text') insertByText(ids, order, from, to);
    from = to;
  }
  if (places.length === 0) return order;
  // Sorted by themselves, the tied rows stand in the same places again, run by run.
  const tied = Int32Array.from(places, (k) => order[k]!);
  const own = Float64Array.from(tied, (row) => values[row]!);
  const sorted = orderByNumber(own, 'descending', orderByText(takeColumn(ids, tied)));
  for (let k = 0; k < sorted.length; k++) order[places[k]!] = tied[sorted[k]!]!;
  return order;
}

/** So many equal values are sorted by insertion. */
const FEW = 16;

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
