import type { Diagnostics } from '../core/index.js';
import { quantileCuts } from '../columns/index.js';
import type { CustomerDays } from '../transactions/index.js';

/** Gaps of each customer, one after the other. */
export interface PurchaseGaps {
  /** customer c: from `start[c]` to `start[c + 1]` */
  readonly start: Int32Array;
  readonly gaps: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** distinct purchase days */
  readonly days: Int32Array;
}

/** Gaps between the purchase days of a log, in days. */
export function purchaseGaps(log: CustomerDays): PurchaseGaps {
  const start = new Int32Array(log.count + 1);
  const [first, last, days] = [new Int32Array(log.count), new Int32Array(log.count), new Int32Array(log.count)];
  const gaps = new Float64Array(log.days.length);
  let n = 0;
  for (let c = 0; c < log.count; c++) {
    let known = 0;
    for (let i = log.start[c]!; i < log.end[c]!; i++) {
      if (log.orders[i] === 0) continue;
      const day = log.days[i]!;
      if (known++ === 0) first[c] = day;
      else gaps[n++] = day - last[c]!;
      last[c] = day;
    }
    days[c] = known;
    start[c + 1] = n;
  }
  return { start, gaps: gaps.slice(0, n), first, last, days };
}

/** The k-th tenth, type 7; missing of nothing. */
export function quantile(values: Float64Array, tenths: number): number {
  return values.length === 0 ? NaN : quantileCuts(values, 10)[tenths - 1]!;
}

/** The log's diagnostics, with what was left out by asOf and customers who only returned. */
export function withLog(before: Diagnostics, log: CustomerDays): Diagnostics {
  const leftOut = log.rows.afterAsOf > 0 ? { 'after-as-of': log.rows.afterAsOf } : {};
  return {
    ...before, rows: { ...before.rows, used: before.rows.used - log.rows.afterAsOf, leftOut: { ...before.rows.leftOut, ...leftOut } },
    customers: { seen: log.count + log.noPurchase, kept: log.count, leftOut: log.noPurchase > 0 ? { 'no-purchase': log.noPurchase } : {} },
  };
}
