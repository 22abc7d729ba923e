import { optionInvalid, checkKeys } from '../../core/index.js';
import { columnMissing, Table } from '../../columns/index.js';
import type { Customers } from '../../transactions/index.js';
import { loadCustomers } from '../load-customers.js';
import { valuesToColumn } from '../foreign-values.js';
import { readParquetColumns, type AskedColumn } from '../parquet-columns.js';
import { columnNotes, NOTE_KEY } from '../table-note.js';
import { timeZone } from '../time-zone.js';
import { newWatch, WATCH_OPTIONS, type WatchOptions } from '../watch.js';
import { withParquet, type ParquetSource } from './parquet-file.js';

/** How a table is read from a Parquet file. */
export interface TableFromParquetOptions extends WatchOptions {
  /** names of the columns to read, in this order; all by default */
  readonly columns?: readonly string[];
  /** zone in which instants (timestamps adjusted to UTC) become dates; without it they must lie on midnight in UTC */
  readonly timeZone?: string;
}

/**
 * A Parquet file as a {@link Table}; what `writeParquet` wrote comes back with its types.
 *
 * Text that the file keeps as codes becomes a category column (unless its dictionaries hold more than half as many texts
 * as there are rows), other text a text column. Timestamps become days where all are midnights, else minutes. Decimals become the
 * nearest double; lists, records and raw bytes are refused: name the other columns in `columns`.
 *
 * @param source a path, a `file:` URL, bytes, or anything with `byteLength` and `slice(from, to)`
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE`, `PEER_MISSING`, `COLUMN_MISSING`, `OPTION_INVALID`,
 *   `ABORTED`; `VALUE_INVALID` for a column of another kind, or a whole number beyond 2^53; `DATE_AMBIGUOUS` for instants
 *   without `timeZone`
 * @example
 * const scores = await tableFromParquet('scores.parquet', { columns: ['customer', 'segment'] });
 */
export async function tableFromParquet(source: ParquetSource, options: TableFromParquetOptions = {}): Promise<Table> {
  return readTable('tableFromParquet', source, options, (table) => table);
}

/**
 * Customers that `writeParquet` saved, with what they were summarized by: `meta` and `diagnostics`.
 *
 * @param source a path, a `file:` URL, bytes, or anything with `byteLength` and `slice(from, to)`
 * @throws ClienteleError (as a rejected promise) `MODEL_INVALID` where the file does not hold customers, or another
 *   program has changed what is noted of them; else as {@link tableFromParquet}
 * @example
 * await writeParquet(summarize(orders), 'customers.parquet');
 * const customers = await customersFromParquet('customers.parquet');
 */
export async function customersFromParquet(source: ParquetSource, options: WatchOptions = {}): Promise<Customers> {
  checkKeys('customersFromParquet', options, WATCH_OPTIONS);
  return readTable('customersFromParquet', source, options, (table, note) => loadCustomers('customersFromParquet', table, note));
}

async function readTable<T>(where: string, source: ParquetSource, options: TableFromParquetOptions, make: (table: Table, note: string | undefined) => T): Promise<T> {
  checkKeys(where, options, ['columns', 'timeZone', ...WATCH_OPTIONS]);
  const { columns } = options;
  if (columns !== undefined && (!Array.isArray(columns) || columns.some((name) => typeof name !== 'string'))) throw optionInvalid(where, 'columns', columns, "Give an array of column names: ['customer', 'segment'].");
  const zone = options.timeZone === undefined ? undefined : timeZone(where, options.timeZone);
  const watch = newWatch(where, options);
  return withParquet(where, source, undefined, async (file) => {
    const names = columns ?? [...file.columns.keys()];
    for (const name of names) if (!file.columns.has(name)) throw columnMissing(where, name, [...file.columns.keys()]);
    const note = file.notes.get(NOTE_KEY);
    const notes = columnNotes(note);
    const asked = names.map((name): AskedColumn => ({ name, text: textShape(notes.get(name)?.type) }));
    const values = await readParquetColumns(file, asked, watch);
    return make(new Table(names.map((name, i) => [name, valuesToColumn(where, name, values[i]!, zone, notes.get(name)?.unit)] as const)), note);
  });
}

function textShape(type: string | undefined): AskedColumn['text'] {
  return type === 'text' || type === 'category' ? type : 'either';
}

