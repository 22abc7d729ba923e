import { ClienteleError, notThisResult } from '../core/index.js';

/** Fewest points from which a control chart's mean and spread may be made. */
export const LEAST_BASE = 8;

/** Mean and sample standard deviation (n - 1) of the first `base` values; exactly 0 where they are all the same. */
export function baseOf(values: ArrayLike<number>, base: number): { mean: number; sd: number } {
  let sum = 0, same = true;
  for (let i = 0; i < base; i++) {
    sum += values[i]!;
    same &&= values[i] === values[0];
  }
  // The mean of twelve times 0.6 is not 0.6: rounding would pass for a spread.
  if (same) return { mean: values[0]!, sd: 0 };
  const mean = sum / base;
  let squares = 0;
  for (let i = 0; i < base; i++) squares += (values[i]! - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (base - 1)) };
}

/** Width of an EWMA's limits at point t (0 first), for one standard deviation and L = 1: exact, growing with t. */
export function ewmaWidth(lambda: number, t: number): number {
  return Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (t + 1))));
}

/** A series fit for a control chart, and its base. */
export function checkedSeries(where: string, values: ArrayLike<number>, basePoints: number): { values: Float64Array; mean: number; sd: number } {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) throw notThisResult(where, values, 'a series of numbers', 'Pass one number per period, in time: [12, 15, 11, …].');
  const series = Float64Array.from(values);
  const row = series.findIndex((x) => !Number.isFinite(x));
  if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, row, value: String(series[row]) }, `value ${row} is ${series[row]}.`, 'Give finite numbers, one per period; 0 where nothing happened.');
  if (series.length <= basePoints) throw new ClienteleError('VALUE_INVALID', { where }, `there are ${series.length} values for a base of ${basePoints}: none is left to judge.`, 'Give more periods, or a shorter base of at least 8.');
  const { mean, sd } = baseOf(series, basePoints);
  if (!(sd > 0)) throw new ClienteleError('VALUE_INVALID', { where }, 'the values of the base are all the same, so there is no spread to measure by.', 'Give a base with ordinary variation.');
  return { values: series, mean, sd };
}
