import type { DateColumn, FlagColumn, IntegerColumn, NumberColumn } from '../columns/index.js';
import { bitAt, eachMissing, validOf, type ArrowBatch, type ArrowVector } from './arrow-batches.js';
import type { ForeignValues } from './foreign-values.js';
import { decimalReader } from './decimals.js';
import type { Times } from './times.js';
import { doublesOfWords, wholeNumbers, wordsDivided } from './whole-numbers.js';

/** Doubles; shared where they are of 64 bits, in one batch, and not over anything where a value is missing. */
export function floats({ data: batches, length }: ArrowVector): NumberColumn | undefined {
  const [only] = batches;
  if (batches.length === 1 && only!.values instanceof Float64Array) {
    const data = only!.values.subarray(0, length);
    let shareable = true;
    eachMissing(batches, (row) => (shareable &&= Number.isNaN(data[row])));
    if (shareable) return { type: 'number', data };
  }
  if (!batches.every(({ values }) => values instanceof Float64Array || values instanceof Float32Array)) return undefined;      // of 16 bits
  return { type: 'number', data: doubles(batches, length, (batch, into, at) => into.set((batch.values as Float64Array).subarray(0, batch.length), at)) };
}

/** Whole numbers: 32 bits shared in one batch, fewer widened, 64 checked. */
export function integers(vector: ArrowVector): ForeignValues {
  const { data: batches, length } = vector;
  const { values } = batches[0] ?? {};
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const signed = values instanceof BigInt64Array;
    return wholeNumbers(doubles(batches, length, (batch, into, at) => doublesOfWords(wordsOf(batch), signed, into, at)));
  }
  if (values instanceof Uint32Array) return wholeNumbers(doubles(batches, length, (batch, into, at) => into.set((batch.values as Uint32Array).subarray(0, batch.length), at)));
  return { type: 'integer', data: ints(vector), ...validOf(batches, length) };
}

/** Days, shared in one batch; dates in milliseconds as times. */
export function arrowDates(vector: ArrowVector): DateColumn | Times {
  const { data: batches, length, type } = vector;
  if (type.unit !== 1) return { type: 'date', data: ints(vector), ...validOf(batches, length) };
  return { type: 'times', data: doubles(batches, length, (batch, into, at) => doublesOfWords(wordsOf(batch), true, into, at)), zoned: false };
}

/** What a count stands for: 1 / `per` milliseconds, or `times` of them. */
const UNITS = [{ times: 1000, per: 1 }, { times: 1, per: 1 }, { times: 1, per: 1000 }, { times: 1, per: 1_000_000 }] as const;

/** Timestamps: instants where they have a zone, else what a wall clock showed. */
export function timestamps({ data: batches, length, type }: ArrowVector): Times {
  const { times, per } = UNITS[type.unit ?? 1]!;
  const data = doubles(batches, length, (batch, into, at) => {
    const words = wordsOf(batch);
    for (let i = 0; i < batch.length; i++) into[at + i] = wordsDivided(words[2 * i]!, words[2 * i + 1]!, per) * times;
  });
  return { type: 'times', data, zoned: typeof type.timezone === 'string' && type.timezone !== '' };
}

/** Decimals as the nearest doubles. */
export function arrowDecimals({ data: batches, length, type }: ArrowVector): NumberColumn {
  const width = (type.bitWidth ?? 128) / 8;
  const read = decimalReader(true, type.scale ?? 0);
  return {
    type: 'number',
    data: doubles(batches, length, (batch, into, at) => {
      const { buffer, byteOffset, byteLength } = batch.values as Uint32Array;
      const bytes = new Uint8Array(buffer, byteOffset, byteLength);
      for (let i = 0; i < batch.length; i++) into[at + i] = read(bytes, i * width, width);
    }),
  };
}

/** Bits as flags. */
export function flags({ data: batches, length }: ArrowVector): FlagColumn {
  const data = new Uint8Array(length);
  let at = 0;
  for (const { values, length: rows, offset = 0 } of batches) {
    for (let i = 0; i < rows; i++) data[at + i] = bitAt(values as Uint8Array, offset + i) ? 1 : 0;
    at += rows;
  }
  return { type: 'flag', data, ...validOf(batches, length) };
}

/** Values of up to 32 bits, shared where they are as wide and in one batch. */
export function ints({ data: batches, length }: ArrowVector): IntegerColumn['data'] {
  const [only] = batches;
  if (batches.length === 1 && only!.values instanceof Int32Array) return only!.values.subarray(0, length);
  const data = new Int32Array(length);
  let at = 0;
  for (const batch of batches) {
    const values = (batch.values as Int32Array | BigInt64Array).subarray(0, batch.length);
    // Codes into a dictionary may have 64 bits.
    data.set(values instanceof BigInt64Array || values instanceof BigUint64Array ? Int32Array.from(values, Number) : values, at);
    at += batch.length;
  }
  return data;
}

/** One double per row, NaN where there is no value. */
function doubles(batches: readonly ArrowBatch[], length: number, fill: (batch: ArrowBatch, into: Float64Array, at: number) => void): Float64Array {
  const data = new Float64Array(length);
  let at = 0;
  for (const batch of batches) {
    fill(batch, data, at);
    at += batch.length;
  }
  eachMissing(batches, (row) => (data[row] = NaN));
  return data;
}

/** Values of 64 bits as pairs of 32. */
function wordsOf({ values, length }: ArrowBatch): Int32Array {
  const { buffer, byteOffset } = values as BigInt64Array;
  return new Int32Array(buffer, byteOffset, 2 * length);
}
