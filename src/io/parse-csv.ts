import type { Transactions } from '../transactions/index.js';
import { openSource, type CsvSource } from './byte-source.js';
import type { CsvReadingOptions } from './csv-options.js';
import { csvToLog } from './csv-to-log.js';
import { gunzipStream } from './gunzip.js';
import type { Mapping } from './mapping.js';

/**
 * Read an order log from CSV: text, bytes, a `Blob` or `File`, or a stream of bytes. It runs anywhere; in Node,
 * `readCsv` from `clientele/node` takes file names too.
 *
 * The separator is found by itself; dates beginning with the year are understood, other forms are refused with the
 * `dateFormat` to pass. Ids stay text, byte for byte. One bad row stops the read and is named by line, unless
 * `onBadRow: 'skip'`. gzip is unpacked on the way.
 *
 * @param source a string is the CSV itself, not a file name; bytes are UTF-8, with or without byte order mark
 * @param mapping which column plays which role
 * @param options how values are written; see {@link CsvReadingOptions}
 * @returns the order log; `diagnostics` says what was read, refused and left out
 * @throws ClienteleError (as a rejected promise) `COLUMN_MISSING`; `VALUE_INVALID` or `DATE_AMBIGUOUS` with line,
 *   column and value; `FILE_UNREADABLE` for what is no CSV in UTF-8; `CURRENCY_MIXED`; `OPTION_INVALID`; `ABORTED`
 * @example
 * const orders = await parseCsv('id,day,total\n007,2024-01-31,12.50\n', { customer: 'id', date: 'day', amount: 'total' });
 * orders.row(0);   // { customer: '007', date: '2024-01-31', amount: 12.5 }
 *
 * Method: RFC 4180, one pass over the bytes in blocks of 1 MB. O(bytes).
 */
export async function parseCsv(source: CsvSource, mapping: Mapping, options: CsvReadingOptions = {}): Promise<Transactions> {
  const where = 'parseCsv';
  return csvToLog({ where, file: undefined, source: 'csv', open: () => openSource(where, source), gunzip: gunzipStream }, mapping, options);
}
