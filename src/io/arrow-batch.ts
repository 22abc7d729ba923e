import type * as Flechette from '@uwdata/flechette';
import { columnLength, isPresent, textColumn, validExcept, type CategoryColumn, type Column, type DateColumn } from '../columns/index.js';
import type { FlechetteModule } from './arrow-table.js';

type Batch = Flechette.Batch<unknown>;

/** The buffers of a batch. */
interface Buffers {
  readonly values: Flechette.Batch<unknown>['values'];
  readonly offsets?: Int32Array;
}

/** A column as a batch of flechette's; values are shared where the formats agree. */
export function arrowBatch(flechette: FlechetteModule, column: Column): Batch {
  switch (column.type) {
    case 'number':
      return batch(flechette, flechette.float64(), column, { values: column.data });
    case 'integer':
      return batch(flechette, flechette.int32(), column, { values: column.data });
    case 'date':
      return column.unit === undefined || column.unit === 'day'
        ? batch(flechette, flechette.dateDay(), column, { values: column.data })
        : batch(flechette, flechette.timestamp(MILLISECOND, null), column, { values: milliseconds(column) });
    case 'flag':
      return batch(flechette, flechette.bool(), column, { values: bits(column.data) });
    case 'text':
      return batch(flechette, flechette.utf8(), column, { values: column.data, offsets: column.offsets });
    case 'category':
      return dictionaryBatch(flechette, column);
  }
}

const MILLISECOND = 1;

function batch(flechette: FlechetteModule, type: Flechette.DataType, column: Column, buffers: Buffers): Batch {
  const { valid, missing } = validity(column);
  const Made = flechette.batchType(type) as unknown as new (options: object) => Batch;
  return new Made({ length: columnLength(column), nullCount: missing, type, validity: valid, ...buffers });
}

/** Bits of the rows with a value, and how many have none; no bits where all have. */
function validity(column: Column): { valid: Uint8Array; missing: number } {
  const gaps: number[] = [];
  const rows = mayMiss(column) ? columnLength(column) : 0;
  for (let i = 0; i < rows; i++) if (!isPresent(column, i)) gaps.push(i);
  if (gaps.length === 0) return { valid: new Uint8Array(0), missing: 0 };
  const own = 'valid' in column ? column.valid : undefined;
  return { valid: own === undefined ? validExcept(rows, gaps) : own.subarray(0, (rows + 7) >> 3), missing: gaps.length };
}

/** False for columns that would have validity bits if anything were missing. */
function mayMiss(column: Column): boolean {
  return column.type === 'number' || column.type === 'category' || column.valid !== undefined;
}

function milliseconds({ data, unit }: DateColumn): BigInt64Array {
  const per = unit === 'hour' ? 3600000n : 60000n;
  return BigInt64Array.from(data, (value) => BigInt(value) * per);
}

function bits(flags: Uint8Array): Uint8Array {
  const packed = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i++) if (flags[i] === 1) packed[i >> 3]! |= 1 << (i & 7);
  return packed;
}

function dictionaryBatch(flechette: FlechetteModule, column: CategoryColumn): Batch {
  // One object for the type of both: by it flechette finds the dictionary of a column.
  const text = flechette.utf8();
  const type = flechette.dictionary(text, flechette.int32());
  // A code of -1 stands under a null, where some readers look all the same.
  const codes = column.data.includes(-1) ? column.data.map((code) => Math.max(code, 0)) : column.data;
  const values = textColumn(column.values);
  const texts = batch(flechette, text, values, { values: values.data, offsets: values.offsets });
  const made = batch(flechette, type, column, { values: codes }) as Batch & { setDictionary(dictionary: unknown): Batch };
  return made.setDictionary(new flechette.Column([texts], text));
}
