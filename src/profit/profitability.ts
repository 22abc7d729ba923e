import { checkKeys, ClienteleError, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, exactSum, matchRows, orderBest, ranksOf, showableResult, Table, takeNumbers, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers, customerValues, type CustomerValues } from '../transactions/index.js';
import type { CostToServe } from './cost-to-serve.js';
import { profitGroups } from './profit-groups.js';

/** Where revenue and costs stand. */
export interface ProfitabilityOptions {
  /** column of revenue; `monetary` or `revenue` when absent */
  readonly revenue?: string;
  /** column of direct cost (goods, freight), or the margin: a column of margin rates, or one rate for all; 0 when absent */
  readonly directCost?: string | { readonly marginRate: string | number };
  /** a result of `costToServe`, one number per customer (from `activityCosts`), or a column; 0 when absent */
  readonly costToServe?: Pick<CostToServe, 'table'> | Float64Array | string;
  /** column by which customers are grouped: a segment, region, manager */
  readonly by?: string;
}

/** What every customer leaves after all costs. */
export interface Profitability {
  /**
   * per customer, in the order given: `customer`, `revenue`, `directCost`, `margin`, `costToServe`, `profit`, `profitRate`
   * (profit / revenue, missing where revenue is not above 0), `rank` (1 the most profit), and the column `by`
   */
  readonly table: Table;
  /** all customers, or one row per group, best first: customers, money, `profitRate`, `unprofitable`, `loss` */
  readonly segments: Table;
  /** customers below 0, the largest loss first; the list is made when it is first asked for */
  readonly unprofitable: Table;
  readonly total: number;
  readonly diagnostics: Diagnostics;
}

/**
 * Profit per customer and per segment: revenue less direct cost less the cost to serve.
 *
 * Customers without events cost nothing to serve; events of customers who are not in the table are left out with a
 * warning that says how much they cost.
 *
 * @param customers what `summarize` makes, any table or plain columns. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `COLUMN_LENGTH`; `VALUE_INVALID` naming column, row and customer
 * @example
 * profitability({ customer: ['a', 'b'], revenue: [100, 50] }, { directCost: { marginRate: 0.4 }, costToServe: Float64Array.of(10, 25) }).table.row(1);
 * // { customer: 'b', revenue: 50, directCost: 30, margin: 20, costToServe: 25, profit: -5, profitRate: -0.1, rank: 2 }
 *
 * O(customers).
 */
export function profitability(customers: TableInput, options: ProfitabilityOptions = {}): Profitability & Showable {
  checkKeys('profitability', options, ['revenue', 'directCost', 'costToServe', 'by']);
  const read = customerValues('profitability', customers, options.revenue ?? 'revenue');
  const { values: revenue, source } = read;
  const margin = marginsOf(read, options.directCost);
  const { costs, warnings } = costsOf(read, asTable('profitability', customers).numRows, options.costToServe);
  const n = revenue.length;
  const directCost = new Float64Array(n);
  const profit = new Float64Array(n);
  const rate = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    directCost[i] = revenue[i]! - margin[i]!;
    profit[i] = margin[i]! - costs[i]!;
    rate[i] = revenue[i]! > 0 ? profit[i]! / revenue[i]! : NaN;
  }
  const order = orderBest(profit, source.has('customer') ? source.column('customer') : undefined);
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  const table = new Table([
    ...(source.has('customer') ? [['customer', source.column('customer')] as [string, Column]] : []),
    ['revenue', number(revenue)], ['directCost', number(directCost)], ['margin', number(margin)], ['costToServe', number(costs)],
    ['profit', number(profit)], ['profitRate', number(rate)], ['rank', { type: 'integer', data: ranksOf(order) }],
    ...(options.by === undefined ? [] : [[byName(options.by), groupColumn(source, options.by)] as [string, Column]]),
  ]);
  const segments = profitGroups(table, options.by === undefined ? undefined : byName(options.by));
  let listed: Table | undefined;
  const result = {
    table, segments, total: exactSum(profit), diagnostics: withWarnings(read.diagnostics, warnings),
    get unprofitable(): Table {
      return (listed ??= table.take(losersOf(profit, order)));
    },
  };
  return showableResult(result, { text: () => segments.toString(), html: () => segments.toHTML() });
}

/** Rows below 0 of those in order, the largest loss first. */
function losersOf(profit: Float64Array, order: Int32Array): Int32Array {
  let gaining = order.length;
  while (gaining > 0 && profit[order[gaining - 1]!]! < 0) gaining--;
  return order.slice(gaining).reverse();
}

/** Names that the result itself uses are kept apart. */
function byName(by: string): string {
  return ['customer', 'revenue', 'directCost', 'margin', 'costToServe', 'profit', 'profitRate', 'rank'].includes(by) ? `by ${by}` : by;
}

function groupColumn(source: Table, by: string): Column {
  if (source.has(by)) return source.column(by);
  throw new ClienteleError('COLUMN_MISSING', { where: 'profitability', column: by }, `column ${valueText(by)} is missing (found: ${source.names.join(', ')}).`, 'Check the name.');
}

function marginsOf({ values, source }: CustomerValues, option: ProfitabilityOptions['directCost']): Float64Array {
  if (option === undefined) return values;
  if (typeof option === 'string') {
    const cost = checkedNumbers('profitability', source, option);
    return values.map((revenue, i) => revenue - cost[i]!);
  }
  const rate = (option as { marginRate?: unknown }).marginRate;
  if (typeof rate === 'number' && rate <= 1 && rate > -Infinity) return timesRate(values, rate);
  if (typeof rate !== 'string') throw optionInvalid('profitability', 'directCost', rate, 'Name a column of costs, or { marginRate: 0.4 }, or { marginRate: column }.');
  const rates = checkedNumbers('profitability', source, rate);
  return values.map((revenue, i) => revenue * rates[i]!);
}

function timesRate(values: Float64Array, rate: number): Float64Array {
  const margin = new Float64Array(values.length);
  for (let i = 0; i < margin.length; i++) margin[i] = values[i]! * rate;
  return margin;
}

function costsOf({ source, rows, values }: CustomerValues, all: number, option: ProfitabilityOptions['costToServe']): { costs: Float64Array; warnings: Warning[] } {
  if (option === undefined) return { costs: new Float64Array(values.length), warnings: [] };
  if (typeof option === 'string') return { costs: checkedNumbers('profitability', source, option), warnings: [] };
  if (option instanceof Float64Array) {
    const given = rows === undefined ? values.length : all;
    if (option.length !== given) throw new ClienteleError('COLUMN_LENGTH', { where: 'profitability', option: 'costToServe' }, `costToServe has ${option.length} numbers; there are ${given} customers.`, 'Give one number per customer.');
    const row = option.findIndex((cost) => !Number.isFinite(cost));
    if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where: 'profitability', option: 'costToServe', row }, `costToServe, row ${row} is ${option[row]}.`, 'Fill or drop such rows first.');
    return { costs: rows === undefined ? option : takeNumbers(option, rows), warnings: [] };
  }
  if (typeof option !== 'object' || option === null || option.table === undefined) throw optionInvalid('profitability', 'costToServe', option, 'Give a result of costToServe, one number per customer, or a column.');
  if (!source.has('customer')) throw new ClienteleError('COLUMN_MISSING', { where: 'profitability', column: 'customer' }, 'there is no column "customer" to find events by.', 'Give ids.');
  return matchedCosts(source, option.table, values.length);
}

function matchedCosts(source: Table, events: Table, n: number): { costs: Float64Array; warnings: Warning[] } {
  const cost = checkedNumbers('profitability', events, 'cost');
  const rowOf = matchRows(events.column('customer'), source.column('customer'));
  const costs = new Float64Array(n);
  let strangers = 0;
  let lost = 0;
  for (let i = 0; i < rowOf.length; i++) {
    const row = rowOf[i]!;
    if (row === -1) {
      strangers++;
      lost += cost[i]!;
    } else costs[row] = cost[i]!;
  }
  const message = `${strangers} ${strangers === 1 ? 'customer' : 'customers'} with events (cost ${lost.toFixed(2)}) are not among the customers and are left out. Check that ids are written alike, or list them with a roster.`;
  return { costs, warnings: strangers === 0 ? [] : [{ code: 'EVENTS_UNMATCHED', message }] };
}
