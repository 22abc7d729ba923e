import { checkKeys, checkWhole, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, numbersOf, showableResult, table, type Showable, type Table, type TableInput } from '../columns/index.js';
import { wilsonLimits } from '../math/index.js';
import { checkLanguage, checkLevel, checkNumber, ordersOf, someRows } from './inputs.js';
import { shown } from './shown.js';
import type { Language } from './words.js';

export interface PurchaseConversionOptions {
  /** steps shown, 1 to 2, 2 to 3 …; 10 by default, fewer where nobody has so many orders */
  readonly steps?: number;
  /** only customers known for so many days (column `tenure`), so that all had the time; everyone when absent */
  readonly minTenureDays?: number;
  /** column of orders per customer; `'frequency'` by default */
  readonly orders?: string;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** language of headings where it shows itself, `'en'` by default */
  readonly labels?: Language;
}

export interface PurchaseConversion extends Showable {
  /** `order` (n), `customers` (with n orders or more), `next` (with n + 1 or more), `rate`, `low`, `high` */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * From one order to the next (购买转化率): of the customers with n orders or more, the share with n + 1 or more.
 *
 * Recent customers have had no time to come back, which lowers every step; `minTenureDays` leaves them out, and counts them
 * (`tenure-too-short`, `no-tenure`).
 *
 * @param customers what `summarize` made, or columns with orders per customer; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row, or where no customer is left; `OPTION_INVALID`
 * @example
 * purchaseConversion({ frequency: [1, 1, 2, 5] }).table.row(0);   // { order: 1, customers: 4, next: 2, rate: 0.5, … }
 *
 * O(customers).
 */
export function purchaseConversion(customers: TableInput, options: PurchaseConversionOptions = {}): PurchaseConversion {
  const where = 'purchaseConversion';
  checkKeys(where, options, ['steps', 'minTenureDays', 'orders', 'level', 'labels']);
  const language = checkLanguage(where, options.labels);
  const steps = checkWhole(where, 'steps', options.steps ?? 10, 1, 10_000);
  const level = checkLevel(where, options.level ?? 0.95);
  const { minTenureDays } = options;
  const all = ordersOf(where, asTable(where, customers), options.orders ?? 'frequency');
  const { values, diagnostics } = minTenureDays === undefined ? all : longEnough(where, all, checkNumber(where, 'minTenureDays', minTenureDays, 0));
  const most = Math.min(steps, values.reduce((a, b) => Math.max(a, b), 0));
  // reached[n]: customers with n orders or more
  const reached = new Int32Array(most + 2);
  for (const n of values) reached[Math.min(n, most + 1)]!++;
  for (let n = most; n >= 1; n--) reached[n]! += reached[n + 1]!;
  const limits = Array.from({ length: most }, (_, k) => wilsonLimits(reached[k + 2]!, reached[k + 1]!, level));
  const answer = table({
    order: Int32Array.from({ length: most }, (_, k) => k + 1), customers: reached.slice(1, most + 1), next: reached.slice(2),
    rate: Float64Array.from({ length: most }, (_, k) => reached[k + 2]! / reached[k + 1]!), low: Float64Array.from(limits, ([low]) => low), high: Float64Array.from(limits, ([, high]) => high),
  });
  const message = 'customers of late have had no time for their next order, which lowers every step. Give minTenureDays to leave them out.';
  const said = minTenureDays === undefined ? withWarnings(diagnostics, [{ code: 'RIGHT_CENSORED', message }]) : diagnostics;
  const read = shown(answer, language);
  return showableResult({ table: answer, diagnostics: said }, { text: () => read.toString(), html: () => read.toHTML() });
}

/** Customers known for so long; the others are counted. */
function longEnough(where: string, { source, values, diagnostics }: ReturnType<typeof ordersOf>, least: number): { values: Float64Array; diagnostics: Diagnostics } {
  const tenure = numbersOf(where, source, 'tenure');
  const unknown = tenure.reduce((n, days) => n + (Number.isNaN(days) ? 1 : 0), 0);
  const short = tenure.reduce((n, days) => n + (days < least ? 1 : 0), 0);
  const customers = diagnostics.customers ?? { seen: values.length, kept: values.length, leftOut: {} };
  const leftOut = { ...customers.leftOut, ...(short > 0 ? { 'tenure-too-short': short } : {}), ...(unknown > 0 ? { 'no-tenure': unknown } : {}) };
  someRows(where, source.where((i) => tenure[i]! >= least));
  return { values: values.filter((_, i) => tenure[i]! >= least), diagnostics: { ...diagnostics, customers: { ...customers, kept: customers.kept - short - unknown, leftOut } } };
}
