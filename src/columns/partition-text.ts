import { isPresent, type TextColumn } from './column.js';

/** Longest text, in bytes, that is grouped as four words. */
const SHORT_TEXT = 16;

/** Fewest rows for which partitions pay, and most for which their records, up to 32 bytes a row, are a fair price. */
const MANY = 1 << 16;
const MOST = 1 << 26;

/** Rows of short texts dealt out by partition, equal texts in one. */
export interface PartitionedRows {
  /** one record a row, of `words` words: its number first; partition after partition, rows ascending within each; rows without a value have none */
  readonly records: Int32Array<ArrayBuffer>;
  readonly words: number;
  /** word at which the text begins, and whether it has four words or two */
  readonly key: number;
  readonly wide: boolean;
  /** first record of each partition, and the end of the last */
  readonly starts: Int32Array;
}

/** A partition whose rows are grouped, while it still lies in the second-level cache. Groups are numbered partition by partition. */
export interface GroupedPartition {
  /** its records */
  readonly from: number;
  readonly to: number;
  /** group of each of them, less `base`; used again for the next partition */
  readonly groups: Int32Array;
  /** number of its first group, and how many rows each of its groups has, likewise used again */
  readonly base: number;
  readonly count: number;
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
 * Deal out a long column of short texts by hash, to be grouped by {@link groupPartitions}.
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
  const parts = { records, words, key, wide, starts };
  deal(column, counted.partition, parts, carried);
  return parts;
}

/** Which partition each row goes to (missing ones to none), and where the partitions start. */
function countPartitions(column: TextColumn, bits: number): { partition: Int16Array; starts: Int32Array; wide: boolean } | undefined {
  const { data, offsets } = column;
  const rows = offsets.length - 1;
  const partition = new Int16Array(rows);
  const starts = new Int32Array((1 << bits) + 1);
  const view = viewOf(data);
  const key = new Int32Array(4);
  const safe = data.length - SHORT_TEXT;
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
    let hash: number;
    if (length <= 8 && from <= safe) hash = hashKey(view.getInt32(from, true) & MASKS[length * 4]!, view.getInt32(from + 4, true) & MASKS[length * 4 + 1]!, 0, 0);
    else {
      readKey(view, from, length, key);
      hash = hashKey(key[0]!, key[1]!, key[2]!, key[3]!);
    }
    const p = hash >>> (32 - bits);
    partition[i] = p;
    starts[p + 1]!++;
  }
  for (let p = 0; p < 1 << bits; p++) starts[p + 1]! += starts[p]!;
  return { partition, starts, wide };
}

/** Each row as a record in its partition: number, measures, text. */
function deal({ data, offsets }: TextColumn, partition: Int16Array, { records, words, key, wide, starts }: PartitionedRows, carried: Carried | undefined): void {
  const next = starts.slice();
  const view = viewOf(data);
  const reals = carried === undefined ? new Float64Array(0) : new Float64Array(records.buffer);
  const { integers, doubles } = carried ?? { integers: next, doubles: reals };
  const carries = carried !== undefined;
  const text = new Int32Array(4);
  // Texts of two words are read by two; behind the last of these, and of wide ones, the column ends.
  const last = wide ? -1 : data.length - 8;
  for (let i = 0; i < partition.length; i++) {
    const p = partition[i]!;
    if (p < 0) continue;
    const from = offsets[i]!, length = offsets[i + 1]! - from;
    const at = next[p]!++ * words;
    records[at] = i;
    if (from <= last) {
      records[at + key] = view.getInt32(from, true) & MASKS[length * 4]!;
      records[at + key + 1] = view.getInt32(from + 4, true) & MASKS[length * 4 + 1]!;
    } else {
      readKey(view, from, length, text);
      records[at + key] = text[0]!;
      records[at + key + 1] = text[1]!;
    }
    if (wide) {
      records[at + key + 2] = text[2]!;
      records[at + key + 3] = text[3]!;
    }
    if (!carries) continue;
    records[at + CARRIED.integer] = integers[i]!;
    reals[(at + CARRIED.double) >> 1] = doubles[i]!;
  }
}

/**
 * Group the rows of each partition, and hand each over as soon as it is.
 *
 * @returns how many groups there are, and the first row and number of rows of each
 */
export function groupPartitions(parts: PartitionedRows, visit: (partition: GroupedPartition) => void): { count: number; firstRow: Int32Array; sizes: Int32Array } {
  const { records, words, starts } = parts;
  let most = 0;
  for (let p = 0; p + 1 < starts.length; p++) most = Math.max(most, starts[p + 1]! - starts[p]!);
  const groups = new Int32Array(most), own = new Int32Array(most), ownFirst = new Int32Array(most);
  let firstRow = new Int32Array(1024), sizes = new Int32Array(1024);
  let table = new Int32Array(4096);                                     // pairs of group + 1 and hash, open addressing
  let base = 0;
  for (let p = 0; p + 1 < starts.length; p++) {
    const [from, to] = [starts[p]!, starts[p + 1]!];
    own.fill(0, 0, to - from);
    const found = groupPartition(parts, from, to, { groups, first: ownFirst, sizes: own, table });
    ({ table } = found);
    const { count } = found;
    while (base + count > sizes.length) {
      firstRow = doubled(firstRow);
      sizes = doubled(sizes);
    }
    for (let g = 0; g < count; g++) {
      firstRow[base + g] = records[ownFirst[g]! * words]!;
      sizes[base + g] = own[g]!;
    }
    visit({ from, to, groups, base, count, sizes: own });
    base += count;
  }
  return { count: base, firstRow: firstRow.subarray(0, base), sizes: sizes.subarray(0, base) };
}

/** What one partition fills: the group of each record, first record and size of each group, and the table it is looked up in. */
interface PartitionGroups {
  readonly groups: Int32Array;
  readonly first: Int32Array;
  readonly sizes: Int32Array;
  readonly table: Int32Array<ArrayBuffer>;
}

function groupPartition({ records, words, key, wide }: PartitionedRows, from: number, to: number, { groups, first, sizes, table: lent }: PartitionGroups): { count: number; table: Int32Array<ArrayBuffer> } {
  let table = lent;
  table.fill(0);
  let mask = table.length / 2 - 1;
  let count = 0;
  for (let e = from; e < to; e++) {
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
      first[group] = e;
      if (count * 2 > mask) {
        table = rehashed(table);
        mask = table.length / 2 - 1;
      }
    }
    sizes[group]!++;
    groups[e - from] = group;
  }
  return { count, table };
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
