/** Eigenvalues of a symmetric matrix, and their vectors. */
export interface SymmetricEigen {
  /** length n, in no order */
  readonly values: Float64Array;
  /** n × n by rows; column j belongs to value j */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix.
 *
 * @param matrix n × n by rows, finite; not modified
 * @example
 * symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values;   // 1 and 3
 *
 * Method: cyclic Jacobi rotations (Golub & Van Loan, 8.5); O(n³) a sweep, fewer than ten sweeps.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < 60 && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

/** The sum of squares beside the diagonal; 0 where it is lost against the diagonal. */
function offDiagonal(a: Float64Array, n: number): number {
  let beside = 0, on = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i === j) on += a[i * n + j]! ** 2; else beside += a[i * n + j]! ** 2;
  return beside <= 1e-34 * on ? 0 : beside;
}

function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1), s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = a[k * n + p]!, akq = a[k * n + q]!;
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = a[p * n + k]!, aqk = a[q * n + k]!;
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
    const vkp = vectors[k * n + p]!, vkq = vectors[k * n + q]!;
    vectors[k * n + p] = c * vkp - s * vkq;
    vectors[k * n + q] = s * vkp + c * vkq;
  }
}
