import type { CategoryColumn, Column, FlagColumn, IntegerColumn, NumberColumn } from '../columns/index.js';
import { BATCH, type CsvCells } from './csv-rows.js';
import { csvText, type CsvFormat } from './csv-text.js';
import { newTextPool } from './text-pool.js';

/** A column with few values, by number: 0 for missing. */
export interface FewValued {
  readonly column: NumberColumn | IntegerColumn | FlagColumn | CategoryColumn;
  /** the value that is number 1 */
  readonly lowest: number;
  /** the text of each number */
  readonly texts: readonly string[];
  /** whether it was given a leading `'` */
  readonly prefixed: readonly boolean[];
}

/** Most values of such a column, and rows there must be for each. */
const MOST_VALUES = 1024, ROWS_EACH = 4;

/** A column as one with few values, all their texts made; undefined where it has many. */
export function fewValued(column: Column, format: CsvFormat): FewValued | undefined {
  const missing = format.lone ? '""' : '';
  switch (column.type) {
    case 'flag':
      return { column, lowest: 0, texts: [missing, 'false', 'true'], prefixed: [false, false, false] };
    case 'category': {
      if (column.values.length > MOST_VALUES) return undefined;
      const made = column.values.map((value) => {
        const count = { formulaPrefixed: 0 };
        return { text: csvText(value, { ...format, count }), prefixed: count.formulaPrefixed > 0 };
      });
      return { column, lowest: 0, texts: [missing, ...made.map(({ text }) => text)], prefixed: [false, ...made.map(({ prefixed }) => prefixed)] };
    }
    case 'number':
    case 'integer': {
      const range = wholeRange(column.data);
      if (range === undefined) return undefined;
      const texts = [missing, ...Array.from({ length: range.count }, (_, k) => String(range.lowest + k))];
      return { column, lowest: range.lowest, texts, prefixed: texts.map(() => false) };
    }
    default:
      return undefined;
  }
}

/** The whole numbers a column is of, where they are few; NaN stands beside them. */
function wholeRange(data: Float64Array | Int32Array): { lowest: number; count: number } | undefined {
  let lowest = Infinity, highest = -Infinity;
  for (let from = 0; from < data.length; from += BLOCK) {
    const block = data.subarray(from, from + BLOCK);
    const own = block instanceof Float64Array ? numberRange(block) : integerRange(block);
    lowest = Math.min(lowest, own.lowest);
    highest = Math.max(highest, own.highest);
    if (!(highest - lowest < MOST_VALUES)) return undefined;
  }
  const count = highest - lowest + 1;
  return count * ROWS_EACH <= data.length ? { lowest, count } : undefined;
}

/** Rows after which a column that has many values is given up. */
const BLOCK = 4096;

function integerRange(data: Int32Array): { lowest: number; highest: number } {
  let lowest = 0x7fffffff, highest = -0x80000000;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    lowest = v < lowest ? v : lowest;
    highest = v > highest ? v : highest;
  }
  return { lowest, highest };
}

/** The same of numbers, up to infinity where one is not whole. */
function numberRange(data: Float64Array): { lowest: number; highest: number } {
  let lowest = Infinity, highest = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if ((v | 0) !== v && v === v) return { lowest, highest: Infinity };
    lowest = v < lowest ? v : lowest;
    highest = v > highest ? v : highest;
  }
  return { lowest, highest };
}

/** Most combinations of values that are told apart by a table. */
const MOST_PAIRS = 1 << 20;
/** Rows looked at, and how often each combination must stand there, for columns to be written as one. */
const SAMPLE = 4096, SEEN_EACH = 8;

/** How many of the columns, from the first on, are best written as one: those whose combinations stand again and again. */
export function joinable(columns: readonly (FewValued | undefined)[]): number {
  let sizes = 1;
  let joined = 0;
  for (const few of columns) {
    if (few === undefined || sizes * few.texts.length > MOST_PAIRS) break;
    sizes *= few.texts.length;
    const rows = Math.min(SAMPLE, few.column.data.length);
    if (joined > 0 && combinationsIn(columns.slice(0, joined + 1) as FewValued[], rows) * SEEN_EACH > rows) break;
    joined++;
  }
  return joined;
}

function combinationsIn(columns: readonly FewValued[], rows: number): number {
  const met = new Set<number>();
  const numbers = new Int32Array(BATCH);
  for (let from = 0; from < rows; from += BATCH) {
    const to = Math.min(rows, from + BATCH);
    combine(columns, from, to, numbers);
    for (let k = 0; k < to - from; k++) met.add(numbers[k]!);
  }
  return met.size;
}

/** Neighbouring columns with few values, written as one: each combination that occurs is put together once, and copied from then on. */
export function fewValuedCells(columns: readonly FewValued[], lead: string, { delimiter, count }: CsvFormat): CsvCells {
  const pool = newTextPool(columns.reduce((product, { texts }) => product * texts.length, 1));
  const { starts, sizes } = pool;
  const prefixed = new Uint8Array(starts.length);
  const numbers = new Int32Array(BATCH);
  let batchFrom = 0;
  const meet = (number: number): void => {
    const parts: string[] = [];
    for (let c = columns.length - 1, rest = number; c >= 0; c--) {
      const { texts, prefixed: own } = columns[c]!;
      const place = rest % texts.length;
      parts.unshift(texts[place]!);
      prefixed[number]! += Number(own[place]);
      rest = (rest - place) / texts.length;
    }
    pool.add(number, lead + parts.join(delimiter));
  };
  return {
    ready: (from, to) => {
      batchFrom = from;
      combine(columns, from, to, numbers);
      for (let k = 0; k < to - from; k++) if (starts[numbers[k]!] === -1) meet(numbers[k]!);
      return (to - from) * pool.longest() + 16;
    },
    put: (_, view, at, i) => {
      const number = numbers[i - batchFrom]!;
      const size = sizes[number]!;
      const words = pool.words();
      let word = starts[number]!;
      // By four words, the last of which may not be needed: a loop of one word each ends unforeseen.
      for (let k = at; k < at + size; k += 16, word += 4) {
        view.setInt32(k, words[word]!, true);
        view.setInt32(k + 4, words[word + 1]!, true);
        view.setInt32(k + 8, words[word + 2]!, true);
        view.setInt32(k + 12, words[word + 3]!, true);
      }
      count.formulaPrefixed += prefixed[number]!;
      return at + size;
    },
  };
}

/** The number of each row's combination of values: that of the first column counts most. */
function combine(columns: readonly FewValued[], from: number, to: number, numbers: Int32Array): void {
  numbers.fill(0);
  for (const { column, lowest, texts } of columns) {
    if (column.type === 'number') addNumbers(column.data, lowest, texts.length, from, to, numbers);
    else if (column.type === 'category' || column.valid === undefined) addCodes(column.data, lowest, texts.length, from, to, numbers);
    else addPresent(column.data, column.valid, lowest, texts.length, from, to, numbers);
  }
}

function addNumbers(data: Float64Array, lowest: number, size: number, from: number, to: number, numbers: Int32Array): void {
  for (let i = from; i < to; i++) {
    const v = data[i]!;
    numbers[i - from] = Math.imul(numbers[i - from]!, size) + (v === v ? (v | 0) - lowest + 1 : 0);
  }
}

function addCodes(data: Int32Array | Uint8Array, lowest: number, size: number, from: number, to: number, numbers: Int32Array): void {
  for (let i = from; i < to; i++) numbers[i - from] = Math.imul(numbers[i - from]!, size) + data[i]! - lowest + 1;
}

function addPresent(data: Int32Array | Uint8Array, valid: Uint8Array, lowest: number, size: number, from: number, to: number, numbers: Int32Array): void {
  for (let i = from; i < to; i++) numbers[i - from] = Math.imul(numbers[i - from]!, size) + (((valid[i >> 3]! >> (i & 7)) & 1) === 1 ? data[i]! - lowest + 1 : 0);
}
