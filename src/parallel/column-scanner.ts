import { hashBytes } from '../columns/index.js';
import type { ScannedChunk, Scanner } from './job-steps.js';
import { hashWords, partitionOf } from './key-hash.js';
import { BLOCK_SLOTS, BLOCK_WORDS, FURTHEST_ROW, openBlock, SLOT_WORDS, WIDE, writeWideRow, type RowWriter } from './row-blocks.js';
import { INTEGER_KEY, scanIntegers, type IntegerLog } from './scan-integers.js';
import { DAYS, newCounts, type RowRules, type ScanCounts } from './scan-plain-rows.js';

/** Ids in memory: text, or whole numbers (a dictionary's codes are such). */
export type SharedIds =
  | { readonly kind: 'text'; readonly data: SharedArrayBuffer; readonly offsets: SharedArrayBuffer }
  | { readonly kind: 'integer' | 'number'; readonly data: SharedArrayBuffer };

/** An order log in memory, for every thread. */
export interface ColumnSource {
  readonly kind: 'columns';
  readonly customer: SharedIds;
  readonly dates: SharedArrayBuffer;
  readonly amounts: SharedArrayBuffer;
  readonly rows: number;
  readonly rowsPerChunk: number;
  /** order ids as text, where they are counted */
  readonly order?: { readonly data: SharedArrayBuffer; readonly offsets: SharedArrayBuffer; readonly valid: SharedArrayBuffer | undefined };
  readonly partitionBits: number;
  readonly rules: RowRules;
}

/** First word of a key that is a number of any kind; see {@link INTEGER_KEY}. */
const NUMBER_KEY = 2;

/** Reads the key of a row into four words; its length in bytes where it is longer than these, else 0. */
type KeyReader = (row: number, key: Int32Array) => number;

/** Scans chunks of columns in memory. */
export function newColumnScanner(source: ColumnSource): Scanner {
  const dates = new Int32Array(source.dates);
  const amounts = new Float64Array(source.amounts);
  const readKey = keyReader(source.customer);
  const readOrder = source.order === undefined ? undefined : orderReader(source.order);
  const integers = source.customer.kind === 'integer' && readOrder === undefined ? { ids: new Int32Array(source.customer.data), dates, amounts } : undefined;
  const text = source.customer.kind === 'text' ? { data: new Uint8Array(source.customer.data), offsets: new Int32Array(source.customer.offsets) } : undefined;
  return {
    // A long key and a wide amount take a slot more for every 24 bytes; those of a chunk cannot pass its text.
    worstSlots: source.rowsPerChunk * 3 + (text === undefined ? 0 : Math.ceil(text.data.length / 12)),
    scan: (chunk, writer, rowsOnDay) => {
      const from = chunk * source.rowsPerChunk;
      const to = Math.min(source.rows, from + source.rowsPerChunk);
      const counts = newCounts();
      const unfit = scanColumns({ dates, amounts, readKey, readOrder, text, integers }, from, to, source, writer, counts, rowsOnDay);
      const scanned: ScannedChunk = { chunk, from, to, counts, refused: 0, noted: [], lines: 0, sawInstant: false };
      return unfit === undefined ? scanned : { ...scanned, unfit };
    },
    close: () => undefined,
  };
}

interface LogArrays {
  readonly dates: Int32Array;
  readonly amounts: Float64Array;
  readonly readKey: KeyReader;
  readonly readOrder: KeyReader | undefined;
  readonly text: { readonly data: Uint8Array; readonly offsets: Int32Array } | undefined;
  /** the log where the fast loop can take its plain rows */
  readonly integers: IntegerLog | undefined;
}

/** Put the rows `from … to` into their partitions; why it cannot be done this way, if so. */
function scanColumns(log: LogArrays, from: number, to: number, { rules, partitionBits }: ColumnSource, writer: RowWriter, counts: ScanCounts, rowsOnDay: Int32Array): string | undefined {
  const { dates, amounts, readKey, readOrder, text, integers } = log;
  const slots = readOrder === undefined ? 1 : 2;
  const order = readOrder === undefined ? undefined : new Int32Array(4);
  const { open, fill, blocks } = writer;
  const { words, firstRow } = blocks;
  const key = new Int32Array(4);
  const keyBytes = new Uint8Array(key.buffer);
  for (let i = from; i < to; i++) {
    if (integers !== undefined) i = scanIntegers(integers, i, to, from, rules, partitionBits, writer, counts, rowsOnDay);
    if (i === to) break;
    const row = i - from;
    const day = dates[i]!;
    const amount = amounts[i]!;
    if (day < 0 || day >= DAYS) return 'a date before 1970 or after 2149';
    counts.rows++;
    rowsOnDay[day]!++;
    if (day > rules.asOf) counts.afterAsOf++;
    else if (day < rules.from) counts.beforeFrom++;
    else if (amount < 0 && rules.dropReturns) counts.returns++;
    else if (amount === 0 && rules.dropZero) counts.zeroOrders++;
    else {
      counts.used++;
      if (amount >= 0) {
        if (day < counts.lastPurchaseDay) counts.inOrder = false;
        if (counts.firstPurchaseDay < 0) counts.firstPurchaseDay = day;
        counts.lastPurchaseDay = day;
      }
      const length = readKey(i, key);
      if (length < 0) return 'an id with a zero byte';
      if (order !== undefined && readOrder!(i, order) !== 0) return 'an order id of more than 16 bytes';
      const hash = length > 0 ? hashBytes(text!.data, text!.offsets[i]!, text!.offsets[i + 1]!) : hashWords(key[0]!, key[1]!, key[2]!, key[3]!);
      const partition = partitionOf(hash, partitionBits);
      const cents = Math.round(amount * 100);
      if (length === 0 && cents / 100 === amount && cents > WIDE && cents <= 0x7fffffff) {
        let block = open[partition]!;
        let slot = fill[partition]!;
        if (slot + slots > BLOCK_SLOTS || row - firstRow[block]! > FURTHEST_ROW) {
          block = openBlock(writer, partition, row);
          slot = 0;
        }
        const put = block * BLOCK_WORDS + slot * SLOT_WORDS;
        words[put] = key[0]!;
        words[put + 1] = key[1]!;
        words[put + 2] = key[2]!;
        words[put + 3] = key[3]!;
        words[put + 4] = cents;
        words[put + 5] = (day << 16) | (row - firstRow[block]!);
        if (order !== undefined) words.set(order, put + SLOT_WORDS);
        fill[partition] = slot + slots;
      } else {
        const written = length > 0
          ? writeWideRow(writer, partition, hash, text!.data, text!.offsets[i]!, text!.offsets[i + 1]!, amount, day, row, order)
          : writeWideRow(writer, partition, hash, keyBytes, 0, 16, amount, day, row, order);
        if (!written) return `an id of ${length} bytes`;
      }
    }
  }
  return undefined;
}

function keyReader(ids: SharedIds): KeyReader {
  if (ids.kind === 'text') return textReader(new Uint8Array(ids.data), new Int32Array(ids.offsets));
  if (ids.kind === 'integer') {
    const data = new Int32Array(ids.data);
    return (row, key) => {
      key[0] = INTEGER_KEY;
      key[1] = data[row]!;
      return 0;
    };
  }
  const data = new Float64Array(ids.data);
  const words = new Int32Array(ids.data);
  return (row, key) => {
    key[0] = NUMBER_KEY;
    // Minus zero is zero.
    key[1] = data[row] === 0 ? 0 : words[row * 2]!;
    key[2] = data[row] === 0 ? 0 : words[row * 2 + 1]!;
    return 0;
  };
}

/** Ids as text: four bytes at a time by unaligned reads, the zero-byte test on all of them (byte by byte a row took 73 ns against 48). */
function textReader(data: Uint8Array, offsets: Int32Array): KeyReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return (row, key) => {
    const from = offsets[row]!;
    const length = offsets[row + 1]! - from;
    if (length === 0) return -1;
    if (length > 16 || from + 16 > data.length) return readBytes(data, from, length, key);
    let zeros = 0;
    for (let w = 0; w < 4; w++) {
      const left = length - w * 4;
      const outside = left >= 4 ? 0 : left <= 0 ? -1 : -1 << (left * 8);
      const word = view.getInt32(from + w * 4, true);
      const seen = word | outside;
      zeros |= (seen - 0x01010101) & ~seen & 0x80808080;
      key[w] = word & ~outside;
    }
    return zeros === 0 ? 0 : -1;
  };
}

/** The same for long ids, and for those at the end of the text. */
function readBytes(data: Uint8Array, from: number, length: number, key: Int32Array): number {
  for (let i = from; i < from + length; i++) if (data[i] === 0) return -1;
  if (length > 16) return length;
  key.fill(0);
  for (let i = 0; i < length; i++) key[i >> 2]! |= data[from + i]! << ((i & 3) * 8);
  return 0;
}

/** Order ids: zeros where a row has none. */
function orderReader({ data, offsets, valid }: NonNullable<ColumnSource['order']>): KeyReader {
  const read = textReader(new Uint8Array(data), new Int32Array(offsets));
  const bits = valid === undefined ? undefined : new Uint8Array(valid);
  return (row, key) => {
    if (bits === undefined || ((bits[row >> 3]! >> (row & 7)) & 1) === 1) return read(row, key);
    key.fill(0);
    return 0;
  };
}
