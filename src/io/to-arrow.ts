import type * as Flechette from '@uwdata/flechette';
import { checkKeys, checkWord } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import { arrowBatch } from './arrow-batch.js';
import { flechetteOf, type FlechetteOption } from './arrow-table.js';
import { NOTE_KEY, tableNote } from './table-note.js';

/** How a table is made into Arrow bytes. */
export interface ToArrowIPCOptions extends FlechetteOption {
  /** `'stream'` (default), or `'file'`: Feather version 2, which can be read at any place */
  readonly format?: 'stream' | 'file';
}

/**
 * A table as an Arrow table of flechette.
 *
 * Numbers become float64 (NaN is null), integers int32, days date32, hours and minutes timestamps in milliseconds without
 * zone, flags bool, categories a dictionary of utf8 with int32 codes, text utf8. Values are shared, but for flags, hours
 * and minutes, and codes among which some are missing. What these types do not say (the unit of dates, of customers the
 * `meta` they were summarized by) is noted in the schema's metadata under `clientele`.
 *
 * @param input a table, or plain columns by name. Not modified; it shares its arrays with the result.
 * @param options the flechette module, where it is not found by itself
 * @throws ClienteleError `PEER_MISSING` with the line that installs flechette; `OPTION_INVALID`
 * @example
 * const arrow = toArrow(scored.table);
 * arrow.getChild('monetary').toArray();   // a Float64Array over the table's own memory, where nothing is missing
 *
 * O(columns), and O(rows) to look for what is missing.
 */
export function toArrow(input: TableInput, options: FlechetteOption = {}): Flechette.Table {
  checkKeys('toArrow', options, ['flechette']);
  return arrowOf('toArrow', input, options);
}

/**
 * A table as the bytes of an Arrow stream or file: one way to DuckDB, Polars, pandas and every other Arrow reader.
 *
 * Types are those of {@link toArrow}. `tableFromArrow` and `customersFromArrow` read it back as it was.
 *
 * @param input a table, or plain columns by name. Not modified.
 * @throws ClienteleError `PEER_MISSING` with the line that installs flechette; `OPTION_INVALID`
 * @example
 * await writeAtomic('customers.arrow', [toArrowIPC(customers, { format: 'file' })]);
 *
 * O(bytes).
 */
export function toArrowIPC(input: TableInput, options: ToArrowIPCOptions = {}): Uint8Array {
  checkKeys('toArrowIPC', options, ['format', 'flechette']);
  const format = checkWord('toArrowIPC', 'format', options.format ?? 'stream', ['stream', 'file'] as const);
  return flechetteOf('toArrowIPC', options).tableToIPC(arrowOf('toArrowIPC', input, options), { format })!;
}

function arrowOf(where: string, input: TableInput, options: FlechetteOption): Flechette.Table {
  const flechette = flechetteOf(where, options);
  const table = asTable(where, input);
  const names = [...table.names];
  const columns = names.map((name) => {
    const batch = arrowBatch(flechette, table.column(name));
    return new flechette.Column([batch], batch.type);
  });
  const fields = names.map((name, i) => flechette.field(name, columns[i]!.type));
  return new flechette.Table({ version: 4, endianness: 0, fields, metadata: new Map([[NOTE_KEY, tableNote(table)]]) }, columns);
}
