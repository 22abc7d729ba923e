import { exactSumOf } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

/**
 * Theil's T: an entropy measure of inequality that looks hardest at the top; a value of 0 counts 0.
 *
 * @param values one per customer, length n >= 1, none below 0, total above 0; any unit. Not modified.
 * @returns 0 to ln n
 * @throws ClienteleError `VALUE_INVALID`
 * @example
 * theil([0, 0, 0, 10]);   // 1.386… = ln 4
 *
 * Method: mean of (x / m) ln(x / m), m the mean, Theil (1967). O(n).
 */
export function theil(values: Float64Array | readonly number[]): number {
  const checked = checkedValues('theil', values);
  return theilOf(checked.values, checked.total);
}

/** Of checked values that stand `counts` times (once when absent), n in all. */
export function theilOf(values: Float64Array, total: number, counts?: Int32Array, n: number = values.length): number {
  const mean = total / n;
  const sum = exactSumOf(values, (value) => (value > 0 ? (value / mean) * Math.log(value / mean) : 0), counts);
  return Math.max(0, sum / n);
}
