import { digamma, trigamma } from './digamma.js';
import { logGamma, stirlingRest } from './log-gamma.js';

const BY_STEPS = 16;

/**
 * Logarithm of the rising factorial, ln Γ(z + n) - ln Γ(z), without the cancellation of the difference.
 *
 * With z = 1e9 and n = 1 the plain difference keeps 6 digits; this keeps all.
 *
 * @param z any number > 0
 * @param n any number >= 0, whole or not
 * @returns relative error below 1e-14 for whole n, absolute 1e-15 × (1 + |ln Γ(z)|) for others
 * @example
 * logRising(3, 2);   // ln(3 · 4) = 2.4849066497880004
 *
 * Method: the product for whole n up to 16, otherwise the difference of Stirling's series from 10 on. Constant time.
 */
export function logRising(z: number, n: number): number {
  if (n === 0) return 0;
  if (n <= BY_STEPS && Number.isInteger(n)) {
    if (z < 1e18 && z > 1e-18) {
      let product = 1;
      for (let j = 0; j < n; j++) product *= z + j;
      if (product > 1e-290 && product < 1e290) return Math.log(product);
    }
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.log(z + j);
    return sum;
  }
  if (z < 10) return logGamma(z + n) - logGamma(z);
  return (z - 0.5) * Math.log1p(n / z) + n * (Math.log(z + n) - 1) + stirlingRest(z + n) - stirlingRest(z);
}

/** ψ(z + n) - ψ(z), the derivative of {@link logRising} in z; z > 0, n >= 0. */
export function digammaRise(z: number, n: number): number {
  if (n > BY_STEPS || !Number.isInteger(n)) return digamma(z + n) - digamma(z);
  let sum = 0;
  for (let j = 0; j < n; j++) sum += 1 / (z + j);
  return sum;
}

/** ψ′(z + n) - ψ′(z) <= 0, the second derivative of {@link logRising} in z; z > 0, n >= 0. */
export function trigammaRise(z: number, n: number): number {
  if (n > BY_STEPS || !Number.isInteger(n)) return trigamma(z + n) - trigamma(z);
  let sum = 0;
  for (let j = 0; j < n; j++) sum -= 1 / ((z + j) * (z + j));
  return sum;
}
