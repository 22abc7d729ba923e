import type { Transactions } from '../../src/transactions/index.js';
import { isClienteleError, type ClienteleError } from '../../src/core/index.js';
import { csvToLog } from '../../src/io/csv-to-log.js';
import { bytesReader, type ByteReader } from '../../src/io/byte-reader.js';
import type { CsvReadingOptions, Mapping } from '../../src/io/index.js';
import { gunzipStream } from '../../src/io/gunzip.js';

/** The mapping of most tests. */
export const MAPPING: Mapping = { customer: 'id', date: 'day', amount: 'total' };

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes in chunks of a size, as a stream hands them out. */
export async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Read with blocks of a given size, where production takes 1 MB. */
export function readInBlocks(bytes: Uint8Array, blockBytes: number, mapping: Mapping, options: CsvReadingOptions = {}): Promise<Transactions> {
  const open = (): Promise<ByteReader> => Promise.resolve(bytesReader(bytes));
  return csvToLog({ where: 'parseCsv', file: undefined, source: 'csv', open, gunzip: gunzipStream, blockBytes }, mapping, options);
}

/** A log as plain data, to be compared. */
export function plain(log: Transactions): unknown {
  const types = log.names.map((name) => log.column(name).type);
  return { types, names: log.names, rows: log.toRows(), meta: log.meta, diagnostics: log.diagnostics };
}

/** The error of a read that must fail with one of ours. */
export async function failure(read: () => unknown): Promise<ClienteleError> {
  try {
    await read();
  } catch (error) {
    if (isClienteleError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
