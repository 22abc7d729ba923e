import { digammaRise, logRising, softplus, trigammaRise } from '../math/index.js';
import type { LikelihoodGroup } from './likelihood.js';

/**
 * Log-likelihood of BG/NBD (`first` = 0) or MBG/NBD (`first` = 1) with exact first and second derivatives by r, alpha,
 * a, b; a {@link LikelihoodKernel} once `first` is given.
 *
 * ln L = ln Γ(r+x)/Γ(r) + r ln α - (r+x) ln(α+T) + ln B(a, b+x+first)/B(a, b) + ln(1 + e^η), where e^η is the odds of
 * having left, η = ln a/(b+x+first-1) + (r+x) ln (α+T)/(α+t). O(rows): two logarithms and one exponential each.
 */
export function geometricLikelihood(first: 0 | 1, group: LikelihoodGroup, params: Float64Array, out: Float64Array): void {
  const r = params[0]!, alpha = params[1]!, a = params[2]!, b = params[3]!;
  let value = 0, gr = 0, gα = 0, ga = 0, gb = 0;
  let rr = 0, rα = 0, ra = 0, rb = 0, αα = 0, αa = 0, αb = 0, aa = 0, ab = 0, bb = 0;

  const { levels, levelWeight } = group;
  for (let k = 0; k < levels.length; k++) {
    const w = levelWeight[k]!;
    const x = levels[k]!;
    const n = x + first;
    const sum1 = digammaRise(a + b, n), sum2 = trigammaRise(a + b, n);
    value += w * (logRising(r, x) + logRising(b, n) - logRising(a + b, n));
    gr += w * digammaRise(r, x);
    rr += w * trigammaRise(r, x);
    ga -= w * sum1;
    aa -= w * sum2;
    ab -= w * sum2;
    gb += w * (digammaRise(b, n) - sum1);
    bb += w * (trigammaRise(b, n) - sum2);
  }

  const { repeats, span, tenure, weight, n } = group;
  for (let i = 0; i < n; i++) {
    const w = weight[i]!;
    const x = repeats[i]!;
    const R = r + x;
    const atEnd = alpha + tenure[i]!;
    const inverseEnd = 1 / atEnd;
    const logShrink = -Math.log1p(tenure[i]! / alpha);
    // r ln α - (r+x) ln(α+T), derivatives by r and α
    const stay = 1 / alpha - inverseEnd;
    value += w * (r * logShrink - (x === 0 ? 0 : x * Math.log(atEnd)));
    gr += w * logShrink;
    gα += w * (r * stay - x * inverseEnd);
    rα += w * stay;
    αα += w * (R * inverseEnd * inverseEnd - r / (alpha * alpha));
    if (x === 0 && first === 0) continue;

    const inverseLast = 1 / (alpha + span[i]!);
    const logRatio = Math.log(atEnd * inverseLast);
    const after = b + x - 1 + first;
    const η = Math.log(a / after) + R * logRatio;
    const gone = η > 0 ? 1 / (1 + Math.exp(-η)) : Math.exp(η) / (1 + Math.exp(η));
    const dα = R * (inverseEnd - inverseLast), da = 1 / a, db = -1 / after;
    const g = w * gone, h = g * (1 - gone);
    value += w * softplus(η);
    gr += g * logRatio;
    gα += g * dα;
    ga += g * da;
    gb += g * db;
    rr += h * logRatio * logRatio;
    rα += h * logRatio * dα + g * (inverseEnd - inverseLast);
    ra += h * logRatio * da;
    rb += h * logRatio * db;
    αα += h * dα * dα - g * R * (inverseEnd * inverseEnd - inverseLast * inverseLast);
    αa += h * dα * da;
    αb += h * dα * db;
    aa += (h - g) * da * da;
    ab += h * da * db;
    bb += (h + g) * db * db;
  }
  out[0]! += value;
  out[1]! += gr;
  out[2]! += gα;
  out[3]! += ga;
  out[4]! += gb;
  out[5]! += rr;
  out[6]! += rα;
  out[7]! += ra;
  out[8]! += rb;
  out[9]! += αα;
  out[10]! += αa;
  out[11]! += αb;
  out[12]! += aa;
  out[13]! += ab;
  out[14]! += bb;
}
