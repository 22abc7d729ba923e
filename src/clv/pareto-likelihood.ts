import { digammaRise, legendreRule, logRising, powerProductRule, softplus, trigammaRise } from '../math/index.js';
import type { LikelihoodGroup } from './likelihood.js';

/** Moments of the integrand over the time of leaving: see {@link integrandMoments}. */
const moments = new Float64Array(15);

/**
 * Log-likelihood of Pareto/NBD with exact first and second derivatives by r, alpha, s, beta; a {@link LikelihoodKernel}.
 *
 * ln L = ln Γ(r+x)/Γ(r) + r ln α + s ln β - (r+x) ln(α+T) - s ln(β+T) + ln(1 + e^η), where e^η, the odds of having left,
 * is s (α+T)^(r+x) (β+T)^s times the integral of f(u) = (α+u)^-(r+x) (β+u)^-(s+1) over u from t to T. Derivatives of
 * ln ∫f are means, and covariances, of those of ln f under f, taken at the nodes of the integral itself.
 * O(rows × nodes), 6 to 22 nodes as the integral needs for 1e-13.
 */
export function paretoLikelihood(group: LikelihoodGroup, params: Float64Array, out: Float64Array): void {
  const r = params[0]!, alpha = params[1]!, s = params[2]!, beta = params[3]!;
  const { levels, levelWeight } = group;
  for (let k = 0; k < levels.length; k++) {
    const w = levelWeight[k]!;
    out[0]! += w * logRising(r, levels[k]!);
    out[1]! += w * digammaRise(r, levels[k]!);
    out[5]! += w * trigammaRise(r, levels[k]!);
  }
  let value = 0, gr = 0, gα = 0, gs = 0, gβ = 0;
  let rr = 0, rα = 0, rs = 0, rβ = 0, αα = 0, αs = 0, αβ = 0, ss = 0, sβ = 0, ββ = 0;

  const { repeats, span, tenure, weight, n } = group;
  for (let i = 0; i < n; i++) {
    const w = weight[i]!;
    const x = repeats[i]!;
    const R = r + x;
    const t = span[i]!, T = tenure[i]!;
    const endα = alpha + T, endβ = beta + T;
    const ia = 1 / endα, ib = 1 / endβ;
    const shrinkα = -Math.log1p(T / alpha), shrinkβ = -Math.log1p(T / beta);
    value += w * (r * shrinkα - (x === 0 ? 0 : x * Math.log(endα)) + s * shrinkβ);
    gr += w * shrinkα;
    gα += w * (r / alpha - R * ia);
    gs += w * shrinkβ;
    gβ += w * s * (1 / beta - ib);
    rα += w * (1 / alpha - ia);
    αα += w * (R * ia * ia - r / (alpha * alpha));
    sβ += w * (1 / beta - ib);
    ββ += w * s * (ib * ib - 1 / (beta * beta));
    if (T <= t) continue;

    const atα = alpha + t, atβ = beta + t;
    integrandMoments(atα, atβ, R, s + 1, T - t);
    const logα = Math.log(endα / atα), logβ = Math.log(endβ / atβ);
    const η = Math.log((s * moments[0]!) / atβ) + R * logα + s * logβ;
    const gone = η > 0 ? 1 / (1 + Math.exp(-η)) : Math.exp(η) / (1 + Math.exp(η));
    const g = w * gone, h = g * (1 - gone);
    // η by r, α, s, β: means under f of -ln(α+u), -R/(α+u), -ln(β+u), -(s+1)/(β+u), and what stands before the integral.
    const dr = logα + moments[1]!, dα = R * ia + moments[2]!, ds = 1 / s + logβ + moments[3]!, dβ = s * ib + moments[4]!;
    value += w * softplus(η);
    gr += g * dr;
    gα += g * dα;
    gs += g * ds;
    gβ += g * dβ;
    rr += h * dr * dr + g * moments[5]!;
    rα += h * dr * dα + g * (moments[6]! + ia);
    rs += h * dr * ds + g * moments[7]!;
    rβ += h * dr * dβ + g * moments[8]!;
    αα += h * dα * dα + g * (moments[9]! - R * ia * ia);
    αs += h * dα * ds + g * moments[10]!;
    αβ += h * dα * dβ + g * moments[11]!;
    ss += h * ds * ds + g * (moments[12]! - 1 / (s * s));
    sβ += h * ds * dβ + g * (moments[13]! + ib);
    ββ += h * dβ * dβ + g * (moments[14]! - s * ib * ib);
  }
  out[0]! += value;
  out[1]! += gr;
  out[2]! += gα;
  out[3]! += gs;
  out[4]! += gβ;
  out[5]! += rr;
  out[6]! += rα;
  out[7]! += rs;
  out[8]! += rβ;
  out[9]! += αα;
  out[10]! += αs;
  out[11]! += αβ;
  out[12]! += ss;
  out[13]! += sβ;
  out[14]! += ββ;
}

/**
 * The integral of (1 + y/A)^-R (1 + y/B)^-S over y from 0 to d into moments[0]; into 1 … 4 the first derivatives of its
 * logarithm by R, A, S, B (those by R and S against the start of the interval) and into 5 … 14 the second.
 */
function integrandMoments(A: number, B: number, R: number, S: number, d: number): void {
  const byA = A <= B;
  const m = byA ? A : B;
  const p = byA ? R : S, q = byA ? S : R;
  const k = byA ? A / B : B / A;
  const { length, pieces, n } = powerProductRule(p, q, k, d / m);
  const { nodes, weights } = legendreRule(n);
  const width = length / pieces;
  // For the scale nearer to its singularity (1) and the other (2): l = ln of the factor, i = its inverse.
  let s0 = 0, sl = 0, si = 0, tl = 0, ti = 0;
  let sll = 0, sli = 0, sii = 0, tll = 0, tli = 0, tii = 0, cll = 0, cli = 0, cil = 0, cii = 0;
  for (let piece = 0; piece < pieces; piece++) {
    for (let j = 0; j < n; j++) {
      const v = width * (piece + nodes[j]!);
      const e = Math.exp(v);
      const other = 1 + k * (e - 1);
      const l2 = Math.log(other);
      const f = weights[j]! * Math.exp((1 - p) * v - q * l2);
      const i1 = 1 / e, i2 = 1 / other;
      const fl = f * v, fi = f * i1, gl = f * l2, gi = f * i2;
      s0 += f;
      sl += fl;
      si += fi;
      tl += gl;
      ti += gi;
      sll += fl * v;
      sli += fl * i1;
      sii += fi * i1;
      tll += gl * l2;
      tli += gl * i2;
      tii += gi * i2;
      cll += fl * l2;
      cli += fl * i2;
      cil += fi * l2;
      cii += fi * i2;
    }
  }
  const u = 1 / s0;
  const ml = sl * u, mi = si * u, nl = tl * u, ni = ti * u;
  const pm = p / m, qo = q / (byA ? B : A), m1 = 1 / m, o1 = 1 / (byA ? B : A);
  moments[0] = s0 * width * m;
  const first = byA ? 1 : 3, second = byA ? 3 : 1;
  moments[first] = -ml;
  moments[first + 1] = -pm * mi;
  moments[second] = -nl;
  moments[second + 1] = -qo * ni;
  // Second derivatives: mean of those of ln f, plus the covariance of its first.
  const own1 = sll * u - ml * ml, own12 = pm * (sli * u - ml * mi) - m1 * mi, own2 = pm * pm * (sii * u - mi * mi) + pm * m1 * sii * u;
  const oth1 = tll * u - nl * nl, oth12 = qo * (tli * u - nl * ni) - o1 * ni, oth2 = qo * qo * (tii * u - ni * ni) + qo * o1 * tii * u;
  const xll = cll * u - ml * nl, xli = qo * (cli * u - ml * ni), xil = pm * (cil * u - mi * nl), xii = pm * qo * (cii * u - mi * ni);
  moments[5] = byA ? own1 : oth1;
  moments[6] = byA ? own12 : oth12;
  moments[7] = xll;
  moments[8] = byA ? xli : xil;
  moments[9] = byA ? own2 : oth2;
  moments[10] = byA ? xil : xli;
  moments[11] = xii;
  moments[12] = byA ? oth1 : own1;
  moments[13] = byA ? oth12 : own12;
  moments[14] = byA ? oth2 : own2;
}
