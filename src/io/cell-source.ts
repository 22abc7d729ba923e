import { ClienteleError, valueText } from '../core/index.js';
import { columnLength, isPresent, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { newBatch, type FieldBatch, type FieldReader } from './field-batch.js';
import type { BadValue } from './refusals.js';

/** What one column of rows or columns holds: a column of ours, or cells of any kind. */
export type CellSource = Column | readonly unknown[];

/** Where a cell is reported that cannot be used. */
export type NoteCell = (row: number, value: unknown, bad: BadValue) => void;

/**
 * What may stand for a column as a column or as cells; doubles, 32-bit integers and columns of ours are shared.
 *
 * @throws ClienteleError `VALUE_INVALID` for anything else
 */
export function cellSource(where: string, name: string, input: unknown): CellSource {
  if (Array.isArray(input)) return input;
  if (input instanceof Float64Array) return { type: 'number', data: input };
  if (input instanceof Int32Array) return { type: 'integer', data: input };
  if (input instanceof BigInt64Array || input instanceof BigUint64Array) return Array.from<bigint>(input);
  if (ArrayBuffer.isView(input) && !(input instanceof DataView)) return { type: 'number', data: Float64Array.from(input as unknown as ArrayLike<number>) };
  if (typeof input === 'object' && input !== null && 'type' in input && 'data' in input) return input as Column;
  throw new ClienteleError('VALUE_INVALID', { where, column: name, value: valueText(input) }, `column ${valueText(name)} is ${valueText(input)}, not an array.`, 'Give an array, a typed array or a column.');
}

/** True for a column of ours. */
export function isColumn(source: CellSource): source is Column {
  return !Array.isArray(source);
}

/** Number of rows. */
export function sourceLength(source: CellSource): number {
  return isColumn(source) ? columnLength(source) : source.length;
}

/** True for the cells that hold nothing: null, undefined, NaN. */
export function isNothing(cell: unknown): cell is null | undefined {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

/** A text column as fields for a reader; its bytes are shared. */
export function textBatch(column: TextColumn): FieldBatch {
  const rows = columnLength(column);
  const from = column.offsets.subarray(0, rows);
  let to = column.offsets.subarray(1, rows + 1);
  if (column.valid !== undefined) {
    to = to.slice();
    for (let i = 0; i < rows; i++) if (!isPresent(column, i)) to[i] = from[i]!;
  }
  return { ...newBatch(column.data, 0, 0), rows, capacity: rows, from, to };
}

/** Read a text column through the reader of a file's fields. */
export function readTexts(column: TextColumn, reader: FieldReader, note: NoteCell): Column {
  reader.append(textBatch(column), note);
  return reader.finish();
}

/**
 * Read every value of a category column once, and give every row what its value became.
 *
 * @param read reads the values, as cells, into a column of the same length
 * @param empty noted for rows without a value; absent where they may be
 */
export function readCategories<C extends Column & { readonly data: Float64Array | Int32Array }>(column: CategoryColumn, read: (note: NoteCell) => C, empty: BadValue | undefined, note: NoteCell): { values: C; codes: Int32Array } {
  const refused = new Map<number, BadValue>();
  const values = read((code, _, bad) => refused.set(code, bad));
  for (let i = 0; i < column.data.length; i++) {
    const code = column.data[i]!;
    const bad = code === -1 ? empty : refused.get(code);
    if (bad !== undefined) note(i, code === -1 ? null : column.values[code], bad);
  }
  return { values, codes: column.data };
}

/** The error for a column whose kind cannot play its role. */
export function wrongKind(where: string, name: string, column: Column, role: string, wanted: string): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${KIND_WORDS[column.type]}, and cannot be the ${role}.`, `Name a column of ${wanted}.`);
}

const KIND_WORDS: Readonly<Record<Column['type'], string>> = { number: 'numbers', integer: 'whole numbers', date: 'dates', flag: 'flags', category: 'categories', text: 'text' };
