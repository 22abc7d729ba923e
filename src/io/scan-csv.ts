import { CR, isSpace, LF, QUOTE, SPACE } from './bytes.js';
import type { FieldBatch } from './field-batch.js';
import { closeUpQuotes, quotedEnd, type Quoted } from './scan-quoted.js';

/** What the scanner must know about a file. */
export interface CsvLayout {
  /** byte between fields */
  readonly delimiter: number;
  /** fields a row must have */
  readonly fields: number;
  /** for every field the slot it is put in, -1 where it is not wanted */
  readonly slotOf: Int32Array;
  readonly slots: number;
}

/** Where the scanner stands: the next row's first byte, and its one-based line in the file. */
export interface CsvCursor {
  at: number;
  line: number;
}

/**
 * Why the scanner stopped: the batch is `full`; `more` bytes are needed, or there are none left; a quote is not closed
 * before the last byte of the file (`unclosed`; the cursor's line is where it opens).
 */
export type ScanEnd = 'full' | 'more' | 'unclosed';

const quoted: Quoted = { breaks: 0, doubled: false };

/**
 * Find the wanted fields of the next rows: RFC 4180 with LF, CRLF and CR, mixed.
 *
 * A field that begins with a quote ends at the next single quote; `""` in it is one quote, separators and line breaks
 * in it are text. A quote elsewhere is text. Spaces between a closing quote and the separator are dropped. Lines that
 * are empty or hold only spaces are no rows. A row that is not complete is left for the next call.
 *
 * @param bytes a block with room for one byte behind `end`. That byte is overwritten, and doubled quotes of wanted
 *   fields are closed up in place.
 * @param end end of the bytes read so far
 * @param final whether these are the last bytes of the file
 * @param cursor moved behind the rows found
 * @param batch filled
 *
 * Method: one pass over the bytes, one comparison for most of them; lines are not split first and no text is made
 * (about 1.2 ns a byte). O(bytes).
 */
export function scanRows(bytes: Uint8Array, end: number, final: boolean, layout: CsvLayout, cursor: CsvCursor, batch: FieldBatch): ScanEnd {
  const { delimiter, fields, slotOf, slots } = layout;
  const { capacity, from, to, lines, faults } = batch;
  const top = Math.max(delimiter, CR);
  let { at, line } = cursor;          // of the next row
  let rows = 0;
  let result: ScanEnd = 'full';
  faults.length = 0;
  bytes[end] = LF;                    // stops the inner loops, which hence need not look at `end`

  while (rows < capacity) {
    let i = at;
    let nextLine = line;
    let field = 0;
    let escaped = false;
    let textBehindQuote = false;
    let unclosed = false;
    for (;;) {
      let start = i;
      let stop: number;
      if (bytes[i] === QUOTE && i < end) {
        stop = quotedEnd(bytes, ++start, end, quoted);
        if (stop === end) {
          unclosed = true;
          break;
        }
        nextLine += quoted.breaks;
        i = stop + 1;
        while (bytes[i] === SPACE && i < end) i++;
        const behind = i;
        i = fieldEnd(bytes, i, delimiter, top);
        if (i > behind) textBehindQuote = true;
        if (quoted.doubled) {
          escaped = true;
          start = ~start;             // marks the field for closeUpQuotes
        }
      } else {
        i = fieldEnd(bytes, i, delimiter, top);
        stop = i;
      }
      if (field < fields) {
        const slot = slotOf[field]!;
        if (slot >= 0) {
          from[slot * capacity + rows] = start;
          to[slot * capacity + rows] = stop;
        }
      }
      field++;
      if (bytes[i] !== delimiter) break;
      i++;
    }
    if (unclosed && final) {
      result = 'unclosed';
      line = nextLine;
      break;
    }
    // At the end of the bytes a row may go on, and a CR may be half of CRLF.
    if (unclosed || at >= end || (!final && (i >= end || (bytes[i] === CR && i + 1 >= end)))) {
      result = 'more';
      break;
    }
    const rowFrom = at;
    const rowLine = line;
    at = Math.min(bytes[i] === CR && bytes[i + 1] === LF && i + 1 < end ? i + 2 : i + 1, end);
    line = nextLine + 1;
    if (field === 1 && onlySpaces(bytes, rowFrom, i)) continue;

    lines[rows] = rowLine;
    if (field !== fields || textBehindQuote) {
      faults.push({ row: rows, kind: textBehindQuote ? 'quote' : 'fields', fields: field, from: rowFrom, to: i });
      for (let slot = 0; slot < slots; slot++) from[slot * capacity + rows] = to[slot * capacity + rows] = 0;
    } else if (escaped) {
      for (let slot = 0; slot < slots; slot++) closeUpQuotes(bytes, from, to, slot * capacity + rows);
    }
    rows++;
  }
  batch.rows = rows;
  cursor.at = at;
  cursor.line = line;
  return result;
}

/** The next separator or line break; four bytes a turn, 1.2 ns each instead of 1.6. */
function fieldEnd(bytes: Uint8Array, from: number, delimiter: number, top: number): number {
  for (let i = from; ; i += 4) {
    let byte = bytes[i]!;
    if (byte <= top && (byte === delimiter || byte === LF || byte === CR)) return i;
    byte = bytes[i + 1]!;
    if (byte <= top && (byte === delimiter || byte === LF || byte === CR)) return i + 1;
    byte = bytes[i + 2]!;
    if (byte <= top && (byte === delimiter || byte === LF || byte === CR)) return i + 2;
    byte = bytes[i + 3]!;
    if (byte <= top && (byte === delimiter || byte === LF || byte === CR)) return i + 3;
  }
}

function onlySpaces(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isSpace(bytes[i]!)) return false;
  return true;
}
