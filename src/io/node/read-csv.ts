import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClienteleError, optionInvalid, valueText } from '../../core/index.js';
import type { Transactions } from '../../transactions/index.js';
import type { ByteReader } from '../byte-reader.js';
import { openSource, type BlobLike } from '../byte-source.js';
import type { ByteChunks } from '../chunks-reader.js';
import type { CsvReadingOptions } from '../csv-options.js';
import { csvToLog, type CsvDoor } from '../csv-to-log.js';
import type { Mapping } from '../mapping.js';
import { openFile } from './file-reader.js';
import { gunzipNode } from './gunzip.js';

/** A file by path or `file:` URL, a Node or web stream of bytes, bytes, or a `Blob`. */
export type CsvFileSource = string | URL | Uint8Array | ArrayBufferLike | BlobLike | ByteChunks;

/**
 * Read an order log from a CSV file.
 *
 * The separator is found by itself; dates beginning with the year are understood, other forms are refused with the
 * `dateFormat` to pass. Ids stay text, byte for byte. One bad row stops the read and is named by file and line, unless
 * `onBadRow: 'skip'`. gzip is unpacked on the way.
 *
 * @param source a string is a path; `-` has no special meaning (pass `process.stdin`)
 * @param mapping which column plays which role
 * @param options how values are written; see {@link CsvReadingOptions}
 * @returns the order log; `diagnostics` says what was read, refused and left out
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE` for a file that is not there, may not be read, is
 *   a directory, no CSV in UTF-8 or damaged; `COLUMN_MISSING`; `VALUE_INVALID` or `DATE_AMBIGUOUS` with line, column
 *   and value; `CURRENCY_MIXED`; `OPTION_INVALID`; `ABORTED`
 * @example
 * const orders = await readCsv('orders.csv', { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
 *
 * Method: RFC 4180, one pass over the bytes in blocks of 1 MB. O(bytes), about 150 ns a row of three columns.
 */
export async function readCsv(source: CsvFileSource, mapping: Mapping, options: CsvReadingOptions = {}): Promise<Transactions> {
  return csvToLog(fileDoor('readCsv', source), mapping, options);
}

/** The door to a file by name, or to a stream or bytes. */
export function fileDoor(where: string, source: CsvFileSource): CsvDoor {
  if (typeof source !== 'string' && (typeof source !== 'object' || source === null)) {
    throw new ClienteleError('VALUE_INVALID', { where, value: valueText(source) }, `${valueText(source)} is no file.`, 'Pass a path, a file: URL, bytes, a Blob, or a stream of bytes.');
  }
  const path = pathOf(where, source);
  const name = path === undefined ? undefined : basename(path);
  const open = (): Promise<ByteReader> => (path === undefined ? openSource(where, source as Exclude<CsvFileSource, string | URL>) : openFile(where, path));
  return { where, file: path ?? streamPath(source), source: name ?? basename(streamPath(source) ?? 'csv'), open, gunzip: gunzipNode };
}

function pathOf(where: string, source: CsvFileSource): string | undefined {
  if (typeof source === 'string') return source;
  if (!(source instanceof URL)) return undefined;
  if (source.protocol === 'file:') return fileURLToPath(source);
  throw optionInvalid(where, 'source', source.href, `Only file: URLs are opened; fetch the others: ${where}((await fetch(url)).body, …).`);
}

/** The path of a Node file stream. */
function streamPath(source: CsvFileSource): string | undefined {
  return typeof source === 'object' && 'path' in source && typeof source.path === 'string' ? source.path : undefined;
}
