/**
 * Cholesky factor of a symmetric matrix, in place.
 *
 * @param matrix n × n, row by row; its lower triangle is read and replaced by the factor
 * @param n number of rows
 * @returns false where the matrix is not positive definite (its content is then undefined)
 */
export function choleskyInPlace(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i !== j) matrix[i * n + j] = sum / matrix[j * n + j]!;
      else if (sum > 0 && sum < Infinity) matrix[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solve L Lᵀ x = right for the factor of {@link choleskyInPlace}; `right` is replaced by x. */
export function choleskySolve(factor: Float64Array, n: number, right: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * right[k]!;
    right[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * right[k]!;
    right[i] = sum / factor[i * n + i]!;
  }
}

/**
 * Inverse of a symmetric positive definite matrix.
 *
 * @param matrix n × n, row by row; not modified
 * @returns the inverse, or undefined where the matrix is not positive definite. O(n³).
 */
export function inverseSymmetric(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = matrix.slice();
  if (!choleskyInPlace(factor, n)) return undefined;
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0)[j] = 1;
    choleskySolve(factor, n, unit);
    for (let i = 0; i < n; i++) inverse[i * n + j] = unit[i]!;
  }
  return inverse;
}
