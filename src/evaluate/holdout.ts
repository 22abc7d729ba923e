import { ClienteleError, dateText, dayOfText, UNITS_PER_DAY, valueText } from '../core/index.js';
import { cellOf, numbersOf, type Table } from '../columns/index.js';
import { summarize, type Customers, type SummarizeOptions, type Transactions } from '../transactions/index.js';

/** What was known at the cutoff, and what happened after it. */
export interface Holdout {
  readonly customers: Customers;
  /** distinct purchase dates of each customer in (cutoff, cutoff + days] */
  readonly purchases: Float64Array;
  /** net money of the same */
  readonly money: Float64Array;
  /** the same in (cutoff - days, cutoff], the last period before */
  readonly before: Float64Array;
}

/**
 * Cut an order log in two: customers as known at the end of the cutoff day, and what they did in the days after it.
 *
 * Customers whose first purchase comes after the cutoff are no part of it.
 *
 * @throws ClienteleError `OPTION_INVALID` where the cutoff is no day, or the log ends before the days are over
 */
export function holdout(where: string, log: Transactions, cutoff: string, days: number, rules: SummarizeOptions): Holdout {
  const cut = dayOfText(typeof cutoff === 'string' ? cutoff : '');
  if (cut === undefined) throw new ClienteleError('OPTION_INVALID', { where, option: 'cutoff', value: valueText(cutoff) }, `option cutoff is ${valueText(cutoff)}.`, "Give an existing day as 'YYYY-MM-DD' text.");
  const last = lastDay(log);
  if (cut + days > last) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'horizon', value: String(days) }, `the horizon ends on ${dateText(cut + days)}, the log on ${dateText(last)}.`, 'Choose an earlier cutoff or a shorter horizon, so that what happened is known to its end.');
  }
  const customers = summarize(log, { ...rules, asOf: cutoff });
  const after = windowOf(log, customers, cut + 1, cut + days, rules);
  const before = windowOf(log, customers, cut - days + 1, cut, rules);
  return { customers, purchases: after.purchases, money: after.money, before: before.purchases };
}

function lastDay(log: Transactions): number {
  const date = log.column('date');
  const data = date.type === 'date' ? date.data : new Int32Array(0);
  const perDay = UNITS_PER_DAY[date.type === 'date' ? date.unit ?? 'day' : 'day'];
  let last = -Infinity;
  for (let i = 0; i < data.length; i++) if (data[i]! > last) last = data[i]!;
  return Math.floor(last / perDay);
}

/** Purchase dates and net money per customer in a window of days, both ends included. */
function windowOf(log: Transactions, customers: Table, from: number, to: number, rules: SummarizeOptions): { purchases: Float64Array; money: Float64Array } {
  const purchases = new Float64Array(customers.numRows), money = new Float64Array(customers.numRows);
  const seen = summarizeWindow(log, from, to, rules);
  if (seen === undefined) return { purchases, money };
  const rowOf = new Map<unknown, number>();
  const ids = seen.column('customer');
  for (let i = 0; i < seen.numRows; i++) rowOf.set(cellOf(ids, i), i);
  const repeats = numbersOf('backtest', seen, 'repeats'), total = numbersOf('backtest', seen, 'monetary');
  const known = customers.column('customer');
  for (let i = 0; i < customers.numRows; i++) {
    const row = rowOf.get(cellOf(known, i));
    if (row === undefined) continue;
    purchases[i] = repeats[row]! + 1;
    money[i] = total[row]!;
  }
  return { purchases, money };
}

/** Customers of a window, undefined where it has no purchase. */
function summarizeWindow(log: Transactions, from: number, to: number, rules: SummarizeOptions): Customers | undefined {
  try {
    return summarize(log, { ...rules, monetary: 'total', carry: [], from: dateText(from), asOf: dateText(to) });
  } catch (error) {
    if (error instanceof ClienteleError && error.code === 'VALUE_INVALID') return undefined;
    throw error;
  }
}
