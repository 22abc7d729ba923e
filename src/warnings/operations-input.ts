import { ClienteleError, valueText } from '../core/index.js';
import { cellOf, columnMissing, numbersOf, type Cell, type Table } from '../columns/index.js';

/** A column of finite numbers. @throws ClienteleError naming the first row that is none */
export function finiteColumn(where: string, source: Table, name: string): Float64Array {
  const values = numbersOf(where, source, name);
  const row = values.findIndex((v) => !Number.isFinite(v));
  if (row >= 0) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: the value is ${Number.isNaN(values[row]!) ? 'missing' : values[row]}.`, 'Give a finite number, or leave the row out.');
  return values;
}

/** A column's cells as text, none missing. */
export function textCells(where: string, source: Table, name: string): string[] {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const column = source.column(name);
  return Array.from({ length: source.numRows }, (_, row) => {
    const cell: Cell = cellOf(column, row);
    if (cell === null) throw new ClienteleError('VALUE_INVALID', { where, column: name, row }, `column ${valueText(name)}, row ${row}: the value is missing.`, 'Fill it, or leave the row out.');
    return String(cell);
  });
}
