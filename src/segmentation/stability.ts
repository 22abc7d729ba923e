import { seededRandom } from '../core/index.js';
import { adjustedRandOf } from './adjusted-rand.js';
import { bestOverlaps, contingencyOf } from './contingency.js';
import { newClustering } from './clustering.js';
import { searchSteps, takeSteps, type Found } from './find-clusters.js';
import type { Points } from './points.js';
import { evenSample, takePoints } from './sample-points.js';

/** Whether clusters come back when customers are drawn anew. */
export interface Stability {
  /** mean adjusted Rand index of the clusters against those of resamples; NaN when not looked at */
  readonly adjustedRand: number;
  /** mean over clusters of the mean Jaccard index with their best match: 0.75 and more is stable, below 0.6 is not */
  readonly jaccard: number;
}

/** Customers looked at. */
const SAMPLE = 2000;

/**
 * Stability of one k: customers drawn with replacement, clustered, and everyone put to the nearest of the new centres.
 *
 * Source: Hennig (2007), bootstrap.
 */
export function stabilityOf(points: Points, k: number, found: Found, resamples: number, seed: number): Stability {
  if (resamples === 0) return { adjustedRand: NaN, jaccard: NaN };
  const sample = evenSample(points, SAMPLE);
  const names = Array.from({ length: k }, (_, c) => String(c));
  const labels = nearestCenters(sample, found.centers, k);
  const random = seededRandom(seed);
  let rand = 0;
  const overlaps = new Float64Array(k);
  for (let b = 0; b < resamples; b++) {
    const kept = Int32Array.from({ length: sample.n }, () => random.below(sample.n)).sort();
    const drawn = takePoints(sample, kept, sample.d, sample.data, sample.weights);
    const clustering = newClustering(drawn, k);
    const again = takeSteps(clustering, searchSteps(clustering, { algorithm: 'hamerly', start: 'k-means++', starts: 3, seed: random.below(0x7fffffff), maxIterations: 100 }));
    const pairs = contingencyOf(labels, names, nearestCenters(sample, again.centers, k), names);
    rand += adjustedRandOf(pairs) / resamples;
    bestOverlaps(pairs).forEach((overlap, c) => (overlaps[c]! += overlap / resamples));
  }
  return { adjustedRand: rand, jaccard: overlaps.reduce((sum, overlap) => sum + overlap, 0) / k };
}

function nearestCenters({ n, d, data }: Points, centers: Float64Array, k: number): Int32Array {
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let best = Infinity;
    for (let c = 0; c < k; c++) {
      let squared = 0;
      for (let f = 0; f < d; f++) squared += (data[i * d + f]! - centers[c * d + f]!) ** 2;
      if (squared < best) {
        best = squared;
        labels[i] = c;
      }
    }
  }
  return labels;
}
