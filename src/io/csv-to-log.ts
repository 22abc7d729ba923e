import { ClienteleError, isClienteleError } from '../core/index.js';
import type { Column } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { fillBlock, newBlock, type Block } from './block.js';
import { peekBytes, readerChunks, type ByteReader } from './byte-reader.js';
import { chunksReader } from './chunks-reader.js';
import { decodedReader, encodingOf, MARK_BYTES } from './decode.js';
import { errorPlace, openCsv, quoteUnclosed, readOn, type CsvPlace } from './csv-opening.js';
import { CSV_READING_OPTIONS, csvShape, type CsvReadingOptions } from './csv-options.js';
import { newBatch, type FieldBatch, type FieldReader } from './field-batch.js';
import { fieldReader } from './field-reader.js';
import { finishLog } from './finish-log.js';
import { gzipDamaged, isGzip, type Gunzip } from './gunzip.js';
import { wantedColumns, type Mapping, type WantedColumn } from './mapping.js';
import { readingSettings, type Settings } from './reading-options.js';
import { newRefusals, type Refusals } from './refusals.js';
import { refuseFault } from './row-fault.js';
import { scanRows, type CsvCursor, type CsvLayout } from './scan-csv.js';
import { newWatch } from './watch.js';

/** A CSV door: where it is, how its source is opened, how gzip is unpacked there. */
export interface CsvDoor {
  /** the public function */
  readonly where: string;
  /** the file, for messages */
  readonly file: string | undefined;
  /** name of the source where the options give none */
  readonly source: string;
  open(): Promise<ByteReader>;
  readonly gunzip: Gunzip;
  /** whether it may have no rows: one part of a log */
  readonly mayBeEmpty?: boolean;
  /** bytes scanned at a time; set by tests only */
  readonly blockBytes?: number;
}

/** Room left for rows shorter than those of the first block. */
const SPARE = 1.03;
const MOST_EXPECTED = 1 << 26;

/** Read a CSV source through a door: options are checked before it is opened, and it is closed in the end. */
export async function csvToLog(door: CsvDoor, mapping: Mapping, options: CsvReadingOptions): Promise<Transactions> {
  const wanted = wantedColumns(door.where, mapping);
  const { columns, rows, refusals, settings } = await csvColumns(door, wanted, options);
  return finishLog(wanted, columns, rows, refusals, settings);
}

/** The columns of a whole CSV file, refused rows still among them. */
export interface CsvColumns extends CsvReading {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** Read the columns asked for. */
export async function csvColumns(door: CsvDoor, wanted: readonly WantedColumn[], options: CsvReadingOptions): Promise<CsvColumns> {
  const reading = newReading(door, options);
  let whole: CsvGroup | undefined;
  for await (const group of csvGroups(door, wanted, options, reading)) whole = group;
  return { ...reading, columns: whole!.columns, rows: whole!.rows };
}

/** What is the same for all rows of a source, and what was refused of them so far. */
export interface CsvReading {
  readonly settings: Settings;
  readonly refusals: Refusals;
}

/** @throws ClienteleError `OPTION_INVALID` */
export function newReading(door: CsvDoor, options: CsvReadingOptions): CsvReading {
  const settings = readingSettings(door.where, options, door.source, CSV_READING_OPTIONS);
  return { settings, refusals: newRefusals(door.where, placeOf(door, options).file, settings.onBadRow) };
}

/** Rows of a source that were read together: columns as wanted, refused rows still among them. */
export interface CsvGroup {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** whether nothing follows */
  readonly last: boolean;
}

/**
 * Read a CSV source in groups of about `groupBytes`, all in one where that is Infinity; rows are refused on the way.
 * The source is closed when the groups end, or are not wanted any more.
 *
 * @throws ClienteleError as `readCsv`
 */
export async function* csvGroups(door: CsvDoor, wanted: readonly WantedColumn[], options: CsvReadingOptions, { settings, refusals }: CsvReading, groupBytes: number = Infinity): AsyncGenerator<CsvGroup, void, undefined> {
  const shape = csvShape(door.where, options);
  const watch = newWatch(door.where, options);
  const place = placeOf(door, options);

  const source = counted(await door.open());
  let reader: ByteReader = source;
  try {
    reader = await watch.until(readable(place, source, door.gunzip, shape.encoding));
    const block = newBlock(door.blockBytes);
    await fillBlock(block, reader, watch);
    const { layout, slots, cursor } = await openCsv(place, block, reader, watch, wanted, shape);
    const newReaders = (): FieldReader[] => wanted.map((column, i) => fieldReader(column, slots[i]!, settings));
    let readers = newReaders();
    const batch = newBatch(block.bytes, layout.slots);
    const dataFrom = cursor.at;
    let rows = 0, rowsBefore = 0;
    let bytes = 0;
    for (let blocks = 1; ; blocks++) {
      const ended = scanBlock(block, layout, cursor, batch, (taken) => {
        takeBatch(taken, rows, layout, wanted, readers, refusals);
        rows += taken.rows;
      });
      if (ended === 'unclosed') throw quoteUnclosed(place, cursor.line);
      await watch.pause({ bytes: source.bytes, rows, ...(source.totalBytes === undefined ? {} : { totalBytes: source.totalBytes }) });
      if (block.final) break;
      if (blocks === 1) expectRows(readers, SPARE * rows * Math.min(groupBytes, reader.totalBytes ?? 0) / (cursor.at - dataFrom + 1));
      bytes += cursor.at;
      if (bytes >= groupBytes && rows > rowsBefore) {
        yield { columns: readers.map((column) => column.finish()), rows: rows - rowsBefore, last: false };
        readers = newReaders();
        expectRows(readers, SPARE * (rows - rowsBefore));
        rowsBefore = rows;
        bytes = 0;
      }
      const scanned = cursor.at;
      await readOn(place, block, cursor, scanned, reader, watch);
      cursor.at = 0;
    }
    if (rows === 0 && door.mayBeEmpty !== true) throw noRows(place, shape.header);
    yield { columns: readers.map((column) => column.finish()), rows: rows - rowsBefore, last: true };
  } finally {
    await reader.close();
  }
}

function placeOf({ where, file }: CsvDoor, { source }: CsvReadingOptions): CsvPlace {
  return { where, file: source ?? file };
}

/** Scan all whole rows of a block, batch by batch; how it ended. */
function scanBlock(block: Block, layout: CsvLayout, cursor: CsvCursor, batch: FieldBatch, take: (batch: FieldBatch) => void): 'more' | 'unclosed' {
  for (;;) {
    const ended = scanRows(block.bytes, block.end, block.final, layout, cursor, batch);
    batch.bytes = block.bytes;
    take(batch);
    if (ended !== 'full') return ended;
  }
}

/** Hand a batch to the column readers, and take up the rows they refuse. */
function takeBatch(batch: FieldBatch, before: number, layout: CsvLayout, wanted: readonly WantedColumn[], readers: readonly FieldReader[], refusals: Refusals): void {
  for (const fault of batch.faults) refuseFault(batch, before, fault, layout, refusals);
  readers.forEach((reader, i) => {
    const { column } = wanted[i]!;
    reader.append(batch, (row, value, bad) => refusals.note(before + row, batch.lines[row]!, column, value, bad));
  });
  refusals.settle();
}

/** Make room at once for the rows that the first block lets expect: growing by copying costs a page fault a page. */
function expectRows(readers: readonly FieldReader[], rows: number): void {
  for (const reader of readers) reader.expect(Math.ceil(Math.min(rows, MOST_EXPECTED)));
}

/** The same reader, counting. */
function counted(reader: ByteReader): ByteReader & { bytes: number } {
  const count = (got: number): number => {
    source.bytes += got;
    return got;
  };
  const source = {
    bytes: 0,
    totalBytes: reader.totalBytes,
    read: (into: Uint8Array, from: number, to: number): number | Promise<number> => {
      const got = reader.read(into, from, to);
      return typeof got === 'number' ? count(got) : got.then(count);
    },
    close: () => reader.close(),
  };
  return source;
}

/** A reader over the text in UTF-8: unpacked, and decoded where it is in another encoding. */
export async function readable(place: CsvPlace, source: ByteReader, gunzip: Gunzip, given: string | undefined): Promise<ByteReader> {
  const { head, rest } = await peekBytes(await unpacked(place, source, gunzip), MARK_BYTES);
  const encoding = encodingOf(head, given);
  return encoding === undefined ? rest : decodedReader(place.where, place.file, rest, encoding);
}

/** The reader itself, or one over what it holds packed by gzip. */
async function unpacked(place: CsvPlace, source: ByteReader, gunzip: Gunzip): Promise<ByteReader> {
  const { head, rest } = await peekBytes(source, 2);
  if (!isGzip(head)) return rest;
  const inner = chunksReader(place.where, unpackedChunks(place, gunzip(readerChunks(rest))));
  return {
    ...inner,
    close: async () => {
      await inner.close();
      await source.close();
    },
  };
}

async function* unpackedChunks(place: CsvPlace, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw isClienteleError(cause) ? cause : gzipDamaged(place.where, place.file, cause);
  }
}

function noRows(place: CsvPlace, header: boolean): ClienteleError {
  const what = `${place.file ?? 'the input'} has ${header ? 'a header and no rows below it' : 'no rows'}.`;
  return new ClienteleError('VALUE_INVALID', errorPlace(place), what, 'Check that the export has finished, and that it is the right file.');
}
