import type { DecodedArray, Encoding, SchemaElement } from 'hyparquet';
import { columnLength, isPresent, type Column, type DateColumn, type TextColumn } from '../columns/index.js';

/** A column as hyparquet-writer takes it. */
export interface ParquetColumnData {
  readonly element: SchemaElement;
  /** undefined: the writer chooses */
  readonly encoding: Encoding | undefined;
  /** the rows `from … to`, null where they have no value */
  values(from: number, to: number): DecodedArray;
}

const MILLISECONDS = { hour: 3600000n, minute: 60000n };

/**
 * How a column stands in Parquet: numbers as DOUBLE, integers as INT32, days as DATE, hours and minutes as wall-clock
 * TIMESTAMP in milliseconds, flags as BOOLEAN, texts as STRING, those of a category column by a dictionary.
 *
 * A column without missing values is REQUIRED. A NaN of a number column is a missing value.
 */
export function parquetColumn(name: string, column: Column): ParquetColumnData {
  const repetition = { name, repetition_type: hasMissing(column) ? 'OPTIONAL' : 'REQUIRED' } as const;
  switch (column.type) {
    case 'number':
      // Not by a dictionary: there -0 and 0 would become one.
      return { element: { ...repetition, type: 'DOUBLE' }, encoding: 'PLAIN', values: (from, to) => numbers(column, column.data, from, to) };
    case 'integer':
      return { element: { ...repetition, type: 'INT32' }, encoding: undefined, values: (from, to) => numbers(column, column.data, from, to) };
    case 'date':
      return dates(repetition, column);
    case 'flag':
      return { element: { ...repetition, type: 'BOOLEAN' }, encoding: undefined, values: (from, to) => cells(column, from, to, (row) => column.data[row] === 1) };
    case 'category': {
      const { data, values } = column;
      return { element: { ...repetition, ...STRING }, encoding: 'RLE_DICTIONARY', values: (from, to) => cells(column, from, to, (row) => values[data[row]!]!) };
    }
    case 'text':
      return { element: { ...repetition, ...STRING }, encoding: 'PLAIN', values: (from, to) => cells(column, from, to, (row) => textBytes(column, row)) };
  }
}

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;

function hasMissing(column: Column): boolean {
  for (let i = 0; i < columnLength(column); i++) if (!isPresent(column, i)) return true;
  return false;
}

function numbers(column: Column, data: Float64Array | Int32Array, from: number, to: number): DecodedArray {
  const whole = data.subarray(from, to);
  for (let row = from; row < to; row++) if (!isPresent(column, row)) return cells(column, from, to, (i) => data[i]!);
  return whole;
}

function dates(repetition: Pick<SchemaElement, 'name' | 'repetition_type'>, column: DateColumn): ParquetColumnData {
  const { data, unit = 'day' } = column;
  if (unit === 'day') {
    return { element: { ...repetition, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }, encoding: undefined, values: (from, to) => numbers(column, data, from, to) };
  }
  const milliseconds = MILLISECONDS[unit];
  return {
    element: { ...repetition, type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
    encoding: undefined,
    values: (from, to) => cells(column, from, to, (row) => BigInt(data[row]!) * milliseconds),
  };
}

function cells(column: Column, from: number, to: number, cell: (row: number) => unknown): unknown[] {
  return Array.from({ length: to - from }, (_, i) => (isPresent(column, from + i) ? cell(from + i) : null));
}

function textBytes({ data, offsets }: TextColumn, row: number): Uint8Array {
  return data.subarray(offsets[row]!, offsets[row + 1]!);
}
