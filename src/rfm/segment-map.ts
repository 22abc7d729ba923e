import type { MethodOption } from './options.js';
import type { BothLanguages } from './segment-texts.js';

/** Scores a segment takes, by dimension: one score, or from … to, both included. A dimension left out takes any. */
export type ScoreRanges = Readonly<Record<string, number | readonly [from: number, to: number]>>;

/** One segment of a map: which codes it takes, and what people read about it. */
export interface MapSegment {
  /** stays the same in every language: `'at_risk'` */
  readonly key: string;
  /** codes such as `'555'`, or `'4-3-10'` where a dimension has more than nine scores */
  readonly codes?: readonly string[];
  /** one set of ranges, or several of which any may match */
  readonly ranges?: ScoreRanges | readonly ScoreRanges[];
  /** in one language, or in both; the library's own text for a known key, else the key, when absent */
  readonly label?: string | BothLanguages;
  readonly meaning?: string | BothLanguages;
  readonly action?: string | BothLanguages;
}

/** A map from score codes to segments, as data. */
export interface SegmentMap {
  /** `'custom'` when absent */
  readonly name?: string;
  /** keys of the dimensions a code is made of; r, f, m when absent */
  readonly dimensions?: readonly string[];
  /** scores of each dimension; 5 each when absent */
  readonly bins?: readonly number[];
  /** the scoring that belongs to the map, used where `method` is not given */
  readonly method?: MethodOption;
  /** in the order they are tried: the first that takes a code has it; codes none takes become `others` */
  readonly segments: readonly MapSegment[];
  /** keys from best to worst, for the segment table and migration; the order of `segments` when absent */
  readonly order?: readonly string[];
}
