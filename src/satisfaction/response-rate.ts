import { checkKeys, ClienteleError, optionInvalid, valueText, type Diagnostics, type Warning } from '../core/index.js';
import { categoryColumn, compareText, MISSING_GROUP, numbersOf, Table, type Showable, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { shareEstimate, type Estimate } from './estimate.js';
import { cellColumns, countsColumn, flagsColumn, numbersColumn, showSurvey, surveyDiagnostics } from './figures.js';
import { checkNumber, readSurvey, type Survey, type SurveyCell } from './survey.js';
import { MEASURES } from './words.js';

/** Who was asked, and what counts as an answer. */
export interface ResponseRateOptions {
  /** column of answers: a row with a value there has answered. Without it every row has. */
  readonly score?: string;
  /** codes that mean "no answer" */
  readonly missing?: readonly number[];
  /** column of groups */
  readonly by?: string;
  /** column of waves */
  readonly wave?: string;
  /** column of design weights, where the table holds those who did not answer too; not with `invited` */
  readonly weight?: string;
  /**
   * people invited: in all; by group `{ shop: 120 }` or wave; by group and wave `{ shop: { Q1: 60, Q2: 60 } }`. A group named here
   * that has no row was invited and did not answer. The rows of the table by default, where it holds those who did not answer too.
   */
  readonly invited?: number | Readonly<Record<string, number | Readonly<Record<string, number>>>>;
  /** rate below which those who did not answer must be looked at; 0.8 by default */
  readonly least?: number;
  /** 0.95 by default */
  readonly level?: number;
  readonly labels?: 'en' | 'zh';
}

/** Response rates by group and wave; shows itself. */
export interface ResponseRate extends Showable {
  readonly label: string;
  /**
   * `group` (`all` without groups), with waves `wave`; `invited`, `answered`, with weights `effectiveN`, `rate`, `standardError`, `low`,
   * `high` (Wilson), `biasCheck` (the rate is below `least`)
   */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Share of those invited who answered (应答率), with Wilson's limits and a flag where non-response may mislead.
 *
 * @param answers a row per answer, or per person invited; not modified
 * @param options see {@link ResponseRateOptions}
 * @throws ClienteleError `VALUE_INVALID` for more answers than invitations, naming the group, or for no rows;
 *   `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * responseRate(answers, { invited: 1200 }).table.row(0).rate;
 * responseRate(answers, { by: 'shop', invited: { north: 120, south: 80 } });
 *
 * Source: the limit of 80 % is that of the standards for statistical surveys of the US Office of Management and Budget
 * (2006), below which bias by non-response has to be examined; weighted rates as other weighted shares. O(rows).
 */
export function responseRate(answers: TableInput, options: ResponseRateOptions = {}): ResponseRate {
  const where = 'responseRate';
  checkKeys(where, options, ['score', 'missing', 'by', 'wave', 'weight', 'invited', 'least', 'level', 'labels']);
  const { score, invited, least: wanted, ...common } = options;
  const survey = readSurvey(where, answers, { ...common, compare: 'none' }, [], 1);
  const least = checkNumber(where, 'least', wanted ?? 0.8, 0, 1);
  if (invited !== undefined && survey.weights !== undefined) throw optionInvalid(where, 'weight', options.weight, 'The weights of those who did not answer are not known; pass a row per person invited instead of invited.');
  const scores = score === undefined ? undefined : numbersOf(where, survey.source, score);
  const hits = Float64Array.from({ length: survey.source.numRows }, (_, row) => (scores === undefined || !(Number.isNaN(scores[row]) || survey.missing.includes(scores[row]!)) ? 1 : 0));
  const found = (invited === undefined ? survey.cells.map((cell) => ({ cell, invited: cell.rows.length })) : invitedCells(survey, invited)).map((one) => rateOf(survey, one, hits));
  return showRates(survey, found, least);
}

interface Invited {
  readonly cell: SurveyCell;
  readonly invited: number;
}

interface Rate extends Invited {
  readonly answered: number;
  readonly rate: Estimate;
}

function rateOf(survey: Survey, { cell, invited }: Invited, hits: Float64Array): Rate {
  const answered = cell.rows.reduce((count, row) => count + hits[row]!, 0);
  if (invited < answered) throw new ClienteleError('VALUE_INVALID', { where: survey.where, value: String(invited) }, `${nameOf(cell)} has ${answered} answers but ${invited} invitations.`, 'Count everyone who was invited.');
  if (survey.weights !== undefined) return { cell, invited, answered, rate: shareEstimate(survey, hits, cell.rows, 'wilson') };
  const value = invited === 0 ? NaN : answered / invited;
  const [low, high] = wilsonLimits(answered, invited, survey.level);
  return { cell, invited, answered, rate: { n: invited, effectiveN: invited, value, standardError: invited > 1 ? Math.sqrt((value * (1 - value)) / invited) : NaN, low, high } };
}

function showRates(survey: Survey, found: readonly Rate[], least: number): ResponseRate {
  const of = (name: 'effectiveN' | 'standardError' | 'low' | 'high'): readonly [string, ReturnType<typeof numbersColumn>] => [name, numbersColumn(found.map(({ rate }) => rate[name]))];
  const few = found.map(({ rate }) => rate.value < least);
  const count = few.filter(Boolean).length;
  const warnings: Warning[] = count === 0 ? [] : [{ code: 'NON_RESPONSE', message: survey.labels === 'zh' ? `${found.length} 个应答率中有 ${count} 个低于 ${least}：请比较应答者与未应答者（年龄、消费、地区），或对答卷加权。` : `${count} of ${found.length} response rates are below ${least}: compare those who answered with those who did not (age, spend, region), or weight the answers.` }];
  const table = new Table([
    ...(survey.by === undefined ? [['group', categoryColumn(found.map(() => 'all'))] as const] : []), ...cellColumns(survey, found.map(({ cell }) => cell)),
    ['invited', countsColumn(found.map(({ invited }) => invited))], ['answered', countsColumn(found.map(({ answered }) => answered))],
    ...(survey.weights === undefined ? [] : [of('effectiveN')]), ['rate', numbersColumn(found.map(({ rate }) => rate.value))], of('standardError'), of('low'), of('high'), ['biasCheck', flagsColumn(few)],
  ]);
  return showSurvey({ label: MEASURES[survey.labels].responseRate, table, diagnostics: surveyDiagnostics(survey, warnings) }, [table]);
}

const MEND = 'Give whole numbers of people, 0 or more: { shop: 120, web: 400 } by group or wave, { shop: { Q1: 60, Q2: 60 } } by both.';

/** Every group and wave that was invited, or has rows. */
function invitedCells(survey: Survey, invited: unknown): Invited[] {
  const { where, by, wave, cells } = survey;
  if (typeof invited === 'number') {
    if (cells.length > 1) throw optionInvalid(where, 'invited', invited, MEND);
    return [{ cell: cells[0]!, invited: checkCount(where, invited, MEND) }];
  }
  const record = recordOf(where, invited);
  if (by === undefined && wave === undefined) throw optionInvalid(where, 'invited', Object.keys(record).join(', '), 'Give one number, or name the column of groups by `by`.');
  const none = new Int32Array(0);
  const cellAt = (group: string | undefined, name: string | undefined): SurveyCell => cells.find((cell) => cell.group === group && cell.wave === name) ?? { group, wave: name, rows: none };
  const read = (cell: SurveyCell, counts: Readonly<Record<string, unknown>>, key: string): Invited[] => {
    if (!Object.hasOwn(counts, key) && cell.rows.length === 0) return [];
    return [{ cell, invited: checkCount(where, Object.hasOwn(counts, key) ? counts[key] : undefined, `There is no number for ${nameOf(cell)}. ${MEND}`) }];
  };
  if (by === undefined) return union(survey.waves, Object.keys(record)).flatMap((name) => read(cellAt(undefined, name), record, name));
  const groups = union(survey.groups, Object.keys(record));
  if (wave === undefined) return groups.flatMap((group) => read(cellAt(group, undefined), record, group));
  const inner = (group: string): Readonly<Record<string, unknown>> => (Object.hasOwn(record, group) ? recordOf(where, record[group]) : {});
  const waves = union(survey.waves, groups.flatMap((group) => Object.keys(inner(group))));
  return groups.flatMap((group) => waves.flatMap((name) => read(cellAt(group, name), inner(group), name)));
}

function recordOf(where: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw optionInvalid(where, 'invited', value, MEND);
}

function checkCount(where: string, count: unknown, mend: string): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 0x7fffffff) return count;
  throw optionInvalid(where, 'invited', count, mend);
}

/** Names that have rows, and further ones in their places: numbers by size, text by code point; rows without one stay last. */
function union(seen: readonly (string | undefined)[], named: readonly string[]): string[] {
  const own = seen as readonly string[];
  const more = [...new Set(named)].filter((name) => !own.includes(name));
  if (more.length === 0) return [...own];
  const last = own.filter((name) => name === MISSING_GROUP), rest = [...own.filter((name) => name !== MISSING_GROUP), ...more];
  const bySize = rest.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  return [...rest.sort((a, b) => (bySize ? Number(a) - Number(b) : compareText(a, b))), ...last];
}

function nameOf({ group, wave }: SurveyCell): string {
  const parts = [...(group === undefined ? [] : [`group ${valueText(group)}`]), ...(wave === undefined ? [] : [`wave ${valueText(wave)}`])];
  return parts.join(', ') || 'the survey';
}
