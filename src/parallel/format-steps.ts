import { writeSync } from 'node:fs';
import { Table, type Column } from '../columns/index.js';
import { csvWriter, type CsvOptions } from '../io/index.js';

/** A table to be written by blocks of rows, which threads claim one after the other. */
export interface FormatOrder {
  readonly columns: readonly (readonly [string, Column])[];
  readonly rows: number;
  readonly blockRows: number;
  readonly claims: SharedArrayBuffer;
  /** where each block ends in the file, as doubles, the first the end of the head */
  readonly ends: SharedArrayBuffer;
  /** 1 once the end beside it is known */
  readonly known: SharedArrayBuffer;
  /** of the file that all write to, each at its place */
  readonly descriptor: number;
  readonly options: CsvOptions;
}

/** Formatting, for threads that share a table and a file. */
export const FORMAT_STEPS: Readonly<Record<string, (payload: never) => unknown>> = { writeCsv };

/** Claim blocks until none is left, and write each behind the one before; the number of cells that were given a `'`. */
function writeCsv({ columns, rows, blockRows, claims: claimsMemory, ends: endsMemory, known: knownMemory, descriptor, options }: FormatOrder): number {
  const claims = new Int32Array(claimsMemory);
  const ends = new Float64Array(endsMemory);
  const known = new Int32Array(knownMemory);
  const writer = csvWriter('writeCsvParallel', new Table(columns), options);
  const memory: Uint8Array[] = [];
  for (let block = Atomics.add(claims, 0, 1); block * blockRows < rows; block = Atomics.add(claims, 0, 1)) {
    const chunks = formatted(writer, block * blockRows, Math.min(rows, (block + 1) * blockRows), memory);
    // Whoever writes the block before says where it ends as soon as it is formatted.
    while (Atomics.load(known, block) === 0) Atomics.wait(known, block, 0);
    ends[block + 1] = chunks.reduce((end, chunk) => end + chunk.length, ends[block]!);
    Atomics.store(known, block + 1, 1);
    Atomics.notify(known, block + 1);
    let at = ends[block]!;
    for (const chunk of chunks) at += writeWhole(descriptor, chunk, at);
  }
  return writer.prefixed();
}

/** Rows as chunks, in memory that is used again for the next block. */
function formatted(writer: ReturnType<typeof csvWriter>, from: number, to: number, memory: Uint8Array[]): Uint8Array[] {
  let used = 0;
  return [...writer.chunks(from, to, (bytes) => {
    const place = used++;
    if (memory[place] === undefined || memory[place].length < bytes) memory[place] = new Uint8Array(bytes);
    return memory[place];
  })];
}

function writeWhole(descriptor: number, chunk: Uint8Array, position: number): number {
  for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at, chunk.length - at, position + at);
  return chunk.length;
}
