import { ClienteleError, optionInvalid } from '../core/index.js';
import { cellOf, columnLength, concatColumns, dayOption, groupRows, isPresent, isTable, matchRows, numberColumn, numbersOf, orderByNumber, takeColumn, textColumn, toColumn, type Cell, type Column } from '../columns/index.js';
import { daysOf } from './days-of.js';
import type { RosterInput } from './roster.js';
import { checkLog, type Transactions } from './transactions.js';

/**
 * The order log by customer and day. Customer c's days stand from `start[c]` to `end[c]`, ascending, one entry per day on
 * which something was bought or returned.
 */
export interface CustomerDays {
  /** customers with a purchase by asOf, in order of first appearance */
  readonly ids: Column;
  readonly count: number;
  /** days since 1970-01-01, inclusive */
  readonly asOf: number;
  readonly asOfSource: 'given' | 'last-order';
  readonly source: string;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly days: Int32Array;
  /** net money of the day */
  readonly money: Float64Array;
  /** orders of the day: distinct order ids, or purchase rows where the log has none; 0 where there are returns only */
  readonly orders: Int32Array;
  readonly rows: { readonly read: number; readonly used: number; readonly afterAsOf: number };
  /** customers with returns only */
  readonly noPurchase: number;
}

/**
 * Gather an order log by customer and day.
 *
 * A row with amount >= 0 is a purchase, one below 0 a return, which moves money only; an order id counts once, on the day
 * of its first row.
 *
 * @param asOf 'YYYY-MM-DD', inclusive; the last date of the log when absent
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID` where this is no order log, or no purchase is left
 *
 * Rows are gathered by a counting sort; O(rows) for a log in date order.
 */
export function customerDays(where: string, transactions: Transactions, asOf?: string): CustomerDays {
  checkLog(where, transactions);
  const days = daysOf(where, transactions);
  const amounts = numbersOf(where, transactions, 'amount');
  const until = lastDay(where, days, asOf);
  const customer = transactions.column('customer');
  const { codes, count, firstRow } = groupRows(customer);
  const begins = beginsOrder(transactions, { codes, days, amounts }, until, count);

  const start = new Int32Array(count + 1);
  let used = 0;
  for (let i = 0; i < codes.length; i++) {
    if (days[i]! > until || codes[i]! < 0) continue;
    start[codes[i]! + 1]!++;
    used++;
  }
  for (let c = 0; c < count; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, count);
  const gathered = { days: new Int32Array(used), money: new Float64Array(used), orders: new Int32Array(used) };
  for (let i = 0; i < codes.length; i++) {
    if (days[i]! > until || codes[i]! < 0) continue;
    const at = next[codes[i]!]!++;
    gathered.days[at] = days[i]!;
    gathered.money[at] = amounts[i]!;
    gathered.orders[at] = begins === undefined ? (amounts[i]! >= 0 ? 1 : 0) : begins[i]!;
  }
  const { kept, ends, seen } = joinDays(start, gathered);
  if (kept.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, codes.length === 0 ? 'the order log has no rows.' : 'no purchase of the log is left.', 'Pass orders, and an asOf not before them.');
  return {
    ids: takeColumn(customer, kept.map((c) => firstRow[c]!)), count: kept.length, asOf: until, asOfSource: asOf === undefined ? 'last-order' : 'given', source: transactions.meta.source,
    start: kept.map((c) => start[c]!), end: kept.map((c) => ends[c]!), ...gathered,
    rows: { read: codes.length, used, afterAsOf: codes.length - used }, noPurchase: seen - kept.length,
  };
}

/** The day an answer stands for: the one asked for, or the last of the log. */
export function lastDay(where: string, days: Int32Array, asOf: string | undefined): number {
  if (asOf !== undefined) return dayOption(where, 'asOf', asOf);
  let last = -Infinity;
  for (let i = 0; i < days.length; i++) if (days[i]! > last) last = days[i]!;
  if (last === -Infinity) throw new ClienteleError('VALUE_INVALID', { where }, 'the order log has no rows.', 'Pass at least one order.');
  return last;
}

/** 1 for the purchase row that begins an order of its customer; absent where the log has no order ids. */
function beginsOrder(log: Transactions, { codes, days, amounts }: { codes: Int32Array; days: Int32Array; amounts: Float64Array }, until: number, customers: number): Uint8Array | undefined {
  if (!log.roles.includes('order')) return undefined;
  const orders = groupRows(log.column('order'));
  const begins = new Uint8Array(codes.length);
  const owner = new Int32Array(orders.count).fill(-1);
  const shared = new Set<number>();                // order ids that several customers use, rare
  for (let i = 0; i < codes.length; i++) {
    if (amounts[i]! < 0 || codes[i]! < 0 || days[i]! > until) continue;
    const order = orders.codes[i]!;
    if (order === -1) begins[i] = 1;
    else if (owner[order] === -1) {
      owner[order] = codes[i]!;
      begins[i] = 1;
    } else if (owner[order] !== codes[i]) {
      const pair = order * customers + codes[i]!;
      if (!shared.has(pair)) begins[i] = 1;
      shared.add(pair);
    }
  }
  return begins;
}

/** Rows of a day become one entry, in place; which customers bought, and where their entries end. */
function joinDays(start: Int32Array, { days, money, orders }: { days: Int32Array; money: Float64Array; orders: Int32Array }): { kept: Int32Array; ends: Int32Array; seen: number } {
  const count = start.length - 1;
  const ends = new Int32Array(count);
  const kept = new Int32Array(count);
  let bought = 0, seen = 0;
  for (let c = 0; c < count; c++) {
    const from = start[c]!, to = start[c + 1]!;
    if (from === to) continue;
    seen++;
    putInOrder(days, money, orders, from, to);
    let at = from, all = orders[from]!;
    for (let i = from + 1; i < to; i++) {
      all += orders[i]!;
      if (days[i] !== days[at]) {
        at++;
        days[at] = days[i]!;
        money[at] = money[i]!;
        orders[at] = orders[i]!;
      } else {
        money[at]! += money[i]!;
        orders[at]! += orders[i]!;
      }
    }
    ends[c] = at + 1;
    if (all > 0) kept[bought++] = c;
  }
  return { kept: kept.slice(0, bought), ends, seen };
}

/** Rows of one customer by day, rows of a day as they stood. */
function putInOrder(days: Int32Array, money: Float64Array, orders: Int32Array, from: number, to: number): void {
  let sorted = true;
  for (let i = from + 1; sorted && i < to; i++) sorted = days[i]! >= days[i - 1]!;
  if (sorted) return;
  const [ownDays, ownMoney, ownOrders] = [days.slice(from, to), money.slice(from, to), orders.slice(from, to)];
  orderByNumber(Float64Array.from(ownDays)).forEach((row, k) => {
    days[from + k] = ownDays[row]!;
    money[from + k] = ownMoney[row]!;
    orders[from + k] = ownOrders[row]!;
  });
}

/**
 * The customers of a log, and behind them those only a roster names, each once, in roster order.
 *
 * @throws ClienteleError `VALUE_INVALID` for a roster entry without id; `OPTION_INVALID` for ids of another type
 */
export function withRoster(where: string, ids: Column, input: RosterInput | undefined): Column {
  if (input === undefined) return ids;
  const column = isTable(input) ? input.column('customer') : toColumn(where, 'roster', input);
  const numeric = (of: Column): boolean => of.type === 'number' || of.type === 'integer';
  if (numeric(column) !== numeric(ids)) throw optionInvalid(where, 'roster', `${column.type} ids`, `Give ids as ${numeric(ids) ? 'numbers' : 'text'}, as in the log.`);
  for (let i = 0; i < columnLength(column); i++) if (!isPresent(column, i)) throw new ClienteleError('VALUE_INVALID', { where, option: 'roster', row: i }, `roster entry ${i} has no id.`, 'Give every entry its id.');
  const known = matchRows(column, ids);
  const { codes, firstRow } = groupRows(column);
  const fresh = Int32Array.from(known.keys()).filter((i) => known[i] === -1 && firstRow[codes[i]!] === i);
  if (fresh.length === 0) return ids;
  const more = takeColumn(column, fresh);
  return concatColumns([ids, more]) ?? (numeric(ids) ? numberColumn(Float64Array.from([...cellsOf(ids), ...cellsOf(more)] as number[])) : textColumn([...cellsOf(ids), ...cellsOf(more)] as string[]));
}

function cellsOf(column: Column): Cell[] {
  return Array.from({ length: columnLength(column) }, (_, i) => cellOf(column, i));
}
