import { betaI, betaUpper } from './incomplete-beta.js';
import { normalQuantile } from './normal.js';
import { wilsonLimits } from './wilson-limits.js';

/** How the limits of a share are found. */
export type ShareInterval = 'wilson' | 'wilson-corrected' | 'clopper-pearson' | 'agresti-coull';

/** The rules of {@link shareLimits}. */
export const SHARE_INTERVALS: readonly ShareInterval[] = ['wilson', 'wilson-corrected', 'clopper-pearson', 'agresti-coull'];

/**
 * Confidence limits of a share by one of four rules; Wald's is not among them, since it fails for small counts.
 *
 * @param hits count, 0 … n; with weighted answers the share times the effective count, not always whole
 * @param n count > 0; 0 gives NaN limits
 * @param level confidence, 0.95 for 95 %
 * @returns lower and upper limit, within 0 to 1
 * @example
 * shareLimits(15, 25, 0.95, 'clopper-pearson');   // [0.3867, 0.7887]
 *
 * Source: Wilson (1927), its continuity correction after Newcombe (1998); Clopper & Pearson (1934), exact and wide;
 * Agresti & Coull (1998), cut to 0 to 1.
 */
export function shareLimits(hits: number, n: number, level: number, rule: ShareInterval): [low: number, high: number] {
  if (n === 0) return [NaN, NaN];
  if (rule === 'wilson') return wilsonLimits(hits, n, level);
  const z = normalQuantile((1 + level) / 2);
  if (rule === 'wilson-corrected') return corrected(hits, n, z);
  if (rule === 'agresti-coull') {
    const size = n + z * z;
    const middle = (hits + (z * z) / 2) / size;
    const width = z * Math.sqrt((middle * (1 - middle)) / size);
    return [Math.max(0, middle - width), Math.min(1, middle + width)];
  }
  const tail = (1 - level) / 2;
  const low = hits === 0 ? 0 : bisect((p) => betaI(p, hits, n - hits + 1) < tail);
  const high = hits === n ? 1 : bisect((p) => betaUpper(p, hits + 1, n - hits) > tail);
  return [low, high];
}

function corrected(hits: number, n: number, z: number): [low: number, high: number] {
  const p = hits / n, square = z * z, below = 2 * (n + square);
  const root = (sign: 1 | -1): number => Math.sqrt(square - sign * 2 - 1 / n + 4 * p * (n * (1 - p) + sign));
  const low = hits === 0 ? 0 : (2 * n * p + square - 1 - z * root(1)) / below;
  const high = hits === n ? 1 : (2 * n * p + square + 1 + z * root(-1)) / below;
  return [Math.max(0, low), Math.min(1, high)];
}

/** The place in 0 to 1 where a rule stops to hold. */
function bisect(holds: (p: number) => boolean): number {
  let low = 0, high = 1;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
