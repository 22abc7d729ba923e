import { checkKeys, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, concatColumns, exactSum, groupRows, matchRows, Table, takeColumn, textColumn, type Column, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';

/** One row per customer of one period. */
export interface ManagementPeriods {
  /** customers now: `customer`, the column `by`, the value, and where named the contribution */
  readonly now: TableInput;
  /** the same of the period before */
  readonly before: TableInput;
  /** ids of customers of any earlier time, to tell those won back from those won; nobody is won back when absent */
  readonly earlier?: TableInput;
}

/** By whom, of what, against what. */
export interface ManagementTableOptions {
  /** column of the manager, branch or segment */
  readonly by: string;
  /** name of the period, for the answer: `'2026-03'` */
  readonly period: string;
  /** column of balance or revenue; `'revenue'` by default */
  readonly value?: string;
  /** column of contribution (profit); left out when absent */
  readonly contribution?: string;
  /** planned value by manager, branch or segment */
  readonly plan?: Readonly<Record<string, number>>;
}

/**
 * The table a bank's head office reads every month: per manager, branch or segment the customers, who was won, lost and won
 * back, the money, its growth against the last period and against plan.
 *
 * A customer is won who is there now, not before (won back if `earlier` has them), and lost who was there before, not now:
 * counted with the manager of before. One who moved between managers is neither.
 *
 * @param periods customers now and before. Not modified.
 * @returns one row per name, in order of first appearance, and last `all`: the column `by`, `period`, `customers`, `won`,
 *   `wonBack`, `lost`, `value`, `valueBefore`, `growth` (missing without a value before), with `contribution` also
 *   `contribution`, `contributionBefore`, with `plan` also `plan`, `ofPlan`
 * @throws ClienteleError `OPTION_INVALID`, also for a plan of an unknown name; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * managementTable({ now, before }, { by: 'manager', period: '2026-03', value: 'balance' });
 *
 * O(customers).
 */
export function managementTable(periods: ManagementPeriods, options: ManagementTableOptions): Table {
  checkKeys('managementTable', options, ['by', 'period', 'value', 'contribution', 'plan']);
  checkKeys('managementTable', periods, ['now', 'before', 'earlier']);
  const { by, period, value = 'revenue', contribution, plan } = options;
  const now = side(periods.now, 'now', by);
  const before = side(periods.before, 'before', by);
  const names = concatColumns([now.column(by), before.column(by)]) ?? textColumn([now, before].flatMap((table) => (table.toColumns()[by] as unknown[]).map(String)));
  const { codes, count, firstRow } = groupRows(names);
  const gap = codes.indexOf(-1);
  if (gap !== -1) throw new ClienteleError('VALUE_INVALID', { where: 'managementTable', column: by }, `a customer has no ${by}.`, 'Give every customer one, such as "none".');
  const [own, old] = [codes.subarray(0, now.numRows), codes.subarray(now.numRows)];

  const stays = matchRows(now.column('customer'), before.column('customer'));
  const known = periods.earlier === undefined ? undefined : matchRows(now.column('customer'), idsOf(periods.earlier, 'earlier'));
  const gone = matchRows(before.column('customer'), now.column('customer'));
  const texts = [...Array.from({ length: count }, (_, g) => String(new Table([[by, names]]).cell(by, firstRow[g]!))), 'all'];
  const counts = (rows: Int32Array, is: (row: number) => boolean): Column => {
    const found = new Int32Array(count + 1);
    for (let row = 0; row < rows.length; row++) if (is(row)) found[rows[row]!]!++;
    found[count] = found.reduce((a, b) => a + b, 0);
    return { type: 'integer', data: found };
  };
  const sums = (table: Table, rows: Int32Array, column: string): Float64Array => {
    const values = checkedNumbers('managementTable', table, column);
    const members = Array.from({ length: count }, (): number[] => []);
    for (let row = 0; row < rows.length; row++) members[rows[row]!]!.push(values[row]!);
    return Float64Array.from([...members.map((each) => exactSum(Float64Array.from(each))), exactSum(values)]);
  };
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  const [money, earlierMoney] = [sums(now, own, value), sums(before, old, value)];
  const back = (row: number): boolean => stays[row] === -1 && known !== undefined && known[row] !== -1;
  const columns: [string, Column][] = [
    [by, { type: 'category', data: Int32Array.from(texts, (_, i) => i), values: texts }],
    ['period', { type: 'category', data: new Int32Array(count + 1), values: [period] }],
    ['customers', counts(own, () => true)], ['won', counts(own, (row) => stays[row] === -1 && !back(row))], ['wonBack', counts(own, back)], ['lost', counts(old, (row) => gone[row] === -1)],
    ['value', number(money)], ['valueBefore', number(earlierMoney)], ['growth', number(money.map((x, g) => (earlierMoney[g]! > 0 ? x / earlierMoney[g]! - 1 : NaN)))],
  ];
  if (contribution !== undefined) columns.push(['contribution', number(sums(now, own, contribution))], ['contributionBefore', number(sums(before, old, contribution))]);
  if (plan !== undefined) {
    const planned = planOf(plan, texts.slice(0, -1));
    columns.push(['plan', number(planned)], ['ofPlan', number(money.map((x, g) => (planned[g]! > 0 ? x / planned[g]! : NaN)))]);
  }
  return new Table(columns);
}

function side(input: TableInput, name: string, by: string): Table {
  const table = asTable('managementTable', input);
  idsOf(table, name);
  if (table.has(by)) return table;
  throw new ClienteleError('COLUMN_MISSING', { where: 'managementTable', column: by }, `column ${valueText(by)} is missing from ${name} (found: ${table.names.join(', ')}).`, 'Check the name.');
}

/** Ids, each once. */
function idsOf(input: TableInput, name: string): Column {
  const table = asTable('managementTable', input);
  if (!table.has('customer')) throw new ClienteleError('COLUMN_MISSING', { where: 'managementTable', column: 'customer' }, `column "customer" is missing from ${name}.`, 'Give ids, so that customers can be followed.');
  const ids = table.column('customer');
  const { codes, count, firstRow } = groupRows(ids);
  if (count < table.numRows && name !== 'earlier') {
    const row = codes.findIndex((code, i) => code === -1 || firstRow[code] !== i);
    throw new ClienteleError('VALUE_INVALID', { where: 'managementTable', column: 'customer', row }, `${name}, row ${row}: the customer stands twice, or has no id.`, 'Give one row per customer; merge records of one person first.');
  }
  return name === 'earlier' ? takeColumn(ids, firstRow) : ids;
}

/** The plan by name, and in all. */
function planOf(plan: Readonly<Record<string, number>>, names: readonly string[]): Float64Array {
  const unknown = Object.keys(plan).find((name) => !names.includes(name));
  if (unknown !== undefined) throw optionInvalid('managementTable', 'plan', unknown, `There is no such name here: ${names.join(', ')}.`);
  const planned = names.map((name) => plan[name] ?? NaN);
  return Float64Array.from([...planned, planned.filter((x) => !Number.isNaN(x)).reduce((a, b) => a + b, 0)]);
}
