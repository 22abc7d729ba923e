/** How p-values are corrected for their number. */
export type Correction = 'holm' | 'bonferroni' | 'benjamini-hochberg' | 'none';

/** The rules of {@link adjustPValues}. */
export const CORRECTIONS: readonly Correction[] = ['holm', 'bonferroni', 'benjamini-hochberg', 'none'];

/**
 * Correct p-values for how many there are, so that testing many differences does not find some by chance alone.
 *
 * @param p p-values, 0 to 1; NaN (no test was possible) stays NaN and is not counted. Not modified.
 * @param rule `'holm'` and `'bonferroni'` keep the chance of any false finding, Holm with more power;
 *   `'benjamini-hochberg'` the expected share of false findings
 * @returns adjusted p-values in the same order, to be compared with the level itself
 * @example
 * adjustPValues([0.01, 0.04, 0.03], 'holm');   // [0.03, 0.06, 0.06]
 *
 * Source: Holm (1979); Benjamini & Hochberg (1995); as `p.adjust` of R. O(n log n).
 */
export function adjustPValues(p: ArrayLike<number>, rule: Correction): Float64Array {
  const adjusted = Float64Array.from(p);
  if (rule === 'none') return adjusted;
  const tested = [...adjusted.keys()].filter((i) => !Number.isNaN(adjusted[i])).sort((a, b) => adjusted[a]! - adjusted[b]!);
  const m = tested.length;
  if (rule === 'bonferroni') for (const i of tested) adjusted[i] = Math.min(1, m * adjusted[i]!);
  let kept = rule === 'holm' ? 0 : 1;
  if (rule === 'holm') tested.forEach((i, rank) => (adjusted[i] = kept = Math.max(kept, Math.min(1, (m - rank) * adjusted[i]!))));
  if (rule === 'benjamini-hochberg') for (let rank = m - 1; rank >= 0; rank--) adjusted[tested[rank]!] = kept = Math.min(kept, (m / (rank + 1)) * adjusted[tested[rank]!]!);
  return adjusted;
}
