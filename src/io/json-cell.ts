import { isPresent, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { DATE_ROOM, datePutter } from './put-date.js';
import { NUMBER_ROOM, putAscii, putBytes, putNumber } from './put-number.js';
import type { CellWriter } from './row-chunks.js';

/** Counted while cells are written. */
export interface JsonCount {
  infinite: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const NULL = Uint8Array.of(110, 117, 108, 108);
const HEX = '0123456789abcdef';
const encoder = new TextEncoder();

/** The writer for a column's cells; the kind of column is looked at once, here. */
export function jsonCell(column: Column, count: JsonCount): CellWriter {
  switch (column.type) {
    case 'number': {
      const { data } = column;
      return fixed(NUMBER_ROOM, (out, at, i) => {
        const value = data[i]!;
        if (Number.isFinite(value)) return putNumber(out, at, value);
        if (!Number.isNaN(value)) count.infinite++;
        return putBytes(out, at, NULL);
      });
    }
    case 'integer': {
      const { data } = column;
      return fixed(NUMBER_ROOM, (out, at, i) => (isPresent(column, i) ? putNumber(out, at, data[i]!) : putBytes(out, at, NULL)));
    }
    case 'date': {
      const { data, unit = 'day' } = column;
      const putDate = datePutter(unit);
      return fixed(DATE_ROOM + 2, (out, at, i) => {
        if (!isPresent(column, i)) return putBytes(out, at, NULL);
        out[at] = QUOTE;
        const end = putDate(out, at + 1, data[i]!);
        out[end] = QUOTE;
        return end + 1;
      });
    }
    case 'flag': {
      const { data } = column;
      return fixed(5, (out, at, i) => (isPresent(column, i) ? putAscii(out, at, data[i] === 1 ? 'true' : 'false') : putBytes(out, at, NULL)));
    }
    case 'category':
      return categoryCell(column);
    case 'text':
      return textCell(column);
  }
}

function fixed(room: number, put: CellWriter['put']): CellWriter {
  return { room, put };
}

/** Every value is escaped and encoded once; a cell is a copy of its bytes. */
function categoryCell({ data, values }: CategoryColumn): CellWriter {
  const bytes = values.map((value) => encoder.encode(JSON.stringify(value)));
  const bytesOf = (i: number): Uint8Array => (data[i] === -1 ? NULL : bytes[data[i]!]!);
  return { room: (i) => bytesOf(i).length, put: (out, at, i) => putBytes(out, at, bytesOf(i)) };
}

function textCell(column: TextColumn): CellWriter {
  const { data, offsets } = column;
  return {
    // At worst every byte is a control character, six characters as an escape.
    room: (i) => 4 + 6 * (offsets[i + 1]! - offsets[i]!),
    put: (out, at, i) => {
      if (!isPresent(column, i)) return putBytes(out, at, NULL);
      out[at] = QUOTE;
      let end = at + 1;
      for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
        const byte = data[k]!;
        if (byte >= 32 && byte !== QUOTE && byte !== BACKSLASH) out[end++] = byte;
        else end = putEscape(out, end, byte);
      }
      out[end] = QUOTE;
      return end + 1;
    },
  };
}

/** The escapes `JSON.stringify` uses: short where there is one, `\u00xx` otherwise. */
function putEscape(out: Uint8Array, at: number, byte: number): number {
  switch (byte) {
    case QUOTE: return putAscii(out, at, '\\"');
    case BACKSLASH: return putAscii(out, at, '\\\\');
    case 8: return putAscii(out, at, '\\b');
    case 9: return putAscii(out, at, '\\t');
    case 10: return putAscii(out, at, '\\n');
    case 12: return putAscii(out, at, '\\f');
    case 13: return putAscii(out, at, '\\r');
    default: return putAscii(out, at, `\\u00${HEX[byte >> 4]}${HEX[byte & 15]}`);
  }
}
