import { hashBytes } from '../columns/index.js';
import { directPlace, type DirectIds } from './direct-ids.js';
import { hashNumber, hashWords, INTEGER_KEY, NUMBER_KEY } from './key-hash.js';
import { AT, BEGUN_AT, CURSOR_WORDS, END, FURTHEST_ROW, NARROW_WORDS, openBlock, SLOT_WORDS, WIDE, writeWideNumber, writeWideRow, type RowWriter } from './row-blocks.js';
import { DAYS } from './plain-format.js';
import type { RowRules, ScanCounts } from './scan-plain-rows.js';

/** The keys of consecutive rows. */
export interface Keys {
  /** four words a key; of a key longer than these, where its bytes begin */
  readonly words: Int32Array;
  /** bytes of each key where it is longer than its words, -1 where it holds a zero byte; else 0 */
  readonly longer: Int32Array;
}

/** Rows whose keys are known. */
export interface KeyedRows {
  readonly dates: Int32Array;
  readonly amounts: Float64Array;
  readonly keys: Keys;
  /** keys of their orders, zeros where a row has none; absent where orders are not counted */
  readonly orders: Keys | undefined;
  /** where keys longer than four words stand */
  readonly longKeys: Uint8Array;
  /** of rows that go into narrow slots, instead of keys: their customers, from the same row on as the dates */
  readonly numbers?: { readonly ids: Int32Array; readonly direct: DirectIds | undefined } | undefined;
}

/** Room for the keys of so many rows. */
export function newKeys(rows: number): Keys {
  return { words: new Int32Array(rows * 4), longer: new Int32Array(rows) };
}

/** Keys that are whole numbers of 32 bits. */
export function integerKeys(data: Int32Array, from: number, to: number, { words }: Keys): void {
  for (let i = from; i < to; i++) {
    const k = (i - from) * 4;
    words[k] = INTEGER_KEY;
    words[k + 1] = data[i]!;
  }
}

/** Keys that are numbers of any kind; `halves` are the same as words. */
export function numberKeys(data: Float64Array, halves: Int32Array, from: number, to: number, { words }: Keys): void {
  for (let i = from; i < to; i++) {
    const k = (i - from) * 4;
    words[k] = NUMBER_KEY;
    // Minus zero is zero.
    words[k + 1] = data[i] === 0 ? 0 : halves[i * 2]!;
    words[k + 2] = data[i] === 0 ? 0 : halves[i * 2 + 1]!;
  }
}

/**
 * Put the rows `from … to` into their partitions; why it cannot be done this way, if so.
 *
 * Keys of all kinds are read first, by a loop of their own, and this loop does the rest. The writing of a slot stands here and in
 * `scanPlainRows`: through one function of both, scanning a CSV file took 7 % longer (760 ms against 705 for 10 M rows).
 *
 * @param keysFrom row of the first key
 * @param chunkFrom the chunk's first row, from which rows are counted
 */
export function scanKeyedRows(log: KeyedRows, from: number, to: number, keysFrom: number, chunkFrom: number, rules: RowRules, partitionBits: number, writer: RowWriter, counts: ScanCounts, rowsOnDay: Int32Array): string | undefined {
  const { dates, amounts, orders, longKeys } = log;
  const { words: keyWords, longer } = log.keys;
  const ids = log.numbers?.ids;
  const direct = log.numbers?.direct;
  const isDirect = direct !== undefined;
  // Said to be of 32 bits, or the loop asks anew for every row: 20 ms of 10 M.
  const lowest = (direct?.lowest ?? 0) | 0, mask = (direct?.mask ?? 0) | 0, placeBits = (direct?.placeBits ?? 0) | 0;
  const { cursors } = writer;
  const { words } = writer.blocks;
  const { from: windowFrom, asOf, dropReturns, dropZero } = rules;
  const taken = orders === undefined ? SLOT_WORDS : 2 * SLOT_WORDS;
  const shift = 32 - partitionBits;
  let { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay } = counts;
  for (let i = from; i < to; i++) {
    const day = dates[i]!;
    const amount = amounts[i]!;
    if (day < 0 || day >= DAYS) return 'a date before 1970 or after 2149';
    rows++;
    rowsOnDay[day]!++;
    if (day > asOf) {
      counts.afterAsOf++;
      continue;
    }
    if (day < windowFrom) {
      counts.beforeFrom++;
      continue;
    }
    if (amount < 0) {
      if (dropReturns) {
        counts.returns++;
        continue;
      }
    } else {
      if (amount === 0 && dropZero) {
        counts.zeroOrders++;
        continue;
      }
      if (day < lastPurchaseDay) inOrder = false;
      if (firstPurchaseDay < 0) firstPurchaseDay = day;
      lastPurchaseDay = day;
    }
    used++;
    const row = i - chunkFrom;
    const cents = Math.round(amount * 100);
    const whole = cents / 100 === amount && cents > WIDE && cents <= 0x7fffffff;
    if (ids !== undefined) {
      const id = ids[i]!;
      const partition = isDirect ? directPlace(id, lowest, mask) >>> placeBits : hashNumber(id) >>> shift;
      if (!whole) {
        writeWideNumber(writer, partition, id, amount, day, row);
        continue;
      }
      const cursor = partition * CURSOR_WORDS;
      let put = cursors[cursor + AT]!;
      if (put + NARROW_WORDS > cursors[cursor + END]! || row - cursors[cursor + BEGUN_AT]! > FURTHEST_ROW) put = openBlock(writer, partition, row);
      words[put] = id;
      words[put + 1] = cents;
      words[put + 2] = (day << 16) | (row - cursors[cursor + BEGUN_AT]!);
      cursors[cursor + AT] = put + NARROW_WORDS;
      continue;
    }
    const k = (i - keysFrom) * 4;
    const length = longer[i - keysFrom]!;
    if (length < 0) return 'an id with a zero byte';
    if (orders !== undefined && orders.longer[i - keysFrom] !== 0) return 'an order id of more than 16 bytes';
    const k0 = keyWords[k]!, k1 = keyWords[k + 1]!, k2 = keyWords[k + 2]!, k3 = keyWords[k + 3]!;
    if (length === 0 && whole) {
      const partition = hashWords(k0, k1, k2, k3) >>> shift;
      const cursor = partition * CURSOR_WORDS;
      let put = cursors[cursor + AT]!;
      if (put + taken > cursors[cursor + END]! || row - cursors[cursor + BEGUN_AT]! > FURTHEST_ROW) put = openBlock(writer, partition, row);
      words[put] = k0;
      words[put + 1] = k1;
      words[put + 2] = k2;
      words[put + 3] = k3;
      words[put + 4] = cents;
      words[put + 5] = (day << 16) | (row - cursors[cursor + BEGUN_AT]!);
      if (orders !== undefined) words.set(orders.words.subarray(k, k + 4), put + SLOT_WORDS);
      cursors[cursor + AT] = put + taken;
    } else {
      const bytes = length > 0 ? longKeys : new Uint8Array(keyWords.buffer, keyWords.byteOffset + k * 4, 16);
      const begin = length > 0 ? k0 : 0;
      const hash = length > 0 ? hashBytes(bytes, begin, begin + length) : hashWords(k0, k1, k2, k3);
      if (!writeWideRow(writer, hash >>> shift, hash, bytes, begin, begin + (length > 0 ? length : 16), amount, day, row, orders?.words.subarray(k, k + 4))) return `an id of ${length} bytes`;
    }
  }
  Object.assign(counts, { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay });
  return undefined;
}
