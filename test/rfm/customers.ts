import fc from 'fast-check';
import type { Table } from '../../src/columns/index.js';
import { summarize, type Customers, type SummarizeOptions } from '../../src/transactions/index.js';
import { referenceRows } from '../reference.js';
import { logOf } from '../transactions/log.js';

/** Measures by column, as plain columns go into `rfm`. */
export interface PlainCustomers {
  readonly customer: string[];
  readonly recency: Float64Array;
  readonly frequency: Float64Array;
  readonly monetary: Float64Array;
  readonly [column: string]: string[] | Float64Array;
}

/** Plain columns of [customer, recency, frequency, monetary] rows. */
export function customersOf(rows: readonly (readonly [customer: string, recency: number, frequency: number, monetary: number])[]): PlainCustomers {
  return {
    customer: rows.map(([customer]) => customer),
    recency: Float64Array.from(rows, ([, recency]) => recency),
    frequency: Float64Array.from(rows, ([, , frequency]) => frequency),
    monetary: Float64Array.from(rows, ([, , , monetary]) => monetary),
  };
}

/** Any customers: many ties, ids in no order, money with and without cents, also returned. */
export const anyCustomers: fc.Arbitrary<PlainCustomers> = fc.uniqueArray(
  fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 400 }).map(String), fc.string({ minLength: 1, maxLength: 8, unit: 'binary' })),
    fc.integer({ min: 0, max: 40 }),
    fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) }),
    fc.oneof(fc.integer({ min: -20, max: 60 }), fc.integer({ min: -2000, max: 90000 }).map((cents) => cents / 100)),
  ),
  { minLength: 1, maxLength: 80, selector: ([customer]) => customer },
).map(customersOf);

/** The orders of the reference, summarized as its expected values want it. */
export function referenceOrders(options: SummarizeOptions = { asOf: '2006-12-31' }): Customers {
  return summarize(logOf(referenceRows('rfm/inputs/orders.csv').map((row) => [row['customer_id']!, row['order_date']!, Number(row['revenue'])])), options);
}

/** The customers of a reference file with measures in columns. */
export function referenceCustomers(file: 'customers' | 'ties'): PlainCustomers {
  const [orders, id] = file === 'ties' ? ['orders', 'customer_id'] : ['number_of_orders', 'customer_id'];
  return customersOf(referenceRows(`rfm/inputs/${file}.csv`).map((row) => [row[id]!, Number(row['recency_days']), Number(row[orders]), Number(row['revenue'])]));
}

/** A column of a result by customer, in the order of the given ids. */
export function byCustomer(result: { readonly table: Table }, column: string, ids: readonly string[]): unknown[] {
  const columns = result.table.toColumns();
  const customers = columns['customer'] as string[];
  const cells = columns[column]!;
  const places = new Map(customers.map((id, i) => [id, i]));
  return ids.map((id) => cells[places.get(id)!]);
}
