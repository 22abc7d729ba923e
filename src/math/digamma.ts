/**
 * Digamma ψ(z), the derivative of ln Γ.
 *
 * @param z any number > 0; NaN otherwise
 * @returns absolute error below 1e-15 × (1 + |ψ|)
 * @example
 * digamma(1);   // -0.5772156649015329, minus Euler's constant
 *
 * Method: recurrence up to 10, then the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18). Constant time.
 */
export function digamma(z: number): number {
  if (!(z > 0)) return NaN;
  let x = z;
  let shifted = 0;
  for (; x < 10; x += 1) shifted += 1 / x;
  const y = 1 / (x * x);
  const tail = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760 - y / 12))))));
  return Math.log(x) - 0.5 / x - tail - shifted;
}

/**
 * Trigamma ψ′(z), the second derivative of ln Γ.
 *
 * @param z any number > 0; NaN otherwise
 * @returns relative error below 1e-15
 * @example
 * trigamma(1);   // 1.6449340668482264, π²/6
 *
 * Method: recurrence up to 10, then the asymptotic series (Abramowitz & Stegun 6.4.6, 6.4.12). Constant time.
 */
export function trigamma(z: number): number {
  if (!(z > 0)) return NaN;
  let x = z;
  let shifted = 0;
  for (; x < 10; x += 1) shifted += 1 / (x * x);
  const y = 1 / (x * x);
  const tail = y * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * (5 / 66 - y * (691 / 2730 - y * (7 / 6)))))));
  return shifted + 1 / x + y / 2 + tail / x;
}
