import type { Random } from '../core/index.js';
import type { Clustering } from './clustering.js';

const BATCH = 1024;
/** Batches without a better smoothed inertia after which the centres count as settled. */
const PATIENCE = 10;

/**
 * Move the centres a little towards a random batch of points, again and again; for logs too large for whole passes.
 *
 * @param maxIterations batches at most
 * @returns batches taken, and whether the smoothed inertia had stopped falling
 *
 * Source: Sculley (2010), each centre the running mean of the points it was given; the stopping rule of scikit-learn.
 * O(batches × 1024 k d).
 */
export function miniBatches({ points: { n, d, data, weights }, k, centers }: Clustering, maxIterations: number, random: Random): { iterations: number; converged: boolean } {
  const mass = new Float64Array(k);
  const batch = Math.min(BATCH, n);
  const rows = new Int32Array(batch);
  const labels = new Int32Array(batch);
  let smoothed = NaN;
  let least = Infinity;
  let waited = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    let inertia = 0;
    let total = 0;
    for (let b = 0; b < batch; b++) {
      const i = random.below(n);
      let best = Infinity;
      let label = 0;
      for (let c = 0; c < k; c++) {
        let squared = 0;
        for (let f = 0; f < d; f++) squared += (data[i * d + f]! - centers[c * d + f]!) ** 2;
        if (squared < best) {
          best = squared;
          label = c;
        }
      }
      rows[b] = i;
      labels[b] = label;
      const weight = weights === undefined ? 1 : weights[i]!;
      inertia += weight * best;
      total += weight;
    }
    for (let b = 0; b < batch; b++) {
      const c = labels[b]!;
      const weight = weights === undefined ? 1 : weights[rows[b]!]!;
      mass[c]! += weight;
      for (let f = 0; f < d; f++) centers[c * d + f]! += (weight / mass[c]!) * (data[rows[b]! * d + f]! - centers[c * d + f]!);
    }
    const share = Math.min(1, (2 * batch) / (n + 1));
    smoothed = Number.isNaN(smoothed) ? inertia / total : smoothed + share * (inertia / total - smoothed);
    waited = smoothed < least ? 0 : waited + 1;
    least = Math.min(least, smoothed);
    if (waited >= PATIENCE) return { iterations: iteration, converged: true };
  }
  return { iterations: maxIterations, converged: false };
}
