import { exactSum } from '../columns/index.js';
import { memberValues, squaresFrom, type Members } from './members.js';

/** One feature by cluster, missing values left out. */
export interface FeatureStats {
  /** values of all members, cluster by cluster, and where each cluster's begin; the last entry is their number */
  readonly values: Float64Array;
  readonly starts: Int32Array;
  /** of all members; NaN when there are none */
  readonly mean: number;
  /** population standard deviation of all members */
  readonly deviation: number;
  /** per cluster; NaN for one without members */
  readonly means: readonly number[];
}

/** Sort a feature by cluster and take its means, by exact sums: the order of the rows plays no part. O(n). */
export function statsOf(column: Float64Array, members: Members): FeatureStats {
  const { values, starts } = memberValues(column, members);
  const mean = exactSum(values) / values.length;
  const deviation = Math.sqrt(exactSum(squaresFrom(values, mean)) / values.length);
  const means = Array.from({ length: starts.length - 1 }, (_, c) => exactSum(values.subarray(starts[c]!, starts[c + 1]!)) / (starts[c + 1]! - starts[c]!));
  return { values, starts, mean, deviation, means };
}

/** The values of one cluster. */
export function ownValues({ values, starts }: FeatureStats, cluster: number): Float64Array {
  return values.subarray(starts[cluster]!, starts[cluster + 1]!);
}
