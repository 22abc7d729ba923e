import type { Transactions } from '../../transactions/index.js';
import { valuesToLog } from '../foreign-values.js';
import { identityMapping, wantedColumns, type Mapping, type WantedColumn } from '../mapping.js';
import { columnNotFound } from '../near-names.js';
import { readParquetColumns } from '../parquet-columns.js';
import type { ParquetFile } from '../parquet-footer.js';
import { readingSettings, type ReadingOptions } from '../reading-options.js';
import { newWatch, WATCH_OPTIONS, type WatchOptions } from '../watch.js';
import { sourceName, withParquet, type ParquetSource } from './parquet-file.js';

/** How a Parquet file is read: how dates, numbers and ids that it holds as text are written, and what watches over it. */
export interface ReadParquetOptions extends ReadingOptions, WatchOptions {}

/**
 * Read an order log from a Parquet file.
 *
 * Only the columns mapped are read, straight into columns. Text that the file keeps as codes into a dictionary stays
 * codes, unless its dictionaries hold more than half as many texts as there are rows. Whole numbers of 64 bits are taken below 2^53:
 * an id beyond is a bad row. A timestamp without zone is wall-clock time and keeps its day; one adjusted to UTC is an
 * instant and is cut in `timeZone`. Decimals become the nearest double.
 *
 * Needs the package hyparquet; hyparquet-compressors unpacks zstd and lz4, and snappy more than twice as fast.
 *
 * @param source a path, a `file:` URL, bytes, or anything with `byteLength` and `slice(from, to)`, such as hyparquet's
 *   `asyncBufferFromUrl`
 * @param mapping which column plays which role; without, columns bear the names of their roles
 * @param options those of `fromColumns`, `signal`, and `onProgress`, called after every column of a row group
 * @returns the order log; `diagnostics` says what was read, refused and left out
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE` for a file that is not there, no Parquet, cut off,
 *   damaged, encrypted or packed in a way that cannot be unpacked; `PEER_MISSING` with the line that installs the package;
 *   `COLUMN_MISSING`; `VALUE_INVALID` with column and row; `DATE_AMBIGUOUS`; `CURRENCY_MIXED`; `OPTION_INVALID`; `ABORTED`
 * @example
 * const orders = await readParquet('orders.parquet', { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
 *
 * Method: footer by hyparquet, pages decoded here, rare encodings (delta, byte stream split) by hyparquet. O(bytes),
 * about 65 ns a row of text id, date and amount.
 */
export async function readParquet(source: ParquetSource, mapping?: Mapping, options: ReadParquetOptions = {}): Promise<Transactions> {
  const where = 'readParquet';
  const settings = readingSettings(where, options, sourceName(where, source), WATCH_OPTIONS);
  const mapped = mapping === undefined ? undefined : wantedColumns(where, mapping);
  const watch = newWatch(where, options);
  return withParquet(where, source, options.source, async (file) => {
    const wanted = mapped ?? wantedColumns(where, identityMapping([...file.columns.keys()]));
    const asked = namesOf(file, wanted);
    const values = await readParquetColumns(file, asked.map((name) => ({ name, text: 'either' })), watch);
    return valuesToLog(wanted, wanted.map(({ column }) => values[asked.indexOf(column)]!), settings, file.place.file);
  });
}

/** Every column once, also where it plays two roles. */
function namesOf({ place, columns }: ParquetFile, wanted: readonly WantedColumn[]): string[] {
  for (const { column, role } of wanted) if (!columns.has(column)) throw columnNotFound(place.where, place.file, role ?? 'carry', column, [...columns.keys()]);
  return [...new Set(wanted.map(({ column }) => column))];
}
