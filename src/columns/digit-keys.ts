import { isPresent, type Column } from './column.js';

const LONGEST = 14;
const TEN_TO = Float64Array.from({ length: LONGEST + 1 }, (_, n) => 10 ** n);
/** More than any key. */
const BELOW = 2 ** 51;

/**
 * Keys that order whole numbers as their decimal text orders: missing ones first, then negative ones, then 0, 1, 10, 2.
 *
 * @returns one key per row; undefined where a number has a fraction or more than 14 digits, so that its text must be looked at
 *
 * Method: digits moved to the left of a field as wide as the longest number, their count behind them, so that 1 comes
 * before 10. O(n).
 */
export function digitKeys(column: Extract<Column, { type: 'number' | 'integer' }>): Float64Array | undefined {
  const { data } = column;
  let most = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]!);
    if (size > most) most = size;
    if (size !== Math.floor(size) && size === size) return undefined;
  }
  if (most >= TEN_TO[LONGEST]!) return undefined;
  const width = digitsOf(most);
  const keys = new Float64Array(data.length);
  const gaps = column.type === 'number' || column.valid !== undefined;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    const digits = digitsOf(Math.abs(value));
    const key = Math.abs(value) * TEN_TO[width - digits]! * 16 + digits;
    // "-" stands before every digit; behind it digits order as they do without.
    keys[i] = !gaps || isPresent(column, i) ? (value < 0 ? key - BELOW : key) : -Infinity;
  }
  return keys;
}

/** How many digits 2 to the power of each bit has. */
const LEAST_DIGITS = Uint8Array.from({ length: 32 }, (_, bit) => String(2 ** bit).length);

/** 1 for 0 and for NaN. */
function digitsOf(size: number): number {
  // By the highest bit: 1 M ids in 8 ms, against 13 counting up from one, 22 where they differ in length.
  let digits = size < 2 ** 31 ? LEAST_DIGITS[31 - Math.clz32(size | 1)]! : size > 0 ? 10 : 1;
  while (size >= TEN_TO[digits]!) digits++;
  return digits;
}
