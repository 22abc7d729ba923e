const MOST_TERMS = 100_000;

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) by its own series, for 0 <= z < 1.
 *
 * Fast and right to 1e-14 where its terms have one sign (a, b >= 0) and z is below about 0.9; the number of terms
 * grows like 36/-ln z. Where few early terms change sign a digit may be lost. Callers choose the form (Pfaff, Euler)
 * whose terms behave, and a quadrature where none does.
 *
 * @param a any finite number
 * @param b any finite number
 * @param c any number > 0
 * @param z 0 <= z < 1
 * @returns the sum; NaN where 100,000 terms were not enough
 * @example
 * hypergeometric(1, 1, 2, 0.5);   // 1.3862943611198906, 2 ln 2
 *
 * Method: Abramowitz & Stegun 15.1.1. O(1/-ln z).
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < MOST_TERMS; k++) {
    const ratio = ((a + k) * (b + k) * z) / ((c + k) * (k + 1));
    term *= ratio;
    sum += term;
    // Past their largest the terms shrink at least like `ratio` rising to z: the rest is below term · z/(1 - z).
    if (Math.abs(term) * (z / (1 - z)) <= 1e-17 * Math.abs(sum) && Math.abs(ratio) < 1) return sum;
  }
  return NaN;
}
