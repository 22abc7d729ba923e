import { checkKeys, checkWhole } from '../core/index.js';
import { groupRows, numbersOf, orderBest, ranksOf, Table, takeColumn, type Column } from '../columns/index.js';
import { checkUnified } from './unified-tables.js';
import type { Unified } from './unify.js';

/** How many, and by what. */
export interface CompareTopOptions {
  /** a column of `sum` */
  readonly of: string;
  /** how many are listed; 10 by default, all where there are fewer */
  readonly count?: number;
}

/** The best before and after records were joined. */
export interface TopCompared {
  /** the best records, each taken for a customer: `rank`, `source`, `id`, the value, then `customer`, `rankAfter`, `valueAfter` */
  readonly before: Table;
  /** the best customers: `rank`, `customer`, `records`, the value, then `rankBefore`, `valueBefore`: those of its best record */
  readonly after: Table;
}

/**
 * The ranking of top customers before and after joining: who is spread over several records shows only after.
 *
 * Missing values stand last; equal ones stand by id, as text.
 *
 * @param unified what `unify` or `unmerge` returned. Not modified.
 * @throws ClienteleError `COLUMN_MISSING`, `OPTION_INVALID`; `VALUE_INVALID` for a column that holds no numbers
 * @example
 * compareTop(unify(sources, { keys, sum: ['balance'] }), { of: 'balance', count: 10 }).after;
 *
 * O(records).
 */
export function compareTop(unified: Pick<Unified, 'records' | 'customers'>, options: CompareTopOptions): TopCompared {
  const where = 'compareTop';
  checkUnified(where, unified, ['records', 'customers']);
  checkKeys(where, options, ['of', 'count']);
  const { records, customers } = unified;
  const count = checkWhole(where, 'count', options.count ?? 10, 1);
  const { of } = options;
  const values = numbersOf(where, records, of);
  const totals = numbersOf(where, customers, of);
  const order = ranked(values, records.column('id'));
  const orderAfter = ranked(totals, customers.column('customer'));
  const [ranks, ranksAfter] = [ranksOf(order), ranksOf(orderAfter)];
  // Customers stand in the order of their first records, which is that of the groups.
  const customerOf = groupRows(records.column('customer')).codes;
  const best = new Int32Array(customers.numRows).fill(-1);
  for (const row of order) if (best[customerOf[row]!] === -1) best[customerOf[row]!] = row;
  const top = order.slice(0, count);
  const topAfter = orderAfter.slice(0, count);
  return {
    before: new Table([
      ['rank', ranksColumn(top.length)], ['source', takeColumn(records.column('source'), top)], ['id', takeColumn(records.column('id'), top)], [of, numbers(top, (row) => values[row]!)],
      ['customer', takeColumn(records.column('customer'), top)], ['rankAfter', { type: 'integer', data: top.map((row) => ranksAfter[customerOf[row]!]!) }], ['valueAfter', numbers(top, (row) => totals[customerOf[row]!]!)],
    ]),
    after: new Table([
      ['rank', ranksColumn(topAfter.length)], ['customer', takeColumn(customers.column('customer'), topAfter)], ['records', takeColumn(customers.column('records'), topAfter)], [of, numbers(topAfter, (c) => totals[c]!)],
      ['rankBefore', { type: 'integer', data: topAfter.map((c) => ranks[best[c]!]!) }], ['valueBefore', numbers(topAfter, (c) => values[best[c]!]!)],
    ]),
  };
}

/** Best first; missing values count below any other. */
function ranked(values: Float64Array, ids: Column): Int32Array {
  return orderBest(values.map((value) => (Number.isNaN(value) ? -Infinity : value)), ids);
}

function ranksColumn(count: number): Column {
  return { type: 'integer', data: Int32Array.from({ length: count }, (_, k) => k + 1) };
}

function numbers(rows: Int32Array, of: (row: number) => number): Column {
  return { type: 'number', data: Float64Array.from(rows, of) };
}
