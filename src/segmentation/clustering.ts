import { BOXES_FROM, MOST_FEATURES, newBoxes, type Boxes } from './boxes.js';
import type { Points } from './points.js';
import type { RowColumns } from './row-steps.js';

/** Most clusters that can be asked for. */
export const MOST_CLUSTERS = 1000;
/** Blocks of points are fixed by the number of points, so that sums round the same on any number of threads. */
const BLOCKS = 64;
const SMALLEST_BLOCK = 1024;

/** What k-means works on: flat arrays that threads can share. Centre c is centers[c d … c d + d - 1]. */
export interface Clustering {
  readonly points: Points;
  readonly k: number;
  readonly blocks: number;
  readonly centers: Float64Array;
  /** cluster of each point */
  readonly labels: Uint16Array;
  /**
   * Of each point at its last look: how much farther the second nearest centre was than its own, plus the drift of its
   * cluster then. While that exceeds the drift now, no centre can have overtaken its own.
   */
  readonly bounds: Float32Array;
  /** of each cluster: the way its centre has gone plus the longest way any other has, added up */
  readonly drift: Float64Array;
  /** room for the points of each block that are to be looked at again */
  readonly listed: Int32Array;
  /** of each centre: the others, nearest first, how far they are, and their features side by side */
  readonly neighbours: Int32Array;
  readonly distances: Float64Array;
  readonly around: Float64Array;
  /** per block and cluster: sums of points, weights and counts */
  readonly sums: Float64Array;
  readonly masses: Float64Array;
  readonly counts: Int32Array;
  /** per block: points that changed their cluster in the last step */
  readonly changes: Int32Array;
  /** per block and cluster: weighted squared distances to the centre; behind them what slices left over */
  readonly inertias: Float64Array;
  /** for many points of few features */
  readonly boxes: Boxes | undefined;
  /** where points stand in the order of the rows */
  readonly byRow: RowColumns | undefined;
}

/** Up to so many clusters the neighbours of each are laid side by side; more would not stay in the cache. */
export const MOST_AROUND = 64;

/** Empty arrays for clustering points. */
export function newClustering(points: Points, k: number, shared = false): Clustering {
  const { n, d } = points;
  const blocks = Math.max(1, Math.min(BLOCKS, Math.ceil(n / SMALLEST_BLOCK)));
  const bytes = bytesFor(shared);
  const doubles = (length: number): Float64Array => new Float64Array(bytes(length * 8));
  const integers = (length: number): Int32Array => new Int32Array(bytes(length * 4));
  return {
    points, k, blocks,
    centers: doubles(k * d), labels: new Uint16Array(bytes(n * 2)), bounds: new Float32Array(bytes(n * 4)), drift: doubles(k),
    listed: integers(n),
    neighbours: integers(k * k), distances: doubles(k * k), around: doubles(k <= MOST_AROUND ? k * k * d : 0),
    sums: doubles(blocks * k * d), masses: doubles(blocks * k), counts: integers(blocks * k), changes: integers(blocks), inertias: doubles(2 * blocks * k),
    boxes: fitsBoxes(n, d) ? newBoxes(points, k, blocks, bytes) : undefined, byRow: undefined,
  };
}

/** Whether points are so many, of so few features, that boxes pay. */
export function fitsBoxes(n: number, d: number): boolean {
  return d <= MOST_FEATURES && n >= BOXES_FROM;
}

/** How memory is had that threads can share, or not. */
export function bytesFor(shared: boolean): (count: number) => ArrayBuffer {
  return (count) => (shared ? (new SharedArrayBuffer(count) as unknown as ArrayBuffer) : new ArrayBuffer(count));
}

/** First point of a block; that of block `blocks` is n. */
export function blockStart({ points, blocks }: Clustering, block: number): number {
  return Math.floor((block * points.n) / blocks);
}

/** What `bounds` holds, rounded so that it never promises too much. */
export function boundOf(best: number, second: number, drift: number): number {
  const far = Math.sqrt(second);
  return (far - Math.sqrt(best) + drift - far * 1e-12) * (1 - 2e-7);
}

/** Clusters, sums over blocks in their order. */
export function totalCounts({ counts, k, blocks }: Clustering): Int32Array {
  const total = new Int32Array(k);
  for (let at = 0; at < blocks * k; at++) total[at % k]! += counts[at]!;
  return total;
}

/** Points that changed their cluster in the last step. */
export function totalChanges({ changes }: Clustering): number {
  return changes.reduce((sum, n) => sum + n, 0);
}

/** Inertia of each cluster after the step `'inertia'`. */
export function totalInertias({ inertias, k, blocks }: Clustering): Float64Array {
  const total = new Float64Array(2 * k);
  for (let at = 0; at < blocks * k; at++) {
    total[at % k]! += inertias[at]!;
    total[k + (at % k)]! += inertias[blocks * k + at]!;
  }
  return Float64Array.from({ length: k }, (_, c) => total[c]! + total[k + c]!);
}

/** Means of the clusters from the sums, into `means`; an empty cluster keeps its centre. */
export function meansInto(means: Float64Array, clustering: Clustering): void {
  const { k, blocks, sums, masses, centers, points: { d } } = clustering;
  const total = new Float64Array(k * d);
  const mass = new Float64Array(k);
  for (let b = 0; b < blocks; b++) {
    for (let at = 0; at < k * d; at++) total[at]! += sums[b * k * d + at]!;
    for (let c = 0; c < k; c++) mass[c]! += masses[b * k + c]!;
  }
  const counts = totalCounts(clustering);
  for (let c = 0; c < k; c++) {
    for (let f = 0; f < d; f++) means[c * d + f] = counts[c] === 0 ? centers[c * d + f]! : total[c * d + f]! / mass[c]!;
  }
}

/** Put centres where `means` say, add up how far each has gone, and order each one's neighbours anew. */
export function moveCenters(clustering: Clustering, means: Float64Array): void {
  const { k, centers, drift, points: { d } } = clustering;
  const moves = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    let squared = 0;
    for (let f = 0; f < d; f++) squared += (means[c * d + f]! - centers[c * d + f]!) ** 2;
    moves[c] = Math.sqrt(squared);
  }
  centers.set(means);
  for (let c = 0; c < k; c++) {
    let farthest = 0;
    for (let other = 0; other < k; other++) if (other !== c && moves[other]! > farthest) farthest = moves[other]!;
    drift[c]! += moves[c]! + farthest;
  }
  orderNeighbours(clustering);
}

/**
 * Other centres of each, nearest first. O(k² d), as long as few centres change places.
 *
 * Called after every move of the centres, it sorts by insertion into the order found before.
 */
export function orderNeighbours({ k, centers, neighbours, distances, around, points: { d } }: Clustering): void {
  if (neighbours[1] === neighbours[0]) firstOrder(neighbours, k);
  for (let c = 0; c < k; c++) {
    const from = c * k;
    for (let j = 0; j < k - 1; j++) {
      const other = neighbours[from + j]!;
      const far = apart(centers, c * d, other * d, d);
      let at = from + j;
      for (; at > from && (distances[at - 1]! > far || (distances[at - 1] === far && neighbours[at - 1]! > other)); at--) {
        distances[at] = distances[at - 1]!;
        neighbours[at] = neighbours[at - 1]!;
      }
      distances[at] = far;
      neighbours[at] = other;
    }
  }
  if (around.length === 0) return;
  for (let at = 0; at < k * k; at++) for (let f = 0; f < d; f++) around[at * d + f] = centers[neighbours[at]! * d + f]!;
}

/** A hair less than the distance of two centres, against rounding where a walk stops. */
function apart(centers: Float64Array, a: number, b: number, d: number): number {
  let squared = 0;
  for (let f = 0; f < d; f++) {
    const way = centers[a + f]! - centers[b + f]!;
    squared += way * way;
  }
  return Math.sqrt(squared) * (1 - 1e-12);
}

function firstOrder(neighbours: Int32Array, k: number): void {
  for (let c = 0; c < k; c++) for (let j = 0; j < k - 1; j++) neighbours[c * k + j] = j < c ? j : j + 1;
}
