import { checkKeys, checkWhole, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, showableResult, Table, takeColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { PERIODS, periodSeries, type Period, type PeriodSeries } from '../transactions/index.js';
import { bestSmoothing, seasonalNaive, smoothed, type Forecast } from './forecasts.js';

/** Whose demand, counted how. */
export interface DemandTrendOptions {
  /** column whose values are told apart: product, segment, channel; one series of all rows when absent */
  readonly by?: string;
  /** numeric column added up; `'amount'` by default */
  readonly of?: string;
  /** `'month'` by default */
  readonly period?: Period;
  /** last day, inclusive; the last date of the log when absent */
  readonly asOf?: string;
  /** periods forecast, 1 to 60; 3 by default */
  readonly horizon?: number;
  /** periods after which demand repeats: 12 for months (default), 4 for quarters, 52 for weeks, 1 for years */
  readonly season?: number;
  /** last periods on which both forecasts are tried, one step ahead; 6 by default, fewer where the log is short */
  readonly test?: number;
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Demand per period, its direction, and a simple forecast with its error. */
export interface DemandTrend {
  /** per item and period: item, `period`, `value`, `share` of the period's total */
  readonly series: Table;
  /**
   * per item: `mean`, `slope` (per period, least squares), `naiveError`, `smoothingError` (mean absolute, one step ahead over
   * the test periods), `method` (the one with the smaller error) and its `label`, `forecast` (next period), `shareFirst`, `shareLast` (of the
   * first and last half: the shift of the mix)
   */
  readonly items: Table;
  /** per item and future step: item, `step`, `seasonalNaive`, `smoothing` */
  readonly forecasts: Table;
  readonly diagnostics: Diagnostics;
}

const SEASONS: Readonly<Record<Period, number>> = { week: 52, month: 12, quarter: 4, year: 1 };

/**
 * The trend of demand by product or segment, with two simple forecasts and how wrong each has been.
 *
 * The seasonal-naive forecast repeats the last season (the last period where the log is shorter); exponential smoothing
 * takes the level of late. A forecast by a better model must beat both. A period without a row counts 0.
 *
 * @param log an order log, or any table with `date` and a number. Not modified.
 * @throws ClienteleError `OPTION_INVALID`, also for fewer than four periods; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * demandTrend(orders, { by: 'product', horizon: 3 }).items;
 *
 * Method: simple exponential smoothing (Brown 1956), its weight by least squares of one-step errors before the test
 * periods; rolling-origin test. O(rows + items × periods).
 */
export function demandTrend(log: TableInput, options: DemandTrendOptions = {}): DemandTrend & Showable {
  const where = 'demandTrend';
  checkKeys(where, options, ['by', 'of', 'period', 'asOf', 'horizon', 'season', 'test', 'labels']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const { by, of = 'amount', asOf } = options;
  const period = checkWord(where, 'period', options.period ?? 'month', PERIODS);
  const horizon = checkWhole(where, 'horizon', options.horizon ?? 3, 1, 60);
  const season = checkWhole(where, 'season', options.season ?? SEASONS[period], 1, 400);
  const source = asTable(where, log);
  const series = periodSeries(where, source, { by, of, period, asOf });
  const length = series.periods.length;
  if (length < 4) throw optionInvalid(where, 'period', period, `There are ${length} periods; a trend needs four. Choose a shorter period or a longer log.`);
  const test = Math.min(checkWhole(where, 'test', options.test ?? 6, 1, 400), length - 3);
  const own = Array.from({ length: series.count }, (_, item) => series.sums.subarray(item * length, (item + 1) * length));
  const demand: Demand = {
    own, length, horizon,
    tried: own.map((values) => tryBoth(values, season, test, horizon)),
    totals: Float64Array.from({ length }, (_, t) => own.reduce((sum, values) => sum + values[t]!, 0)),
    named: (repeat) => (series.items === undefined ? [] : [[by!, takeColumn(series.items, Int32Array.from({ length: series.count * repeat }, (_, k) => Math.floor(k / repeat)))]]),
  };
  const items = itemTable(demand, LABELS[labels]);
  const result = { series: seriesTable(demand, series), items, forecasts: forecastTable(demand), diagnostics: withWarnings(cleanDiagnostics(source.numRows), series.warnings) };
  return showableResult(result, { text: () => items.toString(), html: () => items.toHTML() });
}

const METHODS = ['seasonal-naive', 'smoothing'] as const;
const LABELS = { en: ['Seasonal-naive', 'Exponential smoothing'], zh: ['季节性朴素法', '指数平滑法'] } as const;

/** What the three tables are made of. */
interface Demand {
  /** one series per item */
  readonly own: readonly Float64Array[];
  readonly tried: readonly Tried[];
  /** of all items, per period */
  readonly totals: Float64Array;
  readonly length: number;
  readonly horizon: number;
  /** the items' column, each so many times; none without items */
  named(repeat: number): [string, Column][];
}

function itemTable({ own, tried, totals, length, named }: Demand, labels: readonly string[]): Table {
  const half = Math.floor(length / 2);
  const better = Int32Array.from(tried, ({ naive, smooth }) => (naive.error <= smooth.error ? 0 : 1));
  const number = (of: (i: number) => number): Column => ({ type: 'number', data: Float64Array.from(own, (_, i) => of(i)) });
  const share = (i: number, from: number, to: number): number => {
    const all = sumOf(totals.subarray(from, to));
    return all > 0 ? sumOf(own[i]!.subarray(from, to)) / all : NaN;
  };
  return new Table([
    ...named(1),
    ['mean', number((i) => sumOf(own[i]!) / length)], ['slope', number((i) => slopeOf(own[i]!))],
    ['naiveError', number((i) => tried[i]!.naive.error)], ['smoothingError', number((i) => tried[i]!.smooth.error)],
    ['method', { type: 'category', data: better, values: METHODS }], ['label', { type: 'category', data: better, values: labels }],
    ['forecast', number((i) => (better[i] === 0 ? tried[i]!.naive : tried[i]!.smooth).ahead[0]!)],
    ['shareFirst', number((i) => share(i, 0, half))], ['shareLast', number((i) => share(i, length - half, length))],
  ]);
}

function seriesTable({ totals, length, named }: Demand, { sums, periods }: PeriodSeries): Table {
  return new Table([
    ...named(length), ['period', { type: 'category', data: Int32Array.from(sums, (_, k) => k % length), values: periods }], ['value', { type: 'number', data: sums }],
    ['share', { type: 'number', data: sums.map((x, k) => (totals[k % length]! > 0 ? x / totals[k % length]! : NaN)) }],
  ]);
}

function forecastTable({ tried, horizon, named }: Demand): Table {
  const ahead = (which: keyof Tried): Column => ({ type: 'number', data: Float64Array.from(tried.flatMap((each) => [...each[which].ahead])) });
  return new Table([...named(horizon), ['step', { type: 'integer', data: Int32Array.from({ length: tried.length * horizon }, (_, k) => (k % horizon) + 1) }], ['seasonalNaive', ahead('naive')], ['smoothing', ahead('smooth')]]);
}

function sumOf(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

interface Tried {
  readonly naive: Forecast;
  readonly smooth: Forecast;
}

function tryBoth(values: Float64Array, season: number, test: number, horizon: number): Tried {
  const weight = bestSmoothing(values.subarray(0, values.length - test));
  return { naive: seasonalNaive(values, season, test, horizon), smooth: smoothed(values, weight, test, horizon) };
}

/** Least-squares slope per period. */
function slopeOf(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  let products = 0, squares = 0;
  for (let t = 0; t < values.length; t++) {
    products += (t - middle) * values[t]!;
    squares += (t - middle) ** 2;
  }
  return products / squares;
}
