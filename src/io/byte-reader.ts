/** Hands out a source's bytes where they are needed, without a copy between. */
export interface ByteReader {
  /** Put the next bytes into `into[from … to]`; the number of bytes put there, 0 at the end of the source only. */
  read(into: Uint8Array, from: number, to: number): number | Promise<number>;
  /** bytes in all, where that is known beforehand */
  readonly totalBytes: number | undefined;
  close(): Promise<void>;
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
