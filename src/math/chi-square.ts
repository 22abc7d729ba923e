import { gammaFactor, gammaP, gammaQ } from './incomplete-gamma.js';
import { invertIncreasing } from './invert.js';
import { normalQuantile } from './normal.js';

/**
 * Distribution function of the chi-square law.
 *
 * @param x any number; below 0 gives 0
 * @param degrees of freedom, > 0, whole or not
 * @example
 * chiSquareCdf(3.841458820694124, 1);   // 0.95
 *
 * Method: {@link gammaP} of half of both; its accuracy.
 */
export function chiSquareCdf(x: number, degrees: number): number {
  return gammaP(degrees / 2, x / 2);
}

/** Upper tail of the chi-square law: the p-value of a statistic x. */
export function chiSquareUpper(x: number, degrees: number): number {
  return gammaQ(degrees / 2, x / 2);
}

/**
 * Quantile of the chi-square law.
 *
 * @param p probability, 0 to 1; outside NaN
 * @param degrees of freedom, > 0
 * @returns relative error below 1e-12
 * @example
 * chiSquareQuantile(0.95, 1);   // 3.841458820694124
 *
 * Method: start by Wilson & Hilferty (1931), then safeguarded Newton.
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  const a = degrees / 2;
  const h = 2 / (9 * degrees);
  const start = a * Math.max(1e-8, 1 - h + normalQuantile(p) * Math.sqrt(h)) ** 3;
  const slope = (x: number): number => gammaFactor(a, x) / x;
  // The smaller tail carries the digits.
  const x = p < 0.5 ? invertIncreasing((y) => gammaP(a, y), slope, p, start, 0, Infinity) : invertIncreasing((y) => -gammaQ(a, y), slope, p - 1, start, 0, Infinity);
  return 2 * x;
}
