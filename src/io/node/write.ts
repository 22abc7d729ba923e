import { checkKeys } from '../../core/index.js';
import type { TableInput } from '../../columns/index.js';
import { CSV_OPTIONS, csvChunksOf, type CsvOptions, type CsvReport } from '../to-csv.js';
import { JSON_OPTIONS, jsonChunksOf, type JsonOptions, type JsonReport } from '../to-json.js';
import { isFile, sendChunks, targetPath } from './send.js';
import type { ByteStream } from './write-stream.js';

/** Where a table is written to: a path, a `file:` URL, or a writable stream, which is left open. */
export type WriteTarget = string | URL | ByteStream;

/** What every writer takes besides the options of its format. */
export interface WriteOptions {
  /** calls the writing off: of a file nothing is left then */
  readonly signal?: AbortSignal;
}
export type WriteCsvOptions = Omit<CsvOptions, 'onReport'> & WriteOptions;
export type WriteJsonOptions = Omit<JsonOptions, 'onReport'> & WriteOptions;

/** What {@link writeCsv} wrote; `path` is absent for a stream. */
export interface CsvWritten extends CsvReport {
  readonly path?: string;
}
/** What {@link writeJson} or {@link writeNdjson} wrote; `path` is absent for a stream. */
export interface JsonWritten extends JsonReport {
  readonly path?: string;
}

/**
 * Write a table as a CSV file, whole or not at all, or to a stream.
 *
 * The format is {@link toCsv}'s, with its options and defaults: text that a spreadsheet would run as a formula gets a
 * leading `'`, and the result says how many cells did. A file appears under its name only when complete: until then the
 * bytes stand in a temporary file beside it, removed on any error. A stream gets each chunk when it has taken the last,
 * and is not ended.
 *
 * @param input a table, or plain columns by name. Not modified, and not to be modified before the promise settles.
 * @param target a path, a `file:` URL, or a writable stream such as `process.stdout`
 * @param options those of {@link toCsv}, and `signal`
 * @throws ClienteleError `FILE_UNWRITABLE` naming the file and how to mend it (of a closed pipe, see
 *   {@link isClosedPipe}); `ABORTED`; `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * const { rows, formulaPrefixed } = await writeCsv(scored.table, 'scores.csv', { delimiter: ';', bom: true });
 */
export async function writeCsv(input: TableInput, target: WriteTarget, options: WriteCsvOptions = {}): Promise<CsvWritten> {
  checkKeys('writeCsv', options, keys(CSV_OPTIONS));
  const { signal, ...format } = options;
  let report: CsvReport = { rows: 0, bytes: 0, formulaPrefixed: 0 };
  await sendChunks('writeCsv', target, csvChunksOf('writeCsv', input, { ...format, onReport: (r) => (report = r) }, isFile(target) ? inTurn() : undefined), signal);
  return { ...targetPath(target), ...report };
}

/**
 * Write a table as a JSON file, an array with one object per row, or to a stream: {@link toJson}'s format and options,
 * written as by {@link writeCsv}.
 *
 * @throws ClienteleError as {@link writeCsv}
 * @example
 * await writeJson(scored.segments, 'segments.json');
 */
export async function writeJson(input: TableInput, target: WriteTarget, options: WriteJsonOptions = {}): Promise<JsonWritten> {
  return writeObjects('writeJson', 'array', input, target, options);
}

/**
 * Write a table as newline-delimited JSON, one object per row and line: {@link toNdjson}'s format and options, written as
 * by {@link writeCsv}.
 *
 * @throws ClienteleError as {@link writeCsv}
 */
export async function writeNdjson(input: TableInput, target: WriteTarget, options: WriteJsonOptions = {}): Promise<JsonWritten> {
  return writeObjects('writeNdjson', 'lines', input, target, options);
}

async function writeObjects(where: string, shape: 'array' | 'lines', input: TableInput, target: WriteTarget, options: WriteJsonOptions): Promise<JsonWritten> {
  checkKeys(where, options, keys(JSON_OPTIONS));
  const { signal, ...format } = options;
  let report: JsonReport = { rows: 0, bytes: 0, infinite: 0 };
  await sendChunks(where, target, jsonChunksOf(where, shape, input, { ...format, onReport: (r) => (report = r) }), signal);
  return { ...targetPath(target), ...report };
}

/** The report is the writer's result, not an option. */
function keys(format: readonly string[]): string[] {
  return [...format.filter((key) => key !== 'onReport'), 'signal'];
}

/**
 * Memory for chunks written to a file, of which one is on its way while the next is made: two pieces, used in turn (fresh
 * memory for each cost a million rows 20 of 260 ms). A stream may keep what it was given.
 */
function inTurn(): (bytes: number) => Uint8Array {
  const pieces = [new Uint8Array(0), new Uint8Array(0)];
  let turn = 0;
  return (bytes) => {
    turn = 1 - turn;
    if (pieces[turn]!.length < bytes) pieces[turn] = new Uint8Array(bytes);
    return pieces[turn]!;
  };
}
