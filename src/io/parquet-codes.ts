import { PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY, type DataPage } from './parquet-pages.js';
import { readRleBits } from './rle-bits.js';

/**
 * The codes of a page that refers to a dictionary, one per row with a value; undefined for other pages.
 *
 * @param size how many values the dictionary has
 * @throws RangeError for a code that the dictionary does not have
 */
export function readCodes({ encoding, bytes, from, values }: DataPage, size: number): Int32Array | undefined {
  if (encoding !== RLE_DICTIONARY && encoding !== PLAIN_DICTIONARY) return undefined;
  const codes = new Int32Array(values);
  if (values === 0) return codes;
  const width = bytes[from];
  if (width === undefined) throw new RangeError('the codes are missing');
  readRleBits(bytes, from + 1, bytes.length, width, values, codes);
  for (let i = 0; i < values; i += BATCH) {
    if (!areBelow(codes, i, Math.min(values, i + BATCH), size)) throw new RangeError(`code ${codes.find((code) => code >>> 0 >= size)! >>> 0} is not in the dictionary of ${size}`);
  }
  return codes;
}

/** Codes looked at in one call, for the compiler to see whole calls soon. */
const BATCH = 1024;

function areBelow(codes: Int32Array, from: number, to: number, size: number): boolean {
  let beyond = 0;
  for (let i = from; i < to; i++) beyond |= codes[i]! | (size - 1 - codes[i]!);
  return beyond >= 0;
}

/** @throws RangeError for a page whose values are not plain */
export function refuseEncoding({ encoding }: DataPage): void {
  if (encoding !== PLAIN) throw new RangeError(`the values stand in encoding ${encoding}, which was not announced`);
}
