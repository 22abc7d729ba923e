import { checkKeys, checkWhole } from '../core/index.js';
import { sortNumbers, Table } from '../columns/index.js';
import { checkedValues } from './checked-values.js';
import { cumulate } from './lorenz.js';

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
  return decilesOf(cumulate(sortNumbers(checked.values), 'last'), groups);
}

/** Of running sums of the values, largest first, from 0; length n + 1. */
export function decilesOf(sums: Float64Array, groups: number): Table {
  const n = sums.length - 1;
  const used = Math.min(groups, n);
  const total = sums[n]!;
  const customers = Int32Array.from({ length: used }, (_, g) => Math.floor(n / used) + (g < n % used ? 1 : 0));
  const ends = Int32Array.from(cumulate(Float64Array.from(customers)).subarray(1));
  const value = Float64Array.from(ends, (end, g) => sums[end]! - sums[end - customers[g]!]!);
  const numbers = (of: (g: number) => number): { type: 'number'; data: Float64Array } => ({ type: 'number', data: Float64Array.from(ends, (_, g) => of(g)) });
  return new Table([
    ['decile', { type: 'integer', data: Int32Array.from(ends, (_, g) => g + 1) }],
    ['customers', { type: 'integer', data: customers }],
    ['value', { type: 'number', data: value }],
    ['share', numbers((g) => value[g]! / total)],
    ['cumulatedShare', numbers((g) => sums[ends[g]!]! / total)],
    ['lift', numbers((g) => (value[g]! / customers[g]!) / (total / n))],
  ]);
}
