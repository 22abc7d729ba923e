import { ClienteleError, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, compareText, groupRows, isPresent, numbersOf, orderByText, TextBuilder, type Column, type Table, type TableInput, type TextColumn } from '../columns/index.js';

/** Records of one system. */
export interface IdentitySource {
  /** what the system is called: `'crm'`; no colon in it */
  readonly name: string;
  /** one row per record; any table or plain columns. Not modified. */
  readonly table: TableInput;
  /** column of the system's own ids, none twice, text or whole numbers below 2^53; `id`, or `customer` where there is no such column, when absent */
  readonly id?: string;
  /** what keys and other columns are called here, where they have another name: `{ phone: 'mobile' }` */
  readonly columns?: Readonly<Record<string, string>>;
}

/** All records, in an order that does not depend on the order they were given in: by source, then by id as text. */
export interface RecordSet {
  readonly where: string;
  readonly count: number;
  readonly names: readonly string[];
  /** number of each record's source */
  readonly source: Int32Array;
  /** row of each record in its source's table */
  readonly row: Int32Array;
  readonly id: TextColumn;
  readonly parts: readonly Part[];
}

interface Part {
  readonly name: string;
  readonly table: Table;
  readonly columns: Readonly<Record<string, string>>;
  readonly order: Int32Array;
}

/**
 * Read the sources.
 *
 * @throws ClienteleError `OPTION_INVALID`, `VALUE_INVALID` naming source and row, `COLUMN_MISSING`
 */
export function readSources(where: string, sources: readonly IdentitySource[]): RecordSet {
  if (!Array.isArray(sources) || sources.length === 0) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(sources) }, 'there are no sources.', "Pass a list: [{ name: 'crm', table }, { name: 'shop', table }].");
  const ids = new Map<string, Column>();
  const parts = (sources as readonly IdentitySource[]).map((source) => {
    const part = readPart(where, source);
    if (ids.has(part.name)) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(part.name) }, `two sources are called ${valueText(part.name)}.`, 'Give each its own name.');
    ids.set(part.name, part.id);
    return part;
  }).sort((a, b) => compareText(a.name, b.name));
  const count = parts.reduce((total, { order }) => total + order.length, 0);
  if (count === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'the sources hold no record.', 'Pass at least one.');
  const source = new Int32Array(count);
  const row = new Int32Array(count);
  let at = 0;
  parts.forEach(({ order }, s) => {
    source.fill(s, at, at + order.length);
    row.set(order, at);
    at += order.length;
  });
  const id = gathered(parts, ({ name }) => ids.get(name));
  if (id.valid !== undefined) throw idMissing(where, parts[source[firstMissing(id)]!]!.name, row[firstMissing(id)]!);
  return { where, count, names: parts.map(({ name }) => name), source, row, id, parts };
}

/** The first record whose id is missing or blank. */
function firstMissing(id: TextColumn): number {
  let i = 0;
  while (isPresent(id, i)) i++;
  return i;
}

function idMissing(where: string, source: string, row: number): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, row }, `source ${valueText(source)}, row ${row}: the id is missing.`, 'Give every record an id, or drop such rows.');
}

function readPart(where: string, source: IdentitySource): Part & { id: Column } {
  const name: unknown = (source as IdentitySource | null | undefined)?.name;
  if (typeof name !== 'string' || name === '' || name.includes(':')) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(name) }, `a source is called ${valueText(name)}.`, 'Give each a name without a colon, which parts it from the id.');
  const table = asTable(where, source.table);
  const { columns = {} } = source;
  for (const own of Object.values(columns)) if (!table.has(own)) throw inSource(columnMissing(where, own, table.names), name);
  const column = source.id ?? (table.has('id') ? 'id' : 'customer');
  if (!table.has(column)) throw inSource(columnMissing(where, column, table.names), name);
  const id = table.column(column);
  checkIds(where, name, column, id);
  checkWholeNumbers(where, name, column, id);
  return { name, table, columns, order: orderByText(id), id };
}

function checkIds(where: string, source: string, name: string, id: Column): void {
  if (id.type === 'date' || id.type === 'flag') throw new ClienteleError('VALUE_INVALID', { where, column: name }, `source ${valueText(source)}: column ${valueText(name)} holds ${id.type}, not ids.`, 'Name a column of text or whole numbers.');
  const { codes, firstRow, count } = groupRows(id);
  if (count === codes.length) return;
  const row = codes.findIndex((code, i) => code === -1 || firstRow[code] !== i);
  if (codes[row] === -1) throw idMissing(where, source, row);
  const value = valueText(cellOf(id, row));
  throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value }, `source ${valueText(source)}, column ${valueText(name)}: id ${value} of row ${row} stands in row ${firstRow[codes[row]!]!} as well.`, 'An id names one record of its source: keep one row of each.');
}

/** Numbers beyond 2^53 were rounded before they came here: two ids may be one by now. */
function checkWholeNumbers(where: string, source: string, name: string, column: Column): void {
  if (column.type !== 'number') return;
  const row = column.data.findIndex((value, i) => isPresent(column, i) && !Number.isSafeInteger(value));
  if (row === -1) return;
  const value = String(column.data[row]);
  throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value }, `source ${valueText(source)}, column ${valueText(name)}, row ${row}: ${value} is no whole number below 2^53, so it is not the id that was written.`, 'Read this column as text.');
}

function inSource(error: ClienteleError, source: string): ClienteleError {
  return new ClienteleError(error.code, error.place, `source ${valueText(source)}: ${error.message.slice(error.place.where.length + 2).replace(' Check the name.', '')}`, 'Check the name, or name the column in `id` or `columns` of the source.');
}

/** What a column is called in a source, `undefined` where the source has none. */
export function nameIn({ table, columns }: Pick<Part, 'table' | 'columns'>, column: string): string | undefined {
  if (Object.hasOwn(columns, column)) return columns[column];
  return table.has(column) ? column : undefined;
}

/** A column of all records as text: missing where a source lacks it, and where the text is blank. */
export function textsOf(records: RecordSet, column: string): TextColumn {
  return gathered(records.parts, (part) => {
    const name = nameIn(part, column);
    return name === undefined ? undefined : part.table.column(name);
  });
}

/** {@link textsOf} for a column of ids: text, or whole numbers that a number can hold. */
export function idsOf(records: RecordSet, column: string): TextColumn {
  for (const part of records.parts) {
    const name = nameIn(part, column);
    if (name !== undefined) checkWholeNumbers(records.where, part.name, name, part.table.column(name));
  }
  return textsOf(records, column);
}

/** A column of all records as numbers: NaN where a source lacks it. */
export function numbersIn(records: RecordSet, column: string): Float64Array {
  const all = new Float64Array(records.count).fill(NaN);
  let at = 0;
  for (const part of records.parts) {
    const name = nameIn(part, column);
    if (name !== undefined) {
      const own = numbersOf(records.where, part.table, name);
      const row = own.findIndex((value) => value === Infinity || value === -Infinity);
      if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where: records.where, column: name, row, value: String(own[row]) }, `source ${valueText(part.name)}, column ${valueText(name)}, row ${row}: the value is ${own[row]}.`, 'Give finite numbers; NaN is missing.');
      for (let k = 0; k < part.order.length; k++) all[at + k] = own[part.order[k]!]!;
    }
    at += part.order.length;
  }
  return all;
}

function gathered(parts: readonly Part[], columnOf: (part: Part) => Column | undefined): TextColumn {
  const builder = new TextBuilder(parts.reduce((total, { order }) => total + order.length, 0));
  for (const part of parts) {
    const column = columnOf(part);
    for (const i of part.order) {
      if (column === undefined || !isPresent(column, i)) builder.addMissing();
      else if (column.type === 'text') addBytes(builder, column, i);
      else addText(builder, String(cellOf(column, i)));
    }
  }
  return builder.finish();
}

function addBytes(builder: TextBuilder, column: TextColumn, i: number): void {
  const [from, to] = [column.offsets[i]!, column.offsets[i + 1]!];
  let at = from;
  while (at < to && column.data[at]! <= 32) at++;
  if (at === to) builder.addMissing();
  else builder.addBytes(column.data, from, to);
}

function addText(builder: TextBuilder, text: string): void {
  if (text.trim() === '') builder.addMissing();
  else builder.addText(text);
}
