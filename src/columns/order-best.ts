import type { Column } from './column.js';
import { orderByNumber, orderByText } from './order.js';
import { takeColumn, takeNumbers } from './take.js';

/**
 * Row numbers from the largest value to the smallest; equal ones by their id as text, else as they stand.
 *
 * @param values one per row; no NaN. Not modified.
 *
 * Where few rows have the value of another, only those have their ids sorted. O(n).
 */
export function orderBest(values: Float64Array, ids?: Column): Int32Array {
  const order = orderByNumber(values, 'descending');
  if (ids === undefined) return order;
  const places = tiedPlaces(values, order);
  if (places.length === 0) return order;
  if (places.length > order.length / 2) return orderByNumber(values, 'descending', orderByText(ids));
  // Sorted by themselves, the tied rows stand in the same places again, run by run.
  const tied = places.map((k) => order[k]!);
  const sorted = orderByNumber(takeNumbers(values, tied), 'descending', orderByText(takeColumn(ids, tied)));
  for (let k = 0; k < sorted.length; k++) order[places[k]!] = tied[sorted[k]!]!;
  return order;
}

/** Places of an order whose value is that of a neighbour. */
function tiedPlaces(values: Float64Array, order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  let count = 0;
  let above = NaN;
  let own = values[order[0]!]!;
  for (let k = 0; k < order.length; k++) {
    const below = k + 1 < order.length ? values[order[k + 1]!]! : NaN;
    if (own === above || own === below) places[count++] = k;
    above = own;
    own = below;
  }
  return places.slice(0, count);
}

/** For each row its place in an order, 1 the first. */
export function ranksOf(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) ranks[order[k]!] = k + 1;
  return ranks;
}
