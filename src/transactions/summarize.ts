import { checkKeys, checkWord, ClienteleError, dateText, optionInvalid, UNITS_PER_DAY, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { groupRows, takeColumn, type Column, type DateColumn, type Groups } from '../columns/index.js';
import { aggregate, countOrders, type Aggregate } from './aggregate.js';
import { carriedColumns } from './carried-columns.js';
import { chooseRows, type ChosenRows } from './choose-rows.js';
import { borderOrders, stateOf } from './customer-state.js';
import { Customers, type CustomersMeta } from './customers.js';
import { measureColumns } from './measure-columns.js';
import { findRoster, type RosterInput } from './roster.js';
import { checkLog, type Transactions } from './transactions.js';
import { asOfUnit, fromUnit } from './window.js';

/** How an order log becomes one row per customer. */
export interface SummarizeOptions {
  /** day the summary stands for, inclusive, 'YYYY-MM-DD'; the last date of the log when absent, never the clock */
  readonly asOf?: string;
  /** first day of the window, inclusive; the whole log when absent */
  readonly from?: string;
  /** `'net'` (default): amounts below 0 reduce the money; `'exclude'`: such rows are left out and counted */
  readonly returns?: 'net' | 'exclude';
  /** `'keep'` (default): amounts of 0 are purchases; `'drop'`: such rows are left out and counted */
  readonly zeroOrders?: 'keep' | 'drop';
  /** `'orders'` (default): distinct order ids, or rows where the log has none; `'days'`: distinct purchase days */
  readonly frequency?: 'orders' | 'days';
  /** `'total'` (default): net money; `'mean'`: net money / frequency */
  readonly monetary?: 'total' | 'mean';
  /** ids of customers to list even without a purchase: frequency 0, recency missing */
  readonly roster?: RosterInput;
  /** columns carried along, each customer's latest value; all carried columns of the log when absent */
  readonly carry?: readonly string[];
  /**
   * keep in `state` what {@link mergeCustomers} needs to add newer orders; false by default. `true` keeps the ids of the
   * last day's orders too, so that more orders of that day can be added; `'without-order-ids'` does not.
   */
  readonly keepState?: boolean | 'without-order-ids';
}

/** Names of these options. */
export const SUMMARIZE_OPTIONS = ['asOf', 'from', 'returns', 'zeroOrders', 'frequency', 'monetary', 'roster', 'carry', 'keepState'] as const;

/**
 * One row per customer: who they are, when they bought first and last, how often, and for how much.
 *
 * A row with amount >= 0 is a purchase, one below 0 a return: returns change money only, never first, last, frequency
 * or repeats. Customers without a purchase are left out and counted, unless the roster names them. Customers come in
 * order of first appearance, those only on the roster last.
 *
 * Columns of the result: `customer`; `first`, `last` (dates of purchases); `recency` = asOf - last, `tenure` = asOf -
 * first, `span` = last - first, in days (fractional where the log's resolution is finer); `frequency`; `repeats` =
 * distinct purchase dates - 1; `monetary`; `meanRepeatSpend` = net money after the first purchase date / repeats, 0
 * without repeats; `gapMean`, `gapSd` = mean and sample standard deviation (n - 1) of the days between neighbouring
 * purchase dates, missing below 1 and 2 gaps; then the carried columns.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID` naming the option; `VALUE_INVALID` where the log has no rows in the window
 * @example
 * const orders = fromRows([
 *   { customer: 'a', date: '2026-01-01', amount: 10 },
 *   { customer: 'a', date: '2026-01-11', amount: 30 },
 * ], { customer: 'customer', date: 'date', amount: 'amount' });
 * summarize(orders).row(0);
 * // { customer: 'a', first: '2026-01-01', last: '2026-01-11', recency: 0, tenure: 10, span: 10, frequency: 2, repeats: 1,
 * //   monetary: 40, meanRepeatSpend: 30, gapMean: 10, gapSd: null }
 *
 * Source: recency, frequency and monetary value after Hughes (1994); repeats, span and tenure are x, t_x and T of
 * Fader, Hardie & Lee (2005). O(rows), one pass over the columns for a log in date order.
 */
export function summarize(transactions: Transactions, options: SummarizeOptions = {}): Customers {
  checkLog('summarize', transactions);
  const { returns, zeroOrders, frequency, monetary } = checkSummarizeOptions('summarize', options);

  const log = logColumns(transactions);
  const asOf = asOfUnit('summarize', options.asOf, log.dates, transactions.meta);
  const from = fromUnit(options.from, asOf, transactions.meta);
  const chosen = chooseRows(log.dates, log.amounts, { asOf, from, dropReturns: returns === 'exclude', dropZero: zeroOrders === 'drop' });
  if (chosen.used === 0 && options.roster === undefined) throw nothingLeft(transactions.numRows, chosen.leftOut);

  const groups = groupRows(transactions.column('customer'));
  const sums = aggregate(groups.codes, log.dates, log.amounts, chosen.keep, groups.count);
  const listed = listCustomers(transactions.column('customer'), groups, sums, chosen.keep, options.roster);
  const hasOrders = transactions.roles.includes('order');
  const counted = frequency === 'days' ? purchaseDays(groups, log, chosen.keep, sums, transactions.meta.resolution)
    : hasOrders ? distinctOrders(transactions, groups, log.amounts, chosen.keep) : sums.purchases;

  const meta: CustomersMeta = {
    asOf: dateText(asOf, transactions.meta.resolution), asOfSource: options.asOf === undefined ? 'last-order' : 'given',
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(transactions.meta.timeZone === undefined ? {} : { timeZone: transactions.meta.timeZone }),
    resolution: transactions.meta.resolution, returns, zeroOrders, frequency: frequency === 'orders' && !hasOrders ? 'rows' : frequency, monetary,
    ...(transactions.meta.currency === undefined ? {} : { currency: transactions.meta.currency }),
    source: transactions.meta.source,
  };
  const measures = measureColumns(listed.ids, listed.groupOf, sums, counted, asOf, meta);
  const carried = (groupOf: Int32Array): [string, Column][] => carriedColumns(transactions, options.carry, groups, log.dates, chosen.keep, groupOf);
  const diagnostics = withWarnings(summaryDiagnostics(transactions.diagnostics, chosen, listed), lineItemWarning(meta.frequency, sum(sums.purchases), sum(sums.dates)));
  const { keepState = false } = options;
  if (keepState === false) return new Customers([...measures, ...carried(listed.groupOf)], meta, diagnostics);

  const orders = hasOrders && frequency === 'orders' && keepState === true ? borderOrders(transactions, groups, chosen.keep, asOf) : undefined;
  const ids = takeColumn(transactions.column('customer'), listed.appeared.map((g) => groups.firstRow[g]!));
  const state = stateOf({ ids, groupOf: listed.appeared, sums, counted, orders, meta, carried: carried(listed.appeared), diagnostics });
  return new Customers([...measures, ...carried(listed.groupOf)], meta, diagnostics, state);
}

/**
 * The options that are words, checked, with their defaults.
 *
 * @throws ClienteleError `OPTION_INVALID`, also for an option that does not exist
 */
export function checkSummarizeOptions(where: string, options: SummarizeOptions): Required<Pick<SummarizeOptions, 'returns' | 'zeroOrders' | 'frequency' | 'monetary'>> {
  checkKeys(where, options, SUMMARIZE_OPTIONS);
  if (![undefined, true, false, 'without-order-ids'].includes(options.keepState)) throw optionInvalid(where, 'keepState', options.keepState, "Use true, false or 'without-order-ids'.");
  return {
    returns: checkWord(where, 'returns', options.returns ?? 'net', ['net', 'exclude']),
    zeroOrders: checkWord(where, 'zeroOrders', options.zeroOrders ?? 'keep', ['keep', 'drop']),
    frequency: checkWord(where, 'frequency', options.frequency ?? 'orders', ['orders', 'days']),
    monetary: checkWord(where, 'monetary', options.monetary ?? 'total', ['total', 'mean']),
  };
}

interface LogColumns {
  readonly dates: Int32Array;
  readonly amounts: Float64Array;
}

function logColumns(log: Transactions): LogColumns {
  return { dates: (log.column('date') as DateColumn).data, amounts: (log.column('amount') as Extract<Column, { type: 'number' }>).data };
}

interface ListedCustomers {
  readonly ids: Column;
  /** group of each listed customer, -1 for one that only the roster names */
  readonly groupOf: Int32Array;
  /** groups in order of first appearance among the rows used, with a purchase or not */
  readonly appeared: Int32Array;
  readonly seen: number;
  readonly noPurchase: number;
}

/** Customers with a purchase or on the roster, in order of first appearance among the rows used. */
function listCustomers(customer: Column, groups: Groups, sums: Aggregate, keep: Uint8Array | undefined, rosterInput: RosterInput | undefined): ListedCustomers {
  const present = new Uint8Array(groups.count);
  const order = new Int32Array(groups.count);
  let seen = 0;
  for (let i = 0; i < groups.codes.length; i++) {
    const g = groups.codes[i]!;
    if ((keep === undefined || keep[i] === 1) && present[g] === 0) {
      present[g] = 1;
      order[seen++] = g;
    }
  }
  const appeared = order.slice(0, seen);
  const roster = rosterInput === undefined ? undefined : findRoster(customer, groups, rosterInput);
  const kept: number[] = [];
  for (const g of appeared) {
    if (sums.purchases[g]! > 0 || roster?.named[g] === 1) kept.push(g);
  }
  const noPurchase = seen - kept.length;
  if (roster === undefined) return { ids: takeColumn(customer, kept.map((g) => groups.firstRow[g]!)), groupOf: Int32Array.from(kept), appeared, seen, noPurchase };

  for (let g = 0; g < groups.count; g++) if (roster.named[g] === 1 && present[g] === 0) kept.push(g);
  const groupOf = Int32Array.from([...kept, ...roster.onlyHere.map(() => -1)]);
  return { ids: roster.idColumn(kept.map((g) => groups.firstRow[g]!)), groupOf, appeared, seen: groupOf.length + noPurchase, noPurchase };
}

function distinctOrders(log: Transactions, groups: Groups, amounts: Float64Array, keep: Uint8Array | undefined): Int32Array {
  const orders = groupRows(log.column('order'));
  return countOrders(groups.codes, orders.codes, orders.count, amounts, keep, groups.count);
}

/** Distinct calendar days, also where the resolution is finer. */
function purchaseDays(groups: Groups, log: LogColumns, keep: Uint8Array | undefined, sums: Aggregate, resolution: CustomersMeta['resolution']): Int32Array {
  if (resolution === 'day') return sums.dates;
  const days = log.dates.map((unit) => Math.floor(unit / UNITS_PER_DAY[resolution]));
  return aggregate(groups.codes, days, log.amounts, keep, groups.count).dates;
}

function summaryDiagnostics(log: Diagnostics, chosen: ChosenRows, listed: ListedCustomers): Diagnostics {
  return {
    ...log,
    rows: { ...log.rows, used: chosen.used, leftOut: { ...log.rows.leftOut, ...chosen.leftOut } },
    customers: { seen: listed.seen, kept: listed.groupOf.length, leftOut: listed.noPurchase > 0 ? { 'no-purchase': listed.noPurchase } : {} },
  };
}

/** Rows per customer and date from which a log without order ids looks like line items. */
const LINES_PER_DATE = 1.5;

/** A warning where a log without order ids looks like line items. */
export function lineItemWarning(frequency: CustomersMeta['frequency'], purchases: number, dates: number): Warning[] {
  if (frequency !== 'rows' || purchases < LINES_PER_DATE * dates) return [];
  return [{ code: 'LINES_NOT_ORDERS', message: `there are ${(purchases / dates).toFixed(1)} purchase rows per customer and date, so the rows look like line items and frequency counts lines. Name the order id column when reading the log, or use frequency: 'days'.` }];
}

function sum(counts: Int32Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}

/** The error for a log of which the window and the rules leave no row. */
export function nothingLeft(rows: number, leftOut: Readonly<Record<string, number>>): ClienteleError {
  const why = Object.entries(leftOut).map(([reason, n]) => `${n} ${reason}`).join(', ');
  if (rows === 0) return new ClienteleError('VALUE_INVALID', { where: 'summarize' }, 'the order log has no rows.', 'Pass at least one order.');
  const mends = [...new Set(Object.keys(leftOut).map((reason) => MEND_LEFT_OUT[reason]))];
  return new ClienteleError('VALUE_INVALID', { where: 'summarize' }, `no row of the log is left (${why}).`, mends.join(' '));
}

const WIDEN = 'Widen the window with asOf and from.';
const MEND_LEFT_OUT: Readonly<Record<string, string>> = {
  'after-as-of': WIDEN, 'before-from': WIDEN,
  'returns': "Check the sign of the amounts (purchases are not below 0), or use returns: 'net'.",
  'zero-orders': "Use zeroOrders: 'keep'.",
};
