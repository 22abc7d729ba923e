import { isPresent, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { DATE_ROOM, datePutter } from './put-date.js';
import { NUMBER_ROOM, putAscii, putBytes, putNumber } from './put-number.js';
import type { CellWriter } from './row-chunks.js';

/** Counted while cells are written. */
export interface CsvCount {
  formulaPrefixed: number;
}

/** How cells are written. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly formulaSafe: boolean;
  /** the only column: an empty cell must be quoted, as an empty line would be no row */
  readonly lone: boolean;
  readonly count: CsvCount;
}

const QUOTE = 34;
const APOSTROPHE = 39;
const EMPTY = new Uint8Array(0);
const encoder = new TextEncoder();

/** The writer for a column's cells; the kind of column is looked at once, here. */
export function csvCell(column: Column, format: CsvFormat): CellWriter {
  const missing = format.lone ? Uint8Array.of(QUOTE, QUOTE) : EMPTY;
  switch (column.type) {
    case 'number': {
      const { data } = column;
      return fixed(NUMBER_ROOM, (out, at, i) => (Number.isNaN(data[i]!) ? putBytes(out, at, missing) : putNumber(out, at, data[i]!)));
    }
    case 'integer': {
      const { data } = column;
      return fixed(NUMBER_ROOM, (out, at, i) => (isPresent(column, i) ? putNumber(out, at, data[i]!) : putBytes(out, at, missing)));
    }
    case 'date': {
      const { data, unit = 'day' } = column;
      const putDate = datePutter(unit);
      return fixed(DATE_ROOM, (out, at, i) => (isPresent(column, i) ? putDate(out, at, data[i]!) : putBytes(out, at, missing)));
    }
    case 'flag': {
      const { data } = column;
      return fixed(5, (out, at, i) => (isPresent(column, i) ? putAscii(out, at, data[i] === 1 ? 'true' : 'false') : putBytes(out, at, missing)));
    }
    case 'category':
      return categoryCell(column, format, missing);
    case 'text':
      return textCell(column, format, missing);
  }
}

function fixed(room: number, put: CellWriter['put']): CellWriter {
  return { room, put };
}

/** Every value is escaped and encoded once, when it is first met (a block of rows meets few); a cell is a copy of its bytes. */
function categoryCell({ data, values }: CategoryColumn, format: CsvFormat, missing: Uint8Array): CellWriter {
  const unCounted = { ...format, count: { formulaPrefixed: 0 } };
  const known: (Uint8Array | undefined)[] = [];
  const bytesOf = (code: number): Uint8Array => (known[code] ??= encoder.encode(csvText(values[code]!, unCounted)));
  const { count } = format;
  return {
    room: (i) => (data[i] === -1 ? missing.length : bytesOf(data[i]!).length),
    put: (out, at, i) => {
      const code = data[i]!;
      if (code === -1) return putBytes(out, at, missing);
      if (needsPrefix(values[code]!, format)) count.formulaPrefixed++;
      return putBytes(out, at, bytesOf(code));
    },
  };
}

function textCell(column: TextColumn, format: CsvFormat, missing: Uint8Array): CellWriter {
  const { data, offsets } = column;
  const { formulaSafe, count } = format;
  const delimiter = format.delimiter.charCodeAt(0);
  return {
    // Two quotes around, a prefix, and at worst every byte a doubled quote.
    room: (i) => 3 + 2 * (offsets[i + 1]! - offsets[i]!),
    put: (out, at, i) => {
      const from = offsets[i]!;
      const to = offsets[i + 1]!;
      if (from === to || !isPresent(column, i)) return putBytes(out, at, missing);
      const unsafe = formulaSafe && startsFormula(data[from]!);
      if (unsafe) count.formulaPrefixed++;
      let end = at;
      if (unsafe) out[end++] = APOSTROPHE;
      for (let k = from; k < to; k++) {
        const byte = data[k]!;
        if (byte === delimiter || byte === QUOTE || byte === 10 || byte === 13) return putQuoted(out, at, data, from, to, unsafe);
        out[end++] = byte;
      }
      return end;
    },
  };
}

function putQuoted(out: Uint8Array, at: number, data: Uint8Array, from: number, to: number, prefix: boolean): number {
  let end = at;
  out[end++] = QUOTE;
  if (prefix) out[end++] = APOSTROPHE;
  for (let k = from; k < to; k++) {
    const byte = data[k]!;
    if (byte === QUOTE) out[end++] = QUOTE;
    out[end++] = byte;
  }
  out[end++] = QUOTE;
  return end;
}

/** One text as a CSV cell: prefixed (and counted) where a spreadsheet would run it, quoted where it must be. */
export function csvText(text: string, format: CsvFormat): string {
  const prefix = needsPrefix(text, format);
  if (prefix) format.count.formulaPrefixed++;
  const safe = prefix ? `'${text}` : text;
  const quotes = safe.includes('"') || safe.includes(format.delimiter) || safe.includes('\n') || safe.includes('\r') || (safe === '' && format.lone);
  return quotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function needsPrefix(text: string, format: CsvFormat): boolean {
  return format.formulaSafe && text.length > 0 && startsFormula(text.charCodeAt(0));
}

/** = + - @ tab and carriage return, the characters by which spreadsheets know a formula. */
function startsFormula(code: number): boolean {
  return code === 61 || code === 43 || code === 45 || code === 64 || code === 9 || code === 13;
}
