import { ClienteleError, valueText } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { poissonLimits } from '../math/index.js';
import { surveyResult, type SurveyResult } from './figures.js';
import { checkNumber, readSurvey, scoresOf, type SurveyOptions } from './survey.js';
import { rateTest } from './test-difference.js';
import { MEASURES } from './words.js';

/** How faults are counted. */
export interface ThingsGoneWrongOptions extends Omit<SurveyOptions, 'weight'> {
  /** column of faults, whole numbers from 0; `'problems'` by default */
  readonly problems?: string;
  /** column of units the row stands for; every row is one unit by default */
  readonly units?: string;
  /** the base of the rate: per 100 (default), per 1000 units */
  readonly per?: number;
}

/**
 * Things gone wrong (TGW, 问题发生率): faults per 100 units.
 *
 * @param data a row per unit, or per shipment with its number of `units`; not modified
 * @param options see {@link ThingsGoneWrongOptions}; `minimum` is 30 units
 * @returns rates by group and wave with Garwood's exact Poisson limits; the table adds `events` and `units`, and its `n` is
 *   rows. Differences by the exact conditional test. Faults that come in clusters make the limits too narrow.
 *   Design weights are refused: a weighted sum of counts is no Poisson count, so that neither rule would hold.
 * @throws ClienteleError `VALUE_INVALID` naming the row of a count that is not whole or below 0, or of units not above 0;
 *   `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * thingsGoneWrong({ problems: [0, 2, 1, 0] }, { minimum: 1 }).table.row(0).value;   // 75 per 100
 *
 * Source: Garwood (1936); Przyborowski & Wilenski (1940). O(rows).
 */
export function thingsGoneWrong(data: TableInput, options: ThingsGoneWrongOptions = {}): SurveyResult {
  const where = 'thingsGoneWrong';
  const survey = readSurvey(where, data, options, ['problems', 'units', 'per'], 30);
  if (survey.weights !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: 'weight' }, 'counts of faults take no design weights: a weighted sum of counts is not a count, and has no exact limits.', 'Leave weight out, or give the units each row stands for as units.');
  const per = checkNumber(where, 'per', options.per ?? 100, Number.MIN_VALUE);
  const problems = scoresOf(survey, options.problems ?? 'problems', 'problems', [0, Number.MAX_SAFE_INTEGER], true);
  const units = options.units === undefined ? undefined : scoresOf(survey, options.units, 'units', [0, Number.MAX_VALUE]);
  const row = units?.findIndex((count) => count === 0) ?? -1;
  if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: options.units!, row, value: '0' }, `column ${valueText(options.units)}, row ${row}: there are 0 units.`, 'Leave such rows out.');
  return surveyResult(survey, [{ estimate: (rows) => {
    let events = 0, base = 0, n = 0;
    for (let k = 0; k < rows.length; k++) {
      const count = problems[rows[k]!]!, own = units === undefined ? 1 : units[rows[k]!]!;
      if (count !== count || own !== own) continue;
      n++;
      events += count;
      base += own;
    }
    const [low, high] = n === 0 ? [NaN, NaN] : poissonLimits(events, survey.level);
    const rate = (count: number): number => (n === 0 ? NaN : (per * count) / base);
    return { n, effectiveN: base, value: rate(events), standardError: rate(Math.sqrt(events)), low: rate(low), high: rate(high), more: { events, units: base } };
  } }], { measure: 'things-gone-wrong', label: MEASURES[survey.labels].thingsGoneWrong, test: rateTest });
}
