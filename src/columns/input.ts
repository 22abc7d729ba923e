import { ClienteleError, dayOfText, isPromise, valueText } from '../core/index.js';
import { columnLength, isPresent, type Column } from './column.js';
import { categoryColumn, textColumn, validExcept } from './make.js';
import { columnMissing, Table } from './table.js';

/** What may stand for a column: one of ours, a typed array, or an array of cells. */
export type ColumnInput = Column | Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array
  | readonly (number | null | undefined)[] | readonly (string | null | undefined)[] | readonly (boolean | null | undefined)[];

/**
 * A table from columns by name.
 *
 * Numbers become a number column, text a text column, booleans flags; null and undefined are missing. To hold text
 * of few different values as codes, or dates, pass a {@link Column} such as `{ type: 'date', data: days }`.
 *
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID` naming column and row where an array mixes types
 * @example
 * table({ customer: ['a', 'b'], spend: [12.5, null] });
 */
export function table(columns: Readonly<Record<string, ColumnInput>>): Table {
  return asTable('table', columns);
}

/** A column of whatever may stand for one; typed arrays of doubles and 32-bit integers are shared, others copied. */
export function toColumn(where: string, name: string, input: ColumnInput): Column {
  if (isColumn(input)) return input;
  if (input instanceof Float64Array) return { type: 'number', data: input };
  if (input instanceof Int32Array) return { type: 'integer', data: input };
  if (ArrayBuffer.isView(input)) return { type: 'number', data: Float64Array.from(input as ArrayLike<number>) };
  if (!Array.isArray(input)) {
    throw new ClienteleError('VALUE_INVALID', { where, column: name, value: valueText(input) }, `column ${valueText(name)} is not an array.`, 'Give an array, a typed array or a column.');
  }
  return cellsToColumn(where, name, input as readonly unknown[]);
}

function cellsToColumn(where: string, name: string, cells: readonly unknown[]): Column {
  const kind = typeof cells.find((cell) => cell !== null && cell !== undefined);
  if (kind !== 'string' && kind !== 'number' && kind !== 'boolean' && kind !== 'undefined') throw mixed(where, name, cells, 'number, text or true/false');
  const missing: number[] = [];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell === null || cell === undefined) missing.push(i);
    else if (typeof cell !== kind) throw mixed(where, name, cells, kind);
  }
  if (kind === 'string') return textColumn(cells as readonly (string | null)[]);
  if (kind === 'boolean') {
    const data = Uint8Array.from(cells, (cell) => (cell === true ? 1 : 0));
    return missing.length === 0 ? { type: 'flag', data } : { type: 'flag', data, valid: validExcept(cells.length, missing) };
  }
  return { type: 'number', data: Float64Array.from(cells, (cell) => (cell as number | null | undefined) ?? NaN) };
}

function mixed(where: string, name: string, cells: readonly unknown[], kind: string): ClienteleError {
  const row = cells.findIndex((cell) => cell !== null && cell !== undefined && (typeof cell !== kind || typeof cell === 'object'));
  return new ClienteleError('VALUE_INVALID', { where, column: name, row, value: valueText(cells[row]) }, `column ${valueText(name)}, row ${row}: ${valueText(cells[row])} is not ${kind}.`, 'Give values of one type; null is missing.');
}

function isColumn(input: ColumnInput): input is Column {
  return typeof input === 'object' && input !== null && !Array.isArray(input) && !ArrayBuffer.isView(input) && 'type' in input && 'data' in input;
}

/** A table, or plain columns by name that can stand for one. */
export type TableInput = Table | Readonly<Record<string, ColumnInput>>;

/** The table itself, or one made of plain columns. */
export function asTable(where: string, input: TableInput): Table {
  if (isTable(input)) return input;
  if (typeof input !== 'object' || input === null || Array.isArray(input) || isPromise(input)) {
    throw new ClienteleError('VALUE_INVALID', { where, value: valueText(input) }, `${valueText(input)} is not a table.`, 'Pass a table, or columns by name: { recency: [...], … }.');
  }
  return new Table(Object.entries(input).map(([name, column]) => [name, toColumn(where, name, column)] as const));
}

/** True for a table of any copy of the library. */
export function isTable(input: unknown): input is Table {
  return typeof input === 'object' && input !== null && typeof (input as Table).column === 'function' && typeof (input as Table).numRows === 'number';
}

/**
 * A column as doubles, missing as NaN; a number column is not copied.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a column that holds no numbers
 */
export function numbersOf(where: string, source: Table, name: string): Float64Array {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const column = source.column(name);
  if (column.type === 'number') return column.data;
  if (column.type === 'integer' || column.type === 'flag') {
    const data = new Float64Array(column.data);
    if (column.valid !== undefined) for (let i = 0; i < data.length; i++) if (!isPresent(column, i)) data[i] = NaN;
    return data;
  }
  throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${column.type}, not numbers.`, 'Name a numeric column.');
}

/** A category column of a text or category column; other types are refused. */
export function categoriesOf(where: string, source: Table, name: string): Column & { type: 'category' } {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const column = source.column(name);
  if (column.type === 'category') return column;
  // An empty array tells no type.
  if (columnLength(column) === 0) return { type: 'category', data: new Int32Array(0), values: [] };
  if (column.type !== 'text') {
    throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${column.type}, not text.`, 'Name a text column.');
  }
  return categoryColumn(source.toColumns()[name] as (string | null)[]);
}

/** Day number of an option given as 'YYYY-MM-DD' text. */
export function dayOption(where: string, option: string, value: unknown): number {
  const day = typeof value === 'string' ? dayOfText(value) : undefined;
  if (day !== undefined) return day;
  throw new ClienteleError('OPTION_INVALID', { where, option, value: valueText(value) }, `option ${option} is ${valueText(value)}.`, "Give an existing day as 'YYYY-MM-DD' text.");
}
