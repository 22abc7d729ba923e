import { digammaRise, logRising, trigamma, trigammaRise } from '../math/index.js';
import type { MergedRows } from './merge-rows.js';

/**
 * Logarithm of the share of customers left after t renewals under the beta-discrete-Weibull model (c = 1: sBG):
 * S(t) = B(alpha, beta + t^c)/B(alpha, beta).
 */
export function logSurvival(alpha: number, beta: number, c: number, t: number): number {
  if (t === 0) return 0;
  const weibull = c === 1 ? t : t ** c;
  return logRising(beta, weibull) - logRising(alpha + beta, weibull);
}

/** ln S(t) with derivatives by alpha, beta, ln c: value, then the gradient, then 11, 12, 13, 22, 23, 33. */
function survivalTerms(alpha: number, beta: number, c: number, t: number, out: Float64Array): void {
  out.fill(0);
  if (t === 0) return;
  const weibull = c === 1 ? t : t ** c;
  out[0] = logRising(beta, weibull) - logRising(alpha + beta, weibull);
  const sum = digammaRise(alpha + beta, weibull), curve = trigammaRise(alpha + beta, weibull);
  // weibull moves by weibull · c · ln t per unit of ln c.
  const speed = weibull * c * Math.log(t);
  const step = digammaRise(beta + weibull, alpha);
  const above = trigamma(alpha + beta + weibull), bend = trigamma(beta + weibull) - above;
  out[1] = -sum;
  out[2] = digammaRise(beta, weibull) - sum;
  out[3] = -step * speed;
  out[4] = -curve;
  out[5] = -curve;
  out[6] = -above * speed;
  out[7] = trigammaRise(beta, weibull) - curve;
  out[8] = bend * speed;
  out[9] = bend * speed * speed - step * speed * (1 + c * Math.log(t));
}

/**
 * Log-likelihood of renewals under BdW (or sBG, with two parameters), with gradient and Hessian by the logarithms of
 * alpha, beta and c. Who left at the next renewal has S(t) - S(t + 1), who is still there S(t). O(distinct rows).
 */
export function contractLikelihood(rows: MergedRows, natural: Float64Array, gradient: Float64Array, hessian: Float64Array): number {
  const n = natural.length;
  const scale = [natural[0]!, natural[1]!, 1];
  const alpha = natural[0]!, beta = natural[1]!, c = n === 3 ? natural[2]! : 1;
  const now = new Float64Array(10), next = new Float64Array(10);
  const at = [[4, 5, 6], [5, 7, 8], [6, 8, 9]];
  let value = 0;
  for (let row = 0; row < rows.n; row++) {
    const w = rows.weight[row]!;
    const t = rows.columns[0]![row]!;
    survivalTerms(alpha, beta, c, t, now);
    value += w * now[0]!;
    let h = 0;
    if (rows.columns[1]![row] === 1) {
      // ln(S(t) - S(t+1)) = ln S(t) + ln(1 - e^d), d = ln S(t+1) - ln S(t) < 0
      survivalTerms(alpha, beta, c, t + 1, next);
      const d = next[0]! - now[0]!;
      value += w * Math.log(-Math.expm1(d));
      h = 1 / Math.expm1(-d);
    }
    for (let i = 0; i < n; i++) {
      const di = next[1 + i]! - now[1 + i]!;
      const gi = now[1 + i]! - h * di;
      gradient[i]! += w * scale[i]! * gi;
      for (let j = 0; j < n; j++) {
        const k = at[i]![j]!;
        const dj = next[1 + j]! - now[1 + j]!;
        const second = now[k]! - h * (next[k]! - now[k]!) - h * (1 + h) * di * dj;
        // Derivatives by ln c are logarithmic already.
        hessian[i * n + j]! += w * (scale[i]! * scale[j]! * second + (i === j && i < 2 ? scale[i]! * gi : 0));
      }
    }
  }
  return value;
}
