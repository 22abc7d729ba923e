import { totalCounts, type Clustering } from './clustering.js';

/**
 * Give every empty cluster the point that is farthest from its centre, of a cluster that keeps others.
 *
 * Sums and centres must be made anew afterwards.
 *
 * @returns how many clusters were empty. O(n d) where any is.
 */
export function relocateEmpty(clustering: Clustering): number {
  const counts = totalCounts(clustering);
  const empty = Array.from(counts.keys()).filter((c) => counts[c] === 0);
  if (empty.length === 0) return 0;
  const far = ownDistances(clustering);
  for (const c of empty) {
    let farthest = -1;
    for (let i = 0; i < far.length; i++) {
      if (counts[clustering.labels[i]!]! > 1 && (farthest === -1 || far[i]! > far[farthest]!)) farthest = i;
    }
    counts[clustering.labels[farthest]!]!--;
    counts[c] = 1;
    clustering.labels[farthest] = c;
    far[farthest] = -1;
  }
  clustering.bounds.fill(-1);
  return empty.length;
}

/** Squared distance of each point to its centre. */
function ownDistances({ points: { n, d, data }, centers, labels }: Clustering): Float64Array {
  const far = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let f = 0; f < d; f++) squared += (data[i * d + f]! - centers[labels[i]! * d + f]!) ** 2;
    far[i] = squared;
  }
  return far;
}
