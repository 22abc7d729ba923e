import { optionInvalid } from '../core/index.js';
import { checkEncoding } from './decode.js';
import { READING_OPTIONS, type ReadingOptions } from './reading-options.js';
import { WATCH_OPTIONS, type WatchOptions } from './watch.js';

/** How a CSV file is read. */
export interface CsvReadingOptions extends ReadingOptions, WatchOptions {
  /** what stands between fields; found among `,` `;` tab and `|` by itself when absent */
  readonly delimiter?: string;
  /** whether the first row names the columns; true by default. Without, columns have numbers from 1. */
  readonly header?: boolean;
  /**
   * how the bytes are text, by any name the engine knows: `'gb18030'`, `'utf-16le'`, `'windows-1252'`; UTF-8 by default.
   * A byte order mark of UTF-16 or GB18030 is believed before this option.
   */
  readonly encoding?: string;
}

const CSV_ONLY: readonly string[] = ['delimiter', 'header', 'encoding', ...WATCH_OPTIONS];

/** Names of all options of a CSV door. */
export const CSV_READING_OPTIONS: readonly string[] = [...READING_OPTIONS, ...CSV_ONLY];

/** The options that say how a file is laid out, checked. */
export interface CsvShape {
  /** undefined: to be found */
  readonly delimiter: number | undefined;
  readonly header: boolean;
  /** undefined: UTF-8, unless a mark says otherwise */
  readonly encoding: string | undefined;
}

/** @throws ClienteleError `OPTION_INVALID` */
export function csvShape(where: string, { delimiter, header = true, encoding }: CsvReadingOptions): CsvShape {
  if (typeof header !== 'boolean') throw optionInvalid(where, 'header', header, 'Pass true or false.');
  return { delimiter: delimiter === undefined ? undefined : delimiterByte(where, delimiter), header, encoding: checkEncoding(where, encoding) };
}

function delimiterByte(where: string, delimiter: unknown): number {
  if (typeof delimiter === 'string' && /^[\t\x1f !#$%&*/:;<>?@\\^_`|~,]$/.test(delimiter)) return delimiter.charCodeAt(0);
  throw optionInvalid(where, 'delimiter', delimiter, "Give one character that is no letter, digit or quote: ',', ';', '\\t' or '|'.");
}
