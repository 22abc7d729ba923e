import { checkKeys, checkWhole, checkWord, optionInvalid } from '../core/index.js';
import { MOST_CLUSTERS } from './clustering.js';
import type { Algorithm, SearchProgress } from './find-clusters.js';
import type { ScaleOption } from './scaling.js';
import type { StartMethod } from './start-centers.js';

/** What `fitKmeans` learns, and how. */
export interface FitKmeansOptions {
  /** clusters, 2 to 1000, and no more than there are different customers */
  readonly k: number;
  /** numeric columns; recency, frequency and monetary by default */
  readonly features?: readonly string[];
  /** one scaling, or one per feature; `'log-zscore'` by default: money and orders are skewed */
  readonly scale?: ScaleOption;
  /** a column, or one number of 0 or more per row: what each counts in centres and inertia (scaling takes no notice) */
  readonly weights?: string | ArrayLike<number>;
  /** whole number, 0 to 2^32 - 1; 1 by default. The same seed gives the same clusters. */
  readonly seed?: number;
  /** how many times to begin anew, keeping the best; 10 by default, 1 with initialCenters */
  readonly starts?: number;
  /** `'k-means++'` (greedy, default) or `'random'` */
  readonly start?: StartMethod;
  /** one list of features per cluster, instead of a start that is drawn */
  readonly initialCenters?: readonly ArrayLike<number>[];
  /** whether initialCenters are `'scaled'` (default) or in the features' `'original'` units */
  readonly centersIn?: 'scaled' | 'original';
  /** 300 by default; for `'mini-batch'` the number of batches */
  readonly maxIterations?: number;
  /** `'auto'` by default: `'hartigan-wong'` up to 20,000 customers, `'hamerly'` beyond */
  readonly algorithm?: Algorithm | 'auto';
  /** `'value'` (default): cluster 0 has the highest mean of `value`; `'start'`: in the order of the starting centres */
  readonly order?: 'value' | 'start';
  /** the column clusters are ordered by; `monetary` where there is one, else the first feature */
  readonly value?: string;
  /** called after every start; what it throws stops the fit */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** How customers in clusters are shown. */
export interface ScoreKmeansOptions {
  /** language of labels, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Options of {@link kmeans}. */
export interface KmeansOptions extends FitKmeansOptions, ScoreKmeansOptions {}

export const FIT_OPTIONS: readonly string[] = ['k', 'features', 'scale', 'weights', 'seed', 'starts', 'start', 'initialCenters', 'centersIn', 'maxIterations', 'algorithm', 'order', 'value', 'onProgress'];
export const SCORE_OPTIONS: readonly string[] = ['labels'];

/** The options that need no data to be checked. */
export interface CheckedOptions {
  readonly k: number;
  readonly seed: number;
  readonly starts: number;
  readonly start: StartMethod;
  readonly centersIn: 'scaled' | 'original';
  readonly maxIterations: number;
  readonly algorithm: Algorithm | 'auto';
  readonly order: 'value' | 'start';
}

/**
 * Check how clusters are to be found.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function checkFitOptions(where: string, options: FitKmeansOptions, more: readonly string[] = []): CheckedOptions {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) throw optionInvalid(where, 'k', undefined, 'Give the number of clusters: { k: 4 }; chooseK helps to find one.');
  checkKeys(where, options, [...FIT_OPTIONS, ...more]);
  const { k, seed = 1, starts = 10, start = 'k-means++', centersIn = 'scaled', maxIterations = 300, algorithm = 'auto', order = 'value', initialCenters, value } = options;
  if (k === undefined) throw optionInvalid(where, 'k', k, 'Give the number of clusters: { k: 4 }; chooseK helps to find one.');
  if (value !== undefined && typeof value !== 'string') throw optionInvalid(where, 'value', value, "Name a numeric column: 'monetary'.");
  if (initialCenters !== undefined && options.starts !== undefined && options.starts !== 1) throw optionInvalid(where, 'starts', options.starts, 'Given centres make one start: leave starts out, or let centres be drawn.');
  return {
    k: checkWhole(where, 'k', k, 2, MOST_CLUSTERS),
    seed: checkWhole(where, 'seed', seed, 0, 0xffffffff),
    starts: initialCenters === undefined ? checkWhole(where, 'starts', starts, 1, 10_000) : 1,
    start: checkWord(where, 'start', start, ['k-means++', 'random']),
    centersIn: checkWord(where, 'centersIn', centersIn, ['scaled', 'original']),
    maxIterations: checkWhole(where, 'maxIterations', maxIterations, 1, 1_000_000),
    algorithm: checkWord(where, 'algorithm', algorithm, ['auto', 'lloyd', 'hamerly', 'hartigan-wong', 'mini-batch']),
    order: checkWord(where, 'order', order, ['value', 'start']),
  };
}
