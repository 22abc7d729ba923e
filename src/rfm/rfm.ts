import { checkKeys } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { fitMeasures } from './fit-rfm.js';
import type { RfmResult } from './model.js';
import { FIT_OPTIONS, SCORE_OPTIONS, type RfmOptions } from './options.js';
import { checkScoreOptions } from './score-rfm.js';
import { makeResult } from './result.js';

/**
 * Score customers by how recently, how often and for how much they bought, and name their segments.
 *
 * The highest score is the best in every dimension: the fewest days, the most orders, the most money. By default each
 * measure is cut at its quintiles, equal values share a score, and the 11 segments of the `standard` map are named.
 * A customer without a purchase (recency missing, frequency 0) gets no scores and the segment `prospect`.
 *
 * @param customers what `summarize` makes, any table, or plain columns `{ customer, recency, frequency, monetary }`;
 *   recency in days. Not modified.
 * @throws ClienteleError `OPTION_INVALID` naming the option; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and
 *   customer of a missing or infinite value; `MAP_NOT_APPLICABLE` for a map asked for that the scores do not fit
 * @example
 * const scored = rfm({ customer: ['a', 'b'], recency: [3, 200], frequency: [9, 1], monetary: [500, 20] }, { bins: 2 });
 * scored.table.row(0);   // { customer: 'a', recency: 3, frequency: 9, monetary: 500, r: 2, f: 2, m: 2, score: '222', segment: null, label: null }
 *
 * Source: Hughes, Strategic Database Marketing (1994); every method and map is described in docs/rfm.md. O(customers)
 * for methods that learn cuts.
 */
export function rfm(customers: TableInput, options: RfmOptions = {}): RfmResult {
  checkKeys('rfm', options, [...FIT_OPTIONS, ...SCORE_OPTIONS]);
  checkScoreOptions('rfm', options);
  const { model, measures, scores, mapPlan, warnings } = fitMeasures('rfm', customers, options);
  const mapFunction = mapPlan.kind === 'function' ? mapPlan.segmentOf : undefined;
  return makeResult({ where: 'rfm', model, measures, scores, options, warnings, mapFunction, approximate: false });
}
