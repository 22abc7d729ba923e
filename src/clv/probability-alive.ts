import { checkKeys } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { horizonIn, type Horizon } from './horizon.js';
import { checkKind, PURCHASE_KINDS, type Model, type PurchaseKind } from './model.js';
import { purchaseRows } from './purchase-rows.js';
import { aliveOf, readRecord, scoreAlive, type PeriodRecord, type PurchaseRecord } from './score-purchases.js';

export interface AliveOptions {
  /** time after the end of observation, 0 by default: will they still be there then? */
  readonly at?: Horizon;
}

/**
 * Probability that each customer is still a customer, at the end of observation or later.
 *
 * Under BG/NBD every one-time buyer has 1: see `fitMbgNbd`. For BG/BB, `at` = 0 is the last observed period.
 *
 * @param model of purchases
 * @param customers as for its fit
 * @returns 0 to 1 per customer, in their order; NaN for customers on a roster who never bought
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * probabilityAlive(model, customers);                        // now
 * probabilityAlive(model, customers, { at: { months: 6 } }); // in half a year
 *
 * O(1) per customer: a logarithm and an exponential, for Pareto/NBD an integral of 6 to 22 nodes.
 */
export function probabilityAlive(model: Model<PurchaseKind>, customers: TableInput, options: AliveOptions = {}): Float64Array {
  const at = readAt('probabilityAlive', model, options);
  if (at === 0) return aliveOf('probabilityAlive', model, purchaseRows('probabilityAlive', customers, model.timeUnit));
  return scoreAlive('probabilityAlive', model, customers, (engine, x, T) => engine.aliveLater(x, T, at));
}

/**
 * The same for one customer.
 *
 * @example
 * probabilityAliveOne(model, { repeats: 26, span: 30.86, tenure: 31 });
 */
export function probabilityAliveOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord, options: AliveOptions = {}): number {
  const at = readAt('probabilityAliveOne', model, options);
  const { engine, x, t, T } = readRecord('probabilityAliveOne', model, record);
  return engine.alive(x, t, T) * (at === 0 ? 1 : engine.aliveLater(x, T, at));
}

function readAt(where: string, model: Model<PurchaseKind>, options: AliveOptions): number {
  checkKind(where, model, PURCHASE_KINDS);
  checkKeys(where, options, ['at']);
  return options.at === undefined ? 0 : horizonIn(where, 'at', options.at, model);
}
