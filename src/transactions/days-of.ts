import { ClienteleError, dayOfText, UNITS_PER_DAY, valueText } from '../core/index.js';
import { cellOf, columnLength, columnMissing, isPresent, type Column, type DateColumn, type Table } from '../columns/index.js';

/** Stands for a missing day in {@link daysOrMissing}: before any day the calendar writes. */
export const NO_DAY = -0x80000000;

/**
 * Day of each row of a column of dates, or of days as text.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the first row without a date, or with text that is none
 */
export function daysOf(where: string, log: Table, name: string = 'date'): Int32Array {
  const column = daysColumn(where, log, name);
  if (column.type === 'date' && column.valid === undefined) return inDays(column);
  const days = daysOrMissing(where, log, name);
  const row = days.indexOf(NO_DAY);
  if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: valueText(cellOf(column, row)) }, `row ${row} has no ${name === 'date' ? 'date' : `date in column ${valueText(name)}`}.`, 'Drop or fill such rows first.');
  return days;
}

/**
 * The same where a row may be without a day: {@link NO_DAY} there. A column of missing values alone is one of no days.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for text that is no day, or a column of another type
 */
export function daysOrMissing(where: string, source: Table, name: string): Int32Array {
  const column = daysColumn(where, source, name);
  if (column.type === 'date') {
    const days = inDays(column);
    return column.valid === undefined ? days : days.map((day, row) => (isPresent(column, row) ? day : NO_DAY));
  }
  const read = (text: string, row: number): number => {
    const day = dayOfText(/^([^ T]*)[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.exec(text)?.[1] ?? text);
    if (day !== undefined) return day;
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: valueText(text) }, `column ${valueText(name)}, row ${row}: ${valueText(text)} is no day.`, "Give existing days as 'YYYY-MM-DD' text or a date column.");
  };
  return Int32Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellOf(column, row);
    return cell === null ? NO_DAY : read(String(cell), row);
  });
}

function daysColumn(where: string, source: Table, name: string): Column {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const column = source.column(name);
  if (column.type === 'date' || column.type === 'text' || column.type === 'category') return column;
  // A column of nulls came in as numbers, for want of a value that says otherwise.
  if (column.type === 'number' && column.data.every(Number.isNaN)) return column;
  throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${column.type}, not dates.`, "Give 'YYYY-MM-DD' text, or { type: 'date', data: days since 1970-01-01 }.");
}

function inDays(column: DateColumn): Int32Array {
  const perDay = UNITS_PER_DAY[column.unit ?? 'day'];
  return perDay === 1 ? column.data : column.data.map((unit) => Math.floor(unit / perDay));
}
