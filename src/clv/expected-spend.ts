import { checkRecord, checkWhole, ClienteleError, optionInvalid, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { checkKind, param, type GammaGammaModel } from './model.js';
import { spendRows } from './spend-rows.js';

/** The warning that goes with a NaN of {@link expectedSpend}. */
export function noFiniteMean(q: number): Warning {
  return { code: 'NO_FINITE_MEAN', message: `the spend model has q = ${q.toPrecision(3)}, not above 1: the mean spend of customers without repeats is infinite, and their expected spend NaN. Use more data or a penalty; totals given for means do this too.` };
}

/**
 * Expected money of one purchase of each customer: their own mean drawn towards that of all, the more so the fewer
 * purchases they made.
 *
 * Customers without repeats, or with a mean spend of 0 or below, get the mean of all, p·v/(q-1). Where the model has no
 * finite mean (p·x + q <= 1) the result is NaN, never a number; the model's diagnostics then say `NO_FINITE_MEAN`.
 *
 * @param model of spend
 * @param customers with `repeats` and `meanRepeatSpend`
 * @returns money per purchase, in the customers' order
 * @throws ClienteleError `MODEL_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`; `CURRENCY_MIXED` where the customers' currency is not the model's
 * @example
 * expectedSpend(model, customers);
 *
 * Source: Fader & Hardie (2013), note 025, eq. (5). O(customers).
 */
export function expectedSpend(model: GammaGammaModel, customers: TableInput): Float64Array {
  checkKind('expectedSpend', model, ['gamma-gamma']);
  const rows = spendRows('expectedSpend', customers);
  const currency = (rows.table as { meta?: { currency?: string } }).meta?.currency;
  if (currency !== undefined && model.meta.currency !== undefined && currency !== model.meta.currency) {
    throw new ClienteleError('CURRENCY_MIXED', { where: 'expectedSpend', value: currency }, `the customers spend ${currency}, the model was fitted on ${model.meta.currency}.`, 'Fit a model on customers of the same currency.');
  }
  const p = param(model, 'p'), q = param(model, 'q'), v = param(model, 'v');
  const out = new Float64Array(rows.n);
  for (let i = 0; i < rows.n; i++) out[i] = spendOf(p, q, v, rows.repeats[i]!, rows.spend[i]!);
  return out;
}

/** The same for one customer. */
export function expectedSpendOne(model: GammaGammaModel, record: { readonly repeats: number; readonly meanRepeatSpend: number }): number {
  checkKind('expectedSpendOne', model, ['gamma-gamma']);
  checkRecord('expectedSpendOne', record);
  checkWhole('expectedSpendOne', 'repeats', record.repeats, 0);
  if (!Number.isFinite(record.meanRepeatSpend)) throw optionInvalid('expectedSpendOne', 'meanRepeatSpend', record.meanRepeatSpend, 'Give a number; 0 without repeats.');
  return spendOf(param(model, 'p'), param(model, 'q'), param(model, 'v'), record.repeats, record.meanRepeatSpend);
}

/** Expected spend for parameters p, q, v; NaN without a finite mean. */
export function spendOf(p: number, q: number, v: number, repeats: number, mean: number): number {
  const known = repeats > 0 && mean > 0;
  const x = known ? repeats : 0;
  const below = p * x + q - 1;
  return below > 0 ? (p * (v + (known ? x * mean : 0))) / below : NaN;
}
