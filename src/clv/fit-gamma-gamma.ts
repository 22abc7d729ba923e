import { checkKeys, cleanDiagnostics, ClienteleError, withWarnings, type Warning } from '../core/index.js';
import { numbersOf, type TableInput } from '../columns/index.js';
import { correlationWithInterval } from './correlation.js';
import { freezeModel } from './freeze-model.js';
import { gammaGammaLikelihood } from './gamma-gamma-likelihood.js';
import { FIT_OPTIONS, maximizeLikelihood, type FitOptions } from './maximize-likelihood.js';
import { mergeRows } from './merge-rows.js';
import { noFiniteMean } from './expected-spend.js';
import { PARAMETERS, type GammaGammaModel } from './model.js';
import { customersMeta, customerName } from './purchase-rows.js';
import { spendRows } from './spend-rows.js';

/**
 * Fit the Gamma-Gamma model: what a purchase of each customer is worth on average, once chance in few purchases is
 * taken into account.
 *
 * Customers without a repeat purchase, or with a mean spend of 0 or below, say nothing about it: they are left out and
 * counted. Spend must not depend on frequency; a correlation above 0.3 is warned about (often totals were given for means).
 *
 * @param customers made by `summarize`, or columns `repeats` and `meanRepeatSpend` (mean money of one purchase after the
 *   first, in the log's currency), optionally `weight`; not modified
 * @param options `penalty`, `start`, `maxIterations`
 * @returns a JSON-safe model with p, q, v; q <= 1 has no finite mean, a warning
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the customer, or where fewer than two have spend
 * @example
 * const spend = fitGammaGamma(customers);
 * expectedSpend(spend, customers);
 *
 * Source: Fader, Hardie & Lee (2005), "RFM and CLV"; Fader & Hardie (2013), note 025. Method: Newton with exact
 * derivatives over merged rows. O(customers), about 10 steps.
 */
export function fitGammaGamma(customers: TableInput, options: FitOptions = {}): GammaGammaModel {
  const where = 'fitGammaGamma';
  checkKeys(where, options, FIT_OPTIONS);
  const rows = spendRows(where, customers);
  const weight = rows.table.has('weight') ? numbersOf(where, rows.table, 'weight') : undefined;
  const used = Float64Array.from(rows.repeats, (x, i) => (x > 0 && rows.spend[i]! > 0 ? x : NaN));
  const leftOut = countLeftOut(rows.repeats, rows.spend);
  const merged = mergeRows([used, rows.spend], weight);
  if (merged.n < 2) throw new ClienteleError('VALUE_INVALID', { where, column: 'meanRepeatSpend' }, `only ${merged.n} distinct customers have spend after their first purchase.`, 'Pass customers with repeats and a mean spend above 0.');
  let total = 0, mean = 0;
  for (let i = 0; i < merged.n; i++) {
    total += merged.weight[i]!;
    mean += merged.weight[i]! * merged.columns[1]![i]!;
  }
  mean /= total;
  const { fitted, warnings } = maximizeLikelihood({
    where, names: PARAMETERS['gamma-gamma'], positive: 3, start: [2, 3, mean], sizes: [1, 1, mean], customers: total,
    evaluate: (natural, gradient, hessian) => gammaGammaLikelihood(merged, natural, gradient, hessian),
  }, options);
  const said = [...warnings, ...spendWarnings(fitted.params['q']!, merged.columns[0]!, merged.columns[1]!, merged.weight)];
  const without = rows.repeats.findIndex((x, i) => x > 0 && !(rows.spend[i]! > 0));
  if (without !== -1) {
    said.push({ code: 'SPEND_NOT_POSITIVE', message: `${where}: ${leftOut['spend-not-above-0']} customers have repeats but a mean spend of 0 or below and were left out, the first ${customerName(rows.table, without)} with ${rows.spend[without]}. They get the mean of all; returns may exceed their purchases.` });
  }
  const clean = cleanDiagnostics(rows.n);
  const usedRows = rows.n - Object.values(leftOut).reduce((sum, k) => sum + k, 0);
  return freezeModel({ kind: 'gamma-gamma', version: 1, meta: customersMeta(rows.table) ?? { source: 'columns' }, timeUnit: 'period', ...fitted, diagnostics: withWarnings({ ...clean, rows: { ...clean.rows, used: usedRows, leftOut } }, said) });
}

function countLeftOut(repeats: Float64Array, spend: Float64Array): Record<string, number> {
  const counts = { 'no-repeats': 0, 'spend-not-above-0': 0 };
  for (let i = 0; i < repeats.length; i++) {
    if (!(repeats[i]! > 0)) counts['no-repeats']++;
    else if (!(spend[i]! > 0)) counts['spend-not-above-0']++;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
}

function spendWarnings(q: number, repeats: Float64Array, spend: Float64Array, weight: Float64Array): Warning[] {
  const warnings: Warning[] = [];
  if (q <= 1) warnings.push(noFiniteMean(q));
  const { correlation, low, high } = correlationWithInterval(repeats, spend, weight);
  if (Math.abs(correlation) > 0.3) {
    warnings.push({ code: 'SPEND_CORRELATED', message: `fitGammaGamma: repeats and mean spend are correlated, ${correlation.toFixed(2)} (95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}), but the model takes them as independent. Check that meanRepeatSpend is a mean and not a total; otherwise value the groups apart.` });
  }
  return warnings;
}
