import { checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import type { Table, TableInput } from '../columns/index.js';
import { meanEstimate } from './estimate.js';
import { showSurvey, surveyResult, type Series, type SurveyResult } from './figures.js';
import { checkColumns, checkScale, readSurvey, scoresOf, type Survey, type SurveyOptions } from './survey.js';
import { welchTest } from './test-difference.js';
import { DIMENSIONS, labelOf, MEASURES } from './words.js';

/** How service quality is measured. */
export interface ServqualOptions extends SurveyOptions {
  /**
   * items of each dimension, as the columns are called behind the prefixes; the names `tangibles`, `reliability`,
   * `responsiveness`, `assurance` and `empathy` have labels
   */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** before an item's name in the column of what was expected; `'E_'` by default */
  readonly expected?: string;
  /** before an item's name in the column of what was perceived; `'P_'` by default */
  readonly perceived?: string;
  /**
   * points a respondent gave each dimension, in columns named by this prefix and the dimension: `'W_'`; or fixed weights by
   * dimension. Without it there is no weighted score.
   */
  readonly importance?: string | Readonly<Record<string, number>>;
  /**
   * `'per-respondent'` (default): each respondent's gaps by their own points, then averaged; `'mean-weights'`: the mean gaps by
   * the mean points. The two differ.
   */
  readonly weighting?: 'per-respondent' | 'mean-weights';
  /** lowest and highest answer; `[1, 7]` by default */
  readonly scale?: readonly [number, number];
}

/** Gaps of dimensions and scores in `table`, of single items in `items`. */
export interface ServqualResult extends SurveyResult {
  /** as `table`, one row per item */
  readonly items: Table;
}

/**
 * SERVQUAL (服务质量差距): how far what people perceive falls short of what they expect, by item and dimension.
 *
 * A respondent's gap of a dimension is the mean over the items answered on both sides; a score needs all dimensions. Below 0
 * is short of the expectation. Differences of scores are less reliable than the scores themselves: look at the limits.
 *
 * @param answers a row per respondent; not modified
 * @param options see {@link ServqualOptions}; `minimum` is 30
 * @returns mean gaps with Student's limits: each dimension, `unweighted` (the mean of dimensions) and, with `importance`,
 *   `weighted` (with `'mean-weights'` its error takes the weights as known); differences by Welch's t
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale or of points below 0; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * servqual(answers, { dimensions: { reliability: ['rel1', 'rel2'], empathy: ['emp1'] }, importance: 'W_' });
 *
 * Source: Parasuraman, Zeithaml & Berry (1988), Journal of Retailing 64. O(answers × items).
 */
export function servqual(answers: TableInput, options: ServqualOptions): ServqualResult {
  const where = 'servqual';
  const survey = readSurvey(where, answers, options, ['dimensions', 'expected', 'perceived', 'importance', 'weighting', 'scale'], 30);
  const perRespondent = checkWord(where, 'weighting', options.weighting ?? 'per-respondent', ['per-respondent', 'mean-weights']) === 'per-respondent';
  const dimensions = readDimensions(survey, options);
  const label = (key: string): string => labelOf(DIMENSIONS, survey.labels, key);
  const series = (key: string, gaps: Float64Array): Series => ({ key, label: label(key), estimate: (rows) => meanEstimate(survey, gaps, rows) });

  const count = dimensions.length;
  const scores = [series('unweighted', combined(dimensions.map(({ gaps }) => gaps), () => 1 / count))];
  const points = options.importance === undefined ? undefined : readPoints(survey, dimensions.map(({ key }) => key), options.importance);
  if (points !== undefined && perRespondent) scores.push(series('weighted', weightedGaps(dimensions, points)));
  if (points !== undefined && !perRespondent) scores.push({ key: 'weighted', label: label('weighted'), estimate: (rows) => {
    const means = points.map((own) => meanEstimate(survey, own, rows).value);
    const sum = means.reduce((total, mean) => total + mean, 0);
    return meanEstimate(survey, combined(dimensions.map(({ gaps }) => gaps), (d) => means[d]! / sum), rows);
  } });

  const measure = { measure: 'servqual', label: MEASURES[survey.labels].servqual, test: welchTest };
  const items = surveyResult({ ...survey, compare: 'none' }, dimensions.flatMap((dimension) => dimension.items.map(({ key, gaps }): Series => ({ key, label: dimension.label, estimate: (rows) => meanEstimate(survey, gaps, rows) }))), { ...measure, seriesName: 'item' });
  const result = surveyResult(survey, [...dimensions.map(({ key, gaps }) => series(key, gaps)), ...scores], { ...measure, seriesName: 'dimension' });
  return showSurvey({ ...result, items: items.table }, [result.table, items.table, ...(result.differences.numRows > 0 ? [result.differences] : [])]);
}

interface Dimension {
  readonly key: string;
  readonly label: string;
  readonly gaps: Float64Array;
  readonly items: readonly { readonly key: string; readonly gaps: Float64Array }[];
}

function readDimensions(survey: Survey, options: ServqualOptions): Dimension[] {
  const { where } = survey;
  const { dimensions, expected = 'E_', perceived = 'P_' } = options;
  if (typeof dimensions !== 'object' || dimensions === null || Object.keys(dimensions).length === 0) throw optionInvalid(where, 'dimensions', dimensions, "Give the items of each dimension: { reliability: ['rel1', 'rel2'] }.");
  const scale = checkScale(where, options.scale ?? [1, 7]);
  return Object.entries(dimensions).map(([key, names]) => {
    if (key === 'unweighted' || key === 'weighted') throw optionInvalid(where, 'dimensions', key, 'The scores over all dimensions are called so; give the dimension another name.');
    const items = checkColumns(where, `dimensions.${key}`, names).map((name) => {
      const got = scoresOf(survey, perceived + name, 'perceived', scale), hoped = scoresOf(survey, expected + name, 'expected', scale);
      return { key: name, gaps: got.map((score, row) => score - hoped[row]!) };
    });
    return { key, label: labelOf(DIMENSIONS, survey.labels, key), items, gaps: answeredMean(items.map(({ gaps }) => gaps)) };
  });
}

/** Each row's mean over the columns that have a value there. */
function answeredMean(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, row) => {
    let sum = 0, n = 0;
    for (const column of columns) if (!Number.isNaN(column[row])) {
      sum += column[row]!;
      n++;
    }
    return n === 0 ? NaN : sum / n;
  });
}

function combined(columns: readonly Float64Array[], weight: (d: number) => number): Float64Array {
  const weights = columns.map((_, d) => weight(d));
  return columns[0]!.map((_, row) => columns.reduce((sum, column, d) => sum + weights[d]! * column[row]!, 0));
}

/** Each respondent's gaps by their own points; NaN where they gave none. */
function weightedGaps(dimensions: readonly Dimension[], points: readonly Float64Array[]): Float64Array {
  return points[0]!.map((_, row) => {
    const sum = points.reduce((total, own) => total + own[row]!, 0);
    return sum > 0 ? dimensions.reduce((total, { gaps }, d) => total + points[d]![row]! * gaps[row]!, 0) / sum : NaN;
  });
}

function readPoints(survey: Survey, keys: readonly string[], importance: unknown): Float64Array[] {
  const { where, source } = survey;
  if (typeof importance === 'string') {
    return keys.map((key) => scoresOf(survey, importance + key, 'importance', [0, Number.MAX_VALUE]));
  }
  if (typeof importance !== 'object' || importance === null) throw optionInvalid(where, 'importance', importance, "Give the prefix of the columns of points, 'W_', or a weight per dimension.");
  return keys.map((key) => {
    const weight = Object.hasOwn(importance, key) ? (importance as Record<string, unknown>)[key] : undefined;
    if (typeof weight !== 'number' || !(weight >= 0) || weight === Infinity) throw new ClienteleError('OPTION_INVALID', { where, option: 'importance', value: valueText(weight) }, `the weight of dimension ${valueText(key)} is ${valueText(weight)}.`, 'Give every dimension a weight of 0 or more.');
    return new Float64Array(source.numRows).fill(weight);
  });
}
