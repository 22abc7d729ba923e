import { ClienteleError, valueText } from '../core/index.js';
import { cellOf, columnLength, takeColumn, textColumn, type CategoryColumn } from '../columns/index.js';
import { eachMissing, type ArrowVector } from './arrow-batches.js';
import { arrowDates, arrowDecimals, flags, floats, integers, ints, timestamps } from './arrow-numbers.js';
import { texts, textViews } from './arrow-texts.js';
import { isColumn } from './cell-source.js';
import { isTimes, type ForeignValues } from './foreign-values.js';

/** Types of the Arrow format by their ids, which both libraries share. */
const TYPE = { dictionary: -1, null: 1, int: 2, float: 3, utf8: 5, bool: 6, decimal: 7, date: 8, timestamp: 10, largeUtf8: 20, runEnd: 22, utf8View: 24 } as const;

/** What a column of another type holds, in words. */
const OTHERS: Readonly<Record<number, string>> = {
  3: 'half-precision floats', 4: 'raw bytes', 9: 'times of day', 11: 'intervals', 12: 'lists', 13: 'records', 14: 'unions', 15: 'raw bytes', 16: 'lists',
  17: 'maps', 18: 'durations', 19: 'raw bytes', 21: 'lists', 23: 'raw bytes', 25: 'lists', 26: 'lists',
};

/**
 * What an Arrow column holds.
 *
 * Shared without copy, in one batch: doubles (where missing ones are NaN beneath), 32-bit integers and days with their
 * validity bits, UTF-8 text (its offsets where they have 32 bits), 32-bit codes into a dictionary where none is missing.
 * Copied once: everything else, and several batches. Whole numbers of 64 bits are taken below 2^53; decimals become the
 * nearest double; a timestamp with a zone is an instant, without one a wall-clock time.
 *
 * @throws ClienteleError `VALUE_INVALID` for columns of lists, records, bytes, durations and their kin
 */
export function arrowValues(where: string, name: string, vector: ArrowVector): ForeignValues {
  switch (vector.type.typeId) {
    case TYPE.float:
      return floats(vector) ?? refuse(where, name, vector);
    case TYPE.int:
      return integers(vector);
    case TYPE.utf8:
    case TYPE.largeUtf8:
      return texts(where, name, vector);
    case TYPE.utf8View:
      return textViews(vector);
    case TYPE.dictionary:
      return dictionary(where, name, vector);
    case TYPE.bool:
      return flags(vector);
    case TYPE.date:
      return arrowDates(vector);
    case TYPE.timestamp:
      return timestamps(vector);
    case TYPE.decimal:
      return arrowDecimals(vector);
    case TYPE.null:
      return textColumn(new Array<null>(vector.length).fill(null));
    case TYPE.runEnd:
      return Array.from(vector);
    default:
      return refuse(where, name, vector);
  }
}

function refuse(where: string, name: string, { type }: ArrowVector): never {
  throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${OTHERS[type.typeId] ?? `Arrow type ${type.typeId}`}.`, 'Leave it out, or turn it into text or numbers first.');
}

/** Codes into a dictionary: text stays a category column, other values are written out. */
function dictionary(where: string, name: string, vector: ArrowVector): ForeignValues {
  const { data: batches, length } = vector;
  const dictionaries = [...new Set(batches.map((batch) => batch.dictionary))];
  if (dictionaries.length === 0) return { type: 'category', data: new Int32Array(0), values: [] };
  const values = dictionaries.map((of) => arrowValues(where, name, of!));
  const codes = codesOf(vector);
  if (values.every(isText)) {
    const lists = values.map((texts) => Array.from({ length: columnLength(texts) }, (_, i) => cellOf(texts, i) as string | null));
    return category(codes, lists, batches.map((batch) => ({ list: dictionaries.indexOf(batch.dictionary), rows: batch.length })));
  }
  if (values.length > 1) throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} changes its dictionary between batches.`, 'Write it without a dictionary.');
  const [of] = values;
  if (isTimes(of!)) return { ...of, data: Float64Array.from(codes, (code) => (code === -1 ? NaN : of.data[code]!)) };
  return isColumn(of!) ? takeColumn(of, codes) : Array.from({ length }, (_, i) => (codes[i] === -1 ? null : of![codes[i]!]));
}

function isText(values: ForeignValues): values is Extract<ForeignValues, { type: 'text' | 'category' }> {
  return !isTimes(values) && isColumn(values) && (values.type === 'text' || values.type === 'category');
}

/** One code per row, -1 where there is no value; shared where they are of 32 bits, in one batch, and all there. */
function codesOf(vector: ArrowVector): Int32Array {
  let codes = ints(vector);
  let own = codes.buffer !== (vector.data[0]!.values as Int32Array).buffer;
  eachMissing(vector.data, (row) => {
    if (!own) codes = codes.slice();
    own = true;
    codes[row] = -1;
  });
  return codes;
}

/** A category column whose batches refer to one list, or to several, which are made one. */
function category(codes: Int32Array, lists: readonly (readonly (string | null)[])[], batches: readonly { readonly list: number; readonly rows: number }[]): CategoryColumn {
  const [only] = lists;
  if (lists.length === 1 && !only!.includes(null)) return { type: 'category', data: codes, values: only as readonly string[] };
  const common = new Map<string, number>();
  const codeOf = (value: string | null): number => {
    if (value === null) return -1;
    const known = common.get(value);
    if (known === undefined) common.set(value, common.size);
    return known ?? common.size - 1;
  };
  const renamed = lists.map((list) => list.map(codeOf));
  const data = new Int32Array(codes.length);
  let row = 0;
  for (const { list, rows } of batches) {
    for (let i = row; i < row + rows; i++) data[i] = codes[i] === -1 ? -1 : renamed[list]![codes[i]!]!;
    row += rows;
  }
  return { type: 'category', data, values: [...common.keys()] };
}
