import type { DirectIds } from './direct-ids.js';
import type { ScannedChunk, Scanner } from './job-steps.js';
import { integerKeys, newKeys, numberKeys, scanKeyedRows, type KeyedRows, type Keys } from './keyed-rows.js';
import { newCounts, type RowRules } from './scan-plain-rows.js';

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
  /** there where rows take narrow slots: customers are whole numbers, and orders are not counted */
  readonly narrow?: { readonly direct: DirectIds | undefined };
  /** rows that are there so far, where they are still being copied */
  readonly ready?: SharedArrayBuffer | undefined;
}

/** Rows whose keys are read before they are put into their partitions: they stay in the first-level cache. */
const BATCH = 512;

/** Reads the keys of the rows `from … to`. */
type KeyReader = (from: number, to: number, keys: Keys) => void;

/** Scans chunks of columns in memory. */
export function newColumnScanner(source: ColumnSource): Scanner {
  const { customer, order, rules, partitionBits } = source;
  const longKeys = customer.kind === 'text' ? new Uint8Array(customer.data) : new Uint8Array(0);
  const readKeys = keyReader(customer);
  const ready = source.ready === undefined ? undefined : new Int32Array(source.ready);
  const readOrders = order === undefined ? undefined : orderReader(order);
  const numbers = source.narrow === undefined ? undefined : { ids: new Int32Array(customer.data), direct: source.narrow.direct };
  const log: KeyedRows = { dates: new Int32Array(source.dates), amounts: new Float64Array(source.amounts), keys: newKeys(BATCH), orders: readOrders === undefined ? undefined : newKeys(BATCH), longKeys, numbers };
  return {
    // A long key and a wide amount take a slot more for every 24 bytes; those of a chunk cannot pass its text.
    worstSlots: source.rowsPerChunk * 3 + Math.ceil(longKeys.length / 12),
    scan: (chunk, writer, rowsOnDay) => {
      const from = chunk * source.rowsPerChunk;
      const to = Math.min(source.rows, from + source.rowsPerChunk);
      if (ready !== undefined) waitForRows(ready, to);
      const counts = newCounts();
      const scanned: ScannedChunk = { chunk, from, to, counts, refused: 0, noted: [], lines: 0, sawInstant: false };
      for (let begin = from; begin < to; begin += BATCH) {
        const end = Math.min(to, begin + BATCH);
        if (numbers === undefined) readKeys(begin, end, log.keys);
        readOrders?.(begin, end, log.orders!);
        const unfit = scanKeyedRows(log, begin, end, begin, from, rules, partitionBits, writer, counts, rowsOnDay);
        if (unfit !== undefined) return { ...scanned, unfit };
      }
      return scanned;
    },
    close: () => undefined,
  };
}

function waitForRows(ready: Int32Array, rows: number): void {
  for (let there = Atomics.load(ready, 0); there < rows; there = Atomics.load(ready, 0)) Atomics.wait(ready, 0, there);
}

function keyReader(ids: SharedIds): KeyReader {
  if (ids.kind === 'text') return textReader(new Uint8Array(ids.data), new Int32Array(ids.offsets));
  if (ids.kind === 'integer') {
    const data = new Int32Array(ids.data);
    return (from, to, keys) => integerKeys(data, from, to, keys);
  }
  const data = new Float64Array(ids.data);
  const halves = new Int32Array(ids.data);
  return (from, to, keys) => numberKeys(data, halves, from, to, keys);
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
  if (length > 16) {
    words[k] = from;
    return length;
  }
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
