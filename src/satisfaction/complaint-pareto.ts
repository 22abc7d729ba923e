import { checkKeys, checkWord, ClienteleError, cleanDiagnostics, optionInvalid, valueText, type Diagnostics } from '../core/index.js';
import { asTable, labelledGroups, numbersOf, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { showSurvey } from './figures.js';
import { checkLevel, checkNumber } from './survey.js';
import { MEASURES } from './words.js';

/** What complaints are grouped by, and how they weigh. */
export interface ComplaintParetoOptions {
  /** column of topics: cause, product, shop */
  readonly by: string;
  /** column of money each complaint cost, 0 or more; topics are then ranked by money */
  readonly cost?: string;
  /** column of how many complaints a row stands for, whole numbers; 1 by default */
  readonly count?: string;
  /** share that the vital topics bring, 0.8 by default */
  readonly share?: number;
  /** 0.95 by default */
  readonly level?: number;
  readonly labels?: 'en' | 'zh';
}

/** Topics by weight; shows itself. */
export interface ComplaintPareto extends Showable {
  readonly label: string;
  /**
   * one row per topic, heaviest first: `topic`, `complaints`, with `cost` also `cost`; `share` of all complaints, or of the
   * money, with `standardError`, `low` and `high` (Wilson); `cumulated`; `vital` (among the fewest topics that bring the share asked for)
   */
  readonly table: Table;
  /** number of vital topics */
  readonly vital: number;
  readonly diagnostics: Diagnostics;
}

/**
 * Where complaints concentrate (投诉集中在哪里): topics by number or cost, and the few that bring most of it.
 *
 * Of money, every complaint counts by what it cost: errors and limits are those of a weighted share, wide where a few
 * complaints cost most of the money. They are missing where a row stands for several complaints, whose single costs are
 * not known.
 *
 * @param complaints a row per complaint (or per topic with a `count`); rows without a topic stand under `(missing)`. Not modified.
 * @throws ClienteleError `VALUE_INVALID` for no complaints, or naming the row of a bad cost or count; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * complaintPareto({ topic: ['late', 'late', 'broken', 'late'] }, { by: 'topic' }).table.row(0);   // late, 3, share 0.75
 *
 * Source: Juran's "vital few"; limits by Wilson (1927), of money with the effective count of Korn & Graubard (1998) from the
 * linearized error of a ratio (Särndal, Swensson & Wretman 1992, 5.7). O(rows).
 */
export function complaintPareto(complaints: TableInput, options: ComplaintParetoOptions): ComplaintPareto {
  const where = 'complaintPareto';
  checkKeys(where, options, ['by', 'cost', 'count', 'share', 'level', 'labels']);
  if (typeof options.by !== 'string') throw optionInvalid(where, 'by', options.by, "Name the column of topics: { by: 'topic' }.");
  const level = checkLevel(where, options.level ?? 0.95);
  const wanted = checkNumber(where, 'share', options.share ?? 0.8, 0, 1);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const source = asTable(where, complaints);
  const topics = labelledGroups(where, source, options.by);
  const count = options.count === undefined ? undefined : amounts(where, source, options.count, true);
  const cost = options.cost === undefined ? undefined : amounts(where, source, options.cost, false);
  const size = topics.labels.length;
  const numbers = new Float64Array(size), money = new Float64Array(size), squares = new Float64Array(size);
  for (let row = 0; row < source.numRows; row++) {
    const topic = topics.codes[row]!;
    numbers[topic]! += count === undefined ? 1 : count[row]!;
    if (cost === undefined) continue;
    money[topic]! += cost[row]!;
    squares[topic]! += cost[row]! * cost[row]!;
  }
  const weight = cost === undefined ? numbers : money;
  const all = numbers.reduce((sum, n) => sum + n, 0), total = weight.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new ClienteleError('VALUE_INVALID', { where, ...(cost === undefined ? {} : { column: options.cost! }) }, cost === undefined ? 'there are no complaints.' : 'all complaints cost 0.', 'Pass at least one complaint with something to add up.');
  const order = [...topics.labels.keys()].sort((a, b) => weight[b]! - weight[a]! || a - b);
  let sum = 0, vital = 0;
  const cumulated = order.map((topic, place) => {
    if (sum < wanted * total * (1 - 1e-12)) vital = place + 1;
    return (sum += weight[topic]!) / total;
  });
  const parts = order.map((topic) => {
    if (cost === undefined) return countShare(numbers[topic]!, all, level);
    // What several complaints in one row cost one by one is not known.
    return count?.some((number) => number > 1) === true ? NO_LIMITS : moneyShare(money[topic]!, squares[topic]!, total, squares.reduce((sum, square) => sum + square, 0), all, level);
  });
  const result = {
    label: MEASURES[labels].complaintPareto, vital, diagnostics: cleanDiagnostics(source.numRows),
    table: table({
      topic: order.map((topic) => topics.labels[topic]!), complaints: Int32Array.from(order, (topic) => numbers[topic]!),
      ...(cost === undefined ? {} : { cost: Float64Array.from(order, (topic) => money[topic]!) }),
      share: Float64Array.from(order, (topic) => weight[topic]! / total),
      standardError: Float64Array.from(parts, ({ standardError }) => standardError), low: Float64Array.from(parts, ({ low }) => low), high: Float64Array.from(parts, ({ high }) => high),
      cumulated, vital: order.map((_, place) => place < vital),
    }),
  };
  return showSurvey(result, [result.table]);
}

interface Limits {
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

const NO_LIMITS: Limits = { standardError: NaN, low: NaN, high: NaN };

function countShare(hits: number, all: number, level: number): Limits {
  const share = hits / all, [low, high] = wilsonLimits(hits, all, level);
  return { standardError: all > 1 ? Math.sqrt((share * (1 - share)) / all) : NaN, low, high };
}

/** Of a topic's money and the sum of its squares, in all money and the sum of all squares, of n complaints. */
function moneyShare(own: number, ownSquares: number, total: number, squares: number, n: number, level: number): Limits {
  if (n < 2) return NO_LIMITS;
  const share = own / total, spread = (1 - share) ** 2 * ownSquares + share ** 2 * (squares - ownSquares);
  const standardError = Math.sqrt(Math.max(0, spread)) / total;
  // With all the money, or none, complaints tell as much as their uneven costs let them.
  const effectiveN = spread > 0 ? Math.min(n, (share * (1 - share)) / (standardError * standardError)) : (total * total) / squares;
  const [low, high] = wilsonLimits(share * effectiveN, effectiveN, level);
  return { standardError, low, high };
}

function amounts(where: string, source: Table, name: string, whole: boolean): Float64Array {
  const values = numbersOf(where, source, name);
  const row = values.findIndex((value) => !(value >= 0 && value < Infinity && (!whole || Number.isInteger(value))));
  if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: ${Number.isNaN(values[row]) ? 'the value is missing' : values[row]}.`, `Give ${whole ? 'whole numbers' : 'numbers'} of 0 or more.`);
  return values;
}
