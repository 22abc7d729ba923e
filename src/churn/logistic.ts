import { inverseSymmetric, maximizeNewton, softplus } from '../math/index.js';

/** A logistic regression on scaled columns. */
export interface LogisticFit {
  /** intercept first */
  readonly coefficients: Float64Array;
  /** covariance of the coefficients, (k + 1) × (k + 1); NaN where the data cannot tell them apart */
  readonly covariance: Float64Array;
  /** without the penalty */
  readonly logLikelihood: number;
  readonly converged: boolean;
}

/**
 * Fit log-odds = b0 + Σ b_j x_j by penalized maximum likelihood: log L - ridge/2 Σ b_j², the intercept free.
 *
 * @param columns scaled, each of length n
 * @param left 0 and 1
 * @param rows which rows are used
 *
 * Method: Newton with exact derivatives (le Cessie & van Houwelingen 1992). O(rows × columns²) a step.
 */
export function fitLogistic(columns: readonly Float64Array[], left: Uint8Array, rows: Int32Array, ridge: number, maxIterations: number): LogisticFit {
  const size = columns.length + 1;
  const x = new Float64Array(size).fill(1);
  const evaluate = (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    let value = 0;
    gradient.fill(0);
    hessian.fill(0);
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!;
      let eta = at[0]!;
      for (let j = 1; j < size; j++) {
        x[j] = columns[j - 1]![row]!;
        eta += at[j]! * x[j]!;
      }
      const p = chanceOf(eta);
      const y = left[row]!;
      value += y === 1 ? -softplus(-eta) : -softplus(eta);
      const miss = y - p, weight = p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j]! += miss * x[j]!;
        const scaled = weight * x[j]!;
        for (let k = 0; k <= j; k++) hessian[j * size + k]! -= scaled * x[k]!;
      }
    }
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < j; k++) hessian[k * size + j] = hessian[j * size + k]!;
      if (j === 0) continue;
      value -= (ridge / 2) * at[j]! * at[j]!;
      gradient[j]! -= ridge * at[j]!;
      hessian[j * size + j]! -= ridge;
    }
    return value;
  };
  const start = new Float64Array(size);
  const share = rows.reduce((sum, row) => sum + left[row]!, 0) / rows.length;
  start[0] = Math.log(share / (1 - share));
  const found = maximizeNewton(evaluate, start, { maxIterations });
  const penalty = (ridge / 2) * found.at.reduce((sum, b, j) => sum + (j === 0 ? 0 : b * b), 0);
  const covariance = inverseSymmetric(found.hessian.map((h) => -h), size) ?? new Float64Array(size * size).fill(NaN);
  return { coefficients: found.at, covariance, logLikelihood: found.value + penalty, converged: found.converged };
}

/** 1/(1 + e^-eta) */
export function chanceOf(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}
