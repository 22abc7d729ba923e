import { optionInvalid } from '../core/index.js';
import { READING_OPTIONS, type ReadingOptions } from './reading-options.js';
import { WATCH_OPTIONS, type WatchOptions } from './watch.js';

/** How a CSV file is read. */
export interface CsvReadingOptions extends ReadingOptions, WatchOptions {
  /** what stands between fields; found among `,` `;` tab and `|` by itself when absent */
  readonly delimiter?: string;
  /** whether the first row names the columns; true by default. Without, columns have numbers from 1. */
  readonly header?: boolean;
}

const CSV_ONLY: readonly string[] = ['delimiter', 'header', ...WATCH_OPTIONS];

/** Names of all options of a CSV door. */
export const CSV_READING_OPTIONS: readonly string[] = [...READING_OPTIONS, ...CSV_ONLY];

/** The options that say how a file is laid out, checked. */
export interface CsvShape {
  /** undefined: to be found */
  readonly delimiter: number | undefined;
  readonly header: boolean;
}

/** @throws ClienteleError `OPTION_INVALID` */
export function csvShape(where: string, { delimiter, header = true }: CsvReadingOptions): CsvShape {
  if (typeof header !== 'boolean') throw optionInvalid(where, 'header', header, 'Pass true or false.');
  return { delimiter: delimiter === undefined ? undefined : delimiterByte(where, delimiter), header };
}

function delimiterByte(where: string, delimiter: unknown): number {
  if (typeof delimiter === 'string' && /^[\t\x1f !#$%&*/:;<>?@\\^_`|~,]$/.test(delimiter)) return delimiter.charCodeAt(0);
  throw optionInvalid(where, 'delimiter', delimiter, "Give one character that is no letter, digit or quote: ',', ';', '\\t' or '|'.");
}
