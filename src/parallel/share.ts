import { optionInvalid } from '../core/index.js';
import type { Column, Table } from '../columns/index.js';
import type { Customers } from '../transactions/index.js';
import { memoryFor } from './crew.js';
import type { SentTable } from './sent-tables.js';

/** Bytes copied before others may run: about 10 ms. */
const SLICE = 16 << 20;

/** A typed array in shared memory: itself where it is there already, else a copy made in slices. */
export async function shareArray<A extends Float64Array | Int32Array | Uint8Array>(array: A): Promise<A> {
  if (ownSharedMemory(array) !== undefined) return array;
  const memory = new SharedArrayBuffer(array.byteLength);
  const from = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const into = new Uint8Array(memory);
  for (let at = 0; at < from.length; at += SLICE) {
    into.set(from.subarray(at, Math.min(from.length, at + SLICE)), at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return new (array.constructor as new (memory: SharedArrayBuffer) => A)(memory);
}

/** The memory of an array that fills shared memory of its own. */
function ownSharedMemory({ buffer, byteLength }: ArrayBufferView): SharedArrayBuffer | undefined {
  return buffer instanceof SharedArrayBuffer && byteLength === buffer.byteLength ? buffer : undefined;
}

/** Columns on their way into shared memory, row by row, so that threads may begin with the first rows. */
export interface Sharing {
  /** Where an array will stand: its own memory where that is shared already. `bytesTo` tells how many bytes so many rows need. */
  share(array: Float64Array | Int32Array | Uint8Array, bytesTo?: (rows: number) => number): SharedArrayBuffer;
  /** Words with the rows that are there; absent where nothing is to be copied. */
  ready(): SharedArrayBuffer | undefined;
  /** Copy all that was to be shared; others may run in between. */
  copy(): Promise<void>;
  /** End copying early. */
  stop(): void;
}

/** Rows copied before others may run: some milliseconds. */
const ROWS_AT_ONCE = 1 << 18;

/**
 * Share columns of so many rows while they are already read.
 *
 * Copying 300 MB on one thread before the others started took 0.13 s, in which the second core did nothing.
 *
 * @param memory where copies are kept for later calls, which may find more than they need
 */
export function newSharing(rows: number, memory: Map<string, SharedArrayBuffer>): Sharing {
  const copied = new Int32Array(new SharedArrayBuffer(4));
  const parts: { readonly from: Uint8Array; readonly into: Uint8Array; readonly bytesTo: (rows: number) => number; done: number }[] = [];
  let stopped = false;
  return {
    share: (array, bytesTo = (row) => row * array.BYTES_PER_ELEMENT) => {
      const own = ownSharedMemory(array);
      if (own !== undefined) return own;
      const copy = memoryFor(memory, `copy ${parts.length}`, array.byteLength);
      parts.push({ from: new Uint8Array(array.buffer, array.byteOffset, array.byteLength), into: new Uint8Array(copy), bytesTo, done: 0 });
      return copy;
    },
    ready: () => (parts.length === 0 ? undefined : copied.buffer),
    copy: async () => {
      for (let row = 0; parts.length > 0 && row < rows && !stopped; ) {
        row = Math.min(rows, row + ROWS_AT_ONCE);
        for (const part of parts) {
          const to = row === rows ? part.from.length : part.bytesTo(row);
          part.into.set(part.from.subarray(part.done, to), part.done);
          part.done = to;
        }
        Atomics.store(copied, 0, row);
        Atomics.notify(copied, 0);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    stop: () => void (stopped = true),
  };
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
