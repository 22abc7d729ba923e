import { ClienteleError } from '../core/index.js';
import { isPresent, type CategoryColumn, type Column, type IntegerColumn, type NumberColumn, type TextColumn } from './column.js';
import { numberByRow } from './number-by-row.js';
import { groupPartitions, partitionText, type PartitionedRows } from './partition-text.js';

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
 * Method: whole numbers that lie close together have a place each, many short texts are dealt out by partitions; all else open
 * addressing at a load under one half, the hash kept beside the group's number to spare looks at the rows. O(n).
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

/** Growing open-addressed table: group number + 1 (0 is free) and hash side by side. */
interface Slots {
  cells: Int32Array;
  mask: number;
}

function groupPartitioned(parts: PartitionedRows, numRows: number): Groups {
  const { records, words, starts } = parts;
  const group = new Int32Array(starts[starts.length - 1]!);
  const { count, firstRow } = groupPartitions(parts, ({ from, to, groups, base }) => {
    for (let e = from; e < to; e++) group[e] = base + groups[e - from]!;
  });
  const number = numberByRow(firstRow, numRows);
  const codes = new Int32Array(numRows).fill(-1);
  for (let e = 0; e < group.length; e++) codes[records[e * words]!] = number[group[e]!]!;
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
  let { cells, mask } = emptySlots(1024);
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
    let slot = hash & mask;
    let group: number;
    for (;;) {
      group = cells[2 * slot]! - 1;
      if (group < 0 || (cells[2 * slot + 1] === hash && sameBytes(data, from, to, offsets[firstRow[group]!]!, offsets[firstRow[group]! + 1]!))) break;
      slot = (slot + 1) & mask;
    }
    if (group < 0) {
      group = count++;
      if (group >= firstRow.length) firstRow = doubled(firstRow);
      firstRow[group] = i;
      cells[2 * slot] = count;
      cells[2 * slot + 1] = hash;
      if (count * 2 > mask) ({ cells, mask } = refilled(cells, count));
    }
    codes[i] = group;
  }
  return { codes, count, firstRow: firstRow.slice(0, count) };
}

function groupNumbers(column: NumberColumn | IntegerColumn): Groups {
  const range = closeRange(column);
  return range === undefined ? groupAnyNumbers(column) : groupCloseNumbers(column, range.least, range.span);
}

/** The least value and how many there may be up to the most, where all are whole and that is not many more than the rows. */
export function closeRange(column: NumberColumn | IntegerColumn): { least: number; span: number } | undefined {
  const { least, most } = column.type === 'integer' ? integerRange(column.data) : wholeRange(column.data);
  const span = most - least + 1;
  return span >= 1 && span <= 4 * column.data.length ? { least, span } : undefined;
}

/** NaN where a number has a fraction. */
function wholeRange(data: Float64Array): { least: number; most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value !== Math.floor(value) && value === value) return { least: NaN, most: NaN };
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/** 10 M in 7 ms, against 25 as numbers. */
function integerRange(data: Int32Array): { least: number; most: number } {
  let least = 0x7fffffff;
  let most = -0x80000000;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/** A place for each value there may be. */
function groupCloseNumbers(column: NumberColumn | IntegerColumn, least: number, span: number): Groups {
  const { data } = column;
  const gaps = column.type === 'number' || column.valid !== undefined;
  const codes = new Int32Array(data.length);
  const groupOf = new Int32Array(span);        // group number + 1, 0 for none yet
  const firstRow = new Int32Array(Math.min(span, data.length));
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (gaps && !isPresent(column, i)) {
      codes[i] = -1;
      continue;
    }
    const place = data[i]! - least;
    let group = groupOf[place]! - 1;
    if (group < 0) {
      group = count++;
      groupOf[place] = count;
      firstRow[group] = i;
    }
    codes[i] = group;
  }
  return { codes, count, firstRow: firstRow.slice(0, count) };
}

function groupAnyNumbers(column: NumberColumn | IntegerColumn): Groups {
  const values = column.data;
  const codes = new Int32Array(values.length);
  let { cells, mask } = emptySlots(1024);
  let firstRow = new Int32Array(512);
  let count = 0;

  for (let i = 0; i < values.length; i++) {
    if (!isPresent(column, i)) {
      codes[i] = -1;
      continue;
    }
    const value = values[i]!;
    const hash = hashNumber(value);
    let slot = hash & mask;
    let group: number;
    for (;;) {
      group = cells[2 * slot]! - 1;
      if (group < 0 || (cells[2 * slot + 1] === hash && values[firstRow[group]!] === value)) break;
      slot = (slot + 1) & mask;
    }
    if (group < 0) {
      group = count++;
      if (group >= firstRow.length) firstRow = doubled(firstRow);
      firstRow[group] = i;
      cells[2 * slot] = count;
      cells[2 * slot + 1] = hash;
      if (count * 2 > mask) ({ cells, mask } = refilled(cells, count));
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
  return { cells: new Int32Array(2 * length), mask: length - 1 };
}

/** A table four times as large as there are groups, with those of the old one. */
function refilled(old: Int32Array, count: number): Slots {
  let length = 1024;
  while (length < count * 4) length *= 2;
  const { cells, mask } = emptySlots(length);
  for (let at = 0; at < old.length; at += 2) {
    if (old[at] === 0) continue;
    let slot = old[at + 1]! & mask;
    while (cells[2 * slot] !== 0) slot = (slot + 1) & mask;
    cells[2 * slot] = old[at]!;
    cells[2 * slot + 1] = old[at + 1]!;
  }
  return { cells, mask };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
