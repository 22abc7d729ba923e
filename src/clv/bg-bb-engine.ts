import { betaExpectation, logBeta, logGamma, logRising } from '../math/index.js';
import { notFinite, type PurchaseEngine } from './engine.js';
import { rowMemory } from './memory.js';

const LOOP = 200;

/**
 * BG/BB: in each period a living customer buys with a beta-distributed chance and leaves before the next with another.
 *
 * Times are whole periods. Given that a customer is alive in period n, the chances are independent: buying
 * beta(alpha + x, beta + n - x), leaving beta(gamma, delta + n).
 *
 * Source: Fader, Hardie & Shang (2010), Marketing Science 29(6); the sums over periods to come are finite sums or
 * expectations over the chance to leave.
 */
export function bgBbEngine(alpha: number, beta: number, gamma: number, delta: number): PurchaseEngine {
  const normal = logBeta(alpha, beta) + logBeta(gamma, delta);
  const alive = (x: number, n: number): number => logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n) - normal;
  /** ln of the likelihood: alive to the end, or left after any period since the last purchase */
  const logLikelihood = (x: number, last: number, n: number): number => {
    const top = alive(x, n);
    let more = 0;
    for (let i = last; i < n; i++) more += Math.exp(logBeta(alpha + x, beta + i - x) + logBeta(gamma + 1, delta + i) - normal - top);
    return top + Math.log1p(more);
  };
  const chance = (x: number, n: number): number => (alpha + x) / (alpha + beta + n);
  return {
    logLikelihood,
    alive: (x, last, n) => Math.exp(alive(x, n) - logLikelihood(x, last, n)),
    aliveColumn: (repeats, lasts, periods, out) => {
      const memory = rowMemory((x, last, n) => Math.exp(alive(x, n) - logLikelihood(x, last, n)));
      for (let i = 0; i < out.length; i++) out[i] = memory(repeats[i]!, lasts[i]!, periods[i]!);
    },
    aliveLater: (_, n, at) => Math.exp(logRising(delta + n, at) - logRising(gamma + delta + n, at)),
    expected: (x, n, horizon) => chance(x, n) * periodsAlive(gamma, delta + n, horizon, 0),
    noPurchase: (x, n, horizon) => {
      const out = new Float64Array(2);
      fillDistribution(alpha + x, beta + n - x, gamma, delta + n, horizon, out);
      return out[0]!;
    },
    distribution: (x, n, horizon, out) => fillDistribution(alpha + x, beta + n - x, gamma, delta + n, horizon, out),
    discounted: (x, n, horizon, rate) => chance(x, n) * periodsAlive(gamma, delta + n, horizon, rate),
  };
}

/** Expected number of the next m periods in which the customer is still there, each discounted by 1/(1 + rate)^k. */
function periodsAlive(gamma: number, stay: number, m: number, rate: number): number {
  if (m <= LOOP) {
    let there = 1;
    let sum = 0;
    for (let k = 0; k < m; k++) {
      there *= (stay + k) / ((gamma + stay + k) * (1 + rate));
      sum += there;
    }
    return sum;
  }
  if (m === Infinity && rate === 0 && gamma <= 1) throw notFinite('expectedPurchases', `gamma = ${gamma} is not above 1`);
  const scale = Math.min(1, m === Infinity ? Math.max(rate, 1e-300) : 1 / m);
  return betaExpectation(gamma, stay, (p, q) => (q * (m === Infinity ? 1 : -Math.expm1(m * (Math.log1p(-p) - Math.log1p(rate))))) / (p + rate), scale, 1);
}

/**
 * Probabilities of 0, 1, … purchases in the next m periods and, last, of more. The customer is there for j of them:
 * all m, or left after j < m; in j periods purchases are beta-binomial. O(m × out.length).
 */
function fillDistribution(buy: number, not: number, leave: number, stay: number, m: number, out: Float64Array): void {
  const most = out.length - 2;
  const normal = logBeta(leave, stay);
  const buying = logBeta(buy, not);
  out.fill(0);
  for (let j = 0; j <= m; j++) {
    const there = Math.exp((j === m ? logBeta(leave, stay + m) : logBeta(leave + 1, stay + j)) - normal);
    let counted = 0;
    for (let n = 0; n <= Math.min(j, most); n++) {
      const ways = logGamma(j + 1) - logGamma(n + 1) - logGamma(j - n + 1);
      const p = Math.exp(ways + logBeta(buy + n, not + j - n) - buying);
      out[n]! += there * p;
      counted += p;
    }
    if (j > most) out[most + 1]! += there * Math.max(0, 1 - counted);
  }
}
