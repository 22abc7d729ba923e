import { seededRandom } from '../core/index.js';
import { newClustering } from './clustering.js';
import { searchSteps, takeSteps } from './find-clusters.js';
import type { Points } from './points.js';
import { evenSample } from './sample-points.js';

/** How much tighter clusters are than in data without any. */
export interface GapReference {
  /** mean logarithm of the inertia in uniform data minus that of the customers; NaN when not looked at */
  readonly gap: number;
  /** s = standard deviation × √(1 + 1 / sets) */
  readonly gapError: number;
}

/** Customers looked at. */
export const GAP_SAMPLE = 2000;

/** Sum of squares about the mean of all: the inertia of one cluster. */
function totalSquares({ n, d, data, weights }: Points): number {
  const mean = new Float64Array(d);
  let total = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    for (let f = 0; f < d; f++) mean[f]! += weight * data[i * d + f]!;
  }
  for (let f = 0; f < d; f++) mean[f]! /= total;
  for (let i = 0; i < n; i++) for (let f = 0; f < d; f++) squares += (weights?.[i] ?? 1) * (data[i * d + f]! - mean[f]!) ** 2;
  return squares;
}

/** The gap of one cluster, which says whether there are groups at all. */
export function gapOfOne(points: Points, sets: number, seed: number): GapReference {
  return gapReference(points, 1, totalSquares(points), sets, seed);
}

/**
 * The gap statistic of one k: uniform data over the range of each feature, clustered alike.
 *
 * @param inertia of the customers at this k, used where all are looked at
 *
 * Source: Tibshirani, Walther & Hastie (2001), reference (a).
 */
export function gapReference(points: Points, k: number, inertia: number, sets: number, seed: number): GapReference {
  if (sets === 0) return { gap: NaN, gapError: NaN };
  const sample = evenSample(points, GAP_SAMPLE);
  const own = sample === points ? inertia : inertiaOf(sample, k, seed);
  const ranges = rangesOf(sample);
  // The same reference sets for every k, so that differences between k are not differences between sets.
  const logs = Array.from({ length: sets }, (_, b) => Math.log(inertiaOf(uniformLike(sample, ranges, (seed + 7919 * (b + 1)) >>> 0), k, seed)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / sets;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / sets);
  return { gap: mean - Math.log(own), gapError: deviation * Math.sqrt(1 + 1 / sets) };
}

function inertiaOf(points: Points, k: number, seed: number): number {
  if (k === 1) return totalSquares(points);
  const clustering = newClustering(points, k);
  return takeSteps(clustering, searchSteps(clustering, { algorithm: 'hamerly', start: 'k-means++', starts: 2, seed, maxIterations: 100 })).inertia;
}

function rangesOf({ n, d, data }: Points): [number, number][] {
  return Array.from({ length: d }, (_, f) => {
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      least = Math.min(least, data[i * d + f]!);
      most = Math.max(most, data[i * d + f]!);
    }
    return [least, most];
  });
}

function uniformLike({ n, d, weights, rows }: Points, ranges: readonly (readonly [number, number])[], seed: number): Points {
  const random = seededRandom(seed);
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let f = 0; f < d; f++) data[i * d + f] = ranges[f]![0] + random.uniform() * (ranges[f]![1] - ranges[f]![0]);
  return { n, d, data, weights, rows };
}
