import { checkKeys, checkWhole, seededRandom } from '../core/index.js';
import { asTable, numbersOf, Table, type Column, type TableInput } from '../columns/index.js';
import { fitBgBb } from './fit-bg-bb.js';
import { fitBgNbd, fitMbgNbd } from './fit-bg-nbd.js';
import { fitGammaGamma } from './fit-gamma-gamma.js';
import { fitParetoNbd } from './fit-pareto-nbd.js';
import { checkKind, PURCHASE_KINDS, type Model, type PurchaseKind } from './model.js';
import type { DrawOptions } from './parameter-draws.js';
import { purchaseRows } from './purchase-rows.js';
import { spendRows } from './spend-rows.js';

/**
 * The model fitted again on customers drawn with replacement: the bootstrap, which does not trust the likelihood's
 * curvature.
 *
 * @param model what to fit again: its kind, time unit, covariates and penalty are used, its parameters as a start
 * @param customers the data it was fitted on; not modified
 * @param options `draws`, `seed`
 * @returns one model per draw; those that did not converge say so
 * @throws ClienteleError `MODEL_INVALID`, and what the fit throws
 * @example
 * const models = bootstrapModels(model, customers, { draws: 200, seed: 1 });
 * predictionInterval(models, (m) => expectedPurchases(m, customers, { horizon: 26 }));
 *
 * Source: Efron & Tibshirani (1993), section 6. Rows keep their place and get the number of times they were drawn as
 * weight. O(draws × fit).
 */
export function bootstrapModels<K extends PurchaseKind | 'gamma-gamma'>(model: Model<K>, customers: TableInput, options: DrawOptions): Model<K>[] {
  const where = 'bootstrapModels';
  checkKind<PurchaseKind | 'gamma-gamma'>(where, model, [...PURCHASE_KINDS, 'gamma-gamma']);
  checkKeys(where, options, ['draws', 'seed']);
  const draws = checkWhole(where, 'draws', options.draws, 1, 10_000);
  const random = seededRandom(options.seed);
  const { columns, weight } = plainColumns(where, model, asTable(where, customers));
  const heads = cumulated(weight);
  const total = heads[heads.length - 1] ?? 0;
  return Array.from({ length: draws }, () => {
    const drawn = new Float64Array(weight.length);
    for (let k = 0; k < total; k++) drawn[rowAt(heads, random.uniform() * total)]! += 1;
    return refit(model, new Table([...columns, ['weight', { type: 'number', data: drawn }]])) as Model<K>;
  });
}

function plainColumns(where: string, model: Model<PurchaseKind | 'gamma-gamma'>, table: Table): { columns: [string, Column][]; weight: Float64Array } {
  const number = (name: string, data: Float64Array): [string, Column] => [name, { type: 'number', data }];
  if (model.kind === 'gamma-gamma') {
    const rows = spendRows(where, table);
    return { columns: [number('repeats', rows.repeats), number('meanRepeatSpend', rows.spend)], weight: table.has('weight') ? numbersOf(where, table, 'weight') : new Float64Array(rows.n).fill(1) };
  }
  const rows = purchaseRows(where, table, model.timeUnit);
  const names = model.kind === 'bg-bb' ? ['repeats', 'last', 'periods'] : ['repeats', 'span', 'tenure'];
  const there = Float64Array.from({ length: rows.n }, (_, i) => (Number.isNaN(rows.tenure[i]!) ? 0 : rows.weight?.[i] ?? 1));
  const known = (column: Float64Array): Float64Array => (rows.without === 0 ? column : column.map((value) => (Number.isNaN(value) ? 0 : value)));
  const covariates = [...new Set([...(model.covariates?.lifetime ?? []), ...(model.covariates?.purchases ?? [])])];
  return {
    columns: [number(names[0]!, known(rows.repeats)), number(names[1]!, known(rows.span)), number(names[2]!, known(rows.tenure)), ...covariates.map((name) => number(name, numbersOf(where, table, name)))],
    weight: there,
  };
}

function cumulated(weight: Float64Array): Float64Array {
  let sum = 0;
  return weight.map((w) => (sum += w));
}

/** First row whose cumulated weight is above the value. */
function rowAt(heads: Float64Array, value: number): number {
  let low = 0, high = heads.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heads[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function refit(model: Model<PurchaseKind | 'gamma-gamma'>, table: Table): Model {
  const common = { start: model.params, ...(model.penalty === undefined ? {} : { penalty: model.penalty }) };
  if (model.kind === 'gamma-gamma') return fitGammaGamma(table, common);
  const options = { ...common, timeUnit: model.timeUnit, ...(model.covariates === undefined ? {} : { covariates: model.covariates }) };
  return { 'bg-nbd': fitBgNbd, 'mbg-nbd': fitMbgNbd, 'pareto-nbd': fitParetoNbd, 'bg-bb': fitBgBb }[model.kind](table, options);
}
