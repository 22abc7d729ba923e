import { checkKeys, checkWord, ClienteleError, valueText, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { assignRows } from './assign-rows.js';
import { readFeatures, type Features } from './features.js';
import { readModel } from './load-kmeans-model.js';
import type { KmeansModel, KmeansResult } from './model.js';
import { SCORE_OPTIONS, type ScoreKmeansOptions } from './options.js';
import { makeResult } from './result.js';
import { scaleValue, scaleValues } from './scaling.js';

/**
 * Put customers into the clusters of a model: next month's customers, or newcomers.
 *
 * @param model from `fitKmeans` or `loadKmeansModel`; any other object is checked first, at every call
 * @param customers with the model's features; none are needed
 * @throws ClienteleError `MODEL_INVALID`; `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for a value below
 *   what the model's logarithm can take
 * @example
 * const next = scoreKmeans(model, summarize(orders, { asOf: '2026-02-28' }));
 *
 * O(n k features).
 */
export function scoreKmeans(model: KmeansModel, customers: TableInput, options: ScoreKmeansOptions = {}): KmeansResult {
  const where = 'scoreKmeans';
  checkKeys(where, options, SCORE_OPTIONS);
  const known = readModel(where, model);
  const features = readFeatures(where, customers, known.features.map(({ column }) => column));
  const columns = known.features.map((feature, f) => scaleValues(where, feature, features.values[f]!));
  const assigned = assignRows(columns, known.centers);
  return makeResult({ where, model: known, features, assigned, labels: options.labels, warnings: rulesDiffer(known, features), more: {} });
}

/** The rules of summarizing that make features comparable; the dates may differ, that is the point. */
const RULES = ['resolution', 'returns', 'zeroOrders', 'frequency', 'monetary', 'currency', 'timeZone'] as const;

function rulesDiffer({ meta }: KmeansModel, features: Features): Warning[] {
  if (meta.asOf === undefined || features.meta === undefined) return [];
  const differing = RULES.filter((rule) => meta[rule] !== features.meta![rule]).map((rule) => `${rule} ${String(meta[rule] ?? 'not given')} / ${String(features.meta![rule] ?? 'not given')}`);
  if (differing.length === 0) return [];
  return [{ code: 'RULES_DIFFER', message: `the model was learned from customers summarized by other rules (model / here: ${differing.join(', ')}). Summarize both in the same way, or fit a new model.` }];
}

/** One customer in a cluster. */
export interface KmeansOneScore {
  /** null for a customer without a purchase */
  readonly cluster: number | null;
  readonly segment: string | null;
  readonly label: string | null;
  /** to the centre, scaled */
  readonly distance: number | null;
}

/**
 * Put one customer into a cluster of a model, for a CRM that asks while the customer waits.
 *
 * @param model from `fitKmeans` or `loadKmeansModel`; any other object is checked at every call, which takes longer
 * @param record features by column name
 * @param options `labels`: `'en'` (default) or `'zh'`
 * @throws ClienteleError `MODEL_INVALID`; `VALUE_INVALID` naming the feature that is missing or infinite; `OPTION_INVALID`
 * @example
 * scoreKmeansOne(model, { recency: 12, frequency: 4, monetary: 230.5 });
 * // { cluster: 0, segment: 'important_value', label: 'Important: value', distance: 0.41 }
 */
export function scoreKmeansOne(model: KmeansModel, record: Readonly<Record<string, unknown>>, options: ScoreKmeansOptions = {}): KmeansOneScore {
  const where = 'scoreKmeansOne';
  checkKeys(where, options, SCORE_OPTIONS);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const known = readModel(where, model);
  const { recency } = record;
  const missing = recency === null || recency === undefined || recency !== recency;
  if (missing && record['frequency'] === 0 && known.features.some(({ column }) => column === 'recency')) return { cluster: null, segment: null, label: null, distance: null };
  const columns = known.features.map((feature) => {
    const value = record[feature.column];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new ClienteleError('VALUE_INVALID', { where, column: feature.column, value: valueText(value) }, `${feature.column} is ${valueText(value)}.`, 'Give a finite number for every feature of the model.');
    return Float64Array.of(scaleValue(where, feature, value));
  });
  const { labels, distances } = assignRows(columns, known.centers);
  const name = known.names[labels[0]!]!;
  return { cluster: labels[0]!, segment: name.key, label: name.label[language], distance: distances[0]! };
}
