import { HALF_LOG_TWO_PI, logGamma, stirlingRest } from './log-gamma.js';

/**
 * Regularized lower incomplete gamma function P(a, x), the distribution function of a gamma law with shape a and rate 1.
 *
 * @param a shape, > 0
 * @param x any number >= 0 (below gives 0)
 * @returns 0 to 1, relative error below 1e-13 for a up to 1e5
 * @example
 * gammaP(1, 2);   // 0.8646647167633873, 1 - e^-2
 *
 * Method: series below a + 1, continued fraction above (Numerical Recipes 6.2; A&S 6.5.29, 6.5.31), the leading
 * factor from Stirling's rest so that large a keeps its digits. O(√a) terms near x = a.
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x), small values to full relative accuracy. */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 100_000; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return sum * gammaFactor(a, x);
}

function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 100_000; k++) {
    const an = -k * (k - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return h * gammaFactor(a, x);
}

/** x^a e^-x / Γ(a). */
export function gammaFactor(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
  return Math.exp(a * log1pMinus((x - a) / a) + 0.5 * Math.log(a) - HALF_LOG_TWO_PI - stirlingRest(a));
}

/** ln(1 + y) - y without cancellation near 0. */
export function log1pMinus(y: number): number {
  if (y < -0.4 || y > 0.5) return Math.log1p(y) - y;
  // ln(1 + y) = 2 artanh(s), s = y/(2 + y): the series in s² minus what is linear.
  const s = y / (2 + y);
  const s2 = s * s;
  let sum = 0;
  let power = 2 * s * s2;
  for (let k = 3; k < 60; k += 2) {
    sum += power / k;
    power *= s2;
    if (Math.abs(power) < 1e-18 * Math.abs(sum)) break;
  }
  return sum - s * y;
}
