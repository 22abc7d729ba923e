import { checkKeys, cleanDiagnostics, optionInvalid, withWarnings, type Warning } from '../core/index.js';
import { asTable, sortedQuantile, type Column, type TableInput } from '../columns/index.js';
import { discountedColumn, readPlan, type DiscountPlan, type PlanOptions } from './discount-plan.js';
import { noFiniteMean, spendOf } from './expected-spend.js';
import { LifetimeValues, type ValueMeta } from './lifetime-values.js';
import { checkKind, param, PURCHASE_KINDS, type GammaGammaModel, type Model, type PurchaseKind, type PurchaseModel } from './model.js';
import { parameterDraws } from './parameter-draws.js';
import { purchaseRows, type PurchaseRows } from './purchase-rows.js';
import { aliveOf, factorOf } from './score-purchases.js';
import { spendRows } from './spend-rows.js';
import { checkIntervalOptions, type IntervalOptions } from './prediction-interval.js';

export interface ClvOptions extends PlanOptions {
  /** model of purchases */
  readonly purchases: PurchaseModel;
  /** model of spend per purchase */
  readonly spend: GammaGammaModel;
  /** share of revenue that is kept, above 0 and at most 1; 1 gives revenue */
  readonly margin: number;
  /** adds clvLow and clvHigh: where the value lies if only the parameters' uncertainty is counted */
  readonly interval?: IntervalOptions;
}

/** Names of the options of `clv`. */
export const CLV_OPTIONS = ['purchases', 'spend', 'horizon', 'discountRateYearly', 'discountRate', 'margin', 'discounting', 'daysPerMonth', 'interval'] as const;

/**
 * What each customer is still worth: expected purchases to come × expected spend × margin, discounted to `asOf`.
 *
 * It is the residual value after the end of observation: purchases to date are left out. Where the spend model has no
 * finite mean the value is NaN, with a warning `NO_FINITE_MEAN`.
 *
 * @param customers made by `summarize`, or the columns both models read: `repeats`, `span`, `tenure`, `meanRepeatSpend`
 * @param options the two models, `horizon`, `discountRateYearly` (0.1 = 10 %) or `discountRate`, `margin`; see {@link ClvOptions}
 * @returns a table in the customers' order: `customer` (where there is one), `pAlive`, `expectedPurchases` (not
 *   discounted; missing without end), `expectedSpend`, `clv`, and `clvLow`, `clvHigh` with an interval; it carries
 *   `meta` and `diagnostics`
 * @throws ClienteleError `OPTION_INVALID`, `MODEL_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * clv(customers, { purchases: fitMbgNbd(customers), spend: fitGammaGamma(customers), horizon: { years: 1 },
 *   discountRateYearly: 0.1, margin: 0.3 });
 *
 * Source: Fader, Hardie & Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis". O(customers),
 * an interval O(customers × draws).
 */
export function clv(customers: TableInput, options: ClvOptions): LifetimeValues {
  const where = 'clv';
  checkKeys(where, options, CLV_OPTIONS);
  const purchases = checkKind<PurchaseKind>(where, options.purchases, PURCHASE_KINDS);
  const spend = checkKind(where, options.spend, ['gamma-gamma']);
  const plan = readPlan(where, purchases, options);
  const { margin } = options;
  if (!(typeof margin === 'number' && margin > 0 && margin <= 1)) throw optionInvalid(where, 'margin', margin, 'Give the share of revenue that is kept, above 0 and at most 1; 1 gives revenue.');

  const table = asTable(where, customers);
  const rows = purchaseRows(where, table, purchases.timeUnit);
  const money = spendRows(where, table).spend;
  const alive = aliveOf(where, purchases, rows);
  const perPurchase = spendColumn(spend, rows.repeats, money);
  const value = discountedColumn(where, purchases, rows, alive, plan);
  for (let i = 0; i < rows.n; i++) value[i]! *= perPurchase[i]! * margin;

  const columns: [string, Column][] = [];
  if (table.has('customer')) columns.push(['customer', table.column('customer')]);
  const number = (name: string, data: Float64Array): void => void columns.push([name, { type: 'number', data }]);
  number('pAlive', alive);
  number('expectedPurchases', plan.horizon === Infinity ? new Float64Array(rows.n).fill(NaN) : factorOf(where, purchases, rows, (engine, x, T) => engine.expected(x, T, plan.horizon), alive));
  number('expectedSpend', perPurchase);
  number('clv', value);
  if (options.interval !== undefined) {
    const { low, high } = valueInterval(where, purchases, spend, rows, money, plan, margin, options.interval);
    number('clvLow', low);
    number('clvHigh', high);
  }
  return new LifetimeValues(columns, valueMeta(purchases, spend, rows, plan, options), withWarnings(cleanDiagnostics(rows.n), valueWarnings(purchases, spend, rows, perPurchase)));
}

function spendColumn(model: Model<'gamma-gamma'>, repeats: Float64Array, money: Float64Array): Float64Array {
  const p = param(model, 'p'), q = param(model, 'q'), v = param(model, 'v');
  const out = new Float64Array(repeats.length);
  for (let i = 0; i < out.length; i++) out[i] = spendOf(p, q, v, repeats[i]!, money[i]!);
  return out;
}

const CELLS = 4_000_000;

/** Quantiles of the value over draws of the parameters of both models, in blocks of customers. */
function valueInterval(where: string, purchases: PurchaseModel, spend: GammaGammaModel, rows: PurchaseRows, money: Float64Array, plan: DiscountPlan, margin: number, options: IntervalOptions): { low: Float64Array; high: Float64Array } {
  const { level, draws, seed } = checkIntervalOptions(where, options);
  const purchaseModels = parameterDraws(purchases, { draws, seed });
  const spendModels = parameterDraws(spend, { draws, seed: (seed + 0x5bd1e995) >>> 0 });
  const low = new Float64Array(rows.n), high = new Float64Array(rows.n);
  const block = Math.max(1, Math.floor(CELLS / draws));
  const one = new Float64Array(draws);
  for (let from = 0; from < rows.n; from += block) {
    const part = partOf(rows, from, Math.min(rows.n, from + block), purchases.covariates !== undefined);
    const values = purchaseModels.map((model, d) => {
      const value = discountedColumn(where, model, part, aliveOf(where, model, part), plan);
      const perPurchase = spendColumn(spendModels[d]!, part.repeats, money.subarray(from, from + part.n));
      for (let i = 0; i < part.n; i++) value[i]! *= perPurchase[i]! * margin;
      return value;
    });
    for (let i = 0; i < part.n; i++) {
      for (let d = 0; d < draws; d++) one[d] = values[d]![i]!;
      one.sort();
      low[from + i] = sortedQuantile(one, (1 - level) / 2);
      high[from + i] = sortedQuantile(one, (1 + level) / 2);
    }
  }
  return { low, high };
}

function partOf(rows: PurchaseRows, from: number, to: number, withTable: boolean): PurchaseRows {
  const table = withTable ? rows.table.take(Array.from({ length: to - from }, (_, k) => from + k)) : rows.table;
  return { ...rows, table, n: to - from, repeats: rows.repeats.subarray(from, to), span: rows.span.subarray(from, to), tenure: rows.tenure.subarray(from, to) };
}

function valueMeta(purchases: PurchaseModel, spend: GammaGammaModel, rows: PurchaseRows, plan: DiscountPlan, options: ClvOptions): ValueMeta {
  const currency = rows.meta.currency ?? spend.meta.currency;
  return {
    ...(rows.meta.asOf === undefined ? {} : { asOf: rows.meta.asOf }), ...(plan.horizon === Infinity ? {} : { horizon: plan.horizon }), timeUnit: purchases.timeUnit,
    ...(options.discountRateYearly === undefined ? {} : { discountRateYearly: options.discountRateYearly }), ...(options.discountRate === undefined ? {} : { discountRate: options.discountRate }),
    discounting: options.discounting ?? 'continuous', margin: options.margin, ...(currency === undefined ? {} : { currency }), purchases: purchases.kind, spend: spend.kind,
  };
}

function valueWarnings(purchases: PurchaseModel, spend: GammaGammaModel, rows: PurchaseRows, perPurchase: Float64Array): Warning[] {
  const warnings = [...purchases.diagnostics.warnings, ...spend.diagnostics.warnings];
  let infinite = 0;
  for (let i = 0; i < rows.n; i++) if (Number.isNaN(perPurchase[i]!) && !Number.isNaN(rows.repeats[i]!)) infinite++;
  if (infinite > 0 && !warnings.some((w) => w.code === 'NO_FINITE_MEAN')) warnings.push(noFiniteMean(param(spend, 'q')));
  for (const field of ['frequency', 'returns', 'zeroOrders', 'resolution', 'currency'] as const) {
    const fitted = purchases.meta[field], given = rows.meta[field];
    if (fitted === undefined || given === undefined || fitted === given) continue;
    warnings.push({ code: 'RULES_DIFFER', message: `clv: the model was fitted on customers summarized with ${field} '${fitted}', these have '${given}'. Summarize both by the same rules.` });
  }
  return warnings;
}
