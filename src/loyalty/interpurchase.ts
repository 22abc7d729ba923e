import { checkKeys, dateText, type Diagnostics } from '../core/index.js';
import { showableResult, Table, table, type Column, type Showable } from '../columns/index.js';
import { customerDays, type Transactions } from '../transactions/index.js';
import { purchaseGaps, quantile, withLog } from './purchase-gaps.js';

export interface InterpurchaseOptions {
  /** last day, inclusive, 'YYYY-MM-DD'; the last date of the log when absent */
  readonly asOf?: string;
}

/** Days between purchases; shows itself as the pooled figures. */
export interface Interpurchase extends Showable {
  /** per customer: `customer`, `gaps`, `mean`, `median`, `p80` (missing without a gap), `open` (days since the last purchase: a gap that is not over) */
  readonly table: Table;
  /**
   * one row: `gaps`, `mean`, `sd` (n - 1), `median`, `p80`, `p90` over all gaps, and `customerMean`, the mean of the customers'
   * means. Pooled gaps are mostly those of frequent buyers; `customerMean` gives every customer one vote.
   */
  readonly pooled: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Interpurchase time (购买间隔): days between a customer's neighbouring purchase days.
 *
 * Two orders on one day leave no gap. The time since the last purchase is no gap yet; it stands apart as `open`.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID` where there is no purchase
 * @example
 * interpurchase(orders).pooled.row(0);   // { gaps: 3900, mean: 145.6, sd: 136.6, median: 101, p80: 251, p90: 342, … }
 *
 * Quantiles of type 7 (Hyndman & Fan 1996), as R and numpy. O(rows).
 */
export function interpurchase(transactions: Transactions, options: InterpurchaseOptions = {}): Interpurchase {
  const where = 'interpurchase';
  checkKeys(where, options, ['asOf']);
  const log = customerDays(where, transactions, options.asOf);
  const found = purchaseGaps(log);
  const own = (of: (gaps: Float64Array) => number): Float64Array => Float64Array.from({ length: log.count }, (_, c) => of(found.gaps.subarray(found.start[c], found.start[c + 1])));
  const means = own((gaps) => (gaps.length === 0 ? NaN : gaps.reduce((a, b) => a + b, 0) / gaps.length));
  const answer = new Table([
    ['customer', log.ids], ['gaps', { type: 'integer', data: Int32Array.from({ length: log.count }, (_, c) => found.start[c + 1]! - found.start[c]!) }],
    ...([['mean', means], ['median', own((gaps) => quantile(gaps, 5))], ['p80', own((gaps) => quantile(gaps, 8))]] as const).map(([name, data]): [string, Column] => [name, { type: 'number', data }]),
    ['open', { type: 'integer', data: found.last.map((day) => log.asOf - day) }],
  ]);
  const pooled = pooledGaps(found.gaps, means);
  return showableResult({ table: answer, pooled, diagnostics: withLog(transactions.diagnostics, log) }, { text: () => `days between purchases as of ${dateText(log.asOf)}\n${pooled.toString()}`, html: () => pooled.toHTML() });
}

function pooledGaps(gaps: Float64Array, means: Float64Array): Table {
  const n = gaps.length;
  const mean = gaps.reduce((a, b) => a + b, 0) / n;
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
  const known = means.filter((m) => !Number.isNaN(m));
  const one = (value: number): Float64Array => Float64Array.of(value);
  return table({
    gaps: Int32Array.of(n), mean: one(n === 0 ? NaN : mean), sd: one(n < 2 ? NaN : Math.sqrt(squares / (n - 1))), median: one(quantile(gaps, 5)), p80: one(quantile(gaps, 8)), p90: one(quantile(gaps, 9)),
    customerMean: one(known.length === 0 ? NaN : known.reduce((a, b) => a + b, 0) / known.length),
  });
}
