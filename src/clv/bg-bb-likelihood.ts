import { digamma, logBeta, trigamma } from '../math/index.js';
import type { LikelihoodGroup } from './likelihood.js';

/**
 * Log-likelihood of BG/BB with exact first and second derivatives by alpha, beta, gamma, delta; a
 * {@link LikelihoodKernel}. The likelihood is a sum over the period of leaving; derivatives of its logarithm are means
 * and covariances over the terms. O(rows × periods).
 */
export function bgBbLikelihood(group: LikelihoodGroup, params: Float64Array, out: Float64Array): void {
  const alpha = params[0]!, beta = params[1]!, gamma = params[2]!, delta = params[3]!;
  const normal = logBeta(alpha, beta) + logBeta(gamma, delta);
  const { repeats, span: last, tenure: periods, weight } = group;
  const d = new Float64Array(4), mean = new Float64Array(4), second = new Float64Array(10);
  const base = betaDerivatives(alpha, beta), leaving = betaDerivatives(gamma, delta);
  for (let i = 0; i < group.n; i++) {
    const x = repeats[i]!, t = last[i]!, n = periods[i]!, w = weight[i]!;
    mean.fill(0);
    second.fill(0);
    const top = logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n);
    let total = 0;
    for (let j = t; j <= n; j++) {
      const stayed = j === n ? 0 : 1;
      const f = Math.exp(logBeta(alpha + x, beta + j - x) + logBeta(gamma + stayed, delta + j) - top);
      const one = betaDerivatives(alpha + x, beta + j - x), two = betaDerivatives(gamma + stayed, delta + j);
      d[0] = one.first;
      d[1] = one.second;
      d[2] = two.first;
      d[3] = two.second;
      total += f;
      for (let p = 0, k = 0; p < 4; p++) {
        mean[p]! += f * d[p]!;
        for (let q = p; q < 4; q++, k++) second[k]! += f * d[p]! * d[q]!;
      }
      second[0]! += f * one.both11;
      second[1]! += f * one.both12;
      second[4]! += f * one.both22;
      second[7]! += f * two.both11;
      second[8]! += f * two.both12;
      second[9]! += f * two.both22;
    }
    out[0]! += w * (top + Math.log(total) - normal);
    for (let p = 0, k = 0; p < 4; p++) {
      for (let q = p; q < 4; q++, k++) out[5 + k]! += w * (second[k]! / total - (mean[p]! * mean[q]!) / (total * total));
      out[1 + p]! += (w * mean[p]!) / total;
    }
    out[1]! -= w * base.first;
    out[2]! -= w * base.second;
    out[3]! -= w * leaving.first;
    out[4]! -= w * leaving.second;
    out[5]! -= w * base.both11;
    out[6]! -= w * base.both12;
    out[9]! -= w * base.both22;
    out[12]! -= w * leaving.both11;
    out[13]! -= w * leaving.both12;
    out[14]! -= w * leaving.both22;
  }
}

interface BetaDerivatives {
  readonly first: number;
  readonly second: number;
  readonly both11: number;
  readonly both12: number;
  readonly both22: number;
}

/** Derivatives of ln B(a, b). */
function betaDerivatives(a: number, b: number): BetaDerivatives {
  const sum = digamma(a + b), curve = trigamma(a + b);
  return { first: digamma(a) - sum, second: digamma(b) - sum, both11: trigamma(a) - curve, both12: -curve, both22: trigamma(b) - curve };
}
