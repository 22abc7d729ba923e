import { checkKeys, checkWord, ClienteleError, valueText } from '../core/index.js';
import { asTable, categoryColumn, cellOf, cellWidth, columnLength, columnMissing, groupRows, isPresent, isTable, showableResult, Table, takeColumn, textColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { factWriter } from './fact-text.js';
import { VIEW_PARTS, type FactFormat, type ViewColumn } from './view-parts.js';

/** Results by name: tables with a column `customer`, or results that hold one as `table`. */
export type ViewResults = Readonly<Record<string, TableInput | { readonly table: TableInput } | undefined>>;

export interface ViewOptions {
  /** language of the labels of facts, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** What is known of customers. */
export interface JoinedView {
  /** one row per customer: `customer`, then the columns of all results; missing where a result does not know the customer */
  readonly table: Table;
  /**
   * of one customer, what is known, a row each: `part`, `partLabel`, `column`, `label`, `format` (text, count, money, percent,
   * days), `value` as text, numbers with all their digits; keys that have a label beside them are left out. Empty for all
   * customers. Shown, money and shares are written by their format
   */
  readonly facts: Table;
}

/**
 * All that is known of one customer, or of all, in one table.
 *
 * Results are known by their names: `rfm`, `clv`, `profit`, `abc`, `churn`, `satisfaction`, `loyalty`, `warnings`,
 * `offers`; their main columns are taken under names of their own (`segment`, `clv`, `abcClass`, `worstReason` …). Of warnings
 * and offers a customer may have several: they are counted, and the worst or first of them stands. Of a table under any other
 * name, and of one with none of these columns, every column is taken, the name before it: `{ desk: { customer, calls } }` gives
 * `deskCalls`.
 *
 * @param customer the id of one, as text or number; `undefined` for all, in the order of the results
 * @param results tables, or results that hold one as `table`; not modified. Undefined ones are left out
 * @throws ClienteleError `VALUE_INVALID` for a customer that no result knows, one that stands twice in a result, and for two
 *   columns of one name; `COLUMN_MISSING` for a table without customers; `OPTION_INVALID`
 * @example
 * customerView('C17', { rfm: rfm(customers), abc: abc(customers), warnings: warnings(orders) }).facts;
 * customerView(undefined, { rfm: rfm(customers), clv: values }).table;
 *
 * O(rows of all results).
 */
export function customerView(customer: string | number | undefined, results: ViewResults, options: ViewOptions = {}): JoinedView & Showable {
  const where = 'customerView';
  checkKeys(where, options, ['labels']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const parts = readParts(where, results, labels);
  const { ids, rowsOf } = customersOf(parts);
  const wanted = customer === undefined ? Int32Array.from({ length: columnLength(ids) }, (_, i) => i) : Int32Array.of(placeOf(where, customer, ids, parts));
  const columns: [string, Column][] = [['customer', takeColumn(ids, wanted)]];
  const facts: Fact[] = [];
  const write = factWriter(labels);
  parts.forEach((part, p) => {
    const rows = wanted.map((i) => rowsOf[p]![i]!);
    for (const { column, name, label, format, key = false, words } of part.columns) {
      const taken = takeColumn(part.table.column(column), rows);
      if (columns.some(([own]) => own === name)) throw new ClienteleError('VALUE_INVALID', { where, column: name }, `two results give a column ${valueText(name)}.`, 'Pass one of them under another name.');
      columns.push([name, taken]);
      if (customer === undefined || !isPresent(taken, 0) || (key && part.table.has('label'))) continue;
      const plain = String(cellOf(taken, 0));
      const word = words !== undefined && Object.hasOwn(words, plain) ? words[plain]![labels] : undefined;
      facts.push({ part: part.name, partLabel: part.label, column: name, label, format, value: word ?? plain, shown: word ?? write(format, taken, 0) });
    }
  });
  const view = { table: new Table(columns), facts: factsTable(facts) };
  if (customer === undefined) return showableResult(view, { text: () => view.table.toString(), html: () => view.table.toHTML() });
  return showableResult(view, { text: () => factsText(String(customer), facts), html: () => shownTable(facts).toHTML({ rows: facts.length }) });
}

/** The facts under the names of their results, whole: reasons are sentences, which a table would cut. */
function factsText(customer: string, facts: readonly Fact[]): string {
  const width = Math.max(0, ...facts.map(({ label }) => cellWidth(label)));
  const lines = facts.flatMap(({ part, partLabel, label, shown }, i) => [...(facts[i - 1]?.part === part ? [] : [partLabel]), `  ${label}${' '.repeat(width - cellWidth(label))}  ${shown}`]);
  return [customer, ...lines].join('\n');
}

interface Part {
  readonly name: string;
  readonly label: string;
  /** one row per customer */
  readonly table: Table;
  readonly columns: readonly (Omit<ViewColumn, 'label'> & { readonly label: string })[];
}

function readParts(where: string, results: ViewResults, labels: 'en' | 'zh'): Part[] {
  if (typeof results !== 'object' || results === null) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(results) }, 'there are no results.', 'Pass them by name: { rfm: rfm(customers) }.');
  const given = Object.entries(results).filter(([, result]) => result !== undefined);
  if (given.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no results.', 'Pass at least one by name: { rfm: rfm(customers) }.');
  return given.map(([name, result]) => {
    const known = Object.hasOwn(VIEW_PARTS, name) ? VIEW_PARTS[name] : undefined;
    const whole = tableOf(where, result!);
    if (!whole.has('customer')) throw inPart(columnMissing(where, 'customer', whole.names), name);
    const table = name === 'warnings' || name === 'offers' ? firstOfEach(whole) : whole;
    checkOnce(where, name, table);
    const taken = (known?.columns ?? []).filter(({ column }) => table.has(column));
    const all = table.names.filter((column) => column !== 'customer');
    return {
      name, table, label: known?.label[labels] ?? name,
      columns: taken.some(({ column }) => column !== 'count') ? taken.map((own) => ({ ...own, label: own.label[labels] }))
        : all.map((column) => ({ column, name: `${name}${column[0]?.toUpperCase() ?? ''}${column.slice(1)}`, label: column, format: formatOf(table.column(column)) })),
    };
  });
}

function tableOf(where: string, result: NonNullable<ViewResults[string]>): Table {
  if (isTable(result)) return result;
  const held = (result as { readonly table?: unknown }).table;
  return isTable(held) ? held : asTable(where, result as TableInput);
}

function inPart(error: ClienteleError, name: string): ClienteleError {
  return new ClienteleError(error.code, error.place, `result ${valueText(name)}: column "customer" is missing.`, 'Pass a table with one row per customer and their ids in `customer`.');
}

const WORST: readonly unknown[] = ['info', 'watch', 'warn', 'critical'];

/** The worst warning or the first offer of each customer, and how many there are. */
function firstOfEach(table: Table): Table {
  const { codes, count } = groupRows(table.column('customer'));
  const best = new Int32Array(count).fill(-1);
  const counts = new Int32Array(count);
  const severity = table.has('severity') ? table.column('severity') : undefined;
  const rank = (i: number): number => (severity === undefined ? 0 : WORST.indexOf(cellOf(severity, i)));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === -1) continue;
    counts[code]!++;
    if (best[code] === -1 || rank(i) > rank(best[code]!)) best[code] = i;
  }
  return new Table([...table.take(best).entries(), ...(table.has('count') ? [] : [['count', { type: 'integer', data: counts }] as [string, Column]])]);
}

function checkOnce(where: string, name: string, table: Table): void {
  const { codes, firstRow, count } = groupRows(table.column('customer'));
  if (count === codes.length) return;
  const row = codes.findIndex((code, i) => code === -1 || firstRow[code] !== i);
  const id = valueText(cellOf(table.column('customer'), row));
  const what = codes[row] === -1 ? `row ${row} has no customer.` : `customer ${id} stands in row ${firstRow[codes[row]!]!} and in row ${row}.`;
  throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row }, `result ${valueText(name)}: ${what}`, 'Give one row per customer; several belong under the names warnings or offers.');
}

function formatOf(column: Column): FactFormat {
  return column.type === 'number' || column.type === 'integer' ? 'count' : 'text';
}

/** The ids of all results as text, in order of first appearance, and for each result the row of each, -1 for none. */
function customersOf(parts: readonly Part[]): { ids: Column; rowsOf: Int32Array[] } {
  const texts = parts.map(({ table }) => {
    const column = table.column('customer');
    return Array.from({ length: table.numRows }, (_, i) => String(cellOf(column, i)));
  });
  const all = textColumn(texts.flat());
  const { codes, count, firstRow } = groupRows(all);
  let at = 0;
  const rowsOf = texts.map((own) => {
    const rows = new Int32Array(count).fill(-1);
    for (let i = 0; i < own.length; i++) rows[codes[at + i]!] = i;
    at += own.length;
    return rows;
  });
  return { ids: takeColumn(all, firstRow), rowsOf };
}

function placeOf(where: string, customer: string | number, ids: Column, parts: readonly Part[]): number {
  const wanted = String(customer);
  for (let i = 0; i < columnLength(ids); i++) if (cellOf(ids, i) === wanted) return i;
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(customer) }, `no result knows the customer ${valueText(customer)} (${parts.map(({ name }) => name).join(', ')}).`, 'Check the id; leading zeros belong to it.');
}

interface Fact {
  readonly part: string;
  readonly partLabel: string;
  readonly column: string;
  readonly label: string;
  readonly format: FactFormat;
  /** with all digits */
  readonly value: string;
  /** for people */
  readonly shown: string;
}

function shownTable(facts: readonly Fact[]): Table {
  return new Table([['partLabel', categoryColumn(facts.map(({ partLabel }) => partLabel))], ['label', categoryColumn(facts.map(({ label }) => label))], ['value', textColumn(facts.map(({ shown }) => shown))]]);
}

function factsTable(facts: readonly Fact[]): Table {
  const column = (of: keyof Fact): [string, Column] => [of, categoryColumn(facts.map((fact) => fact[of]))];
  return new Table([column('part'), column('partLabel'), column('column'), column('label'), column('format'), ['value', textColumn(facts.map(({ value }) => value))]]);
}
