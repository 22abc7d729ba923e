import { checkKeys } from '../core/index.js';
import { Table } from '../columns/index.js';
import type { Customers, Transactions } from '../transactions/index.js';
import { arrowColumns, arrowTable, type ArrowInput, type FlechetteOption } from './arrow-table.js';
import { arrowValues } from './arrow-values.js';
import { valuesToColumn, valuesToLog } from './foreign-values.js';
import { loadCustomers } from './load-customers.js';
import { identityMapping, wantedColumns, type Mapping } from './mapping.js';
import { columnNotFound } from './near-names.js';
import { readingSettings, type ReadingOptions } from './reading-options.js';
import { columnNotes, NOTE_KEY } from './table-note.js';
import { timeZone } from './time-zone.js';

/** How an order log is read from Arrow. */
export interface FromArrowOptions extends ReadingOptions, FlechetteOption {}

/** How a table is read from Arrow. */
export interface TableFromArrowOptions extends FlechetteOption {
  /** zone in which instants (timestamps with a zone) become dates; without it they must lie on midnight in UTC */
  readonly timeZone?: string;
}

/**
 * An order log from an Arrow table: of flechette, of apache-arrow, or the bytes of an Arrow stream or file (from DuckDB,
 * Polars, pandas …).
 *
 * Only the columns mapped are taken over. In one batch doubles, 32-bit integers, days, UTF-8 text with 32-bit offsets and
 * 32-bit dictionary codes are shared, not copied; the rest is copied once. Ids that are codes into a dictionary are used
 * as they are. Whole numbers of 64 bits are taken below 2^53: an id beyond is a bad row. A timestamp without zone is
 * wall-clock time and keeps its day; one with a zone is an instant and is cut in `timeZone`, whatever its own zone is
 * called. Decimals become the nearest double.
 *
 * @param input a table, by shape, or bytes, for which flechette is needed. Not modified.
 * @param mapping which column plays which role; without, columns bear the names of their roles
 * @param options those of `fromColumns`: how dates, numbers and missing values are written where they are text
 * @throws ClienteleError `FILE_UNREADABLE` for bytes that are no Arrow or cut off; `PEER_MISSING`; `COLUMN_MISSING`;
 *   `VALUE_INVALID` naming column and row; `DATE_AMBIGUOUS`; `CURRENCY_MIXED`; `OPTION_INVALID`
 * @example
 * const orders = fromArrow(await readFile('orders.arrow'), { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
 *
 * O(rows); nothing but checks where everything is shared.
 */
export function fromArrow(input: ArrowInput, mapping?: Mapping, options: FromArrowOptions = {}): Transactions {
  const where = 'fromArrow';
  const settings = readingSettings(where, options, 'arrow', ['flechette']);
  const mapped = mapping === undefined ? undefined : wantedColumns(where, mapping);
  const columns = arrowColumns(where, arrowTable(where, input, options));
  const wanted = mapped ?? wantedColumns(where, identityMapping([...columns.keys()]));
  const values = wanted.map(({ column, role }) => {
    const vector = columns.get(column);
    if (vector === undefined) throw columnNotFound(where, undefined, role ?? 'carry', column, [...columns.keys()]);
    return arrowValues(where, column, vector);
  });
  return valuesToLog(wanted, values, settings);
}

/**
 * An Arrow table, or the bytes of one, as a {@link Table}; what `toArrow` made comes back with its types.
 *
 * Shared and copied as in {@link fromArrow}. Dictionary codes become a category column, other text a text column;
 * timestamps days where all are midnights, else minutes.
 *
 * @param input a table of flechette or apache-arrow, by shape, or bytes. Not modified; the result may share its arrays.
 * @throws ClienteleError `FILE_UNREADABLE`; `PEER_MISSING`; `OPTION_INVALID`; `VALUE_INVALID` for lists, records, raw bytes
 *   and their kin, or a whole number beyond 2^53; `DATE_AMBIGUOUS` for instants without `timeZone`
 * @example
 * await writeCsv(tableFromArrow(bytes), 'customers.csv');
 */
export function tableFromArrow(input: ArrowInput, options: TableFromArrowOptions = {}): Table {
  checkKeys('tableFromArrow', options, ['timeZone', 'flechette']);
  return readTable('tableFromArrow', input, options).table;
}

/**
 * Customers that `toArrow` or `toArrowIPC` saved, with what they were summarized by: `meta` and `diagnostics`.
 *
 * @param input a table of flechette or apache-arrow, by shape, or bytes
 * @throws ClienteleError `MODEL_INVALID` where it does not hold customers, or another program has changed what is noted of
 *   them; else as {@link tableFromArrow}
 * @example
 * const customers = customersFromArrow(toArrowIPC(summarize(orders)));
 */
export function customersFromArrow(input: ArrowInput, options: FlechetteOption = {}): Customers {
  checkKeys('customersFromArrow', options, ['flechette']);
  const { table, note } = readTable('customersFromArrow', input, options);
  return loadCustomers('customersFromArrow', table, note);
}

function readTable(where: string, input: ArrowInput, options: TableFromArrowOptions): { table: Table; note: string | undefined } {
  const zone = options.timeZone === undefined ? undefined : timeZone(where, options.timeZone);
  const source = arrowTable(where, input, options);
  const note = source.schema.metadata?.get(NOTE_KEY);
  const notes = columnNotes(note);
  const columns = Array.from(arrowColumns(where, source), ([name, vector]) => [name, valuesToColumn(where, name, arrowValues(where, name, vector), zone, notes.get(name)?.unit)] as const);
  return { table: new Table(columns), note };
}
