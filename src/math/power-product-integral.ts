import { gaussLegendre, type QuadratureRule } from './gauss-legendre.js';

/** Decay of the integrand beyond which the rest, below e^-42 of the whole, is left out. */
const DECAY = 42;
const LONGEST = 4;
const rules: readonly QuadratureRule[] = Array.from({ length: 64 }, (_, n) => gaussLegendre(Math.max(1, n)));

/**
 * ∫₀ᵈ (1 + y/a)^(-p) (1 + y/b)^(-q) dy: the integral behind the Pareto/NBD likelihood, positive and without branches.
 *
 * @param a first scale, > 0
 * @param b second scale, > 0
 * @param p first power, >= 0
 * @param q second power, >= 0
 * @param d upper end, >= 0, finite
 * @returns relative error below 1e-13, typically 1e-15
 * @example
 * powerProductIntegral(1, 1, 1, 1, 1);   // 0.5
 *
 * Method: Gauss-Legendre in v = ln(1 + y/m), m the smaller scale, where both singularities stand off by at least π;
 * cut where the integrand has fallen by e^42; the number of nodes (5-22) grows with the decay, found by trial over
 * 40,000 random cases against 200 nodes. For nearly equal scales a series in their difference, several times faster.
 */
export function powerProductIntegral(a: number, b: number, p: number, q: number, d: number): number {
  if (a > b) return powerProductIntegral(b, a, q, p, d);
  const k = a / b;
  const apart = (b - a) / b;
  if (apart < 0.35 && apart * q < 3 && p + q > 1.01) return a * nearScales(apart, q, p + q - 1, d / a);
  const { length, pieces, n } = powerProductRule(p, q, k, d / a);
  const { nodes, weights } = rules[n]!;
  const width = length / pieces;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    for (let j = 0; j < n; j++) {
      const v = width * (piece + nodes[j]!);
      // 1 + k(e^v - 1) is 1 or more: its rounding costs the exponent no more than q·1e-16, and log is faster than log1p.
      sum += weights[j]! * Math.exp((1 - p) * v - q * Math.log(1 + k * (Math.exp(v) - 1)));
    }
  }
  return sum * width * a;
}

/**
 * The integral by a for scales nearly equal: with s = y/(a + y) it is ∫ (1 - s)^(m-1) (1 - c·s)^(-q) ds up to S = x/(1 + x),
 * Σ (q)ₖ cᵏ/k! Mₖ with Mₖ = ∫ sᵏ (1 - s)^(m-1) ds from Mₖ₋₁. The recurrence loses relative digits of late Mₖ, whose weight
 * cᵏ makes that harmless. Some 10-30 terms.
 */
function nearScales(c: number, q: number, m: number, x: number): number {
  const S = x / (1 + x);
  const logRest = -m * Math.log1p(x);
  let power = Math.exp(logRest);
  let moment = -Math.expm1(logRest) / m;
  let factor = 1;
  let sum = moment;
  for (let k = 1; k < 400; k++) {
    power *= S;
    moment = (k * moment - power) / (m + k);
    factor *= (c * (q + k - 1)) / k;
    const term = factor * moment;
    sum += term;
    if (term < 1e-17 * sum && c * (q + k) < 0.9 * (k + 1)) break;
  }
  return sum;
}

/** How to divide the integral: its length in v = ln(1 + y/a), the number of pieces and nodes in each. */
export interface PowerProductRule {
  length: number;
  pieces: number;
  n: number;
}

const shared: PowerProductRule = { length: 0, pieces: 1, n: 1 };

/**
 * The rule for a <= b with k = a/b and x = d/a; one shared object is filled, so read it before the next call.
 */
export function powerProductRule(p: number, q: number, k: number, x: number): PowerProductRule {
  let length = Math.log1p(x);
  let fall = (p - 1) * length + q * Math.log1p(k * x);
  // The fall is convex in v: Newton from the right stays right of where it reaches DECAY.
  for (let step = 0; fall > DECAY * 1.1 && step < 60; step++) {
    const e = Math.exp(length);
    const slope = p - 1 + (q * k * e) / (1 + k * (e - 1));
    length -= (fall - DECAY) / slope;
    fall = (p - 1) * length + q * Math.log1p(k * Math.expm1(length));
  }
  const pieces = length > LONGEST ? Math.ceil(length / LONGEST) : 1;
  const width = length / pieces;
  const turn = p < 1 ? (1 - p) * width : 0;
  shared.length = length;
  shared.pieces = pieces;
  shared.n = Math.min(40, Math.ceil(5.5 + 2.4 * Math.sqrt(Math.max(0, fall) + 2 * turn) + 1.2 * width));
  return shared;
}

/** The rule's nodes and weights for n up to 63. */
export function legendreRule(n: number): QuadratureRule {
  return rules[n]!;
}
