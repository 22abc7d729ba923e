import { exactSumOf } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

/**
 * The Hoover (Robin Hood) index: the share of the total that would have to move for all to have the same.
 *
 * @param values one per customer, length n >= 1, none below 0, total above 0; any unit. Not modified.
 * @returns 0 to (n - 1) / n
 * @throws ClienteleError `VALUE_INVALID`
 * @example
 * hoover([1, 1, 2, 3, 13]);   // 0.45
 *
 * Method: Σ |x - mean| / (2 Σ x), Hoover (1936). O(n).
 */
export function hoover(values: Float64Array | readonly number[]): number {
  const checked = checkedValues('hoover', values);
  return hooverOf(checked.values, checked.total);
}

/** Of checked values that stand `counts` times (once when absent), n in all. */
export function hooverOf(values: Float64Array, total: number, counts?: Int32Array, n: number = values.length): number {
  const mean = total / n;
  return exactSumOf(values, (value) => Math.abs(value - mean), counts) / (2 * total);
}
