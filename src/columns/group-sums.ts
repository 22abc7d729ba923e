import { exactSum } from './exact-sum.js';

/**
 * The sum of each group, rounded once: the same in any order of the rows.
 *
 * @param values finite, one per row. Not modified.
 * @param codes group of each row, 0 to count - 1; rows of -1 are left out
 *
 * Method: values laid out group by group, then {@link exactSum} of each. O(n).
 */
export function groupSums(values: Float64Array, codes: Int32Array, count: number): Float64Array {
  const ends = groupSizes(codes, count);
  for (let group = 1; group < count; group++) ends[group]! += ends[group - 1]!;
  const next = Int32Array.from(ends, (_, group) => (group === 0 ? 0 : ends[group - 1]!));
  const laid = new Float64Array(count === 0 ? 0 : ends[count - 1]!);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== -1) laid[next[codes[i]!]!++] = values[i]!;
  return Float64Array.from(ends, (end, group) => exactSum(laid.subarray(group === 0 ? 0 : ends[group - 1]!, end)));
}

/** How many rows each group has. */
export function groupSizes(codes: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== -1) sizes[codes[i]!]!++;
  return sizes;
}
