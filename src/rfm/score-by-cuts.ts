import { notThisResult } from '../core/index.js';

/**
 * Score a measure 1 … bins by given cuts: one plus the number of cuts below the value.
 *
 * A value equal to a cut stays in the lower group (`closed` right, the default) or goes to the upper one (left), and
 * equal values always score the same.
 *
 * @param values one measure per customer, length n; no NaN. Not modified.
 * @param cuts ascending cut points, from `quantileCuts` or a business rule
 * @param best which end scores highest: `'high'` for money and orders, `'low'` for days since the last order
 * @param closed which end of its group a cut belongs to: `'right'` as pandas and SQL habits, `'left'` as R rfm
 * @returns scores, length n, whole numbers 1 … cuts.length + 1, in input order. O(n × bins).
 * @example
 * scoreByCuts(Float64Array.of(10, 40, 20, 30), Float64Array.of(25));              // Uint8Array [1, 2, 1, 2]
 * scoreByCuts(Float64Array.of(10, 40, 20, 30), Float64Array.of(20, 30), 'low');   // Uint8Array [3, 1, 3, 2]
 */
export function scoreByCuts(values: Float64Array, cuts: ArrayLike<number>, best: 'high' | 'low' = 'high', closed: 'right' | 'left' = 'right'): Uint8Array {
  for (const list of [values, cuts]) if (!Array.isArray(list) && !ArrayBuffer.isView(list)) throw notThisResult('scoreByCuts', list, 'a list of numbers', 'Pass values and ascending cuts: scoreByCuts(Float64Array.of(10, 40), [25]).');
  return placeByCuts(values, Float64Array.from(cuts), closed, scoresUpwards(cuts.length + 1, best));
}

/** The score of each group, ascending by value: 1, 2, 3 … or … 3, 2, 1. */
export function scoresUpwards(bins: number, best: 'high' | 'low'): Uint8Array {
  return Uint8Array.from({ length: bins }, (_, i) => (best === 'high' ? i + 1 : bins - i));
}

/** `scores[number of cuts below the value]` for every value. */
export function placeByCuts(values: Float64Array, cuts: Float64Array, closed: 'right' | 'left', scores: Uint8Array): Uint8Array {
  const placed = new Uint8Array(values.length);
  if (closed === 'right' && cuts.length === 4) return placeInFive(values, cuts, scores, placed);
  if (closed === 'right') for (let i = 0; i < values.length; i++) placed[i] = scores[cutsBelow(values[i]!, cuts)]!;
  else for (let i = 0; i < values.length; i++) placed[i] = scores[cutsUpTo(values[i]!, cuts)]!;
  return placed;
}

/** Quintiles, the default, written out: 3.7 ns a value against 6.4. */
function placeInFive(values: Float64Array, cuts: Float64Array, scores: Uint8Array, placed: Uint8Array): Uint8Array {
  const a = cuts[0]!, b = cuts[1]!, c = cuts[2]!, d = cuts[3]!;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    placed[i] = scores[Number(value > a) + Number(value > b) + Number(value > c) + Number(value > d)]!;
  }
  return placed;
}

/**
 * How many ascending cuts are strictly below the value.
 *
 * All are compared and added up without a branch: twice as fast on 1 M values as stopping at the first cut above, whose
 * place no processor can guess. There are at most 19.
 */
export function cutsBelow(value: number, cuts: Float64Array): number {
  let below = 0;
  for (let c = 0; c < cuts.length; c++) below += Number(value > cuts[c]!);
  return below;
}

/** How many ascending cuts are at or below the value. */
export function cutsUpTo(value: number, cuts: Float64Array): number {
  let upTo = 0;
  for (let c = 0; c < cuts.length; c++) upTo += Number(value >= cuts[c]!);
  return upTo;
}
