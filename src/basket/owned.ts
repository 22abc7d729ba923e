import { ClienteleError } from '../core/index.js';
import { asTable, cellOf, columnMissing, groupRows, numbersOf, takeColumn, type Column, type TableInput } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { trimNames } from './baskets.js';

/** Who bought what, each product once a customer. */
export interface Owned {
  /** one per customer with a purchase, in order of first appearance */
  readonly ids: Column;
  readonly customers: number;
  /** product names, trimmed */
  readonly items: readonly string[];
  /** customer c owns `codes[start[c] … start[c + 1]]`, places in `items` */
  readonly start: Int32Array;
  readonly codes: Int32Array;
}

/**
 * What each customer ever bought; returns, rows without customer or product are no purchases.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` where nothing was bought. O(rows).
 */
export function ownedBy(where: string, data: Transactions | TableInput): Owned {
  const log = asTable(where, data);
  for (const name of ['customer', 'product']) if (!log.has(name)) throw columnMissing(where, name, log.names);
  const customers = groupRows(log.column('customer')), products = groupRows(log.column('product'));
  const column = log.column('product');
  const { codeOf, items } = trimNames(Array.from(products.firstRow, (row) => String(cellOf(column, row))));
  const amounts = log.has('amount') ? numbersOf(where, log, 'amount') : undefined;
  const keys = new Float64Array(log.numRows);
  for (let row = 0; row < keys.length; row++) {
    const item = products.codes[row] === -1 ? -1 : codeOf[products.codes[row]!]!;
    keys[row] = customers.codes[row] === -1 || item === -1 || (amounts !== undefined && amounts[row]! < 0) ? NaN : customers.codes[row]! * items.length + item;
  }
  const pairs = groupRows({ type: 'number', data: keys });
  if (pairs.count === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'nothing was bought: there is no row with a customer and a product.', 'Pass at least one purchase.');
  const sizes = new Int32Array(customers.count);
  for (const row of pairs.firstRow) sizes[customers.codes[row]!]!++;
  const buyers = Int32Array.from(sizes.keys()).filter((c) => sizes[c]! > 0);
  const place = new Int32Array(customers.count);
  const start = new Int32Array(buyers.length + 1);
  buyers.forEach((c, k) => {
    place[c] = start[k]!;
    start[k + 1] = start[k]! + sizes[c]!;
  });
  const codes = new Int32Array(pairs.count);
  for (const row of pairs.firstRow) codes[place[customers.codes[row]!]!++] = codeOf[products.codes[row]!]!;
  return { ids: takeColumn(log.column('customer'), buyers.map((c) => customers.firstRow[c]!)), customers: buyers.length, items, start, codes };
}
