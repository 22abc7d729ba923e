import { digamma, logGamma, logRising, trigamma } from '../math/index.js';
import type { MergedRows } from './merge-rows.js';

/**
 * Log-likelihood of Gamma-Gamma with gradient and Hessian by the logarithms of p, q, v. The rows are repeats x and mean
 * spend m, both > 0.
 *
 * ln L = ln Γ(px+q)/(Γ(px) Γ(q)) - px ln(1 + v/xm) - q ln(1 + xm/v) - ln m. O(rows): gamma functions once per x.
 */
export function gammaGammaLikelihood(rows: MergedRows, natural: Float64Array, gradient: Float64Array, hessian: Float64Array): number {
  const p = natural[0]!, q = natural[1]!, v = natural[2]!;
  const [repeats, spend] = rows.columns as [Float64Array, Float64Array];
  const levels = new Map<number, Float64Array>();
  const lnΓq = logGamma(q), ψq = digamma(q), ψ1q = trigamma(q);
  let value = 0, gp = 0, gq = 0, gv = 0, pp = 0, pq = 0, pv = 0, qq = 0, qv = 0, vv = 0;
  for (let i = 0; i < rows.n; i++) {
    const w = rows.weight[i]!;
    const x = repeats[i]!;
    let level = levels.get(x);
    if (level === undefined) levels.set(x, (level = gammaTerms(p * x, q)));
    const money = x * spend[i]!;
    const inverse = 1 / (v + money);
    const shareV = -Math.log1p(money / v), shareMoney = -Math.log1p(v / money);
    const ψ = level[1]!, ψ1 = level[2]!;
    value += w * (level[0]! - lnΓq + p * x * shareMoney + q * shareV - Math.log(spend[i]!));
    gp += w * x * (ψ - level[3]! + shareMoney);
    gq += w * (ψ - ψq + shareV);
    gv += w * (q / v - (p * x + q) * inverse);
    pp += w * x * x * (ψ1 - level[4]!);
    pq += w * x * ψ1;
    pv -= w * x * inverse;
    qq += w * (ψ1 - ψ1q);
    qv += w * (1 / v - inverse);
    vv += w * ((p * x + q) * inverse * inverse - q / (v * v));
  }
  gradient.set([p * gp, q * gq, v * gv]);
  const pqLog = p * q * pq, pvLog = p * v * pv, qvLog = q * v * qv;
  hessian.set([p * p * pp + p * gp, pqLog, pvLog, pqLog, q * q * qq + q * gq, qvLog, pvLog, qvLog, v * v * vv + v * gv]);
  return value;
}

/** ln Γ(y+q)/Γ(y), ψ(y+q), ψ′(y+q), ψ(y), ψ′(y). */
function gammaTerms(y: number, q: number): Float64Array {
  return Float64Array.of(logRising(y, q), digamma(y + q), trigamma(y + q), digamma(y), trigamma(y));
}
