import { checkKeys, checkWord, cleanDiagnostics, ClienteleError, optionInvalid, valueText, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, labelledGroups, numbersOf, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { showSurvey } from './figures.js';
import { checkCodes, checkLevel, checkNumber } from './survey.js';
import { MEASURES } from './words.js';

/** Who was asked, and what counts as an answer. */
export interface ResponseRateOptions {
  /** column of answers: a row with a value there has answered. Without it every row has. */
  readonly score?: string;
  /** codes that mean "no answer" */
  readonly missing?: readonly number[];
  /** column of groups */
  readonly by?: string;
  /** people invited: in all, or by group; the rows of the table by default, where it holds those who did not answer too */
  readonly invited?: number | Readonly<Record<string, number>>;
  /** rate below which those who did not answer must be looked at; 0.8 by default */
  readonly least?: number;
  /** 0.95 by default */
  readonly level?: number;
  readonly labels?: 'en' | 'zh';
}

/** Response rates by group; shows itself. */
export interface ResponseRate extends Showable {
  readonly label: string;
  /** `group`, `invited`, `answered`, `rate`, `low`, `high` (Wilson), `biasCheck` (the rate is below `least`) */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Share of those invited who answered (应答率), with Wilson's limits and a flag where non-response may mislead.
 *
 * @param answers a row per answer, or per person invited; not modified
 * @throws ClienteleError `VALUE_INVALID` for more answers than invitations, naming the group, or for no rows;
 *   `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * responseRate(answers, { invited: 1200 }).table.row(0).rate;
 *
 * Source: the limit of 80 % is that of the standards for statistical surveys of the US Office of Management and Budget
 * (2006), below which bias by non-response has to be examined. O(rows).
 */
export function responseRate(answers: TableInput, options: ResponseRateOptions = {}): ResponseRate {
  const where = 'responseRate';
  checkKeys(where, options, ['score', 'missing', 'by', 'invited', 'least', 'level', 'labels']);
  const source = asTable(where, answers);
  if (source.numRows === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one answer.');
  const least = checkNumber(where, 'least', options.least ?? 0.8, 0, 1);
  const level = checkLevel(where, options.level ?? 0.95);
  const missing = checkCodes(where, options.missing ?? []);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const groups = labelledGroups(where, source, options.by);
  const scores = options.score === undefined ? undefined : numbersOf(where, source, options.score);
  const rows = new Int32Array(groups.labels.length), answered = new Int32Array(groups.labels.length);
  for (let row = 0; row < source.numRows; row++) {
    const group = groups.codes[row]!;
    rows[group]!++;
    if (scores === undefined || !(Number.isNaN(scores[row]) || missing.includes(scores[row]!))) answered[group]!++;
  }
  const invited = groups.labels.map((label, g) => invitedOf(where, options.invited, label, groups.labels.length, rows[g]!));
  const over = invited.findIndex((count, g) => count < answered[g]!);
  if (over >= 0) throw new ClienteleError('VALUE_INVALID', { where, value: String(invited[over]) }, `group ${valueText(groups.labels[over])} has ${answered[over]} answers but ${invited[over]} invitations.`, 'Count everyone who was invited.');
  const limits = invited.map((count, g) => wilsonLimits(answered[g]!, count, level));
  const rate = Float64Array.from(invited, (count, g) => (count === 0 ? NaN : answered[g]! / count));
  const low = [...rate.keys()].filter((g) => rate[g]! < least);
  const warnings: Warning[] = low.length === 0 ? [] : [{ code: 'NON_RESPONSE', message: `${low.length} of ${rate.length} response rates are below ${least}: compare those who answered with those who did not (age, spend, region), or weight the answers.` }];
  const result = {
    label: MEASURES[labels].responseRate,
    table: table({ group: [...groups.labels], invited: Int32Array.from(invited), answered, rate, low: limits.map(([a]) => a), high: limits.map(([, b]) => b), biasCheck: [...rate].map((share) => share < least) }),
    diagnostics: { ...cleanDiagnostics(source.numRows), warnings },
  };
  return showSurvey(result, [result.table]);
}

function invitedOf(where: string, invited: unknown, label: string, groups: number, rows: number): number {
  if (invited === undefined) return rows;
  const mend = "Give whole numbers of people, 0 or more, one per group: { shop: 120, web: 400 }.";
  if (typeof invited === 'number') {
    if (groups > 1) throw optionInvalid(where, 'invited', invited, mend);
    if (!Number.isInteger(invited) || invited < 0) throw optionInvalid(where, 'invited', invited, mend);
    return invited;
  }
  if (typeof invited !== 'object' || invited === null) throw optionInvalid(where, 'invited', invited, mend);
  const own = Object.hasOwn(invited, label) ? (invited as Record<string, unknown>)[label] : undefined;
  if (typeof own !== 'number' || !Number.isInteger(own) || own < 0) throw optionInvalid(where, 'invited', own, `There is no number for group ${valueText(label)}. ${mend}`);
  return own;
}
