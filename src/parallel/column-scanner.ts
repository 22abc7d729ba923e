import { hashBytes } from '../columns/index.js';
import type { ScannedChunk, Scanner } from './job-steps.js';
import { hashWords } from './key-hash.js';
import { AT, BEGUN_AT, CURSOR_WORDS, END, FURTHEST_ROW, openBlock, SLOT_WORDS, WIDE, writeWideRow, type RowWriter } from './row-blocks.js';
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

/** First word of a key that is a whole number of 32 bits, or a number of any kind; a text's first word is another, its bytes all being 32 and more. */
const INTEGER_KEY = 1, NUMBER_KEY = 2;

/** Rows whose keys are read before they are put into their partitions: they stay in the first-level cache. */
const BATCH = 512;

/** The keys of a batch of rows. */
interface Keys {
  /** four words a key */
  readonly words: Int32Array;
  /** bytes of each key where it is longer than its words, -1 where it holds a zero byte; else 0 */
  readonly longer: Int32Array;
}

/** Reads the keys of the rows `from … to`. */
type KeyReader = (from: number, to: number, keys: Keys) => void;

function newKeys(): Keys {
  return { words: new Int32Array(BATCH * 4), longer: new Int32Array(BATCH) };
}

/** Scans chunks of columns in memory. */
export function newColumnScanner(source: ColumnSource): Scanner {
  const log: LogArrays = {
    dates: new Int32Array(source.dates), amounts: new Float64Array(source.amounts),
    readKeys: keyReader(source.customer), readOrders: source.order === undefined ? undefined : orderReader(source.order),
    text: source.customer.kind === 'text' ? { data: new Uint8Array(source.customer.data), offsets: new Int32Array(source.customer.offsets) } : undefined,
    keys: newKeys(), orders: newKeys(),
  };
  return {
    // A long key and a wide amount take a slot more for every 24 bytes; those of a chunk cannot pass its text.
    worstSlots: source.rowsPerChunk * 3 + (log.text === undefined ? 0 : Math.ceil(log.text.data.length / 12)),
    scan: (chunk, writer, rowsOnDay) => {
      const from = chunk * source.rowsPerChunk;
      const to = Math.min(source.rows, from + source.rowsPerChunk);
      const counts = newCounts();
      const scanned: ScannedChunk = { chunk, from, to, counts, refused: 0, noted: [], lines: 0, sawInstant: false };
      for (let begin = from; begin < to; begin += BATCH) {
        const unfit = scanBatch(log, begin, Math.min(to, begin + BATCH), from, source, writer, counts, rowsOnDay);
        if (unfit !== undefined) return { ...scanned, unfit };
      }
      return scanned;
    },
    close: () => undefined,
  };
}

interface LogArrays {
  readonly dates: Int32Array;
  readonly amounts: Float64Array;
  readonly readKeys: KeyReader;
  readonly readOrders: KeyReader | undefined;
  readonly text: { readonly data: Uint8Array; readonly offsets: Int32Array } | undefined;
  readonly keys: Keys;
  readonly orders: Keys;
}

/**
 * Put the rows `from … to` into their partitions; why it cannot be done this way, if so.
 *
 * Keys of all kinds are read first, by a loop of their own, and one loop does the rest. The writing of a slot stands here and in
 * `scanPlainRows`: through one function of both, scanning a CSV file took 7 % longer (760 ms against 705 for 10 M rows).
 *
 * @param chunkFrom the chunk's first row, from which rows are counted
 */
function scanBatch(log: LogArrays, from: number, to: number, chunkFrom: number, { rules, partitionBits }: ColumnSource, writer: RowWriter, counts: ScanCounts, rowsOnDay: Int32Array): string | undefined {
  const { dates, amounts, readKeys, readOrders, text } = log;
  const { words: keyWords, longer } = log.keys;
  const { words: orderWords, longer: orderLonger } = log.orders;
  const { cursors } = writer;
  const { words } = writer.blocks;
  const { from: windowFrom, asOf, dropReturns, dropZero } = rules;
  const withOrders = readOrders !== undefined;
  const taken = withOrders ? 2 * SLOT_WORDS : SLOT_WORDS;
  const shift = 32 - partitionBits;
  let { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay } = counts;
  readKeys(from, to, log.keys);
  readOrders?.(from, to, log.orders);
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
    const k = (i - from) * 4;
    const length = longer[i - from]!;
    if (length < 0) return 'an id with a zero byte';
    if (withOrders && orderLonger[i - from] !== 0) return 'an order id of more than 16 bytes';
    const k0 = keyWords[k]!, k1 = keyWords[k + 1]!, k2 = keyWords[k + 2]!, k3 = keyWords[k + 3]!;
    const row = i - chunkFrom;
    const cents = Math.round(amount * 100);
    if (length === 0 && cents / 100 === amount && cents > WIDE && cents <= 0x7fffffff) {
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
      if (withOrders) words.set(orderWords.subarray(k, k + 4), put + SLOT_WORDS);
      cursors[cursor + AT] = put + taken;
    } else {
      const order = withOrders ? orderWords.subarray(k, k + 4) : undefined;
      const bytes = length > 0 ? text!.data : new Uint8Array(keyWords.buffer, k * 4, 16);
      const begin = length > 0 ? text!.offsets[i]! : 0;
      const hash = length > 0 ? hashBytes(bytes, begin, begin + length) : hashWords(k0, k1, k2, k3);
      if (!writeWideRow(writer, hash >>> shift, hash, bytes, begin, begin + (length > 0 ? length : 16), amount, day, row, order)) return `an id of ${length} bytes`;
    }
  }
  Object.assign(counts, { rows, used, inOrder, firstPurchaseDay, lastPurchaseDay });
  return undefined;
}

function keyReader(ids: SharedIds): KeyReader {
  if (ids.kind === 'text') return textReader(new Uint8Array(ids.data), new Int32Array(ids.offsets));
  if (ids.kind === 'integer') {
    const data = new Int32Array(ids.data);
    return (from, to, { words }) => {
      for (let i = from; i < to; i++) {
        const k = (i - from) * 4;
        words[k] = INTEGER_KEY;
        words[k + 1] = data[i]!;
      }
    };
  }
  const data = new Float64Array(ids.data);
  const halves = new Int32Array(ids.data);
  return (from, to, { words }) => {
    for (let i = from; i < to; i++) {
      const k = (i - from) * 4;
      words[k] = NUMBER_KEY;
      // Minus zero is zero.
      words[k + 1] = data[i] === 0 ? 0 : halves[i * 2]!;
      words[k + 2] = data[i] === 0 ? 0 : halves[i * 2 + 1]!;
    }
  };
}

/** Ids as text: four bytes at a time by unaligned reads, the zero-byte test on all of them. */
function textReader(data: Uint8Array, offsets: Int32Array): KeyReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return (first, last, { words, longer }) => {
    for (let i = first; i < last; i++) {
      const from = offsets[i]!;
      const length = offsets[i + 1]! - from;
      const k = (i - first) * 4;
      if (length === 0 || length > 16 || from + 16 > data.length) {
        longer[i - first] = readBytes(data, from, length, words, k);
        continue;
      }
      let zeros = 0;
      for (let w = 0; w < 4; w++) {
        const left = length - w * 4;
        const outside = left >= 4 ? 0 : left <= 0 ? -1 : -1 << (left * 8);
        const word = view.getInt32(from + w * 4, true);
        const seen = word | outside;
        zeros |= (seen - 0x01010101) & ~seen & 0x80808080;
        words[k + w] = word & ~outside;
      }
      longer[i - first] = zeros === 0 ? 0 : -1;
    }
  };
}

/** The same for long ids, for those at the end of the text, and for none. */
function readBytes(data: Uint8Array, from: number, length: number, words: Int32Array, k: number): number {
  if (length === 0) return -1;
  for (let i = from; i < from + length; i++) if (data[i] === 0) return -1;
  if (length > 16) return length;
  words.fill(0, k, k + 4);
  for (let i = 0; i < length; i++) words[k + (i >> 2)]! |= data[from + i]! << ((i & 3) * 8);
  return 0;
}

/** Order ids: zeros where a row has none. */
function orderReader({ data, offsets, valid }: NonNullable<ColumnSource['order']>): KeyReader {
  const read = textReader(new Uint8Array(data), new Int32Array(offsets));
  const bits = valid === undefined ? undefined : new Uint8Array(valid);
  return (from, to, keys) => {
    read(from, to, keys);
    for (let i = from; bits !== undefined && i < to; i++) {
      if (((bits[i >> 3]! >> (i & 7)) & 1) === 1) continue;
      keys.words.fill(0, (i - from) * 4, (i - from) * 4 + 4);
      keys.longer[i - from] = 0;
    }
  };
}
