import type { Random } from '../core/index.js';
import type { Points } from './points.js';

/** How the first centres are chosen. */
export type StartMethod = 'k-means++' | 'random';

/** Seeding looks at no more points than this; beyond, at every so-manieth in the order of their content. */
export const SAMPLE = 20_000;

/**
 * First centres, drawn from the points.
 *
 * @returns k centres side by side; no two are equal as long as there are k different points
 *
 * Method: greedy k-means++ (Arthur & Vassilvitskii 2007; of 2 + ln k candidates the one that leaves the least inertia,
 * as in scikit-learn), or k different points drawn with their weights. O(sample k log k d).
 */
export function startCenters(points: Points, k: number, method: StartMethod, random: Random): Float64Array {
  const sample = samplePoints(points, k);
  return method === 'random' ? randomCenters(sample, k, random) : spreadCenters(sample, k, random);
}

/** All points, or an even selection of them that still has k different ones. */
function samplePoints(points: Points, k: number): Points {
  const { n, d } = points;
  if (n <= SAMPLE) return points;
  const kept = Int32Array.from({ length: SAMPLE }, (_, i) => Math.floor((i * n) / SAMPLE));
  const data = new Float64Array(SAMPLE * d);
  kept.forEach((from, i) => data.set(points.data.subarray(from * d, from * d + d), i * d));
  const { weights } = points;
  const sample: Points = { n: SAMPLE, d, data, weights: weights === undefined ? undefined : Float64Array.from(kept, (from) => weights[from]!), rows: kept };
  // Equal points stand side by side, so a selection could miss rare ones: then all are looked at.
  let distinct = 1;
  for (let i = 1; i < SAMPLE && distinct < 2 * k; i++) if (squaredBetween(sample, i, i - 1) > 0) distinct++;
  return distinct < 2 * k ? points : sample;
}

function squaredBetween({ d, data }: Points, a: number, b: number): number {
  let squared = 0;
  for (let f = 0; f < d; f++) squared += (data[a * d + f]! - data[b * d + f]!) ** 2;
  return squared;
}

/** A place drawn with probability proportional to its mass. */
function draw(mass: Float64Array, total: number, random: Random): number {
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < mass.length; i++) {
    if (mass[i]! <= 0) continue;
    last = i;
    left -= mass[i]!;
    if (left < 0) return i;
  }
  return last;
}

function massOf({ n, weights }: Points): Float64Array {
  return weights === undefined ? new Float64Array(n).fill(1) : weights.slice();
}

function randomCenters(points: Points, k: number, random: Random): Float64Array {
  const { n, d, data } = points;
  const mass = massOf(points);
  const centers = new Float64Array(k * d);
  for (let c = 0; c < k; c++) {
    const at = draw(mass, mass.reduce((sum, m) => sum + m, 0), random);
    centers.set(data.subarray(at * d, at * d + d), c * d);
    for (let i = at; i < n && squaredBetween(points, i, at) === 0; i++) mass[i] = 0;
    for (let i = at; i >= 0 && squaredBetween(points, i, at) === 0; i--) mass[i] = 0;
  }
  return centers;
}

function spreadCenters(points: Points, k: number, random: Random): Float64Array {
  const { n, d, data } = points;
  const weights = massOf(points);
  const centers = new Float64Array(k * d);
  const candidates = 2 + Math.floor(Math.log(k));
  let nearest = new Float64Array(n).fill(Infinity);
  let trial = new Float64Array(n);
  let kept = new Float64Array(n);
  const mass = new Float64Array(n);
  const first = draw(weights, weights.reduce((sum, w) => sum + w, 0), random);
  centers.set(data.subarray(first * d, first * d + d));
  let total = nearer(points, weights, first, nearest, kept);
  [nearest, kept] = [kept, nearest];
  for (let c = 1; c < k; c++) {
    for (let i = 0; i < n; i++) mass[i] = weights[i]! * nearest[i]!;
    let least = Infinity;
    let chosen = 0;
    for (let t = 0; t < candidates; t++) {
      const at = draw(mass, total, random);
      const left = nearer(points, weights, at, nearest, trial);
      if (left < least) {
        least = left;
        chosen = at;
        [kept, trial] = [trial, kept];
      }
    }
    centers.set(data.subarray(chosen * d, chosen * d + d), c * d);
    [nearest, kept] = [kept, nearest];
    total = least;
  }
  return centers;
}

/** Squared distances to the nearest centre once `at` is one too, into `into`; their weighted sum. */
function nearer(points: Points, weights: Float64Array, at: number, nearest: Float64Array, into: Float64Array): number {
  let total = 0;
  for (let i = 0; i < points.n; i++) {
    const squared = Math.min(nearest[i]!, squaredBetween(points, i, at));
    into[i] = squared;
    total += weights[i]! * squared;
  }
  return total;
}
