import { checkKeys, checkWord, ClienteleError } from '../core/index.js';
import { exactSumOf } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

/** Which form of the Herfindahl-Hirschman index. */
export interface HhiOptions {
  /** `'index'` (default): 1/n to 1; `'points'`: that times 10,000; `'normalized'`: (H - 1/n) / (1 - 1/n), 0 to 1 */
  readonly form?: 'index' | 'points' | 'normalized';
}

/**
 * The Herfindahl-Hirschman index: the sum of squared shares, which tells how much hangs on few customers.
 *
 * @param values one per customer, length n >= 1, none below 0, total above 0; any unit. Not modified.
 * @throws ClienteleError `VALUE_INVALID`, also for `'normalized'` with one customer; `OPTION_INVALID`
 * @example
 * hhi([50, 30, 20]);                       // 0.38
 * hhi([50, 30, 20], { form: 'points' });   // 3800
 *
 * Source: Hirschman (1945), Herfindahl (1950). O(n).
 */
export function hhi(values: Float64Array | readonly number[], options: HhiOptions = {}): number {
  checkKeys('hhi', options, ['form']);
  const form = checkWord('hhi', 'form', options.form ?? 'index', ['index', 'points', 'normalized']);
  const checked = checkedValues('hhi', values);
  const n = checked.values.length;
  if (form === 'normalized' && n === 1) throw new ClienteleError('VALUE_INVALID', { where: 'hhi' }, 'one value has no normalized index.', "Pass two or more, or use form: 'index'.");
  const index = hhiOf(checked.values, checked.total);
  return form === 'index' ? index : form === 'points' ? index * 10000 : normalizedHhi(index, n);
}

/**
 * How many customers of equal size would be as concentrated: 1 / HHI, 1 to n.
 *
 * @throws ClienteleError `VALUE_INVALID`
 * @example
 * effectiveNumber([50, 30, 20]);   // 2.63…
 */
export function effectiveNumber(values: Float64Array | readonly number[]): number {
  const checked = checkedValues('effectiveNumber', values);
  return 1 / hhiOf(checked.values, checked.total);
}

/** The sum of squared shares, of values that stand `counts` times (once when absent). */
export function hhiOf(values: Float64Array, total: number, counts?: Int32Array): number {
  return exactSumOf(values, (value) => (value / total) ** 2, counts);
}

/** (H - 1/n) / (1 - 1/n), n above 1. */
export function normalizedHhi(index: number, n: number): number {
  return Math.max(0, (index - 1 / n) / (1 - 1 / n));
}
