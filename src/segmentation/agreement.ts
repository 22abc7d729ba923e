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

/**
 * Adjusted Rand index of two labellings of the same customers: 1 = the same groups whatever their numbers, 0 = as alike as
 * chance makes them, below 0 less.
 *
 * @param a, b labels of any kind, see {@link LabelsInput}; rows without one in either are left out
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID`
 * @example
 * adjustedRand([0, 0, 1, 1], ['x', 'x', 'y', 'y']);   // 1
 *
 * Source: Hubert & Arabie (1985). O(n).
 */
export function adjustedRand(a: LabelsInput, b: LabelsInput): number {
  return adjustedRandOf(contingency('adjustedRand', a, b));
}

export function adjustedRandOf({ counts, rowSums, columnSums, n }: Contingency): number {
  const together = pairs(counts);
  const inRows = pairs(rowSums);
  const inColumns = pairs(columnSums);
  const expected = n < 2 ? 0 : (inRows / ((n * (n - 1)) / 2)) * inColumns;
  const most = (inRows + inColumns) / 2;
  // Both all in one group, or both all apart: the same.
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function pairs(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i]! * (counts[i]! - 1)) / 2;
  return sum;
}

/**
 * Jaccard index of two labellings: of the pairs of customers that are together in either, the share together in both.
 *
 * @param a, b labels of any kind, see {@link LabelsInput}; rows without one in either are left out
 * @returns 0 to 1; 1 where no pair is together in either
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID`
 * @example
 * jaccard([0, 0, 1, 1], [0, 0, 0, 1]);   // 0.25
 *
 * O(n).
 */
export function jaccard(a: LabelsInput, b: LabelsInput): number {
  const { counts, rowSums, columnSums } = contingency('jaccard', a, b);
  const both = pairs(counts);
  const either = pairs(rowSums) + pairs(columnSums) - both;
  return either === 0 ? 1 : both / either;
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
