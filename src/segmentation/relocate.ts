import { totalCounts, type Clustering } from './clustering.js';
import { before } from './points.js';

/** Points in some order, and the cluster of each. */
interface Labelled {
  readonly data: Float64Array;
  readonly labels: Uint16Array;
  /** the clustering's point at each place; absent where the points stand in its own order */
  readonly rows?: Int32Array;
}

/**
 * Give every empty cluster the point that is farthest from its centre, of a cluster that keeps others.
 *
 * Sums and centres must be made anew afterwards.
 *
 * @returns how many clusters were empty. O(n d) where any is.
 */
export function relocateEmpty(clustering: Clustering): number {
  const { points: { data }, labels } = clustering;
  const given = emptyAndFar(clustering, { data, labels });
  for (const { point, cluster } of given) labels[point] = cluster;
  if (given.length > 0) clustering.bounds.fill(-1);
  return given.length;
}

/** The empty clusters, and the point each is to get; of points equally far the first by content, in the order of `makePoints`. */
export function emptyAndFar(clustering: Clustering, labelled: Labelled): { readonly cluster: number; readonly point: number }[] {
  const counts = totalCounts(clustering);
  const empty = Array.from(counts.keys()).filter((c) => counts[c] === 0);
  if (empty.length === 0) return [];
  const { labels, rows } = labelled;
  const far = ownDistances(clustering, labelled);
  const first = (i: number, j: number): boolean => before(clustering.points, rows?.[i] ?? i, rows?.[j] ?? j);
  return empty.map((cluster) => {
    let farthest = -1;
    for (let i = 0; i < far.length; i++) {
      if (far[i]! < 0 || counts[labels[i]!]! <= 1) continue;
      if (farthest === -1 || far[i]! > far[farthest]! || (far[i] === far[farthest] && first(i, farthest))) farthest = i;
    }
    counts[labels[farthest]!]!--;
    far[farthest] = -1;
    return { cluster, point: farthest };
  });
}

/** Squared distance of each point to its centre. */
function ownDistances({ points: { n, d }, centers }: Clustering, { data, labels }: Labelled): Float64Array {
  const stride = data.length / n;
  const far = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let f = 0; f < d; f++) squared += (data[i * stride + f]! - centers[labels[i]! * d + f]!) ** 2;
    far[i] = squared;
  }
  return far;
}
