import { HALF_LOG_TWO_PI, logGamma, stirlingRest } from './log-gamma.js';
import { logRising } from './log-rising.js';

/**
 * Natural logarithm of the beta function, ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b).
 *
 * @param a any number > 0
 * @param b any number > 0; the order of the two does not matter
 * @returns relative error below 1e-14 (1e-15 absolute next to its zeros)
 * @example
 * logBeta(2, 3);   // ln(1/12) = -2.4849066497880004
 *
 * Method: ln Γ(small) - ln[Γ(large + small)/Γ(large)]; from 10 on Stirling's series of all three, its large terms
 * cancelled by hand (Didonato & Morris 1992, TOMS 708). Constant time.
 */
export function logBeta(a: number, b: number): number {
  const small = a < b ? a : b;
  const large = a < b ? b : a;
  if (small < 10) return logGamma(small) - logRising(large, small);
  const h = small / large;
  return HALF_LOG_TWO_PI - 0.5 * Math.log(large) - (small - 0.5) * Math.log1p(1 / h) - large * Math.log1p(h)
    + stirlingRest(small) + stirlingRest(large) - stirlingRest(small + large);
}
