import type { DateUnit, Diagnostics } from '../core/index.js';
import { Table, type Column, type TextOptions } from '../columns/index.js';

/** As of when, from what and by which rules customers were summarized; copied into every model made from them. */
export interface CustomersMeta {
  /** inclusive; 'YYYY-MM-DD', with ' HH:mm' where the resolution is finer than a day */
  readonly asOf: string;
  /** whether `asOf` was given or is the last date of the log */
  readonly asOfSource: 'given' | 'last-order';
  /** start of the window, inclusive */
  readonly from?: string;
  readonly timeZone?: string;
  readonly resolution: DateUnit;
  readonly returns: 'net' | 'exclude';
  readonly zeroOrders: 'keep' | 'drop';
  /** what `frequency` counts: distinct order ids, distinct days, or rows where the log has no order ids */
  readonly frequency: 'orders' | 'days' | 'rows';
  readonly monetary: 'total' | 'mean';
  readonly currency?: string;
  readonly source: string;
  /** there for a state: whether the ids of the last day's orders were kept */
  readonly state?: 'without-order-ids' | 'with-order-ids' | 'no-order-ids';
}

/** One row per customer, in order of first appearance: made by `summarize`. */
export class Customers extends Table {
  readonly meta: CustomersMeta;
  readonly diagnostics: Diagnostics;
  /** what `mergeCustomers` needs, where `keepState` asked for it: to be saved, and merged with newer orders */
  readonly state?: Customers;

  constructor(columns: Iterable<readonly [string, Column]>, meta: CustomersMeta, diagnostics: Diagnostics, state?: Customers) {
    super(columns);
    this.meta = meta;
    this.diagnostics = diagnostics;
    // Not enumerable: a result is compared, copied and shown without it.
    if (state !== undefined) Object.defineProperty(this, 'state', { value: state });
  }

  /** The table under a line that says as of when and from what. */
  override toString(options: TextOptions = {}): string {
    return `${asOfLine(this.meta, this.numRows)}\n${super.toString(options)}`;
  }

  protected override derive(columns: Iterable<readonly [string, Column]>): this {
    return new Customers(columns, this.meta, this.diagnostics) as this;
  }
}

/** The line every answer begins with: "995 customers as of 2006-12-30 (last order in orders.csv)". */
export function asOfLine(meta: Pick<CustomersMeta, 'asOf' | 'asOfSource' | 'source' | 'from'>, customers: number, language: 'en' | 'zh' = 'en'): string {
  if (language === 'zh') {
    const since = meta.from === undefined ? '' : `，仅 ${meta.from} 起的订单`;
    return `${customers} 位客户，截至 ${meta.asOf}（${meta.asOfSource === 'given' ? '指定日期' : '最后一笔订单'}），数据来源 ${meta.source}${since}`;
  }
  const given = meta.asOfSource === 'given' ? `given; from ${meta.source}` : `last order in ${meta.source}`;
  return `${customers} ${customers === 1 ? 'customer' : 'customers'} as of ${meta.asOf} (${given})${meta.from === undefined ? '' : `, orders since ${meta.from}`}`;
}
