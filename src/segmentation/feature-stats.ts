import { exactParts, exactSlices, exactSum, exactTotal } from '../columns/index.js';
import { medianWithin } from './median-within.js';
import { squaresFrom } from './members.js';

/** One column by cluster, missing values left out. */
export interface FeatureStats {
  /** of all members; NaN when there are none */
  readonly mean: number;
  /** population standard deviation of all members */
  readonly deviation: number;
  /** per cluster; NaN for one without members, whose sum is 0 */
  readonly sums: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly medians: ArrayLike<number>;
  readonly least: ArrayLike<number>;
  readonly most: ArrayLike<number>;
}

/**
 * What the values of each cluster are like; by exact sums, so that the order of the rows plays no part. O(n).
 *
 * @param codes cluster of each row; rows below 0 are in none
 */
export function statsOf(column: Float64Array, codes: Int32Array | Uint16Array, k: number): FeatureStats {
  const ranges = rangesByCode(column, codes, k);
  const { parts, values, starts } = gatherByCode(column, codes, ranges);
  const mean = exactTotal(parts) / values.length;
  const sums = parts.map((part) => exactTotal([part]));
  return {
    mean, deviation: Math.sqrt(squaredApart(values, mean, ranges) / values.length), sums,
    means: sums.map((sum, c) => sum / ranges.counts[c]!),
    medians: sums.map((_, c) => (ranges.counts[c] === 0 ? NaN : medianWithin(values.subarray(starts[c], starts[c + 1]), ranges.least[c]!, ranges.most[c]!))),
    least: ranges.least.map(orNaN), most: ranges.most.map(orNaN),
  };
}

/** The sum of each cluster, exact, and how many values it has. */
export function sumsByCode(column: Float64Array, codes: Int32Array | Uint16Array, k: number): { readonly sums: Float64Array; readonly counts: Int32Array } {
  const ranges = rangesByCode(column, codes, k);
  return { sums: Float64Array.from(gatherByCode(column, codes, ranges).parts, (part) => exactTotal([part])), counts: ranges.counts };
}

/** Of each cluster: how many values, and the ends of their range. */
interface Ranges {
  readonly counts: Int32Array;
  /** infinite for a cluster without values */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * Rows handled by one call of an inner loop: called often, it is compiled after a few calls, also in a thread that is new.
 */
const RUN = 4096;

function rangesByCode(column: Float64Array, codes: Int32Array | Uint16Array, k: number): Ranges {
  const ranges: Ranges = { counts: new Int32Array(k), least: new Float64Array(k).fill(Infinity), most: new Float64Array(k).fill(-Infinity) };
  for (let from = 0; from < codes.length; from += RUN) rangesOfRun(column, codes, from, Math.min(codes.length, from + RUN), ranges);
  return ranges;
}

function rangesOfRun(column: Float64Array, codes: Int32Array | Uint16Array, from: number, to: number, { counts, least, most }: Ranges): void {
  for (let i = from; i < to; i++) {
    const c = codes[i]!;
    const value = column[i]!;
    if (c < 0 || value !== value) continue;
    counts[c]!++;
    if (value < least[c]!) least[c] = value;
    if (value > most[c]!) most[c] = value;
  }
}

/** Where values go, and their sums in three slices on the way. */
interface Gathering {
  readonly slices: readonly [first: number, second: number, third: number];
  readonly next: Int32Array;
  readonly values: Float64Array;
  /** three of each cluster */
  readonly sums: Float64Array;
  /** what slices leave over, rarely anything */
  readonly left: readonly number[][];
}

/** Values cluster by cluster, where each begins, and the parts of each sum. */
function gatherByCode(column: Float64Array, codes: Int32Array | Uint16Array, { counts, least, most }: Ranges): { readonly values: Float64Array; readonly starts: Int32Array; readonly parts: number[][] } {
  const k = counts.length;
  const starts = new Int32Array(k + 1);
  for (let c = 0; c < k; c++) starts[c + 1] = starts[c]! + counts[c]!;
  const n = starts[k]!;
  const slices = exactSlices(Math.max(0, ...most, ...least.map((end) => -end)), n);
  const gathering: Gathering = { slices: slices ?? [0, 0, 0], next: starts.slice(), values: new Float64Array(n), sums: new Float64Array(3 * k), left: Array.from({ length: k }, () => []) };
  for (let from = 0; from < codes.length; from += RUN) gatherRun(column, codes, from, Math.min(codes.length, from + RUN), gathering);
  const { values, sums, left } = gathering;
  const parts = left.map((rest, c) => (slices === undefined ? exactParts(values.subarray(starts[c], starts[c + 1])) : [...sums.subarray(c * 3, c * 3 + 3), ...rest]));
  return { values, starts, parts };
}

function gatherRun(column: Float64Array, codes: Int32Array | Uint16Array, from: number, to: number, { slices: [first, second, third], next, values, sums, left }: Gathering): void {
  for (let i = from; i < to; i++) {
    const c = codes[i]!;
    const value = column[i]!;
    if (c < 0 || value !== value) continue;
    values[next[c]!++] = value;
    const a = first + value - first;
    const b = second + (value - a) - second;
    const rest = value - a - b;
    const d = third + rest - third;
    sums[c * 3]! += a;
    sums[c * 3 + 1]! += b;
    sums[c * 3 + 2]! += d;
    if (rest !== d) left[c]!.push(rest - d);
  }
}

/** The sum of squared differences from `mean`; exact. */
function squaredApart(values: Float64Array, mean: number, { least, most }: Ranges): number {
  const farthest = Math.max(0, ...most.map((end) => end - mean), ...least.map((end) => mean - end));
  const slices = exactSlices(farthest * farthest, values.length);
  if (slices === undefined) return exactSum(squaresFrom(values, mean));
  const sums = [0, 0, 0];
  for (let from = 0; from < values.length; from += RUN) squaresOfRun(values, from, Math.min(values.length, from + RUN), mean, slices, sums);
  return exactTotal([sums]);
}

/** Add to `sums`, three slices first, then what they leave over. */
function squaresOfRun(values: Float64Array, from: number, to: number, mean: number, [first, second, third]: Gathering['slices'], sums: number[]): void {
  let high = 0, middle = 0, low = 0;
  for (let i = from; i < to; i++) {
    const apart = values[i]! - mean;
    const square = apart * apart;
    const a = first + square - first;
    const b = second + (square - a) - second;
    const rest = square - a - b;
    const c = third + rest - third;
    high += a;
    middle += b;
    low += c;
    if (rest !== c) sums.push(rest - c);
  }
  sums[0]! += high;
  sums[1]! += middle;
  sums[2]! += low;
}

function orNaN(end: number): number {
  return Number.isFinite(end) ? end + 0 : NaN;
}

/** The same, of the clusters in another order. */
export function statsInOrder({ mean, deviation, ...byCluster }: FeatureStats, order: readonly number[]): FeatureStats {
  const { sums, means, medians, least, most } = byCluster;
  const ordered = (values: ArrayLike<number>): number[] => order.map((c) => values[c]!);
  return { mean, deviation, sums: ordered(sums), means: ordered(means), medians: ordered(medians), least: ordered(least), most: ordered(most) };
}
