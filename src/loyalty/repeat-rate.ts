import { checkKeys, type Diagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, compareText, showableResult, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { checkLanguage, checkLevel, ordersOf } from './inputs.js';
import { shown } from './shown.js';
import type { Language } from './words.js';

export interface RepeatRateOptions {
  /** column that parts the customers: channel, region, segment */
  readonly by?: string;
  /** column of orders per customer; `'frequency'` by default */
  readonly orders?: string;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** language of headings where it shows itself, `'en'` by default */
  readonly labels?: Language;
}

/** How many customers come back; shows itself as its table. */
export interface RepeatRate extends Showable {
  readonly customers: number;
  /** with two orders or more */
  readonly repeatCustomers: number;
  /** repeatCustomers / customers, with Wilson's limits */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly orders: number;
  readonly ordersPerCustomer: number;
  /** share of orders that are not a customer's first: another question, and another number */
  readonly repeatOrderShare: number;
  /** one row per group, the first all customers together: group (`all`), overall (true there, so that a group called all is told apart), customers, repeatCustomers, rate, low, high, orders, ordersPerCustomer, repeatOrderShare */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Repeat purchase rate (重复购买率): customers with two orders or more / customers.
 *
 * Over which window is said by how the customers were summarized (`from`, `asOf`): the same shop has a low rate over a month
 * and a high one over years. Customers without an order (from a roster) are left out and counted.
 *
 * @param customers what `summarize` made, or columns with orders per customer; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row; `OPTION_INVALID`
 * @example
 * repeatRate({ frequency: [1, 1, 2, 5] });   // rate 0.5, repeatOrderShare 5/9
 *
 * Limits after Wilson (1927). O(customers).
 */
export function repeatRate(customers: TableInput, options: RepeatRateOptions = {}): RepeatRate {
  const where = 'repeatRate';
  checkKeys(where, options, ['by', 'orders', 'level', 'labels']);
  const language = checkLanguage(where, options.labels);
  const level = checkLevel(where, options.level ?? 0.95);
  const given = asTable(where, customers);
  const { values, source, diagnostics } = ordersOf(where, given, options.orders ?? 'frequency');
  const { by } = options;
  if (by !== undefined && !source.has(by)) throw columnMissing(where, by, source.names);

  const groups = new Map<string, { customers: number; repeat: number; orders: number }>();
  const all = { customers: 0, repeat: 0, orders: 0 };
  for (let i = 0; i < values.length; i++) {
    const sums = [all];
    if (by !== undefined) {
      const name = String(cellOf(source.column(by), i) ?? '(missing)');
      if (!groups.has(name)) groups.set(name, { customers: 0, repeat: 0, orders: 0 });
      sums.push(groups.get(name)!);
    }
    for (const sum of sums) {
      sum.customers++;
      sum.orders += values[i]!;
      if (values[i]! >= 2) sum.repeat++;
    }
  }
  const parts: [string, typeof all][] = [['all', all], ...[...groups].sort(([a], [b]) => compareText(a, b))];
  const limits = parts.map(([, sum]) => wilsonLimits(sum.repeat, sum.customers, level));
  const number = (of: (sum: typeof all) => number): Float64Array => Float64Array.from(parts, ([, sum]) => of(sum));
  const whole = (of: (sum: typeof all) => number): Int32Array => Int32Array.from(parts, ([, sum]) => of(sum));
  const answer = table({
    group: parts.map(([name]) => name), overall: { type: 'flag', data: Uint8Array.from(parts, (_, i) => (i === 0 ? 1 : 0)) }, customers: whole((s) => s.customers), repeatCustomers: whole((s) => s.repeat), rate: number((s) => s.repeat / s.customers),
    low: Float64Array.from(limits, ([low]) => low), high: Float64Array.from(limits, ([, high]) => high),
    orders: number((s) => s.orders), ordersPerCustomer: number((s) => s.orders / s.customers), repeatOrderShare: number((s) => (s.orders - s.customers) / s.orders),
  });
  const result = {
    customers: all.customers, repeatCustomers: all.repeat, rate: all.repeat / all.customers, low: limits[0]![0], high: limits[0]![1],
    orders: all.orders, ordersPerCustomer: all.orders / all.customers, repeatOrderShare: (all.orders - all.customers) / all.orders, table: answer, diagnostics,
  };
  const read = shown(answer, language);
  return showableResult(result, { text: () => read.toString(), html: () => read.toHTML() });
}
