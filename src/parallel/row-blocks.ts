/**
 * Rows on their way from the scanner to their partition: fixed slots in linked blocks of shared memory.
 *
 * A slot is six 32-bit words: four of the customer's key (UTF-8 bytes, zero-filled), the amount in hundredths, and
 * day << 16 | rows since the block's first. Blocks of 64 slots make one pass over the file enough: no counting before,
 * no overflow under skew (measured: counting first cost a second read of every row, 25 ns).
 *
 * In a log with order ids a slot with the order's key stands behind each row's own (zeros where the row has none).
 *
 * What does not fit is a wide row: its amount word is {@link WIDE}; the next slot (behind the order's) holds the amount as a double and,
 * where the key is longer than 16 bytes, its length, and as many slots as needed hold the key. A wide row never spans
 * blocks. Keys hold no zero byte (the scanner sends such rows the long way), so a first word of 0 marks a long key.
 */
export const SLOT_WORDS = 6;
export const BLOCK_SLOTS = 64;
export const BLOCK_WORDS: number = SLOT_WORDS * BLOCK_SLOTS;
/** In the amount word: the row is a wide one. */
export const WIDE: number = -0x80000000;
/** Key bytes a continuation slot holds. */
export const SLOT_BYTES: number = SLOT_WORDS * 4;
/** The longest key a block can hold behind its row, order and amount. */
export const LONGEST_KEY: number = (BLOCK_SLOTS - 3) * SLOT_BYTES;
/** Rows from a block's first to its last that 16 bits can tell. */
export const FURTHEST_ROW = 0xffff;

/** Shared memory for blocks and what is known of each. */
export interface RowBlocks {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** block behind each block of the same list, -1 at the end */
  readonly next: Int32Array;
  /** row of the chunk that the block's first slot holds */
  readonly firstRow: Int32Array;
  /** slots filled */
  readonly used: Int32Array;
  /** one counter: blocks handed out */
  readonly handedOut: Int32Array;
  readonly capacity: number;
  /** this thread's own: the next of the blocks handed to it, and the first behind them */
  readonly own: { next: number; end: number };
}

/**
 * Blocks handed to a thread at a time. Threads that took them one by one wrote to the same pages, and waited for each
 * other where these were touched first.
 */
export const BLOCKS_AT_ONCE = 512;

/** The buffers behind {@link RowBlocks}, to be sent to workers. */
export interface RowBlocksMemory {
  readonly words: SharedArrayBuffer;
  readonly next: SharedArrayBuffer;
  readonly firstRow: SharedArrayBuffer;
  readonly used: SharedArrayBuffer;
  readonly handedOut: SharedArrayBuffer;
}

/** Room for so many blocks; untouched memory costs nothing until it is written. */
export function newRowBlocksMemory(capacity: number): RowBlocksMemory {
  return {
    words: new SharedArrayBuffer(capacity * BLOCK_WORDS * 4),
    next: new SharedArrayBuffer(capacity * 4),
    firstRow: new SharedArrayBuffer(capacity * 4),
    used: new SharedArrayBuffer(capacity * 4),
    handedOut: new SharedArrayBuffer(4),
  };
}

/** Views of the memory, the same in every thread. */
export function viewRowBlocks(memory: RowBlocksMemory): RowBlocks {
  return {
    words: new Int32Array(memory.words),
    bytes: new Uint8Array(memory.words),
    next: new Int32Array(memory.next),
    firstRow: new Int32Array(memory.firstRow),
    used: new Int32Array(memory.used),
    handedOut: new Int32Array(memory.handedOut),
    capacity: memory.next.byteLength / 4,
    own: { next: 0, end: 0 },
  };
}

/** Where one worker writes the rows of one chunk: the open block of every partition. */
export interface RowWriter {
  readonly blocks: RowBlocks;
  /** open block of each partition, -1 = none yet */
  readonly open: Int32Array;
  /** slots used in the open block, BLOCK_SLOTS = full */
  readonly fill: Int32Array;
  /** first block of each partition, -1 = none */
  readonly heads: Int32Array;
}

/** Begin a chunk: lists of its own, so that partitions can be read in the order of the file. */
export function beginChunk(blocks: RowBlocks, partitions: number, heads: Int32Array): RowWriter {
  heads.fill(-1);
  return { blocks, open: new Int32Array(partitions).fill(-1), fill: new Int32Array(partitions).fill(BLOCK_SLOTS), heads };
}

/** End a chunk: say how full its last blocks are. */
export function endChunk(writer: RowWriter): void {
  writer.open.forEach((block, p) => {
    if (block >= 0) writer.blocks.used[block] = writer.fill[p]!;
  });
}

/** True when so many rows surely fit, each partition's last block counted as full. */
export function hasRoomFor(blocks: RowBlocks, rows: number, partitions: number): boolean {
  return Atomics.load(blocks.handedOut, 0) + Math.ceil(rows / BLOCK_SLOTS) + partitions <= blocks.capacity;
}

function nextBlock({ handedOut, capacity, own }: RowBlocks): number {
  if (own.next === own.end) {
    own.next = Atomics.add(handedOut, 0, BLOCKS_AT_ONCE);
    own.end = Math.min(capacity, own.next + BLOCKS_AT_ONCE);
    if (own.next >= capacity) throw new RangeError('row blocks are used up');
  }
  return own.next++;
}

/** A fresh block for a partition, behind its open one. */
export function openBlock(writer: RowWriter, partition: number, row: number): number {
  const { blocks, open, fill, heads } = writer;
  const block = nextBlock(blocks);
  const before = open[partition]!;
  if (before >= 0) {
    blocks.next[before] = block;
    blocks.used[before] = fill[partition]!;
  } else heads[partition] = block;
  blocks.next[block] = -1;
  blocks.firstRow[block] = row;
  open[partition] = block;
  fill[partition] = 0;
  return block;
}

const doubleView = new Float64Array(1);
const doubleWords = new Int32Array(doubleView.buffer);

/**
 * Write a row that has no place in one slot: a key over 16 bytes, or an amount that is no whole number of hundredths.
 *
 * @param order words of the order's key; absent in a log without order ids
 * @returns false where the key is longer than {@link LONGEST_KEY}
 */
export function writeWideRow(writer: RowWriter, partition: number, hash: number, key: Uint8Array, from: number, to: number, amount: number, day: number, row: number, order?: Int32Array): boolean {
  const length = to - from;
  if (length > LONGEST_KEY) return false;
  const orderSlots = order === undefined ? 0 : 1;
  const slots = 2 + orderSlots + (length > 16 ? Math.ceil(length / SLOT_BYTES) : 0);
  let block = writer.open[partition]!;
  if (block < 0 || writer.fill[partition]! + slots > BLOCK_SLOTS || row - writer.blocks.firstRow[block]! > FURTHEST_ROW) block = openBlock(writer, partition, row);
  const { words, bytes, firstRow } = writer.blocks;
  const at = block * BLOCK_WORDS + writer.fill[partition]! * SLOT_WORDS;
  if (length > 16) {
    words[at] = 0;
    words[at + 1] = hash;
    bytes.set(key.subarray(from, to), (at + (2 + orderSlots) * SLOT_WORDS) * 4);
  } else {
    words.fill(0, at, at + 4);
    bytes.set(key.subarray(from, to), at * 4);
  }
  words[at + 4] = WIDE;
  words[at + 5] = (day << 16) | (row - firstRow[block]!);
  if (order !== undefined) words.set(order, at + SLOT_WORDS);
  const more = at + (1 + orderSlots) * SLOT_WORDS;
  doubleView[0] = amount;
  words[more] = doubleWords[0]!;
  words[more + 1] = doubleWords[1]!;
  words[more + 2] = length;
  writer.fill[partition]! += slots;
  return true;
}

/** The double that a wide row's further slot, at word `more`, holds. */
export function wideAmount(words: Int32Array, more: number): number {
  doubleWords[0] = words[more]!;
  doubleWords[1] = words[more + 1]!;
  return doubleView[0]!;
}
