import { ClienteleError, isClienteleError, valueText } from '../core/index.js';

/** What hands out bytes: a web `ReadableStream`, by its shape. */
export interface StreamLike {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>; cancel(reason?: unknown): Promise<unknown> };
}

/** A `Blob`, a `File`, a `Response`, by their shape. */
export type BlobLike = { stream(): StreamLike | AsyncIterable<Uint8Array> } | { arrayBuffer(): Promise<ArrayBuffer> };

/** Bytes in chunks: a web stream, a Node stream, an async generator. */
export type ByteChunks = StreamLike | AsyncIterable<Uint8Array>;

/** CSV as text, as bytes, or as anything that hands out bytes. */
export type CsvSource = string | Uint8Array | ArrayBufferLike | BlobLike | ByteChunks;

/** Hands out a source's bytes where they are needed, without a copy between. */
export interface ByteReader {
  /** Put the next bytes into `into[from … to]`; the number of bytes put there, 0 at the end of the source only. */
  read(into: Uint8Array, from: number, to: number): number | Promise<number>;
  /** bytes in all, where that is known beforehand */
  readonly totalBytes: number | undefined;
  close(): Promise<void>;
}

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

/** A reader over bytes in memory. */
export function bytesReader(bytes: Uint8Array): ByteReader {
  let at = 0;
  return {
    totalBytes: bytes.length,
    read: (into, from, to) => {
      const count = Math.min(to - from, bytes.length - at);
      into.set(bytes.subarray(at, at + count), from);
      at += count;
      return count;
    },
    close: () => Promise.resolve(),
  };
}

/** A reader over chunks of any sizes. */
export function chunksReader(where: string, chunks: ByteChunks, totalBytes?: number): ByteReader {
  const iterator = iteratorOf(chunks);
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  let ended = false;
  let waiting = false;
  return {
    totalBytes,
    read: async (into, from, to) => {
      while (at === chunk.length && !ended) {
        waiting = true;
        const next = await nextChunk(where, iterator);
        waiting = false;
        ended = next.done === true;
        chunk = ended ? chunk : checkedChunk(where, next.value);
        at = ended ? chunk.length : 0;
      }
      const count = Math.min(to - from, chunk.length - at);
      into.set(chunk.subarray(at, at + count), from);
      at += count;
      return count;
    },
    close: async () => {
      if (ended) return;
      const closed = iterator.return?.();
      // A generator that waits for its own source ends only when that answers: nobody is to wait for it.
      if (waiting) closed?.catch(() => undefined);
      else await closed;
    },
  };
}

/** What a reader hands out, in fresh chunks: for those who keep what they are given. */
export async function* readerChunks(reader: ByteReader, size: number = 1 << 16): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(size);
    const count = await reader.read(chunk, 0, size);
    if (count === 0) return;
    yield chunk.subarray(0, count);
  }
}

/** The first bytes of a reader (fewer where it ends before), and a reader that still hands out all of them. */
export async function peekBytes(reader: ByteReader, count: number): Promise<{ head: Uint8Array; rest: ByteReader }> {
  const head = new Uint8Array(count);
  let filled = 0;
  while (filled < count) {
    const got = await reader.read(head, filled, count);
    if (got === 0) break;
    filled += got;
  }
  const first = bytesReader(head.subarray(0, filled));
  return {
    head: head.subarray(0, filled),
    rest: {
      totalBytes: reader.totalBytes,
      read: (into, from, to) => {
        const got = first.read(into, from, to);
        return got === 0 ? reader.read(into, from, to) : got;
      },
      close: () => reader.close(),
    },
  };
}

/** Chunks one by one. Not every browser lets a web stream be iterated; a Node stream is let go of by `destroy`. */
function iteratorOf(chunks: ByteChunks): AsyncIterator<Uint8Array> {
  if ('getReader' in chunks) {
    const reader = chunks.getReader();
    return {
      next: async () => {
        const { done, value } = await reader.read();
        return done ? { done, value: undefined } : { done, value: value as Uint8Array };
      },
      return: async () => {
        await reader.cancel();
        return { done: true, value: undefined };
      },
    };
  }
  const iterator = chunks[Symbol.asyncIterator]();
  if (!('destroy' in chunks) || typeof chunks.destroy !== 'function') return iterator;
  const stream = chunks as ByteChunks & { destroy(): void };
  return {
    next: () => iterator.next(),
    return: () => {
      stream.destroy();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

async function nextChunk(where: string, iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await iterator.next();
  } catch (cause) {
    if (isClienteleError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ClienteleError('FILE_UNREADABLE', { where }, `the source broke off: ${reason}.`, 'Open it again and retry.', cause);
  }
}

function checkedChunk(where: string, chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(chunk) }, `the stream hands out ${typeof chunk === 'string' ? 'text' : valueText(chunk)}, not bytes.`, 'Pass a stream of Uint8Array; with a Node stream, leave out setEncoding.');
}

function isArrayBuffer(source: unknown): source is ArrayBufferLike {
  return source instanceof ArrayBuffer || Object.prototype.toString.call(source) === '[object SharedArrayBuffer]';
}

function sizeOf(source: object): number | undefined {
  return 'size' in source && typeof source.size === 'number' ? source.size : undefined;
}
