/**
 * Rows on their way from the scanner to their partition: fixed slots in linked blocks of shared memory.
 *
 * A slot is six 32-bit words: four of the customer's key (UTF-8 bytes, zero-filled), the amount in hundredths, and
 * day << 16 | rows since the block's first. Blocks make one pass over the file enough: no counting before, no overflow
 * under skew (measured: counting first cost a second read of every row, 25 ns). The first slot of a block tells of the
 * block itself, so that who follows the list finds all it needs in the line it reads next (in arrays of their own: 3 ns a row).
 *
 * In a log with order ids a slot with the order's key stands behind each row's own (zeros where the row has none).
 *
 * What does not fit is a wide row: its amount word is {@link WIDE}; the next slot (behind the order's) holds the amount as a double and,
 * where the key is longer than 16 bytes, its length, and as many slots as needed hold the key. A wide row never spans
 * blocks. Keys hold no zero byte (the scanner sends such rows the long way), so a first word of 0 marks a long key.
 *
 * Where customers are whole numbers of 32 bits and orders are not counted, a slot is half of that ({@link NARROW_WORDS}): number, amount, day and row.
 */
export const SLOT_WORDS = 6;
/** Words of a slot where customers are whole numbers. */
export const NARROW_WORDS = 3;
/** A page of memory: with blocks of 64 slots, each begun with a miss, folding 10 M rows on two threads took 440 ms instead of 385; with 256 as long. */
export const BLOCK_WORDS: number = SLOT_WORDS * 170;
/** Words before a block's first row. */
export const HEAD_WORDS: number = SLOT_WORDS;
/** Slots of a block that rows can have. */
export const BLOCK_SLOTS: number = BLOCK_WORDS / SLOT_WORDS - 1;
/** Words of a block's head: the next block of the list, or -1; the word behind the last slot in use; the row of the chunk in its first. */
export const NEXT = 0, USED_TO = 1, FIRST_ROW = 2;
/** In the amount word: the row is a wide one. */
export const WIDE: number = -0x80000000;
/** Key bytes a continuation slot holds. */
export const SLOT_BYTES: number = SLOT_WORDS * 4;
/** The longest key a block can hold behind its row, order and amount. */
export const LONGEST_KEY: number = (BLOCK_SLOTS - 3) * SLOT_BYTES;
/** Rows from a block's first to its last that 16 bits can tell. */
export const FURTHEST_ROW = 0xffff;

/** Words of a partition's cursor. */
export const CURSOR_WORDS = 4;
export const AT = 0, END = 1, BEGUN_AT = 2, BLOCK = 3;
/** Words of the list of blocks that one chunk gave one partition: its first block, -1 = none, and the slots in use. */
export const LIST_WORDS = 2;

/**
 * Blocks handed to a thread at a time. Threads that took them one by one wrote to the same pages, and waited for each
 * other where these were touched first.
 */
export const BLOCKS_AT_ONCE = 512;

/** Shared memory for blocks. */
export interface RowBlocks {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** one counter: blocks handed out */
  readonly handedOut: Int32Array;
  readonly capacity: number;
  /** {@link SLOT_WORDS} or {@link NARROW_WORDS} */
  readonly slotWords: number;
  /** this thread's own: the next of the blocks handed to it, and the first behind them */
  readonly own: { next: number; end: number };
}

/** The buffers behind {@link RowBlocks}, to be sent to workers. */
export interface RowBlocksMemory {
  readonly words: SharedArrayBuffer;
  readonly handedOut: SharedArrayBuffer;
  readonly slotWords: number;
}

/** Bytes of so many blocks; untouched memory costs nothing until it is written. */
export function bytesOfBlocks(blocks: number): number {
  return blocks * BLOCK_WORDS * 4;
}

/** Views of the memory, the same in every thread. */
export function viewRowBlocks({ words, handedOut, slotWords }: RowBlocksMemory): RowBlocks {
  return { words: new Int32Array(words), bytes: new Uint8Array(words), handedOut: new Int32Array(handedOut), capacity: Math.floor(words.byteLength / (BLOCK_WORDS * 4)), slotWords, own: { next: 0, end: 0 } };
}

/** Where one worker writes the rows of one chunk. */
export interface RowWriter {
  readonly blocks: RowBlocks;
  /** {@link CURSOR_WORDS} a partition: of its open block the word its next slot begins at, the word behind the block, the row in its first slot, its number or -1 */
  readonly cursors: Int32Array;
  /** {@link LIST_WORDS} a partition */
  readonly lists: Int32Array;
}

/** Begin a chunk: lists of its own, so that partitions can be read in the order of the file. */
export function beginChunk(blocks: RowBlocks, partitions: number, lists: Int32Array): RowWriter {
  const cursors = new Int32Array(partitions * CURSOR_WORDS);
  for (let p = 0; p < partitions; p++) {
    cursors[p * CURSOR_WORDS + BLOCK] = lists[p * LIST_WORDS] = -1;
    lists[p * LIST_WORDS + 1] = 0;
  }
  return { blocks, cursors, lists };
}

/** End a chunk: say how full its last blocks are. */
export function endChunk(writer: RowWriter): void {
  for (let p = 0; p * LIST_WORDS < writer.lists.length; p++) endBlock(writer, p);
}

/** Note how full a partition's open block is, if it has one. */
function endBlock({ blocks, cursors, lists }: RowWriter, partition: number): void {
  const cursor = partition * CURSOR_WORDS;
  const block = cursors[cursor + BLOCK]!;
  if (block < 0) return;
  const at = cursors[cursor + AT]!;
  blocks.words[block * BLOCK_WORDS + USED_TO] = at;
  lists[partition * LIST_WORDS + 1]! += (at - block * BLOCK_WORDS - HEAD_WORDS) / blocks.slotWords;
}

/** True when so many slots surely fit, each partition's last block counted as full. */
export function hasRoomFor(blocks: RowBlocks, slots: number, partitions: number): boolean {
  const blockSlots = Math.floor((BLOCK_WORDS - HEAD_WORDS) / blocks.slotWords);
  return Atomics.load(blocks.handedOut, 0) + Math.ceil(slots / blockSlots) + partitions <= blocks.capacity;
}

function nextBlock({ handedOut, capacity, own }: RowBlocks): number {
  if (own.next === own.end) {
    own.next = Atomics.add(handedOut, 0, BLOCKS_AT_ONCE);
    own.end = Math.min(capacity, own.next + BLOCKS_AT_ONCE);
    if (own.next >= capacity) throw new RangeError('row blocks are used up');
  }
  return own.next++;
}

/** A fresh block for a partition, behind its open one; the word its first row begins at. */
export function openBlock(writer: RowWriter, partition: number, row: number): number {
  const { blocks, cursors, lists } = writer;
  const { words } = blocks;
  const block = nextBlock(blocks);
  const cursor = partition * CURSOR_WORDS;
  const before = cursors[cursor + BLOCK]!;
  endBlock(writer, partition);
  if (before >= 0) words[before * BLOCK_WORDS + NEXT] = block;
  else lists[partition * LIST_WORDS] = block;
  const begin = block * BLOCK_WORDS;
  words[begin + NEXT] = -1;
  words[begin + FIRST_ROW] = row;
  cursors[cursor + AT] = begin + HEAD_WORDS;
  cursors[cursor + END] = begin + BLOCK_WORDS;
  cursors[cursor + BEGUN_AT] = row;
  cursors[cursor + BLOCK] = block;
  return begin + HEAD_WORDS;
}

/** The word at which the next row of a partition takes so many slots, in a fresh block where they do not fit. */
export function placeFor(writer: RowWriter, partition: number, slots: number, row: number): number {
  const { cursors } = writer;
  const cursor = partition * CURSOR_WORDS;
  const at = cursors[cursor + AT]!;
  return at + slots * writer.blocks.slotWords > cursors[cursor + END]! || row - cursors[cursor + BEGUN_AT]! > FURTHEST_ROW ? openBlock(writer, partition, row) : at;
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
  const at = placeFor(writer, partition, slots, row);
  const { words, bytes } = writer.blocks;
  if (length > 16) {
    words[at] = 0;
    words[at + 1] = hash;
    bytes.set(key.subarray(from, to), (at + (2 + orderSlots) * SLOT_WORDS) * 4);
  } else {
    words.fill(0, at, at + 4);
    bytes.set(key.subarray(from, to), at * 4);
  }
  words[at + 4] = WIDE;
  words[at + 5] = (day << 16) | (row - writer.cursors[partition * CURSOR_WORDS + BEGUN_AT]!);
  if (order !== undefined) words.set(order, at + SLOT_WORDS);
  const more = at + (1 + orderSlots) * SLOT_WORDS;
  doubleView[0] = amount;
  words[more] = doubleWords[0]!;
  words[more + 1] = doubleWords[1]!;
  words[more + 2] = length;
  writer.cursors[partition * CURSOR_WORDS + AT] = at + slots * SLOT_WORDS;
  return true;
}

/** The same for a narrow row, whose amount is no whole number of hundredths. */
export function writeWideNumber(writer: RowWriter, partition: number, id: number, amount: number, day: number, row: number): void {
  const at = placeFor(writer, partition, 2, row);
  const { words } = writer.blocks;
  doubleView[0] = amount;
  words[at] = id;
  words[at + 1] = WIDE;
  words[at + 2] = (day << 16) | (row - writer.cursors[partition * CURSOR_WORDS + BEGUN_AT]!);
  words[at + 3] = doubleWords[0]!;
  words[at + 4] = doubleWords[1]!;
  writer.cursors[partition * CURSOR_WORDS + AT] = at + 2 * NARROW_WORDS;
}

/** The double that a wide row's further slot, at word `more`, holds. */
export function wideAmount(words: Int32Array, more: number): number {
  doubleWords[0] = words[more]!;
  doubleWords[1] = words[more + 1]!;
  return doubleView[0]!;
}
