import { isPresent, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import type { CsvCells } from './csv-rows.js';
import { csvText, startsFormula, type CsvFormat } from './csv-text.js';
import { DATE_ROOM, datePutter } from './put-date.js';
import { fewValued, fewValuedCells, joinable, type FewValued } from './few-valued.js';
import { putBytes } from './put-number.js';
import { NUMBER_WORDS_ROOM, putNumberWords } from './put-words.js';

const QUOTE = 34;
const APOSTROPHE = 39;
const encoder = new TextEncoder();

/**
 * Writers for the cells of a row; neighbouring columns with few values share one.
 *
 * @param columns at least one
 */
export function csvCells(columns: readonly Column[], format: CsvFormat): CsvCells[] {
  const few = columns.map((column) => fewValued(column, format));
  const cells: CsvCells[] = [];
  for (let c = 0; c < columns.length; ) {
    const lead = c === 0 ? '' : format.delimiter;
    const joined = joinable(few.slice(c));
    cells.push(joined === 0 ? manyValuedCells(columns[c]!, lead, format) : fewValuedCells(few.slice(c, c + joined) as FewValued[], lead, format));
    c += Math.max(1, joined);
  }
  return cells;
}

function manyValuedCells(column: Column, lead: string, format: CsvFormat): CsvCells {
  const missing = encoder.encode(lead + (format.lone ? '""' : ''));
  const front = encoder.encode(lead);
  switch (column.type) {
    case 'number':
      return numberCells(column.data, front, missing);
    case 'integer': {
      const { data } = column;
      const room = Math.max(missing.length, front.length + NUMBER_WORDS_ROOM);
      return {
        ready: (from, to) => (to - from) * room,
        put: (out, view, at, i) => (isPresent(column, i) ? putNumberWords(out, view, putBytes(out, at, front), data[i]!) : putBytes(out, at, missing)),
      };
    }
    case 'date': {
      const { data, unit = 'day' } = column;
      const putDate = datePutter(unit);
      const room = Math.max(missing.length, front.length + DATE_ROOM);
      return {
        ready: (from, to) => (to - from) * room,
        put: (out, _, at, i) => (isPresent(column, i) ? putDate(out, putBytes(out, at, front), data[i]!) : putBytes(out, at, missing)),
      };
    }
    case 'category':
      return categoryCells(column, front, missing, format);
    case 'text':
      return textCells(column, front, missing, format);
    case 'flag':
      throw new RangeError('flags have few values');
  }
}

function numberCells(data: Float64Array, front: Uint8Array, missing: Uint8Array): CsvCells {
  const room = Math.max(missing.length, front.length + NUMBER_WORDS_ROOM);
  const led = front.length > 0;
  const mark = front[0] ?? 0;
  return {
    ready: (from, to) => (to - from) * room,
    put: (out, view, at, i) => {
      const v = data[i]!;
      if (v !== v) return putBytes(out, at, missing);
      if (!led) return putNumberWords(out, view, at, v);
      out[at] = mark;
      return putNumberWords(out, view, at + 1, v);
    },
  };
}

/** Categories of many values: each is escaped and encoded when it is first met. */
function categoryCells({ data, values }: CategoryColumn, front: Uint8Array, missing: Uint8Array, format: CsvFormat): CsvCells {
  const known: (Uint8Array | undefined)[] = [];
  const prefixed = new Uint8Array(values.length);
  const bytesOf = (code: number): Uint8Array => {
    const own = { formulaPrefixed: 0 };
    const bytes = encoder.encode(csvText(values[code]!, { ...format, count: own }));
    prefixed[code] = own.formulaPrefixed;
    return (known[code] = bytes);
  };
  return {
    ready: (from, to) => {
      let room = (to - from) * Math.max(front.length, missing.length);
      for (let i = from; i < to; i++) if (data[i] !== -1) room += (known[data[i]!] ?? bytesOf(data[i]!)).length;
      return room;
    },
    put: (out, _, at, i) => {
      const code = data[i]!;
      if (code === -1) return putBytes(out, at, missing);
      format.count.formulaPrefixed += prefixed[code]!;
      return putBytes(out, putBytes(out, at, front), known[code]!);
    },
  };
}

/** Text: copied as it is, four bytes at a time, but where it asks for quotes or a prefix. */
function textCells(column: TextColumn, front: Uint8Array, missing: Uint8Array, { delimiter, formulaSafe, count }: CsvFormat): CsvCells {
  const { data, offsets, valid } = column;
  const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const mark = delimiter.charCodeAt(0);
  const pattern = mark * 0x01010101;
  return {
    // Two quotes around, a prefix, and at worst every byte a doubled quote.
    ready: (from, to) => 4 + (to - from) * (front.length + 3 + missing.length) + 2 * (offsets[to]! - offsets[from]!),
    put: (out, view, at, i) => {
      const from = offsets[i]!;
      const to = offsets[i + 1]!;
      if (from === to || (valid !== undefined && !isPresent(column, i))) return putBytes(out, at, missing);
      const begin = putBytes(out, at, front);
      if (to + 3 <= data.length && !(formulaSafe && startsFormula(data[from]!))) {
        let odd = 0;
        for (let k = from; k < to; k += 4) {
          const word = bytes.getInt32(k, true);
          const outside = to - k >= 4 ? 0 : -1 << ((to - k) * 8);
          odd |= oddBytes((word & ~outside) | (PLAIN & outside), pattern);
          view.setInt32(begin + k - from, word, true);
        }
        if (odd === 0) return begin + to - from;
      }
      const unsafe = formulaSafe && startsFormula(data[from]!);
      if (unsafe) count.formulaPrefixed++;
      return putEscaped(out, begin, data, from, to, mark, unsafe);
    },
  };
}

/** Letters, which no format minds. */
const PLAIN = 0x61616161;

/** Not 0 where a byte is the delimiter or below '#': quotes, line ends, and others that the long way looks at. */
function oddBytes(word: number, pattern: number): number {
  const x = word ^ pattern;
  return (((x - 0x01010101) & ~x) | ((word - 0x23232323) & ~word)) & 0x80808080;
}

function putEscaped(out: Uint8Array, at: number, data: Uint8Array, from: number, to: number, mark: number, unsafe: boolean): number {
  let quoted = false;
  for (let k = from; k < to && !quoted; k++) quoted = data[k] === mark || data[k] === QUOTE || data[k] === 10 || data[k] === 13;
  let end = at;
  if (quoted) out[end++] = QUOTE;
  if (unsafe) out[end++] = APOSTROPHE;
  for (let k = from; k < to; k++) {
    if (data[k] === QUOTE) out[end++] = QUOTE;
    out[end++] = data[k]!;
  }
  if (quoted) out[end++] = QUOTE;
  return end;
}
