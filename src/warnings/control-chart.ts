import { checkKeys, checkWhole, optionInvalid } from '../core/index.js';
import { showableResult, table, type Showable, type Table } from '../columns/index.js';
import { checkedSeries, ewmaWidth, LEAST_BASE } from './control-series.js';

interface BaseOptions {
  /** first values that make mean and spread, 8 or more; 12 by default */
  readonly basePoints?: number;
}
export interface EwmaOptions extends BaseOptions {
  /** weight of the newest value, above 0 and at most 1; 0.2 by default */
  readonly lambda?: number;
  /** width of the limits in standard deviations of the smoothed value, 3 by default */
  readonly limitSd?: number;
}
export interface CusumOptions extends BaseOptions {
  /** slack in standard deviations, 0.5 by default: half the shift to be found */
  readonly slack?: number;
  /** decision limit in standard deviations, 5 by default */
  readonly decision?: number;
  /** begin again from 0 after an alarm; false by default */
  readonly reset?: boolean;
}
export interface ShewhartOptions extends BaseOptions {
  /** 3 by default */
  readonly limitSd?: number;
  /** add the column `run`: 2 of 3 beyond 2 sd, 4 of 5 beyond 1 sd, 8 in a row on one side; true by default */
  readonly runRules?: boolean;
}

/** A series against its control limits; shows itself as the table. */
export interface ControlChart extends Showable {
  readonly kind: 'ewma' | 'cusum' | 'shewhart';
  /** of the base, sd with n - 1 */
  readonly mean: number;
  readonly sd: number;
  readonly basePoints: number;
  readonly table: Table;
}

/**
 * EWMA chart: the smoothed series and its limits, which find small lasting shifts.
 *
 * z_t = lambda x_t + (1 - lambda) z_(t-1) from the base mean; the limits are exact, growing with t.
 *
 * @param values one per period, in order of time; not modified
 * @returns table: period (0 first), value, ewma, lower, upper, alarm
 * @throws ClienteleError `VALUE_INVALID` for a value that is no number, a series no longer than its base, a base without
 *   spread; `OPTION_INVALID`
 * @example
 * ewma(monthlyRevenue, { basePoints: 12 }).table;
 *
 * Source: Roberts (1959), Technometrics 1. O(n).
 */
export function ewma(values: ArrayLike<number>, options: EwmaOptions = {}): ControlChart {
  const where = 'ewma';
  checkKeys(where, options, ['basePoints', 'lambda', 'limitSd']);
  const { lambda = 0.2, limitSd = 3 } = options;
  if (!(lambda > 0 && lambda <= 1)) throw optionInvalid(where, 'lambda', lambda, 'Give a weight above 0 and at most 1.');
  const basePoints = checkBase(where, options);
  const { values: x, mean, sd } = checkedSeries(where, values, basePoints);
  const width = above0(where, 'limitSd', limitSd) * sd;
  let z = mean;
  const smooth = x.map((value) => (z = lambda * value + (1 - lambda) * z));
  const upper = x.map((_, t) => mean + width * ewmaWidth(lambda, t)), lower = x.map((_, t) => mean - width * ewmaWidth(lambda, t));
  return chart('ewma', mean, sd, basePoints, table({ period: periods(x), value: x, ewma: smooth, lower, upper, alarm: Array.from(smooth, (s, t) => s > upper[t]! || s < lower[t]!) }));
}

/**
 * Tabular CUSUM: shortfalls and excesses beyond a slack, summed up until they pass a decision limit.
 *
 * @param values one per period, in order of time; not modified
 * @returns table: period, value, plus, minus (in standard deviations), alarm
 * @throws ClienteleError as {@link ewma}
 * @example
 * cusum(monthlyRevenue, { decision: 4 }).table;
 *
 * Source: Page (1954), Biometrika 41. O(n).
 */
export function cusum(values: ArrayLike<number>, options: CusumOptions = {}): ControlChart {
  const where = 'cusum';
  checkKeys(where, options, ['basePoints', 'slack', 'decision', 'reset']);
  const { slack = 0.5, decision = 5, reset = false } = options;
  const basePoints = checkBase(where, options);
  if (!(typeof slack === 'number' && slack >= 0 && slack < Infinity)) throw optionInvalid(where, 'slack', slack, 'Give a number of standard deviations, 0 or more.');
  above0(where, 'decision', decision);
  if (typeof reset !== 'boolean') throw optionInvalid(where, 'reset', reset, 'Use true or false.');
  const { values: x, mean, sd } = checkedSeries(where, values, basePoints);
  const plus = new Float64Array(x.length), minus = new Float64Array(x.length);
  let up = 0, down = 0;
  for (let t = 0; t < x.length; t++) {
    const distance = (x[t]! - mean) / sd;
    plus[t] = up = Math.max(0, up + distance - slack);
    minus[t] = down = Math.max(0, down - distance - slack);
    if (reset && up > decision) up = 0;
    if (reset && down > decision) down = 0;
  }
  return chart('cusum', mean, sd, basePoints, table({ period: periods(x), value: x, plus, minus, alarm: Array.from(plus, (p, t) => p > decision || minus[t]! > decision) }));
}

/**
 * Shewhart chart: single values far from the mean, and runs that chance does not make.
 *
 * @param values one per period, in order of time; not modified
 * @returns table: period, value, lower, upper, alarm, and run where runs are looked for
 * @throws ClienteleError as {@link ewma}
 * @example
 * shewhart(monthlyRevenue).table;
 *
 * Source: Shewhart (1931); Western Electric (1956) for the runs. O(n).
 */
export function shewhart(values: ArrayLike<number>, options: ShewhartOptions = {}): ControlChart {
  const where = 'shewhart';
  checkKeys(where, options, ['basePoints', 'limitSd', 'runRules']);
  const { limitSd = 3, runRules = true } = options;
  const basePoints = checkBase(where, options);
  above0(where, 'limitSd', limitSd);
  const { values: x, mean, sd } = checkedSeries(where, values, basePoints);
  const z = x.map((value) => (value - mean) / sd);
  const even = (value: number): Float64Array => new Float64Array(x.length).fill(value);
  return chart('shewhart', mean, sd, basePoints, table({
    period: periods(x), value: x, lower: even(mean - limitSd * sd), upper: even(mean + limitSd * sd), alarm: Array.from(z, (s) => Math.abs(s) > limitSd),
    ...(runRules ? { run: Array.from(z, (_, t) => runBelow(z, t) || runBelow(z.map((s) => -s), t)) } : {}),
  }));
}

/** True where a run on the low side ends at point t. */
export function runBelow(z: Float64Array, t: number): boolean {
  const count = (last: number, beyond: number): number => {
    let hits = 0;
    for (let i = Math.max(0, t - last + 1); i <= t; i++) if (z[i]! < -beyond) hits++;
    return hits;
  };
  return (z[t]! < -2 && count(3, 2) >= 2) || (z[t]! < -1 && count(5, 1) >= 4) || count(8, 0) >= 8;
}

function chart(kind: ControlChart['kind'], mean: number, sd: number, basePoints: number, result: Table): ControlChart {
  return showableResult({ kind, mean, sd, basePoints, table: result }, { text: () => result.toString(), html: () => result.toHTML() });
}

function checkBase(where: string, { basePoints = 12 }: BaseOptions): number {
  return checkWhole(where, 'basePoints', basePoints, LEAST_BASE);
}

function above0(where: string, option: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw optionInvalid(where, option, value, 'Give a number of standard deviations above 0.');
}

function periods(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys());
}
