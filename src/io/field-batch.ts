import { decodeUtf8, type Column } from '../columns/index.js';
import type { BadValue } from './refusals.js';

/** Fields of some rows as places in a block of bytes: what a scanner hands to the column readers. */
export interface FieldBatch {
  /** the block; good until the next batch */
  bytes: Uint8Array;
  /** rows in this batch */
  rows: number;
  /** most rows a batch holds */
  readonly capacity: number;
  /** field of row r in slot s: bytes `from[s * capacity + r] … to[s * capacity + r]` */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** one-based line of the file on which row r begins; empty where there is no file */
  readonly lines: Int32Array;
  /** rows that do not have the right shape; their fields are empty */
  readonly faults: RowFault[];
}

/** A row that does not have the right shape. */
export interface RowFault {
  /** row within the batch */
  readonly row: number;
  /** `fields`: too few or too many; `quote`: text behind a closing quote */
  readonly kind: 'fields' | 'quote';
  /** number of fields found */
  readonly fields: number;
  /** the row's bytes */
  readonly from: number;
  readonly to: number;
}

/** Rows scanned before the column readers take over: a batch of places that stays in the first cache. */
export const BATCH_ROWS = 1024;

/** An empty batch with room for `slots` fields a row. */
export function newBatch(bytes: Uint8Array, slots: number, capacity: number = BATCH_ROWS): FieldBatch {
  return { bytes, rows: 0, capacity, from: new Int32Array(slots * capacity), to: new Int32Array(slots * capacity), lines: new Int32Array(capacity), faults: [] };
}

/** The text of a bad field, as much of it as a message shows. */
export function fieldText(batch: FieldBatch, k: number): string {
  const from = batch.from[k]!;
  return decodeUtf8(batch.bytes.subarray(from, Math.min(batch.to[k]!, from + 400)));
}

/** Turns the fields of one column, batch by batch, into a column. */
export interface FieldReader {
  /** Append the batch's fields in the reader's slot. A bad field is noted, and something stands in its place. */
  append(batch: FieldBatch, note: NoteBad): void;
  /** Make room for so many rows in all; a guess. */
  expect(rows: number): void;
  finish(): Column;
}

/** Where a reader reports a field it cannot use: row within the batch, its text, and why. */
export type NoteBad = (row: number, value: string, bad: BadValue) => void;

/** What stands in a required field that holds nothing. */
export const NO_VALUE: BadValue = { code: 'VALUE_INVALID', reason: 'stands for no value, and every row needs one here', mend: 'Fill it in.' };
