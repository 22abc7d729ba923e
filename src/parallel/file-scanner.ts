import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { readingSettings, type CsvReadingOptions } from '../io/index.js';
import type { ScannedChunk, Scanner } from './job-steps.js';
import { SLOT_BYTES, type RowWriter } from './row-blocks.js';
import { scanChunk, type ChunkResult, type FileLayout } from './scan-chunk.js';
import { newCounts } from './scan-plain-rows.js';

/** A file of the job, and where its chunks stand among all. */
export interface JobFile {
  readonly path: string;
  readonly bytes: number;
  /** first byte of the first data row, and the line it is on */
  readonly dataFrom: number;
  readonly dataLine: number;
  /** number of the file's first chunk */
  readonly firstChunk: number;
  readonly chunks: number;
  readonly layout: FileLayout;
}

/** CSV files, for every thread. */
export interface FileSource {
  readonly kind: 'files';
  readonly where: string;
  readonly files: readonly JobFile[];
  readonly chunkBytes: number;
  readonly options: CsvReadingOptions;
  /** quotes counted per chunk, -1 = not yet */
  readonly quotes: SharedArrayBuffer;
}

/** Bytes behind a chunk that finish its last row; a longer row sends the file the slow way. */
const TAIL = 1 << 20;
/** Bytes behind a chunk that are read at first, since most rows are short. */
const SHORT_TAIL = 1 << 14;
/** Bits of bytes that are no ASCII. */
const NOT_ASCII = 0x80808080;
const QUOTE = 34;
/** No row takes more slots than this many bytes each have: a short wide row with its order has 21 bytes and 3 slots. */
const BYTES_A_SLOT = 7;

/** Bytes scanned at a time: enough that the seams do not count, little enough that all threads end together. */
const MOST_CHUNK = 8 << 20, LEAST_CHUNK = 1 << 18;

/** Bytes of a chunk, of which as many as there are threads fit into half of the memory, however short their rows are. */
export function chunkBytesFor(memoryLimit: number, threads: number): number {
  const fitting = Math.floor((memoryLimit / 2 / threads / SLOT_BYTES) * BYTES_A_SLOT) - TAIL;
  return Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, fitting));
}

/** Scans chunks of CSV files: each thread reads for itself. */
export function newFileScanner({ where, files, chunkBytes, options, quotes: quotesMemory }: FileSource): Scanner {
  const quotes = new Int32Array(quotesMemory);
  const settings = readingSettings(where, options, 'file', ['delimiter', 'header', 'encoding', 'signal', 'onProgress']);
  // A Buffer, for its native search; made so that no pool is shared.
  const bytes = Buffer.from(new ArrayBuffer(1 + chunkBytes + TAIL + 32));
  const open = new Map<string, number>();

  const descriptor = (path: string): number => {
    const known = open.get(path);
    if (known !== undefined) return known;
    const fd = openSync(path, 'r');
    open.set(path, fd);
    return fd;
  };

  const scan = (chunk: number, writer: RowWriter, rowsOnDay: Int32Array): ScannedChunk => {
    const file = files.find((f) => chunk >= f.firstChunk && chunk < f.firstChunk + f.chunks)!;
    const at = file.dataFrom + (chunk - file.firstChunk) * chunkBytes;
    const length = Math.min(chunkBytes, file.bytes - at);
    const isFirst = chunk === file.firstChunk;
    // One byte before, to see whether a row begins right here.
    const lead = isFirst ? 0 : 1;
    const fd = descriptor(file.path);
    const most = Math.min(lead + length + TAIL, file.bytes - at + lead);
    const to = lead + length;
    let got = readFully(fd, bytes, 0, at - lead, Math.min(to + SHORT_TAIL, most));
    const quotesHere = countQuotes(bytes, lead, to);
    if (quotesHere > 0 || !endsWithin(bytes, to, got)) got = readFully(fd, bytes, got, at - lead, most);
    const final = at - lead + got >= file.bytes;
    Atomics.store(quotes, chunk, quotesHere);
    Atomics.notify(quotes, chunk);
    const from = isFirst ? 0 : firstRowStart(bytes, to, got, inQuotes(quotes, file.firstChunk, chunk));
    const result: ChunkResult = { counts: newCounts(), noted: [], refused: 0, lines: 0, end: from };
    if (from < to) scanChunk(bytes, from, to, got, final, quotesHere > 0 || hasQuote(bytes, to, got), file.layout, settings, writer, result, rowsOnDay);
    if ((result.counts.idBits & NOT_ASCII) !== 0 && !isUtf8(bytes.subarray(from, Math.max(from, result.end)))) result.unfit ??= 'bytes that are not UTF-8';
    const { counts, refused, noted, lines, unfit } = result;
    return { chunk, from: at - lead + from, to: at - lead + result.end, counts, refused, noted, lines, sawInstant: settings.clock.sawInstant, ...(unfit === undefined ? {} : { unfit }) };
  };

  return {
    worstSlots: Math.ceil((chunkBytes + TAIL) / BYTES_A_SLOT),
    scan,
    close: () => {
      for (const fd of open.values()) closeSync(fd);
      open.clear();
    },
  };
}

/** Read on from the `got` bytes that are there to so many, `from` being the place of the first in the file; the bytes that are there then. */
function readFully(fd: number, into: Uint8Array, got: number, from: number, length: number): number {
  let there = got;
  while (there < length) {
    const count = readSync(fd, into, there, length - there, from + there);
    if (count === 0) break;
    there += count;
  }
  return there;
}

/** Whether a row that begins before `to` surely ends before `end`, if it is not within quotes. */
function endsWithin(bytes: Buffer, to: number, end: number): boolean {
  const at = bytes.indexOf(10, to);
  return at !== -1 && at < end && !hasQuote(bytes, to, end);
}

function hasQuote(bytes: Buffer, from: number, to: number): boolean {
  return bytes.subarray(from, to).includes(QUOTE);
}

/** Buffer's search is native: 0.1 ns a byte, against 0.4 of the typed array's. */
function countQuotes(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  const looked = bytes.subarray(0, to);
  for (let i = looked.indexOf(QUOTE, from); i !== -1; i = looked.indexOf(QUOTE, i + 1)) count++;
  return count;
}

/** Whether a chunk begins within quotes, by the parity of all before it; waits for those still being read. */
function inQuotes(quotes: Int32Array, fromChunk: number, chunk: number): boolean {
  let parity = 0;
  for (let k = fromChunk; k < chunk; k++) {
    while (Atomics.load(quotes, k) < 0) Atomics.wait(quotes, k, -1, 1000);
    parity ^= Atomics.load(quotes, k) & 1;
  }
  return parity === 1;
}

/**
 * The first byte of the first row that begins in a chunk, `to` or more where none does.
 *
 * This is a guess where quotes are used loosely; the main thread holds it against where the chunk before ended.
 */
function firstRowStart(bytes: Uint8Array, to: number, end: number, startsInQuotes: boolean): number {
  let quoted = startsInQuotes;
  for (let i = 0; i < to; i++) {
    if (bytes[i] === QUOTE && i > 0) quoted = !quoted;
    else if (bytes[i] === 10 && !quoted) return i + 1;
  }
  return Math.max(to, Math.min(end, to));
}

