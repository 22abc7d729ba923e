import { checkWord } from '../core/index.js';
import { studentQuantile } from '../math/index.js';
import { normalLimits, spreadOf, spreads, type Estimate } from './estimate.js';
import { surveyResult, type SurveyResult } from './figures.js';
import { readSurvey, scoresOf, type AnswersInput, type Survey, type SurveyOptions } from './survey.js';
import { welchTest, zTest, type Difference, type DifferenceTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** How the net promoter score is measured. */
export interface NpsOptions extends SurveyOptions {
  /** column of answers to "how likely are you to recommend us", 0 to 10; `'score'` by default */
  readonly score?: string;
  /**
   * `'adjusted-wald'` (default): 3 answers added, ¾ promoters and ¾ detractors, the best in tests; `'wald'`; `'t'` by the
   * sample variance and Student's quantile
   */
  readonly interval?: 'adjusted-wald' | 'wald' | 't';
}

/**
 * Net promoter score (净推荐值): the percentage of promoters (9, 10) minus that of detractors (0 to 6), -100 to 100 points.
 *
 * @param answers a table with a row per answer, or the scores alone; whole numbers 0 to 10, empty is missing. Not modified.
 * @param options see {@link NpsOptions}; `minimum` is 100
 * @returns figures in points by group and wave; the table adds the shares `promoters`, `passives`, `detractors`. Limits are
 *   cut to -100 and 100, those of differences to -200 and 200. Differences are tested as the interval is made: with
 *   `'adjusted-wald'` the adjusted scores and their errors are compared (`standardError` is theirs; `difference` is of the
 *   scores as they are), with `'wald'` the plain ones, with `'t'` by Welch's t.
 * @throws ClienteleError `VALUE_INVALID` naming the row of a score off the scale, or for no rows; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * nps([10, 9, 9, 7, 3], { minimum: 1 }).table.row(0).value;                 // 40
 * nps(answers, { score: 'recommend', wave: 'quarter', by: 'shop', weight: 'w', missing: [99] });
 *
 * Source: Reichheld (2003); standard error √((p + d - (p - d)²) / n); adjusted Wald after Rocks (2016), and of differences by
 * the same answers added to each side, as Agresti & Caffo (2000) do for shares. O(answers).
 */
export function nps(answers: AnswersInput, options: NpsOptions = {}): SurveyResult {
  const where = 'nps';
  const survey = readSurvey(where, answers, options, ['score', 'interval'], 100);
  const interval = checkWord(where, 'interval', options.interval ?? 'adjusted-wald', ['adjusted-wald', 'wald', 't']);
  const scores = scoresOf(survey, options.score ?? 'score', 'score', [0, 10], true);
  // +100, 0, -100: the score is their mean.
  const points = scores.map((score) => (score >= 9 ? 100 : score >= 7 ? 0 : score >= 0 ? -100 : NaN));
  return surveyResult(survey, [{ estimate: (rows) => npsEstimate(survey, points, rows, interval) }], { measure: 'nps', label: MEASURES[survey.labels].nps, test: TESTS[interval] });
}

type Interval = NonNullable<NpsOptions['interval']>;

function npsEstimate({ weights, level }: Survey, points: Float64Array, rows: Int32Array, interval: Interval): Estimate {
  const { n, mean: value, variance, standardError, effectiveN } = spreadOf(weights, points, rows);
  if (n === 0) return { n, effectiveN: 0, value: NaN, standardError: NaN, low: NaN, high: NaN, more: { promoters: NaN, passives: NaN, detractors: NaN } };
  // p + d, from the variance of answers that are 1, 0 and -1.
  const extremes = variance / 1e4 + (value / 100) ** 2;
  const promoters = (extremes + value / 100) / 2, detractors = (extremes - value / 100) / 2;
  const [low, high] = limits();
  const more = weights === undefined ? exactShares(points, rows, n) : { promoters, passives: 1 - extremes, detractors };
  return { n, effectiveN, value, standardError, low: Math.max(-100, low), high: Math.min(100, high), more };

  function limits(): [low: number, high: number] {
    if (interval === 'wald') return normalLimits(value, standardError, level);
    if (interval === 't') {
      if (!spreads(effectiveN)) return [NaN, NaN];
      const width = studentQuantile((1 + level) / 2, effectiveN - 1) * sampleError(standardError, effectiveN);
      return [value - width, value + width];
    }
    const adjusted = adjust(promoters, detractors, effectiveN);
    return normalLimits(adjusted.value, adjusted.standardError, level);
  }
}

/** Score and error in points with 3 answers added, ¾ of a promoter and ¾ of a detractor among them. */
function adjust(promoters: number, detractors: number, n: number): Pick<Estimate, 'value' | 'standardError'> {
  const size = n + 3;
  const p = (promoters * n + 0.75) / size, d = (detractors * n + 0.75) / size;
  return { value: 100 * (p - d), standardError: 100 * Math.sqrt((p + d - (p - d) ** 2) / size) };
}

/** The error by the sample variance, which divides by n - 1. */
function sampleError(standardError: number, n: number): number {
  return standardError * Math.sqrt(n / (n - 1));
}

const TESTS: Readonly<Record<Interval, DifferenceTest>> = {
  'adjusted-wald': (first, second, level) => {
    const adjusted = (one: Estimate): Estimate => ({ ...one, ...adjust(one.more!['promoters']!, one.more!['detractors']!, one.effectiveN) });
    return cut({ ...zTest(adjusted(first), adjusted(second), level), difference: second.value - first.value });
  },
  wald: (first, second, level) => cut(zTest(first, second, level)),
  t: (first, second, level) => {
    const sample = (one: Estimate): Estimate => ({ ...one, standardError: sampleError(one.standardError, one.effectiveN) });
    return cut(welchTest(sample(first), sample(second), level));
  },
};

/** Limits no wider than two scores can be apart. */
function cut(difference: Difference): Difference {
  return { ...difference, low: Math.max(-200, difference.low), high: Math.min(200, difference.high) };
}

function exactShares(points: Float64Array, rows: Int32Array, n: number): Record<'promoters' | 'passives' | 'detractors', number> {
  let promoters = 0, detractors = 0;
  for (let k = 0; k < rows.length; k++) {
    const point = points[rows[k]!]!;
    if (point === 100) promoters++;
    else if (point === -100) detractors++;
  }
  return { promoters: promoters / n, passives: (n - promoters - detractors) / n, detractors: detractors / n };
}
