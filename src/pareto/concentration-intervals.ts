import { checkKeys, checkWhole, checkWord, optionInvalid, seededRandom } from '../core/index.js';
import { shareCount, sortNumbers, Table } from '../columns/index.js';
import { checkedValues } from './checked-values.js';
import { checkShare } from './top-share.js';

/** How the intervals are found. */
export interface ConcentrationIntervalsOptions {
  /** share of customers whose part is looked at; 0.2 by default, rounded up */
  readonly top?: number;
  /** share of the total whose customers are looked at; 0.8 by default */
  readonly of?: number;
  /** coverage, above 0 and below 1; 0.95 by default */
  readonly level?: number;
  /** resamples, 100 to 100,000; 1000 by default */
  readonly samples?: number;
  /** the same seed gives the same intervals; 1 by default */
  readonly seed?: number;
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
  /** told after each resample how many are done; throw to stop */
  readonly onProgress?: (done: number, samples: number) => void;
}

/**
 * How sure the figures are: bootstrap intervals of the top share, the share of customers needed, Gini and HHI.
 *
 * They say how much the figures would change with other customers of the same kind, not with other years. A few very large
 * customers make them too narrow.
 *
 * @param values one per customer, length n >= 2, none below 0, total above 0; any unit. Not modified.
 * @returns `measure` (top-share, needed, gini, hhi), its `label`, `estimate`, `lower`, `upper`
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * concentrationIntervals(spend, { samples: 500, seed: 7 });
 *
 * Method: Efron's percentile bootstrap; values are sorted once and resampled as counts. O(samples × n).
 */
export function concentrationIntervals(values: Float64Array | readonly number[], options: ConcentrationIntervalsOptions = {}): Table {
  const where = 'concentrationIntervals';
  checkKeys(where, options, ['top', 'of', 'level', 'samples', 'seed', 'labels', 'onProgress']);
  const labels = LABELS[checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const top = checkShare(where, 'top', options.top ?? 0.2);
  const of = checkShare(where, 'of', options.of ?? 0.8);
  const { level = 0.95 } = options;
  if (!(level > 0 && level < 1)) throw optionInvalid(where, 'level', level, 'Give a coverage between 0 and 1, such as 0.95.');
  const samples = checkWhole(where, 'samples', options.samples ?? 1000, 100, 100_000);
  const random = seededRandom(options.seed ?? 1);
  const ascending = sortNumbers(checkedValues(where, values).values);
  const n = ascending.length;
  const topCount = shareCount(top, n, 'ceil');

  const estimate = measured(ascending, new Int32Array(n).fill(1), topCount, of);
  const drawn = NAMES.map(() => new Float64Array(samples));
  const counts = new Int32Array(n);
  for (let s = 0; s < samples; s++) {
    let own: Float64Array;
    do {
      counts.fill(0);
      for (let k = 0; k < n; k++) counts[random.below(n)]!++;
      own = measured(ascending, counts, topCount, of);
    } while (Number.isNaN(own[0]));      // only zeros were drawn
    own.forEach((value, m) => (drawn[m]![s] = value));
    options.onProgress?.(s + 1, samples);
  }
  drawn.forEach((own) => own.sort());
  const quantile = (own: Float64Array, p: number): number => own[Math.min(samples - 1, Math.max(0, Math.round(p * (samples - 1))))]!;
  return new Table([
    ['measure', { type: 'category', data: Int32Array.from(NAMES, (_, m) => m), values: NAMES }],
    ['label', { type: 'category', data: Int32Array.from(NAMES, (_, m) => m), values: labels }],
    ['estimate', { type: 'number', data: estimate }],
    ['lower', { type: 'number', data: Float64Array.from(drawn, (own) => quantile(own, (1 - level) / 2)) }],
    ['upper', { type: 'number', data: Float64Array.from(drawn, (own) => quantile(own, (1 + level) / 2)) }],
  ]);
}

const NAMES = ['top-share', 'needed', 'gini', 'hhi'];
const LABELS = { en: ['Share of the top', 'Customers needed', 'Gini', 'HHI'], zh: ['头部占比', '所需客户占比', '基尼系数', '赫芬达尔指数'] } as const;

/** The measures of ascending values, each standing `counts` times; n in all. NaN where the total is 0. */
function measured(ascending: Float64Array, counts: Int32Array, topCount: number, of: number): Float64Array {
  const n = ascending.length;
  let total = 0, squares = 0, ranked = 0, at = 0;
  for (let i = 0; i < n; i++) {
    const count = counts[i]!;
    if (count === 0) continue;
    const x = ascending[i]!;
    total += count * x;
    squares += count * x * x;
    // Σ (2k - 1 - n) over the places at + 1 … at + count that the value takes.
    ranked += count * (2 * at + count - n) * x;
    at += count;
  }
  if (total === 0) return new Float64Array(NAMES.length).fill(NaN);
  let taken = 0, sum = 0, topSum = 0, needed = 0;
  for (let i = n - 1; i >= 0 && (taken < topCount || needed === 0); i--) {
    const count = counts[i]!;
    if (count === 0) continue;
    const x = ascending[i]!;
    if (taken < topCount) topSum += Math.min(count, topCount - taken) * x;
    const missing = of * total * (1 - 1e-12) - sum;
    if (needed === 0 && count * x >= missing) needed = taken + Math.min(count, Math.max(1, Math.ceil(missing / x)));
    taken += count;
    sum += count * x;
  }
  return Float64Array.of(topSum / total, needed / n, Math.max(0, ranked / (n * total)), squares / (total * total));
}
