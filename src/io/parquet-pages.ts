import { readRleBits } from './rle-bits.js';
import { readThriftStruct, readVarint, type ByteCursor, type ThriftStruct, type ThriftValue } from './thrift.js';

/** Unpacks the bytes of a page; the result has `length` bytes. */
export type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

/** Encodings of values, as the format numbers them. */
export const PLAIN = 0;
export const PLAIN_DICTIONARY = 2;
export const RLE = 3;
export const RLE_DICTIONARY = 8;

/** The values of consecutive rows, unpacked but still encoded. */
export interface DataPage {
  readonly rows: number;
  /** 1 for rows with a value, 0 for those without; undefined where all have one */
  readonly present: Int32Array | undefined;
  /** rows with a value */
  readonly values: number;
  readonly encoding: number;
  readonly bytes: Uint8Array;
  /** where the values begin in `bytes` */
  readonly from: number;
}

/** What takes up the pages of a column, in their order. */
export interface PageSink {
  /** The different values, plainly encoded, to which the pages behind refer, until the next call. */
  dictionary(bytes: Uint8Array, count: number): void;
  page(page: DataPage): void;
}

/** A column's part of a row group. */
export interface ChunkShape {
  readonly rows: number;
  /** whether rows may have no value */
  readonly optional: boolean;
  readonly unpack: Unpack;
}

/**
 * Hand the pages of a column chunk to a sink, of both versions of the format.
 *
 * @param bytes the chunk, from its first page on
 * @throws RangeError where the bytes end early, or hold more or fewer rows than they should; what `unpack` and the sink throw
 *
 * Source: Apache Parquet, "Data pages".
 */
export function readPages(bytes: Uint8Array, shape: ChunkShape, sink: PageSink): void {
  const cursor: ByteCursor = { bytes, at: 0 };
  let rows = 0;
  while (rows < shape.rows) {
    const header = readThriftStruct(cursor);
    const packed = numberField(header.get(3));
    const from = cursor.at;
    cursor.at += packed;
    if (cursor.at > bytes.length) throw new RangeError('a page ends behind its column');
    const body = bytes.subarray(from, cursor.at);
    const length = numberField(header.get(2));
    const [first, dictionary, second] = [header.get(5), header.get(7), header.get(8)];
    if (isStruct(dictionary)) sink.dictionary(unpacked(shape.unpack, body, length), numberField(dictionary.get(1)));
    else if (isStruct(first) || isStruct(second)) {
      const page = isStruct(first) ? firstVersion(first, body, length, shape) : secondVersion(second as ThriftStruct, body, length, shape);
      if (rows + page.rows > shape.rows) throw new RangeError('there are more rows than the row group has');
      sink.page(page);
      rows += page.rows;
    }
  }
}

function firstVersion(header: ThriftStruct, body: Uint8Array, length: number, shape: ChunkShape): DataPage {
  const { optional, unpack } = shape;
  const rows = rowsOf(header, shape);
  const bytes = unpacked(unpack, body, length);
  let from = 0;
  let present: Int32Array | undefined;
  if (optional) {
    if (bytes.length < 4) throw new RangeError('a page is too short');
    from = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    if (from > bytes.length) throw new RangeError('levels end behind their page');
    present = readPresent(bytes, 4, from, rows);
  }
  return { rows, present, values: valuesOf(present, rows), encoding: numberField(header.get(2)), bytes, from };
}

function secondVersion(header: ThriftStruct, body: Uint8Array, length: number, shape: ChunkShape): DataPage {
  const { optional, unpack } = shape;
  const rows = rowsOf(header, shape);
  const levels = numberField(header.get(5)) + numberField(header.get(6));
  const present = optional && numberField(header.get(2)) > 0 ? readPresent(body, numberField(header.get(6)), levels, rows) : undefined;
  const bytes = header.get(7) === false ? body.subarray(levels) : unpacked(unpack, body.subarray(levels), length - levels);
  return { rows, present, values: valuesOf(present, rows), encoding: numberField(header.get(4)), bytes, from: 0 };
}

function rowsOf(header: ThriftStruct, shape: ChunkShape): number {
  const rows = numberField(header.get(1));
  if (rows > shape.rows) throw new RangeError('a page has more rows than its row group');
  return rows;
}

/** Which rows have a value; undefined where all do, which mostly one run says. */
function readPresent(bytes: Uint8Array, from: number, to: number, rows: number): Int32Array | undefined {
  const cursor: ByteCursor = { bytes, at: from };
  const head = rows > 0 ? readVarint(cursor) : 0;
  if (head % 2 === 0 && head / 2 >= rows && (rows === 0 || bytes[cursor.at] === 1)) return undefined;
  const present = new Int32Array(rows);
  readRleBits(bytes, from, to, 1, rows, present);
  return present.includes(0) ? present : undefined;
}

function valuesOf(present: Int32Array | undefined, rows: number): number {
  if (present === undefined) return rows;
  let values = 0;
  for (let i = 0; i < rows; i++) values += present[i]!;
  return values;
}

function unpacked(unpack: Unpack, packed: Uint8Array, length: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  const bytes = unpack(packed, length);
  if (bytes.length !== length) throw new RangeError(`a page unpacks to ${bytes.length} bytes, not ${length}`);
  return bytes;
}

function isStruct(value: ThriftValue): value is ThriftStruct {
  return typeof value === 'object';
}

function numberField(value: ThriftValue): number {
  if (typeof value !== 'number' || value < 0) throw new RangeError('a page header lacks a number');
  return value;
}
