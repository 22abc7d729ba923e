import { ClienteleError } from '../core/index.js';

/** Unpacks gzip: chunks in, chunks out. Node has its own, the rest of the world this one. */
export type Gunzip = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** True where bytes begin as a gzip file does. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpack gzip by the engine's `DecompressionStream`.
 *
 * @throws ClienteleError `FILE_UNREADABLE` where the engine has none
 */
export async function* gunzipStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') {
    throw new ClienteleError('FILE_UNREADABLE', { where: 'gunzip' }, 'the data is packed by gzip, and this engine has no DecompressionStream.', 'Unpack it first.');
  }
  const { readable, writable } = new DecompressionStream('gzip');
  const reader = readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let sourceError: unknown;
  const fed = feed(chunks, writable as WritableStream<Uint8Array>).catch((error: unknown) => {
    sourceError = error;
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    await fed;
    throw sourceError ?? error;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Write all chunks; only what the chunks throw is thrown, for the reading side tells of damage by itself. */
async function feed(chunks: AsyncIterable<Uint8Array>, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  const ignore = (): undefined => undefined;
  let damaged = false;
  try {
    for await (const chunk of chunks) {
      await writer.write(chunk).catch(() => {
        damaged = true;
      });
      if (damaged) return;
    }
    await writer.close().catch(ignore);
  } catch (error) {
    await writer.abort(error).catch(ignore);
    throw error;
  }
}

/** The error for gzip data that cannot be unpacked to its end. */
export function gzipDamaged(where: string, file: string | undefined, cause: unknown): ClienteleError {
  return new ClienteleError('FILE_UNREADABLE', { where, ...(file === undefined ? {} : { file }) }, `${file ?? 'the data'} is packed by gzip and cut short or damaged.`, 'Copy or download it again, whole.', cause);
}
