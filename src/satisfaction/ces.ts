import { checkWord } from '../core/index.js';
import { meanEstimate, shareEstimate } from './estimate.js';
import { surveyResult, type SurveyResult } from './figures.js';
import { readSurvey, scoresOf, type AnswersInput, type Scale, type SurveyOptions } from './survey.js';
import { shareTest, welchTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** How customer effort is measured. */
export interface CesOptions extends SurveyOptions {
  /** column of answers; `'score'` by default */
  readonly score?: string;
  /**
   * `'v2'` (default): agreement 1 to 7 with "the company made it easy", high is good; `'v1'`: effort 1 to 5, low is good
   */
  readonly version?: 'v2' | 'v1';
  /** `'mean'` (default), or `'share'` of easy answers: 5 to 7 in v2, 1 and 2 in v1 */
  readonly measure?: 'mean' | 'share';
}

/** Customer effort, with the better end of its scale. */
export interface CesResult extends SurveyResult {
  /** which end is good: of `'v1'` means `'low'` */
  readonly better: 'high' | 'low';
}

const SCALES: Readonly<Record<'v1' | 'v2', Scale>> = { v1: [1, 5], v2: [1, 7] };

/**
 * Customer effort score (客户费力度): how easy it was.
 *
 * The two versions point in opposite directions; the result says which end is better.
 *
 * @param answers a table with a row per answer, or the scores alone; empty is missing. Not modified.
 * @param options see {@link CesOptions}; `minimum` is 30
 * @returns mean with Student's limits, or share with Wilson's, by group and wave; differences by Welch's t, or the score test
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale, or for no rows; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * ces([7, 6, 4, 7], { minimum: 1 }).table.row(0).value;   // 6
 *
 * Source: Dixon, Freeman & Toman (2010), and its second version of 2013. O(answers).
 */
export function ces(answers: AnswersInput, options: CesOptions = {}): CesResult {
  const where = 'ces';
  const survey = readSurvey(where, answers, options, ['score', 'version', 'measure'], 30);
  const version = checkWord(where, 'version', options.version ?? 'v2', ['v2', 'v1']);
  const share = checkWord(where, 'measure', options.measure ?? 'mean', ['mean', 'share']) === 'share';
  const scores = scoresOf(survey, options.score ?? 'score', 'score', SCALES[version]);
  const easy = version === 'v2' ? (score: number): boolean => score >= 5 : (score: number): boolean => score <= 2;
  const hits = share ? scores.map((score) => (Number.isNaN(score) ? NaN : easy(score) ? 1 : 0)) : scores;
  const estimate = (rows: Int32Array): ReturnType<typeof meanEstimate> => (share ? shareEstimate(survey, hits, rows, 'wilson') : meanEstimate(survey, scores, rows));
  const result = surveyResult(survey, [{ estimate }], { measure: 'ces', label: MEASURES[survey.labels].ces, test: share ? shareTest : welchTest });
  return Object.assign(result, { better: share || version === 'v2' ? 'high' as const : 'low' as const });
}
