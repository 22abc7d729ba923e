import { readingSettings } from '../io/index.js';
import type { FileSource } from './file-scanner.js';
import { beginChunk, BLOCKS_AT_ONCE, bytesOfBlocks, endChunk, LIST_WORDS, SLOT_WORDS, viewRowBlocks } from './row-blocks.js';
import { scanChunk, type ChunkResult } from './scan-chunk.js';
import { AMOUNT, CUSTOMER, DATE, DAYS, ORDER } from './plain-format.js';
import { newCounts } from './scan-plain-rows.js';

/** Rows of a rehearsal, few partitions so that each gets more than a block holds. */
const ROWS = 1024, PARTITION_BITS = 2;
/** A rehearsal ends when the rows take a third of the time they took at first, or after so many times. */
const FASTER = 3, MOST_TIMES = 24;
/** From this time on the thread waits a moment between two. */
const FIRST_WAIT = 4;

/**
 * Scan a few rows of every shape, again and again, until the engine has compiled the scanning.
 *
 * It compiles a loop while it runs, on another thread, for the branches it has seen taken, and throws the code away at the
 * first row that takes another. Where threads keep all cores busy with the slow code, what takes 17 ms of compiling takes 100:
 * the first 500,000 rows of each thread took four to six times as long as the others. After a rehearsal, in which the thread
 * leaves its core to the engine now and then, two threads summed up 10 M rows in 1.00 s instead of 1.06.
 *
 * A thread that is alone rehearses only what is needed for all branches to be seen, since the engine has a core of its own:
 * 1 M rows in 207 ms instead of 227.
 */
export function rehearse({ where, options, files }: FileSource, alone: boolean): void {
  const { plain, csv, ...rest } = files[0]!.layout;
  if (plain === undefined) return;
  const layout = { ...rest, plain, csv, partitionBits: PARTITION_BITS };
  const settings = readingSettings(where, options, 'file', ['delimiter', 'header', 'encoding', 'signal', 'onProgress']);
  const text = sampleRows(plain.roles, String.fromCharCode(plain.delimiter));
  const length = Buffer.byteLength(text);
  const bytes = Buffer.from(new ArrayBuffer(length + 64));
  bytes.write(text);
  const words = new SharedArrayBuffer(bytesOfBlocks(2 * BLOCKS_AT_ONCE));
  const rowsOnDay = new Int32Array(DAYS);
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  let slow = Infinity;
  for (let time = 0; time < (alone ? FIRST_WAIT : MOST_TIMES); time++) {
    const begin = performance.now();
    // All blocks are free each time.
    const writer = beginChunk(viewRowBlocks({ words, handedOut: new SharedArrayBuffer(4), slotWords: SLOT_WORDS }), 1 << PARTITION_BITS, new Int32Array(LIST_WORDS << PARTITION_BITS));
    const result: ChunkResult = { counts: newCounts(), noted: [], refused: 0, lines: 0, end: 0 };
    scanChunk(bytes, 0, length, length, true, false, layout, settings, writer, result, rowsOnDay);
    endChunk(writer);
    const took = performance.now() - begin;
    if (time >= FIRST_WAIT && took * FASTER < slow) break;
    slow = Math.min(slow, took);
    if (time >= FIRST_WAIT) Atomics.wait(nothing, 0, 0, 1);
  }
}

const AMOUNTS = ['0', '0.00', '1.5', '-3', '-4.25', '12.34', '123.45', '1234.56', '12345.67', '1234567.89', '99.9'];

/** Rows of customers who come again, their ids of 1 to 16 bytes, days in no order, amounts of every length. */
export function sampleRows(roles: Uint8Array, delimiter: string): string {
  return Array.from({ length: ROWS }, (_, row) => {
    const customer = (row * row) % 211;
    const id = (customer % 17 === 0 ? `ключ${customer}` : `customer-${customer}00000`).slice(0, 1 + (customer % 15));
    const date = new Date(Date.UTC(2020, 0, (row * 37) % 800)).toISOString().slice(0, 10);
    const fields = Array.from(roles, (role) => (role === CUSTOMER ? id : role === DATE ? date : role === AMOUNT ? AMOUNTS[row % AMOUNTS.length] : role === ORDER ? `order ${row >> 1}` : 'other'));
    return `${fields.join(delimiter)}\n`;
  }).join('');
}
