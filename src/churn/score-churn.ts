import { checkKeys, checkRecord, ClienteleError, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, Table, type Column, type TableInput } from '../columns/index.js';
import type { ChurnModel } from './churn-model.js';
import { finiteNumbers, idColumn, someRows } from './inputs.js';
import { readChurnModel } from './load-churn-model.js';
import { chanceOf } from './logistic.js';

/** The chance of one customer to leave. */
export interface ChurnScore {
  /** 0 to 1 */
  readonly probability: number;
  readonly logOdds: number;
}

/** What one customer's features may be. */
export type ChurnRecord = Readonly<Record<string, number | string | boolean>>;

/**
 * Chances to leave of many customers, by a fitted model.
 *
 * @param model from {@link fitChurn}
 * @param data one row per customer, with the model's features; not modified
 * @returns customer (or row), probability, logOdds, in the order given
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row, also for a text value the model has not seen; `MODEL_INVALID`
 * @example
 * scoreChurn(model, customers).sortBy('probability', 'descending').head(10);
 *
 * O(customers × terms).
 */
export function scoreChurn(model: ChurnModel, data: TableInput, options: Readonly<Record<string, never>> = {}): Table {
  const where = 'scoreChurn';
  checkKeys(where, options, []);
  const { intercept, terms, references } = readChurnModel(where, model);
  const source = someRows(where, asTable(where, data));
  const logOdds = new Float64Array(source.numRows).fill(intercept);
  for (const feature of new Set(terms.map((term) => term.feature))) {
    if (!source.has(feature)) throw columnMissing(where, feature, source.names);
    const own = terms.filter((term) => term.feature === feature);
    if (!Object.hasOwn(references, feature)) {
      const values = finiteNumbers(where, source, feature);
      for (let i = 0; i < values.length; i++) logOdds[i]! += own[0]!.coefficient * values[i]!;
      continue;
    }
    const effects = new Map<unknown, number>([[references[feature], 0], ...own.map((term) => [term.value, term.coefficient] as const)]);
    const column = source.column(feature);
    for (let i = 0; i < source.numRows; i++) {
      const effect = effects.get(cellOf(column, i));
      if (effect === undefined) throw unseen(where, feature, cellOf(column, i), [...effects.keys()], i);
      logOdds[i]! += effect;
    }
  }
  const number = (values: Float64Array): Column => ({ type: 'number', data: values });
  return new Table([idColumn(source), ['probability', number(logOdds.map(chanceOf))], ['logOdds', number(logOdds)]]);
}

/**
 * The chance of one customer to leave.
 *
 * @param model from {@link fitChurn}
 * @param record the model's features by name; others are ignored
 * @throws ClienteleError `VALUE_INVALID` naming the feature that is missing or unseen; `MODEL_INVALID`
 * @example
 * scoreChurnOne(model, { recency: 40, contract: 'monthly' });   // { probability: 0.31, logOdds: -0.8 }
 */
export function scoreChurnOne(model: ChurnModel, record: ChurnRecord): ChurnScore {
  const where = 'scoreChurnOne';
  const { intercept, terms, references } = readChurnModel(where, model);
  checkRecord(where, record);
  let logOdds = intercept;
  for (let t = 0; t < terms.length; t++) {
    const term = terms[t]!;
    const given = record[term.feature];
    if (term.value !== undefined) {
      if (given === term.value) logOdds += term.coefficient;
      else if (given !== references[term.feature] && !terms.some((other) => other.feature === term.feature && other.value === given)) {
        throw unseen(where, term.feature, given, [references[term.feature], ...terms.filter((other) => other.feature === term.feature).map((other) => other.value)]);
      }
      continue;
    }
    const value = typeof given === 'boolean' ? Number(given) : given;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new ClienteleError('VALUE_INVALID', { where, column: term.feature, value: valueText(given) }, `feature ${term.feature} is ${valueText(given)}.`, 'Give a finite number.');
    logOdds += term.coefficient * value;
  }
  return { probability: chanceOf(logOdds), logOdds };
}

function unseen(where: string, feature: string, given: unknown, known: readonly unknown[], row?: number): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, column: feature, value: valueText(given), ...(row === undefined ? {} : { row }) }, `feature ${feature}${row === undefined ? '' : `, row ${row}`} is ${valueText(given)}, which the model has not seen.`, `Use one of ${known.map((k) => valueText(k)).join(', ')}, or fit again.`);
}
