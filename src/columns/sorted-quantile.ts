/**
 * A quantile of values that are sorted already, between its two neighbours where it falls between them.
 *
 * For cuts of unsorted columns see {@link quantileCuts}, which splits positions in whole numbers and needs no sort.
 *
 * @param sorted ascending, NaN last, as typed arrays sort; not modified
 * @param p 0 to 1
 * @returns NaN of no values, and where one is NaN
 * @example
 * sortedQuantile(Float64Array.of(1, 2, 4, 8), 0.5);   // 3
 *
 * Method: Hyndman & Fan (1996), type 7, the default of R and numpy. O(1).
 */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const k = Math.floor(position);
  const below = sorted[k]!;
  const above = sorted[Math.min(k + 1, sorted.length - 1)]!;
  return Number.isNaN(sorted[sorted.length - 1]!) ? NaN : below + (position - k) * (above - below);
}
