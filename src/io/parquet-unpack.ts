import type * as Hyparquet from 'hyparquet';
import { ClienteleError, isClienteleError, loadPeer } from '../core/index.js';
import type { Unpack } from './parquet-pages.js';

/** Unpackers by the name of the codec. */
export type Unpackers = { readonly [codec: string]: Unpack };

const INSTALL: Readonly<Record<string, string>> = {
  'hyparquet': 'npm install hyparquet',
  'hyparquet-writer': 'npm install hyparquet-writer',
  'hyparquet-compressors': 'npm install hyparquet-compressors',
};

/**
 * The hyparquet packages, loaded when first asked for.
 *
 * @throws ClienteleError `PEER_MISSING` with the line that installs it
 */
export function parquetPeer(where: string, name: 'hyparquet' | 'hyparquet-writer' | 'hyparquet-compressors', what = 'reads Parquet'): unknown {
  try {
    return loadPeer(where, name, INSTALL[name]!, '');
  } catch (error) {
    if (!isClienteleError(error)) throw error;
    throw new ClienteleError('PEER_MISSING', { where }, `the package ${name}, which ${what}, is not installed here.`, `Install it: ${INSTALL[name]!}.`, error.cause);
  }
}

/** What finds the unpacker of a codec, when a column first needs it. */
export type FindUnpack = (codec: string, column: string) => Unpack;

/**
 * Unpackers of pages: `own` first, then those of hyparquet-compressors, which for snappy need not be there.
 *
 * @throws ClienteleError (when asked) `PEER_MISSING` where hyparquet-compressors is needed; `FILE_UNREADABLE` for a codec
 *   that nothing here unpacks
 */
export function findUnpack(where: string, file: string | undefined, own: Unpackers): FindUnpack {
  const known = new Map<string, Unpack>([...Object.entries(own), ['UNCOMPRESSED', (bytes) => bytes]]);
  return (codec, column) => {
    const found = known.get(codec) ?? fromPeer(where, codec);
    if (found === undefined) {
      throw new ClienteleError('FILE_UNREADABLE', { where, column, ...(file === undefined ? {} : { file }) }, `${file ?? 'the Parquet data'}, column ${JSON.stringify(column)}: it is packed by ${codec}, which cannot be unpacked here.`, 'Write the file with snappy, zstd or gzip.');
    }
    known.set(codec, found);
    return found;
  };
}

function fromPeer(where: string, codec: string): Unpack | undefined {
  if (codec === 'SNAPPY') return quickSnappy(where) ?? plainSnappy(parquetPeer(where, 'hyparquet') as typeof Hyparquet);
  if (!['GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'].includes(codec)) return undefined;
  return peerUnpackers(where, `unpacks ${codec}`)[codec];
}

/** WebAssembly: 2.5 times as fast as plain JavaScript. */
function quickSnappy(where: string): Unpack | undefined {
  try {
    return peerUnpackers(where, 'unpacks snappy')['SNAPPY'];
  } catch (error) {
    if (isClienteleError(error)) return undefined;
    throw error;
  }
}

function plainSnappy({ snappyUncompress }: typeof Hyparquet): Unpack {
  return (packed, length) => {
    const bytes = new Uint8Array(length);
    snappyUncompress(packed, bytes);
    return bytes;
  };
}

function peerUnpackers(where: string, what: string): Unpackers {
  return (parquetPeer(where, 'hyparquet-compressors', what) as { readonly compressors: Unpackers }).compressors;
}
