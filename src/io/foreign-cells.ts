import { ClienteleError, valueText } from '../core/index.js';
import { toColumn, validExcept, type Column, type ColumnInput } from '../columns/index.js';
import { isNothing } from './cell-source.js';

const DAY = 86400000;

/**
 * Cells of another library as a column: numbers, whole `bigint`s, text, booleans or Dates, all of one kind.
 *
 * null, undefined and NaN are missing, and so are invalid Dates. Dates become days where all of them lie on UTC midnight.
 *
 * @throws ClienteleError `VALUE_INVALID` naming column and row where kinds are mixed, or a `bigint` passes 2^53;
 *   `DATE_AMBIGUOUS` for Dates that are points in time, not days
 */
export function cellsColumn(where: string, name: string, cells: readonly unknown[]): Column {
  const present = cells.map((cell) => (isNothing(cell) ? null : cell));
  const first = present.find((cell) => cell !== null);
  if (first instanceof Date) return days(where, name, present);
  return toColumn(where, name, present.map((cell, row) => (typeof cell === 'bigint' ? exact(where, name, row, cell) : cell)) as ColumnInput);
}

function exact(where: string, name: string, row: number, cell: bigint): number {
  const value = Number(cell);
  if (Number.isSafeInteger(value)) return value;
  throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(cell) }, `column ${valueText(name)}, row ${row}: ${cell} passes 2^53, beyond which numbers are not exact.`, 'Turn the column into text first.');
}

function days(where: string, name: string, cells: readonly unknown[]): Column {
  const missing: number[] = [];
  const data = Int32Array.from(cells, (cell, row) => {
    if (cell !== null && !(cell instanceof Date)) {
      throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: valueText(cell) }, `column ${valueText(name)}, row ${row}: ${valueText(cell)} is not a Date, as other rows are.`, 'Give values of one type; null is missing.');
    }
    const time = cell === null ? NaN : cell.getTime();
    if (Number.isNaN(time)) missing.push(row);
    else if (time % DAY !== 0) throw notDays(where, name, row, new Date(time).toISOString());
    return time / DAY;      // NaN becomes 0, under a mask
  });
  return missing.length === 0 ? { type: 'date', data } : { type: 'date', data, valid: validExcept(data.length, missing) };
}

function notDays(where: string, name: string, row: number, instant: string): ClienteleError {
  return new ClienteleError('DATE_AMBIGUOUS', { where, column: name, row, value: instant }, `column ${valueText(name)} holds points in time, such as ${instant}, which are different days in different zones.`, "Turn them into 'YYYY-MM-DD' text first, in the zone that is meant.");
}
