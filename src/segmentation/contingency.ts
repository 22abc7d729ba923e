import { ClienteleError } from '../core/index.js';
import { readLabels, type LabelsInput } from './labels.js';

/** How often each pair of labels occurs together. */
export interface Contingency {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** counts[r × columns + c] */
  readonly counts: Int32Array;
  readonly rowSums: Int32Array;
  readonly columnSums: Int32Array;
  readonly n: number;
}

/** Count pairs of labels; rows without either are left out. */
export function contingency(where: string, a: LabelsInput, b: LabelsInput): Contingency {
  const [first, second] = [readLabels(where, a), readLabels(where, b)];
  if (first.codes.length !== second.codes.length) throw new ClienteleError('COLUMN_LENGTH', { where }, `the two labellings have ${first.codes.length} and ${second.codes.length} rows.`, 'Give labels of the same customers in the same order.');
  return contingencyOf(first.codes, first.values, second.codes, second.values);
}

export function contingencyOf(a: ArrayLike<number>, rows: readonly string[], b: ArrayLike<number>, columns: readonly string[]): Contingency {
  const counts = new Int32Array(rows.length * columns.length);
  const rowSums = new Int32Array(rows.length);
  const columnSums = new Int32Array(columns.length);
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    counts[a[i]! * columns.length + b[i]!]!++;
    rowSums[a[i]!]!++;
    columnSums[b[i]!]!++;
    n++;
  }
  return { rows, columns, counts, rowSums, columnSums, n };
}

/** Pairs of members within each group, added up. */
export function pairs(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i]! * (counts[i]! - 1)) / 2;
  return sum;
}

/** For each group of rows, the largest Jaccard index (shared members over all members) with any group of columns. */
export function bestOverlaps({ rows, columns, counts, rowSums, columnSums }: Contingency): Float64Array {
  return Float64Array.from(rows, (_, r) => {
    let best = 0;
    for (let c = 0; c < columns.length; c++) {
      const shared = counts[r * columns.length + c]!;
      best = Math.max(best, shared === 0 ? 0 : shared / (rowSums[r]! + columnSums[c]! - shared));
    }
    return best;
  });
}
