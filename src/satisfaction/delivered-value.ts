import { optionInvalid } from '../core/index.js';
import type { Table, TableInput } from '../columns/index.js';
import { meanEstimate, ratioEstimate } from './estimate.js';
import { showSurvey, surveyResult, type Series, type SurveyResult } from './figures.js';
import { checkColumns, checkScale, readSurvey, scoresOf, type SurveyOptions } from './survey.js';
import { welchTest } from './test-difference.js';
import { COMPONENTS, labelOf, MEASURES } from './words.js';

/** What a buyer gets and gives. */
export interface DeliveredValueOptions extends SurveyOptions {
  /** columns of value; `product`, `service`, `personnel` and `image` by default */
  readonly benefits?: readonly string[];
  /** columns of cost; `money`, `time`, `energy` and `psychic` by default */
  readonly costs?: readonly string[];
  /** weight of a component by its column, above 0; 1 by default */
  readonly weights?: Readonly<Record<string, number>>;
  /** lowest and highest answer of all components, which must share one scale; `[1, 10]` by default */
  readonly scale?: readonly [number, number];
}

/** Total value and cost, their difference and ratio in `table`; single components in `components`. */
export interface DeliveredValueResult extends SurveyResult {
  /** as `table`, one row per component: the mean answer */
  readonly components: Table;
}

/**
 * Value delivered to the customer (顾客让渡价值): total value (product, service, personnel, image) less total cost (money, time,
 * energy, psychic cost), as a difference and as a ratio, for each offer a buyer compares.
 *
 * @param answers a row per respondent and offer; `by` names the offer, `own` yours. Who left out a component is not counted.
 *   Not modified.
 * @param options see {@link DeliveredValueOptions}; `minimum` is 30
 * @returns per offer `value`, `cost`, `difference` (Student's limits) and `ratio` (Fieller's); differences between offers by
 *   Welch's t, as of different respondents: where the same people rate all offers the test is cautious
 * @throws ClienteleError `VALUE_INVALID` naming the row of an answer off the scale; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * deliveredValue(answers, { by: 'brand', own: 'ours' });
 *
 * Source: Kotler, Marketing Management. O(answers × components).
 */
export function deliveredValue(answers: TableInput, options: DeliveredValueOptions = {}): DeliveredValueResult {
  const where = 'deliveredValue';
  const survey = readSurvey(where, answers, options, ['benefits', 'costs', 'weights', 'scale'], 30);
  const scale = checkScale(where, options.scale ?? [1, 10]);
  if (scale[0] < 0) throw optionInvalid(where, 'scale', scale[0], 'Values and costs are counted from 0 up; shift the scale.');
  const benefits = checkColumns(where, 'benefits', options.benefits ?? ['product', 'service', 'personnel', 'image']);
  const costs = checkColumns(where, 'costs', options.costs ?? ['money', 'time', 'energy', 'psychic']);
  const { weights = {} } = options;
  for (const [name, weight] of Object.entries(weights)) {
    if (!(benefits.includes(name) || costs.includes(name)) || typeof weight !== 'number' || !(weight > 0) || weight === Infinity) throw optionInvalid(where, 'weights', weight, `Give components a weight above 0: ${[...benefits, ...costs].join(', ')}.`);
  }
  const columns = new Map([...benefits, ...costs].map((name) => [name, scoresOf(survey, name, 'benefits', scale)]));
  const total = (names: readonly string[]): Float64Array => new Float64Array(survey.source.numRows).map((_, row) => names.reduce((sum, name) => sum + (Object.hasOwn(weights, name) ? weights[name]! : 1) * columns.get(name)![row]!, 0));
  const value = total(benefits), cost = total(costs);
  const net = value.map((sum, row) => sum - cost[row]!);
  // Where a component is missing, all four figures leave the respondent out.
  const complete = (sums: Float64Array): Float64Array => sums.map((sum, row) => (Number.isNaN(net[row]) ? NaN : sum));
  const [values, spent] = [complete(value), complete(cost)];
  const label = (key: string): string => labelOf(COMPONENTS, survey.labels, key);
  const mean = (key: string, sums: Float64Array): Series => ({ key, label: label(key), estimate: (rows) => meanEstimate(survey, sums, rows) });
  const measure = { measure: 'delivered-value', label: MEASURES[survey.labels].deliveredValue, test: welchTest };
  const result = surveyResult(survey, [
    mean('value', values), mean('cost', spent), mean('difference', net),
    { key: 'ratio', label: label('ratio'), estimate: (rows) => ratioEstimate(survey, values, spent, rows, 'fieller') },
  ], { ...measure, seriesName: 'figure' });
  const components = surveyResult({ ...survey, compare: 'none' }, [...columns].map(([name, scores]) => mean(name, scores)), { ...measure, seriesName: 'component' }).table;
  return showSurvey({ ...result, components }, [result.table, components, ...(result.differences.numRows > 0 ? [result.differences] : [])]);
}
