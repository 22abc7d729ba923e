import { dateText, REFUSALS_KEPT, withWarnings, type Diagnostics, type Refusal, type Warning } from '../core/index.js';
import type { Column } from '../columns/index.js';
import { farDaysWarning, type SignalLike } from '../io/index.js';
import { checkSummarizeOptions, Customers, lineItemWarning, nothingLeft, type CustomersMeta, type SummarizeOptions } from '../transactions/index.js';
import type { Appearances } from './appearances.js';
import { keptCrew, memoryFor, newCrew, type Crew } from './crew.js';
import { inlineCrew } from './inline-crew.js';
import type { ColumnSource } from './column-scanner.js';
import type { FileSource, JobFile } from './file-scanner.js';
import type { FoldedCustomers, FoldOrder, JobPlan, ScannedChunk, ScanOrder } from './job-steps.js';
import type { PlacedColumns, PlaceOrder } from './place.js';
import { BLOCKS_AT_ONCE, bytesOfBlocks, LIST_WORDS, NARROW_WORDS, SLOT_BYTES, SLOT_WORDS } from './row-blocks.js';
import type { RowGroupSource } from './row-group-scanner.js';
import { DAYS } from './plain-format.js';
import type { RowRules } from './scan-plain-rows.js';

/** What a job is to do. */
export interface Job {
  readonly where: string;
  /** CSV files, if the log is of such */
  readonly files: readonly JobFile[];
  readonly onBadRow: 'throw' | 'skip';
  readonly summarizing: SummarizeOptions;
  readonly ids: PlacedColumns['ids'];
  readonly rules: RowRules;
  /** whether orders are counted by their ids */
  readonly withOrders: boolean;
  readonly source: string;
  /** zone in which instants were cut, if there were any */
  readonly timeZone: string | undefined;
  readonly currency?: string;
  /** what became of the rows before they came here */
  readonly earlier?: Diagnostics;
  /** rows that are read while the job runs, where there is no source that threads can read */
  readonly supply?: RowSupply;
  readonly threads: number;
  /** bytes for rows on their way and day bits */
  readonly memoryLimit: number;
  readonly chunkBytes: number;
  readonly totalBytes: number;
  /** slots that the rows of the whole job can need */
  readonly slotsNeeded: number;
  /** small enough for this thread, when one is all that is used */
  readonly inline: boolean;
  /** whether the threads, and their memory, are kept for a while for the next job of the kind */
  readonly again: boolean;
  /** the ids' column as all chunks together make it, where one chunk does not tell */
  readonly shapeIds?: (ids: Column, scanned: readonly ScannedChunk[]) => Column;
  readonly onProgress?: ((progress: { bytes: number; totalBytes: number; rows: number }) => void) | undefined;
}

/** Rows of a source that can be read only once, round by round. */
export interface RowSupply {
  /** the rows of the next round; none but the last may be without `last` */
  next(): Promise<{ readonly columns: ColumnSource; readonly chunks: number; readonly last: boolean }>;
  /** what the reading found, when it has ended */
  found(): { readonly read: number; readonly refused: readonly Refusal[]; readonly timesRefused: number; readonly timeZone: string | undefined };
}

/** 256 partitions: a million customers make about 4,000 each, whose whole state stays in the second-level cache. */
export const PARTITION_BITS = 8;
const PARTITIONS = 1 << PARTITION_BITS;

/** A log that this job cannot take to the end; the slow way can. */
export class Unfit extends Error {}

/** Bytes of ids that one column can hold. */
const MOST_KEY_BYTES = 0x7fffffff;

/** Room for chunks under way beyond what the rows need: threads claim one each before they see that it is full. */
const MARGIN_BYTES = 64 << 20;

/**
 * Try a job; undefined where the log turns out not to be one for this way. Where purchases stand out of order in a log
 * too large for one round, it begins anew with a bit per customer and day.
 *
 * @param source made anew for every try, since threads write into its memory
 */
export async function tryJob(job: Job, source: (memory: Crew['memory']) => FileSource | ColumnSource | RowGroupSource, chunks: number, signal: SignalLike | undefined): Promise<Customers | undefined> {
  const blocks = Math.ceil(Math.min(job.memoryLimit, job.slotsNeeded * SLOT_BYTES + (job.threads + 1) * MARGIN_BYTES) / bytesOfBlocks(1));
  for (const keepDays of [false, true]) {
    const crew = crewFor(job, signal);
    try {
      const customers = await runJob(job, planJob(source(crew.memory), chunks, job, blocks, crew.memory), crew, keepDays);
      await crew.all('end', undefined);
      return customers;
    } catch (e) {
      if (e instanceof Unfit) return undefined;
      if (!(e instanceof OutOfOrder)) throw e;
    } finally {
      await crew.close();
    }
  }
  return undefined;
}

function crewFor({ where, threads, inline, again }: Job, signal: SignalLike | undefined): Crew {
  if (threads === 1 && inline) return inlineCrew(where, signal);
  return again ? keptCrew('log', threads, where, signal) : newCrew('log', threads, where, signal);
}

/** Shared memory and layout of a job, for every thread; `memory` that jobs before have left is used again. */
export function planJob(source: JobPlan['source'], chunks: number, { threads, withOrders }: Job, blocks: number, memory: Crew['memory']): JobPlan {
  const shared = (words: number): SharedArrayBuffer => new SharedArrayBuffer(words * 4);
  const slotWords = source?.kind === 'columns' && source.narrow !== undefined ? NARROW_WORDS : SLOT_WORDS;
  return { source, chunks, partitionBits: PARTITION_BITS, withOrders, threads, rows: { words: memoryFor(memory, 'rows', bytesOfBlocks(blocks + threads * BLOCKS_AT_ONCE)), handedOut: shared(1), slotWords }, lists: shared(chunks * PARTITIONS * LIST_WORDS), claims: shared(1), folds: shared(1), rowsOnDay: shared(DAYS) };
}

/**
 * Run a job: scan and fold in rounds as long as the memory lasts, then place the customers in order of appearance.
 *
 * @throws Unfit where a file turns out not to be one for this way; the slow way then answers, or says what is wrong
 * @throws OutOfOrder where the job must begin anew with a bit per customer and day
 */
export async function runJob(job: Job, plan: JobPlan, crew: Crew, keepDays: boolean): Promise<Customers> {
  const scanned: ScannedChunk[] = [];
  const claims = new Int32Array(plan.claims);
  const blocksUsed = new Int32Array(plan.rows.handedOut);
  // Headers are read before.
  let bytes = job.files.reduce((sum, { dataFrom }) => sum + dataFrom, 0);
  let rows = 0, done = 0;
  const rowsBefore: number[] = [];
  let folded: FoldedCustomers[] = [];
  let keepsDays = keepDays;

  for (let round = 0, last = false; !last; round++) {
    Atomics.store(blocksUsed, 0, 0);
    const supplied = await job.supply?.next();
    if (supplied !== undefined && done + supplied.chunks > plan.chunks) throw new Unfit('more rows than can be counted');
    if (supplied !== undefined) Atomics.store(claims, 0, done);
    const scan: ScanOrder = { ...(round === 0 ? { plan } : {}), ...(supplied === undefined ? {} : { columns: supplied.columns, fromChunk: done, toChunk: done + supplied.chunks }) };
    await crew.all('scan', scan, (note) => {
      const chunk = note as ScannedChunk;
      scanned[chunk.chunk] = chunk;
      if (chunk.unfit !== undefined) throw new Unfit(chunk.unfit);
      bytes += chunk.to - chunk.from;
      rows += chunk.counts.rows;
      job.onProgress?.({ bytes, totalBytes: job.totalBytes, rows });
    });
    const to = supplied === undefined ? Math.min(Atomics.load(claims, 0), plan.chunks) : done + supplied.chunks;
    if (to === done && supplied === undefined) throw new Unfit('a chunk larger than the memory limit');
    checkSeams(job, scanned, done, to);
    for (let chunk = done; chunk < to; chunk++) rowsBefore[chunk] = chunk === 0 ? 0 : rowsBefore[chunk - 1]! + scanned[chunk - 1]!.counts.rows;
    if (job.onBadRow !== 'skip' && scanned.some((chunk) => chunk.refused > 0)) throw new Unfit('a row that is refused');

    last = supplied === undefined ? to === plan.chunks : supplied.last;
    const disordered = !inOrder(scanned.slice(0, to));
    // Before the first fold there is still time to keep a bit per customer and day.
    if (disordered && !keepsDays && round > 0) throw new OutOfOrder();
    keepsDays ||= disordered;
    const days = windowDays(plan, job.rules);
    const order: FoldOrder = {
      fromChunk: done, toChunk: to, rowsBefore, ...(keepsDays && days !== undefined ? { days } : {}),
      ...(last ? { last: { rows: rowsBefore[to - 1]! + scanned[to - 1]!.counts.rows, textIds: job.ids === 'text' } } : {}),
    };
    folded = await crew.all<FoldedCustomers>('fold', order);
    done = to;
  }
  return place(job, plan, crew, scanned, rowsBefore, folded, keepsDays);
}

/** Purchases that stand out of order in a log too large for one round: the job begins anew, with day bits. */
class OutOfOrder extends Error {}

/**
 * Every row must begin where the one before ended; where one does not, quotes are used in a way the guess did not meet.
 * A chunk in which no row begins lies within a row of a chunk before.
 */
function checkSeams(job: Job, scanned: readonly ScannedChunk[], from: number, to: number): void {
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

function fileOf(job: Job, chunk: number): JobFile {
  return job.files.find((file) => chunk >= file.firstChunk && chunk < file.firstChunk + file.chunks)!;
}

/** A refused row with its row of the log and its line of the file. */
function placed(job: Job, scanned: readonly ScannedChunk[], rowsBefore: readonly number[], chunk: number, noted: Refusal): Refusal {
  const row = noted.row + rowsBefore[chunk]!;
  if (noted.line === undefined) return { ...noted, row };
  const file = fileOf(job, chunk);
  let line = file.dataLine;
  for (let k = file.firstChunk; k < chunk; k++) line += scanned[k]!.lines;
  return { ...noted, row, line: noted.line + line, ...(job.files.length > 1 ? { file: file.path } : {}) };
}

/** What the threads that scanned have found: rows, those refused, and whether dates were cut in a time zone. */
function foundInFiles(job: Job, scanned: readonly ScannedChunk[], rowsBefore: readonly number[]): ReturnType<RowSupply['found']> {
  const sum = (of: (chunk: ScannedChunk) => number): number => scanned.reduce((total, chunk) => total + of(chunk), 0);
  const noted = scanned.flatMap((chunk) => chunk.noted.map((row) => placed(job, scanned, rowsBefore, chunk.chunk, row)));
  return {
    read: sum((c) => c.counts.rows), timesRefused: sum((c) => c.refused), refused: noted.slice(0, REFUSALS_KEPT),
    timeZone: job.earlier !== undefined || scanned.some((chunk) => chunk.sawInstant) ? job.timeZone : undefined,
  };
}

async function place(job: Job, plan: JobPlan, crew: Crew, scanned: readonly ScannedChunk[], rowsBefore: readonly number[], folded: readonly FoldedCustomers[], dayBits: boolean): Promise<Customers> {
  const sum = (of: (chunk: ScannedChunk) => number): number => scanned.reduce((total, chunk) => total + of(chunk), 0);
  const all = (of: (part: FoldedCustomers) => number): number => folded.reduce((total, part) => total + of(part), 0);
  const { returns, zeroOrders, frequency, monetary } = checkSummarizeOptions(job.where, job.summarizing);
  const leftOut = Object.fromEntries(Object.entries({
    'after-as-of': sum((c) => c.counts.afterAsOf), 'before-from': sum((c) => c.counts.beforeFrom),
    returns: sum((c) => c.counts.returns), 'zero-orders': sum((c) => c.counts.zeroOrders),
  }).filter(([, n]) => n > 0));
  const found = job.supply?.found() ?? foundInFiles(job, scanned, rowsBefore);
  const { read, timesRefused: refused } = found;
  const used = sum((c) => c.counts.used);
  if (used === 0) throw job.supply === undefined ? new Unfit('no row that can be used') : nothingLeft(read, leftOut);

  const rowsOnDay = new Int32Array(plan.rowsOnDay);
  const asOf = job.summarizing.asOf === undefined ? lastDay(rowsOnDay) : job.rules.asOf;
  const kept = all((part) => part.kept);
  const seen = all((part) => part.seen);
  const meta: CustomersMeta = {
    asOf: dateText(asOf), asOfSource: job.summarizing.asOf === undefined ? 'last-order' : 'given',
    ...(job.summarizing.from === undefined ? {} : { from: job.summarizing.from }),
    ...(found.timeZone === undefined ? {} : { timeZone: found.timeZone }),
    ...(job.currency === undefined ? {} : { currency: job.currency }),
    resolution: 'day', returns, zeroOrders, frequency: frequency === 'days' ? 'days' : job.withOrders ? 'orders' : 'rows', monetary, source: job.source,
  };
  const appearances = folded.map((part) => part.appearances!);
  const bytes = job.ids === 'text' ? idBytes(appearances) : kept * (job.ids === 'integer' ? 4 : 8);
  if (bytes > MOST_KEY_BYTES) throw new Unfit('ids of more bytes than offsets can tell');
  const columns = newColumns(kept, job.ids, bytes);
  const order: PlaceOrder = { columns, partitions: folded.flatMap((part) => part.partitions), appearances, asOf, counting: meta.frequency, meanMoney: monetary === 'mean' };
  await crew.all('place', order);

  const far = farDaysWarning(rowsOnDay, 0, read - refused);
  const warnings = [...(far === undefined ? [] : [far]), ...lineItemWarning(meta.frequency, all((part) => part.purchases), all((part) => part.dates))];
  const diagnostics: Diagnostics = job.earlier !== undefined ? afterwards(job.earlier, used, leftOut, { seen, kept }, warnings) : {
    rows: { read, used, refused, leftOut }, refused: found.refused, warnings, method: job.withOrders ? (dayBits ? 'streaming-order-ids-day-bits' : 'streaming-order-ids') : dayBits ? 'streaming-day-bits' : 'streaming',
    customers: { seen, kept, leftOut: seen > kept ? { 'no-purchase': seen - kept } : {} },
  };
  const ids = idColumn(columns);
  const numbers = (name: Exclude<keyof PlacedColumns, 'ids'>): Float64Array => new Float64Array(columns[name]);
  const integers = (name: Exclude<keyof PlacedColumns, 'ids'>): Int32Array => new Int32Array(columns[name]);
  return new Customers([
    ['customer', job.shapeIds?.(ids, scanned) ?? ids],
    ['first', { type: 'date', data: integers('first') }], ['last', { type: 'date', data: integers('last') }],
    ...(['recency', 'tenure', 'span'] as const).map((name) => [name, { type: 'number', data: numbers(name) }] as const),
    ...(['frequency', 'repeats'] as const).map((name) => [name, { type: 'integer', data: integers(name) }] as const),
    ...(['monetary', 'meanRepeatSpend', 'gapMean', 'gapSd'] as const).map((name) => [name, { type: 'number', data: numbers(name) }] as const),
  ], meta, diagnostics);
}

/** Diagnostics of a log in memory, with what summarizing left out of it. */
function afterwards(earlier: Diagnostics, used: number, leftOut: Readonly<Record<string, number>>, { seen, kept }: { seen: number; kept: number }, warnings: readonly Warning[]): Diagnostics {
  const diagnostics: Diagnostics = {
    ...earlier,
    rows: { ...earlier.rows, used, leftOut: { ...earlier.rows.leftOut, ...leftOut } },
    customers: { seen, kept, leftOut: seen > kept ? { 'no-purchase': seen - kept } : {} },
  };
  return withWarnings(diagnostics, warnings.filter(({ code }) => code !== 'DATE_FAR'));
}

function idColumn({ ids, keys, offsets }: PlacedColumns): Column {
  if (ids === 'text') return { type: 'text', data: new Uint8Array(keys), offsets: new Int32Array(offsets) };
  return ids === 'integer' ? { type: 'integer', data: new Int32Array(keys) } : { type: 'number', data: new Float64Array(keys) };
}

function newColumns(customers: number, ids: PlacedColumns['ids'], keyBytes: number): PlacedColumns {
  const words = (): SharedArrayBuffer => new SharedArrayBuffer(customers * 4);
  const doubles = (): SharedArrayBuffer => new SharedArrayBuffer(customers * 8);
  return {
    first: words(), last: words(), frequency: words(), repeats: words(), recency: doubles(), tenure: doubles(), span: doubles(),
    monetary: doubles(), meanRepeatSpend: doubles(), gapMean: doubles(), gapSd: doubles(), offsets: new SharedArrayBuffer(ids === 'text' ? (customers + 1) * 4 : 0), keys: new SharedArrayBuffer(keyBytes), ids,
  };
}

function idBytes(appearances: readonly Appearances[]): number {
  return appearances.reduce((sum, { keyBytes }) => new Int32Array(keyBytes).reduce((bytes, some) => bytes + some, sum), 0);
}

function lastDay(rowsOnDay: Int32Array): number {
  let day = DAYS - 1;
  while (rowsOnDay[day] === 0) day--;
  return day;
}
