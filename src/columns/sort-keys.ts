/** Doubles as keys of 32 bits, or where those do not tell them apart, of twice 32 bits. */
export interface SortKeys {
  /** unsigned: ascending keys are ascending values, or descending ones where that was asked for */
  readonly upper: Int32Array<ArrayBuffer>;
  readonly largest: number;
  /** likewise, among those of one upper key; absent where the upper key is the value: whole numbers, money in cents */
  readonly lower?: Int32Array<ArrayBuffer>;
  /** how values are made of keys again: what was taken off them, or they off it, and the scale of whole ones */
  readonly zero: number;
  readonly scale: number;
  readonly descending: boolean;
}

/**
 * Numbers as keys that sort in few passes: whole numbers and money in cents as the whole numbers they are, others by the two
 * halves of their bits.
 *
 * @param values no NaN; -0 becomes 0. Not modified.
 *
 * 1 M amounts in cents need 22 bits, two passes of a radix sort, where all their bits take six. O(n).
 */
export function sortKeys(values: Float64Array, descending: boolean): SortKeys {
  const whole = wholeSortKeys(values, descending);
  if (whole !== undefined) return whole;
  const upper = new Int32Array(values.length), lower = new Int32Array(values.length);
  const range = halves(values, descending, upper, lower);
  return { ...fromZero(upper, range, descending), lower, scale: NaN };
}

/** The same where the upper key is the value; undefined at the first that is neither whole nor in cents, or too large. */
export function wholeSortKeys(values: Float64Array, descending: boolean): SortKeys | undefined {
  const upper = new Int32Array(values.length);
  for (const scale of [1, 100]) {
    const range = wholeKeys(values, scale, upper);
    if (range !== undefined) return { ...fromZero(upper, range, descending), scale };
  }
  return undefined;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Doubles of this size have no fraction: adding and taking it off again rounds to a whole number. */
const ROUND = 1.5 * 2 ** 52;

/** Each value times the scale; undefined at the first that is no whole number of 32 bits then. */
function wholeKeys(values: Float64Array, scale: number, keys: Int32Array): Range | undefined {
  let least = 0x7fffffff;
  let most = -0x80000000;
  for (let i = 0; i < values.length; i++) {
    const key = (values[i]! * scale + ROUND - ROUND) | 0;
    if (key / scale !== values[i]) return undefined;
    keys[i] = key;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  return { least, most };
}

const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Doubles order as their bits do, once those of negative numbers are inverted. */
function halves(values: Float64Array, descending: boolean, upper: Int32Array, lower: Int32Array): Range {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const flip = descending ? -1 : 0;
  let least = 0x7fffffff;
  let most = -0x80000000;
  for (let i = 0; i < upper.length; i++) {
    const word = values[i] === 0 ? 0 : words[2 * i + HIGH]!;
    const negative = word >> 31;
    const key = word ^ (negative & 0x7fffffff);
    upper[i] = key;
    // Of -0 as of 0.
    lower[i] = words[2 * i + 1 - HIGH]! ^ negative ^ flip;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  return { least, most };
}

/** From 0: from the least up, or from the most down. */
function fromZero(upper: Int32Array<ArrayBuffer>, { least, most }: Range, descending: boolean): Omit<SortKeys, 'scale' | 'lower'> {
  if (descending) for (let i = 0; i < upper.length; i++) upper[i] = most - upper[i]!;
  else for (let i = 0; i < upper.length; i++) upper[i]! -= least;
  return { upper, largest: Math.max(0, most - least), zero: descending ? most : least, descending };
}

/** The values that keys stand for. */
export function valuesOf({ upper, lower, zero, scale, descending }: SortKeys): Float64Array {
  const values = new Float64Array(upper.length);
  const sign = descending ? -1 : 1;
  if (lower === undefined) {
    for (let i = 0; i < upper.length; i++) values[i] = ((Math.imul(sign, upper[i]!) + zero) | 0) / scale;
    return values;
  }
  const words = new Int32Array(values.buffer);
  const flip = descending ? -1 : 0;
  for (let i = 0; i < upper.length; i++) {
    const key = (Math.imul(sign, upper[i]!) + zero) | 0;
    const negative = key >> 31;
    words[2 * i + HIGH] = key ^ (negative & 0x7fffffff);
    words[2 * i + 1 - HIGH] = lower[i]! ^ flip ^ negative;
  }
  return values;
}
