import { checkKeys } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import { joinChunks } from './join-chunks.js';
import { jsonCell, type JsonCount } from './json-cell.js';
import { rowChunks } from './row-chunks.js';
import { chosenColumns, reported } from './to-csv.js';

/** How a table is written as JSON. */
export interface JsonOptions {
  /** names of the columns to write, in this order; all by default */
  readonly columns?: readonly string[];
  /** called once, behind the last row, with what was written */
  readonly onReport?: (report: JsonReport) => void;
}

/** What was written as JSON. */
export interface JsonReport {
  readonly rows: number;
  readonly bytes: number;
  /** cells that hold an infinite number, for which JSON has no word: written as null */
  readonly infinite: number;
}

/** Names of the options, for doors that take more. */
export const JSON_OPTIONS: readonly string[] = ['columns', 'onReport'];

/**
 * A table as JSON text: an array with one object per row, a row a line.
 *
 * Missing cells are null, so every object has every key; dates are `'YYYY-MM-DD'`, flags true and false. An infinite
 * number becomes null too, JSON having no word for it, and is counted in the report. A column may have any name,
 * `__proto__` too.
 *
 * @param input a table, or plain columns by name. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING` for a name in `columns` that is not there; `VALUE_INVALID`
 *   where the text passes what a JavaScript string can hold (about 512 MB)
 * @example
 * toJson({ customer: ['a', 'b'], spend: [12.5, null] });
 * // [
 * // {"customer":"a","spend":12.5},
 * // {"customer":"b","spend":null}
 * // ]
 *
 * Method: RFC 8259. O(bytes).
 */
export function toJson(input: TableInput, options: JsonOptions = {}): string {
  return joinChunks('toJson', jsonChunksOf('toJson', 'array', input, options));
}

/**
 * A table as newline-delimited JSON text: one object per row and line, and nothing around them.
 *
 * Cells as in {@link toJson}; a table without rows gives an empty text.
 *
 * @throws ClienteleError as {@link toJson}
 * @example
 * toNdjson({ customer: ['a', 'b'] });  // '{"customer":"a"}\n{"customer":"b"}\n'
 */
export function toNdjson(input: TableInput, options: JsonOptions = {}): string {
  return joinChunks('toNdjson', jsonChunksOf('toNdjson', 'lines', input, options));
}

/** The text of {@link toJson} in chunks of UTF-8 bytes, about 256 KiB each, rows never split. */
export function jsonChunks(input: TableInput, options: JsonOptions = {}): Generator<Uint8Array, void, undefined> {
  return jsonChunksOf('jsonChunks', 'array', input, options);
}

/** The text of {@link toNdjson} in chunks of UTF-8 bytes, about 256 KiB each, lines never split. */
export function ndjsonChunks(input: TableInput, options: JsonOptions = {}): Generator<Uint8Array, void, undefined> {
  return jsonChunksOf('ndjsonChunks', 'lines', input, options);
}

/** {@link jsonChunks} and {@link ndjsonChunks} for another public function, whose name errors carry. */
export function jsonChunksOf(where: string, shape: 'array' | 'lines', input: TableInput, options: JsonOptions): Generator<Uint8Array, void, undefined> {
  checkKeys(where, options, JSON_OPTIONS);
  const table = chosenColumns(where, asTable(where, input), options.columns);
  const rows = table.numRows;
  const count: JsonCount = { infinite: 0 };
  const encoder = new TextEncoder();
  const lines = shape === 'lines';
  return reported(rowChunks({
    rows,
    head: encoder.encode(lines ? '' : rows === 0 ? '[' : '[\n'),
    leads: table.names.map((name, c) => encoder.encode(`${c === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    cells: table.names.map((name) => jsonCell(table.column(name), count)),
    tail: encoder.encode(lines ? '}\n' : '}'),
    between: encoder.encode(lines ? '' : ',\n'),
    foot: encoder.encode(lines ? '' : rows === 0 ? ']\n' : '\n]\n'),
  }), (bytes) => options.onReport?.({ rows, bytes, infinite: count.infinite }));
}
