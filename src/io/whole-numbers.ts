import { validExcept, type IntegerColumn, type NumberColumn } from '../columns/index.js';

const TWO_32 = 4294967296;

/**
 * Whole numbers of 64 bits as doubles; beyond 2^53 they are rounded, which {@link wholeNumbers} sees.
 *
 * @param words pairs of 32 bits, the low one first
 * @param into gets one double per pair, from `at` on
 */
export function doublesOfWords(words: Int32Array, signed: boolean, into: Float64Array, at: number): void {
  const pairs = words.length >> 1;
  for (let i = 0; i < pairs; i++) {
    const high = words[2 * i + 1]!;
    into[at + i] = (signed ? high : high >>> 0) * TWO_32 + (words[2 * i]! >>> 0);
  }
}

/** The whole part, rounded down, of a signed number of 64 bits divided by up to a million: exact. */
export function wordsDivided(low: number, high: number, by: number): number {
  const whole = Math.floor(high / by);
  return whole * TWO_32 + Math.floor(((high - whole * by) * TWO_32 + (low >>> 0)) / by);
}

/**
 * Whole numbers as a column: 32-bit integers where all are that small, else doubles; where one passes 2^53, as cells,
 * that one as a `bigint`, for the rules of ids and numbers to refuse by row.
 *
 * @param data whole numbers, NaN = missing
 */
export function wholeNumbers(data: Float64Array): IntegerColumn | NumberColumn | readonly (number | bigint | null)[] {
  let small = true;
  let safe = true;
  const missing: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if ((value | 0) === value) continue;
    if (Number.isNaN(value)) missing.push(i);
    else {
      small = false;
      safe &&= Number.isSafeInteger(value);
    }
  }
  if (!safe) return Array.from(data, (value) => (Number.isNaN(value) ? null : Number.isSafeInteger(value) ? value : BigInt(value)));
  if (!small) return { type: 'number', data };
  const integers = Int32Array.from(data);      // NaN becomes 0, under a mask
  return missing.length === 0 ? { type: 'integer', data: integers } : { type: 'integer', data: integers, valid: validExcept(data.length, missing) };
}
