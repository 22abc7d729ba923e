import { notThisResult, valueText, type Diagnostics } from '../core/index.js';
import { Table, type Column, type TextOptions } from '../columns/index.js';
import type { TimeUnit } from './model.js';

/** What values of customers stand for. */
export interface ValueMeta {
  readonly asOf?: string;
  /** in `timeUnit`; absent = without end */
  readonly horizon?: number;
  readonly timeUnit: TimeUnit;
  /** as given: effective a year, or per time unit */
  readonly discountRateYearly?: number;
  readonly discountRate?: number;
  readonly discounting: 'continuous' | 'monthly';
  /** share of revenue kept; 1 = the values are revenue */
  readonly margin: number;
  readonly currency?: string;
  readonly purchases: string;
  readonly spend: string;
}

/** One row per customer: made by `clv`. */
export class LifetimeValues extends Table {
  readonly meta: ValueMeta;
  readonly diagnostics: Diagnostics;

  constructor(columns: Iterable<readonly [string, Column]>, meta: ValueMeta, diagnostics: Diagnostics) {
    super(columns);
    this.meta = meta;
    this.diagnostics = diagnostics;
  }

  /** The table under a line that says what the values stand for. */
  override toString(options: TextOptions = {}): string {
    return `${valueLine(this.meta)}\n${super.toString(options)}`;
  }

  protected override derive(columns: Iterable<readonly [string, Column]>): this {
    return new LifetimeValues(columns, this.meta, this.diagnostics) as this;
  }
}

/** "Margin (30 % of revenue) of the next 52 weeks after 2006-12-30, discounted at 10 % a year; purchases to date left out". */
export function valueLine(meta: ValueMeta): string {
  if (typeof meta !== 'object' || meta === null || typeof meta.margin !== 'number') throw notThisResult('valueLine', meta, 'the meta of values', 'Pass that of what clv returned: values.meta.');
  const percent = (share: number): string => `${Number((100 * share).toPrecision(6))} %`;
  const what = meta.margin === 1 ? 'Revenue (margin 1)' : `Margin (${percent(meta.margin)} of revenue)`;
  const time = meta.horizon === undefined ? 'all time' : `the next ${Number(meta.horizon.toPrecision(6))} ${meta.timeUnit}${meta.horizon === 1 ? '' : 's'}`;
  const rate = meta.discountRateYearly === undefined ? `${percent(meta.discountRate ?? 0)} per ${meta.timeUnit}` : `${percent(meta.discountRateYearly)} a year`;
  return `${what} of ${time}${meta.asOf === undefined ? '' : ` after ${meta.asOf}`}${meta.currency === undefined ? '' : ` in ${valueText(meta.currency)}`}, discounted at ${rate}; purchases to date left out`;
}
