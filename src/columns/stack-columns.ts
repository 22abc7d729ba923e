import { UNITS_PER_DAY } from '../core/index.js';
import { columnLength, isPresent, type Column, type DateColumn, type NumberColumn, type TextColumn } from './column.js';
import { concatColumns } from './concat.js';
import { textColumn } from './make.js';
import { cellOf } from './table.js';
import { takeColumn } from './take.js';

/**
 * Columns of one kind one below the other, whatever type their rows happened to need: text and categories become text,
 * integers and numbers numbers, dates have the finest unit of all. A column without any value is of every kind.
 *
 * Columns of the same type stay of that type, categories with the values of all.
 *
 * @returns undefined where kinds differ (text, numbers, dates, flags), or a date cannot be counted in the finer unit
 */
export function stackColumns(columns: readonly Column[]): Column | undefined {
  return concatColumns(columns) ?? stackTypes(columns);
}

function stackTypes(columns: readonly Column[]): Column | undefined {
  const filled = columns.filter(hasValue);
  const convert = conversion(filled);
  const model = convert?.(filled[0] ?? columns[0]!);
  if (convert === undefined || model === undefined) return undefined;
  const alike = columns.map((column) => (hasValue(column) ? convert(column) : sameType(column, model) ? column : missingLike(model, columnLength(column))));
  return alike.includes(undefined) ? undefined : concatColumns(alike as Column[]);
}

/** How columns come to be of one type; undefined where they are of different kinds. */
function conversion(columns: readonly Column[]): ((column: Column) => Column | undefined) | undefined {
  const types = new Set(columns.map(({ type }) => type));
  const only = (...of: Column['type'][]): boolean => [...types].every((type) => of.includes(type));
  if (only('date') && columns.length > 0) {
    const finest = (columns as DateColumn[]).reduce((a, b) => (UNITS_PER_DAY[b.unit ?? 'day'] > UNITS_PER_DAY[a.unit ?? 'day'] ? b : a)).unit ?? 'day';
    return (column) => inUnit(column as DateColumn, finest);
  }
  if (types.size <= 1) return (column) => column;
  if (only('text', 'category')) return asText;
  return only('integer', 'number') ? asNumbers : undefined;
}

/** Any column as text: numbers in their shortest form, flags `true` and `false`, dates 'YYYY-MM-DD'. */
export function asText(column: Column): TextColumn {
  if (column.type === 'text') return column;
  if (column.type === 'category') return takeColumn(textColumn(column.values), column.data) as TextColumn;
  return textColumn(Array.from({ length: columnLength(column) }, (_, i) => {
    const cell = cellOf(column, i);
    return cell === null ? null : String(cell);
  }));
}

function asNumbers(column: Column): NumberColumn {
  return column.type === 'number' ? column : { type: 'number', data: Float64Array.from(column.data, (value, i) => (isPresent(column, i) ? value : NaN)) };
}

function inUnit(column: DateColumn, unit: NonNullable<DateColumn['unit']>): DateColumn | undefined {
  const times = UNITS_PER_DAY[unit] / UNITS_PER_DAY[column.unit ?? 'day'];
  const data = new Int32Array(column.data.length);
  for (let i = 0; i < data.length; i++) {
    if (!isPresent(column, i)) continue;
    data[i] = column.data[i]! * times;
    if (data[i] !== column.data[i]! * times) return undefined;
  }
  return { type: 'date', data, ...(unit === 'day' ? {} : { unit }), ...(column.valid === undefined ? {} : { valid: column.valid }) };
}

function hasValue(column: Column): boolean {
  const rows = columnLength(column);
  for (let i = 0; i < rows; i++) if (isPresent(column, i)) return true;
  return false;
}

function sameType(a: Column, b: Column): boolean {
  return a.type === b.type && (a.type !== 'date' || b.type !== 'date' || a.unit === b.unit);
}

/** A column of the model's type without any value. */
function missingLike(model: Column, rows: number): Column {
  return takeColumn(model, new Int32Array(rows).fill(-1));
}
