import { seededRandom, type Random } from '../core/index.js';
import { chiSquareCdf, chiSquareQuantile, inverseSymmetric } from '../math/index.js';
import type { Points } from './points.js';

/** Middle and spread of most points, whatever the rest are. */
export interface RobustScatter {
  readonly center: Float64Array;
  /** d × d, row by row */
  readonly inverse: Float64Array;
}

const STARTS = 100;
const KEPT = 5;
const SMALL = 600;

/**
 * Minimum covariance determinant: the mean and covariance of the three quarters of the points that lie closest together,
 * then of all points not far from those.
 *
 * @returns undefined where so many points lie on one line or plane that there is no covariance
 *
 * Source: Rousseeuw & Van Driessen (1999), FAST-MCD: random starts of d + 1 points and concentration steps, here on 600 points
 * first, with consistency factors for normal data; reweighted at 97.5 %. O(n d² steps).
 */
export function robustScatter(points: Points, seed: number): RobustScatter | undefined {
  const random = seededRandom(seed);
  const { n, d, data } = points;
  const kept = n <= SMALL ? undefined : Int32Array.from({ length: SMALL }, (_, i) => Math.floor((i * n) / SMALL));
  const small = kept === undefined ? data : Float64Array.from({ length: SMALL * d }, (_, at) => data[kept[Math.floor(at / d)]! * d + (at % d)]!);
  const starts = Array.from({ length: STARTS }, () => concentrate(small, d, seedSubset(small, d, random), 2)).filter((fit) => fit !== undefined)
    .sort((a, b) => a.determinant - b.determinant).slice(0, KEPT);
  let best: Fit | undefined;
  for (const start of starts) {
    const fit = concentrate(data, d, closest(data, d, start, Math.max(d + 1, Math.ceil(0.75 * n))), 50);
    if (fit !== undefined && (best === undefined || fit.determinant < best.determinant)) best = fit;
  }
  if (best === undefined) return undefined;
  const scaled = { ...best, inverse: best.inverse.map((value) => value / consistency(0.75, d)) };
  const cut = chiSquareQuantile(0.975, d);
  const near = Int32Array.from({ length: n }, (_, i) => i).filter((i) => squaredDistance(data, i, scaled, d) <= cut);
  const final = scatterOf(data, d, near);
  if (final === undefined) return undefined;
  return { center: final.center, inverse: final.inverse.map((value) => value / consistency(0.975, d)) };
}

interface Fit extends RobustScatter {
  readonly determinant: number;
}

/** By how much the covariance of the innermost share of normal data must be raised. */
function consistency(share: number, d: number): number {
  return share / chiSquareCdf(chiSquareQuantile(share, d), d + 2);
}

/** Squared Mahalanobis distance of a point. */
export function squaredDistance(data: Float64Array, i: number, { center, inverse }: RobustScatter, d: number): number {
  let sum = 0;
  for (let f = 0; f < d; f++) {
    let along = 0;
    for (let g = 0; g < d; g++) along += inverse[f * d + g]! * (data[i * d + g]! - center[g]!);
    sum += along * (data[i * d + f]! - center[f]!);
  }
  return sum;
}

function seedSubset(data: Float64Array, d: number, random: Random): Int32Array {
  const n = data.length / d;
  const chosen = new Set<number>();
  while (chosen.size < Math.min(n, 2 * d + 2)) chosen.add(random.below(n));
  return Int32Array.from(chosen);
}

/** Concentration steps: fit the points, keep the closest, until nothing changes. */
function concentrate(data: Float64Array, d: number, start: Int32Array, steps: number): Fit | undefined {
  const n = data.length / d;
  const size = Math.max(d + 1, Math.ceil(0.75 * n));
  let fit = scatterOf(data, d, start);
  for (let step = 0; step < steps && fit !== undefined; step++) {
    const next = scatterOf(data, d, closest(data, d, fit, size));
    if (next === undefined || (start.length === size && next.determinant >= fit.determinant)) return next === undefined ? undefined : fit;
    if (step > 0 && next.determinant >= fit.determinant) return fit;
    fit = next;
  }
  return fit;
}

function closest(data: Float64Array, d: number, fit: RobustScatter, size: number): Int32Array {
  const far = Float64Array.from({ length: data.length / d }, (_, i) => squaredDistance(data, i, fit, d));
  const limit = far.slice().sort()[Math.min(far.length, size) - 1]!;
  return Int32Array.from(far.keys()).filter((i) => far[i]! <= limit).subarray(0, size);
}

function scatterOf(data: Float64Array, d: number, rows: Int32Array): Fit | undefined {
  const center = new Float64Array(d);
  for (const i of rows) for (let f = 0; f < d; f++) center[f]! += data[i * d + f]! / rows.length;
  const covariance = new Float64Array(d * d);
  for (const i of rows) for (let f = 0; f < d; f++) for (let g = 0; g < d; g++) covariance[f * d + g]! += ((data[i * d + f]! - center[f]!) * (data[i * d + g]! - center[g]!)) / (rows.length - 1);
  const inverse = inverseSymmetric(covariance, d);
  return inverse === undefined ? undefined : { center, inverse, determinant: determinantOf(covariance, d) };
}

/** By elimination; of a positive definite matrix. */
function determinantOf(matrix: Float64Array, d: number): number {
  const left = matrix.slice();
  let product = 1;
  for (let p = 0; p < d; p++) {
    product *= left[p * d + p]!;
    for (let r = p + 1; r < d; r++) {
      const factor = left[r * d + p]! / left[p * d + p]!;
      for (let c = p; c < d; c++) left[r * d + c]! -= factor * left[p * d + c]!;
    }
  }
  return product;
}
