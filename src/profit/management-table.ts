import { checkKeys, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, cellOf, columnLength, concatColumns, groupSizes, groupSums, isTable, matchRows, showableResult, Table, textColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { sidesOfLog, sidesOfTables, type ManagementPeriods, type Side, type Sides } from './management-sides.js';
import { namedGroups } from './profit-groups.js';

/** By whom, of what, against what. */
export interface ManagementTableOptions {
  /** column of the manager, branch or segment */
  readonly by: string;
  /** of a log: which period, `'2026-03'`, `'2026-Q1'`, `'2026'`, or a week by its Monday; of two tables: its name, for the answer */
  readonly period: string;
  /** of a log: a table with `customer` and the column `by`; the log's own column when absent (of the customer's latest row) */
  readonly customers?: TableInput;
  /** column of balance or revenue; when absent `amount` of a log, `monetary` or `revenue` of tables */
  readonly value?: string;
  /** column of contribution (profit); when absent `amount` less `cost` of a log that has both, else left out */
  readonly contribution?: string;
  /** planned value by manager, branch or segment */
  readonly plan?: Readonly<Record<string, number>>;
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Managers, branches or segments in one period, against the last and against plan. */
export interface ManagementTable {
  /**
   * one row per name, in order of first appearance, then customers without a name where there are any, and last `all`: the
   * column `by`, `label`, `period`, `customers`, `won`, `wonBack`, `lost`, `value`, `valueBefore`, `growth` (missing without a
   * value before), with a contribution also `contribution`, `contributionBefore`, with `plan` also `plan`, `ofPlan`
   */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

const OPTIONS = ['by', 'period', 'customers', 'value', 'contribution', 'plan', 'labels'] as const;
const WORDS = { en: { all: 'All', none: 'No name' }, zh: { all: '合计', none: '未分配' } } as const;

/**
 * The table a bank's head office reads every month: per manager, branch or segment the customers, who was won, lost and won
 * back, the money, its growth against the last period and against plan.
 *
 * From an order log (or any dated rows per customer, such as balances at the end of each month) a customer is there in a
 * period with a row of 0 or more in it: rows below 0 are returns, they reduce the money and make nobody a customer. A
 * customer is won who is there now, not in the period before (won back if there in an earlier one), and lost who was there
 * before, not now: counted with the manager of before. One who moved between managers is neither. Where customers buy
 * less often than every period, `lost` counts pauses: choose a longer period.
 *
 * @param data an order log with `customer`, `date` and `amount`; or customers now and before, as tables or results. Not modified.
 * @throws ClienteleError `OPTION_INVALID`, also for a period without rows and a plan of an unknown name; `COLUMN_MISSING`;
 *   `VALUE_INVALID`
 * @example
 * managementTable(orders, { customers: crm, by: 'manager', period: '2026-03', plan: { Li: 120000 } });
 * managementTable({ now, before }, { by: 'manager', period: '2026-03', value: 'balance' });
 *
 * O(rows).
 */
export function managementTable(data: TableInput | ManagementPeriods, options: ManagementTableOptions): ManagementTable & Showable {
  checkKeys('managementTable', options, OPTIONS);
  const words = WORDS[checkWord('managementTable', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const sides = readSides(data, options);
  const { now, before } = sides;
  const both = concatColumns([now.by, before.by]) ?? textColumn([now.by, before.by].flatMap(textsOf));
  const { codes, count, names } = namedGroups(both);
  const texts = textsOf(names);
  const labels = texts.map((text) => text ?? words.none);
  const [own, old] = [codes.subarray(0, now.there.length), codes.subarray(now.there.length)];
  const keys = [...new Set([...texts.filter((text) => text !== null), 'all'])];
  const table = new Table([
    [options.by, { type: 'category', data: Int32Array.from([...texts, 'all'], (text) => (text === null ? -1 : keys.indexOf(text))), values: keys }],
    ['label', textColumn([...labels, words.all])],
    ['period', { type: 'category', data: new Int32Array(count + 1), values: [options.period] }],
    ...countColumns(sides, own, old, count),
    ...moneyColumns(now, before, own, old, count),
    ...(options.plan === undefined ? [] : planColumns(options.plan, texts, groupSums(now.value, own, count))),
  ]);
  const diagnostics = withWarnings(cleanDiagnostics(sides.rows), [...sides.warnings, ...namelessWarning(options.by, texts, codes)]);
  return showableResult({ table, diagnostics }, { text: () => table.toString(), html: () => table.toHTML() });
}

function readSides(data: TableInput | ManagementPeriods, { by, period, customers, value, contribution }: ManagementTableOptions): Sides {
  if (!isTable(data) && typeof data === 'object' && data !== null && 'now' in data && 'before' in data) {
    checkKeys('managementTable', data, ['now', 'before', 'earlier']);
    if (customers !== undefined) throw optionInvalid('managementTable', 'customers', 'a table', 'It goes with a log; of two tables each holds the column by itself.');
    return sidesOfTables(data as ManagementPeriods, { by, value, contribution });
  }
  return sidesOfLog(asTable('managementTable', data as TableInput), period, customers, { by, value, contribution });
}

function textsOf(column: Column): (string | null)[] {
  return Array.from({ length: columnLength(column) }, (_, i) => {
    const cell = cellOf(column, i);
    return cell === null ? null : String(cell);
  });
}

/** Who is there, came and went; the last row in all. */
function countColumns({ now, before, earlier }: Sides, own: Int32Array, old: Int32Array, count: number): [string, Column][] {
  const stayed = isThere(now.ids, before.ids, before.there);
  const known = earlier === undefined ? new Uint8Array(own.length) : isThere(now.ids, earlier);
  const kept = isThere(before.ids, now.ids, now.there);
  const counted = (codes: Int32Array, is: (row: number) => boolean): Column => {
    const sizes = groupSizes(codes.map((code, row) => (is(row) ? code : -1)), count);
    return { type: 'integer', data: Int32Array.from([...sizes, sizes.reduce((a, b) => a + b, 0)]) };
  };
  const came = (row: number): boolean => now.there[row] === 1 && stayed[row] === 0;
  return [
    ['customers', counted(own, (row) => now.there[row] === 1)],
    ['won', counted(own, (row) => came(row) && known[row] === 0)],
    ['wonBack', counted(own, (row) => came(row) && known[row] === 1)],
    ['lost', counted(old, (row) => before.there[row] === 1 && kept[row] === 0)],
  ];
}

/** 1 where an id stands among others that are there. */
function isThere(ids: Column, among: Column, there?: Uint8Array): Uint8Array {
  return Uint8Array.from(matchRows(ids, among), (row) => (row === -1 ? 0 : there?.[row] ?? 1));
}

function moneyColumns(now: Side, before: Side, own: Int32Array, old: Int32Array, count: number): [string, Column][] {
  const sums = (values: Float64Array, codes: Int32Array): Float64Array => withTotal(groupSums(values, codes, count), values, codes);
  const [value, valueBefore] = [sums(now.value, own), sums(before.value, old)];
  const growth = value.map((x, g) => (valueBefore[g]! > 0 ? x / valueBefore[g]! - 1 : NaN));
  const columns: [string, Float64Array][] = [['value', value], ['valueBefore', valueBefore], ['growth', growth]];
  if (now.contribution !== undefined && before.contribution !== undefined) columns.push(['contribution', sums(now.contribution, own)], ['contributionBefore', sums(before.contribution, old)]);
  return columns.map(([name, data]) => [name, { type: 'number', data }]);
}

function withTotal(sums: Float64Array, values: Float64Array, codes: Int32Array): Float64Array {
  return Float64Array.from([...sums, ...groupSums(values, new Int32Array(codes.length), 1)]);
}

/** The plan by name, and in all; the share of it reached counts only what is planned for. */
function planColumns(plan: Readonly<Record<string, number>>, texts: readonly (string | null)[], value: Float64Array): [string, Column][] {
  for (const [name, planned] of Object.entries(plan)) {
    if (!texts.includes(name)) throw optionInvalid('managementTable', 'plan', name, `There is no such name here: ${texts.filter((text) => text !== null).join(', ')}.`);
    if (!Number.isFinite(planned)) throw optionInvalid('managementTable', `plan.${name}`, planned, 'Give a number.');
  }
  const planned = Float64Array.from(texts, (text) => (text !== null && Object.hasOwn(plan, text) ? plan[text]! : NaN));
  const sum = (values: Float64Array): number => values.reduce((total, x, g) => (Number.isNaN(planned[g]!) ? total : total + x), 0);
  const [all, reached] = [sum(planned), sum(value)];
  return [
    ['plan', { type: 'number', data: Float64Array.from([...planned, all]) }],
    ['ofPlan', { type: 'number', data: Float64Array.from([...planned.map((x, g) => (x > 0 ? value[g]! / x : NaN)), all > 0 ? reached / all : NaN]) }],
  ];
}

function namelessWarning(by: string, texts: readonly (string | null)[], codes: Int32Array): Warning[] {
  const none = texts.indexOf(null);
  if (none === -1) return [];
  const rows = codes.filter((code) => code === none).length;
  return [{ code: 'NAME_MISSING', message: `${rows} ${rows === 1 ? 'customer has' : 'customers have'} no ${by} (now or before) and stand in a row of their own. Give them one where it matters.` }];
}
