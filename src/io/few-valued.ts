import { isPresent, type Column } from '../columns/index.js';
import type { CsvCount } from './csv-cell.js';
import type { CellWriter } from './row-chunks.js';

/** Cells, and what stands in front of each. */
export interface LedCells {
  readonly leads: readonly Uint8Array[];
  readonly cells: readonly CellWriter[];
}

/** Most values of a column, and most pairs of values looked at when a column joins those before it. */
const MOST_VALUES = 4096, MOST_PAIRS = 1 << 18;
/** A combination must stand in so many rows on average for its text to be worth keeping. */
const ROWS_EACH = 8;

/**
 * Neighbouring columns with few values, written as one: every combination that occurs is formatted once, by the writers
 * themselves, and copied from then on.
 *
 * Scores, score code, segment and label have 125 combinations in a million rows: 196 ns a row for the six cells apart,
 * 142 together, the search for combinations included.
 *
 * @param columns one per cell, of equal length
 * @param count what the writers count; kept per combination
 */
export function joinFewValued(columns: readonly Column[], { leads, cells }: LedCells, count: CsvCount): LedCells {
  const few = columns.map((column) => (mayBeFew(column) ? column : undefined));
  const joined: { lead: Uint8Array; cell: CellWriter }[] = [];
  for (let c = 0; c < columns.length; ) {
    const from = c;
    let run = few[c] === undefined || few[c + 1] === undefined ? undefined : numbered(few[c]!);
    for (c++; run !== undefined && few[c] !== undefined; c++) {
      const next = numbered(few[c]!);
      const both = next === undefined ? undefined : pairs(run, next);
      if (both === undefined) break;
      run = both;
    }
    if (run === undefined || c - from < 2) for (let k = from; k < c; k++) joined.push({ lead: leads[k]!, cell: cells[k]! });
    else joined.push({ lead: leads[from]!, cell: combined(run, { leads: [new Uint8Array(0), ...leads.slice(from + 1, c)], cells: cells.slice(from, c) }, count) });
  }
  return { leads: joined.map(({ lead }) => lead), cells: joined.map(({ cell }) => cell) };
}

/** A number per row for its value or combination: 0 … size - 1. */
interface Numbered {
  readonly numbers: Int32Array;
  readonly size: number;
}

type FewValued = Extract<Column, { type: 'category' | 'integer' | 'flag' }>;

function mayBeFew(column: Column): column is FewValued {
  return column.type === 'integer' || column.type === 'flag' || (column.type === 'category' && column.values.length <= MOST_VALUES);
}

/** The values of a column by number, 0 for missing; undefined where it has many. */
function numbered(column: FewValued): Numbered | undefined {
  const { data } = column;
  if (column.type === 'category') {
    const numbers = new Int32Array(data.length);
    for (let i = 0; i < data.length; i++) numbers[i] = data[i]! + 1;
    return { numbers, size: column.values.length + 1 };
  }
  let lowest = Infinity, highest = -Infinity;
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < lowest) lowest = data[i]!;
    if (data[i]! > highest) highest = data[i]!;
  }
  if (data.length === 0 || highest - lowest >= MOST_VALUES) return undefined;
  const numbers = new Int32Array(data.length);
  if (column.valid === undefined) for (let i = 0; i < data.length; i++) numbers[i] = data[i]! - lowest + 1;
  else for (let i = 0; i < data.length; i++) numbers[i] = isPresent(column, i) ? data[i]! - lowest + 1 : 0;
  return { numbers, size: highest - lowest + 2 };
}

/** The pairs of two columns' values that occur, numbered as they appear; undefined where they are too many to pay. */
function pairs(a: Numbered, b: Numbered): Numbered | undefined {
  if (a.size * b.size > MOST_PAIRS) return undefined;
  const rows = a.numbers.length;
  const known = new Int32Array(a.size * b.size);
  const numbers = new Int32Array(rows);
  let size = 0;
  for (let i = 0; i < rows; i++) {
    const pair = a.numbers[i]! * b.size + b.numbers[i]!;
    if (known[pair] === 0) known[pair] = ++size;
    numbers[i] = known[pair]! - 1;
  }
  return size * ROWS_EACH > rows ? undefined : { numbers, size };
}

function combined({ numbers, size }: Numbered, { leads, cells }: LedCells, count: CsvCount): CellWriter {
  const texts: (Uint8Array | undefined)[] = new Array<undefined>(size).fill(undefined);
  const prefixed = new Int32Array(size);
  const textOf = (i: number): Uint8Array => {
    const known = texts[numbers[i]!];
    if (known !== undefined) return known;
    const before = count.formulaPrefixed;
    const text = written(leads, cells, i);
    prefixed[numbers[i]!] = count.formulaPrefixed - before;
    count.formulaPrefixed = before;
    return (texts[numbers[i]!] = text);
  };
  return {
    room: (i) => textOf(i).length,
    put: (out, at, i) => {
      const text = textOf(i);
      count.formulaPrefixed += prefixed[numbers[i]!]!;
      for (let k = 0; k < text.length; k++) out[at + k] = text[k]!;
      return at + text.length;
    },
  };
}

/** Some cells of one row as bytes of their own. */
function written(leads: readonly Uint8Array[], cells: readonly CellWriter[], i: number): Uint8Array {
  const room = cells.reduce((sum, cell, c) => sum + leads[c]!.length + (typeof cell.room === 'number' ? cell.room : cell.room(i)), 0);
  const out = new Uint8Array(room);
  let at = 0;
  cells.forEach((cell, c) => {
    out.set(leads[c]!, at);
    at = cell.put(out, at + leads[c]!.length, i);
  });
  return out.slice(0, at);
}
