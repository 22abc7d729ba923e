import { inverseSymmetric } from '../math/index.js';
import type { LogisticFit } from './logistic.js';

/**
 * The columns that part those who left from those who stayed, so that their coefficients run away and have no maximum: a
 * group in which nobody, or everybody, left is enough.
 *
 * What a fit knows of a coefficient is 1 / its variance. Where no feature had an effect that would be its share of at most
 * n/4 customers' outcomes; a group with one customer of either kind is still worth about one. A column is parted when the fit
 * keeps less than one part in n of what it would know without effects. Features that repeat one another inflate both
 * variances alike, so they are not taken for it.
 *
 * @param columns scaled, each of length n
 * @returns places in `columns`; empty where the columns repeat one another
 *
 * Source: Albert & Anderson (1984), Biometrika 71, on when the maximum exists. O(n × columns²).
 */
export function separatedTerms(columns: readonly Float64Array[], left: Uint8Array, { coefficients, covariance }: LogisticFit, ridge: number): number[] {
  // With such a ridge no variance can pass the limit: it is at most 1 / ridge, and without effects at least 1 / (n/4 + ridge).
  if (ridge >= 0.5) return [];
  const n = left.length, size = columns.length + 1;
  const share = left.reduce((sum, y) => sum + y, 0) / n;
  const weight = share * (1 - share);
  const information = new Float64Array(size * size);
  const at = (j: number, row: number): number => (j === 0 ? 1 : columns[j - 1]![row]!);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += at(j, row) * at(k, row);
      information[j * size + k] = information[k * size + j] = weight * sum + (j === k && j > 0 ? ridge : 0);
    }
  }
  const without = inverseSymmetric(information, size);
  if (without === undefined) return [];
  return [...columns.keys()].filter((j) => {
    const place = (j + 1) * (size + 1);
    // A covariance that cannot be had at all, of columns that do not repeat one another: weights are 0 everywhere.
    return Number.isNaN(covariance[place]!) ? Math.abs(coefficients[j + 1]!) > 5 : covariance[place]! > n * without[place]!;
  });
}
