import { checkKeys, checkWord, ClienteleError, valueText } from '../core/index.js';
import { assignRows } from './assign-rows.js';
import { readModel } from './load-kmeans-model.js';
import type { KmeansModel } from './model.js';
import { SCORE_OPTIONS, type ScoreKmeansOptions } from './options.js';
import { scaleValue } from './scaling.js';

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
