import { betaI } from './incomplete-beta.js';
import { invertIncreasing } from './invert.js';
import { logBeta } from './log-beta.js';
import { normalQuantile } from './normal.js';

/**
 * Distribution function of Student's t law.
 *
 * @param t any number
 * @param degrees of freedom, > 0, whole or not
 * @returns 0 to 1; the lower tail to relative accuracy 1e-13
 * @example
 * studentCdf(2.2281388519862744, 10);   // 0.975
 *
 * Method: incomplete beta function (Abramowitz & Stegun 26.7.1).
 */
export function studentCdf(t: number, degrees: number): number {
  const square = t * t;
  const tail = 0.5 * betaI(degrees / (degrees + square), degrees / 2, 0.5, square / (degrees + square));
  return t < 0 ? tail : 1 - tail;
}

/**
 * Quantile of Student's t law.
 *
 * @param p probability, 0 to 1; outside NaN
 * @param degrees of freedom, > 0
 * @returns relative error below 1e-12
 * @example
 * studentQuantile(0.975, 10);   // 2.2281388519862744
 *
 * Method: safeguarded Newton on the lower tail from the normal quantile.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  const lower = p < 0.5 ? p : 1 - p;
  const logNorm = -logBeta(degrees / 2, 0.5) - 0.5 * Math.log(degrees);
  const density = (t: number): number => Math.exp(logNorm - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees));
  const t = invertIncreasing((x) => studentCdf(x, degrees), density, lower, normalQuantile(lower), -Infinity, 0);
  return p < 0.5 ? t : -t;
}
