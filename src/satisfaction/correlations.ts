/** Rows in which every column has a value, out of some rows. */
export function completeRows(columns: readonly Float64Array[], rows: Int32Array): Int32Array {
  return rows.filter((row) => columns.every((column) => !Number.isNaN(column[row])));
}

/** Means and covariances of columns over complete rows. */
export interface Covariances {
  readonly means: Float64Array;
  /** m × m by rows, dividing by Σw - Σw² / Σw, which is n - 1 without weights */
  readonly matrix: Float64Array;
}

/**
 * Covariances of m columns.
 *
 * @param rows without gaps in any column
 *
 * O(rows × m²).
 */
export function covariances(columns: readonly Float64Array[], rows: Int32Array, weights: Float64Array | undefined): Covariances {
  const m = columns.length;
  const means = new Float64Array(m), matrix = new Float64Array(m * m), away = new Float64Array(m);
  let sum = 0, squares = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, w = weights === undefined ? 1 : weights[row]!;
    sum += w;
    squares += w * w;
    for (let j = 0; j < m; j++) means[j]! += w * columns[j]![row]!;
  }
  for (let j = 0; j < m; j++) means[j]! /= sum;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, w = weights === undefined ? 1 : weights[row]!;
    for (let j = 0; j < m; j++) away[j] = columns[j]![row]! - means[j]!;
    for (let i = 0; i < m; i++) {
      const scaled = w * away[i]!;
      for (let j = 0; j <= i; j++) matrix[i * m + j]! += scaled * away[j]!;
    }
  }
  const size = sum - squares / sum;
  for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) matrix[i * m + j] = matrix[j * m + i] = matrix[i * m + j]! / size;
  return { means, matrix };
}

/** Correlations of covariances; NaN in rows and columns of what does not vary. */
export function correlationsOf({ matrix, means }: Covariances): Float64Array {
  const m = means.length;
  const sd = Float64Array.from(means, (mean, j) => {
    const own = Math.sqrt(matrix[j * m + j]!);
    // Equal answers whose mean rounds leave a spread of rounding errors.
    return own > 1e-12 * Math.abs(mean) ? own : NaN;
  });
  return matrix.map((covariance, at) => {
    const i = Math.floor(at / m), j = at % m;
    return i === j ? 0 * sd[i]! + 1 : Math.max(-1, Math.min(1, covariance / (sd[i]! * sd[j]!)));
  });
}
