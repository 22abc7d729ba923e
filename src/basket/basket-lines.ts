import { ClienteleError } from '../core/index.js';

/** Separators found by themselves. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Rows of delimited text, cells as they stand; a cell in double quotes may hold the separator, line ends, and quotes doubled.
 *
 * Empty lines are rows of one empty cell; a line end behind the last row opens no further one.
 *
 * @param each called per row with its cells; the array is used again for the next row
 * @throws ClienteleError `VALUE_INVALID` with the line where a quote is never closed
 *
 * Source: RFC 4180. O(characters).
 */
export function eachRow(where: string, text: string, delimiter: string, each: (cells: readonly string[]) => void): void {
  const cells: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    if (text[at] === '"') {
      const { cell, end } = quoted(where, text, at);
      let stop = end;
      while (stop < text.length && text[stop] !== delimiter && text[stop] !== '\n' && text[stop] !== '\r') stop++;
      cells.push(cell + text.slice(end, stop));
      at = stop;
    } else {
      let stop = at;
      for (let c = text[stop]; stop < text.length && c !== delimiter && c !== '\n' && c !== '\r'; c = text[stop]) stop++;
      cells.push(text.slice(at, stop));
      at = stop;
    }
    const ends = text[at] !== delimiter;
    if (ends && text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    if (!ends && at < text.length) continue;
    if (!ends) cells.push('');
    each(cells);
    cells.length = 0;
  }
}

function quoted(where: string, text: string, from: number): { cell: string; end: number } {
  let cell = '';
  for (let at = from + 1; ;) {
    const close = text.indexOf('"', at);
    if (close === -1) {
      const line = text.slice(0, from).split('\n').length;
      throw new ClienteleError('VALUE_INVALID', { where, line }, `line ${line}: a quote opens here and is not closed before the end.`, 'Close it, or write "" for a quote within quotes.');
    }
    cell += text.slice(at, close);
    if (text[close + 1] !== '"') return { cell, end: close + 1 };
    cell += '"';
    at = close + 2;
  }
}

/** The separator that stands most often in the first 64 kB, quoted parts left out; a comma where there is none. */
export function sniffDelimiter(text: string): Delimiter {
  const sample = text.slice(0, 65536).replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((mark) => sample.split(mark).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
