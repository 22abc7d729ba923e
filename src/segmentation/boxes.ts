import type { Points } from './points.js';

/** Boxes are made of points of so many features at most; with more, most boxes would reach into several clusters. */
export const MOST_FEATURES = 3;
/** From this many points on boxes pay for their making. */
export const BOXES_FROM = 20_000;
/** Points of a box, about. 50 iterations over 1 M points, k = 8, one thread: 237 ms with 16, 194 with 32, 186 with 64, 194 with 100. */
const PER_BOX = 40;
const MOST_BINS: readonly number[] = [1024, 180, 40];
/** Equal steps a feature's range is divided into, to find the bin of a value without a search. */
export const STEPS = 4096;
/** Stretches of points counted and placed for themselves. */
export const LANES = 8;
/** Numbers kept of the points of one cluster in one block: three features and the weight, first slices, then second ones. */
export const SUM_WIDTH = 8;
/** In `owners`: points of several clusters. */
export const MIXED = 0xffff;

/**
 * Points of one to three features gathered box by box: neighbours stand together, most boxes lie wholly in one cluster, and
 * then one look at the box does for all of its points.
 *
 * Which points share a box plays no part in the answer: labels are those of a look at every centre for every point, and
 * sums of points are made of slices that add up exactly (see `exactSlices`).
 */
export interface Boxes {
  readonly n: number;
  /** bins of each feature; a box is the product of three */
  readonly bins: Int32Array;
  readonly places: number;
  /** of each feature: where its steps begin, and how many there are in a unit */
  readonly ruler: Float64Array;
  /** the bin of each step, feature after feature */
  readonly binOf: Uint16Array;
  /** the place of each point of the clustering, and how many of each lane are in each place; then where the next one goes */
  readonly placeOf: Uint16Array;
  readonly next: Int32Array;
  /** of each lane: the largest value of each feature in size, and the largest weight */
  readonly largest: Float64Array;

  /** one number: boxes with points in them */
  readonly used: Int32Array;
  /** first point of each box; behind the last, n */
  readonly starts: Int32Array;
  /** first box of each block */
  readonly blocks: Int32Array;
  /** box by box, three numbers a point, 0 for features that are not there */
  readonly data: Float64Array;
  readonly weights: Float64Array | undefined;
  /** the clustering's point at each place */
  readonly rows: Int32Array;
  /** of each box: its middle and half its extent in each feature */
  readonly shapes: Float64Array;

  readonly labels: Uint16Array;
  /** of each box: the cluster all its points are in, or {@link MIXED}; and the cluster its middle was nearest to */
  readonly owners: Uint16Array;
  readonly hints: Uint16Array;
  /** as those of points; below 0 where the box must be looked at */
  readonly bounds: Float64Array;
  /** per block: points equally far from two centres and nearest to both, at the last look */
  readonly ties: Int32Array;
  /** per block and cluster, {@link SUM_WIDTH} numbers */
  readonly sums: Float64Array;
  /** constants of `exactSlices`: the first of three features and the weight, then the second; 0 where there are none */
  readonly slices: Float64Array;
}

/** Room for boxes of points, which may not be there yet. */
export function newBoxes(points: Points, k: number, blocks: number, bytes: (count: number) => ArrayBuffer): Boxes {
  const { n, d } = points;
  const each = Math.max(1, Math.min(MOST_BINS[d - 1]!, Math.round((n / PER_BOX) ** (1 / d))));
  const bins = Int32Array.from([each, d > 1 ? each : 1, d > 2 ? each : 1]);
  const places = bins[0]! * bins[1]! * bins[2]!;
  const doubles = (length: number): Float64Array => new Float64Array(bytes(length * 8));
  const integers = (length: number): Int32Array => new Int32Array(bytes(length * 4));
  const shorts = (length: number): Uint16Array => new Uint16Array(bytes(length * 2));
  return {
    n, bins, places, ruler: doubles(6), binOf: shorts(3 * STEPS), placeOf: shorts(n), next: integers(LANES * places), largest: doubles(LANES * 4),
    used: integers(1), starts: integers(places + 1), blocks: integers(blocks + 1), data: doubles(n * 3), weights: points.weights === undefined ? undefined : doubles(n),
    rows: integers(n), shapes: doubles(places * 6), labels: shorts(n), owners: shorts(places), hints: shorts(places), bounds: doubles(places), ties: integers(blocks),
    sums: doubles(blocks * k * SUM_WIDTH), slices: doubles(8),
  };
}

/** Points looked at to divide a feature, for each bin. */
const SAMPLE = 64;

/** Find bins of one feature that hold about as many points each. */
export function divide({ n, d, data }: Points, { bins: { [0]: bins = 1 }, ruler, binOf }: Boxes, f: number): void {
  const some = Math.min(n, SAMPLE * bins);
  const values = Float64Array.from({ length: some }, (_, i) => data[Math.floor((i * n) / some) * d + f]!).sort();
  // Steps reach from the middle of the first bin to that of the last: beyond, all is one bin anyway.
  const edge = Math.floor(some / (2 * bins));
  const least = values[edge]!;
  const range = values[some - 1 - edge]! - least;
  const perUnit = range > 0 && STEPS / range < Infinity ? STEPS / range : 0;
  ruler[f * 2] = least;
  ruler[f * 2 + 1] = perUnit;
  if (perUnit === 0) return;
  let below = 0;
  for (let step = 0; step < STEPS; step++) {
    const middle = least + (step + 0.5) / perUnit;
    while (below < some && values[below]! <= middle) below++;
    binOf[f * STEPS + step] = Math.min(bins - 1, Math.floor((below * bins) / some));
  }
}
