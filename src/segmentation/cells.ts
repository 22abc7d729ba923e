import { checkWhole, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, categoriesOf, categoryColumn, compareText, escapeHtml, exactSum, numbersOf, quantileCuts, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';

/** How a column is cut: `'category'` by its values, a number of quantile groups (10 = deciles), or own ascending cuts. */
export type CellRule = 'category' | number | { readonly cuts: readonly number[] };

/** Customers sorted into cells of several columns. */
export interface Cells extends Showable {
  /** one row per cell that holds customers, most customers first: cell, a group per column, customers, share, and the features */
  readonly table: Table;
  /** columns of `table` that tell the cells apart as numbers, for `kmeans(cells.table, { features: cells.features, weights: 'customers', k })` */
  readonly features: readonly string[];
  /** place in `table` of each customer's cell; -1 where a column is missing */
  readonly labels: Int32Array;
  /** how many cells there could be */
  readonly possible: number;
  /** rows left out because a column is missing */
  readonly leftOut: number;
}

/**
 * Sort customers into cells by rule: deciles of balance x deciles of credit line x kind of insurance, say.
 *
 * Rules make many cells, few of which hold many customers. Cells with customers can then be clustered, each weighing as
 * many as it holds, into a number people can act on.
 *
 * @param customers any table. Not modified.
 * @param by how each column is cut; a value on a cut belongs to the lower group
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * const types = cells(customers, { balance: 10, creditLine: 10, insurance: 'category' });
 * const groups = kmeans(types.table, { k: 6, features: types.features, scale: 'zscore', weights: 'customers' });
 *
 * O(n columns).
 */
export function cells(customers: TableInput, by: Readonly<Record<string, CellRule>>): Cells {
  const where = 'cells';
  const source = asTable(where, customers);
  if (typeof by !== 'object' || by === null || Object.keys(by).length === 0) throw optionInvalid(where, 'by', by, "Say how columns are cut: { balance: 10, insurance: 'category' }.");
  const parts = Object.entries(by).map(([name, rule]) => partOf(where, source, name, rule));
  const possible = parts.reduce((product, { groups }) => product * groups.length, 1);
  if (possible > 1_000_000) throw new ClienteleError('OPTION_INVALID', { where, option: 'by' }, `these rules make ${possible} cells.`, 'Use fewer groups or columns: at most 1,000,000 cells.');

  const codes = new Int32Array(source.numRows);
  for (const { groups, places } of parts) for (let i = 0; i < codes.length; i++) codes[i] = codes[i] === -1 || places[i] === -1 ? -1 : codes[i]! * groups.length + places[i]!;
  const counts = new Int32Array(possible);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  const used = Int32Array.from(counts.keys()).filter((cell) => counts[cell]! > 0).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const place = new Int32Array(possible).fill(-1);
  used.forEach((cell, at) => (place[cell] = at));
  const labels = codes.map((cell) => (cell === -1 ? -1 : place[cell]!));
  const kept = used.reduce((sum, cell) => sum + counts[cell]!, 0);
  const groupOf = (cell: number, p: number): number => Math.floor(cell / parts.slice(p + 1).reduce((product, { groups }) => product * groups.length, 1)) % parts[p]!.groups.length;

  const features = parts.flatMap((part, p) => featuresOf(part, labels, used.length, Array.from(used, (cell) => groupOf(cell, p))));
  const table = new Table([
    ['cell', categoryColumn(Array.from(used, (cell) => parts.map(({ groups }, p) => groups[groupOf(cell, p)]!).join(' | ')))],
    ...parts.map(({ name, groups }, p): [string, Column] => [name, { type: 'category', data: Int32Array.from(used, (cell) => groupOf(cell, p)), values: groups }]),
    ['customers', { type: 'integer', data: Int32Array.from(used, (cell) => counts[cell]!) }],
    ['share', { type: 'number', data: Float64Array.from(used, (cell) => counts[cell]! / kept) }],
    ...features,
  ]);
  const line = `${kept} customers in ${used.length} of ${possible} cells; the largest holds ${used.length === 0 ? 0 : counts[used[0]!]!}`;
  return showableResult({ table, features: features.map(([name]) => name), labels, possible, leftOut: source.numRows - kept }, { text: () => `${line}\n\n${table.toString({ rows: 10 })}`, html: () => `<p>${escapeHtml(line)}</p>${table.toHTML({ rows: 10 })}` });
}

interface Part {
  readonly name: string;
  readonly groups: readonly string[];
  /** group of each row, -1 = missing */
  readonly places: Int32Array;
  /** the numbers behind the groups; absent for categories */
  readonly values?: Float64Array;
}

function partOf(where: string, source: Table, name: string, rule: CellRule): Part {
  if (rule === 'category') {
    const column = categoriesOf(where, source, name);
    const order = Array.from(column.values.keys()).sort((a, b) => compareText(column.values[a]!, column.values[b]!));
    const rank = new Int32Array(order.length);
    order.forEach((code, at) => (rank[code] = at));
    return { name, groups: order.map((code) => column.values[code]!), places: column.data.map((code) => (code === -1 ? -1 : rank[code]!)) };
  }
  const values = numbersOf(where, source, name);
  const cuts = cutsOf(where, name, rule, values);
  const places = new Int32Array(values.length);
  for (let i = 0; i < places.length; i++) {
    let group = Number.isNaN(values[i]) ? -1 : 0;
    if (group === 0) while (group < cuts.length && values[i]! > cuts[group]!) group++;
    places[i] = group;
  }
  const texts = cuts.map((cut) => String(Number(cut.toPrecision(6))));
  return { name, values, places, groups: [...texts.map((text, c) => (c === 0 ? `<= ${text}` : `${texts[c - 1]!} to ${text}`)), texts.length === 0 ? 'all' : `> ${texts.at(-1)!}`] };
}

/** Different cuts only: equal quantiles make no group between them. */
function cutsOf(where: string, name: string, rule: unknown, values: Float64Array): number[] {
  if (typeof rule === 'number') {
    const known = values.filter((value) => !Number.isNaN(value));
    return known.length === 0 ? [] : [...new Set(quantileCuts(known, checkWhole(where, `by.${name}`, rule, 2, 1000)))];
  }
  const cuts = typeof rule === 'object' && rule !== null && 'cuts' in rule ? rule.cuts : undefined;
  if (Array.isArray(cuts) && cuts.every((cut, c) => typeof cut === 'number' && Number.isFinite(cut) && (c === 0 || cut > cuts[c - 1]))) return cuts as number[];
  throw optionInvalid(where, `by.${name}`, rule, "Use 'category', a number of groups, or ascending cuts: { cuts: [100, 1000] }.");
}

/** Means of numbers, or 1 and 0 for each category but where there is only one. */
function featuresOf({ name, values, groups }: Part, labels: Int32Array, used: number, groupOfCell: readonly number[]): [string, Column][] {
  if (values === undefined) return groups.length < 2 ? [] : groups.map((group, g) => [`${name}=${group}`, { type: 'number', data: Float64Array.from(groupOfCell, (own) => (own === g ? 1 : 0)) }]);
  const members: number[][] = Array.from({ length: used }, () => []);
  labels.forEach((cell, i) => {
    if (cell >= 0) members[cell]!.push(values[i]!);
  });
  return [[`${name}Mean`, { type: 'number', data: Float64Array.from(members, (own) => exactSum(Float64Array.from(own)) / own.length) }]];
}
