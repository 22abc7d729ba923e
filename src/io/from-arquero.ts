import { ClienteleError, valueText } from '../core/index.js';
import { Table, takeColumn, type Column } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { sharedColumn } from './arquero-column.js';
import { arrowColumn, isArrowColumn } from './arrow-column.js';
import { cellSource, isColumn, type CellSource } from './cell-source.js';
import { cellsColumn } from './foreign-cells.js';
import { foreignLog } from './foreign-log.js';
import type { Mapping } from './mapping.js';
import type { ReadingOptions } from './reading-options.js';

/** The part of an arquero table that is read here. */
export interface ArqueroTable {
  columnNames(): readonly string[];
  column(name: string): unknown;
  totalRows(): number;
  isFiltered(): boolean;
  isOrdered(): boolean;
  indices(): ArrayLike<number>;
}

/** How arquero keeps a dictionary column it has from Arrow. */
interface DictionaryColumn {
  readonly nullCount: number;
  groups(names: readonly string[]): { readonly keys: ArrayLike<number>; readonly get: readonly ((key: number) => unknown)[]; readonly size: number };
}

/**
 * An order log from an arquero table.
 *
 * Columns are shared where they can be: doubles, Int32Arrays, whatever `toArquero` made, and from Arrow, in one batch,
 * dictionary codes and UTF-8 text with 32-bit offsets. Copied once: plain arrays, other typed arrays, Arrow's timestamps,
 * booleans, 64-bit integers, doubles with nulls and columns in several batches. A table that is filtered or ordered gives
 * its rows as they are seen, copied.
 *
 * @param source any object with arquero's `columnNames`, `column` and `indices`. Not modified; groups are not regarded.
 * @param mapping which column plays which role; without, columns bear the names of their roles
 * @param options those of `fromColumns`: how dates, numbers and missing values are read
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` naming column and row, `DATE_AMBIGUOUS`, `OPTION_INVALID`,
 *   `CURRENCY_MIXED`
 * @example
 * const orders = fromArquero(aq.fromCSV(text, { autoType: false }), { customer: 'id', date: 'day', amount: 'revenue' });
 */
export function fromArquero(source: ArqueroTable, mapping?: Mapping, options: ReadingOptions = {}): Transactions {
  const columnOf = columnReader('fromArquero', source);
  return foreignLog('fromArquero', source.columnNames(), columnOf, mapping, options);
}

/**
 * An arquero table as a {@link Table}, for analyses that take columns and for `writeCsv`; what `toArquero` made comes
 * back as it was, and filtered or ordered tables as they are seen.
 *
 * Shared and copied as in {@link fromArquero}. Dates become days where all of them lie on UTC midnight.
 *
 * @throws ClienteleError `DATE_AMBIGUOUS` for other Dates; `VALUE_INVALID` for cells that are no numbers, text, dates or
 *   flags, or mix them
 * @example
 * await writeCsv(tableFromArquero(toArquero(scored.table).filter((d) => d.monetary > 500)), 'best.csv');
 */
export function tableFromArquero(source: ArqueroTable): Table {
  const columnOf = columnReader('tableFromArquero', source);
  return new Table(source.columnNames().map((name) => {
    const column = columnOf(name);
    return [name, isColumn(column) ? column : cellsColumn('tableFromArquero', name, column)] as const;
  }));
}

/** Reads columns of an arquero table by name, rows as the table shows them. */
function columnReader(where: string, source: ArqueroTable): (name: string) => CellSource {
  if (typeof source?.columnNames !== 'function' || typeof source.column !== 'function' || typeof source.indices !== 'function') {
    throw new ClienteleError('VALUE_INVALID', { where, value: valueText(typeof source) }, 'this is not an arquero table.', 'Pass the table itself; for rows or plain columns there are fromRows and fromColumns.');
  }
  const indices = source.isFiltered() || source.isOrdered() ? source.indices() : undefined;
  return (name) => {
    const column = backingColumn(where, name, source.column(name) as object);
    if (indices === undefined) return column;
    return isColumn(column) ? takeColumn(column, indices) : Array.from(indices, (row) => column[row]!);
  };
}

/** A column as arquero keeps it, all rows in their first order. */
function backingColumn(where: string, name: string, source: object): CellSource {
  const own = sharedColumn(source);
  if (own !== undefined) return own;
  if (Array.isArray(source) || ArrayBuffer.isView(source)) return cellSource(where, name, source);
  if (isArrowColumn(source)) return arrowColumn(source);
  const { length, at } = source as { length?: unknown; at?: unknown };
  if (typeof length !== 'number' || typeof at !== 'function') {
    throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} is not an arquero column.`, 'Use arquero 7 or 8.');
  }
  return dictionary(source as DictionaryColumn) ?? Array.from({ length }, (_, row) => (source as { at(row: number): unknown }).at(row));
}

/** Codes and texts of a dictionary column, codes shared where they are 32 bits wide and without nulls. */
function dictionary(source: DictionaryColumn): Column | undefined {
  if (typeof source.groups !== 'function' || typeof source.nullCount !== 'number') return undefined;
  const { keys, get, size } = source.groups(['value']);
  const values = Array.from({ length: size }, (_, key) => get[0]!(key));
  // With nulls the last key stands for them.
  const texts = source.nullCount > 0 ? values.slice(0, -1) : values;
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  if (source.nullCount === 0) return { type: 'category', data: keys instanceof Int32Array ? keys : Int32Array.from(keys), values: texts };
  return { type: 'category', data: Int32Array.from(keys, (key) => (key === texts.length ? -1 : key)), values: texts };
}
