import { checkKeys, checkWord, ClienteleError, valueText } from '../core/index.js';
import { asTable, concatColumns, exactSum, groupRows, groupSizes, groupSums, Table, takeColumn, textColumn, type Column, type TableInput } from '../columns/index.js';
import { checkedNumbers, customerValues } from '../transactions/index.js';
import { namedGroups } from './profit-groups.js';

/** By what customers are told apart. */
export interface CustomerMixOptions {
  /** column of the attribute: region, age group, channel, segment */
  readonly by: string;
  /** `'revenue'` (default), `'profit'`, or a column's name */
  readonly of?: 'revenue' | 'profit' | (string & {});
}

/**
 * The customer mix by an attribute: how many there are of each kind, and what they bring.
 *
 * @param customers any table or plain columns. Not modified.
 * @returns most money first: the attribute (missing is a kind of its own), `customers`, `shareOfCustomers`, `value`, `share`
 *   (missing where the total is not above 0), `mean`
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * customerMix({ region: ['n', 's', 'n'], revenue: [10, 30, 20] }, { by: 'region' }).row(0);
 * // { region: 'n', customers: 2, shareOfCustomers: 0.666…, value: 30, share: 0.5, mean: 15 }
 *
 * O(customers).
 */
export function customerMix(customers: TableInput, options: CustomerMixOptions): Table {
  checkKeys('customerMix', options, ['by', 'of']);
  const { source, values } = customerValues('customerMix', customers, options.of ?? 'revenue');
  const { by } = options;
  if (!source.has(by)) throw missingColumn('customerMix', by, source);
  const { codes, count, names } = namedGroups(source.column(by));
  const customersOf = groupSizes(codes, count);
  const value = groupSums(values, codes, count);
  const total = exactSum(value);
  const number = (of: (g: number) => number): Column => ({ type: 'number', data: value.map((_, g) => of(g)) });
  return new Table([
    [by, names],
    ['customers', { type: 'integer', data: customersOf }],
    ['shareOfCustomers', number((g) => customersOf[g]! / values.length)],
    ['value', { type: 'number', data: value }],
    ['share', number((g) => (total > 0 ? value[g]! / total : NaN))],
    ['mean', number((g) => value[g]! / customersOf[g]!)],
  ]).sortBy('value', 'descending');
}

/** What stands in both mixes. */
export interface CompareMixOptions {
  /** column that names the rows: `'product'`, `'region'` */
  readonly by: string;
  /** numeric columns compared; all that both have when absent */
  readonly columns?: readonly string[];
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

const CHANGES = ['stayed', 'entered', 'left'] as const;
const LABELS = { en: ['In both', 'New', 'Gone'], zh: ['两期都有', '新增', '退出'] } as const;

/**
 * Two periods of a mix beside each other: a product mix, a category table or a customer mix.
 *
 * @param before the table of the first period
 * @param after of the second
 * @returns one row per name in either: the name, `change` (stayed, entered, left) and its `label`, and per column
 *   `x before`, `x after`, `x change`; missing where a name is in one period only
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * compareMix(productMix(lastYear).table, productMix(thisYear).table, { by: 'product', columns: ['salesShare', 'marginRate'] });
 */
export function compareMix(before: TableInput, after: TableInput, options: CompareMixOptions): Table {
  checkKeys('compareMix', options, ['by', 'columns', 'labels']);
  const labels = LABELS[checkWord('compareMix', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const { by } = options;
  const tables = [before, after].map((input) => asTable('compareMix', input)) as [Table, Table];
  for (const table of tables) if (!table.has(by)) throw missingColumn('compareMix', by, table);
  const names = options.columns ?? tables[0].names.filter((name) => name !== by && tables[1].has(name) && ['number', 'integer'].includes(tables[0].column(name).type));
  for (const name of names) for (const table of tables) if (!table.has(name)) throw missingColumn('compareMix', name, table);
  const both = concatColumns(tables.map((table) => table.column(by))) ?? textColumn(tables.flatMap((table) => (table.toColumns()[by] as unknown[]).map(String)));
  const groups = groupRows(both);
  const columns = names.flatMap((name): [string, Column][] => {
    const [first, second] = tables.map((table, period) => spread(table, name, groups.codes.subarray(period === 0 ? 0 : tables[0].numRows), groups.count)) as [Float64Array, Float64Array];
    return [[`${name} before`, { type: 'number', data: first }], [`${name} after`, { type: 'number', data: second }], [`${name} change`, { type: 'number', data: second.map((x, g) => x - first[g]!) }]];
  });
  const inside = [0, 1].map((period) => presence(groups.codes.subarray(...(period === 0 ? [0, tables[0].numRows] : [tables[0].numRows])), groups.count)) as [Uint8Array, Uint8Array];
  const change = Int32Array.from(groups.firstRow, (_, g) => (inside[0][g] === 0 ? 1 : inside[1][g] === 0 ? 2 : 0));
  return new Table([[by, takeColumn(both, groups.firstRow)], ['change', { type: 'category', data: change, values: CHANGES }], ['label', { type: 'category', data: change, values: labels }], ...columns]);
}

/** 1 for every group with a row. */
function presence(codes: Int32Array, count: number): Uint8Array {
  return Uint8Array.from(groupSizes(codes, count), (size) => (size > 0 ? 1 : 0));
}

function spread(table: Table, name: string, codes: Int32Array, count: number): Float64Array {
  const column = table.column(name);
  const values = column.type === 'number' ? column.data : checkedNumbers('compareMix', table, name);
  const found = new Float64Array(count).fill(NaN);
  for (let i = 0; i < table.numRows; i++) if (codes[i] !== -1) found[codes[i]!] = values[i]!;
  return found;
}

function missingColumn(where: string, name: string, table: Table): ClienteleError {
  return new ClienteleError('COLUMN_MISSING', { where, column: name }, `column ${valueText(name)} is missing (found: ${table.names.join(', ')}).`, 'Check the name.');
}
