import type { Column, IntegerColumn, NumberColumn, TextColumn } from '../columns/index.js';
import { codeOf, dictionaryValues, newDictionary, readingSettings, WATCH_OPTIONS, wantedColumns, type Mapping, type ParquetType, type WantedColumn } from '../io/index.js';
import { parquetGroups, pathOf, sourceName, type ParquetGroups, type ParquetSource, type ReadParquetOptions } from '../io/node/index.js';
import type { Customers, SummarizeOptions } from '../transactions/index.js';
import { threadCount } from './crew.js';
import { PARTITION_BITS, tryJob, Unfit, type Job } from './job.js';
import type { ScannedChunk } from './job-steps.js';
import type { PlacedColumns } from './place.js';
import { SLOT_BYTES } from './row-blocks.js';
import { slotsOfRow, type RowGroupSource } from './row-group-scanner.js';
import { fits, rulesOf } from './row-rules.js';
import { FEW_ROWS } from './summarize-parallel.js';

/** Bytes for rows on their way; larger files go in several rounds. */
const ROW_BYTES = 384 << 20;
/** Most bytes kept free for the row groups that threads have begun; they are touched only by rows. */
const MOST_FREE_BYTES = 1 << 30;
/** Row groups that may be small; more of them must have so many rows on average, since each has blocks of its own. */
const FEW_GROUPS = 256, LEAST_ROWS = 4096;
/**
 * Files with fewer rows go through this thread, if one is all that is used: 100,000 rows take 70 ms, where starting another took
 * 165. Half a million would hold up the event loop for 50 ms at a time.
 */
const SMALL_ROWS = 1 << 18;

/**
 * One row per customer of a Parquet file whose row groups are read and decoded by all threads; undefined where the file, or what is
 * asked of it, is not of the kind that fits:
 *
 * - a file on disk, whose columns are encoded plainly or by dictionary;
 * - customer, date, amount and order by days; no carried columns, roster, state, status or currency;
 * - row groups of which every thread can have one in memory (one of eight: a million rows);
 * - text ids of at most 72 bytes (orders 16), without zero bytes, marked as text, none of which stands for a missing one;
 * - dates from 1970 to 2149, and no row that is refused; where such are to be skipped, none for a text as date or amount.
 *
 * @throws ClienteleError what `readParquet` throws for options, and for a file that cannot be opened
 *
 * @param threadsAsked undefined: by size and cores
 */
export async function summarizeRowGroups(source: ParquetSource, mapping: Mapping, reading: ReadParquetOptions, summarizing: SummarizeOptions, threadsAsked: number | undefined): Promise<Customers | undefined> {
  const where = 'readParquet';
  const name = sourceName(where, source);
  const settings = readingSettings(where, reading, name, WATCH_OPTIONS);
  const path = pathOf(where, source);
  if (mapping === undefined || path === undefined || settings.clock.unit !== 'day') return undefined;
  const wanted = wantedColumns(where, mapping);
  if (!fits(wanted, summarizing)) return undefined;
  const withOrders = wanted.some(({ role }) => role === 'order') && summarizing.frequency !== 'days';
  const read = wanted.filter(({ role }) => role === 'customer' || role === 'date' || role === 'amount' || (role === 'order' && withOrders));
  const others = wanted.filter((column) => !read.includes(column));
  const groups = await parquetGroups(where, path, reading.source, [...read, ...others].map(({ column }) => column));
  if (groups === undefined || !others.every((column, i) => isNeverRefused(column, groups.columns[read.length + i]!.type))) return undefined;
  const ids = idsOf(groups.columns[0]!.type);
  const threads = threadsAsked ?? (groups.rows < FEW_ROWS ? 1 : threadCount('summarizeParquet', undefined));
  const most = groups.groups.reduce((rows, group) => Math.max(rows, group.rows), 0);
  const freeBytes = most * threads * slotsOfRow(withOrders) * SLOT_BYTES;
  const crowded = groups.groups.length > FEW_GROUPS && groups.rows < groups.groups.length * LEAST_ROWS;
  if (ids === undefined || groups.rows === 0 || freeBytes > MOST_FREE_BYTES || crowded) return undefined;

  const { signal, onProgress, ...options } = reading;
  const rules = rulesOf(summarizing, settings.source);
  const scanSource: RowGroupSource = { kind: 'row-groups', groups, wanted: read, options, partitionBits: PARTITION_BITS, rules };
  const job: Job = {
    where: 'summarizeParquet', files: [], onBadRow: settings.onBadRow, summarizing, ids, rules, withOrders, source: settings.source, timeZone: settings.clock.zone.name,
    threads, memoryLimit: ROW_BYTES + freeBytes, chunkBytes: 0, totalBytes: groups.groups.reduce((sum, { bytes }) => sum + bytes, 0),
    slotsNeeded: (groups.rows + most * threads) * slotsOfRow(withOrders), inline: groups.rows < SMALL_ROWS, again: false, shapeIds: (column, scanned) => shapedIds(column, groups, scanned), onProgress,
  };
  return tryJob(job, () => scanSource, groups.groups.length, signal);
}

/** Whether a column that is not needed could have no row refused, so that it need not be read. */
function isNeverRefused({ role }: WantedColumn, type: ParquetType): boolean {
  if (type.is === 'text') return !type.checked;
  return role !== 'order' && type.is !== 'time64' && type.is !== 'time96';
}

/** How ids of a type are kept on their way; undefined for types that are none. */
function idsOf(type: ParquetType): PlacedColumns['ids'] | undefined {
  switch (type.is) {
    case 'text':
      return type.checked ? undefined : 'text';
    case 'uuid':
      return 'text';
    case 'int32':
      return 'integer';
    case 'date':
    case 'flag':
    case 'time64':
    case 'time96':
      return undefined;
    default:
      return 'number';
  }
}

/** The ids as `readParquet` would have them: whole numbers of 32 bits where all are, text as a category where it gives one. */
function shapedIds(ids: Column, { columns, rows }: ParquetGroups, scanned: readonly ScannedChunk[]): Column {
  const { is } = columns[0]!.type;
  if (is === 'int64' || is === 'uint64' || is === 'uint32') return scanned.every((chunk) => chunk.ids?.small === true) ? shortNumbers(ids as NumberColumn) : ids;
  return ids.type === 'text' ? codedTexts(ids, rows, scanned) : ids;
}

function shortNumbers({ data }: NumberColumn): IntegerColumn {
  return { type: 'integer', data: Int32Array.from(data) };
}

/** Text of which the file keeps only codes is a category, unless its dictionaries hold more than half as many texts as there are rows. */
function codedTexts(ids: TextColumn, rows: number, scanned: readonly ScannedChunk[]): Column {
  const dictionaries = scanned.flatMap((chunk) => chunk.ids?.coded ?? []);
  const entries = dictionaries.reduce((sum, { from }) => sum + from.length, 0);
  if (entries * 2 > rows || scanned.some((chunk) => chunk.ids?.coded === undefined)) return ids;
  const dictionary = newDictionary();
  for (const { bytes, from, to } of dictionaries) for (let i = 0; i < from.length; i++) codeOf(dictionary, bytes, from[i]!, to[i]!);
  const values = dictionaryValues(dictionary);
  if (new Set(values).size < values.length) throw new Unfit('texts that differ only in bytes that are no text');
  const data = new Int32Array(ids.offsets.length - 1);
  for (let i = 0; i < data.length; i++) data[i] = codeOf(dictionary, ids.data, ids.offsets[i]!, ids.offsets[i + 1]!);
  return { type: 'category', data, values };
}
