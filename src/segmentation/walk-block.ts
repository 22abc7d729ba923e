import { blockStart, boundOf, type Clustering } from './clustering.js';

/**
 * Look again at the points whose nearest centre may have changed, and only at centres that may be nearer.
 *
 * A point whose bound still exceeds the drift of its cluster is passed over. For the others the centres are visited by
 * distance from the point's own; once one is farther from it than own and second distance together, so are all behind.
 * Sums follow the points that move.
 *
 * Source: one bound per point as Hamerly (2010), the walk as in Hamerly & Drake (2015), sorted centres of Phillips (2002).
 */
export function walkBlock(clustering: Clustering, block: number): void {
  const { points, k, labels, bounds, drift, changes, sums, masses, counts } = clustering;
  const { d, data, weights } = points;
  const to = blockStart(clustering, block + 1);
  const own = block * k;
  let changed = 0;
  for (let i = blockStart(clustering, block); i < to; i++) {
    const before = labels[i]!;
    if (bounds[i]! > drift[before]!) continue;
    const label = d === 3 ? nearestOfThree(clustering, i, before) : nearest(clustering, i, before);
    if (label === before) continue;
    labels[i] = label;
    changed++;
    const weight = weights === undefined ? 1 : weights[i]!;
    const left = own + before;
    const entered = own + label;
    for (let f = 0; f < d; f++) {
      const moved = weight * data[i * d + f]!;
      sums[left * d + f]! -= moved;
      sums[entered * d + f]! += moved;
    }
    masses[left]! -= weight;
    masses[entered]! += weight;
    counts[left]!--;
    counts[entered]!++;
  }
  changes[block] = changed;
}

/** The nearest centre of a point, its bound renewed; equal distances go to the cluster with the lower number. */
function nearest({ points: { d, data }, k, centers, bounds, drift, neighbours, distances }: Clustering, i: number, before: number): number {
  const at = i * d;
  let best = 0;
  for (let f = 0; f < d; f++) {
    const apart = data[at + f]! - centers[before * d + f]!;
    best += apart * apart;
  }
  const fromOwn = Math.sqrt(best);
  let second = Infinity;
  let label = before;
  for (let j = before * k, end = j + k - 1; j < end; j++) {
    const beyond = distances[j]! - fromOwn;
    if (beyond > 0 && beyond * beyond > second) break;
    const other = neighbours[j]!;
    let squared = 0;
    for (let f = 0; f < d; f++) {
      const apart = data[at + f]! - centers[other * d + f]!;
      squared += apart * apart;
    }
    if (squared < best || (squared === best && other < label)) {
      second = best;
      best = squared;
      label = other;
    } else if (squared < second) second = squared;
  }
  bounds[i] = boundOf(best, second, drift[label]!);
  return label;
}

/** The same for three features, recency, frequency and monetary: without inner loops it takes half the time. */
function nearestOfThree({ points: { data }, k, centers, bounds, drift, neighbours, distances }: Clustering, i: number, before: number): number {
  const x = data[i * 3]!, y = data[i * 3 + 1]!, z = data[i * 3 + 2]!;
  let u = x - centers[before * 3]!, v = y - centers[before * 3 + 1]!, w = z - centers[before * 3 + 2]!;
  let best = u * u + v * v + w * w;
  const fromOwn = Math.sqrt(best);
  let second = Infinity;
  let label = before;
  for (let j = before * k, end = j + k - 1; j < end; j++) {
    const beyond = distances[j]! - fromOwn;
    if (beyond > 0 && beyond * beyond > second) break;
    const other = neighbours[j]!;
    u = x - centers[other * 3]!;
    v = y - centers[other * 3 + 1]!;
    w = z - centers[other * 3 + 2]!;
    const squared = u * u + v * v + w * w;
    if (squared < best || (squared === best && other < label)) {
      second = best;
      best = squared;
      label = other;
    } else if (squared < second) second = squared;
  }
  bounds[i] = boundOf(best, second, drift[label]!);
  return label;
}
