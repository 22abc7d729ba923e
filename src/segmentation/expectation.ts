import { choleskyInPlace } from '../math/index.js';
import type { Points } from './points.js';

/** Normal distributions that are mixed, flat: mean c is means[c d …], covariance c is covariances[c d² …], row by row. */
export interface Components {
  readonly k: number;
  readonly d: number;
  /** shares of the components, which add up to 1 */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** Cholesky factors of the covariances and what else the densities need. */
interface Factors {
  /** inverses of the lower factors, row by row */
  readonly inverses: Float64Array;
  /** log weight - (d log 2π + log determinant) / 2, per component */
  readonly constants: Float64Array;
}

/** `'full'`: every component has a shape of its own; `'diagonal'`: features are independent within a component. */
export type CovarianceKind = 'full' | 'diagonal';

/**
 * The probability of each component for each point, by log-sum-exp, so that far points do not become 0 / 0.
 *
 * @param shares n × k, replaced
 * @param each where given, the log-likelihood of each point goes here
 * @returns the log-likelihood of all points, or undefined where a covariance has no factor. O(n k d²).
 */
export function expectation({ n, data }: Pick<Points, 'n' | 'data'>, components: Components, shares: Float64Array, each?: Float64Array): number | undefined {
  const { k, d, means } = components;
  const factors = factorsOf(components);
  if (factors === undefined) return undefined;
  const { inverses, constants } = factors;
  let total = 0;
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (let c = 0; c < k; c++) {
      let squared = 0;
      for (let row = 0; row < d; row++) {
        let along = 0;
        const at = (c * d + row) * d;
        for (let f = 0; f <= row; f++) along += inverses[at + f]! * (data[i * d + f]! - means[c * d + f]!);
        squared += along * along;
      }
      const log = constants[c]! - squared / 2;
      shares[i * k + c] = log;
      if (log > most) most = log;
    }
    let sum = 0;
    for (let c = 0; c < k; c++) sum += Math.exp(shares[i * k + c]! - most);
    const log = most + Math.log(sum);
    for (let c = 0; c < k; c++) shares[i * k + c] = Math.exp(shares[i * k + c]! - log);
    if (each !== undefined) each[i] = log;
    total += log;
  }
  return total;
}

function factorsOf({ k, d, weights, covariances }: Components): Factors | undefined {
  const inverses = new Float64Array(k * d * d);
  const constants = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const factor = covariances.slice(c * d * d, (c + 1) * d * d);
    if (!choleskyInPlace(factor, d)) return undefined;
    let logDeterminant = 0;
    for (let f = 0; f < d; f++) logDeterminant += 2 * Math.log(factor[f * d + f]!);
    constants[c] = Math.log(weights[c]!) - (d * Math.log(2 * Math.PI) + logDeterminant) / 2;
    inverses.set(lowerInverse(factor, d), c * d * d);
  }
  return { inverses, constants };
}

/** Inverse of a lower triangular matrix, column by column. */
function lowerInverse(factor: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let column = 0; column < d; column++) {
    for (let row = column; row < d; row++) {
      let sum = row === column ? 1 : 0;
      for (let f = column; f < row; f++) sum -= factor[row * d + f]! * inverse[f * d + column]!;
      inverse[row * d + column] = sum / factor[row * d + row]!;
    }
  }
  return inverse;
}

/**
 * Weights, means and covariances from the shares of the points, in place.
 *
 * @param regularization added to every variance, so that a component cannot shrink to a point. O(n k d²).
 */
export function maximization({ n, data }: Points, shares: Float64Array, components: Components, kind: CovarianceKind, regularization: number): void {
  const { k, d, weights, means, covariances } = components;
  means.fill(0);
  covariances.fill(0);
  for (let c = 0; c < k; c++) {
    // As scikit-learn: a component without points keeps a trace of mass instead of 0 / 0.
    let mass = 10 * Number.EPSILON;
    const from = c * d;
    for (let i = 0; i < n; i++) {
      const share = shares[i * k + c]!;
      mass += share;
      for (let f = 0; f < d; f++) means[from + f]! += share * data[i * d + f]!;
    }
    for (let f = 0; f < d; f++) means[from + f]! /= mass;
    spreadAround(data, n, shares, c, components, kind);
    for (let f = 0; f < d; f++) {
      for (let g = 0; g <= f; g++) {
        const at = (from + f) * d + g;
        const value = covariances[at]! / mass + (f === g ? regularization : 0);
        covariances[at] = value;
        covariances[(from + g) * d + f] = value;
      }
    }
    weights[c] = mass / n;
  }
}

/** Weighted products of the deviations from a component's mean, added up in the lower triangle. */
function spreadAround(data: Float64Array, n: number, shares: Float64Array, c: number, { k, d, means, covariances }: Components, kind: CovarianceKind): void {
  const from = c * d;
  for (let i = 0; i < n; i++) {
    const share = shares[i * k + c]!;
    for (let f = 0; f < d; f++) {
      const apart = share * (data[i * d + f]! - means[from + f]!);
      for (let g = kind === 'full' ? 0 : f; g <= f; g++) covariances[(from + f) * d + g]! += apart * (data[i * d + g]! - means[from + g]!);
    }
  }
}
