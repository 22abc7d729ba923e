import { chiSquareQuantile } from './chi-square.js';

/**
 * Exact confidence limits of the mean of a Poisson count.
 *
 * @param count events, >= 0
 * @param level confidence, 0.95 for 95 %
 * @returns lower and upper limit; the lower is 0 where nothing happened
 * @example
 * poissonLimits(0, 0.95);   // [0, 3.6889]
 *
 * Source: Garwood (1936), Biometrika 28.
 */
export function poissonLimits(count: number, level: number): [low: number, high: number] {
  const tail = (1 - level) / 2;
  return [count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2, chiSquareQuantile(1 - tail, 2 * count + 2) / 2];
}
