import { optionInvalid } from '../core/index.js';
import type { Column, Table } from '../columns/index.js';
import type { Customers } from '../transactions/index.js';
import type { SentTable } from './sent-tables.js';

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

/** A table, or customers with what they know of themselves, all columns in shared memory. */
export async function shareTable(table: Table): Promise<SentTable> {
  return { columns: await shareColumns(table.entries()), customers: isCustomers(table) ? { meta: table.meta, diagnostics: table.diagnostics } : undefined };
}

function isCustomers(table: Table): table is Customers {
  return 'meta' in table && 'diagnostics' in table;
}

/**
 * Refuse options that no thread can be sent, such as functions.
 *
 * @throws ClienteleError `OPTION_INVALID` naming the first
 */
export function checkSendable(where: string, options: object): void {
  for (const [option, value] of Object.entries(options)) {
    try {
      structuredClone(value);
    } catch {
      throw optionInvalid(where, option, typeof value === 'function' ? 'a function' : value, `A thread can only be sent plain data: leave it out, or use ${where.replace(/Parallel$/, '')}.`);
    }
  }
}
