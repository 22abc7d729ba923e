import { gammaP, gammaQ } from './incomplete-gamma.js';

/**
 * Distribution function of the standard normal law, both tails to full relative accuracy.
 *
 * @param z any number
 * @returns 0 to 1, relative error below 1e-14 (5e-13 at z = -38)
 * @example
 * normalCdf(1.96);   // 0.9750021048517795
 *
 * Method: incomplete gamma function with shape 1/2. About 20-60 terms.
 */
export function normalCdf(z: number): number {
  const half = (z * z) / 2;
  if (z < -1) return 0.5 * gammaQ(0.5, half);
  if (z > 1) return 1 - 0.5 * gammaQ(0.5, half);
  return 0.5 + 0.5 * Math.sign(z) * gammaP(0.5, half);
}

/**
 * Quantile of the standard normal law, the inverse of {@link normalCdf}.
 *
 * @param p probability, 0 to 1; 0 and 1 give -Infinity and Infinity, outside NaN
 * @returns relative error below 1e-14
 * @example
 * normalQuantile(0.975);   // 1.959963984540054
 *
 * Method: rational start (Abramowitz & Stegun 26.2.23), then Halley steps on the lower tail.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 4; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const miss = (normalCdf(z) - p) / density;
    const change = miss / (1 + (z * miss) / 2);
    z -= change;
    if (Math.abs(change) < 1e-16 * Math.abs(z)) break;
  }
  return z;
}
