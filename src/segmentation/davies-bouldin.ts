import type { TableInput } from '../columns/index.js';
import type { LabelsInput } from './labels.js';
import { clusterMeans, labelledPoints, squaredApart, type EvaluateOptions, type LabelledPoints } from './scaled-points.js';

/**
 * Davies-Bouldin index: how wide clusters are against how far apart their centres lie, each with its worst neighbour.
 * Lower is better.
 *
 * @param customers, labels, options as for `calinskiHarabasz`
 * @returns 0 or more
 * @throws ClienteleError as `calinskiHarabasz`
 * @example
 * daviesBouldin(customers, kmeans(customers, { k: 4 }));
 *
 * Source: Davies & Bouldin (1979), mean Euclidean distance to the centre, as scikit-learn. O(n features + k² features).
 */
export function daviesBouldin(customers: TableInput, labels: LabelsInput, options: EvaluateOptions = {}): number {
  return widthOverDistance(labelledPoints('daviesBouldin', customers, labels, options));
}

export function widthOverDistance(points: LabelledPoints): number {
  const { d, k, data, starts } = points;
  const { means } = clusterMeans(points);
  const width = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    for (let i = starts[c]!; i < starts[c + 1]!; i++) width[c]! += Math.sqrt(squaredApart(data, i, means, c, d));
    width[c]! /= starts[c + 1]! - starts[c]!;
  }
  let sum = 0;
  for (let c = 0; c < k; c++) {
    let worst = 0;
    for (let other = 0; other < k; other++) {
      const apart = Math.sqrt(squaredApart(means, c, means, other, d));
      // Centres on one spot count 0, as in scikit-learn.
      if (other !== c && apart > 0) worst = Math.max(worst, (width[c]! + width[other]!) / apart);
    }
    sum += worst;
  }
  return sum / k;
}
