import { checkKeys, checkWhole, optionInvalid } from '../core/index.js';
import { asTable, Table, textColumn, type Column, type TableInput } from '../columns/index.js';
import { EVALUATE_OPTIONS, scaledColumns, type EvaluateOptions } from './scaled-points.js';

/** Options of {@link principalComponents}. */
export interface PrincipalComponentsOptions extends EvaluateOptions {
  /** how many, 2 by default; no more than there are features */
  readonly count?: number;
}

/** Directions along which scaled customers differ most. */
export interface PrincipalComponents {
  /** one row per customer: customer (where the input has it), pc1, pc2 …; missing for a customer without a purchase */
  readonly table: Table;
  /** share of all variance along each */
  readonly shares: readonly number[];
  /** one row per feature: feature, pc1, pc2 …; each column has length 1, its largest entry above 0 */
  readonly loadings: Table;
}

/**
 * The principal components of scaled features: many features on the two axes of a picture.
 *
 * @param customers as for `kmeans`. Not modified.
 * @param options `features` and `scale` as in `kmeans`, `count`
 * @throws ClienteleError as `kmeans`; `OPTION_INVALID` for more components than features
 * @example
 * principalComponents(customers, { features: ['recency', 'frequency', 'monetary', 'tenure'] }).shares;
 *
 * Source: Pearson (1901), Hotelling (1933); of the population covariance, by Jacobi's rotations. O(n features²).
 */
export function principalComponents(customers: TableInput, options: PrincipalComponentsOptions = {}): PrincipalComponents {
  const where = 'principalComponents';
  checkKeys(where, options, [...EVALUATE_OPTIONS, 'count']);
  const { count: asked, ...rest } = options;
  const source = asTable(where, customers);
  const { columns, rows, numRows, names } = scaledColumns(where, source, undefined, rest);
  const d = columns.length;
  const count = checkWhole(where, 'count', asked ?? Math.min(2, d), 1, 1000);
  if (count > d) throw optionInvalid(where, 'count', count, `There are ${d} features: ask for no more components.`);
  const n = columns[0]!.length;
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / n);
  const covariance = columns.map((a, f) => columns.map((b, g) => a.reduce((sum, value, i) => sum + (value - means[f]!) * (b[i]! - means[g]!), 0) / n));
  const { values, vectors } = eigenSymmetric(covariance);
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count);
  const total = values.reduce((sum, value) => sum + value, 0);
  const directions = order.map((at) => upward(vectors.map((row) => row[at]!)));
  const scores = directions.map((direction) => {
    const own = new Float64Array(numRows).fill(NaN);
    for (let i = 0; i < n; i++) own[rows?.[i] ?? i] = direction.reduce((sum, loading, f) => sum + loading * (columns[f]![i]! - means[f]!), 0);
    return own;
  });
  const numbered = (data: readonly Float64Array[]): [string, Column][] => data.map((own, at) => [`pc${at + 1}`, { type: 'number', data: own }]);
  return {
    table: new Table([...(source.has('customer') ? [['customer', source.column('customer')] as const] : []), ...numbered(scores)]),
    shares: order.map((at) => (total > 0 ? Math.max(0, values[at]!) / total : NaN)),
    loadings: new Table([['feature', textColumn(names)], ...numbered(directions.map((direction) => Float64Array.from(direction)))]),
  };
}

/** A direction and its opposite are the same: the one whose largest entry is above 0. */
function upward(direction: readonly number[]): number[] {
  const most = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return direction.map((value) => (most < 0 ? -value : value) + 0);
}

/** Eigenvalues and, as columns, eigenvectors of a symmetric matrix: Jacobi (1846), cyclic. */
function eigenSymmetric(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = matrix.map((row) => [...row]);
  const d = a.length;
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) off += Math.abs(a[p]![q]!);
    if (off === 0) break;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rotate(a, vectors, p, q);
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

/** One rotation that makes entry p, q vanish. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (const rows of [a, vectors]) {
    for (const row of rows) {
      const [x, y] = [row[p]!, row[q]!];
      row[p] = cosine * x - sine * y;
      row[q] = sine * x + cosine * y;
    }
  }
  for (let j = 0; j < a.length; j++) {
    const [x, y] = [a[p]![j]!, a[q]![j]!];
    a[p]![j] = cosine * x - sine * y;
    a[q]![j] = sine * x + cosine * y;
  }
  // What rounding leaves there is nothing.
  a[p]![q] = 0;
  a[q]![p] = 0;
}
