import { blockStart, boundOf, type Clustering } from './clustering.js';

/** Points looked at in one go: what they need is fetched at once, before the branches that no processor foresees. */
const BATCH = 256;

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
  const { points: { d, data }, k, labels, bounds, drift, listed, changes, around } = clustering;
  const from = blockStart(clustering, block);
  const end = listOpen(labels, bounds, drift, listed, from, blockStart(clustering, block + 1));
  const three = d === 3 && around.length > 0;
  const fetched = new Float64Array(three ? BATCH * 3 : 0);
  let changed = 0;
  for (let at = from; at < end; at += BATCH) {
    const to = Math.min(end, at + BATCH);
    if (three) fetchThree(data, listed, at, to, fetched);
    changed += walkListed(clustering, block * k, at, to, fetched, three);
  }
  changes[block] = changed;
}

/**
 * List the points whose bound no longer holds, from `listed[from]` on.
 *
 * @returns where the list ends
 *
 * A loop of its own without a branch: among the work on single points it takes four times as long.
 */
function listOpen(labels: Uint16Array, bounds: Float32Array, drift: Float64Array, listed: Int32Array, from: number, to: number): number {
  let end = from;
  for (let i = from; i < to; i++) {
    listed[end] = i;
    end += bounds[i]! > drift[labels[i]!]! ? 0 : 1;
  }
  return end;
}

function fetchThree(data: Float64Array, listed: Int32Array, from: number, to: number, fetched: Float64Array): void {
  for (let at = from, put = 0; at < to; at++, put += 3) {
    const take = listed[at]! * 3;
    fetched[put] = data[take]!;
    fetched[put + 1] = data[take + 1]!;
    fetched[put + 2] = data[take + 2]!;
  }
}

/** Find the clusters of some listed points anew; how many have changed. */
function walkListed(clustering: Clustering, own: number, from: number, to: number, fetched: Float64Array, three: boolean): number {
  const { labels, listed } = clustering;
  let changed = 0;
  for (let at = from; at < to; at++) {
    const i = listed[at]!;
    const before = labels[i]!;
    const label = three ? nearestOfThree(clustering, i, before, fetched, (at - from) * 3) : nearest(clustering, i, before);
    if (label === before) continue;
    moveSums(clustering, own, i, before, label);
    changed++;
  }
  return changed;
}

/** Take a point from the sums of one cluster over to another. */
function moveSums({ points: { d, data, weights }, labels, sums, masses, counts }: Clustering, own: number, i: number, before: number, label: number): void {
  labels[i] = label;
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
function nearestOfThree({ k, centers, bounds, drift, neighbours, distances, around }: Clustering, i: number, before: number, fetched: Float64Array, at: number): number {
  const x = fetched[at]!, y = fetched[at + 1]!, z = fetched[at + 2]!;
  let u = x - centers[before * 3]!, v = y - centers[before * 3 + 1]!, w = z - centers[before * 3 + 2]!;
  let best = u * u + v * v + w * w;
  const fromOwn = Math.sqrt(best);
  let second = Infinity;
  let label = before;
  for (let j = before * k, end = j + k - 1; j < end; j++) {
    const beyond = distances[j]! - fromOwn;
    if (beyond > 0 && beyond * beyond > second) break;
    u = x - around[j * 3]!;
    v = y - around[j * 3 + 1]!;
    w = z - around[j * 3 + 2]!;
    const squared = u * u + v * v + w * w;
    if (squared > second) continue;
    if (squared < best || (squared === best && neighbours[j]! < label)) {
      second = best;
      best = squared;
      label = neighbours[j]!;
    } else second = squared;
  }
  bounds[i] = boundOf(best, second, drift[label]!);
  return label;
}
