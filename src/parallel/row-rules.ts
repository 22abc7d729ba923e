import type { WantedColumn } from '../io/index.js';
import { asOfUnit, fromUnit, type LogMeta, type SummarizeOptions } from '../transactions/index.js';
import type { RowRules } from './scan-plain-rows.js';

/** Whether rows can be summed up as they pass: no more is asked than customer, date and amount, and orders by their ids. */
export function fits(wanted: readonly WantedColumn[], { roster, carry = [], keepState = false }: SummarizeOptions): boolean {
  return roster === undefined && carry.length === 0 && keepState === false && wanted.every(({ role }) => role !== undefined && ['customer', 'date', 'amount', 'order', 'product', 'channel'].includes(role));
}

/**
 * Which rows are taken.
 *
 * @throws ClienteleError `OPTION_INVALID` for days that are none
 */
export function rulesOf({ asOf, from, returns, zeroOrders }: SummarizeOptions, source: string): RowRules {
  const meta: LogMeta = { resolution: 'day', source };
  return {
    asOf: asOf === undefined ? 0x7fffffff : asOfUnit('summarize', asOf, new Int32Array(0), meta),
    from: fromUnit(from, 0x7fffffff, meta), dropReturns: returns === 'exclude', dropZero: zeroOrders === 'drop',
  };
}
