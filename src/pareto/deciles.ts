import { checkKeys, checkWhole } from '../core/index.js';
import { countValues, Table } from '../columns/index.js';
import { checkedValues } from './checked-values.js';
import { sumsOf, type SumOf } from './running-sums.js';

/** Into how many groups customers are divided. */
export interface DecilesOptions {
  /** 2 to 100; 10 by default. With fewer customers there are as many groups as customers. */
  readonly groups?: number;
}

/**
 * Customers in ten groups of equal number, the best first: what each brings, and its lift over the average.
 *
 * Groups differ by one customer at most, the first being larger (SQL's NTILE), so equal values can part.
 *
 * @param values one per customer, length n >= 1, total above 0; any unit; losses allowed. Not modified.
 * @returns columns `decile` (1 the best), `customers`, `value`, `share`, `cumulatedShare`, `lift` (mean of the group / mean
 *   of all)
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * deciles([1, 1, 2, 3, 13]).row(0);
 * // { decile: 1, customers: 1, value: 13, share: 0.65, cumulatedShare: 0.65, lift: 3.25 }
 *
 * O(n).
 */
export function deciles(values: Float64Array | readonly number[], options: DecilesOptions = {}): Table {
  checkKeys('deciles', options, ['groups']);
  const groups = checkWhole('deciles', 'groups', options.groups ?? 10, 2, 100);
  const checked = checkedValues('deciles', values, 'allowed');
  return decilesOf(sumsOf(countValues(checked.values), 'largest'), checked.values.length, groups);
}

/** Of the sums of the largest of n values. */
export function decilesOf(sumOf: SumOf, n: number, groups: number): Table {
  const used = Math.min(groups, n);
  const total = sumOf(n);
  const customers = Int32Array.from({ length: used }, (_, g) => Math.floor(n / used) + (g < n % used ? 1 : 0));
  let placed = 0;
  const ends = customers.map((count) => (placed += count));
  const sums = Float64Array.from(ends, sumOf);
  const value = sums.map((sum, g) => sum - (g === 0 ? 0 : sums[g - 1]!));
  const numbers = (of: (g: number) => number): { type: 'number'; data: Float64Array } => ({ type: 'number', data: Float64Array.from(ends, (_, g) => of(g)) });
  return new Table([
    ['decile', { type: 'integer', data: Int32Array.from(ends, (_, g) => g + 1) }],
    ['customers', { type: 'integer', data: customers }],
    ['value', { type: 'number', data: value }],
    ['share', numbers((g) => value[g]! / total)],
    ['cumulatedShare', numbers((g) => sums[g]! / total)],
    ['lift', numbers((g) => (value[g]! / customers[g]!) / (total / n))],
  ]);
}
