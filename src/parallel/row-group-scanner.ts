import type { DateColumn, NumberColumn } from '../columns/index.js';
import { newRefusals, numberSink, readingSettings, textSink, valuesToColumns, type ForeignValues, type PageSink, type ParquetType, type ReadingOptions, type Refusals, type Settings, type WantedColumn } from '../io/index.js';
import { openGroups, type ParquetGroups } from '../io/node/index.js';
import { LONGEST_ID, newIdReader } from './group-ids.js';
import type { ScannedChunk, Scanner } from './job-steps.js';
import { scanKeyedRows, type KeyedRows } from './keyed-rows.js';
import { SLOT_BYTES, type RowWriter } from './row-blocks.js';
import { newCounts, type RowRules, type ScanCounts } from './scan-plain-rows.js';

/** A Parquet file, whose row groups are the chunks, for every thread. */
export interface RowGroupSource {
  readonly kind: 'row-groups';
  readonly groups: ParquetGroups;
  /** customer, date and amount, then the order where orders are counted: the columns of `groups`, in this order */
  readonly wanted: readonly WantedColumn[];
  readonly options: ReadingOptions;
  readonly partitionBits: number;
  readonly rules: RowRules;
}

/** Slots that a row can take: its own, its order's, that of an odd amount and those of the longest id. */
export function slotsOfRow(withOrders: boolean): number {
  return 2 + (withOrders ? 1 : 0) + Math.ceil(LONGEST_ID / SLOT_BYTES);
}

/** Scans the row groups of a Parquet file: each thread reads and decodes for itself, in memory that is used again for the next. */
export function newRowGroupScanner(source: RowGroupSource): Scanner {
  const most = source.groups.groups.reduce((rows, group) => Math.max(rows, group.rows), 0);
  let readers: GroupReaders | undefined;
  return {
    worstSlots: most * slotsOfRow(source.wanted.length > 3),
    scan: (chunk, writer, rowsOnDay) => {
      const counts = newCounts();
      const scanned: ScannedChunk = { chunk, from: 0, to: source.groups.groups[chunk]!.bytes, counts, refused: 0, noted: [], lines: 0, sawInstant: false };
      try {
        readers ??= openReaders(source, most);
        return { ...scanned, ...scanGroup(source, readers, chunk, counts, writer, rowsOnDay) };
      } catch (e) {
        // What is wrong is said by the reader of the whole file.
        return { ...scanned, unfit: (e as Error).message };
      }
    },
    close: () => readers?.close(),
  };
}

interface GroupReaders {
  readonly settings: Settings;
  readonly customer: ReturnType<typeof newIdReader>;
  readonly order: ReturnType<typeof newIdReader> | undefined;
  /** dates and amounts of a row group */
  readonly values: readonly ((rows: number, pages: (sink: PageSink) => void) => ForeignValues)[];
  pages(chunk: number, column: number): (sink: PageSink) => void;
  close(): void;
}

function openReaders({ groups, wanted, options }: RowGroupSource, most: number): GroupReaders {
  const settings = readingSettings('readParquet', { ...options, onBadRow: 'skip' }, groups.path);
  const type = (column: number): ParquetType => groups.columns[column]!.type;
  const reader = openGroups(groups);
  return {
    settings,
    customer: newIdReader(type(CUSTOMER), most, settings.missing, true),
    order: wanted.length > ORDER ? newIdReader(type(ORDER), most, settings.missing, false) : undefined,
    values: [DATE, AMOUNT].map((column) => valueReader(type(column))),
    pages: (chunk, column) => (sink) => reader.read(chunk, column, sink),
    close: () => reader.close(),
  };
}

const CUSTOMER = 0, DATE = 1, AMOUNT = 2, ORDER = 3;

function valueReader(type: ParquetType): GroupReaders['values'][number] {
  return (rows, pages) => {
    const sink = isText(type) ? textSink(type, rows, 'either') : numberSink(type, rows);
    pages(sink);
    return sink.finish();
  };
}

function isText(type: ParquetType): type is Extract<ParquetType, { is: 'text' | 'uuid' }> {
  return type.is === 'text' || type.is === 'uuid';
}

/** Rows scanned in one call: called again and again, the loop is compiled once, and not anew when what comes behind it is seen. */
const BATCH = 1024;

/** Scan one row group; what is to be told of it. */
function scanGroup(source: RowGroupSource, readers: GroupReaders, chunk: number, counts: ScanCounts, writer: RowWriter, rowsOnDay: Int32Array): Partial<ScannedChunk> {
  const { groups, options, rules, partitionBits } = source;
  const { customer, order, values, pages, settings } = readers;
  const { rows } = groups.groups[chunk]!;
  const unfit = customer.read(rows, pages(chunk, CUSTOMER)) ?? order?.read(rows, pages(chunk, ORDER));
  if (unfit !== undefined) return { unfit };
  const [dates, amounts] = values.map((read, i) => read(rows, pages(chunk, DATE + i))) as [ForeignValues, ForeignValues];
  const judged = judge(source, settings, [customer.doubtful(), dates, amounts, order?.doubtful()]);
  if (judged.unfit !== undefined) return judged;
  const { refusals } = judged;
  if (refusals.rows.length > 0 && options.onBadRow !== 'skip') return { unfit: 'a row that is refused' };

  const log: KeyedRows = { dates: judged.dates, amounts: judged.amounts, keys: customer.keys, orders: order?.keys, longKeys: customer.longKeys() };
  let from = 0;
  for (const refused of [...refusals.rows, rows]) {
    for (; from < refused; from += BATCH) {
      const unfitRow = scanKeyedRows(log, from, Math.min(refused, from + BATCH), 0, 0, rules, partitionBits, writer, counts, rowsOnDay);
      if (unfitRow !== undefined) return { unfit: unfitRow };
    }
    from = refused + 1;
  }
  counts.rows = rows;
  return { refused: refusals.rows.length, noted: refusals.kept, sawInstant: settings.clock.sawInstant, ids: customer.found() };
}

interface Judged {
  readonly dates: Int32Array;
  readonly amounts: Float64Array;
  readonly refusals: Refusals;
  readonly unfit?: undefined;
}

/** Dates and amounts by the rules of all columns, and the rows refused by them. */
function judge({ wanted, groups }: RowGroupSource, settings: Settings, values: readonly (ForeignValues | undefined)[]): Judged | { readonly unfit: string } {
  const noted = newRefusals(settings.where, undefined, 'skip');
  const texts = [DATE, AMOUNT].filter((column) => isText(groups.columns[column]!.type)).map((column) => wanted[column]!.column);
  let textRefused = false;
  const refusals: Refusals = { ...noted, note: (row, line, column, ...what) => {
    textRefused ||= texts.includes(column);
    noted.note(row, line, column, ...what);
  } };
  const judged = wanted.filter((_, i) => values[i] !== undefined);
  const columns = valuesToColumns(judged, values.filter((own) => own !== undefined), settings, refusals);
  // Whether all of a text column is kept as codes decides what is shown of a bad text, and which texts are looked at.
  if (textRefused) return { unfit: 'a text that is refused' };
  if (settings.clock.sawInstant && isText(groups.columns[DATE]!.type)) return { unfit: 'instants as text' };
  const at = (role: string): number => judged.findIndex((column) => column.role === role);
  return { dates: (columns[at('date')] as DateColumn).data, amounts: (columns[at('amount')] as NumberColumn).data, refusals };
}
