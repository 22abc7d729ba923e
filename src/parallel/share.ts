import type { Column } from '../columns/index.js';

/** Bytes copied before others may run: about 10 ms. */
const SLICE = 16 << 20;

/** A typed array in shared memory: itself where it is there already, else a copy made in slices. */
export async function shareArray<A extends Float64Array | Int32Array | Uint8Array>(array: A): Promise<A> {
  if (array.buffer instanceof SharedArrayBuffer && array.byteOffset === 0 && array.byteLength === array.buffer.byteLength) return array;
  const memory = new SharedArrayBuffer(array.byteLength);
  const from = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const into = new Uint8Array(memory);
  for (let at = 0; at < from.length; at += SLICE) {
    into.set(from.subarray(at, Math.min(from.length, at + SLICE)), at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return new (array.constructor as new (memory: SharedArrayBuffer) => A)(memory);
}

/** A column whose arrays are in shared memory, to be sent to a thread without a copy. */
export async function shareColumn(column: Column): Promise<Column> {
  const entries = await Promise.all(Object.entries(column).map(async ([key, value]: [string, unknown]) => [key, ArrayBuffer.isView(value) ? await shareArray(value as Uint8Array) : value] as const));
  return Object.fromEntries(entries) as unknown as Column;
}

/** Columns by name, all in shared memory. */
export async function shareColumns(columns: Iterable<readonly [string, Column]>): Promise<[string, Column][]> {
  const shared: [string, Column][] = [];
  for (const [name, column] of columns) shared.push([name, await shareColumn(column)]);
  return shared;
}
