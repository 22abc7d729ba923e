import type { Column, TextColumn } from './column.js';
import { isPresent } from './column.js';

/** Rows of a column at the given indices, in that order; an index of -1 gives a missing value. */
export function takeColumn(column: Column, indices: ArrayLike<number>): Column {
  if (column.type === 'text') return takeText(column, indices);
  const n = indices.length;
  switch (column.type) {
    case 'number': {
      const data = new Float64Array(n);
      for (let k = 0; k < n; k++) data[k] = indices[k] === -1 ? NaN : column.data[indices[k]!]!;
      return { type: 'number', data };
    }
    case 'category': {
      const data = new Int32Array(n);
      for (let k = 0; k < n; k++) data[k] = indices[k] === -1 ? -1 : column.data[indices[k]!]!;
      return { type: 'category', data, values: column.values };
    }
    case 'flag': {
      const data = new Uint8Array(n);
      for (let k = 0; k < n; k++) data[k] = column.data[indices[k]!]!;
      return withValid({ type: 'flag', data }, takeValid(column, indices));
    }
    case 'integer':
    case 'date': {
      const data = new Int32Array(n);
      for (let k = 0; k < n; k++) data[k] = column.data[indices[k]!]!;
      const taken = column.type === 'integer' ? { type: 'integer', data } as const : { type: 'date', data, ...(column.unit === undefined ? {} : { unit: column.unit }) } as const;
      return withValid(taken, takeValid(column, indices));
    }
  }
}

/** Numbers at the given indices, in that order. */
export function takeNumbers(values: Float64Array, indices: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(indices.length);
  for (let k = 0; k < taken.length; k++) taken[k] = values[indices[k]!]!;
  return taken;
}

function takeText(column: TextColumn, indices: ArrayLike<number>): TextColumn {
  const n = indices.length;
  const offsets = new Int32Array(n + 1);
  for (let k = 0; k < n; k++) {
    const i = indices[k]!;
    offsets[k + 1] = offsets[k]! + (i === -1 ? 0 : column.offsets[i + 1]! - column.offsets[i]!);
  }
  const data = new Uint8Array(offsets[n]!);
  for (let k = 0; k < n; k++) {
    const from = column.offsets[indices[k]!]!;
    const at = offsets[k]!;
    const length = offsets[k + 1]! - at;
    for (let b = 0; b < length; b++) data[at + b] = column.data[from + b]!;
  }
  return withValid({ type: 'text', data, offsets }, takeValid(column, indices));
}

function takeValid(column: Column, indices: ArrayLike<number>): Uint8Array | undefined {
  if ((!('valid' in column) || column.valid === undefined) && !hasMissing(indices)) return undefined;
  const valid = new Uint8Array((indices.length + 7) >> 3);
  let present = 0;
  for (let k = 0; k < indices.length; k++) {
    if (indices[k] === -1 || !isPresent(column, indices[k]!)) continue;
    valid[k >> 3]! |= 1 << (k & 7);
    present++;
  }
  return present === indices.length ? undefined : valid;
}

function hasMissing(indices: ArrayLike<number>): boolean {
  for (let k = 0; k < indices.length; k++) if (indices[k] === -1) return true;
  return false;
}

function withValid<C extends Column>(column: C, valid: Uint8Array | undefined): C {
  return valid === undefined ? column : { ...column, valid };
}
