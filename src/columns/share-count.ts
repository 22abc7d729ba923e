/**
 * How many of `n` a share is: 7 % of 100 are 7, though 0.07 × 100 is above 7 in doubles.
 *
 * @param share 0 to 1
 * @param rule `'floor'`, `'ceil'`, or `'exact'` for the number with its fraction
 *
 * Method: the product is taken as a whole number where it is one but for rounding (two units in the last place).
 */
export function shareCount(share: number, n: number, rule: 'floor' | 'ceil' | 'exact'): number {
  const count = share * n;
  const whole = Math.round(count);
  if (Math.abs(count - whole) <= 2 * Number.EPSILON * count) return whole;
  return rule === 'exact' ? count : rule === 'floor' ? Math.floor(count) : Math.ceil(count);
}
