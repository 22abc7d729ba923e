import { ClienteleError, isClienteleError, valueText } from '../core/index.js';
import type { ByteReader } from './byte-reader.js';

/** What hands out bytes: a web `ReadableStream`, by its shape. */
export interface StreamLike {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>; cancel(reason?: unknown): Promise<unknown> };
}

/** Bytes in chunks: a web stream, a Node stream, an async generator. */
export type ByteChunks = StreamLike | AsyncIterable<Uint8Array>;

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
