import type { TableInput } from '../columns/index.js';
import { customerName } from './purchase-rows.js';
import { logLikelihoodOfSpend, spendRows } from './spend-rows.js';
import { checkKind, PURCHASE_KINDS, type Model, type PurchaseKind } from './model.js';
import { readRecord, scoreRows, type PeriodRecord, type PurchaseRecord } from './score-purchases.js';
import { ClienteleError } from '../core/index.js';

/**
 * Log-likelihood of each customer under a model: how well it explains them, in the model's time unit.
 *
 * @param model of purchases or of spend (gamma-gamma: NaN for customers without spend after the first purchase)
 * @param customers the columns the model was fitted on
 * @returns one number per customer, in their order; their sum is the log-likelihood of the data
 * @throws ClienteleError `MODEL_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * logLikelihood(model, customers).reduce((sum, l) => sum + l, 0);   // model.logLikelihood, on the data of the fit
 */
export function logLikelihood(model: Model<PurchaseKind | 'gamma-gamma'>, customers: TableInput): Float64Array {
  checkKind('logLikelihood', model, [...PURCHASE_KINDS, 'gamma-gamma']);
  if (model.kind !== 'gamma-gamma') return scoreRows('logLikelihood', model as Model<PurchaseKind>, customers, (engine, x, t, T) => engine.logLikelihood(x, t, T));
  const rows = spendRows('logLikelihood', customers);
  return rows.repeats.map((x, i) => {
    const mean = rows.spend[i]!;
    if (x > 0 && mean < 0) throw new ClienteleError('VALUE_INVALID', { where: 'logLikelihood', row: i }, `${customerName(rows.table, i)}: mean spend is ${mean}.`, 'Give mean spend above 0.');
    return x > 0 && mean > 0 ? logLikelihoodOfSpend(model as Model<'gamma-gamma'>, x, mean) : NaN;
  });
}

/** Log-likelihood of one customer; see {@link logLikelihood}. */
export function logLikelihoodOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord): number {
  checkKind('logLikelihoodOne', model, PURCHASE_KINDS);
  const { engine, x, t, T } = readRecord('logLikelihoodOne', model, record);
  return engine.logLikelihood(x, t, T);
}
