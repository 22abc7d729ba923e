import { decimalReader } from './decimals.js';
import type { NumberType } from './parquet-type.js';
import { doublesOfWords, wordsDivided } from './whole-numbers.js';

/** What the values of a number column are put into. */
export type Numbers = Float64Array | Int32Array | Uint8Array;

/** Reads plainly encoded values of one type. */
export interface PlainNumbers {
  /** room for so many values */
  room(length: number): Numbers;
  /** Put `count` values, from `from` on, into `into[at …]`. */
  read(bytes: Uint8Array, from: number, count: number, into: Numbers, at: number): void;
}

/** Days from the start of the Julian period to 1970-01-01. */
const JULIAN_1970 = 2440588;

/**
 * The reader of a type's plain values: whole numbers and doubles, times as milliseconds since 1970, flags as 1 and 0.
 *
 * Its `read` throws a RangeError where the bytes end early.
 *
 * Source: Apache Parquet, "Encodings", PLAIN.
 */
export function plainNumbers(type: NumberType): PlainNumbers {
  switch (type.is) {
    case 'int32':
    case 'date':
      return { room: ints, read: (bytes, from, count, into, at) => copyBytes(bytes, from, 4 * count, into, at) };
    case 'double':
      return { room: doubles, read: (bytes, from, count, into, at) => copyBytes(bytes, from, 8 * count, into, at) };
    case 'float':
      return { room: doubles, read: (bytes, from, count, into, at) => into.set(new Float32Array(aligned(bytes, from, 4 * count)), at) };
    case 'uint32':
      return { room: doubles, read: (bytes, from, count, into, at) => into.set(new Uint32Array(aligned(bytes, from, 4 * count)), at) };
    case 'int64':
    case 'uint64':
      return { room: doubles, read: (bytes, from, count, into, at) => doublesOfWords(new Int32Array(aligned(bytes, from, 8 * count)), type.is === 'int64', into as Float64Array, at) };
    case 'flag':
      return { room: (length) => new Uint8Array(length), read: readFlags };
    case 'time64':
      return { room: doubles, read: (bytes, from, count, into, at) => readTimes(new Int32Array(aligned(bytes, from, 8 * count)), type.perMillisecond, into, at) };
    case 'time96':
      return { room: doubles, read: (bytes, from, count, into, at) => readTimes96(new Int32Array(aligned(bytes, from, 12 * count)), into, at) };
    case 'decimal':
      return { room: doubles, read: decimals(type) };
  }
}

function doubles(length: number): Float64Array {
  return new Float64Array(length);
}

function ints(length: number): Int32Array {
  return new Int32Array(length);
}

/** Values that lie in the file as they do in memory. */
function copyBytes(bytes: Uint8Array, from: number, length: number, into: Numbers, at: number): void {
  new Uint8Array(into.buffer, into.byteOffset + at * into.BYTES_PER_ELEMENT, length).set(piece(bytes, from, length));
}

/** A copy that wider numbers can be read from; not by `slice`, which in Node's `Buffer` copies nothing. */
function aligned(bytes: Uint8Array, from: number, length: number): ArrayBuffer {
  return new Uint8Array(piece(bytes, from, length)).buffer;
}

function piece(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (from + length > bytes.length) throw new RangeError('the values end early');
  return bytes.subarray(from, from + length);
}

function readFlags(bytes: Uint8Array, from: number, count: number, into: Numbers, at: number): void {
  const bits = piece(bytes, from, (count + 7) >> 3);
  for (let i = 0; i < count; i++) into[at + i] = (bits[i >> 3]! >> (i & 7)) & 1;
}

function readTimes(words: Int32Array, perMillisecond: number, into: Numbers, at: number): void {
  for (let i = 0; i < words.length; i += 2) into[at + (i >> 1)] = wordsDivided(words[i]!, words[i + 1]!, perMillisecond);
}

/** Nanoseconds of the day in 64 bits, then the day. */
function readTimes96(words: Int32Array, into: Numbers, at: number): void {
  for (let i = 0; i < words.length; i += 3) into[at + i / 3] = (words[i + 2]! - JULIAN_1970) * 86400000 + wordsDivided(words[i]!, words[i + 1]!, 1_000_000);
}

function decimals({ bytes: width, littleEndian, scale }: NumberType & { is: 'decimal' }): PlainNumbers['read'] {
  const read = decimalReader(littleEndian, scale);
  return (bytes, from, count, into, at) => {
    let next = from;
    for (let i = 0; i < count; i++) {
      const length = width === 0 ? new DataView(aligned(bytes, next, 4)).getUint32(0, true) : width;
      if (width === 0) next += 4;
      if (next + length > bytes.length) throw new RangeError('the values end early');
      into[at + i] = read(bytes, next, length);
      next += length;
    }
  };
}
