import { optionInvalid } from '../core/index.js';
import { DAYS_PER_UNIT, type Model, type TimeUnit } from './model.js';

/** How far ahead: a number in the model's time unit, a time by unit, or without end. */
export type Horizon = number | { readonly days: number } | { readonly weeks: number } | { readonly months: number } | { readonly years: number };

const UNITS: Readonly<Record<string, Exclude<TimeUnit, 'period'>>> = { days: 'day', weeks: 'week', months: 'month', years: 'year' };

/**
 * A horizon in the model's time unit.
 *
 * @throws ClienteleError `OPTION_INVALID` where it is negative, NaN, of an unknown unit, or by calendar unit for a
 *   model in periods
 */
export function horizonIn(where: string, option: string, horizon: unknown, model: Model): number {
  const mend = `Give a number >= 0 in the model's unit (${model.timeUnit}), Infinity${model.timeUnit === 'period' ? '' : ', or { days | weeks | months | years: n }'}.`;
  if (typeof horizon === 'number' && horizon >= 0) return horizon;
  if (typeof horizon !== 'object' || horizon === null || model.timeUnit === 'period') throw optionInvalid(where, option, shown(horizon), mend);
  const entries = Object.entries(horizon as Record<string, unknown>);
  const [name, count] = entries[0] ?? [];
  const unit = name === undefined ? undefined : UNITS[name];
  if (entries.length !== 1 || unit === undefined || typeof count !== 'number' || !(count >= 0)) throw optionInvalid(where, option, shown(horizon), mend);
  return unit === model.timeUnit ? count : (count * DAYS_PER_UNIT[unit]) / DAYS_PER_UNIT[model.timeUnit];
}

/** The two ways to say how money loses value with time; give one. */
export interface DiscountOptions {
  /** effective rate a year, 0.1 = 10 %: a sum due in one year is worth 1/1.1 */
  readonly discountRateYearly?: number;
  /** rate per time unit of the model: continuous (e^(-rate·t)) for times, effective (1/(1 + rate)^k) for periods */
  readonly discountRate?: number;
}

/**
 * Continuous rate per time unit of the model (effective rate per period for the discrete models).
 *
 * A yearly rate d is ln(1 + d)/365.25 a day.
 *
 * @throws ClienteleError `OPTION_INVALID` where none or both are given, one is below 0, or a yearly rate meets periods
 */
export function discountPerUnit(where: string, options: DiscountOptions, model: Model): number {
  const { discountRateYearly, discountRate } = options;
  const option = discountRateYearly === undefined ? 'discountRate' : 'discountRateYearly';
  if ((discountRateYearly === undefined) === (discountRate === undefined)) throw optionInvalid(where, option, options[option], 'Give either discountRateYearly or discountRate.');
  const rate = options[option];
  if (typeof rate !== 'number' || !(rate >= 0 && rate < Infinity)) throw optionInvalid(where, option, rate, 'Give a number >= 0, such as 0.1 for 10 %.');
  if (discountRateYearly === undefined) return rate;
  if (model.timeUnit === 'period') throw optionInvalid(where, option, rate, 'A period has no length in years: give discountRate per period.');
  return (Math.log1p(rate) / 365.25) * DAYS_PER_UNIT[model.timeUnit];
}

function shown(horizon: unknown): unknown {
  return typeof horizon === 'object' && horizon !== null ? JSON.stringify(horizon) : horizon;
}
