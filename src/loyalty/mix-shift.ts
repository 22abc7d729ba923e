import { checkKeys, checkWhole, ClienteleError, dateText, optionInvalid, type Diagnostics } from '../core/index.js';
import { columnMissing, groupRows, numbersOf, showableResult, Table, takeColumn, type Column, type Showable } from '../columns/index.js';
import { checkLog, daysOf, lastDay, type Transactions } from '../transactions/index.js';

export interface MixShiftOptions {
  /** column whose values make the mix: `'product'` (default where there is one), `'channel'`, any other */
  readonly by?: string;
  /** days of each of the two windows, the later one ending on asOf; 365 by default, so that seasons do not look like a shift */
  readonly days?: number;
  /** 'YYYY-MM-DD', inclusive; the last date of the log when absent */
  readonly asOf?: string;
}

export interface MixShift extends Showable {
  /**
   * customers who bought in both windows: `customer`, `before` and `after` (money of purchases), `shift` (0 the same mix, 1 nothing
   * in common), `gained` and `lost` (what grew and fell most in share; missing where nothing moved), `gainedShare`, `lostShare` (by how much)
   */
  readonly table: Table;
  /** per item: the item, `before`, `after` (money), `shareBefore`, `shareAfter`, `change`, `up` and `down` (customers whose share of it grew, fell) */
  readonly items: Table;
  readonly meta: { readonly asOf: string; readonly from: string; readonly split: string; readonly by: string };
  readonly diagnostics: Diagnostics;
}

/**
 * How what a customer buys, or where, has moved (购买结构变化): the mix of one window against that of the window before.
 *
 * Shares are of money of purchases; returns are left out, since a share of a negative whole is none. Customers who bought in
 * one of the windows only have no shift and are counted.
 *
 * @param transactions an order log with the column; not modified
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` where nobody bought in both windows
 * @example
 * mixShift(orders, { by: 'channel', days: 180 }).items;
 *
 * Shift is half the sum of the absolute changes of shares (total variation). O(rows).
 */
export function mixShift(transactions: Transactions, options: MixShiftOptions = {}): MixShift {
  const where = 'mixShift';
  checkKeys(where, options, ['by', 'days', 'asOf']);
  checkLog(where, transactions);
  const length = checkWhole(where, 'days', options.days ?? 365, 1, 36525);
  const by = options.by ?? 'product';
  if (!transactions.has(by)) throw columnMissing(where, by, transactions.names);
  if (['customer', 'date', 'amount'].includes(by)) throw optionInvalid(where, 'by', by, 'Name a column of products, channels or the like.');
  const days = daysOf(where, transactions);
  const amounts = numbersOf(where, transactions, 'amount');
  const asOf = lastDay(where, days, options.asOf);
  const customers = groupRows(transactions.column('customer'));
  const items = groupRows(transactions.column(by));

  const money = new Float64Array(2 * customers.count);          // by customer: before, after
  let missing = 0, outside = 0;
  const inWindow = new Uint8Array(days.length);                                       // 1 before, 2 after
  for (let i = 0; i < days.length; i++) {
    const back = asOf - days[i]!;
    if (back < 0 || back >= 2 * length || amounts[i]! < 0) outside++;
    else if (items.codes[i] === -1 || customers.codes[i] === -1) missing++;
    else {
      inWindow[i] = back < length ? 2 : 1;
      money[2 * customers.codes[i]! + inWindow[i]! - 1]! += amounts[i]!;
    }
  }
  const both = Int32Array.from({ length: customers.count }, (_, c) => c).filter((c) => money[2 * c]! > 0 && money[2 * c + 1]! > 0);
  if (both.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, `no customer bought in both windows of ${length} days.`, 'Choose shorter windows, or a longer log.');
  const shifts = shiftsOf({ customers: customers.codes, items: items.codes, amounts, inWindow }, money, both, customers.count, items.count);
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  const answer = new Table([
    ['customer', takeColumn(transactions.column('customer'), both.map((c) => customers.firstRow[c]!))], ['before', number(Float64Array.from(both, (c) => money[2 * c]!))], ['after', number(Float64Array.from(both, (c) => money[2 * c + 1]!))],
    ['shift', number(shifts.shift)], ...(['gained', 'lost'] as const).flatMap((name): [string, Column][] => [
      [name, takeColumn(transactions.column(by), shifts[name].map((item) => (item === -1 ? -1 : items.firstRow[item]!)))], [`${name}Share`, number(shifts[`${name}Share`])],
    ]),
  ]);
  const [before, after] = [shifts.before.reduce((a, b) => a + b, 0), shifts.after.reduce((a, b) => a + b, 0)];
  const used = Int32Array.from({ length: items.count }, (_, k) => k).filter((k) => shifts.before[k]! > 0 || shifts.after[k]! > 0);
  const own = (of: (item: number) => number): Column => number(Float64Array.from(used, of));
  const summary = new Table([
    [by, takeColumn(transactions.column(by), used.map((k) => items.firstRow[k]!))], ['before', own((k) => shifts.before[k]!)], ['after', own((k) => shifts.after[k]!)],
    ['shareBefore', own((k) => shifts.before[k]! / before)], ['shareAfter', own((k) => shifts.after[k]! / after)], ['change', own((k) => shifts.after[k]! / after - shifts.before[k]! / before)],
    ['up', { type: 'integer', data: Int32Array.from(used, (k) => shifts.up[k]!) }], ['down', { type: 'integer', data: Int32Array.from(used, (k) => shifts.down[k]!) }],
  ]).sortBy('change', 'descending');
  const diagnostics = leftOut(transactions.diagnostics, { 'outside-windows-or-returns': outside, [`no-${by}`]: missing }, customers.count, both.length);
  const meta = { asOf: dateText(asOf), from: dateText(asOf - 2 * length + 1), split: dateText(asOf - length + 1), by };
  return showableResult({ table: answer, items: summary, meta, diagnostics }, { text: () => `${both.length} customers, ${meta.from} to ${meta.asOf}, split at ${meta.split}\n${summary.toString()}`, html: () => summary.toHTML() });
}

interface Coded {
  readonly customers: Int32Array;
  readonly items: Int32Array;
  readonly amounts: Float64Array;
  readonly inWindow: Uint8Array;
}

interface Shifts {
  readonly shift: Float64Array;
  readonly gained: Int32Array;
  readonly lost: Int32Array;
  readonly gainedShare: Float64Array;
  readonly lostShare: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly up: Int32Array;
  readonly down: Int32Array;
}

/** Rows gathered by customer, each customer's shares added up item by item. */
function shiftsOf({ customers, items, amounts, inWindow }: Coded, money: Float64Array, both: Int32Array, customerCount: number, itemCount: number): Shifts {
  const start = new Int32Array(customerCount + 1);
  for (let i = 0; i < customers.length; i++) if (inWindow[i] !== 0) start[customers[i]! + 1]!++;
  for (let c = 0; c < customerCount; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, customerCount);
  const gathered = new Int32Array(start[customerCount]!);
  for (let i = 0; i < customers.length; i++) if (inWindow[i] !== 0) gathered[next[customers[i]!]!++] = i;

  const n = both.length;
  const found: Shifts = {
    shift: new Float64Array(n), gained: new Int32Array(n).fill(-1), lost: new Int32Array(n).fill(-1), gainedShare: new Float64Array(n).fill(NaN), lostShare: new Float64Array(n).fill(NaN),
    before: new Float64Array(itemCount), after: new Float64Array(itemCount), up: new Int32Array(itemCount), down: new Int32Array(itemCount),
  };
  const spent = new Float64Array(2 * itemCount);
  both.forEach((c, k) => {
    const touched: number[] = [];
    for (let at = start[c]!; at < start[c + 1]!; at++) {
      const i = gathered[at]!;
      const item = items[i]!;
      if (spent[2 * item] === 0 && spent[2 * item + 1] === 0) touched.push(item);
      spent[2 * item + inWindow[i]! - 1]! += amounts[i]!;
      (inWindow[i] === 1 ? found.before : found.after)[item]! += amounts[i]!;
    }
    let sum = 0, best = 1e-12, worst = -1e-12;            // below that a change is rounding
    for (const item of new Set(touched)) {
      const change = spent[2 * item + 1]! / money[2 * c + 1]! - spent[2 * item]! / money[2 * c]!;
      sum += Math.abs(change);
      if (change > 1e-12) found.up[item]!++;
      if (change < -1e-12) found.down[item]!++;
      if (change > best) [best, found.gained[k]] = [change, item];
      if (change < worst) [worst, found.lost[k]] = [change, item];
    }
    found.shift[k] = Math.min(1, sum / 2);
    if (found.gained[k] !== -1) found.gainedShare[k] = best;
    if (found.lost[k] !== -1) found.lostShare[k] = worst;
    for (const item of touched) spent[2 * item] = spent[2 * item + 1] = 0;
  });
  return found;
}

function leftOut(before: Diagnostics, rows: Readonly<Record<string, number>>, seen: number, kept: number): Diagnostics {
  const more = Object.fromEntries(Object.entries(rows).filter(([, n]) => n > 0));
  const out = Object.values(more).reduce((a, b) => a + b, 0);
  return {
    ...before, rows: { ...before.rows, used: before.rows.used - out, leftOut: { ...before.rows.leftOut, ...more } },
    customers: { seen, kept, leftOut: seen > kept ? { 'not-in-both-windows': seen - kept } : {} },
  };
}
