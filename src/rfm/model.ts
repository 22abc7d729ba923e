import type { Diagnostics } from '../core/index.js';
import type { Showable, Table } from '../columns/index.js';
import type { CustomersMeta } from '../transactions/index.js';
import type { BothLanguages } from './segment-texts.js';

/**
 * How a measure becomes scores.
 *
 * - `'quantile'`: type-7 quantiles of the values as cuts, a value on a cut in the lower group
 * - `'r-rfm'`: the R package rfm 0.3.0: the same quantiles plus 1, a value on a cut in the upper group
 * - `'qcut-drop'`: pandas `qcut(duplicates='drop')`: equal edges removed, so there may be fewer scores than asked for
 * - `'rank-first'`: pandas `qcut(rank(method='first'))`, ties by customer id
 * - `'ntile'`: SQL `NTILE`, ties by customer id: groups of equal size
 * - `'percent-rank'`, `'cume-dist'`: SQL `PERCENT_RANK`, `CUME_DIST`: equal values share a score
 * - `'nested'`: Hughes: `ntile` inside each group of the dimensions before
 * - `'equal-width'`: the range cut into equal pieces
 * - `'natural-breaks'`: groups with the least squared distance inside (Fisher-Jenks)
 */
export type RfmMethod = 'quantile' | 'r-rfm' | 'qcut-drop' | 'rank-first' | 'ntile' | 'percent-rank' | 'cume-dist' | 'nested' | 'equal-width' | 'natural-breaks';

/** Groups by rank, the worst first: `scores` used and the least and greatest value of each, ascending by value. */
export interface RfmLevels {
  readonly scores: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
}

/** Levels inside one group of the dimensions before: `within` is their score text, e.g. `'54'`. */
export interface RfmGroup extends RfmLevels {
  readonly within: string;
}

/** What was learned of one measure: cuts, or the levels of a rank method. */
export interface RfmDimension {
  /** name of the score column: `'r'` */
  readonly key: string;
  /** the measure it scores: `'recency'` */
  readonly column: string;
  /** which end scores highest */
  readonly best: 'high' | 'low';
  readonly unit?: string;
  readonly method: RfmMethod | 'cuts';
  /** number of scores, 1 … bins; below 2 only where `qcut-drop` found nothing to part */
  readonly bins: number;
  /** true when every value was a whole number: limits are then told in whole numbers */
  readonly whole: boolean;
  /** range of the values learned from; both absent when cuts were given and no customer had a purchase */
  readonly lowest?: number;
  readonly highest?: number;
  /** ascending, bins - 1 of them, in the measure's unit */
  readonly cuts?: readonly number[];
  /** `'right'`: a value on a cut belongs to the lower group; `'left'`: to the upper one */
  readonly closed?: 'right' | 'left';
  /** of a rank method, over all customers */
  readonly levels?: RfmLevels;
  /** of `nested`, one per group of customers that there was */
  readonly groups?: readonly RfmGroup[];
}

/** One segment of a map as kept in a model: every code belongs to exactly one segment. */
export interface ModelSegment {
  readonly key: string;
  readonly codes: readonly string[];
  /** the ranges the codes come from, for people */
  readonly rule?: string;
  readonly label?: BothLanguages;
  readonly meaning?: BothLanguages;
  readonly action?: BothLanguages;
}

/** A map from score codes to segments, in order from best to worst. */
export interface CodeMap {
  readonly kind: 'codes';
  readonly name: string;
  /** keys of the dimensions a code is made of, in order */
  readonly dimensions: readonly string[];
  readonly bins: readonly number[];
  readonly segments: readonly ModelSegment[];
}

/** The eight high/low classes, cut by value or by score. */
export interface OctantMap {
  readonly kind: 'octants';
  readonly name: 'octants';
  readonly at: 'mean' | 'median' | 'mean-score' | 'values';
  /** true when a value on the cut is high */
  readonly inclusive: boolean;
  /** of r, f and m: in the measures' units, or in scores for `'mean-score'` */
  readonly cuts: readonly [r: number, f: number, m: number];
}

/** By which rules and as of when the customers were summarized; without `asOf` for plain columns. */
export interface RfmMeta extends Partial<Omit<CustomersMeta, 'state'>> {
  /** how many customers with a purchase it was learned from */
  readonly customers: number;
}

/** What RFM scoring learned, as plain JSON-safe data: made by `fitRfm`, read back by `loadRfmModel`. */
export interface RfmModel {
  readonly kind: 'rfm';
  readonly version: 1;
  readonly meta: RfmMeta;
  readonly dimensions: readonly RfmDimension[];
  /** absent when no map fits the scores, or the map is a function */
  readonly map?: CodeMap | OctantMap;
  /** one per dimension, summing to 1 */
  readonly weights?: readonly number[];
}

/** Scored customers; shows itself as the segment table under its as-of line. */
export interface RfmResult extends Showable {
  /**
   * One row per customer, in the order given: customer, the measures, one score per dimension (`r`, `f`, `m`), `score`,
   * `segment`, `label`, then what was asked for (`sum`, `weighted`, `weighted100`, `weightedMinMax`, `why`),
   * `approximate` where limits of a rank method were applied, and the carried columns.
   */
  readonly table: Table;
  /**
   * One row per segment, in the map's order, summed up when it is first looked at: segment, label, customers, share, orders, revenue, revenueShare,
   * meanBasket, medianRecency, medianFrequency, medianMonetary, medians of other dimensions, action.
   */
  readonly segments: Table;
  readonly model: RfmModel;
  /** as of when, from what and by which rules the scored customers were summarized; absent for plain columns. The model has those it was learned from. */
  readonly meta?: CustomersMeta;
  readonly diagnostics: Diagnostics;
}
