import { ClienteleError, dateText, optionInvalid, valueText, type Warning } from '../core/index.js';
import { asTable, columnMissing, groupRows, isTable, matchRows, takeColumn, type Column, type Groups, type Table, type TableInput } from '../columns/index.js';
import { checkedNumbers, daysOf, namedPeriod, periodOf, periodText } from '../transactions/index.js';

const WHERE = 'managementTable';

/** A table, or a result that holds one as `table`. */
export type CustomersOfPeriod = TableInput | { readonly table: Table };

/** One row per customer of one period. */
export interface ManagementPeriods {
  /** customers now: `customer`, the column `by`, the value, and where named the contribution; or a result of `profitability` */
  readonly now: CustomersOfPeriod;
  /** the same of the period before */
  readonly before: CustomersOfPeriod;
  /** ids of customers of any earlier time, to tell those won back from those won; nobody is won back when absent */
  readonly earlier?: CustomersOfPeriod;
}

/** Where things stand. */
export interface SideColumns {
  readonly by: string;
  readonly value: string | undefined;
  readonly contribution: string | undefined;
}

/** Customers of one period. */
export interface Side {
  readonly ids: Column;
  readonly by: Column;
  readonly value: Float64Array;
  readonly contribution: Float64Array | undefined;
  /** 1 where they are customers in the period, 0 where there is only money given back */
  readonly there: Uint8Array;
}

/** This period beside the last. */
export interface Sides {
  readonly now: Side;
  readonly before: Side;
  /** ids of customers of any earlier period */
  readonly earlier: Column | undefined;
  /** rows that were read */
  readonly rows: number;
  readonly warnings: readonly Warning[];
}

/** Two tables of customers. */
export function sidesOfTables({ now, before, earlier }: ManagementPeriods, columns: SideColumns): Sides {
  const [own, old] = [sideOf(now, 'now', columns), sideOf(before, 'before', columns)];
  return { now: own, before: old, earlier: earlier === undefined ? undefined : customerColumn(tableOf(earlier), 'earlier'), rows: own.there.length + old.there.length, warnings: [] };
}

function sideOf(input: CustomersOfPeriod, name: string, { by, value, contribution }: SideColumns): Side {
  const table = tableOf(input);
  const ids = customerColumn(table, name);
  const { codes, count, firstRow } = groupRows(ids);
  if (count < table.numRows) {
    const row = codes.findIndex((code, i) => code === -1 || firstRow[code] !== i);
    throw new ClienteleError('VALUE_INVALID', { where: WHERE, column: 'customer', row }, `${name}, row ${row}: the customer stands twice, or has no id.`, 'Give one row per customer; merge records of one person first.');
  }
  if (!table.has(by)) throw new ClienteleError('COLUMN_MISSING', { where: WHERE, column: by }, `column ${valueText(by)} is missing from ${name} (found: ${table.names.join(', ')}).`, 'Check the name.');
  const money = value ?? (table.has('monetary') ? 'monetary' : 'revenue');
  return {
    ids, by: table.column(by), value: checkedNumbers(WHERE, table, money),
    contribution: contribution === undefined ? undefined : checkedNumbers(WHERE, table, contribution),
    there: new Uint8Array(table.numRows).fill(1),
  };
}

function tableOf(input: CustomersOfPeriod): Table {
  return !isTable(input) && 'table' in input && isTable(input.table) ? input.table : asTable(WHERE, input as TableInput);
}

function customerColumn(table: Table, name: string): Column {
  if (table.has('customer')) return table.column('customer');
  throw new ClienteleError('COLUMN_MISSING', { where: WHERE, column: 'customer' }, `column "customer" is missing from ${name}.`, 'Give ids, so that customers can be followed.');
}

/** A log of many periods: this one and the one before, and who was there earlier. */
export function sidesOfLog(log: Table, period: string, attributes: TableInput | undefined, columns: SideColumns): Sides {
  const wanted = namedPeriod(WHERE, 'period', period);
  const groups = customersOf(log);
  const money = moneyOf(log, columns);
  const days = daysOf(WHERE, log);
  const back = periodsBack(days, wanted);
  if (!back.includes(0)) throw optionInvalid(WHERE, 'period', period, `The log has no rows then; it runs from ${dateText(days.reduce((a, b) => Math.min(a, b), Infinity))} to ${dateText(days.reduce((a, b) => Math.max(a, b), -Infinity))}.`);
  const byOf = attributes === undefined ? byOfRows(log, columns.by) : byOfAttributes(asTable(WHERE, attributes), log, groups, columns.by);
  const [now, before] = [0, 1].map((ago) => sideOfLog(log, groups, money, days, back, ago, byOf)) as [Side, Side];
  const earlier = new Uint8Array(groups.count);
  for (let row = 0; row < back.length; row++) if (back[row]! > 1 && money.value[row]! >= 0) earlier[groups.codes[row]!] = 1;
  const known = groups.firstRow.filter((_, customer) => earlier[customer] === 1);
  return { now, before, earlier: takeColumn(log.column('customer'), known), rows: log.numRows, warnings: notOver(days, wanted) };
}

function customersOf(log: Table): Groups {
  const groups = groupRows(customerColumn(log, 'the log'));
  const row = groups.codes.indexOf(-1);
  if (row === -1) return groups;
  throw new ClienteleError('VALUE_INVALID', { where: WHERE, column: 'customer', row }, `row ${row} has no customer.`, 'Fill or drop such rows.');
}

interface Money {
  readonly value: Float64Array;
  readonly contribution: Float64Array | undefined;
}

/** Per row of the log; the contribution is the amount less its cost where nothing else is named. */
function moneyOf(log: Table, { value = 'amount', contribution }: SideColumns): Money {
  const own = checkedNumbers(WHERE, log, value);
  if (contribution !== undefined) return { value: own, contribution: checkedNumbers(WHERE, log, contribution) };
  if (value !== 'amount' || !log.has('cost')) return { value: own, contribution: undefined };
  const cost = checkedNumbers(WHERE, log, 'cost');
  return { value: own, contribution: own.map((amount, row) => amount - cost[row]!) };
}

/** How many periods before the one wanted each row lies; below 0 after it. */
function periodsBack(days: Int32Array, { period, count }: ReturnType<typeof namedPeriod>): Int32Array {
  const known = new Map<number, number>();
  return days.map((day) => {
    let back = known.get(day);
    if (back === undefined) known.set(day, (back = count - periodOf(day, period)));
    return back;
  });
}

/** What names the manager of customers: given each one's number and the latest row of each in the period. */
type ByOf = (customers: Int32Array, latest: Int32Array) => Column;

function byOfRows(log: Table, by: string): ByOf {
  if (!log.has(by)) throw new ClienteleError('COLUMN_MISSING', { where: WHERE, column: by }, `column ${valueText(by)} is missing from the log (found: ${log.names.join(', ')}).`, 'Check the name, or pass a table of customers that has it as the option customers.');
  return (_, latest) => takeColumn(log.column(by), latest);
}

function byOfAttributes(attributes: Table, log: Table, groups: Groups, by: string): ByOf {
  if (!attributes.has(by)) throw columnMissing(WHERE, by, attributes.names);
  const rows = matchRows(takeColumn(log.column('customer'), groups.firstRow), customerColumn(attributes, 'customers'));
  return (customers) => takeColumn(attributes.column(by), customers.map((customer) => rows[customer]!));
}

function sideOfLog(log: Table, { codes, count }: Groups, money: Money, days: Int32Array, back: Int32Array, ago: number, byOf: ByOf): Side {
  const value = new Float64Array(count);
  const contribution = new Float64Array(count);
  const there = new Uint8Array(count);
  const latest = new Int32Array(count).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    if (back[row] !== ago) continue;
    const customer = codes[row]!;
    value[customer]! += money.value[row]!;
    if (money.contribution !== undefined) contribution[customer]! += money.contribution[row]!;
    if (money.value[row]! >= 0) there[customer] = 1;
    if (latest[customer] === -1 || days[row]! >= days[latest[customer]!]!) latest[customer] = row;
  }
  const seen = Int32Array.from(latest.keys()).filter((customer) => latest[customer] !== -1);
  const rows = seen.map((customer) => latest[customer]!);
  return {
    ids: takeColumn(log.column('customer'), rows), by: byOf(seen, rows),
    value: Float64Array.from(seen, (customer) => value[customer]!),
    contribution: money.contribution === undefined ? undefined : Float64Array.from(seen, (customer) => contribution[customer]!),
    there: Uint8Array.from(seen, (customer) => there[customer]!),
  };
}

function notOver(days: Int32Array, { period, count }: ReturnType<typeof namedPeriod>): Warning[] {
  const last = days.reduce((a, b) => Math.max(a, b), -Infinity);
  if (periodOf(last + 1, period) > count) return [];
  const message = `the log ends on ${dateText(last)}, before ${periodText(count, period)} is over, so it holds less than the period before. Growth and lost customers are of a part.`;
  return [{ code: 'PERIOD_NOT_OVER', message }];
}
