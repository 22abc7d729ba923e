import { checkKeys, optionInvalid } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { engineOf } from './engine.js';
import { discountPerUnit, horizonIn, type DiscountOptions, type Horizon } from './horizon.js';
import { checkKind, PURCHASE_KINDS, type Model, type PurchaseKind } from './model.js';
import { readRecord, scoreAlive, type PeriodRecord, type PurchaseRecord } from './score-purchases.js';

export interface HorizonOptions {
  /** how far ahead: a number in the model's time unit, `{ days | weeks | months | years: n }`, or Infinity */
  readonly horizon: Horizon;
}
export interface DiscountedOptions extends HorizonOptions, DiscountOptions {}

/**
 * Expected number of purchases of each customer in the time to come, their chance of having left included.
 *
 * Without end (`Infinity`) it is finite only where every customer leaves soon enough: a > 1 (BG/NBD, MBG/NBD), s > 1
 * (Pareto/NBD), gamma > 1 (BG/BB); it is refused elsewhere.
 *
 * @param model of purchases
 * @param customers as for its fit
 * @returns >= 0 per customer, in their order; NaN for customers on a roster who never bought
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * expectedPurchases(model, customers, { horizon: { weeks: 39 } });
 *
 * O(1) per customer; customers with the same repeats and tenure share the work.
 */
export function expectedPurchases(model: Model<PurchaseKind>, customers: TableInput, options: HorizonOptions): Float64Array {
  const horizon = readHorizon('expectedPurchases', model, options);
  return scoreAlive('expectedPurchases', model, customers, (engine, x, T) => engine.expected(x, T, horizon));
}

/** The same for one customer, `{ repeats, span, tenure }` in the model's time unit. */
export function expectedPurchasesOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord, options: HorizonOptions): number {
  const horizon = readHorizon('expectedPurchasesOne', model, options);
  const { engine, x, t, T } = readRecord('expectedPurchasesOne', model, record);
  return engine.alive(x, t, T) * engine.expected(x, T, horizon);
}

/**
 * Expected number of repeat purchases of a customer who has just bought for the first time.
 *
 * With covariates it is that of a customer whose covariates are all 0. For BG/BB the first purchase is not counted
 * among the periods.
 *
 * @example
 * expectedPurchasesOfNewCustomer(model, { horizon: { years: 1 } });   // 1.444 for CDNOW under BG/NBD
 */
export function expectedPurchasesOfNewCustomer(model: Model<PurchaseKind>, options: HorizonOptions): number {
  const horizon = readHorizon('expectedPurchasesOfNewCustomer', model, options);
  const engine = engineOf(model);
  return engine.alive(0, 0, 0) * engine.expected(0, 0, horizon);
}

/**
 * Expected purchases in the time to come, each discounted to the end of observation: with horizon Infinity the
 * "discounted expected residual transactions" (DERT), else those of a finite time (DECT).
 *
 * Discounting is continuous for the models in time, by 1/(1 + rate)^k for BG/BB's k-th period to come.
 *
 * @param options `horizon`, and either `discountRateYearly` (effective, 0.1 = 10 %) or `discountRate` per time unit
 * @returns >= 0 per customer, in their order; NaN for customers on a roster who never bought
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * discountedExpectedPurchases(model, customers, { horizon: Infinity, discountRateYearly: 0.1 });
 *
 * Source: Fader, Hardie & Lee (2005), "RFM and CLV" (Pareto/NBD); for BG/NBD and MBG/NBD the same integral by
 * quadrature, to 1e-11. O(1) per customer; a pair of repeats and tenure costs up to 0.15 ms under BG/NBD, once.
 */
export function discountedExpectedPurchases(model: Model<PurchaseKind>, customers: TableInput, options: DiscountedOptions): Float64Array {
  const { horizon, rate } = readDiscounted('discountedExpectedPurchases', model, options);
  return scoreAlive('discountedExpectedPurchases', model, customers, (engine, x, T) => engine.discounted(x, T, horizon, rate));
}

/** The same for one customer. */
export function discountedExpectedPurchasesOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord, options: DiscountedOptions): number {
  const { horizon, rate } = readDiscounted('discountedExpectedPurchasesOne', model, options);
  const { engine, x, t, T } = readRecord('discountedExpectedPurchasesOne', model, record);
  return engine.alive(x, t, T) * engine.discounted(x, T, horizon, rate);
}

/** Check the model and its options, and give the horizon in its unit; periods must be whole. */
export function readHorizon(where: string, model: Model<PurchaseKind>, options: HorizonOptions, others: readonly string[] = []): number {
  checkKind(where, model, PURCHASE_KINDS);
  checkKeys(where, options, ['horizon', ...others]);
  const horizon = horizonIn(where, 'horizon', options.horizon, model);
  if (model.kind === 'bg-bb' && horizon !== Infinity && !Number.isInteger(horizon)) throw optionInvalid(where, 'horizon', horizon, 'Give a whole number of periods.');
  return horizon;
}

function readDiscounted(where: string, model: Model<PurchaseKind>, options: DiscountedOptions): { horizon: number; rate: number } {
  const horizon = readHorizon(where, model, options, ['discountRateYearly', 'discountRate']);
  return { horizon, rate: discountPerUnit(where, options, model) };
}
