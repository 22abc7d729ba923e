import type { TableInput } from '../columns/index.js';
import { takeSteps } from './find-clusters.js';
import { prepareRows, readFit, wholeFit } from './fit-kmeans.js';
import type { KmeansFit } from './model.js';
import { SCORE_OPTIONS, type KmeansOptions } from './options.js';
import { makeResult } from './result.js';

/**
 * Put customers into k groups of like ones, found in the data.
 *
 * By default on recency, frequency and monetary, logarithms first, since a few large buyers would otherwise make groups of
 * their own; the best of 10 starts; clusters numbered by mean money, highest first, and named. Every customer is in the
 * cluster of the nearest centre. A customer without a purchase (recency missing, frequency 0) is in none.
 * The order of the rows plays no part.
 *
 * @param customers what `summarize` makes, any table, or plain columns `{ customer, recency, frequency, monetary }`. Not
 *   modified.
 * @param options `k` is needed; see {@link KmeansOptions} and {@link chooseK}
 * @throws ClienteleError `OPTION_INVALID` naming the option, also where k exceeds the different customers; `COLUMN_MISSING`;
 *   `VALUE_INVALID` naming column, row and customer of a missing or infinite value, or a feature without spread
 * @example
 * const found = kmeans(customers, { k: 4 });
 * found.profiles;                                   // one row per cluster: name, size, share, means
 * found.table.where((i) => found.labels[i] === 0);  // the customers of the best cluster
 *
 * Source: Lloyd (1982), Arthur & Vassilvitskii (2007), Hamerly (2010), Hartigan & Wong (1979). O(n k features) an
 * iteration at most; see docs/segmentation.md.
 */
export function kmeans(customers: TableInput, options: KmeansOptions): KmeansFit {
  const prepared = prepareRows(readFit('kmeans', customers, options, SCORE_OPTIONS));
  const { model, assigned, stats, found, warnings } = takeSteps(prepared.clustering, wholeFit(prepared));
  const { iterations, converged } = found;
  return makeResult({ where: 'kmeans', model, features: prepared.features, assigned, stats, labels: options.labels, warnings, more: { iterations, converged } });
}
