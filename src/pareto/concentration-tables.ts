import { shareCount, Table, type Column } from '../columns/index.js';
import { reaches } from './checked-values.js';
import type { SumOf } from './running-sums.js';

/** The real percentage pair behind "80/20". */
export interface RealPair {
  /** share of customers looked at: 0.2 */
  readonly top: number;
  /** how many they are, rounded up */
  readonly topCustomers: number;
  /** share of the total they bring */
  readonly brings: number;
  /** share of the total looked at: 0.8 */
  readonly of: number;
  /** the fewest customers who bring it */
  readonly neededCustomers: number;
  /** as a share of all customers */
  readonly needs: number;
  readonly customers: number;
}

/**
 * What the top shares of customers bring, by each rule of counting them.
 *
 * @param sumOf sum of the k largest of n values
 * @returns `top`; `customers`, `share` (rounded up); `floorCustomers`, `floorShare` (rounded down); `interpolatedShare`
 */
export function topTable(sumOf: SumOf, n: number, total: number, shares: readonly number[]): Table {
  const up = shares.map((share) => shareCount(share, n, 'ceil'));
  const down = shares.map((share) => shareCount(share, n, 'floor'));
  const between = shares.map((share, i) => sumOf(down[i]!) + (shareCount(share, n, 'exact') - down[i]!) * (sumOf(up[i]!) - sumOf(down[i]!)));
  return new Table([
    ['top', numbers(shares)],
    ['customers', whole(up)],
    ['share', numbers(up.map((k) => sumOf(k) / total))],
    ['floorCustomers', whole(down)],
    ['floorShare', numbers(down.map((k) => sumOf(k) / total))],
    ['interpolatedShare', numbers(between.map((sum) => sum / total))],
  ]);
}

/** The fewest customers who bring each share of the total: `of`, `customers`, `share` of all customers. */
export function neededTable(sumOf: SumOf, n: number, total: number, shares: readonly number[]): Table {
  const needed = shares.map((share) => fewestReaching(sumOf, n, total, share));
  return new Table([['of', numbers(shares)], ['customers', whole(needed)], ['share', numbers(needed.map((k) => k / n))]]);
}

/**
 * The fewest of n values, largest first, whose sum reaches a share of the total.
 *
 * Sums rise while values are above 0, then fall to the total: once reached, a share of it stays reached.
 */
export function fewestReaching(sumOf: SumOf, n: number, total: number, share: number): number {
  let [low, high] = [1, n];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(sumOf(middle), total, share)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function numbers(values: readonly number[]): Column {
  return { type: 'number', data: Float64Array.from(values) };
}

function whole(values: readonly number[]): Column {
  return { type: 'integer', data: Int32Array.from(values) };
}
