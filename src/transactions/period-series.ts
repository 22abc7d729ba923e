import { civilDate, ClienteleError, dateText, dayNumber, dayOfText, optionInvalid, type Warning } from '../core/index.js';
import { columnMissing, dayOption, groupRows, takeColumn, type Column, type Table } from '../columns/index.js';
import { checkedNumbers } from './customer-values.js';
import { daysOf } from './days-of.js';

/** Calendar periods; weeks begin on Monday. */
export type Period = 'week' | 'month' | 'quarter' | 'year';
export const PERIODS: readonly Period[] = ['week', 'month', 'quarter', 'year'];

/** What is added up, by whom and when. */
export interface SeriesRequest {
  /** column whose values are told apart: `'product'`; absent for one series of all rows */
  readonly by?: string | undefined;
  /** numeric column added up */
  readonly of: string;
  readonly period: Period;
  /** last day, inclusive; the last date of the rows when absent */
  readonly asOf?: string | undefined;
}

/** Sums per item and period. */
export interface PeriodSeries {
  /** one row per item, in order of first appearance; absent without `by` */
  readonly items: Column | undefined;
  readonly count: number;
  /** `'2025-03'`, one per period from the first date to the last */
  readonly periods: readonly string[];
  /** item × periods + period: the sum of the rows, 0 where there are none */
  readonly sums: Float64Array;
  /** says when the last period is not over */
  readonly warnings: readonly Warning[];
}

/**
 * Add a column up per item and calendar period; rows after `asOf` and rows without an item are left out.
 *
 * @param log any table with a column `date`: dates, or 'YYYY-MM-DD' text
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a date or number that is missing, or no rows
 *
 * O(rows + items × periods).
 */
export function periodSeries(where: string, log: Table, { by, of, period, asOf }: SeriesRequest): PeriodSeries {
  const days = daysOf(where, log);
  const amounts = checkedNumbers(where, log, of);
  if (by !== undefined && !log.has(by)) throw columnMissing(where, by, log.names);
  const groups = by === undefined ? undefined : groupRows(log.column(by));
  const end = asOf === undefined ? days.reduce((a, b) => Math.max(a, b), -Infinity) : dayOption(where, 'asOf', asOf);
  let first = Infinity;
  for (let i = 0; i < days.length; i++) if (days[i]! <= end && days[i]! < first) first = days[i]!;
  if (first === Infinity) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one, not after asOf.');

  const from = periodOf(first, period);
  const length = periodOf(end, period) - from + 1;
  const count = groups?.count ?? 1;
  const sums = new Float64Array(count * length);
  const places = new Map<number, number>();
  for (let i = 0; i < days.length; i++) {
    const item = groups === undefined ? 0 : groups.codes[i]!;
    const day = days[i]!;
    if (item === -1 || day > end) continue;
    let place = places.get(day);
    if (place === undefined) places.set(day, (place = periodOf(day, period) - from));
    sums[item * length + place]! += amounts[i]!;
  }
  const periods = Array.from({ length }, (_, k) => periodText(from + k, period));
  const over = periodOf(end + 1, period) > periodOf(end, period);
  const message = `the last ${period}, ${periods[length - 1]}, ends after ${dateText(end)}, so it holds less than the others. Set asOf to the last day of a ${period} that is over.`;
  return { items: groups === undefined ? undefined : takeColumn(log.column(by!), groups.firstRow), count, periods, sums, warnings: over ? [] : [{ code: 'PERIOD_NOT_OVER', message }] };
}

/** A whole number that counts periods, neighbours next to each other. */
export function periodOf(day: number, period: Period): number {
  if (period === 'week') return Math.floor((day + 3) / 7);      // 1970-01-01 was a Thursday
  const [year, month] = civilDate(day);
  return period === 'year' ? year : period === 'quarter' ? year * 4 + Math.floor((month - 1) / 3) : year * 12 + month - 1;
}

/** `'2025-03'`, `'2025-Q1'`, `'2025'`; a week by its Monday. */
export function periodText(count: number, period: Period): string {
  if (period === 'week') return dateText(count * 7 - 3);
  if (period === 'year') return String(count);
  if (period === 'quarter') return `${Math.floor(count / 4)}-Q${(count % 4) + 1}`;
  return dateText(dayNumber(Math.floor(count / 12), (count % 12) + 1, 1)).slice(0, -3);
}

/**
 * A period by its name: `'2025-03'`, `'2025-Q1'`, `'2025'`, a week by its Monday.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function namedPeriod(where: string, option: string, name: unknown): { readonly period: Period; readonly count: number } {
  const text = typeof name === 'string' ? name : '';
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(text) ?? [];
  if (quarter !== undefined) return { period: 'quarter', count: Number(year) * 4 + Number(quarter) - 1 };
  const period = /^\d{4}$/.test(text) ? 'year' : /^\d{4}-\d{2}$/.test(text) ? 'month' : 'week';
  const day = dayOfText(period === 'year' ? `${text}-01-01` : period === 'month' ? `${text}-01` : text);
  const count = day === undefined ? undefined : periodOf(day, period);
  if (count !== undefined && periodText(count, period) === text) return { period, count };
  throw optionInvalid(where, option, name, "Name a month '2025-03', a quarter '2025-Q1', a year '2025', or a week by its Monday '2025-03-03'.");
}
