import { checkKeys, checkWhole } from '../core/index.js';
import { exactSum, Table } from '../columns/index.js';
import { customerValues, type ValuesInput } from '../transactions/index.js';
import { idAndValue, rankedRows } from './ranked.js';

/** How many, and by what. */
export interface TopCustomersOptions {
  /** how many are listed; 10 by default, all where there are fewer */
  readonly count?: number;
  /** `'revenue'` (default), `'profit'`, or a column's name */
  readonly of?: 'revenue' | 'profit' | (string & {});
}

/**
 * The best customers by name, with what they bring and what they bring together.
 *
 * Records of one person under several ids are several customers here and push each other off the list: merge them first.
 *
 * @param customers what `summarize` makes, any table, plain columns, or one value per customer. Not modified.
 * @returns best first: `rank`, the customer and the value, `share`, `cumulatedShare` (missing where the total is not above
 *   0), then the other columns. Equal values stand by id.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * topCustomers({ customer: ['a', 'b', 'c'], revenue: [10, 70, 20] }, { count: 1 }).row(0);
 * // { rank: 1, customer: 'b', revenue: 70, share: 0.7, cumulatedShare: 0.7 }
 *
 * O(n).
 */
export function topCustomers(customers: ValuesInput, options: TopCustomersOptions = {}): Table {
  checkKeys('topCustomers', options, ['count', 'of']);
  const count = checkWhole('topCustomers', 'count', options.count ?? 10, 1);
  const read = customerValues('topCustomers', customers, options.of ?? 'revenue');
  const total = exactSum(read.values);
  const best = rankedRows(read).slice(0, count);
  const share = Float64Array.from(best, (row) => (total > 0 ? read.values[row]! / total : NaN));
  let sum = 0;
  const cumulated = Float64Array.from(best, (row) => {
    sum += read.values[row]!;
    return total > 0 ? sum / total : NaN;
  });
  const first = new Table(idAndValue(read)).take(best);
  const others = read.source.names.filter((name) => !first.has(name) && !['rank', 'share', 'cumulatedShare'].includes(name));
  return new Table([
    ['rank', { type: 'integer', data: Int32Array.from(best, (_, k) => k + 1) }],
    ...first.entries(),
    ['share', { type: 'number', data: share }],
    ['cumulatedShare', { type: 'number', data: cumulated }],
    ...(others.length === 0 ? [] : read.source.select(others).take(best).entries()),
  ]);
}
