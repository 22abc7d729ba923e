import { checkKeys, ClienteleError } from '../core/index.js';
import { asTable, numbersOf, Table, type Column } from '../columns/index.js';
import { checkedNumbers, type Customers } from '../transactions/index.js';
import { checkLanguage, checkNumber, idColumn, keyColumns, someRows } from './inputs.js';
import type { Labels, Language } from './words.js';

export type Regularity = 'regular' | 'irregular' | 'too_few';
const KEYS: readonly Regularity[] = ['regular', 'irregular', 'too_few'];
/** What people call a regularity. */
export const REGULARITY_LABELS: Labels<Regularity> = { regular: { en: 'Regular', zh: '规律' }, irregular: { en: 'Irregular', zh: '不规律' }, too_few: { en: 'Too few purchases to tell', zh: '购买次数不足' } };

export interface RegularityOptions {
  /** most variation (standard deviation / mean of the gaps) of a regular customer; 0.5 by default, half of the usual gap either way */
  readonly limit?: number;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

/**
 * Length, recency, frequency, money and periodicity (LRFMP) of each customer, and whether they buy at regular times (规律性).
 *
 * Columns: `customer`; `length` (days from first to last purchase), `recency`, `frequency`, `monetary` (mean per order),
 * `gapMean`, `gapSd` (periodicity: sample standard deviation of the days between neighbouring purchase days; lower is more
 * regular), `variation` = gapSd / gapMean, `regularity` and its `label`. A deviation needs three purchase days; below it
 * is missing, and the customer `too_few`. Customers without a purchase (from a roster) are left out.
 *
 * @param customers what `summarize` made; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * regularity(summarize(orders)).sortBy('variation');   // the most regular first
 *
 * Source: LRFMP after Peker, Kocyigit & Eren (2017). O(customers).
 */
export function regularity(customers: Customers | Table, options: RegularityOptions = {}): Table {
  const where = 'regularity';
  checkKeys(where, options, ['limit', 'labels']);
  const limit = checkNumber(where, 'limit', options.limit ?? 0.5, 0);
  const language = checkLanguage(where, options.labels);
  const all = someRows<Customers | Table>(where, asTable(where, customers));
  const orders = checkedNumbers(where, all, 'frequency');
  const money = checkedNumbers(where, all, 'monetary');
  const kept = Int32Array.from(orders.keys()).filter((i) => orders[i]! > 0);
  if (kept.length === 0) throw new ClienteleError('VALUE_INVALID', { where, column: 'frequency' }, 'there is no customer with a purchase.', 'Pass at least one.');
  const mean = 'meta' in all && (all as Customers).meta.monetary === 'mean';
  const [gapMean, gapSd] = [numbersOf(where, all, 'gapMean'), numbersOf(where, all, 'gapSd')];
  const variation = Float64Array.from(kept, (i) => (gapMean[i]! > 0 ? gapSd[i]! / gapMean[i]! : NaN));
  const own = (of: (row: number) => number): Column => ({ type: 'number', data: Float64Array.from(kept, of) });
  const source = all.take(kept);
  return new Table([
    ['customer', idColumn(where, source)], ['length', own(((x) => (i: number) => x[i]!)(numbersOf(where, all, 'span')))], ['recency', own(((x) => (i: number) => x[i]!)(numbersOf(where, all, 'recency')))],
    ['frequency', own((i) => orders[i]!)], ['monetary', own((i) => (mean ? money[i]! : money[i]! / orders[i]!))], ['gapMean', own((i) => gapMean[i]!)], ['gapSd', own((i) => gapSd[i]!)],
    ['variation', { type: 'number', data: variation }],
    ...keyColumns('regularity', KEYS, Int32Array.from(variation, (cv) => (Number.isNaN(cv) ? 2 : cv <= limit ? 0 : 1)), REGULARITY_LABELS, language),
  ]);
}
