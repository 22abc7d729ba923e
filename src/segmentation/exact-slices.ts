/** Two constants that cut numbers into slices on fixed grids: adding and taking away a constant rounds to its grid. */
export interface Slices {
  readonly coarse: number;
  /** for what a coarse slice leaves over */
  readonly fine: number;
}

/**
 * Grids on which sums are exact: up to n slices can be added and taken away again in any order without rounding.
 *
 * `coarse + x - coarse` is x on the coarse grid; what is left goes on the fine grid in the same way, and at most 2^-60 of
 * `most` is lost. So sums are the same however points were divided among threads and in whatever order they moved.
 *
 * @param most no number to be cut is larger in size
 * @param n how many numbers at most are in a sum
 *
 * Method: extraction of Rump, Ogita & Oishi (2008). Numbers near the largest double are not cut: both constants are 0.
 */
export function slicesFor(most: number, n: number): Slices {
  const room = Math.ceil(Math.log2(n + 3));
  const unit = 2 ** (Math.floor(Math.log2(most)) + 1 + room - 52);
  const coarse = 1.5 * 2 ** 52 * unit;
  return coarse < Infinity ? { coarse, fine: coarse * 2 ** (room - 53) } : { coarse: 0, fine: 0 };
}
