import { contingency, pairs, type Contingency } from './contingency.js';
import type { LabelsInput } from './labels.js';

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
