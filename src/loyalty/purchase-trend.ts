import { checkKeys, checkWhole, checkWord, dateText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, Table, table, type Column, type Showable } from '../columns/index.js';
import { customerDays, periodOf, PERIODS, type CustomerDays, type Period, type Transactions } from '../transactions/index.js';
import { checkLanguage, checkNumber, keyColumns } from './inputs.js';
import { withLog } from './purchase-gaps.js';
import type { Labels, Language } from './words.js';

export type Trend = 'rising' | 'level' | 'falling' | 'too_short';
export const TRENDS: readonly Trend[] = ['rising', 'level', 'falling', 'too_short'];
export const TREND_LABELS: Labels<Trend> = { rising: { en: 'Rising', zh: '上升' }, level: { en: 'Level', zh: '平稳' }, falling: { en: 'Falling', zh: '下降' }, too_short: { en: 'Too short to tell', zh: '时间太短' } };
export type Steadiness = 'steady' | 'unsteady' | 'unknown';
const STEADINESS: readonly Steadiness[] = ['steady', 'unsteady', 'unknown'];
const STEADINESS_LABELS: Labels<Steadiness> = { steady: { en: 'Steady', zh: '稳定' }, unsteady: { en: 'Unsteady', zh: '波动' }, unknown: { en: 'Unknown', zh: '未知' } };

export interface PurchaseTrendOptions {
  /** `'month'` by default */
  readonly period?: Period;
  /** what is followed: `'money'` (default) or `'orders'` */
  readonly of?: 'money' | 'orders';
  /** slope per period, as a share of the customer's mean, up to which a trend is level; 0.05 by default */
  readonly level?: number;
  /** most variation of a steady customer; 0.5 by default */
  readonly steady?: number;
  /** fewest whole periods for a trend, 3 or more; 4 by default */
  readonly minPeriods?: number;
  /** periods after which habits may repeat: 52 weeks, 12 months, 4 quarters by default; none for years */
  readonly season?: number;
  /** 'YYYY-MM-DD', inclusive; the last date of the log when absent */
  readonly asOf?: string;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

export interface PurchaseTrend extends Showable {
  /**
   * per customer: `customer`, `periods`, `mean`, `slope` (per period), `slopeShare` (of the mean), `variation` (standard
   * deviation / mean), `trend`, `trendLabel`, `steadiness`, `steadinessLabel`, `season` (-1 to 1: how far one season is like
   * the next, trend removed; missing below two of them)
   */
  readonly table: Table;
  /** per trend: `trend`, `label`, `customers`, `share` */
  readonly trends: Table;
  readonly diagnostics: Diagnostics;
}

const SEASONS: Readonly<Record<Period, number>> = { week: 52, month: 12, quarter: 4, year: 0 };

/**
 * Direction and steadiness of each customer's purchases (购买趋势): slope, variation, season where history allows.
 *
 * A customer's series runs from the period of their first purchase to the last one that is over; periods without a purchase
 * count 0. The first period is seldom whole, which makes young customers look as if they rose: raise `minPeriods` where that
 * matters.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * purchaseTrend(orders, { period: 'quarter' }).table.sortBy('slope').head();   // who falls fastest
 *
 * Method: least squares; season as the autocorrelation of the residuals at one season's distance. O(rows + customers × periods).
 */
export function purchaseTrend(transactions: Transactions, options: PurchaseTrendOptions = {}): PurchaseTrend {
  const where = 'purchaseTrend';
  checkKeys(where, options, ['period', 'of', 'level', 'steady', 'minPeriods', 'season', 'asOf', 'labels']);
  const period = checkWord(where, 'period', options.period ?? 'month', PERIODS);
  const of = checkWord(where, 'of', options.of ?? 'money', ['money', 'orders']);
  const language = checkLanguage(where, options.labels);
  const level = checkNumber(where, 'level', options.level ?? 0.05, 0);
  const steady = checkNumber(where, 'steady', options.steady ?? 0.5, 0);
  const least = checkWhole(where, 'minPeriods', options.minPeriods ?? 4, 3, 10_000);
  const season = options.season === undefined ? SEASONS[period] : checkWhole(where, 'season', options.season, 2, 1000);
  const log = customerDays(where, transactions, options.asOf);
  const series = seriesOf(log, period, of);

  const n = log.count;
  const [mean, slope, variation, repeats] = [0, 1, 2, 3].map(() => new Float64Array(n).fill(NaN)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const periods = new Int32Array(n), trends = new Int32Array(n).fill(3), steadiness = new Int32Array(n).fill(2);
  for (let c = 0; c < n; c++) {
    const own = series.of(c);
    periods[c] = own.length;
    if (own.length === 0) continue;
    mean[c] = own.reduce((a, b) => a + b, 0) / own.length;
    if (own.length < least) continue;
    const fit = lineOf(own, mean[c]!);
    slope[c] = fit.slope;
    variation[c] = mean[c]! > 0 ? Math.sqrt(fit.squares / (own.length - 1)) / mean[c]! : NaN;
    repeats[c] = season > 0 && own.length >= 2 * season ? alike(own, mean[c]!, fit.slope, season) : NaN;
    trends[c] = Math.abs(fit.slope) <= level * Math.abs(mean[c]!) ? 1 : fit.slope > 0 ? 0 : 2;
    if (!Number.isNaN(variation[c]!)) steadiness[c] = variation[c]! <= steady ? 0 : 1;
  }
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  const answer = new Table([
    ['customer', log.ids], ['periods', { type: 'integer', data: periods }], ['mean', number(mean)], ['slope', number(slope)], ['slopeShare', number(slope.map((s, c) => (mean[c] === 0 ? NaN : s / mean[c]!)))],
    ['variation', number(variation)], ...keyColumns('trend', TRENDS, trends, TREND_LABELS, language, 'trendLabel'), ...keyColumns('steadiness', STEADINESS, steadiness, STEADINESS_LABELS, language, 'steadinessLabel'),
    ['season', number(repeats)],
  ]);
  const customers = new Int32Array(TRENDS.length);
  for (const code of trends) customers[code]!++;
  const summary = table({ trend: [...TRENDS], label: TRENDS.map((key) => TREND_LABELS[key][language]), customers, share: Float64Array.from(customers, (k) => k / n) });
  const said: Warning[] = series.running ? [{ code: 'PERIOD_NOT_OVER', message: `the ${period} of ${dateText(log.asOf)} is not over and left out of every series. Set asOf to the last day of a ${period} to have it counted.` }] : [];
  return showableResult({ table: answer, trends: summary, diagnostics: withWarnings(withLog(transactions.diagnostics, log), said) }, { text: () => summary.toString(), html: () => summary.toHTML() });
}

/** The series of a customer: one sum per period from the first purchase to the last period that is over. */
function seriesOf(log: CustomerDays, period: Period, of: 'money' | 'orders'): { of(c: number): Float64Array; running: boolean } {
  const values = of === 'money' ? log.money : log.orders;
  const places = new Map<number, number>();
  const placeOf = (day: number): number => {
    let place = places.get(day);
    if (place === undefined) places.set(day, (place = periodOf(day, period)));
    return place;
  };
  const last = periodOf(log.asOf + 1, period) - 1;         // the last that is over
  return {
    running: last < periodOf(log.asOf, period),
    of: (c) => {
      let at = log.start[c]!;
      while (log.orders[at] === 0) at++;
      const first = placeOf(log.days[at]!);
      const sums = new Float64Array(Math.max(0, last - first + 1));
      for (; at < log.end[c]!; at++) {
        const place = placeOf(log.days[at]!) - first;
        if (place < sums.length) sums[place]! += values[at]!;
      }
      return sums;
    },
  };
}

function lineOf(series: Float64Array, mean: number): { slope: number; squares: number } {
  let products = 0, times = 0, squares = 0;
  for (let t = 0; t < series.length; t++) {
    const from = t - (series.length - 1) / 2;
    products += from * (series[t]! - mean);
    times += from * from;
    squares += (series[t]! - mean) ** 2;
  }
  return { slope: products / times, squares };
}

/** Autocorrelation of what the line leaves over, at one season's distance, over the pairs there are. */
function alike(series: Float64Array, mean: number, slope: number, season: number): number {
  const rest = series.map((x, t) => x - mean - slope * (t - (series.length - 1) / 2));
  const all = rest.reduce((sum, r) => sum + r * r, 0);
  // A series on its line has nothing left but rounding.
  if (all <= 1e-20 * series.reduce((sum, x) => sum + x * x, 0)) return NaN;
  let products = 0, early = 0, late = 0;
  for (let t = season; t < rest.length; t++) {
    products += rest[t]! * rest[t - season]!;
    early += rest[t - season]! ** 2;
    late += rest[t]! ** 2;
  }
  return early > 0 && late > 0 ? products / Math.sqrt(early * late) : NaN;
}
