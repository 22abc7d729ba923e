import { checkKeys, ClienteleError, dateText, UNITS_PER_DAY, valueText, type Diagnostics } from '../core/index.js';
import { asCategory, asText, cellOf, columnLength, concatColumns, groupRows, isPresent, numbersOf, stackColumns, takeColumn, textColumn, type Column, type DateColumn, type Groups } from '../columns/index.js';
import { aggregate, countOrders, type Aggregate, type MoneySums } from './aggregate.js';
import { latestRows } from './carried-columns.js';
import { chooseRows } from './choose-rows.js';
import { borderOrders, centsColumn, MONEY, restColumn, STATE_COLUMNS, stateOf } from './customer-state.js';
import { Customers, type CustomersMeta } from './customers.js';
import { measureColumns } from './measure-columns.js';
import { isTransactions, type Transactions } from './transactions.js';
import { asOfUnit } from './window.js';

/** Options of {@link mergeCustomers}. */
export interface MergeOptions {
  /** day the merged customers stand for; the last date of the newer orders when absent, never before the state's own */
  readonly asOf?: string;
}

/**
 * Yesterday's customers plus today's orders, without reading the old log again: the same, bit for bit, as summarizing
 * both as one log.
 *
 * That holds because no newer order is older than the state's as-of day; one that is, is refused. Orders of that very
 * day may be added too, unless order ids are counted and those of that day were not kept. An order id of an earlier day
 * must not come again. Rules (returns, zero orders, frequency, monetary) are those of the state. Ids and carried columns
 * may be of another type than in the state (codes or text, integers or numbers, days or minutes, empty), not of another
 * kind; carried cells of several kinds become text, as in one log.
 *
 * @param state `customers.state` of `summarize(…, { keepState: true })` or of an earlier merge, also saved and loaded
 * @param newer orders since then
 * @returns customers with a `state` of their own
 * @throws ClienteleError `MERGE_NOT_EXACT`, naming the first row that is too old or cannot be told; `VALUE_INVALID` for
 *   what is no state, or a log of another kind; `OPTION_INVALID` for an as-of day before the state's
 * @example
 * const yesterday = summarize(orders, { keepState: true });
 * const today = mergeCustomers(yesterday.state!, await readCsv('today.csv', mapping));
 *
 * O(customers + new rows).
 */
export function mergeCustomers(state: Customers, newer: Transactions, options: MergeOptions = {}): Customers {
  checkKeys('mergeCustomers', options, ['asOf']);
  checkParts(state, newer);
  const { resolution } = state.meta;
  const log = { dates: (newer.column('date') as DateColumn).data, amounts: numbersOf('mergeCustomers', newer, 'amount') };
  const border = asOfUnit('mergeCustomers', state.meta.asOf, log.dates, state.meta);
  const asked = newer.numRows === 0 && options.asOf === undefined ? border : asOfUnit('mergeCustomers', options.asOf, log.dates, state.meta);
  const asOf = Math.max(border, asked);
  if (options.asOf !== undefined && asked < border) {
    throw new ClienteleError('OPTION_INVALID', { where: 'mergeCustomers', option: 'asOf', value: options.asOf }, `option asOf is ${options.asOf}, before the state's ${state.meta.asOf}.`, 'Give a later day.');
  }
  checkExact(state, log.dates, border);

  const known = columnLength(state.column('customer'));
  const together = stackColumns([state.column('customer'), newer.column('customer')]);
  if (together === undefined) throw otherIds(state, newer);
  const all = groupRows(together);
  checkOneEach(all.codes, known);
  const codes = all.codes.subarray(known);
  const chosen = chooseRows(log.dates, log.amounts, { asOf, from: border, dropReturns: state.meta.returns === 'exclude', dropZero: state.meta.zeroOrders === 'drop' });
  const sums = aggregate(codes, log.dates, log.amounts, chosen.keep, all.count, sumsOf(state, 1));
  const counted = countAll(state, newer, codes, log, chosen.keep, all.count, sums);

  const seen = seenGroups(known, codes, chosen.keep, all.count);
  const kept = seen.filter((g) => sums.purchases[g]! > 0);
  const idsOf = (groups: Int32Array): Column => takeColumn(together, groups.map((g) => all.firstRow[g]!));
  const rules = summaryRules(state.meta, newer.meta);
  const meta: CustomersMeta = { ...rules, asOf: dateText(asOf, resolution), asOfSource: options.asOf === undefined ? 'last-order' : 'given', source: [...new Set([rules.source, newer.meta.source])].join(', ') };
  const groups: Groups = { codes, count: all.count, firstRow: all.firstRow };
  const carriedRows = mergedCarried(state, newer, groups, log.dates, chosen.keep);
  const carried = (of: Int32Array): [string, Column][] => carriedRows.map(({ name, column, rows }) => [name, takeColumn(column, of.map((g) => rows[g]!))]);
  const diagnostics: Diagnostics = {
    ...newer.diagnostics,
    rows: { ...newer.diagnostics.rows, used: chosen.used, leftOut: { ...newer.diagnostics.rows.leftOut, ...chosen.leftOut } },
    customers: { seen: seen.length, kept: kept.length, leftOut: seen.length > kept.length ? { 'no-purchase': seen.length - kept.length } : {} },
  };
  const orders = state.meta.state === 'with-order-ids' ? lastDayOrders(state, newer, groups, chosen.keep, asOf, border) : undefined;
  const next = stateOf({ ids: idsOf(seen), groupOf: seen, sums, counted, orders, meta, carried: carried(seen), diagnostics });
  return new Customers([...measureColumns(idsOf(kept), kept, sums, counted, asOf, meta), ...carried(kept)], meta, diagnostics, next);
}

/** The rules of a state, as those of customers, with what only the newer orders tell. */
function summaryRules(meta: CustomersMeta, { timeZone, currency }: Transactions['meta']): CustomersMeta {
  const rules = { ...(timeZone === undefined ? {} : { timeZone }), ...(currency === undefined ? {} : { currency }), ...meta };
  delete rules.state;
  return rules;
}

function checkParts(state: Customers, newer: Transactions): void {
  if (state?.meta?.state === undefined || STATE_COLUMNS.slice(0, 7 + MONEY.length).some((name) => !state.has(name))) {
    throw new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers', value: valueText(state) }, 'the first argument holds no state.', 'Pass customers.state of summarize(orders, { keepState: true }).');
  }
  if (!isTransactions(newer)) throw new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers', value: valueText(newer) }, 'the second argument is not an order log.', 'Make one with readCsv, parseCsv, fromRows or fromColumns.');
  if (newer.meta.resolution !== state.meta.resolution) throw notOneKind(`the state counts ${state.meta.resolution}s, the newer orders ${newer.meta.resolution}s`);
  if (newer.meta.currency !== undefined && state.meta.currency !== undefined && newer.meta.currency !== state.meta.currency) {
    throw new ClienteleError('CURRENCY_MIXED', { where: 'mergeCustomers', column: 'currency' }, `the state is in ${state.meta.currency}, the newer orders in ${newer.meta.currency}.`, 'Convert amounts to one currency first.');
  }
  if (state.meta.frequency === 'orders' && !newer.roles.includes('order')) throw notOneKind('the state counts order ids, and the newer log has no order ids');
}

function notOneKind(why: string): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers' }, `${why}.`, 'Read the newer orders with the mapping and options of the old ones.');
}

function otherIds(state: Customers, newer: Transactions): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers', column: 'customer' }, `customers' ids are ${KINDS[state.column('customer').type]} in the state and ${KINDS[newer.column('customer').type]} in the newer orders.`, 'Give both as text (String(id)), or both as whole numbers.');
}

function otherKind(name: string, old: Column, newer: Column): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers', column: name }, `column ${valueText(name)} holds ${KINDS[old.type]} in the state and ${KINDS[newer.type]} in the newer orders.`, 'Give both in one form, or leave the column out where the newer orders are read (carry).');
}

/** What columns hold, for messages. */
const KINDS: Readonly<Record<Column['type'], string>> = { text: 'text', category: 'text', number: 'numbers', integer: 'numbers', date: 'dates', flag: 'flags' };

/** Every row of a state is a customer of its own; a table that was put together by hand may not be. */
function checkOneEach(codes: Int32Array, known: number): void {
  for (let row = 0; row < known; row++) {
    if (codes[row] === row) continue;
    throw new ClienteleError('VALUE_INVALID', { where: 'mergeCustomers', column: 'customer', row }, `row ${row} of the state ${codes[row] === -1 ? 'has no customer id' : 'is a customer who stands there before'}.`, 'Pass the state as summarize or mergeCustomers made it.');
  }
}

/** No row older than the border, and none on it that could be part of an order already counted. */
function checkExact(state: Customers, dates: Int32Array, border: number): void {
  const forgetful = state.meta.state === 'without-order-ids';
  for (let row = 0; row < dates.length; row++) {
    if (dates[row]! > border || (dates[row] === border && !forgetful)) continue;
    const date = dateText(dates[row]!, state.meta.resolution);
    const what = dates[row]! < border ? `row ${row} is of ${date}, before the state's ${state.meta.asOf}.` : `row ${row} is of the state's last day (${date}), whose order ids were not kept.`;
    throw new ClienteleError('MERGE_NOT_EXACT', { where: 'mergeCustomers', column: 'date', row, value: date }, what, dates[row]! < border ? 'Summarize the whole log again.' : 'Keep them with keepState: true, or add whole days only.');
  }
}

/** A state's sums, dates in coarser units where asked. */
function sumsOf(state: Customers, unitsPerDate: number): Aggregate {
  const integers = (name: string): Int32Array => (state.column(name) as Extract<Column, { type: 'integer' | 'date' }>).data;
  const coarse = (name: string): Int32Array => (unitsPerDate === 1 ? integers(name) : integers(name).map((unit) => Math.floor(unit / unitsPerDate)));
  const numbers = (name: string): Float64Array => numbersOf('mergeCustomers', state, name);
  const money = (column: (name: string) => string): MoneySums => Object.fromEntries(MONEY.map((name) => [name, numbers(column(name))])) as unknown as MoneySums;
  return {
    first: coarse('first'), last: coarse('last'), purchases: integers('purchases'), dates: integers(unitsPerDate === 1 ? 'dates' : 'frequency'),
    gapSquares: numbers('gapSquares'), cents: money(centsColumn), ...(state.has(restColumn('total')) ? { rest: money(restColumn) } : {}),
  };
}

function countAll(state: Customers, newer: Transactions, codes: Int32Array, log: { dates: Int32Array; amounts: Float64Array }, keep: Uint8Array | undefined, customers: number, sums: Aggregate): Int32Array {
  const { frequency, resolution } = state.meta;
  if (frequency === 'rows') return sums.purchases;
  if (frequency === 'days') {
    if (resolution === 'day') return sums.dates;
    const perDay = UNITS_PER_DAY[resolution];
    return aggregate(codes, log.dates.map((unit) => Math.floor(unit / perDay)), log.amounts, keep, customers, sumsOf(state, perDay)).dates;
  }
  // Orders of the last day stand in front once more, so that their ids are known; what they count is taken off again.
  const old = oldOrders(state);
  const ids = concatColumns([textColumn(old.ids), orderTexts(newer)])!;
  const grouped = groupRows(ids);
  const before = old.ids.length;
  const counts = countOrders(
    Int32Array.from([...old.customers, ...codes]), grouped.codes, grouped.count, Float64Array.from([...old.ids.map(() => 0), ...log.amounts]),
    keep === undefined ? undefined : Uint8Array.from([...old.ids.map(() => 1), ...keep]), customers,
  );
  const again = countOrders(old.customers, grouped.codes.subarray(0, before), grouped.count, new Float64Array(before), undefined, customers);
  const earlier = (state.column('frequency') as Extract<Column, { type: 'integer' }>).data;
  return counts.map((count, g) => count - again[g]! + (earlier[g] ?? 0));
}

/** Order ids as text, whatever column they stand in. */
function orderTexts(newer: Transactions): Column {
  const order = newer.column('order');
  return order.type === 'text' ? order : textColumn(Array.from({ length: columnLength(order) }, (_, i) => (isPresent(order, i) ? String(cellOf(order, i)) : null)));
}

function oldOrders(state: Customers): { ids: string[]; customers: Int32Array } {
  const ids: string[] = [];
  const customers: number[] = [];
  if (state.has('lastDayOrders')) {
    const column = state.column('lastDayOrders');
    for (let g = 0; g < state.numRows; g++) {
      if (!isPresent(column, g)) continue;
      for (const id of JSON.parse(String(cellOf(column, g))) as string[]) {
        ids.push(id);
        customers.push(g);
      }
    }
  }
  return { ids, customers: Int32Array.from(customers) };
}

/** The last day's order ids: the new ones, with the old where the day is still the same. */
function lastDayOrders(state: Customers, newer: Transactions, groups: Groups, keep: Uint8Array | undefined, asOf: number, border: number): (string | null)[] {
  const fresh = borderOrders(newer, groups, keep, asOf);
  if (asOf > border) return fresh;
  const old = oldOrders(state);
  old.customers.forEach((g, i) => {
    const own = fresh[g] === null || fresh[g] === undefined ? [] : (JSON.parse(fresh[g]) as string[]);
    fresh[g] = JSON.stringify([...new Set([old.ids[i]!, ...own])]);
  });
  return fresh;
}

/** The state's customers, then new ones in order of first appearance among the rows used. */
function seenGroups(known: number, codes: Int32Array, keep: Uint8Array | undefined, count: number): Int32Array {
  const seen = new Uint8Array(count).fill(1, 0, known);
  const order = Array.from({ length: known }, (_, g) => g);
  for (let i = 0; i < codes.length; i++) {
    const g = codes[i]!;
    if (seen[g] === 1 || (keep !== undefined && keep[i] === 0)) continue;
    seen[g] = 1;
    order.push(g);
  }
  return Int32Array.from(order);
}

/** A carried column of the state with that of the newer orders below it, and each group's row in it; -1 where there is no value. */
interface MergedColumn {
  readonly name: string;
  readonly column: Column;
  readonly rows: Int32Array;
}

/** Carried columns of the state, replaced where the newer orders have a value. */
function mergedCarried(state: Customers, newer: Transactions, groups: Groups, dates: Int32Array, keep: Uint8Array | undefined): MergedColumn[] {
  const known = state.numRows;
  const rowsBefore = numbersOf('mergeCustomers', state, 'purchases').reduce((sum, rows) => sum + rows, 0);
  const ownRow = Int32Array.from({ length: groups.count }, (_, g) => (g < known ? g : -1));
  return state.names.filter((name) => !STATE_COLUMNS.includes(name)).map((name) => {
    const old = state.column(name);
    if (!newer.has(name)) return { name, column: old, rows: ownRow };
    const latest = latestRows(newer.column(name), groups, dates, keep);
    return { name, column: stackCarried(name, old, newer.column(name), newer.numRows > rowsBefore), rows: ownRow.map((row, g) => (latest[g] === -1 ? row : known + latest[g]!)) };
  });
}

/**
 * Both as one column: text where cells are of several kinds, as reading both as one log makes it. Whether that would keep
 * text as codes cannot be told from a state; what the longer part does is taken.
 */
function stackCarried(name: string, old: Column, newer: Column, newerIsLonger: boolean): Column {
  const dates = old.type === 'date' || newer.type === 'date';
  const stacked = stackColumns([old, newer]) ?? (dates ? undefined : stackColumns([asText(old), asText(newer)]));
  if (stacked === undefined) throw otherKind(name, old, newer);
  const longer = newerIsLonger ? newer : old;
  const other = newerIsLonger ? old : newer;
  if (stacked.type !== 'text' || longer.type !== 'category' || other.type !== 'text') return stacked;
  return concatColumns([old, newer].map((column) => (column.type === 'text' ? asCategory(column) : column)))!;
}
