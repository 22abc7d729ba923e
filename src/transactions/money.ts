/** Whole cents beyond this are not added as such, so that sums of them stay exact below 2^53. */
const LARGEST_CENTS = 2 ** 46;

/**
 * An amount in whole cents, NaN where it is none (three decimals, or more than 700 thousand million).
 *
 * Money is added in cents wherever it can be: such sums are exact, whatever their order, so that equal sums are equal to
 * the last bit and 0.1 + 0.2 is 0.3.
 */
export function wholeCents(amount: number): number {
  const cents = Math.round(amount * 100);
  return cents / 100 === amount && cents <= LARGEST_CENTS && cents >= -LARGEST_CENTS ? cents : NaN;
}

/**
 * Money of its two parts: cents added exactly, and what is not whole cents, added in the order of the file.
 *
 * One correctly rounded division gives the double nearest to the exact sum of cents.
 */
export function moneyOf(cents: number, rest: number): number {
  return cents / 100 + rest;
}
