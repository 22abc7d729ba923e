import { isPresent, type TextColumn } from './column.js';

/** Longest text, in bytes, that is grouped as four words. */
const SHORT_TEXT = 16;

/** Fewest rows for which partitions pay, and most for which their records, up to 32 bytes a row, are a fair price. */
const MANY = 1 << 16;
const MOST = 1 << 26;

/** Rows of short texts dealt out by partition, equal texts in one, and the group of each. Groups are numbered partition by partition. */
export interface PartitionedRows {
  /** one record a row, of `words` words: its number first; partition after partition, rows ascending within each; rows without a value have none */
  readonly records: Int32Array<ArrayBuffer>;
  readonly words: number;
  /** group of each record */
  readonly groups: Int32Array;
  readonly count: number;
  /** first row and number of rows of each group */
  readonly firstRow: Int32Array;
  readonly sizes: Int32Array;
}

/** Measures of each row. */
interface Carried {
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
}

/** Words of a record where measures are carried along: an integer, and a double on an even word. */
export const CARRIED = { integer: 1, double: 2 } as const;

/**
 * Group a long column of short texts by hash partitions.
 *
 * One table over a million texts misses every cache on every row (some 800 ns). Rows are therefore first dealt out by
 * the top bits of their hash, words of the text beside them, and each partition is grouped by itself in a table that
 * stays in the second-level cache.
 *
 * @param carried measures of each row to stand in its record
 * @returns undefined for fewer than 65,536 or more than 67 M rows, and where a text is over 16 bytes long or ends in a zero byte, which
 *   zero-filled words cannot tell
 *
 * Method: radix-partitioned hashing (Manegold, Boncz & Kersten 2002). O(rows).
 */
export function partitionText(column: TextColumn, carried?: Carried): PartitionedRows | undefined {
  const rows = column.offsets.length - 1;
  if (rows < MANY || rows > MOST) return undefined;
  const bits = Math.min(11, Math.max(1, Math.ceil(Math.log2(rows / 32768))));
  const counted = countPartitions(column, bits);
  if (counted === undefined) return undefined;
  const { starts, wide } = counted;
  const key = carried === undefined ? 1 : 4;
  const words = key + (wide ? 4 : 2);
  const records = new Int32Array(starts[1 << bits]! * words);
  deal(column, counted.partition, starts.slice(), { records, words, key }, carried);
  return groupPartitions({ records, words, key }, starts);
}

/** Records, and where in each the words of the text begin. */
interface Records {
  readonly records: Int32Array<ArrayBuffer>;
  readonly words: number;
  readonly key: number;
}

/** Which partition each row goes to (missing ones to none), and where the partitions start. */
function countPartitions(column: TextColumn, bits: number): { partition: Int16Array; starts: Int32Array; wide: boolean } | undefined {
  const { data, offsets } = column;
  const rows = offsets.length - 1;
  const partition = new Int16Array(rows);
  const starts = new Int32Array((1 << bits) + 1);
  const view = viewOf(data);
  const key = new Int32Array(4);
  const checked = column.valid !== undefined;
  let wide = false;
  for (let i = 0; i < rows; i++) {
    if (checked && !isPresent(column, i)) {
      partition[i] = -1;
      continue;
    }
    const from = offsets[i]!, length = offsets[i + 1]! - from;
    if (length > SHORT_TEXT || (length > 0 && data[from + length - 1] === 0)) return undefined;
    if (length > 8) wide = true;
    readKey(view, from, length, key);
    const p = hashKey(key[0]!, key[1]!, key[2]!, key[3]!) >>> (32 - bits);
    partition[i] = p;
    starts[p + 1]!++;
  }
  for (let p = 0; p < 1 << bits; p++) starts[p + 1]! += starts[p]!;
  return { partition, starts, wide };
}

/** Each row as a record in its partition: number, measures, text. */
function deal({ data, offsets }: TextColumn, partition: Int16Array, next: Int32Array, { records, words, key }: Records, carried: Carried | undefined): void {
  const view = viewOf(data);
  const reals = carried === undefined ? new Float64Array(0) : new Float64Array(records.buffer);
  const { integers, doubles } = carried ?? { integers: next, doubles: reals };
  const carries = carried !== undefined;
  const text = new Int32Array(4);
  const wide = words - key === 4;
  for (let i = 0; i < partition.length; i++) {
    const p = partition[i]!;
    if (p < 0) continue;
    const from = offsets[i]!;
    readKey(view, from, offsets[i + 1]! - from, text);
    const at = next[p]!++ * words;
    records[at] = i;
    records[at + key] = text[0]!;
    records[at + key + 1] = text[1]!;
    if (wide) {
      records[at + key + 2] = text[2]!;
      records[at + key + 3] = text[3]!;
    }
    if (!carries) continue;
    records[at + CARRIED.integer] = integers[i]!;
    reals[(at + CARRIED.double) >> 1] = doubles[i]!;
  }
}

function groupPartitions({ records, words, key }: Records, starts: Int32Array): PartitionedRows {
  const wide = words - key === 4;
  const groups = new Int32Array(starts[starts.length - 1]!);
  let first = new Int32Array(1024), sizes = new Int32Array(1024);       // record of each group's first row
  let table = new Int32Array(4096);                                     // pairs of group + 1 and hash, open addressing
  let count = 0;
  for (let p = 0; p + 1 < starts.length; p++) {
    const base = count;
    table.fill(0);
    let mask = table.length / 2 - 1;
    for (let e = starts[p]!; e < starts[p + 1]!; e++) {
      const at = e * words + key;
      const k0 = records[at]!, k1 = records[at + 1]!, k2 = wide ? records[at + 2]! : 0, k3 = wide ? records[at + 3]! : 0;
      const hash = hashKey(k0, k1, k2, k3);
      let slot = hash & mask;
      let group: number;
      for (;;) {
        group = table[slot * 2]! - 1;
        if (group < 0) break;
        if (table[slot * 2 + 1] === hash) {
          const known = first[group]! * words + key;
          if (records[known] === k0 && records[known + 1] === k1 && (!wide || (records[known + 2] === k2 && records[known + 3] === k3))) break;
        }
        slot = (slot + 1) & mask;
      }
      if (group < 0) {
        group = count++;
        table[slot * 2] = count;
        table[slot * 2 + 1] = hash;
        if (group === first.length) {
          first = doubled(first);
          sizes = doubled(sizes);
        }
        first[group] = e;
        if ((count - base) * 2 > mask) {
          table = rehashed(table);
          mask = table.length / 2 - 1;
        }
      }
      sizes[group]!++;
      groups[e] = group;
    }
  }
  return { records, words, groups, count, sizes, firstRow: first.subarray(0, count).map((e) => records[e * words]!) };
}

function rehashed(table: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(table.length * 2);
  const mask = table.length - 1;
  for (let at = 0; at < table.length; at += 2) {
    if (table[at] === 0) continue;
    let slot = table[at + 1]! & mask;
    while (larger[slot * 2] !== 0) slot = (slot + 1) & mask;
    larger[slot * 2] = table[at]!;
    larger[slot * 2 + 1] = table[at + 1]!;
  }
  return larger;
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** For a text of `length` bytes, which bits of its four words belong to it: four words a length. */
const MASKS = Int32Array.from({ length: (SHORT_TEXT + 1) * 4 }, (_, at) => {
  const bytes = Math.min(4, Math.max(0, (at >> 2) - 4 * (at & 3)));
  return bytes === 4 ? -1 : 2 ** (8 * bytes) - 1;
});

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** The text as four words, zero-filled. */
function readKey(view: DataView, from: number, length: number, key: Int32Array): void {
  if (from + SHORT_TEXT <= view.byteLength) {
    const mask = length * 4;
    key[0] = view.getInt32(from, true) & MASKS[mask]!;
    key[1] = view.getInt32(from + 4, true) & MASKS[mask + 1]!;
    key[2] = view.getInt32(from + 8, true) & MASKS[mask + 2]!;
    key[3] = view.getInt32(from + 12, true) & MASKS[mask + 3]!;
    return;
  }
  // The last few rows: no 16 bytes are left to read.
  key.fill(0);
  for (let b = 0; b < length; b++) key[b >> 2]! |= view.getUint8(from + b) << (8 * (b & 3));
}

/** Hash of four words, never relied on for equality; the top bits choose a partition, the low ones a slot. */
function hashKey(k0: number, k1: number, k2: number, k3: number): number {
  let h = Math.imul(k0 ^ Math.imul(k1, 0x85ebca6b), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ k2, 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 13) ^ k3, 0x297a2d39);
  return h ^ (h >>> 16);
}
