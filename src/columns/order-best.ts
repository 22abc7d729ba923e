import type { Column } from './column.js';
import { orderByNumber, orderByText } from './order.js';
import { takeColumn } from './take.js';

/**
 * Row numbers from the largest value to the smallest; equal ones by their id as text, else as they stand.
 *
 * @param values one per row; no NaN. Not modified.
 *
 * Only rows of equal value have their ids compared. O(n).
 */
export function orderBest(values: Float64Array, ids?: Column): Int32Array {
  const order = orderByNumber(values, 'descending');
  if (ids === undefined) return order;
  const places: number[] = [];
  for (let k = 0; k < order.length; k++) {
    const value = values[order[k]!]!;
    if ((k > 0 && values[order[k - 1]!] === value) || (k + 1 < order.length && values[order[k + 1]!] === value)) places.push(k);
  }
  if (places.length === 0) return order;
  // Sorted by themselves, the tied rows stand in the same places again, run by run.
  const tied = Int32Array.from(places, (k) => order[k]!);
  const own = Float64Array.from(tied, (row) => values[row]!);
  const sorted = orderByNumber(own, 'descending', orderByText(takeColumn(ids, tied)));
  for (let k = 0; k < sorted.length; k++) order[places[k]!] = tied[sorted[k]!]!;
  return order;
}

/** For each row its place in an order, 1 the first. */
export function ranksOf(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) ranks[order[k]!] = k + 1;
  return ranks;
}
