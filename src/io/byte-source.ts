import { ClienteleError, valueText } from '../core/index.js';
import { bytesReader, type ByteReader } from './byte-reader.js';
import { chunksReader, type ByteChunks, type StreamLike } from './chunks-reader.js';

/** A `Blob`, a `File`, a `Response`, by their shape. */
export type BlobLike = { stream(): StreamLike | AsyncIterable<Uint8Array> } | { arrayBuffer(): Promise<ArrayBuffer> };

/** CSV as text, as bytes, or as anything that hands out bytes. */
export type CsvSource = string | Uint8Array | ArrayBufferLike | BlobLike | ByteChunks;

/**
 * A reader over any source.
 *
 * @throws ClienteleError `VALUE_INVALID` for something that is no source
 */
export async function openSource(where: string, source: CsvSource): Promise<ByteReader> {
  if (typeof source === 'string') return bytesReader(new TextEncoder().encode(source));
  if (source instanceof Uint8Array) return bytesReader(source);
  if (isArrayBuffer(source)) return bytesReader(new Uint8Array(source));
  if (typeof source === 'object' && source !== null) {
    if ('getReader' in source || Symbol.asyncIterator in source) return chunksReader(where, source);
    if ('stream' in source) return chunksReader(where, source.stream(), sizeOf(source));
    if ('arrayBuffer' in source) return bytesReader(new Uint8Array(await source.arrayBuffer()));
  }
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(source) }, `${valueText(source)} holds no CSV.`, 'Pass text, bytes (Uint8Array, ArrayBuffer), a Blob or File, or a stream of bytes.');
}

function isArrayBuffer(source: unknown): source is ArrayBufferLike {
  return source instanceof ArrayBuffer || Object.prototype.toString.call(source) === '[object SharedArrayBuffer]';
}

function sizeOf(source: object): number | undefined {
  return 'size' in source && typeof source.size === 'number' ? source.size : undefined;
}
