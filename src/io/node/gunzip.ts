import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Unpack gzip by Node's zlib, which also takes several packed files one behind the other. */
export async function* gunzipNode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: true });
  const unpacked = createGunzip({ chunkSize: 1 << 17 });
  // The error of either end is thrown where `unpacked` is read; the callback keeps it from being thrown twice.
  pipeline(source, unpacked, () => undefined);
  yield* unpacked as AsyncIterable<Uint8Array>;
}
