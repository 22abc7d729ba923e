import type { Diagnostics } from '../core/index.js';
import { cellOf, isPresent, textColumn, type Column, type DateColumn, type Groups } from '../columns/index.js';
import type { Aggregate } from './aggregate.js';
import { Customers, type CustomersMeta } from './customers.js';
import type { Transactions } from './transactions.js';

/** The sums of money that a state keeps. */
export const MONEY = ['total', 'repeatTotal', 'earlyTotal'] as const;
/** Name of a column of whole cents, and of what is none. */
export const centsColumn = (name: string): string => `${name}Cents`;
export const restColumn = (name: string): string => `${name}Rest`;

/** Columns of a state, before those carried: every customer seen, with a purchase or not. */
export const STATE_COLUMNS: readonly string[] = ['customer', 'first', 'last', 'purchases', 'dates', 'frequency', 'gapSquares', ...MONEY.map(centsColumn), ...MONEY.map(restColumn), 'lastDayOrders'];

/** What a state is made of. */
interface StateParts {
  readonly ids: Column;
  readonly groupOf: Int32Array;
  readonly sums: Aggregate;
  readonly counted: Int32Array;
  /** ids of the last day's orders per group, as JSON text */
  readonly orders: readonly (string | null)[] | undefined;
  readonly meta: CustomersMeta;
  readonly carried: readonly (readonly [string, Column])[];
  readonly diagnostics: Diagnostics;
}

/** A table of sums per customer, from which newer orders go on; itself customers, so that it is saved like them. */
export function stateOf({ ids, groupOf, sums, counted, orders, meta, carried, diagnostics }: StateParts): Customers {
  const unit = meta.resolution === 'day' ? {} : { unit: meta.resolution };
  const integers = (from: Int32Array): Int32Array => groupOf.map((g) => from[g]!);
  const numbers = (from: Float64Array): Column => ({ type: 'number', data: Float64Array.from(groupOf, (g) => from[g]!) });
  const columns: [string, Column][] = [
    ['customer', ids],
    ['first', { type: 'date', data: integers(sums.first), ...unit }], ['last', { type: 'date', data: integers(sums.last), ...unit }],
    ['purchases', { type: 'integer', data: integers(sums.purchases) }], ['dates', { type: 'integer', data: integers(sums.dates) }], ['frequency', { type: 'integer', data: integers(counted) }],
    ['gapSquares', numbers(sums.gapSquares)],
    ...MONEY.map((name): [string, Column] => [centsColumn(name), numbers(sums.cents[name])]),
  ];
  const { rest } = sums;
  if (rest !== undefined) for (const name of MONEY) columns.push([restColumn(name), numbers(rest[name])]);
  if (orders !== undefined) columns.push(['lastDayOrders', textColumn(Array.from(groupOf, (g) => orders[g] ?? null))]);
  const state = meta.frequency !== 'orders' ? 'no-order-ids' : orders === undefined ? 'without-order-ids' : 'with-order-ids';
  return new Customers([...columns, ...carried], { ...meta, state }, diagnostics);
}

/** Ids of the orders of the last day, per group, as JSON text. */
export function borderOrders(log: Transactions, groups: Groups, keep: Uint8Array | undefined, asOf: number): (string | null)[] {
  const dates = (log.column('date') as DateColumn).data;
  const order = log.column('order');
  const ids = new Map<number, Set<string>>();
  for (let i = 0; i < dates.length; i++) {
    if (dates[i] !== asOf || (keep !== undefined && keep[i] === 0) || !isPresent(order, i)) continue;
    const group = groups.codes[i]!;
    const own = ids.get(group) ?? new Set();
    ids.set(group, own.add(String(cellOf(order, i))));
  }
  return Array.from({ length: groups.count }, (_, g) => (ids.has(g) ? JSON.stringify([...ids.get(g)!]) : null));
}
