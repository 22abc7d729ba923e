import { betaExpectation, betaUpper, discountedPowerIntegral, expm1Ratio, hypergeometric, legendreRule, logBeta, logGamma, logRising, softplus } from '../math/index.js';
import { notFinite, type PurchaseEngine } from './engine.js';

/**
 * BG/NBD (`first` = 0) and MBG/NBD (`first` = 1): purchases at a gamma-distributed rate, after each repeat purchase
 * (MBG/NBD: the first one too) a beta-distributed chance to leave.
 *
 * Given that a customer is alive, rate and chance are independent: rate ~ gamma(r + x, alpha + T), chance p ~ beta(a,
 * b + x + first). All that follows are expectations over p of elementary functions.
 *
 * Source: Fader, Hardie & Lee (2005), Marketing Science 24(2); Batislam, Denizel & Filiztekin (2007); Hoppe & Wagner
 * (2007). The expectations are written here so that a = 1 and a + b = 1 are ordinary cases.
 */
export function geometricEngine(r: number, alpha: number, a: number, b: number, first: 0 | 1): PurchaseEngine {
  /** ln of P(left)/P(alive) */
  const logOdds = (x: number, t: number, T: number): number => (x === 0 && first === 0 ? -Infinity : Math.log(a / (b + x - 1 + first)) + (r + x) * Math.log1p((T - t) / (alpha + t)));
  return {
    logLikelihood: (x, t, T) => logRising(r, x) - r * Math.log1p(T / alpha) - (x === 0 ? 0 : x * Math.log(alpha + T))
      + logRising(b, x + first) - logRising(a + b, x + first) + softplus(logOdds(x, t, T)),
    alive: (x, t, T) => (x === 0 && first === 0 ? 1 : 1 / (1 + Math.exp(logOdds(x, t, T)))),
    aliveColumn: (repeats, span, tenure, out) => {
      for (let i = 0; i < out.length; i++) {
        const x = repeats[i]!;
        const t = span[i]!;
        const T = tenure[i]!;
        if (x === 0 && first === 0) out[i] = T >= 0 ? 1 : NaN;
        else out[i] = 1 / (1 + (a / (b + x - 1 + first)) * Math.exp((r + x) * Math.log1p((T - t) / (alpha + t))));
      }
    },
    aliveLater: (x, T, at) => expectedPower(r + x, a, b + x + first, at / (alpha + T)),
    expected: (x, T, horizon) => expectedUntilGone(r + x, a, b + x + first, horizon / (alpha + T)),
    noPurchase: (x, T, horizon) => Math.exp(-(r + x) * Math.log1p(horizon / (alpha + T))),
    distribution: (x, T, horizon, out) => fillDistribution(r + x, a, b + x + first, horizon / (alpha + T), out),
    discounted: (x, T, horizon, rate) => discountedUntilGone(r + x, a, b + x + first, horizon / (alpha + T), rate * (alpha + T)),
  };
}

/**
 * E over p ~ beta(a, b) of (1 - (1 + p·w)^(-R))/p: purchases in w scaled times, each followed by a chance p to leave.
 *
 * Method: with z = w/(1 + w), c = a + b and A = c - 1 - R, Euler's form of the hypergeometric function with its
 * leading 1 taken out, (c - 1)·[1 - (1-z)^(a-1)]/(a-1) - (1-z)^(a-1) Σₖ (A)ₖ (a)ₖ₋₁/((c)ₖ₋₁ k!) zᵏ, regular at a = 1
 * and c = 1; where z is above 0.9 or the two parts cancel, the expectation by quadrature.
 */
export function expectedUntilGone(R: number, a: number, b: number, w: number): number {
  if (w === 0) return 0;
  if (w === Infinity) {
    if (a <= 1) throw notFinite('expectedPurchases', `a = ${a} is not above 1: some customers never leave`);
    return (a + b - 1) / (a - 1);
  }
  const z = w / (1 + w);
  if (z < 0.9) {
    const c = a + b;
    const A = c - 1 - R;
    const logRest = -Math.log1p(w);
    const whole = -(c - 1) * logRest * expm1Ratio((a - 1) * logRest);
    let term = A * z;
    let sum = term;
    let most = Math.abs(term);
    for (let k = 1; k < 2000; k++) {
      const ratio = ((A + k) * (a + k - 1) * z) / ((c + k - 1) * (k + 1));
      term *= ratio;
      sum += term;
      const size = Math.abs(term);
      if (size > most) most = size;
      else if (size * 10 < 1e-16 * Math.abs(sum) || size < 1e-17 * Math.abs(whole)) break;
    }
    const rest = Math.exp((a - 1) * logRest);
    const value = whole - rest * sum;
    if (value > 0.02 * Math.abs(whole) && value > 0.02 * most * rest) return value;
  }
  return betaExpectation(a, b, (p) => -Math.expm1(-R * Math.log1p(p * w)) / p, Math.min(1, 1 / ((R + 1) * w)), 1 / (R + 1));
}

/** How far below 0 the second parameter of Pfaff's form may be: its first term then changes sign, two digits at worst. */
const MILD = 1.5;

/** E over p ~ beta(a, b) of (1 + p·w)^(-R): probability of not having left in w scaled times. Pfaff's form, or by quadrature. */
export function expectedPower(R: number, a: number, b: number, w: number): number {
  if (w === 0) return 1;
  if (w === Infinity) return 0;
  const z = w / (1 + w);
  if (z < 0.9 && a + b >= R - MILD) return Math.exp(-a * Math.log1p(w)) * hypergeometric(a, a + b - R, a + b, z);
  return betaExpectation(a, b, (p) => Math.exp(-R * Math.log1p(p * w)), Math.min(1, 1 / ((R + 1) * w)), 1 / (R + 1));
}

const NODES = 16;

/**
 * E over p of ∫₀ʷ e^(-z·v) R (1 + p·v)^(-R-1) dv, the discounted purchases in w scaled times at scaled rate z.
 *
 * Method: for w below 9 Gauss-Legendre over ln(1 + v), the expectation by its series, some 32 of them; beyond, the
 * integral is the scaled exponential integral of {@link discountedPowerIntegral}, and the expectation a quadrature of
 * some 250 × 30 exponentials.
 */
function discountedUntilGone(R: number, a: number, b: number, w: number, z: number): number {
  if (z === 0) return expectedUntilGone(R, a, b, w);
  if (w === 0) return 0;
  if (w < 9 && a + b >= R + 1 - MILD && a < 50) return discountedSoon(R, a, b, w, z);
  // Below this p nobody leaves before discounting or the end has made it meaningless.
  const noticed = Math.min(1, Math.max(z, 1 / w) / (R + 1));
  return betaExpectation(a, b, (p) => (R / p) * discountedPowerIntegral(R + 1, z / p, p * w), noticed, 1 / (R + 1));
}

function discountedSoon(R: number, a: number, b: number, w: number, z: number): number {
  const { nodes, weights } = legendreRule(NODES);
  const end = Math.log1p(w);
  let sum = 0;
  for (let from = 0; from < end;) {
    const slope = z * Math.exp(from) + a + 1;
    const to = Math.min(end, from + Math.min(1.2, 8 / slope));
    for (let j = 0; j < NODES; j++) {
      const y = from + (to - from) * nodes[j]!;
      const v = Math.expm1(y);
      sum += (to - from) * weights[j]! * Math.exp(y - z * v) * expectedPower(R + 1, a, b, v);
    }
    from = to;
  }
  return sum * R;
}

/** Probabilities of 0, 1, … purchases in w scaled times and, last, of more. */
function fillDistribution(R: number, a: number, b: number, w: number, out: Float64Array): void {
  const most = out.length - 2;
  const z = w === Infinity ? 1 : w / (1 + w);
  const logZ = w === Infinity ? 0 : -Math.log1p(1 / w);
  const logRest = -Math.log1p(w);
  const normal = logBeta(a, b);
  // Poisson-gamma counts without leaving, and their upper tails P(N >= n), summed from above so that none is a difference.
  let tail = w === 0 ? 0 : betaUpper(1 - z, R, most + 1, z);
  // More than `most`: still there after `most` purchases, and one more.
  out[most + 1] = tail * Math.exp(logBeta(a, b + most) - normal);
  for (let n = most; n >= 0; n--) {
    const count = w === 0 ? (n === 0 ? 1 : 0) : w === Infinity ? 0 : Math.exp(logRising(R, n) - logGamma(n + 1) + n * logZ + R * logRest);
    tail += count;
    const left = n === 0 ? 0 : tail * Math.exp(logBeta(a + 1, b + n - 1) - normal);
    out[n] = count * Math.exp(logBeta(a, b + n) - normal) + left;
  }
}
