import { checkWord, optionInvalid } from '../core/index.js';
import { discountPerUnit, horizonIn, type DiscountOptions, type Horizon } from './horizon.js';
import { DAYS_PER_UNIT, type PurchaseModel } from './model.js';
import type { PurchaseRows } from './purchase-rows.js';
import { factorOf } from './score-purchases.js';

/** What `clv` is told about time and money. */
export interface PlanOptions extends DiscountOptions {
  /** how far ahead, or Infinity */
  readonly horizon: Horizon;
  /** `'continuous'` (default), or `'monthly'`: what is bought in the k-th month counts 1/(1 + monthly rate)^k */
  readonly discounting?: 'continuous' | 'monthly';
  /** days of such a month, 30.4375 by default; lifetimes has 30.415 (4.345 weeks) */
  readonly daysPerMonth?: number;
}

/** How purchases to come are discounted. */
export interface DiscountPlan {
  readonly horizon: number;
  /** continuous, per unit */
  readonly rate: number;
  /** length of a month in the model's unit, and its rate, where discounting is monthly */
  readonly month?: { readonly length: number; readonly count: number; readonly rate: number };
}

/** Read horizon, rate and way of discounting, and refuse what does not fit together (`OPTION_INVALID`). */
export function readPlan(where: string, model: PurchaseModel, options: PlanOptions): DiscountPlan {
  const horizon = horizonIn(where, 'horizon', options.horizon, model);
  if (model.kind === 'bg-bb' && horizon !== Infinity && !Number.isInteger(horizon)) throw optionInvalid(where, 'horizon', horizon, 'Give a whole number of periods.');
  const rate = discountPerUnit(where, options, model);
  const { discounting = 'continuous', daysPerMonth = 30.4375 } = options;
  if (checkWord(where, 'discounting', discounting, ['continuous', 'monthly']) === 'continuous') return { horizon, rate };
  if (!(daysPerMonth > 0 && daysPerMonth < 400)) throw optionInvalid(where, 'daysPerMonth', daysPerMonth, 'Give the days of a month, such as 30.4375.');
  if (model.timeUnit === 'period') throw optionInvalid(where, 'discounting', discounting, "A model in periods discounts by period: leave discounting out, and give discountRate per period.");
  const { horizon: given } = options;
  const length = daysPerMonth / DAYS_PER_UNIT[model.timeUnit];
  const count = typeof given === 'object' && 'months' in given ? given.months : typeof given === 'object' && 'years' in given ? given.years * 12 : horizon / length;
  const months = Math.round(count);
  if (!(Math.abs(count - months) < 1e-9 * (1 + months)) || months > 12_000) throw optionInvalid(where, 'horizon', JSON.stringify(given), 'With monthly discounting give whole months, at most 12,000: { months: 12 }.');
  // A yearly rate is twelve months of compounding; a rate per unit runs over the month's length.
  const monthly = options.discountRateYearly === undefined ? Math.expm1(rate * length) : Math.expm1(Math.log1p(options.discountRateYearly) / 12);
  return { horizon: months * length, rate, month: { length, count: months, rate: monthly } };
}

/** Discounted purchases to come, per customer. */
export function discountedColumn(where: string, model: PurchaseModel, rows: PurchaseRows, alive: Float64Array, plan: DiscountPlan): Float64Array {
  const { month, horizon, rate } = plan;
  if (month === undefined) return factorOf(where, model, rows, (engine, x, T) => engine.discounted(x, T, horizon, rate), alive);
  return factorOf(where, model, rows, (engine, x, T) => {
    let sum = 0;
    let before = 0;
    for (let k = 1; k <= month.count; k++) {
      const until = engine.expected(x, T, k * month.length);
      sum += (until - before) * (1 + month.rate) ** -k;
      before = until;
    }
    return sum;
  }, alive);
}
