import { checkKeys, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { assignRows } from './assign-rows.js';
import { statsOf } from './feature-stats.js';
import { readFeatures, type Features } from './features.js';
import { readModel } from './load-kmeans-model.js';
import type { KmeansMeta, KmeansModel, KmeansResult } from './model.js';
import { SCORE_OPTIONS, type ScoreKmeansOptions } from './options.js';
import { makeResult } from './result.js';
import { scaleValues } from './scaling.js';

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
  const stats = features.values.map((values) => statsOf(values, assigned.labels, known.centers.length));
  return makeResult({ where, model: known, features, assigned, stats, labels: options.labels, warnings: rulesDiffer(known, features), more: {} });
}

/** The rules of summarizing that make features comparable; the dates may differ, that is the point. */
const RULES = ['resolution', 'returns', 'zeroOrders', 'frequency', 'monetary', 'currency', 'timeZone'] as const;

export function rulesDiffer({ meta }: { readonly meta: KmeansMeta }, features: Features): Warning[] {
  if (meta.asOf === undefined || features.meta === undefined) return [];
  const differing = RULES.filter((rule) => meta[rule] !== features.meta![rule]).map((rule) => `${rule} ${String(meta[rule] ?? 'not given')} / ${String(features.meta![rule] ?? 'not given')}`);
  if (differing.length === 0) return [];
  return [{ code: 'RULES_DIFFER', message: `the model was learned from customers summarized by other rules (model / here: ${differing.join(', ')}). Summarize both in the same way, or fit a new model.` }];
}
