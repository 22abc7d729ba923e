import type { Diagnostics } from '../core/index.js';
import { Table, type Column } from '../columns/index.js';
import { Customers, type CustomersMeta } from '../transactions/index.js';

/** Customers as a thread sends them back. */
export interface SentCustomers {
  readonly columns: readonly (readonly [string, Column])[];
  readonly meta: CustomersMeta;
  readonly diagnostics: Diagnostics;
  readonly state?: SentCustomers;
}

/** Customers, or a plain table, as a thread is sent them. */
export interface SentTable {
  readonly columns: readonly (readonly [string, Column])[];
  /** of customers made by `summarize` */
  readonly customers: { readonly meta: CustomersMeta; readonly diagnostics: Diagnostics } | undefined;
}

/** The table of what a thread was sent. */
export function receivedTable({ columns, customers }: SentTable): Table {
  return customers === undefined ? new Table(columns) : new Customers(columns, customers.meta, customers.diagnostics);
}

/** Customers, for another thread. */
export function sentCustomers(customers: Customers): SentCustomers {
  return { columns: [...customers.entries()], meta: customers.meta, diagnostics: customers.diagnostics, ...(customers.state === undefined ? {} : { state: sentCustomers(customers.state) }) };
}

/** Customers of what a thread sent. */
export function receivedCustomers({ columns, meta, diagnostics, state }: SentCustomers): Customers {
  return new Customers(columns, meta, diagnostics, state === undefined ? undefined : receivedCustomers(state));
}
