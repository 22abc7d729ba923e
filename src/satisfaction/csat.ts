import { checkWord, optionInvalid } from '../core/index.js';
import { SHARE_INTERVALS, type ShareInterval } from '../math/index.js';
import { shareEstimate } from './estimate.js';
import { surveyResult, type SurveyResult } from './figures.js';
import { checkNumber, checkScale, readSurvey, scoresOf, type AnswersInput, type SurveyOptions } from './survey.js';
import { shareTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** How customer satisfaction is measured. */
export interface CsatOptions extends SurveyOptions {
  /** column of answers; `'score'` by default */
  readonly score?: string;
  /** lowest and highest answer; `[1, 5]` by default */
  readonly scale?: readonly [number, number];
  /** the least answer that counts as satisfied; the second highest by default (4 of 5, 9 of 10) */
  readonly threshold?: number;
  /** `'wilson'` (default), `'wilson-corrected'` for continuity, `'clopper-pearson'` (exact, wide), `'agresti-coull'` */
  readonly interval?: ShareInterval;
}

/**
 * Customer satisfaction (满意率): the share of answers in the top boxes, 0 to 1.
 *
 * @param answers a table with a row per answer, or the scores alone; empty is missing. Not modified.
 * @param options see {@link CsatOptions}; `minimum` is 30
 * @returns shares by group and wave; differences by the score test with Newcombe's limits
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale, or for no rows; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * csat([5, 4, 4, 2], { minimum: 1 }).table.row(0);   // value 0.75, low 0.3006, high 0.9544
 *
 * Source: Wilson (1927); never Wald, whose limits fail for few answers. O(answers).
 */
export function csat(answers: AnswersInput, options: CsatOptions = {}): SurveyResult {
  const where = 'csat';
  const survey = readSurvey(where, answers, options, ['score', 'scale', 'threshold', 'interval'], 30);
  const scale = checkScale(where, options.scale ?? [1, 5]);
  const interval = checkWord(where, 'interval', options.interval ?? 'wilson', SHARE_INTERVALS);
  const threshold = checkNumber(where, 'threshold', options.threshold ?? scale[1] - 1, scale[0], scale[1]);
  if (threshold === scale[0]) throw optionInvalid(where, 'threshold', threshold, 'Every answer would count as satisfied; give a higher one.');
  const hits = scoresOf(survey, options.score ?? 'score', 'score', scale).map((score) => (score >= threshold ? 1 : score < threshold ? 0 : NaN));
  return surveyResult(survey, [{ estimate: (rows) => shareEstimate(survey, hits, rows, interval) }], { measure: 'csat', label: MEASURES[survey.labels].csat, test: shareTest });
}
