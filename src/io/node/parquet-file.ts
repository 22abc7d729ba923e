import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ClienteleError, optionInvalid, valueText } from '../../core/index.js';
import { damagedParquet, openParquet, unreadableParquet, type ParquetBytes, type ParquetFile, type ParquetPlace } from '../parquet-footer.js';
import type { Unpackers } from '../parquet-unpack.js';
import { openFile } from './file-reader.js';

/** Bytes read piece by piece, from a server for instance: what hyparquet calls an AsyncBuffer. An `ArrayBuffer` is one. */
export interface ByteSlices {
  readonly byteLength: number;
  /** the bytes `from … to` */
  slice(from: number, to: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** A Parquet file: by path or `file:` URL, in memory, or read piece by piece from elsewhere. */
export type ParquetSource = string | URL | Uint8Array | ByteSlices;

/** zlib unpacks what hyparquet-compressors would, four times as fast. */
export const OWN_UNPACKERS: Unpackers = { GZIP: (packed) => plainBytes(gunzipSync(packed)), BROTLI: (packed) => plainBytes(brotliDecompressSync(packed)) };

/**
 * Open a Parquet file, hand it to `use`, and close it whatever happens.
 *
 * @param name what messages call the source; a file's own path by default
 * @throws ClienteleError `FILE_UNREADABLE`, `PEER_MISSING`, `OPTION_INVALID` for something that is no source
 */
export async function withParquet<T>(where: string, source: ParquetSource, name: string | undefined, use: (file: ParquetFile) => Promise<T>): Promise<T> {
  const path = pathOf(where, source);
  const place: ParquetPlace = { where, file: name ?? path };
  const bytes = path === undefined ? bytesOf(where, place, source as Uint8Array | ByteSlices) : await openBytes(place, path);
  try {
    return await use(await openParquet(place, bytes, OWN_UNPACKERS));
  } finally {
    await bytes.close();
  }
}

/** The name of a file, for people. */
export function sourceName(where: string, source: ParquetSource): string {
  const path = pathOf(where, source);
  return path === undefined ? 'parquet' : basename(path);
}

/** The path of a file; undefined for other sources. */
export function pathOf(where: string, source: ParquetSource): string | undefined {
  if (typeof source === 'string' && source !== '') return source;
  if (!(source instanceof URL)) return undefined;
  if (source.protocol === 'file:') return fileURLToPath(source);
  throw optionInvalid(where, 'source', source.href, `Only file: URLs are opened; fetch the others: ${where}(new Uint8Array(await (await fetch(url)).arrayBuffer()), …).`);
}

function bytesOf(where: string, place: ParquetPlace, source: Uint8Array | ByteSlices): ParquetBytes {
  const close = (): Promise<void> => Promise.resolve();
  if (source instanceof Uint8Array) {
    const bytes = plainBytes(source);
    return { byteLength: bytes.length, close, read: (from, to) => Promise.resolve(bytes.subarray(from, to)) };
  }
  if (typeof source === 'object' && source !== null && typeof source.byteLength === 'number' && typeof source.slice === 'function') {
    return { byteLength: source.byteLength, close, read: (from, to) => readSlice(place, source, from, to) };
  }
  throw new ClienteleError('OPTION_INVALID', { where, option: 'source', value: valueText(source) }, `${valueText(source)} is no Parquet file.`, 'Pass a path, a file: URL, bytes (Uint8Array, ArrayBuffer), or an object with byteLength and slice(from, to).');
}

/** The same bytes, no `Buffer`, whose `slice` does not copy. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function readSlice(place: ParquetPlace, source: ByteSlices, from: number, to: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await source.slice(from, to));
  } catch (cause) {
    throw unreadableParquet(place, `could not be read (${cause instanceof Error ? cause.message : String(cause)})`, 'Open it again and retry.', cause);
  }
  if (bytes.length < to - from) throw damagedParquet(place, `its source handed out ${bytes.length} bytes where ${to - from} were asked for`);
  return bytes.subarray(0, to - from);
}

async function openBytes(place: ParquetPlace, path: string): Promise<ParquetBytes> {
  // Explains a file that is not there, may not be read, or is a directory.
  const probe = await openFile(place.where, path);
  await probe.close();
  const size = probe.totalBytes;
  if (size === undefined) throw unreadableParquet(place, 'is a pipe or a device', 'A Parquet file is read from its end: save it as a file first.');
  const handle = await open(path, 'r');
  return { byteLength: size, close: () => handle.close(), read: (from, to) => readPiece(place, handle, from, to) };
}

async function readPiece(place: ParquetPlace, handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
    if (bytesRead === 0) throw damagedParquet(place, 'it became shorter while it was read');
    done += bytesRead;
  }
  return bytes;
}
