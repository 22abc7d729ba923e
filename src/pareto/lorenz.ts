import { checkKeys, checkWhole } from '../core/index.js';
import { sortNumbers, Table } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

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
  return lorenzOf(sortNumbers(checked.values), steps);
}

/** Of ascending values. */
export function lorenzOf(ascending: Float64Array, steps: number): Table {
  const n = ascending.length;
  // Whole numbers first: step × n / steps customers.
  const below = Float64Array.from({ length: steps + 1 }, (_, step) => Math.floor((step * n) / steps));
  const sums = sumsAt(ascending, below);
  const total = sums[steps]!;
  const share = sums.map((sum, step) => {
    const part = ((step * n) % steps) / steps;
    return part === 0 ? sum / total : (sum + part * ascending[below[step]!]!) / total;
  });
  return new Table([
    ['customers', { type: 'number', data: Float64Array.from(share, (_, step) => step / steps) }],
    ['share', { type: 'number', data: share }],
  ]);
}

/**
 * Running sums from 0: entry k is the sum of the first k values, or of the last k.
 *
 * Method: what rounding loses is carried along (Neumaier 1974).
 */
export function cumulate(values: Float64Array, from: 'first' | 'last' = 'first'): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  let sum = 0;
  let lost = 0;
  for (let k = 0; k < n; k++) {
    const x = values[from === 'first' ? k : n - 1 - k]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
    sums[k + 1] = sum + lost;
  }
  return sums;
}

/** Running sums of the first `ends[k]` values only, ends ascending: the entries of {@link cumulate} there. */
function sumsAt(values: Float64Array, ends: Float64Array): Float64Array {
  const sums = new Float64Array(ends.length);
  let sum = 0;
  let lost = 0;
  for (let k = 0, i = 0; k < ends.length; k++) {
    for (const end = ends[k]!; i < end; i++) {
      const x = values[i]!;
      const next = sum + x;
      lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
      sum = next;
    }
    sums[k] = sum + lost;
  }
  return sums;
}
