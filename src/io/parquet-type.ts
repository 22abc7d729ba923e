import type { SchemaElement } from 'hyparquet';

/** How the plain values of a column of numbers, dates, times or flags are laid out. */
export type NumberType =
  | { readonly is: 'int32' | 'date' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double' | 'flag' | 'time96' }
  /** counts of 1 / `perMillisecond` milliseconds; `zoned`: instants, else what a wall clock showed */
  | { readonly is: 'time64'; readonly perMillisecond: number; readonly zoned: boolean }
  /** unscaled whole numbers of `bytes` bytes (0: each with its own length), of which the last `scale` digits stand behind the point */
  | { readonly is: 'decimal'; readonly bytes: number; readonly littleEndian: boolean; readonly scale: number };

/** How the plain values of a column that becomes text are laid out; `checked`: nothing says that it is text, so it is looked at. */
export type TextType = { readonly is: 'text'; readonly checked: boolean } | { readonly is: 'uuid' };

/** How the plain values of a column are laid out, and what they become. */
export type ParquetType = NumberType | TextType;

const PER_MILLISECOND: Readonly<Record<string, number>> = { MILLIS: 1, MICROS: 1000, NANOS: 1_000_000 };

/**
 * The type of a flat Parquet column, or in words what it holds where it cannot become a column of ours.
 *
 * A timestamp that an old file marks by its converted type only is an instant, as the format says; INT96, which has no
 * mark, is a wall-clock time.
 *
 * Source: Apache Parquet, "Logical Types".
 */
export function parquetType(element: SchemaElement): ParquetType | string {
  const { type, converted_type: converted, logical_type: logical, type_length: bytes = 0 } = element;
  if (type === undefined) return 'records or lists';
  if (element.repetition_type === 'REPEATED') return 'lists';
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimalType(element);
  if (converted === 'INTERVAL') return 'durations';
  if (logical?.type === 'TIME' || converted === 'TIME_MILLIS' || converted === 'TIME_MICROS') return 'times of day';
  switch (type) {
    case 'BOOLEAN':
      return { is: 'flag' };
    case 'FLOAT':
      return { is: 'float' };
    case 'DOUBLE':
      return { is: 'double' };
    case 'INT96':
      return { is: 'time96' };
    case 'INT32':
      if (converted === 'DATE' || logical?.type === 'DATE') return { is: 'date' };
      return { is: isUnsigned(element, 'UINT_32') ? 'uint32' : 'int32' };
    case 'INT64':
      if (logical?.type === 'TIMESTAMP') return { is: 'time64', perMillisecond: PER_MILLISECOND[logical.unit]!, zoned: logical.isAdjustedToUTC };
      if (converted === 'TIMESTAMP_MILLIS') return { is: 'time64', perMillisecond: 1, zoned: true };
      if (converted === 'TIMESTAMP_MICROS') return { is: 'time64', perMillisecond: 1000, zoned: true };
      return { is: isUnsigned(element, 'UINT_64') ? 'uint64' : 'int64' };
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical?.type === 'UUID' && bytes === 16) return { is: 'uuid' };
      return logical?.type === 'FLOAT16' ? 'half-precision floats' : `raw bytes (${bytes} each)`;
    case 'BYTE_ARRAY':
      if (logical !== undefined && !['STRING', 'ENUM', 'JSON'].includes(logical.type)) return `${logical.type} values`;
      if (converted !== undefined && !['UTF8', 'ENUM', 'JSON'].includes(converted)) return `${converted} values`;
      return { is: 'text', checked: logical === undefined && converted === undefined };
  }
}

function decimalType({ type, type_length: bytes = 0, scale = 0, logical_type: logical }: SchemaElement): ParquetType {
  const digits = logical?.type === 'DECIMAL' ? logical.scale : scale;
  if (type === 'INT32' || type === 'INT64') return { is: 'decimal', bytes: type === 'INT32' ? 4 : 8, littleEndian: true, scale: digits };
  return { is: 'decimal', bytes: type === 'BYTE_ARRAY' ? 0 : bytes, littleEndian: false, scale: digits };
}

function isUnsigned({ converted_type: converted, logical_type: logical }: SchemaElement, word: string): boolean {
  return converted === word || (logical?.type === 'INTEGER' && !logical.isSigned && logical.bitWidth >= 32);
}
