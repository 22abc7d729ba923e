import { moneyOf } from '../transactions/index.js';
import { orderedShare, type Appearances } from './appearances.js';
import { copyKey } from './partition.js';
import { CODE_BITS, CODE_MASK, DATES, FIRST, FIRST_TOTAL, GAP_SQUARES, LAST, PURCHASES, RECORD_DOUBLES, RECORD_WORDS, TOTAL } from './record-layout.js';

/** The columns of the result, shared, for all threads to write. */
export interface PlacedColumns {
  readonly first: SharedArrayBuffer;
  readonly last: SharedArrayBuffer;
  readonly frequency: SharedArrayBuffer;
  readonly repeats: SharedArrayBuffer;
  readonly recency: SharedArrayBuffer;
  readonly tenure: SharedArrayBuffer;
  readonly span: SharedArrayBuffer;
  readonly monetary: SharedArrayBuffer;
  readonly meanRepeatSpend: SharedArrayBuffer;
  readonly gapMean: SharedArrayBuffer;
  readonly gapSd: SharedArrayBuffer;
  /** where each key begins; one more than customers */
  readonly offsets: SharedArrayBuffer;
  /** bytes of keys; for ids that are numbers, 32-bit integers or doubles */
  readonly keys: SharedArrayBuffer;
  readonly ids: 'text' | 'integer' | 'number';
}

/** A partition's records, as any thread may read them. */
export interface PlacedPartition {
  readonly partition: number;
  readonly records: SharedArrayBuffer;
  /** distinct orders per customer; empty in a log without order ids */
  readonly orders: SharedArrayBuffer;
  /** money that is no whole cents, in all and after the first purchase date; empty when there is none */
  readonly rest: SharedArrayBuffer;
  readonly longKeys: SharedArrayBuffer;
}

/** What placing needs. */
export interface PlaceOrder {
  readonly columns: PlacedColumns;
  readonly partitions: readonly PlacedPartition[];
  readonly appearances: readonly Appearances[];
  readonly asOf: number;
  /** what frequency counts */
  readonly counting: 'orders' | 'days' | 'rows';
  readonly meanMoney: boolean;
}

/**
 * Write one thread's share of the columns, by place; the measures are those of `summarize`, step by step.
 *
 * Records are read in random order, one cache line each, and columns written in order (writing columns in random order,
 * twelve misses a customer, took 245 ms a million against 60). All in one loop, which the engine compiles once: with
 * customers in turns of a stretch it did so two or three times, 22 ms longer.
 *
 * @returns nothing of use: bits of the records touched ahead, lest the compiler leave the touching out
 */
export function placeCustomers({ columns, partitions, appearances, asOf, counting, meanMoney }: PlaceOrder, thread: number, threads: number): number {
  const first = new Int32Array(columns.first), last = new Int32Array(columns.last), frequency = new Int32Array(columns.frequency), repeats = new Int32Array(columns.repeats);
  const recency = new Float64Array(columns.recency), tenure = new Float64Array(columns.tenure), span = new Float64Array(columns.span), monetary = new Float64Array(columns.monetary);
  const meanRepeatSpend = new Float64Array(columns.meanRepeatSpend), gapMean = new Float64Array(columns.gapMean), gapSd = new Float64Array(columns.gapSd);
  const offsets = new Int32Array(columns.offsets);
  const keys = new Uint8Array(columns.keys);
  const numbers = new Int32Array(columns.ids === 'text' ? new SharedArrayBuffer(0) : columns.keys);
  const words: Int32Array[] = [];
  const doubles: Float64Array[] = [];
  const longKeys: Uint8Array[] = [];
  const counted: Int32Array[] = [];
  const rests: Float64Array[] = [];
  for (const { partition, records, orders, rest, longKeys: long } of partitions) {
    rests[partition] = new Float64Array(rest);
    counted[partition] = new Int32Array(orders);
    words[partition] = new Int32Array(records);
    doubles[partition] = new Float64Array(records);
    longKeys[partition] = new Uint8Array(long);
  }
  const { at, place, keysFrom } = orderedShare(appearances, thread, threads);

  let touchedTo = 0;
  let touched = 0;
  let key = keysFrom;
  for (let i = 0; i < at.length; i++) {
    if (i === touchedTo) {
      // Records of the next customers are asked for together, so that their misses overlap: 340 ms a million against 170.
      touchedTo = Math.min(at.length, i + 64);
      for (let j = i; j < touchedTo; j++) touched ^= words[at[j]! >>> CODE_BITS]![(at[j]! & CODE_MASK) * RECORD_WORDS]!;
    }
    const p = at[i]! >>> CODE_BITS;
    const code = at[i]! & CODE_MASK;
    const k = place + i;
    const records = words[p]!;
    const sums = doubles[p]!;
    const c = code * RECORD_WORDS;
    const s = code * RECORD_DOUBLES;
    const gaps = records[c + DATES]! - 1;
    const firstDay = records[c + FIRST]!;
    const lastDay = records[c + LAST]!;
    const days = lastDay - firstDay;
    const orders = counting === 'days' ? gaps + 1 : counting === 'orders' ? counted[p]![code]! : records[c + PURCHASES]!;
    first[k] = firstDay;
    last[k] = lastDay;
    recency[k] = asOf - lastDay;
    tenure[k] = asOf - firstDay;
    span[k] = days;
    frequency[k] = orders;
    repeats[k] = gaps;
    const rest = rests[p]!;
    const total = moneyOf(sums[s + TOTAL]!, rest.length === 0 ? 0 : rest[code * 2]!);
    monetary[k] = meanMoney ? total / orders : total;
    meanRepeatSpend[k] = gaps === 0 ? 0 : moneyOf(sums[s + TOTAL]! - sums[s + FIRST_TOTAL]!, rest.length === 0 ? 0 : rest[code * 2 + 1]!) / gaps;
    gapMean[k] = gaps === 0 ? NaN : days / gaps;
    gapSd[k] = gaps < 2 ? NaN : Math.sqrt((gaps * sums[s + GAP_SQUARES]! - days * days) / (gaps * (gaps - 1)));
    if (columns.ids === 'text') offsets[k + 1] = key = copyKey(records, c, longKeys[p]!, keys, key);
    else if (columns.ids === 'integer') numbers[k] = records[c + 1]!;
    else {
      numbers[k * 2] = records[c + 1]!;
      numbers[k * 2 + 1] = records[c + 2]!;
    }
  }
  return touched;
}
