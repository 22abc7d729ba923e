import { setImmediate as nextTurn } from 'node:timers/promises';
import { streamFailed, writeAborted } from './unwritable.js';

/** What is asked of a stream: Node's `Writable` has it, standard output and HTTP responses among them. */
export interface ByteStream {
  write(chunk: Uint8Array, done: (error?: Error | null) => void): boolean;
  on(event: 'error' | 'close', listener: (error?: Error) => void): unknown;
  off(event: 'error' | 'close', listener: (error?: Error) => void): unknown;
}

/**
 * Write chunks to a stream, each when the one before it has been taken, and leave the stream open.
 *
 * Between chunks the event loop turns, so that signals and other work are heard.
 *
 * @returns the number of bytes written
 * @throws ClienteleError `FILE_UNWRITABLE` with the stream's error as `cause`; `ABORTED` through `signal`, after which
 *   the chunks already taken stay written
 */
export async function writeToStream(where: string, stream: ByteStream, chunks: Iterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
  let bytes = 0;
  const aborted = (): AbortSignal | undefined => (signal?.aborted === true ? signal : undefined);
  for (const chunk of chunks) {
    try {
      if (aborted() === undefined) await writeOne(stream, chunk, signal);
    } catch (error) {
      if (aborted() === undefined) throw streamFailed(where, error);
    }
    const by = aborted();
    if (by !== undefined) throw writeAborted(where, 'stream', by);
    bytes += chunk.length;
    await nextTurn();
  }
  return bytes;
}

function writeOne(stream: ByteStream, chunk: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown): void => {
      stream.off('close', closed);
      signal?.removeEventListener('abort', settle);
      if (error === undefined || error === null) {
        stream.off('error', settle);
        resolve();
      } else {
        // The 'error' listener stays on a broken stream: it may emit after the callback, which unheard ends the process.
        reject(error);
      }
    };
    const closed = (): void => settle(Object.assign(new Error('the stream was closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }));
    stream.on('error', settle);
    stream.on('close', closed);
    signal?.addEventListener('abort', settle, { once: true });
    stream.write(chunk, settle);
  });
}
