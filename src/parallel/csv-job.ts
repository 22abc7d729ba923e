import { dateText, REFUSALS_KEPT, type Diagnostics } from '../core/index.js';
import { farDaysWarning, refusalOf, type CsvReadingOptions, type NotedRow } from '../io/index.js';
import { checkSummarizeOptions, Customers, lineItemWarning, type CustomersMeta, type SummarizeOptions } from '../transactions/index.js';
import type { Crew } from './crew.js';
import type { FoldedCustomers, FoldOrder, JobFile, JobPlan, RankOrder, ScannedChunk } from './csv-steps.js';
import { bitCount, type PlacedColumns, type PlacedPartition, type PlaceOrder } from './place.js';
import { newRowBlocksMemory } from './row-blocks.js';
import { DAYS, type RowRules } from './scan-plain-rows.js';

/** What a job is to do. */
export interface CsvJob {
  readonly where: string;
  readonly files: readonly JobFile[];
  readonly reading: CsvReadingOptions;
  readonly summarizing: SummarizeOptions;
  readonly rules: RowRules;
  readonly source: string;
  readonly timeZone: string;
  readonly threads: number;
  /** bytes for rows on their way and day bits */
  readonly memoryLimit: number;
  readonly chunkBytes: number;
  readonly totalBytes: number;
  readonly onProgress: ((progress: { bytes: number; totalBytes: number; rows: number }) => void) | undefined;
}

export const CHUNK_BYTES: number = 8 << 20;
/** 256 partitions: a million customers make about 4,000 each, whose whole state stays in the second-level cache. */
export const PARTITION_BITS = 8;
const PARTITIONS = 1 << PARTITION_BITS;

/** A file that this job cannot take to the end; the slow way can. */
export class Unfit extends Error {}

/** Options without some of them: what a worker cannot be sent, or another check does not know. */
export function without<T extends object>(options: T, names: readonly (keyof T & string)[]): T {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(names as readonly string[]).includes(name))) as T;
}

/** Shared memory and layout of a job, for every thread. */
export function planJob(job: CsvJob, blocks: number): JobPlan {
  const chunks = job.files.reduce((sum, file) => sum + file.chunks, 0);
  const shared = (words: number): SharedArrayBuffer => new SharedArrayBuffer(words * 4);
  const quotes = shared(chunks);
  new Int32Array(quotes).fill(-1);
  const options = without(job.reading, ['signal', 'onProgress', 'encoding']);
  return {
    files: job.files, chunkBytes: job.chunkBytes, chunks, partitionBits: PARTITION_BITS, threads: job.threads, options, where: job.where,
    rows: newRowBlocksMemory(blocks), heads: shared(chunks * PARTITIONS), claims: shared(1), quotes, rowsOnDay: shared(DAYS),
  };
}

/**
 * Run a job: scan and fold in rounds as long as the memory lasts, then place the customers in order of appearance.
 *
 * @throws Unfit where a file turns out not to be one for this way; the slow way then answers, or says what is wrong
 * @throws OutOfOrder where the job must begin anew with a bit per customer and day
 */
export async function runJob(job: CsvJob, plan: JobPlan, crew: Crew, keepDays: boolean): Promise<Customers> {
  const scanned: ScannedChunk[] = [];
  const claims = new Int32Array(plan.claims);
  const blocksUsed = new Int32Array(plan.rows.handedOut);
  let bytes = 0, rows = 0, done = 0;
  const rowsBefore: number[] = [];
  let folded: FoldedCustomers[] = [];
  let appeared = new SharedArrayBuffer(0);

  for (let round = 0; done < plan.chunks; round++) {
    Atomics.store(blocksUsed, 0, 0);
    await crew.all('scan', {}, (note) => {
      const chunk = note as ScannedChunk;
      scanned[chunk.chunk] = chunk;
      if (chunk.unfit !== undefined) throw new Unfit(chunk.unfit);
      bytes += chunk.to - chunk.from;
      rows += chunk.counts.rows;
      job.onProgress?.({ bytes, totalBytes: job.totalBytes, rows });
    });
    const to = Math.min(Atomics.load(claims, 0), plan.chunks);
    if (to === done) throw new Unfit('a chunk larger than the memory limit');
    checkSeams(job, scanned, done, to);
    for (let chunk = done; chunk < to; chunk++) rowsBefore[chunk] = chunk === 0 ? 0 : rowsBefore[chunk - 1]! + scanned[chunk - 1]!.counts.rows;
    if (job.reading.onBadRow !== 'skip' && scanned.some((chunk) => chunk.refused > 0)) throw new Unfit('a row that is refused');

    const last = to === plan.chunks;
    const disordered = !inOrder(scanned.slice(0, to));
    if (disordered && !keepDays && round > 0) throw new OutOfOrder();
    const days = windowDays(plan, job.rules);
    if (last) appeared = new SharedArrayBuffer(Math.ceil((rowsBefore[to - 1]! + scanned[to - 1]!.counts.rows + 1) / 32) * 4);
    const order: FoldOrder = { fromChunk: done, toChunk: to, rowsBefore, last, ...((disordered || keepDays) && days !== undefined ? { days } : {}), ...(last ? { appeared } : {}) };
    if (disordered && !last && !keepDays) throw new OutOfOrder();
    folded = await crew.all<FoldedCustomers>('fold', order);
    done = to;
  }
  return place(job, plan, crew, scanned, rowsBefore, folded, appeared, keepDays || !inOrder(scanned));
}

/** Purchases that stand out of order in a log too large for one round: the job begins anew, with day bits. */
export class OutOfOrder extends Error {}

/**
 * Every row must begin where the one before ended; where one does not, quotes are used in a way the guess did not meet.
 * A chunk in which no row begins lies within a row of a chunk before.
 */
function checkSeams(job: CsvJob, scanned: readonly ScannedChunk[], from: number, to: number): void {
  for (const file of job.files) {
    let end = file.dataFrom;
    for (let chunk = file.firstChunk; chunk < Math.min(to, file.firstChunk + file.chunks); chunk++) {
      const part = scanned[chunk]!;
      const chunkEnd = Math.min(file.bytes, file.dataFrom + (chunk - file.firstChunk + 1) * job.chunkBytes);
      const fits = part.from < chunkEnd ? part.from === end : end >= chunkEnd;
      if (chunk >= from && !fits) throw new Unfit(`quotes that hide where rows begin (byte ${end})`);
      end = Math.max(end, part.to);
    }
  }
}

function inOrder(scanned: readonly ScannedChunk[]): boolean {
  let last = -1;
  for (const { counts } of scanned) {
    if (!counts.inOrder || (counts.firstPurchaseDay >= 0 && counts.firstPurchaseDay < last)) return false;
    if (counts.lastPurchaseDay >= 0) last = counts.lastPurchaseDay;
  }
  return true;
}

/** First and last day of the rows used so far. */
function windowDays(plan: JobPlan, rules: RowRules): { first: number; last: number } | undefined {
  const rowsOnDay = new Int32Array(plan.rowsOnDay);
  let first = Math.max(0, rules.from);
  let last = Math.min(DAYS - 1, rules.asOf);
  while (first <= last && rowsOnDay[first] === 0) first++;
  while (last >= first && rowsOnDay[last] === 0) last--;
  return first > last ? undefined : { first, last };
}

function fileOf(job: CsvJob, chunk: number): JobFile {
  return job.files.find((file) => chunk >= file.firstChunk && chunk < file.firstChunk + file.chunks)!;
}

/** A refused row with its row of the log and its line of the file. */
function placed(job: CsvJob, scanned: readonly ScannedChunk[], rowsBefore: readonly number[], chunk: number, noted: NotedRow): NotedRow {
  const file = fileOf(job, chunk);
  let line = file.dataLine;
  for (let k = file.firstChunk; k < chunk; k++) line += scanned[k]!.lines;
  return { ...noted, row: noted.row + rowsBefore[chunk]!, line: noted.line! + line };
}

async function place(job: CsvJob, plan: JobPlan, crew: Crew, scanned: readonly ScannedChunk[], rowsBefore: readonly number[], folded: readonly FoldedCustomers[], appeared: SharedArrayBuffer, dayBits: boolean): Promise<Customers> {
  const sum = (of: (chunk: ScannedChunk) => number): number => scanned.reduce((total, chunk) => total + of(chunk), 0);
  const all = (of: (part: FoldedCustomers) => number): number => folded.reduce((total, part) => total + of(part), 0);
  const { returns, zeroOrders, frequency, monetary } = checkSummarizeOptions(job.where, job.summarizing);
  const leftOut = Object.fromEntries(Object.entries({
    'after-as-of': sum((c) => c.counts.afterAsOf), 'before-from': sum((c) => c.counts.beforeFrom),
    returns: sum((c) => c.counts.returns), 'zero-orders': sum((c) => c.counts.zeroOrders),
  }).filter(([, n]) => n > 0));
  const read = sum((c) => c.counts.rows);
  const refused = sum((c) => c.refused);
  const used = sum((c) => c.counts.used);
  if (used === 0) throw new Unfit('no row that can be used');

  const rowsOnDay = new Int32Array(plan.rowsOnDay);
  const asOf = job.summarizing.asOf === undefined ? lastDay(rowsOnDay) : job.rules.asOf;
  const kept = all((part) => part.kept);
  const seen = all((part) => part.seen);
  const meta: CustomersMeta = {
    asOf: dateText(asOf), asOfSource: job.summarizing.asOf === undefined ? 'last-order' : 'given',
    ...(job.summarizing.from === undefined ? {} : { from: job.summarizing.from }),
    ...(scanned.some((chunk) => chunk.sawInstant) ? { timeZone: job.timeZone } : {}),
    resolution: 'day', returns, zeroOrders, frequency: frequency === 'days' ? 'days' : 'rows', monetary, source: job.source,
  };
  const customerAt = new SharedArrayBuffer(kept * 4);
  const offsetsMemory = new SharedArrayBuffer((kept + 1) * 4);
  const rank: RankOrder = { appeared, before: customersBefore(appeared), customerAt, offsets: offsetsMemory };
  const partitions = (await crew.all<PlacedPartition[]>('rank', rank)).flat();
  const offsets = new Int32Array(offsetsMemory);
  for (let i = 0; i < kept; i++) offsets[i + 1]! += offsets[i]!;
  const columns = newColumns(kept, offsetsMemory, offsets[kept]!);
  const order: PlaceOrder = { columns, partitions, customerAt, asOf, countDays: frequency === 'days', meanMoney: monetary === 'mean' };
  await crew.all('place', order);

  const noted = scanned.flatMap((chunk) => chunk.noted.map((row) => placed(job, scanned, rowsBefore, chunk.chunk, row)));
  const far = farDaysWarning(rowsOnDay, 0, read - refused);
  const warnings = [...(far === undefined ? [] : [far]), ...lineItemWarning(meta.frequency, all((part) => part.purchases), all((part) => part.dates))];
  const diagnostics: Diagnostics = {
    rows: { read, used, refused, leftOut }, refused: noted.slice(0, REFUSALS_KEPT).map(refusalOf), warnings, method: dayBits ? 'streaming-day-bits' : 'streaming',
    customers: { seen, kept, leftOut: seen > kept ? { 'no-purchase': seen - kept } : {} },
  };
  const numbers = (name: keyof PlacedColumns): Float64Array => new Float64Array(columns[name]);
  const integers = (name: keyof PlacedColumns): Int32Array => new Int32Array(columns[name]);
  return new Customers([
    ['customer', { type: 'text', data: new Uint8Array(columns.keys), offsets }],
    ['first', { type: 'date', data: integers('first') }], ['last', { type: 'date', data: integers('last') }],
    ...(['recency', 'tenure', 'span'] as const).map((name) => [name, { type: 'number', data: numbers(name) }] as const),
    ...(['frequency', 'repeats'] as const).map((name) => [name, { type: 'integer', data: integers(name) }] as const),
    ...(['monetary', 'meanRepeatSpend', 'gapMean', 'gapSd'] as const).map((name) => [name, { type: 'number', data: numbers(name) }] as const),
  ], meta, diagnostics);
}

function newColumns(customers: number, offsets: SharedArrayBuffer, keyBytes: number): PlacedColumns {
  const words = (): SharedArrayBuffer => new SharedArrayBuffer(customers * 4);
  const doubles = (): SharedArrayBuffer => new SharedArrayBuffer(customers * 8);
  return {
    first: words(), last: words(), frequency: words(), repeats: words(), recency: doubles(), tenure: doubles(), span: doubles(),
    monetary: doubles(), meanRepeatSpend: doubles(), gapMean: doubles(), gapSd: doubles(), offsets, keys: new SharedArrayBuffer(keyBytes),
  };
}

/** Customers that appear before each word of rows: with the bits below, the place of each without a sort. */
function customersBefore(appeared: SharedArrayBuffer): SharedArrayBuffer {
  const bits = new Int32Array(appeared);
  const shared = new SharedArrayBuffer(bits.length * 4);
  const before = new Int32Array(shared);
  for (let word = 1; word < bits.length; word++) before[word] = before[word - 1]! + bitCount(bits[word - 1]!);
  return shared;
}

function lastDay(rowsOnDay: Int32Array): number {
  let day = DAYS - 1;
  while (rowsOnDay[day] === 0) day--;
  return day;
}
