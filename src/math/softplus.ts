/**
 * ln(1 + e^y), the logarithm of one plus the odds whose logarithm is `y`.
 *
 * @param y any number; -Infinity gives 0, NaN gives NaN
 * @returns 0 to Infinity: e^y far below 0, y far above it, neither lost to rounding nor to overflow
 * @example
 * softplus(0);      // 0.6931471805599453
 * softplus(1000);   // 1000
 *
 * Source: Mächler (2012), "Accurately computing log(1 - exp(-|a|))", its log1pexp; the larger part taken out, so that the
 * exponential never passes 1. O(1).
 */
export function softplus(y: number): number {
  return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
}
