import { checkKeys, ClienteleError, type Warning } from '../core/index.js';
import { asTable, columnLength, columnMissing, isPresent, matchRows, numbersOf, showableResult, Table, takeColumn, type Showable, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { checkLevel, checkOnce, idColumn, idText, someRows } from './inputs.js';

export interface ReferralRateOptions {
  /** column of the id of who sent the customer, missing where nobody did; `'referrer'` by default */
  readonly referrer?: string;
  /** column of 0 and 1: who is new in the period looked at; everyone when absent */
  readonly isNew?: string;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
}

export interface ReferralRate extends Showable {
  readonly customers: number;
  /** customers who sent at least one of the new ones */
  readonly referrers: number;
  /** referrers / customers, with Wilson's limits */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly newCustomers: number;
  readonly referred: number;
  /** referred / newCustomers; missing (NaN) where nobody is new */
  readonly referredShare: number;
  /** who sent how many, most first: `customer`, `referred` */
  readonly table: Table;
  readonly warnings: readonly Warning[];
}

/**
 * Referral rate (推荐率): customers who sent others / customers, and the share of new customers who were sent.
 *
 * A referrer who is not among the customers counts for the new customer and not for the rate, with a warning.
 *
 * @param data one row per customer: `customer`, `referrer`; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row: an id twice, someone who sent themselves
 * @example
 * referralRate({ customer: ['a', 'b', 'c'], referrer: [null, 'a', 'a'] });   // rate 1/3, referredShare 2/3
 *
 * O(customers).
 */
export function referralRate(data: TableInput, options: ReferralRateOptions = {}): ReferralRate {
  const where = 'referralRate';
  checkKeys(where, options, ['referrer', 'isNew', 'level']);
  const level = checkLevel(where, options.level ?? 0.95);
  const source = someRows(where, asTable(where, data));
  const ids = idColumn(where, source);
  const name = options.referrer ?? 'referrer';
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const sender = source.column(name);
  checkOnce(where, source);
  const isNew = options.isNew === undefined ? new Float64Array(source.numRows).fill(1) : numbersOf(where, source, options.isNew);
  const rowOf = allMissing(sender.type, sender) ? new Int32Array(source.numRows).fill(-1) : matchRows(sender, ids);
  const sent = new Int32Array(source.numRows);
  let fresh = 0, referred = 0, unknown = 0;
  for (let i = 0; i < source.numRows; i++) {
    if (isNew[i] !== 0 && isNew[i] !== 1) throw new ClienteleError('VALUE_INVALID', { where, column: options.isNew!, row: i, value: String(isNew[i]) }, `row ${i}: ${isNew[i]} is not 0 or 1.`, 'Give 1 (or true) for new customers, 0 (or false) for the others.');
    if (rowOf[i] === i) throw new ClienteleError('VALUE_INVALID', { where, column: name, row: i, value: idText(ids, i) }, `row ${i}: customer ${idText(ids, i)} sent themselves.`, 'Mend the referrer, or leave it missing.');
    if (isNew[i] === 0) continue;
    fresh++;
    if (!isPresent(sender, i)) continue;
    referred++;
    if (rowOf[i] === -1) unknown++;
    else sent[rowOf[i]!]!++;
  }
  const rows = Int32Array.from(sent.keys()).filter((i) => sent[i]! > 0);
  const [low, high] = wilsonLimits(rows.length, source.numRows, level);
  const list = new Table([['customer', takeColumn(ids, rows)], ['referred', { type: 'integer', data: Int32Array.from(rows, (i) => sent[i]!) }]]).sortBy('referred', 'descending');
  const warnings = unknown === 0 ? [] : [{ code: 'REFERRER_UNKNOWN', message: `${unknown} customers were sent by someone who is not among the customers. Add the referrers, or check their ids.` }];
  const result = { customers: source.numRows, referrers: rows.length, rate: rows.length / source.numRows, low, high, newCustomers: fresh, referred, referredShare: fresh === 0 ? NaN : referred / fresh, table: list, warnings };
  return showableResult(result, { text: () => `${result.referrers} of ${result.customers} customers sent others; ${referred} of ${fresh} new customers were sent\n${list.toString()}`, html: () => list.toHTML() });
}

/** A column without a value has the type of nothing in particular. */
function allMissing(type: string, column: Parameters<typeof isPresent>[0]): boolean {
  if (type === 'text') return false;
  for (let i = 0; i < columnLength(column); i++) if (isPresent(column, i)) return false;
  return true;
}
