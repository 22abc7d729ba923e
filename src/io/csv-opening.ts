import { ClienteleError } from '../core/index.js';
import { decodeUtf8 } from '../columns/index.js';
import { fillBlock, keepRest, type Block } from './block.js';
import type { ByteReader } from './byte-reader.js';
import { locateColumns, type Located } from './csv-header.js';
import type { CsvShape } from './csv-options.js';
import type { WantedColumn } from './mapping.js';
import { notUtf8, refuseOtherFormats } from './recognize.js';
import type { CsvCursor } from './scan-csv.js';
import { firstRow, sniffDelimiter } from './sniff.js';
import { firstNotUtf8, wholeCharacters } from './utf8.js';
import type { Watch } from './watch.js';

/** Where messages say a file was. */
export interface CsvPlace {
  readonly where: string;
  readonly file: string | undefined;
}

/** A file whose layout is known, at its first data row. */
export interface OpenedCsv extends Located {
  readonly cursor: CsvCursor;
}

/** Longest row, so that a quote that is never closed does not fill the memory. */
const LONGEST_ROW = 1 << 28;

/**
 * Find out from the first block how a file is laid out: encoding, separator, where the wanted columns stand.
 *
 * @throws ClienteleError `FILE_UNREADABLE` for what is no CSV in UTF-8 or is empty; `COLUMN_MISSING`; `VALUE_INVALID`
 *   for a mapped name that stands twice
 */
export async function openCsv(place: CsvPlace, block: Block, reader: ByteReader, watch: Watch, wanted: readonly WantedColumn[], shape: CsvShape): Promise<OpenedCsv> {
  const { where, file } = place;
  refuseOtherFormats(where, file, block.bytes, block.end);
  const cursor: CsvCursor = { at: hasMark(block) ? 3 : 0, line: 1 };
  checkUtf8(place, block, cursor, cursor.at);
  const said = separatorLine(block, cursor);
  for (;;) {
    const columns = wanted.map(({ column }) => column);
    const delimiter = shape.delimiter ?? said ?? sniffDelimiter(block.bytes, block.end, block.final, cursor, columns, shape.header);
    // Reading a row as text closes up its quotes; a row that is data must stay as it is.
    const first = firstRow(shape.header ? block.bytes : block.bytes.slice(), block.end, block.final, delimiter, cursor);
    if (first === 'unclosed') throw quoteUnclosed(place, cursor.line);
    if (first === 'more' && block.final) throw new ClienteleError('FILE_UNREADABLE', errorPlace(place), `${file ?? 'the input'} is empty.`, 'Check that the export has finished, and that it is the right file.');
    if (first === 'more') {
      await readOn(place, block, cursor, 0, reader, watch);
      continue;
    }
    const names = shape.header ? first.fields : first.fields.map((_, i) => String(i + 1));
    const located = locateColumns(where, file, wanted, names, delimiter, shape.header);
    return { ...located, cursor: shape.header ? first.cursor : cursor };
  }
}

/**
 * Take the next bytes behind what is not yet scanned.
 *
 * @param from first byte still needed
 * @throws ClienteleError `FILE_UNREADABLE` where one row passes 256 MB, or the new bytes are not UTF-8
 */
export async function readOn(place: CsvPlace, block: Block, cursor: CsvCursor, from: number, reader: ByteReader, watch: Watch): Promise<void> {
  const checked = wholeCharacters(block.bytes, from, block.end) - from;
  keepRest(block, from);
  if (block.bytes.length > LONGEST_ROW) {
    throw new ClienteleError('FILE_UNREADABLE', { ...errorPlace(place), line: cursor.line }, `${prefix(place)}line ${cursor.line}: the row that begins here is longer than 256 MB.`, 'A quote in it is probably never closed: close it, or write "" for a quote within quotes.');
  }
  await fillBlock(block, reader, watch);
  checkUtf8(place, block, { at: cursor.at - from, line: cursor.line }, checked);
}

/** @throws ClienteleError `FILE_UNREADABLE` for a quote that is never closed */
export function quoteUnclosed(place: CsvPlace, line: number): ClienteleError {
  return new ClienteleError('FILE_UNREADABLE', { ...errorPlace(place), line }, `${prefix(place)}line ${line}: a quote opens here and is not closed before the end of the file.`, 'Close it, or write "" for a quote within quotes.');
}

/** A place without what is not known. */
export function errorPlace({ where, file }: CsvPlace): { where: string; file?: string } {
  return file === undefined ? { where } : { where, file };
}

function prefix({ file }: CsvPlace): string {
  return file === undefined ? '' : `${file}, `;
}

function checkUtf8(place: CsvPlace, block: Block, cursor: CsvCursor, from: number): void {
  const to = block.final ? block.end : wholeCharacters(block.bytes, from, block.end);
  const bad = firstNotUtf8(block.bytes, from, to);
  if (bad === to) return;
  let line = cursor.line;
  for (let i = cursor.at; i < bad; i++) if (block.bytes[i] === 10 || (block.bytes[i] === 13 && block.bytes[i + 1] !== 10)) line++;
  throw notUtf8(place.where, place.file, line);
}

function hasMark({ bytes, end }: Block): boolean {
  return end >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The separator of a first line `sep=;`, which Excel writes and reads; the cursor is moved behind it. */
function separatorLine({ bytes, end }: Block, cursor: CsvCursor): number | undefined {
  const match = /^"?sep=([,;\t|])"?(\r\n|\r|\n)/i.exec(decodeUtf8(bytes.subarray(cursor.at, Math.min(end, cursor.at + 12))));
  if (match === null) return undefined;
  cursor.at += match[0].length;
  cursor.line++;
  return match[1]!.charCodeAt(0);
}
