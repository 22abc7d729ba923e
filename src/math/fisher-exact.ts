import { HALF_LOG_TWO_PI, logGamma, stirlingRest } from './log-gamma.js';

/**
 * Upper tail of the hypergeometric law: the chance of `both` or more marked balls among `drawn`, of `all` balls of which `marked` are.
 *
 * It is the p-value of Fisher's exact test against a positive association in a 2 × 2 table.
 *
 * @param both whole, 0 or more
 * @param drawn, marked whole, 0 to `all`
 * @returns 0 to 1; relative error about 1e-13. Below 1e-308 it is 0
 * @example
 * fisherUpper(3, 4, 4, 8);   // 0.24285714285714285, 17/70: Fisher's tea taster
 *
 * Method: the one chance by Loader's saddle-point form (2000), its neighbours by their ratio, added away from the middle.
 */
export function fisherUpper(both: number, drawn: number, marked: number, all: number): number {
  const least = Math.max(0, drawn + marked - all), most = Math.min(drawn, marked);
  if (both <= least) return 1;
  if (both > most) return 0;
  // Add the side that shrinks from its first term on: the small tail carries the digits.
  const upper = both * all >= drawn * marked;
  let x = upper ? both : both - 1;
  let term = hypergeometricChance(x, drawn, marked, all);
  let sum = term;
  while (upper ? x < most : x > least) {
    term *= upper ? ((drawn - x) * (marked - x)) / ((x + 1) * (all - drawn - marked + x + 1)) : (x * (all - drawn - marked + x)) / ((drawn - x + 1) * (marked - x + 1));
    x += upper ? 1 : -1;
    sum += term;
    if (term <= sum * 1e-18) break;
  }
  return Math.min(1, upper ? sum : 1 - sum);
}

/** The chance of exactly `x` marked among `drawn`: three binomial chances of one rate, whose exponents nearly cancel. */
function hypergeometricChance(x: number, drawn: number, marked: number, all: number): number {
  if (drawn === all) return x === marked ? 1 : 0;
  const rate = drawn / all;
  return Math.exp(logBinomial(x, marked, rate) + logBinomial(drawn - x, all - marked, rate) - logBinomial(drawn, all, rate));
}

/** ln of the chance of x successes in n at a rate between 0 and 1 (Loader 2000). */
function logBinomial(x: number, n: number, rate: number): number {
  if (x === 0) return n * Math.log1p(-rate);
  if (x === n) return n * Math.log(rate);
  const correction = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * rate) - deviance(n - x, n * (1 - rate));
  return correction - HALF_LOG_TWO_PI + 0.5 * Math.log(n / (x * (n - x)));
}

/** ln n! less Stirling's formula. */
function stirlingError(n: number): number {
  return n >= 10 ? stirlingRest(n) : logGamma(n + 1) - ((n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI);
}

/** x ln(x / mean) + mean - x, by its series where both are near. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let power = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
  return sum;
}
