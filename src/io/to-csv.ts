import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { asTable, columnMissing, type Table, type TableInput } from '../columns/index.js';
import { csvCells } from './csv-cells.js';
import { csvRows } from './csv-rows.js';
import { csvText, type CsvCount } from './csv-text.js';
import { joinChunks } from './join-chunks.js';

/** How a table is written as CSV. */
export interface CsvOptions {
  /** what stands between two cells: `','` (default), `';'`, a tab or `'|'` */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /**
   * Put a `'` before text cells (and column names) that begin with `=`, `+`, `-`, `@`, tab or carriage return, which a
   * spreadsheet would run as a formula. True by default. Numbers and dates are never touched.
   */
  readonly formulaSafe?: boolean;
  /** Begin with a byte order mark, by which Excel knows UTF-8. False by default. */
  readonly bom?: boolean;
  /** Write the column names as the first line. True by default. */
  readonly header?: boolean;
  /** names of the columns to write, in this order; all by default */
  readonly columns?: readonly string[];
  /** how lines end: `'lf'` (default) or `'crlf'` */
  readonly newline?: 'lf' | 'crlf';
  /** called once, behind the last row, with what was written */
  readonly onReport?: (report: CsvReport) => void;
}

/** What was written as CSV. */
export interface CsvReport {
  readonly rows: number;
  readonly bytes: number;
  /** cells (column names included) that were given a leading `'` so that no spreadsheet runs them */
  readonly formulaPrefixed: number;
}

/** Names of the options, for doors that take more. */
export const CSV_OPTIONS: readonly string[] = ['delimiter', 'formulaSafe', 'bom', 'header', 'columns', 'newline', 'onReport'];

/**
 * A table as CSV text.
 *
 * Missing cells are empty, dates `YYYY-MM-DD`, flags `true` and `false`, numbers in full precision with a decimal
 * point. Cells with the delimiter, quotes or line breaks are quoted as in RFC 4180. Text that a spreadsheet would run
 * as a formula gets a leading `'`, counted in the report: say `formulaSafe: false` where a program reads the file.
 *
 * @param input a table, or plain columns by name. Not modified.
 * @returns the text, with a line end behind every row
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING` for a name in `columns` that is not there; `VALUE_INVALID`
 *   where the text passes what a JavaScript string can hold (about 512 MB)
 * @example
 * toCsv({ customer: ['a', '=1+1'], spend: [12.5, null] });
 * // customer,spend
 * // a,12.5
 * // '=1+1,
 *
 * Method: RFC 4180; prefix as in OWASP, "CSV Injection". O(bytes).
 */
export function toCsv(input: TableInput, options: CsvOptions = {}): string {
  return joinChunks('toCsv', csvChunksOf('toCsv', input, options));
}

/**
 * A table as CSV in chunks of UTF-8 bytes, for streams and tables too large for one string.
 *
 * Options are checked at the call, rows formatted as the chunks are asked for. Every chunk holds whole rows and is its
 * own memory, about 256 KiB.
 *
 * @param input a table, or plain columns by name. Not modified, and not to be modified before the last chunk.
 * @throws ClienteleError as {@link toCsv}
 * @example
 * for (const chunk of csvChunks(orders)) await socket.write(chunk);
 */
export function csvChunks(input: TableInput, options: CsvOptions = {}): Generator<Uint8Array, void, undefined> {
  return csvChunksOf('csvChunks', input, options);
}

/** {@link csvChunks} for another public function, whose name errors carry; `memory` as {@link CsvWriter} has it. */
export function csvChunksOf(where: string, input: TableInput, options: CsvOptions, memory?: (bytes: number) => Uint8Array): Generator<Uint8Array, void, undefined> {
  const { rows, head, chunks, prefixed } = csvWriter(where, input, options);
  return reported(withHead(head, chunks(0, rows, memory)), (bytes) => options.onReport?.({ rows, bytes, formulaPrefixed: prefixed() }));
}

function* withHead(head: Uint8Array, chunks: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  yield* chunks;
}

/** A table about to be written as CSV, options checked. */
export interface CsvWriter {
  readonly rows: number;
  /** byte order mark and names */
  readonly head: Uint8Array;
  /** rows `from … to`, in chunks as {@link csvChunks} has them; `memory` gives where each is written, of that length at least */
  chunks(from: number, to: number, memory?: (bytes: number) => Uint8Array): Generator<Uint8Array, void, undefined>;
  /** cells, of the head and the rows written so far, that were given a leading `'` */
  prefixed(): number;
}

/** Get a table ready to be written, by ranges of rows. */
export function csvWriter(where: string, input: TableInput, options: CsvOptions): CsvWriter {
  checkKeys(where, options, CSV_OPTIONS);
  const { delimiter = ',', formulaSafe = true, bom = false, header = true, newline = 'lf' } = options;
  checkWord(where, 'delimiter', delimiter, [',', ';', '\t', '|']);
  checkWord(where, 'newline', newline, ['lf', 'crlf']);
  checkFlag(where, 'formulaSafe', formulaSafe);
  checkFlag(where, 'bom', bom);
  checkFlag(where, 'header', header);
  const table = chosenColumns(where, asTable(where, input), options.columns);

  const encoder = new TextEncoder();
  const lineEnd = newline === 'lf' ? '\n' : '\r\n';
  const count: CsvCount = { formulaPrefixed: 0 };
  const format = { delimiter, formulaSafe, lone: table.names.length === 1, count };
  const names = header && table.names.length > 0 ? table.names.map((name) => csvText(name, format)).join(delimiter) + lineEnd : '';
  const cells = csvCells(table.names.map((name) => table.column(name)), format);
  return {
    rows: table.numRows,
    head: encoder.encode((bom ? '\ufeff' : '') + names),
    chunks: (from, to, memory) => csvRows(from, to, cells, encoder.encode(lineEnd), memory),
    prefixed: () => count.formulaPrefixed,
  };
}

/** The table with the named columns only, or as it is. */
export function chosenColumns(where: string, table: Table, columns: readonly string[] | undefined): Table {
  if (columns === undefined) return table;
  if (!Array.isArray(columns)) throw optionInvalid(where, 'columns', columns, "Give an array of column names: ['customer', 'segment'].");
  for (const name of columns) if (!table.has(name)) throw columnMissing(where, name, table.names);
  return table.select(columns);
}

/** The same chunks; behind the last one `done` hears how many bytes they were. */
export function* reported(chunks: Iterable<Uint8Array>, done: (bytes: number) => void): Generator<Uint8Array, void, undefined> {
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    yield chunk;
  }
  done(bytes);
}

function checkFlag(where: string, option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw optionInvalid(where, option, value, 'Give true or false.');
}
