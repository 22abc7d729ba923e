import { contingency, pairs } from './contingency.js';
import type { LabelsInput } from './labels.js';

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
