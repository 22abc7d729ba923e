import { ClienteleError } from '../core/index.js';
import { isPresent, type CategoryColumn, type Column, type TextColumn } from './column.js';
import { numberByRow } from './number-by-row.js';
import { partitionText, type PartitionedRows } from './partition-text.js';

/** Rows grouped by equal values, groups numbered in order of first appearance. */
export interface Groups {
  /** group of each row, -1 where the value is missing */
  readonly codes: Int32Array;
  readonly count: number;
  /** first row of each group, length `count` */
  readonly firstRow: Int32Array;
}

/**
 * Group the rows of a column by equal values: text by its bytes, numbers by value.
 *
 * @throws ClienteleError `VALUE_INVALID` for a column type that identifies nothing (flags, dates)
 *
 * Method: open addressing at a load under one half, hashes kept to spare comparisons; many short texts by partitions. O(n).
 */
export function groupRows(column: Column): Groups {
  switch (column.type) {
    case 'text':
      return groupText(column);
    case 'category':
      return groupCodes(column);
    case 'integer':
    case 'number':
      return groupNumbers(column);
    default:
      throw new ClienteleError('VALUE_INVALID', { where: 'groupRows' }, `a ${column.type} column cannot be grouped.`, 'Use text, category or whole numbers.');
  }
}

/** Growing open-addressed table of group numbers; the caller compares keys. */
interface Slots {
  table: Int32Array;
  mask: number;
}

function groupPartitioned({ records, words, groups, count, firstRow }: PartitionedRows, numRows: number): Groups {
  const number = numberByRow(firstRow, numRows);
  const codes = new Int32Array(numRows).fill(-1);
  for (let e = 0; e < groups.length; e++) codes[records[e * words]!] = number[groups[e]!]!;
  const first = new Int32Array(count);
  for (let g = 0; g < count; g++) first[number[g]!] = firstRow[g]!;
  return { codes, count, firstRow: first };
}

function groupText(column: TextColumn): Groups {
  const { data, offsets } = column;
  const rows = offsets.length - 1;
  const parts = partitionText(column);
  if (parts !== undefined) return groupPartitioned(parts, rows);
  const codes = new Int32Array(rows);
  let slots = emptySlots(1024);
  let hashes = new Int32Array(512);
  let firstRow = new Int32Array(512);
  let count = 0;

  for (let i = 0; i < rows; i++) {
    if (column.valid !== undefined && !isPresent(column, i)) {
      codes[i] = -1;
      continue;
    }
    const from = offsets[i]!;
    const to = offsets[i + 1]!;
    const hash = hashBytes(data, from, to);
    let slot = hash & slots.mask;
    let group: number;
    for (;;) {
      group = slots.table[slot]! - 1;
      if (group < 0 || (hashes[group] === hash && sameBytes(data, from, to, offsets[firstRow[group]!]!, offsets[firstRow[group]! + 1]!))) break;
      slot = (slot + 1) & slots.mask;
    }
    if (group < 0) {
      group = count++;
      if (group >= hashes.length) {
        hashes = doubled(hashes);
        firstRow = doubled(firstRow);
      }
      hashes[group] = hash;
      firstRow[group] = i;
      slots.table[slot] = count;
      if (count * 2 > slots.mask) slots = refilled(hashes, count);
    }
    codes[i] = group;
  }
  return { codes, count, firstRow: firstRow.slice(0, count) };
}

function groupNumbers(column: Extract<Column, { type: 'number' | 'integer' }>): Groups {
  const values = column.data;
  const rows = values.length;
  const codes = new Int32Array(rows);
  let slots = emptySlots(1024);
  let hashes = new Int32Array(512);
  let firstRow = new Int32Array(512);
  let count = 0;

  for (let i = 0; i < rows; i++) {
    if (!isPresent(column, i)) {
      codes[i] = -1;
      continue;
    }
    const value = values[i]!;
    const hash = hashNumber(value);
    let slot = hash & slots.mask;
    let group: number;
    for (;;) {
      group = slots.table[slot]! - 1;
      if (group < 0 || values[firstRow[group]!] === value) break;
      slot = (slot + 1) & slots.mask;
    }
    if (group < 0) {
      group = count++;
      if (group >= hashes.length) {
        hashes = doubled(hashes);
        firstRow = doubled(firstRow);
      }
      hashes[group] = hash;
      firstRow[group] = i;
      slots.table[slot] = count;
      if (count * 2 > slots.mask) slots = refilled(hashes, count);
    }
    codes[i] = group;
  }
  return { codes, count, firstRow: firstRow.slice(0, count) };
}

/** A dictionary is used as it is: codes are only renumbered by first appearance, equal values made one. */
function groupCodes(column: CategoryColumn): Groups {
  const same = new Map<string, number>();
  const canonical = Int32Array.from(column.values, (value, code) => {
    const known = same.get(value);
    if (known === undefined) same.set(value, code);
    return known ?? code;
  });
  const groupOf = new Int32Array(column.values.length).fill(-1);
  const codes = new Int32Array(column.data.length);
  const firstRow = new Int32Array(same.size);
  let count = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = column.data[i]!;
    if (code < 0) {
      codes[i] = -1;
      continue;
    }
    const value = canonical[code];
    if (value === undefined) {
      throw new ClienteleError('VALUE_INVALID', { where: 'groupRows', row: i, value: String(code) }, `row ${i} has code ${code}, but there are ${column.values.length} values.`, 'Give codes -1 (missing) to values.length - 1.');
    }
    let group = groupOf[value]!;
    if (group < 0) {
      group = groupOf[value] = count++;
      firstRow[group] = i;
    }
    codes[i] = group;
  }
  return { codes, count, firstRow: firstRow.slice(0, count) };
}

/** Hash of bytes, 32 bits, never relied on for equality (FNV-1a steps, then the murmur3 finalizer). */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  return finish(h);
}

function hashNumber(value: number): number {
  const low = value | 0;
  return finish(Math.imul(low, 0x9e3779b1) ^ (value === low ? 0 : Math.imul((value / 4294967296) | 0, 0x85ebca6b)));
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function sameBytes(data: Uint8Array, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let i = from, j = otherFrom; i < to; i++, j++) if (data[i] !== data[j]) return false;
  return true;
}

function emptySlots(length: number): Slots {
  return { table: new Int32Array(length), mask: length - 1 };
}

function refilled(hashes: Int32Array, count: number): Slots {
  let length = 1024;
  while (length < count * 4) length *= 2;
  const slots = emptySlots(length);
  for (let group = 0; group < count; group++) {
    let slot = hashes[group]! & slots.mask;
    while (slots.table[slot] !== 0) slot = (slot + 1) & slots.mask;
    slots.table[slot] = group + 1;
  }
  return slots;
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
