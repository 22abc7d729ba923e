import type { Diagnostics } from '../core/index.js';
import type { Column, TableInput } from '../columns/index.js';
import { clv, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, type ClvOptions, type LifetimeModel, type PurchaseFitOptions, type ValueMeta } from '../clv/index.js';
import { rfm, type RfmModel, type RfmOptions } from '../rfm/index.js';
import { summarize, Transactions, type LogMeta, type Role, type SummarizeOptions } from '../transactions/index.js';
import { receivedTable, sentCustomers, type SentCustomers, type SentTable } from './sent-tables.js';

/** An order log as a thread is sent it, and what is asked. */
export interface SummarizeOrder {
  readonly columns: readonly (readonly [string, Column])[];
  readonly roles: readonly Role[];
  readonly meta: LogMeta;
  readonly diagnostics: Diagnostics;
  readonly options: SummarizeOptions;
}

/** What is asked of scores. */
export interface RfmOrder extends SentTable {
  readonly options: RfmOptions;
}

/** What is asked of a fit, named as in `clv`. */
export interface FitOrder extends SentTable {
  readonly fit: FitName;
  readonly options: PurchaseFitOptions;
}

/** What is asked of lifetime values. */
export interface ClvOrder extends SentTable {
  readonly options: ClvOptions;
}

/** A result of `rfm` as a thread sends it back. */
export interface SentRfm {
  readonly table: readonly (readonly [string, Column])[];
  readonly segments: readonly (readonly [string, Column])[];
  readonly model: RfmModel;
  readonly diagnostics: Diagnostics;
}

/** A result of `clv` as a thread sends it back. */
export interface SentValues {
  readonly columns: readonly (readonly [string, Column])[];
  readonly meta: ValueMeta;
  readonly diagnostics: Diagnostics;
}

type FitName = 'fitBgNbd' | 'fitMbgNbd' | 'fitParetoNbd' | 'fitGammaGamma' | 'fitBgBb';
const FITS: Readonly<Record<FitName, (customers: TableInput, options: PurchaseFitOptions) => LifetimeModel>> = { fitBgNbd, fitMbgNbd, fitParetoNbd, fitGammaGamma, fitBgBb };

/** Whole answers, for a thread that keeps the event loop of another free. */
export const WHOLE_STEPS: Readonly<Record<string, (payload: never) => unknown>> = {
  summarize: ({ columns, roles, meta, diagnostics, options }: SummarizeOrder): SentCustomers => sentCustomers(summarize(new Transactions(columns, roles, meta, diagnostics), options)),
  rfm: ({ options, ...customers }: RfmOrder): SentRfm => {
    const { table, segments, model, diagnostics } = rfm(receivedTable(customers), options);
    return { table: [...table.entries()], segments: [...segments.entries()], model, diagnostics };
  },
  fit: ({ fit, options, ...customers }: FitOrder): LifetimeModel => FITS[fit](receivedTable(customers), options),
  clv: ({ options, ...customers }: ClvOrder): SentValues => {
    const values = clv(receivedTable(customers), options);
    // The ids need not come back: who asked has them.
    return { columns: [...values.entries()].filter(([name]) => name !== 'customer'), meta: values.meta, diagnostics: values.diagnostics };
  },
};
