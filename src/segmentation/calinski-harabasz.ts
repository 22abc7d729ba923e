import { ClienteleError } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import type { LabelsInput } from './labels.js';
import { clusterMeans, labelledPoints, squaredApart, type EvaluateOptions, type LabelledPoints } from './scaled-points.js';

/**
 * Calinski-Harabasz index: spread between clusters over spread within, each by its degrees of freedom. Higher is better.
 *
 * @param customers one row per label. Not modified.
 * @param labels clusters of any kind, see {@link LabelsInput}; rows without a label are left out
 * @returns 0 or more; Infinity where every cluster is a single point in space
 * @throws ClienteleError `VALUE_INVALID` for fewer than two clusters, or as many as customers; `COLUMN_MISSING`; `COLUMN_LENGTH`; `OPTION_INVALID`
 * @example
 * calinskiHarabasz(customers, kmeans(customers, { k: 4 }));
 *
 * Source: Calinski & Harabasz (1974). O(n features).
 */
export function calinskiHarabasz(customers: TableInput, labels: LabelsInput, options: EvaluateOptions = {}): number {
  const where = 'calinskiHarabasz';
  const points = labelledPoints(where, customers, labels, options);
  if (points.k === points.n) throw new ClienteleError('VALUE_INVALID', { where }, `there are as many clusters as customers (${points.n}), so nothing is left to measure the spread within.`, 'Pass fewer clusters.');
  return varianceRatio(points);
}

export function varianceRatio(points: LabelledPoints): number {
  const { n, d, k, data, starts } = points;
  const { means, mean } = clusterMeans(points);
  let within = 0;
  let between = 0;
  for (let c = 0; c < k; c++) {
    between += (starts[c + 1]! - starts[c]!) * squaredApart(means, c, mean, 0, d);
    for (let i = starts[c]!; i < starts[c + 1]!; i++) within += squaredApart(data, i, means, c, d);
  }
  return between / (k - 1) / (within / (n - k));
}
