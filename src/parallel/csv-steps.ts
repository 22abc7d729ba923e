import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { readingSettings, type CsvReadingOptions, type NotedRow } from '../io/index.js';
import { copyKey, COUNTS, DATES, emptyPartition, FIRST, finishPartition, FIRST_ROW, foldRows, GAP_SQUARES, keepDayBits, keyLength, LAST, lendDayBits, PURCHASES, REPEAT_TOTAL, SUMS, TOTAL, type Partition } from './partition.js';
import { beginChunk, endChunk, hasRoomFor, viewRowBlocks, type RowBlocksMemory } from './row-blocks.js';
import { scanChunk, type ChunkResult, type FileLayout } from './scan-chunk.js';
import { newCounts, type ScanCounts } from './scan-plain-rows.js';

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

/** What every thread of a job is given: plain data and shared memory. */
export interface JobPlan {
  readonly files: readonly JobFile[];
  readonly chunkBytes: number;
  readonly chunks: number;
  readonly partitionBits: number;
  readonly threads: number;
  readonly options: CsvReadingOptions;
  readonly where: string;
  readonly rows: RowBlocksMemory;
  /** first block per chunk and partition */
  readonly heads: SharedArrayBuffer;
  /** next chunk to be claimed; quotes counted per chunk, -1 = not yet */
  readonly claims: SharedArrayBuffer;
  readonly quotes: SharedArrayBuffer;
  /** rows per day */
  readonly rowsOnDay: SharedArrayBuffer;
}

/** What a scanned chunk tells the main thread. */
export interface ScannedChunk {
  readonly chunk: number;
  /** first byte of the chunk's first row, and the first behind its last, in the file */
  readonly from: number;
  readonly to: number;
  readonly counts: ScanCounts;
  readonly refused: number;
  readonly noted: readonly NotedRow[];
  readonly lines: number;
  /** whether a date was an instant, cut in the zone */
  readonly sawInstant: boolean;
  readonly unfit?: string;
}

/** What the fold of a round needs. */
export interface FoldOrder {
  readonly fromChunk: number;
  readonly toChunk: number;
  /** rows before each chunk, by chunk */
  readonly rowsBefore: readonly number[];
  /** window of days for which bits are kept; absent when purchases stand in order */
  readonly days?: { readonly first: number; readonly last: number };
  readonly last: boolean;
  /** bit per row of the file, set where a customer with a purchase appears first; in the last round only */
  readonly appeared?: SharedArrayBuffer;
}

/** What the last fold found in a thread's partitions. */
export interface FoldedCustomers {
  readonly seen: number;
  readonly kept: number;
  readonly purchases: number;
  readonly dates: number;
}

/** The columns of the result, shared, for all threads to write. */
export interface PlacedColumns {
  readonly first: SharedArrayBuffer;
  readonly last: SharedArrayBuffer;
  readonly frequency: SharedArrayBuffer;
  readonly repeats: SharedArrayBuffer;
  readonly recency: SharedArrayBuffer;
  readonly tenure: SharedArrayBuffer;
  readonly span: SharedArrayBuffer;
  readonly monetary: SharedArrayBuffer;
  readonly meanRepeatSpend: SharedArrayBuffer;
  readonly gapMean: SharedArrayBuffer;
  readonly gapSd: SharedArrayBuffer;
  /** lengths of keys on the way in, offsets on the way out; one more than customers */
  readonly offsets: SharedArrayBuffer;
}

/** What placing needs beside the columns. */
export interface PlaceOrder {
  readonly columns: PlacedColumns;
  readonly appeared: SharedArrayBuffer;
  /** customers before each word of `appeared` */
  readonly before: SharedArrayBuffer;
  readonly asOf: number;
  readonly countDays: boolean;
  readonly meanMoney: boolean;
}

/** One thread's part of a job: what it holds, and the steps it takes when told. */
export interface JobSteps {
  /** Claim and scan chunks until none is left, the row blocks are full, or `most` were scanned; each is reported. */
  scan(report: (chunk: ScannedChunk) => void, most?: number): void;
  fold(order: FoldOrder): FoldedCustomers;
  place(order: PlaceOrder): void;
  placeKeys(keys: SharedArrayBuffer, offsets: SharedArrayBuffer): void;
  close(): void;
}

/** Bytes behind a chunk that finish its last row; a longer row sends the file the slow way. */
const TAIL = 1 << 20;
/** No row takes more slots than this many bytes each have: a short wide row has 19 bytes and 2 slots. */
const BYTES_A_SLOT = 9;

/**
 * One thread's part of a job. Partitions belong to threads for good: number p to thread p mod threads.
 *
 * @param thread 0 … threads - 1
 */
export function newJobSteps(plan: JobPlan, thread: number): JobSteps {
  const { files, chunkBytes, partitionBits } = plan;
  const partitions = 1 << partitionBits;
  const blocks = viewRowBlocks(plan.rows);
  const heads = new Int32Array(plan.heads);
  const claims = new Int32Array(plan.claims);
  const quotes = new Int32Array(plan.quotes);
  const rowsOnDay = new Int32Array(plan.rowsOnDay);
  const daysHere = new Int32Array(rowsOnDay.length);
  const settings = readingSettings(plan.where, plan.options, 'file', ['delimiter', 'header', 'signal', 'onProgress']);
  const own = Array.from({ length: partitions }, (_, p) => p).filter((p) => p % plan.threads === thread);
  const customers = new Map<number, Partition>(own.map((p) => [p, emptyPartition()]));
  const bytes = new Uint8Array(1 + chunkBytes + TAIL + 32);
  const open = new Map<string, number>();
  let placed: { partition: Partition; position: Int32Array }[] = [];
  let scratch = new Int32Array(0);

  const descriptor = (path: string): number => {
    const known = open.get(path);
    if (known !== undefined) return known;
    const fd = openSync(path, 'r');
    open.set(path, fd);
    return fd;
  };

  const scanOne = (chunk: number): ScannedChunk => {
    const file = files.find((f) => chunk >= f.firstChunk && chunk < f.firstChunk + f.chunks)!;
    const at = file.dataFrom + (chunk - file.firstChunk) * chunkBytes;
    const length = Math.min(chunkBytes, file.bytes - at);
    const isFirst = chunk === file.firstChunk;
    // One byte before, to see whether a row begins right here.
    const lead = isFirst ? 0 : 1;
    const got = readFully(descriptor(file.path), bytes, at - lead, Math.min(lead + length + TAIL, file.bytes - at + lead));
    const final = at - lead + got >= file.bytes;
    const to = lead + length;
    const quotesHere = countQuotes(bytes, lead, to);
    Atomics.store(quotes, chunk, quotesHere);
    Atomics.notify(quotes, chunk);
    const from = isFirst ? 0 : firstRowStart(bytes, to, got, inQuotes(quotes, file.firstChunk, chunk));
    const result: ChunkResult = { counts: newCounts(), noted: [], refused: 0, lines: 0, end: from };
    const writer = beginChunk(blocks, partitions, heads.subarray(chunk * partitions, (chunk + 1) * partitions));
    if (from < to) scanChunk(bytes, from, to, got, final, quotesHere > 0 || bytes.subarray(to, got).includes(34), file.layout, settings, writer, result, daysHere);
    endChunk(writer);
    if (!isUtf8(bytes.subarray(from, Math.max(from, result.end)))) result.unfit ??= 'bytes that are not UTF-8';
    const { counts, refused, noted, lines, unfit } = result;
    return { chunk, from: at - lead + from, to: at - lead + result.end, counts, refused, noted, lines, sawInstant: settings.clock.sawInstant, ...(unfit === undefined ? {} : { unfit }) };
  };

  return {
    scan: (report, most = Infinity) => {
      const worst = Math.ceil((chunkBytes + TAIL) / BYTES_A_SLOT);
      for (let taken = 0; taken < most && hasRoomFor(blocks, worst * plan.threads, partitions * plan.threads); taken++) {
        const chunk = Atomics.add(claims, 0, 1);
        if (chunk >= plan.chunks) break;
        const scanned = scanOne(chunk);
        report(scanned);
        if (scanned.unfit !== undefined) break;
      }
      for (let day = 0; day < daysHere.length; day++) if (daysHere[day] !== 0) Atomics.add(rowsOnDay, day, daysHere[day]!);
      daysHere.fill(0);
    },
    fold: (order) => {
      const total = { seen: 0, kept: 0, purchases: 0, dates: 0 };
      const appeared = order.appeared === undefined ? undefined : new Int32Array(order.appeared);
      for (const [p, partition] of customers) {
        if (order.days !== undefined) {
          if (order.last && partition.dayWords === 0) lendDayBits(partition, scratch, order.days.first, order.days.last);
          else keepDayBits(partition, order.days.first, order.days.last);
        }
        for (let chunk = order.fromChunk; chunk < order.toChunk; chunk++) foldRows(partition, blocks, heads[chunk * partitions + p]!, order.rowsBefore[chunk]!);
        if (!order.last) continue;
        finishPartition(partition);
        if (partition.dayBits.length > scratch.length) scratch = partition.dayBits as Int32Array<ArrayBuffer>;
        Object.assign(partition, { dayBits: new Int32Array(0), dayWords: 0 });
        markAppeared(partition, appeared!, total);
      }
      return total;
    },
    place: (order) => {
      placed = [...customers.values()].map((partition) => ({ partition, position: placePartition(partition, order) }));
    },
    placeKeys: (keys, offsets) => {
      const bytesOut = new Uint8Array(keys);
      const at = new Int32Array(offsets);
      for (const { partition, position } of placed) {
        for (let code = 0; code < partition.customers; code++) if (position[code]! >= 0) copyKey(partition, code, bytesOut, at[position[code]!]!);
      }
    },
    close: () => {
      for (const fd of open.values()) closeSync(fd);
      open.clear();
      customers.clear();
      placed = [];
    },
  };
}

/** Set the bit of the row in which each customer with a purchase appears first, and count. */
function markAppeared({ customers, counts, sums }: Partition, appeared: Int32Array, total: { seen: number; kept: number; purchases: number; dates: number }): void {
  total.seen += customers;
  for (let code = 0; code < customers; code++) {
    const purchases = counts[code * COUNTS + PURCHASES]!;
    if (purchases === 0) continue;
    total.kept++;
    total.purchases += purchases;
    total.dates += counts[code * COUNTS + DATES]!;
    const row = sums[code * SUMS + FIRST_ROW]!;
    Atomics.or(appeared, Math.floor(row / 32), 1 << (row % 32));
  }
}

/** Write a partition's customers to their places; the measures are those of `summarize`, step by step. */
function placePartition({ customers, counts, sums, keys }: Partition, order: PlaceOrder): Int32Array {
  const appeared = new Int32Array(order.appeared);
  const before = new Int32Array(order.before);
  const { columns, asOf, countDays, meanMoney } = order;
  const first = new Int32Array(columns.first), last = new Int32Array(columns.last), frequency = new Int32Array(columns.frequency), repeats = new Int32Array(columns.repeats);
  const recency = new Float64Array(columns.recency), tenure = new Float64Array(columns.tenure), span = new Float64Array(columns.span), monetary = new Float64Array(columns.monetary);
  const meanRepeatSpend = new Float64Array(columns.meanRepeatSpend), gapMean = new Float64Array(columns.gapMean), gapSd = new Float64Array(columns.gapSd);
  const offsets = new Int32Array(columns.offsets);
  const position = new Int32Array(customers).fill(-1);
  const partition = { customers, counts, sums, keys } as Partition;

  for (let code = 0; code < customers; code++) {
    const c = code * COUNTS;
    const s = code * SUMS;
    if (counts[c + PURCHASES] === 0) continue;
    const row = sums[s + FIRST_ROW]!;
    const word = Math.floor(row / 32);
    const k = before[word]! + bitCount(appeared[word]! & ((1 << (row % 32)) - 1));
    position[code] = k;
    const gaps = counts[c + DATES]! - 1;
    const firstDay = counts[c + FIRST]!;
    const lastDay = counts[c + LAST]!;
    const days = lastDay - firstDay;
    first[k] = firstDay;
    last[k] = lastDay;
    recency[k] = asOf - lastDay;
    tenure[k] = asOf - firstDay;
    span[k] = days;
    frequency[k] = countDays ? gaps + 1 : counts[c + PURCHASES]!;
    repeats[k] = gaps;
    monetary[k] = meanMoney ? sums[s + TOTAL]! / frequency[k]! : sums[s + TOTAL]!;
    meanRepeatSpend[k] = gaps === 0 ? 0 : sums[s + REPEAT_TOTAL]! / gaps;
    gapMean[k] = gaps === 0 ? NaN : days / gaps;
    gapSd[k] = gaps < 2 ? NaN : Math.sqrt((gaps * sums[s + GAP_SQUARES]! - days * days) / (gaps * (gaps - 1)));
    offsets[k + 1] = keyLength(partition, code);
  }
  return position;
}

/** Bits set in a 32-bit word. */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function readFully(fd: number, into: Uint8Array, position: number, length: number): number {
  let got = 0;
  while (got < length) {
    const count = readSync(fd, into, got, length - got, position + got);
    if (count === 0) break;
    got += count;
  }
  return got;
}

function countQuotes(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = bytes.indexOf(34, from); i !== -1 && i < to; i = bytes.indexOf(34, i + 1)) count++;
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
    if (bytes[i] === 34 && i > 0) quoted = !quoted;
    else if (bytes[i] === 10 && !quoted) return i + 1;
  }
  return Math.max(to, Math.min(end, to));
}

