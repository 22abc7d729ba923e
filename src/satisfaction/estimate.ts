import { seededRandom } from '../core/index.js';
import { sortedQuantile } from '../columns/index.js';
import { normalQuantile, shareLimits, studentQuantile, type ShareInterval } from '../math/index.js';
import type { Survey } from './survey.js';

/** One figure and how sure it is. Whatever the answers cannot tell is NaN. */
export interface Estimate {
  /** answers it rests on */
  readonly n: number;
  /** as many equal answers would tell as much: n without weights, less with uneven ones */
  readonly effectiveN: number;
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** further columns of the figure */
  readonly more?: Readonly<Record<string, number>>;
}

/** Makes a figure of some rows. */
export type Estimator = (rows: Int32Array) => Estimate;

const NO_ANSWER: Estimate = { n: 0, effectiveN: 0, value: NaN, standardError: NaN, low: NaN, high: NaN };

/** How often and from which seed a bootstrap draws. */
export interface Draws {
  readonly samples: number;
  readonly seed: number;
}

/**
 * The mean of answers: Σwy / Σw, with Student's limits.
 *
 * Source: standard error of a weighted mean by linearization with replacement (Särndal, Swensson & Wretman 1992, 5.7);
 * without weights s / √n. O(rows).
 */
export function meanEstimate(survey: Survey, values: Float64Array, rows: Int32Array): Estimate {
  return ratioEstimate(survey, values, undefined, rows, 't');
}

/**
 * A ratio of two sums over answers, Σwy / Σwx; a mean where there is no `bottom`. NaN over a sum of 0; without limits below 2
 * effective answers.
 *
 * @param interval `'t'` by linearization; `'fieller'`, which allows for a bottom that is itself unsure: without limits where
 *   that could be 0
 *
 * Source: linearization as {@link meanEstimate}; Fieller (1954), Journal of the Royal Statistical Society B 16. O(rows).
 */
export function ratioEstimate({ weights, level }: Survey, top: Float64Array, bottom: Float64Array | undefined, rows: Int32Array, interval: 't' | 'fieller'): Estimate {
  let n = 0, sum = 0, squares = 0, sumTop = 0, sumBottom = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, y = top[row]!, x = bottom === undefined ? 1 : bottom[row]!;
    if (y !== y || x !== x) continue;
    const w = weights === undefined ? 1 : weights[row]!;
    n++;
    sum += w;
    squares += w * w;
    sumTop += w * y;
    sumBottom += w * x;
  }
  if (n === 0) return NO_ANSWER;
  // Over nothing there is no ratio.
  const value = sumBottom === 0 ? NaN : sumTop / sumBottom, meanTop = sumTop / sum, meanBottom = sumBottom / sum;
  let topSpread = 0, bothSpread = 0, bottomSpread = 0, spread = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, y = top[row]!, x = bottom === undefined ? 1 : bottom[row]!;
    if (y !== y || x !== x) continue;
    const w = weights === undefined ? 1 : weights[row]!;
    const z = w * (y - value * x), u = w * (y - meanTop), v = w * (x - meanBottom);
    spread += z * z;
    topSpread += u * u;
    bothSpread += u * v;
    bottomSpread += v * v;
  }
  const effectiveN = (sum * sum) / squares, correction = n / (n - 1);
  const standardError = n === 1 ? NaN : Math.sqrt(correction * spread) / Math.abs(sumBottom);
  const t = spreads(effectiveN) ? studentQuantile((1 + level) / 2, effectiveN - 1) : NaN;
  const scale = correction / (sum * sum);
  const [low, high] = interval === 'fieller' && n > 1
    ? fieller(meanTop, meanBottom, scale * topSpread, scale * bothSpread, scale * bottomSpread, t)
    : [value - t * standardError, value + t * standardError];
  return { n, effectiveN, value, standardError, low, high };
}

function fieller(a: number, b: number, varA: number, cov: number, varB: number, t: number): [low: number, high: number] {
  const head = b * b - t * t * varB, middle = a * b - t * t * cov, tail = a * a - t * t * varA;
  // Not above 0: the bottom may be 0, and no ratio can be ruled out.
  if (!(head > 0)) return [NaN, NaN];
  const root = Math.sqrt(Math.max(0, middle * middle - head * tail));
  return [(middle - root) / head, (middle + root) / head];
}

/**
 * The share of answers that are 1, among those that are 0 or 1.
 *
 * Source: the effective count of Korn & Graubard (1998) put into the unweighted rule of limits. O(rows).
 */
export function shareEstimate({ weights, level }: Survey, hits: Float64Array, rows: Int32Array, interval: ShareInterval): Estimate {
  const { n, mean, standardError, effectiveN } = spreadOf(weights, hits, rows);
  if (n === 0) return NO_ANSWER;
  // A whole count where there are no weights, or limits would move with its rounding.
  const [low, high] = shareLimits(weights === undefined ? Math.round(mean * n) : mean * effectiveN, effectiveN, level, interval);
  return { n, effectiveN, value: mean, standardError, low, high };
}

/**
 * Mean, standard error (dividing by n, as shares do; NaN of one answer) and effective count of answers.
 *
 * Where all answers are equal the effective count is Kish's, (Σw)² / Σw².
 */
export function spreadOf(weights: Float64Array | undefined, values: Float64Array, rows: Int32Array): { n: number; mean: number; variance: number; standardError: number; effectiveN: number } {
  let n = 0, sum = 0, squares = 0, total = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, y = values[row]!;
    if (y !== y) continue;
    const w = weights === undefined ? 1 : weights[row]!;
    n++;
    sum += w;
    squares += w * w;
    total += w * y;
  }
  const mean = total / sum;
  let spread = 0, second = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!, y = values[row]!;
    if (y !== y) continue;
    const w = weights === undefined ? 1 : weights[row]!;
    const away = (y - mean) * (y - mean);
    spread += w * w * away;
    second += w * away;
  }
  const variance = second / sum, error = Math.sqrt(spread) / sum;
  const effectiveN = weights === undefined ? n : variance > 0 ? Math.min(n, variance / (error * error)) : (sum * sum) / squares;
  // One answer tells nothing of how answers differ.
  return { n, mean, variance, standardError: n === 1 ? NaN : error, effectiveN };
}

/** Whether as many answers can tell how they differ: at least 2, less rounding. */
export function spreads(effectiveN: number): boolean {
  return effectiveN >= 2 - 1e-9;
}

/** Normal limits about a value. */
export function normalLimits(value: number, standardError: number, level: number): [low: number, high: number] {
  const z = normalQuantile((1 + level) / 2);
  return [value - z * standardError, value + z * standardError];
}

/**
 * The same figure with its standard error and limits from a bootstrap: rows drawn with replacement, the same seed the same
 * limits.
 *
 * Method: Efron's percentiles. O(samples × rows).
 */
export function bootstrapped(estimate: Estimator, level: number, { samples, seed }: Draws): Estimator {
  return (rows) => {
    const plain = estimate(rows);
    if (plain.n < 2) return { ...plain, standardError: NaN, low: NaN, high: NaN };
    const random = seededRandom(seed);
    const drawn = new Int32Array(rows.length);
    const values: number[] = [];
    for (let s = 0; s < samples; s++) {
      for (let k = 0; k < drawn.length; k++) drawn[k] = rows[random.below(rows.length)]!;
      const { value } = estimate(drawn);
      // A draw that tells nothing (all answers equal, none at all) is no draw.
      if (Number.isFinite(value)) values.push(value);
    }
    const found = percentiles(Float64Array.from(values), level);
    return { ...plain, ...found, ...(spreads(plain.effectiveN) ? {} : { low: NaN, high: NaN }) };
  };
}

/** Standard error and percentile limits of bootstrap values; NaN of fewer than 2. Sorts them. */
export function percentiles(values: Float64Array, level: number): { standardError: number; low: number; high: number } {
  if (values.length < 2) return { standardError: NaN, low: NaN, high: NaN };
  values.sort();
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const standardError = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1));
  return { standardError, low: sortedQuantile(values, (1 - level) / 2), high: sortedQuantile(values, (1 + level) / 2) };
}
