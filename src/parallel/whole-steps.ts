import type { Diagnostics } from '../core/index.js';
import { Table, type Column } from '../columns/index.js';
import { rfm, type RfmModel, type RfmOptions } from '../rfm/index.js';
import { Customers, summarize, Transactions, type CustomersMeta, type LogMeta, type Role, type SummarizeOptions } from '../transactions/index.js';

/** An order log as a thread is sent it, and what is asked. */
export interface SummarizeOrder {
  readonly columns: readonly (readonly [string, Column])[];
  readonly roles: readonly Role[];
  readonly meta: LogMeta;
  readonly diagnostics: Diagnostics;
  readonly options: SummarizeOptions;
}

/** Customers as a thread sends them back. */
export interface SentCustomers {
  readonly columns: readonly (readonly [string, Column])[];
  readonly meta: CustomersMeta;
  readonly diagnostics: Diagnostics;
  readonly state?: SentCustomers;
}

/** Customers, or a plain table, as a thread is sent them, and what is asked. */
export interface RfmOrder {
  readonly columns: readonly (readonly [string, Column])[];
  readonly customers: { readonly meta: CustomersMeta; readonly diagnostics: Diagnostics } | undefined;
  readonly options: RfmOptions;
}

/** A result of `rfm` as a thread sends it back. */
export interface SentRfm {
  readonly table: readonly (readonly [string, Column])[];
  readonly segments: readonly (readonly [string, Column])[];
  readonly model: RfmModel;
  readonly diagnostics: Diagnostics;
}

/** Whole answers, for a thread that keeps the event loop of another free. */
export const WHOLE_STEPS: Readonly<Record<string, (payload: never) => unknown>> = {
  summarize: ({ columns, roles, meta, diagnostics, options }: SummarizeOrder): SentCustomers => sent(summarize(new Transactions(columns, roles, meta, diagnostics), options)),
  rfm: ({ columns, customers, options }: RfmOrder): SentRfm => {
    const { table, segments, model, diagnostics } = rfm(customers === undefined ? new Table(columns) : new Customers(columns, customers.meta, customers.diagnostics), options);
    return { table: [...table.entries()], segments: [...segments.entries()], model, diagnostics };
  },
};

function sent(customers: Customers): SentCustomers {
  return { columns: [...customers.entries()], meta: customers.meta, diagnostics: customers.diagnostics, ...(customers.state === undefined ? {} : { state: sent(customers.state) }) };
}

/** Customers of what a thread sent. */
export function receivedCustomers({ columns, meta, diagnostics, state }: SentCustomers): Customers {
  return new Customers(columns, meta, diagnostics, state === undefined ? undefined : receivedCustomers(state));
}
