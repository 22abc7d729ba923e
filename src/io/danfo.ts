import { checkKeys, ClienteleError, loadPeer, valueText } from '../core/index.js';
import { asTable, cellOf, columnLength, type Cell, type Column, type TableInput } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { cellSource } from './cell-source.js';
import { foreignLog } from './foreign-log.js';
import type { Mapping } from './mapping.js';
import type { ReadingOptions } from './reading-options.js';

/** The part of a danfo `DataFrame` that is read here, of danfojs and danfojs-node alike. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  column(name: string): { readonly values: unknown };
}

/** The part of the module `danfojs-node` (or `danfojs`) that is used here. */
export interface DanfoModule<F> {
  readonly DataFrame: new (data: object, options: { columns?: string[]; dtypes: string[] }) => F;
}

export interface ToDanfoOptions<F> {
  /** the module itself, `import * as dfd from 'danfojs-node'`: needed in browsers and bundles, where it cannot be looked up */
  readonly danfo?: DanfoModule<F>;
}

/**
 * An order log from a danfo DataFrame.
 *
 * Values are copied once, danfo's columns being plain arrays: numbers, text, booleans, Dates. null, undefined and NaN are
 * missing, whatever the column's dtype says.
 *
 * @param frame any object with `columns` and `column(name).values`. Not modified.
 * @param mapping which column plays which role; without, columns bear the names of their roles
 * @param options those of `fromColumns`: how dates, numbers and missing values are read
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` naming column and row, `DATE_AMBIGUOUS`, `OPTION_INVALID`,
 *   `CURRENCY_MIXED`
 * @example
 * const orders = fromDanfo(frame, { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
 */
export function fromDanfo(frame: DanfoFrame, mapping?: Mapping, options: ReadingOptions = {}): Transactions {
  if (!Array.isArray(frame?.columns) || typeof frame.column !== 'function') {
    throw new ClienteleError('VALUE_INVALID', { where: 'fromDanfo', value: valueText(typeof frame) }, 'this is not a danfo DataFrame.', 'Pass the frame itself; for rows or plain columns there are fromRows and fromColumns.');
  }
  return foreignLog('fromDanfo', frame.columns, (name) => cellSource('fromDanfo', name, frame.column(name).values), mapping, options);
}

/**
 * A table as a danfo DataFrame.
 *
 * Cells are those of `Table.cell`: dates as 'YYYY-MM-DD' text, flags as booleans, missing as null, and NaN in numbers. A
 * column is copied into a plain array, as danfo keeps it. Danfo itself takes no columns named `columns` or
 * `constructor`, and computes many things in 32-bit floats.
 *
 * @param input a table, or plain columns by name. Not modified.
 * @param options the danfo module, where it is not found by itself; with it the result has its type
 * @throws ClienteleError `PEER_MISSING` with the line that installs danfojs-node; `OPTION_INVALID`
 * @example
 * toDanfo(scored.segments).print();
 */
export function toDanfo<F = DanfoFrame>(input: TableInput, options: ToDanfoOptions<F> = {}): F {
  checkKeys('toDanfo', options, ['danfo']);
  const table = asTable('toDanfo', input);
  const { DataFrame } = options.danfo ?? (loadPeer('toDanfo', 'danfojs-node', 'npm install danfojs-node (where its native parts cannot be had, with the overrides that the documentation lists)', '{ danfo: dfd }') as DanfoModule<F>);
  const columns = Array.from(table.entries(), ([, column]) => column);
  const dtypes = columns.map(dtypeOf);
  // An object of empty arrays is no frame to danfo; rows of no length are.
  if (table.numRows === 0) return new DataFrame([], { columns: [...table.names], dtypes });
  return new DataFrame(Object.fromEntries(table.names.map((name, c) => [name, plainCells(columns[c]!)])), { dtypes });
}

function dtypeOf(column: Column): string {
  switch (column.type) {
    case 'number': return 'float32';
    case 'integer': return column.valid === undefined ? 'int32' : 'float32';
    case 'flag': return 'boolean';
    default: return 'string';
  }
}

function plainCells(column: Column): Cell[] {
  if (column.type === 'number') return Array.from(column.data);
  const cells = Array.from({ length: columnLength(column) }, (_, i) => cellOf(column, i));
  return column.type === 'integer' ? cells.map((cell) => cell ?? NaN) : cells;
}
