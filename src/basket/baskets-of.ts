import { checkKeys, checkWhole, checkWord, ClienteleError, type Diagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, groupRows, numbersOf, type Groups, type Table, type TableInput } from '../columns/index.js';
import { daysOf, isTransactions, type Transactions } from '../transactions/index.js';
import { gatherBaskets, MAX_ITEMS, type Baskets } from './baskets.js';

export interface BasketsOfOptions {
  /** `'order'`: rows of one order id (of one customer); `'customer-day'`: what a customer bought on one day. By default orders where the log has ids */
  readonly basket?: 'order' | 'customer-day';
  /** baskets of more different items are left out and counted; 200 by default */
  readonly maxItems?: number;
}

/**
 * Baskets from an order log with products, or from any table with `order` and `product` columns.
 *
 * Rows with an amount below 0 are returns and put nothing into a basket; rows without a product, an order id or a customer are
 * left out. All are counted. An item counts once a basket, whatever its quantity.
 *
 * @param data an order log whose role `product` is given, or columns by name; not modified
 * @param options see {@link BasketsOfOptions}
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID` where no basket is left
 * @example
 * basketsOf({ order: ['1', '1', '2'], product: ['beer', 'nappies', 'beer'] }).count;   // 2
 *
 * O(rows).
 */
export function basketsOf(data: Transactions | TableInput, options: BasketsOfOptions = {}): Baskets {
  const where = 'basketsOf';
  checkKeys(where, options, ['basket', 'maxItems']);
  return basketsFrom(where, data, options);
}

/** The same for other public functions, whose name messages bear. */
export function basketsFrom(where: string, data: Transactions | TableInput, options: BasketsOfOptions): Baskets {
  const maxItems = checkWhole(where, 'maxItems', options.maxItems ?? MAX_ITEMS, 1);
  const log = asTable(where, data);
  if (!log.has('product')) throw new ClienteleError('COLUMN_MISSING', { where, column: 'product' }, `column "product" is missing (found: ${log.names.join(', ')}).`, "Say which column it is when reading: { product: '…' }.");
  const kind = checkWord(where, 'basket', options.basket ?? (log.has('order') ? 'order' : 'customer-day'), ['order', 'customer-day']);
  const products = groupRows(log.column('product'));
  const { codes, count, leftOut } = kind === 'order' ? byOrder(where, log) : byDay(where, log);
  const amounts = log.has('amount') ? numbersOf(where, log, 'amount') : undefined;
  const basket = codes.slice();
  for (let row = 0; row < basket.length; row++) {
    if (basket[row] === -1) continue;
    const reason = amounts !== undefined && amounts[row]! < 0 ? 'returns' : products.codes[row] === -1 ? 'no-product' : undefined;
    if (reason === undefined) continue;
    basket[row] = -1;
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  }
  const column = log.column('product');
  const before: Diagnostics | undefined = isTransactions(data) ? data.diagnostics : undefined;
  return gatherBaskets({
    where, names: Array.from(products.firstRow, (row) => String(cellOf(column, row))), basket, item: products.codes, baskets: count, kind, source: isTransactions(data) ? data.meta.source : 'table', maxItems,
    read: log.numRows + (before === undefined ? 0 : before.rows.read - before.rows.used), leftOut: { ...before?.rows.leftOut, ...leftOut }, ...(before === undefined ? {} : { before }),
  });
}

interface Numbered {
  readonly codes: Int32Array;
  readonly count: number;
  readonly leftOut: Record<string, number>;
}

/** The same order id at two customers is two orders. */
function byOrder(where: string, log: Table): Numbered {
  if (!log.has('order')) throw columnMissing(where, 'order', log.names);
  const orders = groupRows(log.column('order'));
  return log.has('customer') ? paired(groupRows(log.column('customer')), orders.codes, orders.count, 'no-customer', 'no-order') : { ...orders, leftOut: counted(orders.codes, 'no-order') };
}

function byDay(where: string, log: Table): Numbered {
  if (!log.has('customer')) throw columnMissing(where, 'customer', log.names);
  const days = daysOf(where, log);
  let first = Infinity, last = -Infinity;
  for (let row = 0; row < days.length; row++) {
    if (days[row]! < first) first = days[row]!;
    if (days[row]! > last) last = days[row]!;
  }
  return paired(groupRows(log.column('customer')), days.map((day) => day - first), Math.max(1, last - first + 1), 'no-customer', 'no-day');
}

function paired(customers: Groups, second: Int32Array, seconds: number, noFirst: string, noSecond: string): Numbered {
  const keys = new Float64Array(second.length);
  for (let row = 0; row < keys.length; row++) keys[row] = customers.codes[row] === -1 || second[row] === -1 ? NaN : customers.codes[row]! * seconds + second[row]!;
  const missing = counted(customers.codes, noFirst);
  const other = second.reduce((n, code, row) => (code === -1 && customers.codes[row] !== -1 ? n + 1 : n), 0);
  return { ...groupRows({ type: 'number', data: keys }), leftOut: other > 0 ? { ...missing, [noSecond]: other } : missing };
}

function counted(codes: Int32Array, reason: string): Record<string, number> {
  const n = codes.reduce((sum, code) => (code === -1 ? sum + 1 : sum), 0);
  return n > 0 ? { [reason]: n } : {};
}
