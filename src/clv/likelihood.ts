import type { MergedRows } from './merge-rows.js';

/**
 * Customers that share their covariates, merged: what a likelihood kernel runs over. The columns are repeats, span,
 * tenure; `levels` are the distinct repeats and `level` each row's place among them, so that gamma functions of the
 * repeats are computed once per level.
 */
export interface LikelihoodGroup {
  readonly repeats: Float64Array;
  readonly span: Float64Array;
  readonly tenure: Float64Array;
  readonly weight: Float64Array;
  readonly n: number;
  readonly levels: Float64Array;
  readonly level: Int32Array;
  /** customers at each level */
  readonly levelWeight: Float64Array;
  /** values of the covariates, in the order of `CovariateNames` */
  readonly purchases: Float64Array;
  readonly lifetime: Float64Array;
}

/**
 * Adds a group's log-likelihood and its derivatives by four parameters: `out[0]` the value, `out[1 … 4]` the gradient,
 * `out[5 … 14]` the upper triangle of the Hessian row by row (11, 12, 13, 14, 22, 23, 24, 33, 34, 44).
 */
export type LikelihoodKernel = (group: LikelihoodGroup, params: Float64Array, out: Float64Array) => void;

/** Length of a kernel's `out`. */
export const KERNEL_LENGTH = 15;

/** Divide merged rows (repeats, span, tenure, then covariates of the lifetime and of purchases) into groups of equal covariates. */
export function likelihoodGroups(merged: MergedRows, lifetimes: number, purchases: number): LikelihoodGroup[] {
  if (lifetimes + purchases === 0) return [groupOf(merged, undefined, 0, 0)];
  const byKey = new Map<string, number[]>();
  const covariates = merged.columns.slice(3);
  for (let i = 0; i < merged.n; i++) {
    const key = covariates.map((column) => column[i]!).join('|');
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [i]);
    else members.push(i);
  }
  return [...byKey.values()].map((members) => groupOf(merged, Int32Array.from(members), lifetimes, purchases));
}

function groupOf(merged: MergedRows, members: Int32Array | undefined, lifetimes: number, purchases: number): LikelihoodGroup {
  const pick = (column: Float64Array): Float64Array => (members === undefined ? column : Float64Array.from(members, (i) => column[i]!));
  const [repeats, span, tenure] = merged.columns.slice(0, 3).map(pick) as [Float64Array, Float64Array, Float64Array];
  const weight = pick(merged.weight);
  const places = new Map<number, number>();
  const sums: number[] = [];
  const level = new Int32Array(repeats.length);
  for (let i = 0; i < repeats.length; i++) {
    let place = places.get(repeats[i]!);
    if (place === undefined) {
      places.set(repeats[i]!, (place = places.size));
      sums.push(0);
    }
    level[i] = place;
    sums[place]! += weight[i]!;
  }
  const one = members?.[0] ?? 0;
  const values = merged.columns.slice(3).map((column) => column[one]!);
  return {
    repeats, span, tenure, weight, n: repeats.length, levels: Float64Array.from(places.keys()), level, levelWeight: Float64Array.from(sums),
    lifetime: Float64Array.from(values.slice(0, lifetimes)), purchases: Float64Array.from(values.slice(lifetimes, lifetimes + purchases)),
  };
}
