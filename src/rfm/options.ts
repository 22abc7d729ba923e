import type { RfmMethod } from './model.js';
import type { SegmentMap } from './segment-map.js';
import type { MapName } from './segment-maps.js';

/** Own cut points, ascending, in the measure's unit: one more score than cuts. */
export interface CutsOption {
  readonly cuts: readonly number[];
  /** `'right'` (default): a value on a cut belongs to the lower group; `'left'`: to the upper one, as in R rfm */
  readonly closed?: 'right' | 'left';
}

/** One rule for all dimensions, or one per dimension by key or column: `{ recency: { cuts: [180, 365] }, f: 'ntile' }`. */
export type MethodOption = RfmMethod | Readonly<Record<string, RfmMethod | CutsOption>>;

/** A measure to score: its column and which end is best. */
export interface DimensionOption {
  readonly column: string;
  /** `'low'` where less is better, such as days since the last order */
  readonly best: 'high' | 'low';
  /** for the limits in `why`: `'visits'` */
  readonly unit?: string;
}

/** The eight high/low classes of R, F and M. */
export interface OctantsOption {
  readonly octants: {
    /**
     * Where high begins: the measures' `'mean'` (default) or `'median'`, the mean of the scores (`'mean-score'`), or own
     * values in the measures' units, `[days, orders, money]` or by key or column
     */
    readonly at?: 'mean' | 'median' | 'mean-score' | readonly [r: number, f: number, m: number] | Readonly<Record<string, number>>;
    /** whether a value on the cut is high; false by default */
    readonly inclusive?: boolean;
  };
}

/**
 * A segment map of one's own as a function: from scores by dimension key to a segment key. Called once per score code
 * that occurs; `null` or `undefined` means `others`.
 */
export type MapFunction = (scores: Readonly<Record<string, number>>) => string | null | undefined;

/** How customers are scored: what `fitRfm` learns. */
export interface FitRfmOptions {
  /** scores per dimension, 2 to 20: one number, one per dimension in order, or by key or column; 5 by default */
  readonly bins?: number | readonly number[] | Readonly<Record<string, number>>;
  /** `'quantile'` by default */
  readonly method?: MethodOption;
  /** `'standard'` by default: a name, `{ octants: { at, inclusive } }`, or a map of one's own */
  readonly map?: MapName | OctantsOption | SegmentMap;
  /** share of each dimension in the weighted scores, summing to 1: in order, or by key or column */
  readonly weights?: readonly number[] | Readonly<Record<string, number>>;
  /**
   * Dimensions beside r, f and m, by key: `{ l: { column: 'span', best: 'high' } }` scores R, F, M and L. `m: false`
   * leaves one of the three out, `m: { column: 'visits', best: 'high' }` scores another column in its place. Keys named
   * stand in the order named, behind those of r, f, m that are not named.
   */
  readonly dimensions?: Readonly<Record<string, boolean | DimensionOption>>;
}

/** How scored customers are shown. */
export interface ScoreRfmOptions {
  /** language of labels and actions, `'en'` by default, or own labels by segment key */
  readonly labels?: 'en' | 'zh' | Readonly<Record<string, string>>;
  /** add `why`: the limits and the rule that put each customer there */
  readonly why?: boolean;
  /** add `sum`: the scores added up */
  readonly sum?: boolean;
}

/** Options of {@link rfm}. */
export interface RfmOptions extends Omit<FitRfmOptions, 'map'>, ScoreRfmOptions {
  /** as in `fitRfm`, or a function */
  readonly map?: FitRfmOptions['map'] | MapFunction;
}

export const FIT_OPTIONS: readonly string[] = ['bins', 'method', 'map', 'weights', 'dimensions'];
export const SCORE_OPTIONS: readonly string[] = ['labels', 'why', 'sum'];
