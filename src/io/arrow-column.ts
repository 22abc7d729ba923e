import { validExcept, type Column } from '../columns/index.js';
import type { CellSource } from './cell-source.js';

/** One batch of an Arrow column, as flechette and apache-arrow name its buffers. */
interface ArrowBatch {
  readonly length: number;
  readonly values?: unknown;
  readonly offsets?: unknown;
  readonly valueOffsets?: unknown;
  readonly validity?: Uint8Array | null;
  readonly nullBitmap?: Uint8Array | null;
  /** apache-arrow: rows skipped at the front of the bitmap */
  readonly offset?: number;
}

/** An Arrow column (flechette) or vector (apache-arrow), by shape. */
export interface ArrowColumn {
  readonly type: { readonly typeId: number; readonly unit?: number; readonly timezone?: string | null };
  readonly length: number;
  readonly nullCount: number;
  readonly data: readonly ArrowBatch[];
  [Symbol.iterator](): Iterator<unknown>;
}

// Type ids of the Arrow format.
const INT = 2;
const UTF8 = 5;
const DATE = 8;
const TIMESTAMP = 10;

export function isArrowColumn(source: object): source is ArrowColumn {
  const { type, data } = source as { type?: { typeId?: unknown }; data?: unknown };
  return typeof type?.typeId === 'number' && Array.isArray(data) && Symbol.iterator in source;
}

/**
 * An Arrow column as one of ours, or as cells.
 *
 * Shared without copy, in one batch: doubles without nulls, 32-bit integers and days with their validity bits, UTF-8 text
 * with 32-bit offsets. Copied once: everything else. A timestamp without zone is wall-clock time and keeps its day;
 * one with a zone is an instant, a Date.
 */
export function arrowColumn(source: ArrowColumn): CellSource {
  const [batch] = source.data;
  const shared = source.data.length === 1 && (batch!.offset ?? 0) === 0 ? sharedBatch(source, batch!) : undefined;
  return shared ?? copied(source);
}

function sharedBatch({ type, nullCount }: ArrowColumn, batch: ArrowBatch): Column | undefined {
  const { length, values } = batch;
  const bits = nullCount > 0 ? batch.validity ?? batch.nullBitmap : undefined;
  const valid = bits === undefined || bits === null ? {} : { valid: bits };
  if (values instanceof Float64Array && nullCount === 0) return { type: 'number', data: values.subarray(0, length) };
  if (values instanceof Int32Array && type.typeId === DATE) return { type: 'date', data: values.subarray(0, length), ...valid };
  // Whole numbers, not codes of a dictionary nor times.
  if (values instanceof Int32Array && type.typeId === INT) return { type: 'integer', data: values.subarray(0, length), ...valid };
  const offsets = batch.offsets ?? batch.valueOffsets;
  if (type.typeId === UTF8 && values instanceof Uint8Array && offsets instanceof Int32Array) {
    return { type: 'text', data: values, offsets: offsets.subarray(0, length + 1), ...valid };
  }
  return undefined;
}

function copied(source: ArrowColumn): CellSource {
  const { typeId, timezone } = source.type;
  const batches = source.data;
  // 64-bit integers from the buffer: as numbers they would be refused, or rounded, where they pass 2^53.
  if (typeId === INT && batches.every(({ values }) => values instanceof BigInt64Array || values instanceof BigUint64Array)) return batches.flatMap(bigCells);
  const cells = Array.from(source, (cell) => (cell === undefined ? null : cell));
  if (typeId === TIMESTAMP && typeof timezone === 'string' && timezone !== '') return cells.map((cell) => (cell === null ? null : new Date(Number(cell))));
  return typeId === DATE || typeId === TIMESTAMP ? calendarDates(cells) : cells;
}

function bigCells(batch: ArrowBatch): (bigint | null)[] {
  const bits = batch.validity ?? batch.nullBitmap;
  const values = (batch.values as BigInt64Array).subarray(0, batch.length);
  const offset = batch.offset ?? 0;
  const present = (i: number): boolean => bits === undefined || bits === null || bits.length === 0 || ((bits[(i + offset) >> 3]! >> ((i + offset) & 7)) & 1) === 1;
  return Array.from(values, (value, i) => (present(i) ? value : null));
}

/** Times of no zone, in milliseconds or as Dates, as whole days, or as minutes where they are not all midnights. */
function calendarDates(cells: readonly unknown[]): Column {
  const milliseconds = Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell)));
  const whole = milliseconds.every((ms) => Number.isNaN(ms) || ms % 86400000 === 0);
  const unit = whole ? 86400000 : 60000;
  const missing = Array.from(milliseconds.keys()).filter((i) => Number.isNaN(milliseconds[i]!));
  return {
    type: 'date',
    data: Int32Array.from(milliseconds, (ms) => Math.floor(ms / unit)),
    ...(whole ? {} : { unit: 'minute' }),
    ...(missing.length === 0 ? {} : { valid: validExcept(cells.length, missing) }),
  };
}
