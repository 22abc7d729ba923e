import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkKeys, checkWhole, ClienteleError } from '../core/index.js';
import { checkWatch, CSV_READING_OPTIONS, csvPartsToLog, csvToLog, missingWords, newReading, readingSettings, wantedColumns, type CsvReadingOptions, type Mapping, type OpenedCsv } from '../io/index.js';
import { fileDoor, locateFile, type CsvFileSource } from '../io/node/index.js';
import { checkSummarizeOptions, Customers, summarize, SUMMARIZE_OPTIONS, type SummarizeOptions, type Transactions } from '../transactions/index.js';
import { threadCount } from './crew.js';
import { chunkBytesFor, type FileSource, type JobFile } from './file-scanner.js';
import { PARTITION_BITS, tryJob, type Job } from './job.js';
import { fits, rulesOf } from './row-rules.js';
import { AMOUNT, CUSTOMER, DATE, ORDER, SKIP } from './plain-format.js';
import type { PlainLayout } from './scan-plain-rows.js';
import { ReadOnce, summarizeGroups } from './summarize-groups.js';

/** Reading, summarizing, and how the work is shared out. */
export interface SummarizeCsvOptions extends CsvReadingOptions, SummarizeOptions {
  /** threads, 1 to 64; by default one per core, up to eight, and one for files under 48 MB. The result is the same. */
  readonly threads?: number;
  /** bytes for rows on their way; 384 MB by default. Larger files go in several rounds. */
  readonly memoryLimit?: number;
}

/** Files under this size go through one thread in this process: starting others costs more than they save. */
const SMALL_BYTES = 48 << 20;
/** Files under this size are read the plain way. */
const TINY_BYTES = 4 << 20;
const MEMORY = 384 << 20;
const KNOWN: readonly string[] = [...CSV_READING_OPTIONS, ...SUMMARIZE_OPTIONS, 'threads', 'memoryLimit'];

/**
 * One row per customer straight from CSV files, on all cores: the same, bit for bit, as `summarize(await readCsv(…))`.
 *
 * Orders with customer, date and amount go through in one pass, and memory grows with customers, not rows; with order ids
 * (up to 16 bytes) it grows with orders, 40 bytes each. Files are read by all threads; streams, packed files and other
 * encodings by this one, whose rows the others sum up. What needs more (carried columns, a roster, a state, status,
 * currency, a resolution finer than days; several files one of which is packed) is read and summarized the ordinary
 * way; `diagnostics.method` says which.
 *
 * @param source a path, a `file:` URL, several of them (one log in parts, each with its header; a part without rows adds
 *   nothing), or anything `readCsv` takes
 * @throws ClienteleError what `readCsv` and `summarize` throw; `OPTION_INVALID` for threads or memoryLimit;
 *   `FILE_UNREADABLE` for a stream with an id of over 1,400 bytes, an order id of over 16, or a date before 1970 or after
 *   2149 behind its first 64 MB
 * @example
 * const customers = await summarizeCsv('orders.csv', { customer: 'id', date: 'day', amount: 'total' }, { threads: 2 });
 *
 * Method: rows are scanned into partitions by hash of the customer, each partition is folded by one thread in the order
 * of the file, and customers are placed by the stretch of rows in which they appear first, and within it by a bit per
 * row: no sort, no merge. O(bytes).
 */
export async function summarizeCsv(source: CsvFileSource | readonly (string | URL)[], mapping: Mapping, options: SummarizeCsvOptions = {}): Promise<Customers> {
  const where = 'summarizeCsv';
  checkKeys(where, options, KNOWN);
  checkWatch(where, options);
  const { threads: threadsAsked, memoryLimit = MEMORY, ...rest } = options;
  const threads = threadCount(where, threadsAsked);
  checkWhole(where, 'memoryLimit', memoryLimit, 64 << 20);
  const summarizing = Object.fromEntries(SUMMARIZE_OPTIONS.filter((key) => key in rest).map((key) => [key, rest[key]])) as SummarizeOptions;
  const reading = Object.fromEntries(Object.entries(rest).filter(([key]) => !(SUMMARIZE_OPTIONS as readonly string[]).includes(key))) as CsvReadingOptions;
  const given = oneOrSeveral(source);
  const fast = await summarizeFiles(given, mapping, reading, summarizing, { where, threads: threadsAsked === undefined ? undefined : threads, memoryLimit });
  if (fast !== undefined) return fast;
  const once = await summarizeOnce(given, mapping, reading, summarizing, threads);
  if (once !== undefined) return once;
  const customers = summarize(await readLog(given, mapping, reading), summarizing);
  return new Customers(customers.entries(), customers.meta, { ...customers.diagnostics, method: 'in-memory' }, customers.state);
}

/** One source in groups of rows; undefined where what is asked does not fit, or a file should better be read again. */
async function summarizeOnce(source: CsvFileSource | readonly (string | URL)[], mapping: Mapping, reading: CsvReadingOptions, summarizing: SummarizeOptions, threads: number): Promise<Customers | undefined> {
  if (Array.isArray(source)) return undefined;
  const door = fileDoor('summarizeCsv', source as CsvFileSource);
  const wanted = wantedColumns(door.where, mapping);
  const { settings } = newReading(door, reading);
  if (!fits(wanted, summarizing) || settings.clock.unit !== 'day') return undefined;
  try {
    return await summarizeGroups(door, wanted, reading, summarizing, { threads, rules: rulesOf(summarizing, door.source) });
  } catch (e) {
    if (e instanceof ReadOnce && pathsOf(source) !== undefined) return undefined;
    throw e;
  }
}

/** How a job is cut; set by tests, which need many small chunks. */
export interface JobTuning {
  readonly where: string;
  /** undefined: by size and cores */
  readonly threads: number | undefined;
  readonly memoryLimit: number;
  readonly chunkBytes?: number;
}

/** The fast way: undefined where the files, or what is asked of them, are not of the kind that fits. */
export async function summarizeFiles(source: unknown, mapping: Mapping, reading: CsvReadingOptions, summarizing: SummarizeOptions, tuning: JobTuning): Promise<Customers | undefined> {
  const found = await fastJob(source, mapping, reading, summarizing, tuning);
  return found === undefined ? undefined : tryJob(found.job, found.source, found.chunks, reading.signal);
}

/** What a job needs, where the files and what is asked of them are of the kind that fits; else undefined. */
async function fastJob(source: unknown, mapping: Mapping, reading: CsvReadingOptions, summarizing: SummarizeOptions, { where, threads: asked, memoryLimit, chunkBytes: given }: JobTuning): Promise<{ job: Job; source: () => FileSource; chunks: number } | undefined> {
  checkSummarizeOptions(where, summarizing);
  const paths = pathsOf(source);
  const wanted = wantedColumns(where, mapping);
  if (paths === undefined || !fits(wanted, summarizing)) return undefined;
  const name = reading.source ?? namesOf(paths);
  const settings = readingSettings(where, without(reading, ['signal', 'onProgress', 'delimiter', 'header', 'encoding']), name);
  if (settings.clock.unit !== 'day') return undefined;

  const sizes = await Promise.all(paths.map((path) => stat(path).then((s) => (s.isFile() ? s.size : -1), () => -1)));
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.includes(-1) || totalBytes < (asked === undefined ? TINY_BYTES : 1)) return undefined;

  const threads = asked ?? (totalBytes < SMALL_BYTES ? 1 : threadCount(where, undefined));
  const chunkBytes = given ?? chunkBytesFor(memoryLimit, threads);
  const rules = rulesOf(summarizing, name);
  // By days the ids do not count; they are read, and refused, all the same.
  const withOrders = wanted.some(({ role }) => role === 'order') && summarizing.frequency !== 'days';
  const files: JobFile[] = [];
  let firstChunk = 0;
  for (const [i, path] of paths.entries()) {
    const located = await locateFile(where, path, wanted, reading);
    if (located === undefined) return undefined;
    const slotOf = (role: string): number => located.slots[wanted.findIndex((w) => w.role === role)]!;
    const columnOf = (role: string): string => wanted.find((w) => w.role === role)!.column;
    const slots = [slotOf('customer'), slotOf('date'), slotOf('amount')] as const;
    const order = withOrders ? slotOf('order') : undefined;
    const chunks = Math.max(1, Math.ceil((sizes[i]! - located.cursor.at) / chunkBytes));
    files.push({
      path, bytes: sizes[i]!, dataFrom: located.cursor.at, dataLine: located.cursor.line, firstChunk, chunks,
      layout: { csv: located.layout, slots, ...(order === undefined ? {} : { order }), columns: [columnOf('customer'), columnOf('date'), columnOf('amount')], plain: plainLayout(located, slots, order, reading), partitionBits: PARTITION_BITS, rules },
    });
    firstChunk += chunks;
  }
  const { onBadRow = 'throw', onProgress } = reading;
  const options = without(reading, ['signal', 'onProgress', 'encoding']);
  const quotes = (): SharedArrayBuffer => new Int32Array(new SharedArrayBuffer(firstChunk * 4)).fill(-1).buffer;
  return {
    job: {
      where, files, onBadRow, summarizing, ids: 'text', rules, withOrders, source: name, timeZone: settings.clock.zone.name, memoryLimit, chunkBytes, totalBytes, onProgress,
      threads,
      // A row has 9 bytes at least, and takes a slot, or two with its order.
      slotsNeeded: Math.ceil((totalBytes / 9) * (withOrders ? 2 : 1)), inline: totalBytes < SMALL_BYTES, again: false,
    },
    source: () => ({ kind: 'files', where, files, chunkBytes, options, quotes: quotes() }),
    chunks: firstChunk,
  };
}

/** Options without some of them: what a worker cannot be sent, or another check does not know. */
function without<T extends object>(options: T, names: readonly (keyof T & string)[]): T {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(names as readonly string[]).includes(name))) as T;
}

/** The layout for the fast scanner, where the file is written the plain way. */
function plainLayout(located: OpenedCsv, slots: readonly number[], order: number | undefined, reading: CsvReadingOptions): PlainLayout | undefined {
  const missing = missingWords('summarizeCsv', reading.missing);
  const plain = (reading.decimal ?? '.') === '.' && reading.dateFormat === undefined && !missing.likeNumbers
    && missing.words.every((word) => word.length <= 4) && new Set([...slots, order]).size === 4;
  if (!plain) return undefined;
  const roles = Uint8Array.from(located.layout.slotOf, (slot) => (slot === slots[0] ? CUSTOMER : slot === slots[1] ? DATE : slot === slots[2] ? AMOUNT : slot >= 0 && slot === order ? ORDER : SKIP));
  return { delimiter: located.layout.delimiter, roles, missingBegins: missing.begins };
}

function pathsOf(source: unknown): string[] | undefined {
  const list: readonly unknown[] = Array.isArray(source) ? source : [source];
  const paths = list.map((one) => (typeof one === 'string' ? one : one instanceof URL && one.protocol === 'file:' ? fileURLToPath(one) : undefined));
  return paths.length > 0 && paths.every((path) => path !== undefined) ? paths : undefined;
}

/** A list of one file is that file. */
function oneOrSeveral(source: CsvFileSource | readonly (string | URL)[]): CsvFileSource | readonly (string | URL)[] {
  if (!Array.isArray(source)) return source;
  if (source.length === 0) throw new ClienteleError('VALUE_INVALID', { where: 'summarizeCsv' }, 'the list of files is empty.', 'Give at least one path.');
  return source.length === 1 ? source[0] as string | URL : source;
}

function namesOf(paths: readonly string[]): string {
  return [...new Set(paths.map((path) => basename(path)))].join(', ');
}

/** The log of one source, or of several files one after the other. */
async function readLog(source: CsvFileSource | readonly (string | URL)[], mapping: Mapping, reading: CsvReadingOptions): Promise<Transactions> {
  const where = 'summarizeCsv';
  if (!Array.isArray(source)) return csvToLog(fileDoor(where, source as CsvFileSource), mapping, reading);
  const doors = source.map((path) => fileDoor(where, path as string | URL));
  const sizes = await Promise.all(doors.map(({ file }) => (file === undefined ? undefined : stat(file).then((s) => s.size, () => undefined))));
  const totalBytes = sizes.includes(undefined) ? undefined : (sizes as number[]).reduce((sum, size) => sum + size, 0);
  return csvPartsToLog({ where, doors, source: [...new Set(doors.map((door) => door.source))].join(', '), totalBytes }, mapping, reading);
}
