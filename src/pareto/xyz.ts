import { checkKeys, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { PERIODS, periodSeries, type Period, type PeriodSeries } from '../transactions/index.js';

/** How items are put into classes X, Y and Z. */
export interface XyzOptions {
  /** column whose values are the items; `'product'` by default */
  readonly by?: string;
  /** numeric column whose steadiness is judged; `'amount'` by default */
  readonly of?: string;
  /** `'month'` by default */
  readonly period?: Period;
  /** last day, inclusive; the last date of the log when absent */
  readonly asOf?: string;
  /** coefficients of variation where X and Y end, both included; 0.5 and 1 by default */
  readonly limits?: readonly [x: number, y: number];
}

/** Items by how steady their demand is. */
export interface XyzResult {
  /** per item: its id, `mean` and `sd` per period, `variation` (sd / mean, missing where the mean is not above 0), `class` */
  readonly table: Table;
  /** how many periods were compared */
  readonly periods: number;
  readonly diagnostics: Diagnostics;
}

/**
 * Classes X, Y and Z: items (or customers) with steady, changing and erratic demand.
 *
 * A period without a row counts 0, from the first date of the log to `asOf`. An item whose mean is not above 0 is Z.
 *
 * @param log an order log, or any table with `date`, an item and a number. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for fewer than two periods
 * @example
 * xyz(orders, { by: 'product', of: 'quantity', period: 'week' });
 *
 * Method: coefficient of variation, sample standard deviation (n - 1) over mean. O(rows + items × periods).
 */
export function xyz(log: TableInput, options: XyzOptions = {}): XyzResult & Showable {
  checkKeys('xyz', options, ['by', 'of', 'period', 'asOf', 'limits']);
  const { by = 'product', of = 'amount', asOf } = options;
  const period = checkWord('xyz', 'period', options.period ?? 'month', PERIODS);
  const limits = checkVariations('xyz', options.limits ?? [0.5, 1]);
  const source = asTable('xyz', log);
  const series = periodSeries('xyz', source, { by, of, period, asOf });
  const table = new Table([[by, series.items!], ...variationColumns('xyz', series, limits)]);
  const diagnostics = withWarnings(cleanDiagnostics(source.numRows), series.warnings);
  return showableResult({ table, periods: series.periods.length, diagnostics }, { text: () => table.toString(), html: () => table.toHTML() });
}

/**
 * Limits of the coefficient of variation.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function checkVariations(where: string, limits: unknown, option: string = 'limits'): readonly [number, number] {
  const good = Array.isArray(limits) && limits.length === 2 && (limits as unknown[]).every((limit) => typeof limit === 'number' && limit > 0 && limit < Infinity);
  if (good && (limits as number[])[0]! < (limits as number[])[1]!) return limits as [number, number];
  throw optionInvalid(where, option, Array.isArray(limits) ? limits.join(', ') : limits, 'Give two coefficients of variation, ascending: [0.5, 1].');
}

/** Mean, standard deviation, coefficient of variation and class of each item's series. */
export function variationColumns(where: string, series: PeriodSeries, [x, y]: readonly [number, number]): [string, Column][] {
  const length = series.periods.length;
  if (length < 2) throw optionInvalid(where, 'period', series.periods.join(', '), 'There is one period only; variation needs two. Choose a shorter period or a longer log.');
  const mean = new Float64Array(series.count);
  const sd = new Float64Array(series.count);
  const variation = new Float64Array(series.count);
  const codes = new Int32Array(series.count);
  for (let item = 0; item < series.count; item++) {
    const own = series.sums.subarray(item * length, (item + 1) * length);
    const average = own.reduce((sum, value) => sum + value, 0) / length;
    mean[item] = average;
    sd[item] = Math.sqrt(own.reduce((sum, value) => sum + (value - average) ** 2, 0) / (length - 1));
    variation[item] = average > 0 ? sd[item]! / average : NaN;
    codes[item] = variation[item]! <= x ? 0 : variation[item]! <= y ? 1 : 2;
  }
  return [
    ['mean', { type: 'number', data: mean }], ['sd', { type: 'number', data: sd }], ['variation', { type: 'number', data: variation }],
    ['class', { type: 'category', data: codes, values: ['X', 'Y', 'Z'] }],
  ];
}
