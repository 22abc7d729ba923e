import { ClienteleError, dayOfText, isPromise, UNITS_PER_DAY, valueText } from '../core/index.js';
import { cellOf, dayOption, fitted, gatherRows, numbersOf, orderByNumber, takeColumn, type Column, type DateColumn, type GatheredRows } from '../columns/index.js';
import { isTransactions, moneyOf, wholeCents, type Customers, type Transactions } from '../transactions/index.js';

/** Days of the money at stake: what a customer brought in the year to asOf. */
export const STAKE_DAYS = 365;

/** Days of each customer, one entry per day with rows, ascending: from `start[c]` to `end[c]`. */
export interface DayEntries {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly days: Int32Array;
  /** net money of the day */
  readonly money: Float64Array;
  /** 1 where something was bought, 0 where there are returns only */
  readonly bought: Uint8Array;
}

/** Customers with a purchase by asOf, in order of first appearance, as the rules see them. Days since 1970-01-01. */
export interface CustomerLog {
  readonly ids: Column;
  readonly count: number;
  readonly asOf: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** distinct purchase days */
  readonly purchaseDays: Int32Array;
  /** net money of the 365 days to asOf; NaN where it cannot be known */
  readonly stake: Float64Array;
  /** absent when made of summarized customers */
  readonly entries?: DayEntries;
  readonly rows: { readonly read: number; readonly used: number; readonly afterAsOf: number };
  readonly noPurchase: number;
  readonly source: string;
  readonly asOfGiven: boolean;
}

/**
 * The log by customer and day: rows gathered by customer, days put in order, rows of a day joined.
 *
 * @param asOf 'YYYY-MM-DD', inclusive; the last date of the log when absent
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID` where no row is left. O(rows) for a log in date order.
 */
export function customerLog(where: string, transactions: Transactions, asOf: string | undefined): CustomerLog {
  const date = transactions.column('date') as DateColumn;
  const perDay = UNITS_PER_DAY[date.unit ?? 'day'];
  const days = perDay === 1 ? date.data : date.data.map((unit) => Math.floor(unit / perDay));
  const amounts = numbersOf(where, transactions, 'amount');
  const until = asOf === undefined ? lastDay(where, days) : dayOption(where, 'asOf', asOf);
  const gathered = gatherRows(transactions.column('customer'), days, amounts);
  const found = joinDays(gathered, until);
  if (found.used === 0) throw new ClienteleError('VALUE_INVALID', { where, option: 'asOf' }, days.length === 0 ? 'the order log has no rows.' : 'no row of the log is left: all are after asOf.', 'Pass orders, and an asOf not before them.');
  const { count, group, stake, noPurchase, entries, used } = found;
  return {
    ids: takeColumn(transactions.column('customer'), fitted(group, count).map((g) => gathered.firstRow[g]!)), count, asOf: until,
    first: fitted(found.first, count), last: fitted(found.last, count), purchaseDays: fitted(found.purchaseDays, count), stake: fitted(stake, count),
    entries: { ...entries, start: fitted(entries.start, count), end: fitted(entries.end, count) },
    rows: { read: days.length, used, afterAsOf: days.length - used }, noPurchase, source: transactions.meta.source, asOfGiven: asOf !== undefined,
  };
}

interface JoinedDays extends Pick<CustomerLog, 'first' | 'last' | 'purchaseDays' | 'stake' | 'noPurchase'> {
  /** customers with a purchase; the arrays have room for more */
  readonly count: number;
  readonly group: Int32Array;
  readonly entries: DayEntries;
  readonly used: number;
}

/** Whole cents of an amount, 0 where it is none. */
function centsOf(amount: number): number {
  const cents = wholeCents(amount);
  return cents === cents ? cents : 0;
}

/** What is left of an amount beside its whole cents: nothing, or all. */
function restOf(amount: number, cents: number): number {
  return cents === 0 ? amount : 0;
}

/** One customer after another: rows by asOf, in order of days, added up by day in the place where they stand. */
function joinDays({ count, from, to, integers: days, doubles: money }: GatheredRows, until: number): JoinedDays {
  const whole = (): Int32Array => new Int32Array(count);
  const group = whole(), start = whole(), end = whole(), first = whole(), last = whole(), purchaseDays = whole(), stake = new Float64Array(count);
  const bought = new Uint8Array(days.length);
  let n = 0, used = 0, noPurchase = 0;
  for (let g = 0; g < count; g++) {
    const begin = from[g]!, stop = to[g]!;
    putInOrder(days, money, begin, stop);
    let at = begin - 1, k = begin, purchases = 0, firstDay = 0, lastDay = 0;
    // Money is added in whole cents where it can be, as everywhere: exactly, in any order of rows.
    let dayCents = 0, dayRest = 0, yearCents = 0, yearRest = 0;
    let alone = true;      // the day has one row so far, and its cents have not been asked for
    for (; k < stop; k++) {
      const day = days[k]!, amount = money[k]!;
      if (day > until) break;
      if (at < begin || days[at] !== day) {
        days[++at] = day;
        money[at] = amount;
        alone = true;
      } else {
        if (alone) {
          dayCents = centsOf(money[at]!);
          dayRest = restOf(money[at]!, dayCents);
          alone = false;
        }
        const cents = centsOf(amount);
        dayCents += cents;
        dayRest += restOf(amount, cents);
        money[at] = moneyOf(dayCents, dayRest);
      }
      if (day > until - STAKE_DAYS) {
        const cents = centsOf(amount);
        yearCents += cents;
        yearRest += restOf(amount, cents);
      }
      if (amount < 0 || bought[at] === 1) continue;
      bought[at] = 1;
      if (purchases++ === 0) firstDay = day;
      lastDay = day;
    }
    used += k - begin;
    if (purchases === 0) {
      if (k > begin) noPurchase++;
      continue;
    }
    group[n] = g;
    start[n] = begin;
    end[n] = at + 1;
    first[n] = firstDay;
    last[n] = lastDay;
    purchaseDays[n] = purchases;
    stake[n++] = moneyOf(yearCents, yearRest);
  }
  return { count: n, group, first, last, purchaseDays, stake, entries: { start, end, days, money, bought }, used, noPurchase };
}

/** Rows of one customer by day, rows of a day as they stood. */
function putInOrder(days: Int32Array, money: Float64Array, from: number, to: number): void {
  let sorted = true;
  for (let i = from + 1; sorted && i < to; i++) sorted = days[i]! >= days[i - 1]!;
  if (sorted) return;
  const [ownDays, ownMoney] = [days.slice(from, to), money.slice(from, to)];
  orderByNumber(Float64Array.from(ownDays)).forEach((row, k) => {
    days[from + k] = ownDays[row]!;
    money[from + k] = ownMoney[row]!;
  });
}

function lastDay(where: string, days: Int32Array): number {
  if (days.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'the order log has no rows.', 'Pass at least one order.');
  let last = days[0]!;
  for (let i = 1; i < days.length; i++) if (days[i]! > last) last = days[i]!;
  return last;
}

/** The same view of customers already summarized: no days, so rules that need them are refused. */
export function customerSummary(where: string, customers: Customers, asOf: string | undefined, moneyColumn: string | undefined): CustomerLog {
  const { meta } = customers;
  const until = dayOfText(meta.asOf.slice(0, 10))!;
  if (asOf !== undefined && dayOption(where, 'asOf', asOf) !== until) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'asOf', value: valueText(asOf) }, `option asOf is ${valueText(asOf)}, but the customers were summarized as of ${meta.asOf}.`, 'Leave asOf out, or pass the order log.');
  }
  const known = numbersOf(where, customers, 'recency');
  const rows = Int32Array.from(known.keys()).filter((i) => !Number.isNaN(known[i]!));
  if (rows.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there is no customer with a purchase.', 'Pass customers who bought.');
  const of = (name: string): Float64Array => Float64Array.from(rows, ((values) => (i: number) => values[i]!)(numbersOf(where, customers, name)));
  const [recency, tenure, monetary] = [of('recency'), of('tenure'), of(moneyColumn ?? 'monetary')];
  monetary.forEach((m, i) => {
    if (!Number.isFinite(m)) throw new ClienteleError('VALUE_INVALID', { where, column: moneyColumn ?? 'monetary', row: rows[i]!, value: String(m) }, `row ${rows[i]} has money ${m}.`, 'Mend the row, or leave it out.');
  });
  const whole = moneyColumn !== undefined || meta.monetary === 'total';
  return {
    ids: takeColumn(customers.column('customer'), rows), count: rows.length, asOf: until,
    first: Int32Array.from(tenure, (days) => until - Math.floor(days)), last: Int32Array.from(recency, (days) => until - Math.floor(days)),
    purchaseDays: Int32Array.from(of('repeats'), (repeats) => repeats + 1),
    stake: monetary.map((m, i) => (whole && (moneyColumn !== undefined || tenure[i]! < STAKE_DAYS) ? m : NaN)),
    rows: { read: customers.numRows, used: rows.length, afterAsOf: 0 }, noPurchase: customers.numRows - rows.length, source: meta.source, asOfGiven: meta.asOfSource === 'given',
  };
}

/** The log of whatever rules are held against. */
export function logOf(where: string, data: Transactions | Customers, asOf: string | undefined, moneyColumn: string | undefined): CustomerLog {
  if (isTransactions(data)) {
    if (moneyColumn !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: 'money', value: valueText(moneyColumn) }, 'option money is for summarized customers.', 'Leave it out: the log itself tells the money of the last 365 days.');
    return customerLog(where, data, asOf);
  }
  const customers: unknown = data;
  if (typeof customers === 'object' && customers !== null && 'meta' in customers && 'numRows' in customers && 'diagnostics' in customers) return customerSummary(where, data, asOf, moneyColumn);
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(data) }, `${isPromise(data) ? valueText(data) : 'this'} is neither an order log nor customers.`, 'Make one with readCsv, parseCsv, fromRows or fromColumns, or summarize it.');
}

/** A customer's id as plain JavaScript. */
export function idOf(log: CustomerLog, customer: number): string | number {
  return cellOf(log.ids, customer) as string | number;
}
