import { checkKeys, checkWord, civilDate, ClienteleError, notThisResult, optionInvalid, UNITS_PER_DAY } from '../core/index.js';
import { isTable, numbersOf, table, type Table } from '../columns/index.js';
import type { Customers } from '../transactions/index.js';
import { customersMeta } from './purchase-rows.js';

export interface HistoricalValueOptions {
  /** what customers are grouped by: time of their first purchase, `'year'` by default, or `'all'` */
  readonly by?: 'month' | 'quarter' | 'year' | 'all';
  /** share of revenue that is kept, above 0 and at most 1; given, the value is profit instead of revenue */
  readonly margin?: number;
}

/**
 * What customers have brought to date, by cohort: the other half of lifetime value, known and not expected.
 *
 * @param customers made by `summarize`; not modified. Customers who never bought are in no cohort.
 * @param options `by`, `margin`
 * @returns a table, oldest cohort first: `cohort` ('2026', '2026-Q1', '2026-01', 'all'), `customers`, `revenue` (or
 *   `profit`) net of returns, `perCustomer`, `share` of the whole
 * @throws ClienteleError `VALUE_INVALID` for other input than customers; `OPTION_INVALID`
 * @example
 * historicalValue(customers, { by: 'quarter', margin: 0.3 });
 */
export function historicalValue(customers: Customers, options: HistoricalValueOptions = {}): Table {
  const where = 'historicalValue';
  checkKeys(where, options, ['by', 'margin']);
  const by = checkWord(where, 'by', options.by ?? 'year', ['month', 'quarter', 'year', 'all']);
  const { margin } = options;
  if (margin !== undefined && !(typeof margin === 'number' && margin > 0 && margin <= 1)) throw optionInvalid(where, 'margin', margin, 'Give the share of revenue that is kept, above 0 and at most 1.');
  const meta = isTable(customers) ? customersMeta(customers) : undefined;
  if (meta === undefined) throw notThisResult(where, customers, 'a table of summarized customers', 'Make them with summarize(transactions).');
  const money = totalMoney(where, customers, meta.monetary);
  const first = customers.column('first');
  if (first.type !== 'date') throw new ClienteleError('VALUE_INVALID', { where, column: 'first' }, `column "first" holds ${first.type}, not dates.`, 'Make customers with summarize(transactions).');
  const perDay = UNITS_PER_DAY[first.unit ?? 'day'];

  const cohorts = new Map<string, { customers: number; value: number }>();
  let whole = 0;
  for (let i = 0; i < customers.numRows; i++) {
    if (Number.isNaN(money[i]!) || (first.valid !== undefined && ((first.valid[i >> 3]! >> (i & 7)) & 1) === 0)) continue;
    const name = cohortName(Math.floor(first.data[i]! / perDay), by);
    const cohort = cohorts.get(name) ?? { customers: 0, value: 0 };
    cohort.customers++;
    cohort.value += money[i]! * (margin ?? 1);
    whole += money[i]! * (margin ?? 1);
    cohorts.set(name, cohort);
  }
  const names = [...cohorts.keys()].sort();
  const column = (f: (cohort: { customers: number; value: number }) => number): number[] => names.map((name) => f(cohorts.get(name)!));
  return table({
    cohort: names, customers: Int32Array.from(column((c) => c.customers)), [margin === undefined ? 'revenue' : 'profit']: column((c) => c.value),
    perCustomer: column((c) => c.value / c.customers), share: column((c) => (whole === 0 ? 0 : c.value / whole)),
  });
}

function totalMoney(where: string, customers: Table, monetary: 'total' | 'mean'): Float64Array {
  const money = numbersOf(where, customers, 'monetary');
  if (monetary === 'total') return money;
  const frequency = numbersOf(where, customers, 'frequency');
  return money.map((mean, i) => mean * frequency[i]!);
}

function cohortName(day: number, by: 'month' | 'quarter' | 'year' | 'all'): string {
  if (by === 'all') return 'all';
  const [year, month] = civilDate(day);
  const text = String(year).padStart(4, '0');
  return by === 'year' ? text : by === 'month' ? `${text}-${String(month).padStart(2, '0')}` : `${text}-Q${Math.ceil(month / 3)}`;
}
