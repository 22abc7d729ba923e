import { columnLength, isPresent, type Column } from './column.js';
import { TextBuilder, validExcept } from './make.js';

/**
 * Columns of the same type one below the other.
 *
 * @returns undefined where their types, or the units of dates, differ
 */
export function concatColumns(columns: readonly Column[]): Column | undefined {
  const first = columns[0]!;
  if (columns.some((column) => column.type !== first.type || (column.type === 'date' && first.type === 'date' && column.unit !== first.unit))) return undefined;
  const rows = columns.reduce((sum, column) => sum + columnLength(column), 0);
  switch (first.type) {
    case 'number':
      return { type: 'number', data: joined(new Float64Array(rows), columns) };
    case 'flag':
      return { type: 'flag', data: joined(new Uint8Array(rows), columns), ...validOf(columns, rows) };
    case 'integer':
      return { type: 'integer', data: joined(new Int32Array(rows), columns), ...validOf(columns, rows) };
    case 'date':
      return { type: 'date', data: joined(new Int32Array(rows), columns), ...(first.unit === undefined ? {} : { unit: first.unit }), ...validOf(columns, rows) };
    case 'category':
      return concatCategories(columns as readonly Extract<Column, { type: 'category' }>[], rows);
    case 'text':
      return concatTexts(columns as readonly Extract<Column, { type: 'text' }>[], rows);
  }
}

function joined<A extends Float64Array | Int32Array | Uint8Array>(into: A, columns: readonly Column[]): A {
  let at = 0;
  for (const column of columns) {
    into.set(column.data, at);
    at += column.data.length;
  }
  return into;
}

function validOf(columns: readonly Column[], rows: number): { valid?: Uint8Array } {
  const missing: number[] = [];
  let before = 0;
  for (const column of columns) {
    const length = columnLength(column);
    for (let i = 0; i < length; i++) if (!isPresent(column, i)) missing.push(before + i);
    before += length;
  }
  return missing.length === 0 ? {} : { valid: validExcept(rows, missing) };
}

function concatCategories(columns: readonly Extract<Column, { type: 'category' }>[], rows: number): Column {
  const codes = new Map<string, number>();
  const data = new Int32Array(rows);
  let at = 0;
  for (const column of columns) {
    const codeOf = column.values.map((value) => codes.get(value) ?? (codes.set(value, codes.size), codes.size - 1));
    for (const code of column.data) data[at++] = code === -1 ? -1 : codeOf[code]!;
  }
  return { type: 'category', data, values: [...codes.keys()] };
}

function concatTexts(columns: readonly Extract<Column, { type: 'text' }>[], rows: number): Column {
  const builder = new TextBuilder(rows);
  for (const column of columns) {
    for (let i = 0; i < columnLength(column); i++) {
      if (isPresent(column, i)) builder.addBytes(column.data, column.offsets[i]!, column.offsets[i + 1]!);
      else builder.addMissing();
    }
  }
  return builder.finish();
}
