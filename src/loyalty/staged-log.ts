import type { Diagnostics, Warning } from '../core/index.js';
import { columnLength, isTable, matchRows, textColumn, Table, toColumn, type Column } from '../columns/index.js';
import { customerDays, withRoster, type CustomerDays, type RosterInput, type Transactions } from '../transactions/index.js';
import { withLog } from './purchase-gaps.js';

/** The log by customer and day, with those of a roster who never bought behind it. */
export interface StagedLog {
  readonly log: CustomerDays;
  /** 1 for customers a roster names */
  readonly named: Uint8Array;
  readonly diagnostics: Diagnostics;
}

export function stagedLog(where: string, transactions: Transactions, asOf: string | undefined, roster: RosterInput | undefined): StagedLog {
  const log = customerDays(where, transactions, asOf);
  const diagnostics = withLog(transactions.diagnostics, log);
  if (roster === undefined) return { log, named: new Uint8Array(log.count), diagnostics };
  const ids = withRoster(where, log.ids, roster);
  const count = columnLength(ids);
  const known = matchRows(ids, isTable(roster) ? roster.column('customer') : toColumn(where, 'roster', roster));
  const more = count - log.count;
  const customers = diagnostics.customers!;
  return {
    log: { ...log, ids, count, start: longer(log.start, count), end: longer(log.end, count) },
    named: Uint8Array.from(known, (row) => (row === -1 ? 0 : 1)),
    diagnostics: { ...diagnostics, customers: { ...customers, seen: customers.seen + more, kept: customers.kept + more } },
  };
}

function longer(data: Int32Array, length: number): Int32Array {
  const all = new Int32Array(length);
  all.set(data);
  return all;
}

/** The log as it stood on an earlier day: later days are not there. */
export function logOn(log: CustomerDays, asOf: number): CustomerDays {
  const end = log.end.map((to, c) => {
    let at = to;
    while (at > log.start[c]! && log.days[at - 1]! > asOf) at--;
    return at;
  });
  return { ...log, asOf, end };
}

/** What a way of telling stages says of each customer of a log. */
export interface Staged {
  /** stage of each customer, a place in `keys` */
  readonly codes: Int32Array;
  readonly warnings: readonly Warning[];
  reason(customer: number): string;
}

/** `customer`, stage, label, further columns, `reason`. */
export function stageTable(log: CustomerDays, staged: Staged, columns: readonly (readonly [string, Column])[]): Table {
  return new Table([['customer', log.ids], ...columns, ['reason', textColumn(Array.from(staged.codes, (_, c) => staged.reason(c)))]]);
}
