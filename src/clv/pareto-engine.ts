import { betaUpper, discountedPowerIntegral, legendreRule, logGamma, logRising, powerIntegral, powerProductIntegral, softplus } from '../math/index.js';
import { notFinite, type PurchaseEngine } from './engine.js';
import { rowMemory } from './memory.js';

/**
 * Pareto/NBD: purchases at a gamma-distributed rate until an exponential lifetime with a gamma-distributed rate ends.
 *
 * Given that a customer is alive at T, the rates are independent: gamma(r + x, alpha + T) and gamma(s, beta + T).
 *
 * Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1); Fader & Hardie (2005), note 009. The
 * likelihood's integral is taken as it stands, positive and without branches, instead of as a difference of two
 * hypergeometric functions; discounted purchases by a regular integral instead of Tricomi's function.
 */
export function paretoEngine(r: number, alpha: number, s: number, beta: number): PurchaseEngine {
  /** ln of P(left)/P(alive) */
  const logOdds = (x: number, t: number, T: number): number => {
    if (T <= t) return -Infinity;
    const integral = powerProductIntegral(alpha + t, beta + t, r + x, s + 1, T - t);
    return Math.log((s * integral) / (beta + t)) + (r + x) * Math.log1p((T - t) / (alpha + t)) + s * Math.log1p((T - t) / (beta + t));
  };
  const alive = (x: number, t: number, T: number): number => {
    if (T <= t) return 1;
    const integral = powerProductIntegral(alpha + t, beta + t, r + x, s + 1, T - t);
    return 1 / (1 + ((s * integral) / (beta + t)) * Math.exp((r + x) * Math.log1p((T - t) / (alpha + t)) + s * Math.log1p((T - t) / (beta + t))));
  };
  return {
    logLikelihood: (x, t, T) => logRising(r, x) - r * Math.log1p(T / alpha) - (x === 0 ? 0 : x * Math.log(alpha + T)) - s * Math.log1p(T / beta) + softplus(logOdds(x, t, T)),
    alive,
    aliveColumn: (repeats, span, tenure, out) => {
      const memory = rowMemory(alive);
      for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(tenure[i]!) ? NaN : memory(repeats[i]!, span[i]!, tenure[i]!);
    },
    aliveLater: (_, T, at) => Math.exp(-s * Math.log1p(at / (beta + T))),
    expected: (x, T, horizon) => {
      if (horizon === Infinity && s <= 1) throw notFinite('expectedPurchases', `s = ${s} is not above 1`);
      return ((r + x) / (alpha + T)) * (beta + T) * powerIntegral(s, horizon / (beta + T));
    },
    noPurchase: (x, T, horizon) => noPurchase(r + x, alpha + T, s, beta + T, horizon),
    distribution: (x, T, horizon, out) => fillDistribution(r + x, alpha + T, s, beta + T, horizon, out),
    discounted: (x, T, horizon, rate) => {
      if (horizon === Infinity && rate === 0 && s <= 1) throw notFinite('discountedExpectedPurchases', `s = ${s} is not above 1 and the rate is 0`);
      return ((r + x) / (alpha + T)) * (beta + T) * discountedPowerIntegral(s, rate * (beta + T), horizon / (beta + T));
    },
  };
}

/** No purchase in the next t: alive and silent all along, or gone before a purchase. A = alpha + T, B = beta + T. */
function noPurchase(R: number, A: number, s: number, B: number, t: number): number {
  const end = Math.min(t, 1e280 * Math.min(A, B));
  return Math.exp(-R * Math.log1p(end / A) - s * Math.log1p(end / B)) + (s / B) * powerProductIntegral(A, B, R, s + 1, end);
}

const NODES = 32;

/**
 * Probabilities of 0, 1, … purchases in the next t and, last, of more: those of a customer who stays, plus the integral
 * over the time of leaving u, in pieces of ln(1 + u/m) with m the smaller scale.
 */
function fillDistribution(R: number, A: number, s: number, B: number, horizon: number, out: Float64Array): void {
  const most = out.length - 2;
  const t = Math.min(horizon, 1e280 * Math.min(A, B));
  out.fill(0);
  addCounts(R, t / A, Math.exp(-s * Math.log1p(t / B)), most, out);
  if (t === 0) return;
  const scale = Math.min(A, B);
  const end = Math.log1p(t / scale);
  const { nodes, weights } = legendreRule(NODES);
  // Counts of a frequent customer change within 1/R of the start, later ones by ratio: pieces that grow with the time.
  const growth = Math.min(1, 12 / Math.sqrt(most + 1));
  for (let from = 0; from < end;) {
    const to = Math.min(end, from + Math.min(1.5, Math.max((6 * A) / (scale * (R + s + 1)), growth * from)));
    for (let j = 0; j < NODES; j++) {
      const v = from + (to - from) * nodes[j]!;
      const u = scale * Math.expm1(v);
      const density = (s / B) * Math.exp(-(s + 1) * Math.log1p(u / B) + v) * scale;
      addCounts(R, u / A, weights[j]! * density * (to - from), most, out);
    }
    from = to;
  }
}

/** Add `weight` times the Poisson-gamma probabilities of 0 … most and of more, for w scaled times. */
function addCounts(R: number, w: number, weight: number, most: number, out: Float64Array): void {
  const z = w / (1 + w);
  if (w === 0) {
    out[0]! += weight;
    return;
  }
  const start = -R * Math.log1p(w);
  if (start > -600) {
    let count = weight * Math.exp(start);
    for (let n = 0; n <= most; n++) {
      out[n]! += count;
      count *= ((R + n) / (n + 1)) * z;
    }
  } else {
    const logZ = -Math.log1p(1 / w);
    for (let n = 0; n <= most; n++) out[n]! += weight * Math.exp(logRising(R, n) - logGamma(n + 1) + n * logZ + start);
  }
  out[most + 1]! += weight * betaUpper(1 / (1 + w), R, most + 1, z);
}
