import { checkKeys, checkWhole } from '../core/index.js';
import { countValues, Table } from '../columns/index.js';
import { checkedValues } from './checked-values.js';
import { sumsOf, type SumOf } from './running-sums.js';

/** At which points the curve is given. */
export interface LorenzOptions {
  /** equal steps from 0 to 1, 1 to 100,000; 20 by default */
  readonly steps?: number;
}

/**
 * The Lorenz curve: what share of the total the poorest share of customers has, between customers by straight lines.
 *
 * @param values one per customer, length n >= 1, none below 0, total above 0; any unit. Not modified.
 * @returns columns `customers` (0, 1/steps … 1) and `share` (0 … 1), steps + 1 rows
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * lorenz([1, 1, 2, 3, 13], { steps: 5 }).toColumns();   // share: [0, 0.05, 0.1, 0.2, 0.35, 1]
 *
 * Source: Lorenz (1905). O(n + steps).
 */
export function lorenz(values: Float64Array | readonly number[], options: LorenzOptions = {}): Table {
  checkKeys('lorenz', options, ['steps']);
  const steps = checkWhole('lorenz', 'steps', options.steps ?? 20, 1, 100_000);
  const checked = checkedValues('lorenz', values);
  return lorenzOf(sumsOf(countValues(checked.values), 'smallest'), checked.values.length, steps);
}

/** Of the sums of the smallest of n values. */
export function lorenzOf(sumOf: SumOf, n: number, steps: number): Table {
  const total = sumOf(n);
  const share = Float64Array.from({ length: steps + 1 }, (_, step) => {
    // Whole numbers first: step × n / steps customers.
    const below = Math.floor((step * n) / steps);
    const part = ((step * n) % steps) / steps;
    const sum = sumOf(below);
    return part === 0 ? sum / total : (sum + part * (sumOf(below + 1) - sum)) / total;
  });
  return new Table([
    ['customers', { type: 'number', data: Float64Array.from(share, (_, step) => step / steps) }],
    ['share', { type: 'number', data: share }],
  ]);
}

/**
 * Running sums from 0: entry k is the sum of the first k values.
 *
 * Method: what rounding loses is carried along (Neumaier 1974).
 */
export function cumulate(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
    sums[i + 1] = sum + lost;
  }
  return sums;
}
