import { betaI, betaUpper, normalCdf, normalQuantile, shareLimits, studentCdf, studentQuantile } from '../math/index.js';
import { spreads, type Estimate } from './estimate.js';

/** A difference of two figures of different people, and its test. */
export interface Difference {
  readonly difference: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** z or t */
  readonly statistic: number;
  /** two-sided; NaN where no test is possible */
  readonly p: number;
}

/** Tests the second figure minus the first. */
export type DifferenceTest = (first: Estimate, second: Estimate, level: number) => Difference;

/** By the root of summed squares of the standard errors, as for the net promoter score. */
export const zTest: DifferenceTest = (first, second, level) => {
  const difference = second.value - first.value;
  const standardError = Math.hypot(first.standardError, second.standardError);
  const z = normalQuantile((1 + level) / 2);
  const statistic = standardError > 0 ? difference / standardError : NaN;
  return { difference, standardError, low: difference - z * standardError, high: difference + z * standardError, statistic, p: twoSided(statistic) };
};

/** Welch's t test of two means (Welch 1947). */
export const welchTest: DifferenceTest = (first, second, level) => {
  const difference = second.value - first.value;
  const standardError = Math.hypot(first.standardError, second.standardError);
  const [a, b] = [first.standardError ** 2, second.standardError ** 2];
  const degrees = (a + b) ** 2 / (a ** 2 / (first.effectiveN - 1) + b ** 2 / (second.effectiveN - 1));
  const possible = standardError > 0 && spreads(first.effectiveN) && spreads(second.effectiveN);
  const t = possible ? studentQuantile((1 + level) / 2, degrees) : NaN;
  const statistic = possible ? difference / standardError : NaN;
  return { difference, standardError, low: difference - t * standardError, high: difference + t * standardError, statistic, p: possible ? Math.min(1, 2 * studentCdf(-Math.abs(statistic), degrees)) : NaN };
};

/**
 * Two shares: the score test (pooled z), and Newcombe's limits of the difference.
 *
 * Source: Newcombe (1998), Statistics in Medicine 17, method 10.
 */
export const shareTest: DifferenceTest = (first, second, level) => {
  const [n, m, p, q] = [first.effectiveN, second.effectiveN, first.value, second.value];
  const difference = q - p, pooled = (n * p + m * q) / (n + m);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  const [lowP, highP] = shareLimits(n * p, n, level, 'wilson'), [lowQ, highQ] = shareLimits(m * q, m, level, 'wilson');
  const statistic = error > 0 ? difference / error : NaN;
  return {
    difference, standardError: Math.hypot(first.standardError, second.standardError),
    low: difference - Math.hypot(q - lowQ, highP - p), high: difference + Math.hypot(highQ - q, p - lowP),
    statistic, p: twoSided(statistic),
  };
};

/**
 * Two Poisson rates: the exact conditional test, the smaller tail doubled; limits of the difference by summed squares of
 * the single limits' distances.
 *
 * @returns a test that reads `more.events` and `more.units` of the figures
 *
 * Source: Przyborowski & Wilenski (1940); Donner & Zou (2012) for the limits.
 */
export const rateTest: DifferenceTest = (first, second) => {
  const difference = second.value - first.value;
  const standardError = Math.hypot(first.standardError, second.standardError);
  const [x, y] = [first.more!['events']!, second.more!['events']!];
  const share = second.more!['units']! / (first.more!['units']! + second.more!['units']!);
  const atMost = x === 0 ? 1 : betaUpper(share, y + 1, x), atLeast = y === 0 ? 1 : betaI(share, y, x + 1);
  return {
    difference, standardError,
    low: difference - Math.hypot(second.value - second.low, first.high - first.value),
    high: difference + Math.hypot(second.high - second.value, first.value - first.low),
    statistic: standardError > 0 ? difference / standardError : NaN, p: x + y === 0 || Number.isNaN(share) ? NaN : Math.min(1, 2 * Math.min(atMost, atLeast)),
  };
};

/**
 * Two correlations: by the difference of Fisher's z; limits of the difference by summed squares of the single limits'
 * distances.
 *
 * Source: Fisher (1921); Zou (2007), Psychological Methods 12, for the limits.
 */
export const correlationTest: DifferenceTest = (first, second, level) => {
  const enough = first.effectiveN > 3 && second.effectiveN > 3;
  const error = enough ? Math.sqrt(1 / (first.effectiveN - 3) + 1 / (second.effectiveN - 3)) : NaN;
  const z = (Math.atanh(second.value) - Math.atanh(first.value)) / error;
  const { difference, standardError } = zTest(first, second, level);
  // Correlations of 1 or -1 are infinitely far on the scale of z.
  const statistic = Number.isFinite(z) ? z : NaN;
  return {
    difference, standardError,
    low: difference - Math.hypot(second.value - second.low, first.high - first.value),
    high: difference + Math.hypot(second.high - second.value, first.value - first.low),
    statistic, p: twoSided(statistic),
  };
};

function twoSided(z: number): number {
  return Number.isNaN(z) ? NaN : 2 * normalCdf(-Math.abs(z));
}
