import { normalQuantile } from './normal.js';

/**
 * Wilson's score limits of a share: they stay inside 0 to 1 and hold their level for small counts.
 *
 * @param hits count, 0 … n
 * @param n count; 0 gives NaN limits
 * @param level confidence, 0.95 for 95 %
 * @returns lower and upper limit
 * @example
 * wilsonLimits(1, 10, 0.95);   // [0.0179, 0.4042]
 *
 * Source: Wilson (1927), Journal of the American Statistical Association 22.
 */
export function wilsonLimits(hits: number, n: number, level: number): [low: number, high: number] {
  if (n === 0) return [NaN, NaN];
  const z = normalQuantile((1 + level) / 2);
  const share = hits / n;
  const width = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  // At the ends the limit is exactly 0 or 1; rounding must not say otherwise.
  return [hits === 0 ? 0 : Math.max(0, middle - width), hits === n ? 1 : Math.min(1, middle + width)];
}
