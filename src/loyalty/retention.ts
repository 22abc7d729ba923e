import { checkKeys, checkWhole, checkWord, dateText, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { escapeHtml, showableResult, Table, table, type Column, type Showable } from '../columns/index.js';
import { checkLog, PERIODS, periodText, type Period, type Transactions } from '../transactions/index.js';
import { countRetention, type RetentionCounts } from './count-retention.js';
import { checkLanguage } from './inputs.js';
import { shown } from './shown.js';
import type { Language } from './words.js';

/** `'bounded'`: bought in the period; `'unbounded'`: in the period or later; `'window'`: in the days before its end. */
export type RetentionKind = 'bounded' | 'unbounded' | 'window';

export interface RetentionOptions {
  /** `'month'` by default; weeks begin on Monday */
  readonly period?: Period;
  /** who counts as still there, `'bounded'` by default: the only one that says the same of old and of new cohorts */
  readonly kind?: RetentionKind;
  /**
   * `'first-purchase'` (default): customers by the period of their first purchase; any other word is a column of the log,
   * such as `'channel'`, and a customer belongs to the value of their first purchase
   */
  readonly cohort?: string;
  /** days of the window, for kind `'window'`; 7, 30, 91 or 365 by default, after the period */
  readonly windowDays?: number;
  /** last day, inclusive, 'YYYY-MM-DD'; the last date of the log when absent */
  readonly asOf?: string;
  /** language of headings where it shows itself, `'en'` by default; names of columns and warnings stay */
  readonly labels?: Language;
}

/** Who stayed, by cohort; shows itself as the table of rates. */
export interface Retention extends Showable {
  /**
   * One row per cohort and period since the first purchase, 0 the first: `cohort`, `offset`, `period` (missing where a
   * cohort has several), `size` (customers who can have got there), `active`, `rate`, `revenue`, `revenueRate` (of the money
   * of period 0), `complete` (false while the period runs)
   */
  readonly table: Table;
  /** rates for reading: `cohort`, `size`, `running` (the offset whose period is not over, where one runs), then one column per offset */
  readonly rates: Table;
  /** money kept, in the same form */
  readonly revenueRates: Table;
  /** all cohorts together, complete periods only: `offset`, `size`, `active`, `rate`, `revenueRate` */
  readonly curve: Table;
  readonly meta: {
    readonly asOf: string; readonly asOfSource: 'given' | 'last-order'; readonly source: string;
    readonly period: Period; readonly kind: RetentionKind; readonly cohort: string; readonly windowDays?: number;
    /** the period that is not over, where there is one */
    readonly running?: string;
    readonly customers: number;
  };
  readonly diagnostics: Diagnostics;
}

const WINDOW: Readonly<Record<Period, number>> = { week: 7, month: 30, quarter: 91, year: 365 };

/**
 * Retention by cohort (留存率): of the customers who first bought in a period, how many bought in the later ones, and how
 * much of their money stayed.
 *
 * Unbounded rates never fall below bounded ones, but the last periods look bad: nobody has had time to come back. Within a
 * cohort of one period they never rise with the offset, since all its customers are followed equally long. Elsewhere they may:
 * in the curve of all cohorts, and in cohorts by a column, later offsets are of older customers alone, so that the denominator
 * falls with the numerator; a warning says so. A period that is not over is marked; it stands in the table and in no curve. Cohorts without customers have no row.
 * Cohorts by a column hold customers of several first periods; their sizes fall with the offset, since only those whose
 * period is over count, so that rates are of customers who had the time.
 *
 * @param transactions an order log; not modified. Amounts below 0 are returns: they reduce the money, and are no activity.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` where there is no purchase
 * @example
 * const kept = retention(orders, { period: 'quarter' });
 * kept.rates;                  // cohort, size, 0, 1, 2 …
 * charts.retentionHeatmap(kept);
 *
 * Definition: distinct members active / members, as product analytics calls it (N-day and unbounded retention). The log is
 * grouped once and walked once for activity, kept as a bit per customer and period, and once for money. O(rows + customers
 * × periods / 32).
 */
export function retention(transactions: Transactions, options: RetentionOptions = {}): Retention {
  const where = 'retention';
  checkKeys(where, options, ['period', 'kind', 'cohort', 'windowDays', 'asOf', 'labels']);
  const language = checkLanguage(where, options.labels);
  const period = checkWord(where, 'period', options.period ?? 'month', PERIODS);
  const kind = checkWord(where, 'kind', options.kind ?? 'bounded', ['bounded', 'unbounded', 'window']);
  const { cohort = 'first-purchase', asOf } = options;
  if (options.windowDays !== undefined && kind !== 'window') throw optionInvalid(where, 'windowDays', options.windowDays, "It goes with kind 'window'.");
  const windowDays = kind === 'window' ? checkWhole(where, 'windowDays', options.windowDays ?? WINDOW[period], 1, 36525) : undefined;
  checkLog(where, transactions);
  const counts = countRetention(where, transactions, { period, kind, asOf, windowDays: windowDays ?? 0, by: cohort === 'first-purchase' ? undefined : cohort });
  const long = longTable(counts, period);
  const { rates, revenueRates } = { rates: wide(counts, long, 'rate'), revenueRates: wide(counts, long, 'revenueRate') };
  const meta: Retention['meta'] = {
    asOf: dateText(counts.asOf), asOfSource: asOf === undefined ? 'last-order' : 'given', source: transactions.meta.source, period, kind, cohort,
    ...(windowDays === undefined ? {} : { windowDays }), ...(counts.running ? { running: periodText(counts.firstPeriod + counts.periods - 1, period) } : {}), customers: counts.customers,
  };
  const curve = curveOf(counts);
  const diagnostics = diagnosticsOf(transactions.diagnostics, counts, curve, meta);
  const head = language === 'zh' ? zhHead(meta) : `${meta.customers} customers, ${kind} retention by ${period}, as of ${meta.asOf} (${meta.asOfSource === 'given' ? 'given; from' : 'last order in'} ${meta.source})`;
  const said = diagnostics.warnings.map((w) => `${w.code}: ${w.message}`);
  const read = shown(rates, language);
  return showableResult({ table: long, rates, revenueRates, curve, meta, diagnostics }, {
    text: () => [head, read.toString(), ...said].join('\n'),
    html: () => `<p>${escapeHtml(head)}</p>${read.toHTML()}${said.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`,
  });
}

const ZH_PERIODS: Readonly<Record<Period, string>> = { week: '周', month: '月', quarter: '季', year: '年' };
const ZH_KINDS: Readonly<Record<RetentionKind, string>> = { bounded: '当期购买', unbounded: '当期或之后购买', window: '期末前窗口内购买' };

function zhHead({ customers, kind, period, asOf, asOfSource, source }: Retention['meta']): string {
  return `截至 ${asOf}（${asOfSource === 'given' ? '指定日期' : '最后一笔订单'}，数据来自 ${source}），${customers} 位客户，按${ZH_PERIODS[period]}留存率：${ZH_KINDS[kind]}`;
}

function longTable(counts: RetentionCounts, period: Period): Table {
  const { cells, cohortNames } = counts;
  const share = (part: Float64Array | Int32Array, whole: Float64Array | Int32Array): Float64Array => Float64Array.from(part, (n, i) => (whole[i]! > 0 ? n / whole[i]! : NaN));
  const periods = Array.from({ length: counts.periods }, (_, p) => periodText(counts.firstPeriod + p, period));
  return table({
    cohort: { type: 'category', data: cells.cohort, values: cohortNames ?? periods },
    offset: cells.offset,
    period: { type: 'category', data: cohortNames === undefined ? cells.cohort.map((g, i) => g + cells.offset[i]!) : cells.cohort.map(() => -1), values: periods },
    size: cells.size, active: cells.active, rate: share(cells.active, cells.size), revenue: cells.revenue, revenueRate: share(cells.revenue, cells.baseRevenue),
    complete: { type: 'flag', data: cells.complete },
  });
}

/** One row per cohort, one column per offset. */
function wide({ cells }: RetentionCounts, long: Table, name: 'rate' | 'revenueRate'): Table {
  const starts = Array.from(cells.offset.keys()).filter((i) => cells.offset[i] === 0);
  const widest = cells.offset.reduce((most, j) => Math.max(most, j), -1) + 1;
  const values = (long.column(name) as Extract<Column, { type: 'number' }>).data;
  const rows = starts.map((from, k) => values.subarray(from, starts[k + 1] ?? values.length));
  const first = long.take(starts);
  // Where a period runs, the last cell of every cohort is of it.
  const ends = rows.map((row, k) => starts[k]! + row.length - 1);
  const running: [string, Column][] = ends.some((i) => cells.complete[i] === 0) ? [['running', { type: 'integer', data: Int32Array.from(ends, (i) => cells.offset[i]!) }]] : [];
  return new Table([
    ['cohort', first.column('cohort')], ['size', first.column('size')], ...running,
    ...Array.from({ length: widest }, (_, j): [string, Column] => [String(j), { type: 'number', data: Float64Array.from(rows, (row) => row[j] ?? NaN) }]),
  ]);
}

/** All cohorts together, from the cells whose period is over. */
function curveOf({ cells }: RetentionCounts): Table {
  const widest = cells.offset.reduce((most, j, i) => Math.max(most, cells.complete[i] === 1 ? j : -1), -1) + 1;
  const [size, active] = [new Int32Array(widest), new Int32Array(widest)];
  const [revenue, base] = [new Float64Array(widest), new Float64Array(widest)];
  for (let i = 0; i < cells.offset.length; i++) {
    if (cells.complete[i] !== 1) continue;
    const j = cells.offset[i]!;
    size[j]! += cells.size[i]!;
    active[j]! += cells.active[i]!;
    revenue[j]! += cells.revenue[i]!;
    base[j]! += cells.baseRevenue[i]!;
  }
  return table({
    offset: Int32Array.from({ length: widest }, (_, j) => j), size, active,
    rate: Float64Array.from(active, (n, j) => n / size[j]!), revenueRate: revenue.map((money, j) => (base[j]! > 0 ? money / base[j]! : NaN)),
  });
}

/** Sizes that fall with the offset: who is counted late is not who was counted early. */
function mixedFollowUp({ cells, cohortNames }: RetentionCounts, curve: Table, { kind, cohort }: Retention['meta']): Warning[] {
  const code = 'FOLLOW_UP_MIXED';
  const falls = (sizes: Int32Array, from: number): boolean => from > 0 && sizes[from]! < sizes[from - 1]!;
  if (cohortNames !== undefined && cells.size.some((_, i) => cells.offset[i]! > 0 && falls(cells.size, i))) {
    return [{ code, message: `customers of one ${JSON.stringify(cohort)} are known for different times, so later offsets are of fewer, older ones (size), and a rate may rise from one to the next, unbounded too. Cohorts by first purchase are followed equally long.` }];
  }
  const sizes = (curve.column('size') as Extract<Column, { type: 'integer' }>).data;
  if (kind !== 'unbounded' || !sizes.some((_, j) => falls(sizes, j))) return [];
  return [{ code, message: 'the curve joins cohorts known for different times, so later offsets are of older customers alone, and its unbounded rate may rise. Those of one cohort never do.' }];
}

function diagnosticsOf(before: Diagnostics, counts: RetentionCounts, curve: Table, meta: Retention['meta']): Diagnostics {
  const { rows } = counts;
  const said: Warning[] = [];
  if (meta.running !== undefined) said.push({ code: 'PERIOD_NOT_OVER', message: `the last ${meta.period}, ${meta.running}, ends after ${meta.asOf}, so its cells hold less than they will. They are marked (complete in the table, running in the rates), and stand in no curve.` });
  if (counts.emptyCohorts > 0) said.push({ code: 'EMPTY_COHORTS', message: `${counts.emptyCohorts} of ${counts.periods} periods have no new customer, and so no row: a share of nobody is not defined.` });
  if (counts.noCohort > 0) said.push({ code: 'NO_COHORT', message: `${counts.noCohort} customers have no value in column ${JSON.stringify(meta.cohort)} at their first purchase, and are left out.` });
  said.push(...mixedFollowUp(counts, curve, meta));
  const leftOut = { ...before.rows.leftOut, ...(rows.afterAsOf > 0 ? { 'after-as-of': rows.afterAsOf } : {}), ...(rows.early > 0 ? { 'returns-before-first-purchase': rows.early } : {}) };
  return withWarnings({
    ...before,
    rows: { ...before.rows, used: before.rows.used - rows.afterAsOf - rows.early, leftOut },
    customers: { seen: counts.customers + counts.noPurchase + counts.noCohort, kept: counts.customers, leftOut: { ...(counts.noPurchase > 0 ? { 'no-purchase': counts.noPurchase } : {}), ...(counts.noCohort > 0 ? { 'no-cohort': counts.noCohort } : {}) } },
  }, said);
}
