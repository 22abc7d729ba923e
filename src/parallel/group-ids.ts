import { isPresent, validExcept, type IntegerColumn, type NumberColumn } from '../columns/index.js';
import { numberSink, type ForeignValues, type MissingWords, type NumberType, type PageSink, type ParquetType, type TextSpans } from '../io/index.js';
import { integerKeys, newKeys, numberKeys, type Keys } from './keyed-rows.js';
import { newKeySink } from './text-keys.js';

/** What the ids of a row group tell of the column that all of them make. */
export interface GroupIds {
  /** the dictionaries of text that is kept as codes only */
  readonly coded?: readonly TextSpans[] | undefined;
  /** whether whole numbers all have 32 bits */
  readonly small?: boolean;
}

/** The ids of one row group after the other. */
export interface IdReader {
  /** keys of the row group read, zeros where a row has no id */
  readonly keys: Keys;
  /** where keys longer than four words stand */
  longKeys(): Uint8Array;
  /** Read a row group; why this cannot be done here, if so. */
  read(rows: number, pages: (sink: PageSink) => void): string | undefined;
  /** for the rules of all columns to judge: ids some of which are missing, or none; undefined where all are good */
  doubtful(): ForeignValues | undefined;
  found(): GroupIds;
}

/** Bytes of the longest text that is taken. */
export const LONGEST_ID = 72;

/**
 * A reader of ids of any type.
 *
 * @param most rows of the largest row group
 * @param required whether each row must have one
 */
export function newIdReader(type: ParquetType, most: number, missing: MissingWords, required: boolean): IdReader {
  return type.is === 'text' || type.is === 'uuid' ? textIds(newKeySink(type, most, missing), required) : numberIds(type, most);
}

function textIds(sink: ReturnType<typeof newKeySink>, required: boolean): IdReader {
  const { found } = sink;
  return {
    keys: found.keys,
    longKeys: () => found.longKeys,
    read: (_, pages) => {
      sink.begin();
      pages(sink);
      if (found.longest > LONGEST_ID) return `an id of ${found.longest} bytes`;
      // Which value is shown of it depends on how the whole column is kept.
      return required && found.missingWord ? 'a text that stands for a missing id' : undefined;
    },
    // A column with the same gaps.
    doubtful: () => (required && found.absent.length > 0 ? { type: 'integer', data: new Int32Array(found.rows), valid: validExcept(found.rows, found.absent) } : undefined),
    found: () => ({ coded: found.coded }),
  };
}

function numberIds(type: NumberType, most: number): IdReader {
  const keys = newKeys(most);
  let small = true;
  let doubtful: ForeignValues | undefined;
  return {
    keys,
    longKeys: () => NO_BYTES,
    read: (rows, pages) => {
      const sink = numberSink(type, rows);
      pages(sink);
      const values = sink.finish();
      const data = doublesOf(values);
      const seen = lookAtNumbers(data);
      small = seen.small;
      doubtful = seen.good ? undefined : values;
      if (type.is === 'int32') integerKeys((values as IntegerColumn).data, 0, rows, keys);
      else numberKeys(data, new Int32Array(data.buffer), 0, rows, keys);
      for (let i = 0; !seen.good && i < rows; i++) if (Number.isNaN(data[i])) keys.words.fill(0, i * 4, i * 4 + 4);
      return undefined;
    },
    doubtful: () => doubtful,
    found: () => ({ small }),
  };
}

const NO_BYTES = new Uint8Array(0);

/** The numbers of a column or of cells, NaN where there is none that could be an id. */
function doublesOf(values: ForeignValues): Float64Array {
  if (Array.isArray(values)) return Float64Array.from(values, (cell) => (typeof cell === 'number' ? cell : NaN));
  const column = values as IntegerColumn | NumberColumn;
  if (column.type === 'number') return column.data;
  const data = Float64Array.from(column.data);
  for (let i = 0; column.valid !== undefined && i < data.length; i++) if (!isPresent(column, i)) data[i] = NaN;
  return data;
}

/** Whether all are whole numbers below 2^53, and whether those that are have 32 bits. */
function lookAtNumbers(data: Float64Array): { good: boolean; small: boolean } {
  let good = true, small = true;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if ((value | 0) === value) continue;
    if (Number.isSafeInteger(value)) small = false;
    else good = false;
  }
  return { good, small };
}
