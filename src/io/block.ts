import type { ByteReader } from './byte-reader.js';
import type { Watch } from './watch.js';

/** The part of a file that is being scanned: `bytes[0 … end]`, with room for one byte behind. */
export interface Block {
  bytes: Uint8Array;
  end: number;
  /** no bytes follow */
  final: boolean;
}

/** Bytes scanned at a time: within the second cache, and seldom enough to wait for. */
export const BLOCK_BYTES: number = 1 << 20;

/** An empty block. */
export function newBlock(bytes: number = BLOCK_BYTES): Block {
  return { bytes: new Uint8Array(bytes + 1), end: 0, final: false };
}

/**
 * Fill a block up, so that what is found in it does not depend on how the source cuts its chunks.
 *
 * @returns the number of bytes added
 */
export async function fillBlock(block: Block, reader: ByteReader, watch: Watch): Promise<number> {
  const before = block.end;
  const room = block.bytes.length - 1;
  while (!block.final && block.end < room) {
    const got = reader.read(block.bytes, block.end, room);
    const count = typeof got === 'number' ? got : await watch.until(got);
    block.end += count;
    block.final = count === 0;
  }
  return block.end - before;
}

/**
 * Move what is not yet scanned to the front. Where that is more than half the block, a row is long: the block doubles,
 * so that a row of n bytes is looked at O(log n) times and its scan stays O(n).
 */
export function keepRest(block: Block, from: number): void {
  const rest = block.end - from;
  const room = block.bytes.length - 1;
  if (rest * 2 > room) {
    const larger = new Uint8Array(room * 2 + 1);
    larger.set(block.bytes.subarray(from, block.end));
    block.bytes = larger;
  } else block.bytes.copyWithin(0, from, block.end);
  block.end = rest;
}
