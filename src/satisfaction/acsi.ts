import { optionInvalid } from '../core/index.js';
import { meanEstimate } from './estimate.js';
import { surveyResult, type SurveyResult } from './figures.js';
import { checkColumns, checkScale, readSurvey, scoresOf, type SurveyOptions } from './survey.js';
import type { TableInput } from '../columns/index.js';
import { welchTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** How the index is made. */
export interface AcsiOptions extends SurveyOptions {
  /** columns of the items: overall satisfaction, against expectation, against the ideal; one or more */
  readonly items: readonly string[];
  /** weight of each item, above 0, in any unit; equal by default. The published index takes them from a PLS model. */
  readonly weights?: readonly number[];
  /** lowest and highest answer; `[1, 10]` by default */
  readonly scale?: readonly [number, number];
}

/**
 * Satisfaction index from 0 to 100 as the American Customer Satisfaction Index makes it (顾客满意度指数).
 *
 * Each respondent's index is the weighted mean of the items, the lowest answer put to 0 and the highest to 100; one who left
 * out an item is not counted. With fixed weights the mean of indices is the index of the item means. Firms' published
 * figures rest on about 250 interviews, for a margin of 2 to 3 points.
 *
 * @param answers a row per respondent, a column per item; not modified
 * @param options see {@link AcsiOptions}; `minimum` is 30
 * @returns means with Student's limits by group and wave; differences by Welch's t
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale, or for no rows; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * acsi(answers, { items: ['overall', 'expected', 'ideal'], by: 'brand', compare: 'rest' });
 *
 * Source: Fornell, Johnson, Anderson, Cha & Bryant (1996), Journal of Marketing 60. O(answers × items).
 */
export function acsi(answers: TableInput, options: AcsiOptions): SurveyResult {
  const where = 'acsi';
  const survey = readSurvey(where, answers, options, ['items', 'weights', 'scale'], 30);
  const scale = checkScale(where, options.scale ?? [1, 10]);
  const names = checkColumns(where, 'items', options.items);
  const weights = checkWeights(where, options.weights ?? names.map(() => 1), names.length);
  const index = new Float64Array(survey.source.numRows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  names.forEach((name, k) => {
    const scores = scoresOf(survey, name, 'items', scale);
    const points = (100 * weights[k]!) / (total * (scale[1] - scale[0]));
    for (let row = 0; row < index.length; row++) index[row]! += points * (scores[row]! - scale[0]);
  });
  return surveyResult(survey, [{ estimate: (rows) => meanEstimate(survey, index, rows) }], { measure: 'acsi', label: MEASURES[survey.labels].acsi, test: welchTest });
}

/** Weights of an option: finite, above 0, as many as things to weigh. */
export function checkWeights(where: string, weights: unknown, count: number): readonly number[] {
  if (Array.isArray(weights) && weights.length === count && weights.every((weight) => typeof weight === 'number' && Number.isFinite(weight) && weight > 0)) return weights as number[];
  throw optionInvalid(where, 'weights', weights, `Give ${count} ${count === 1 ? 'weight' : 'weights'} above 0, one per item.`);
}
