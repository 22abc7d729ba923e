import { between, HIGH_WORD, orderStatistics, topDigit, topDigitOf, type ValueRange } from './quantile.js';

/** Places of the table of counts: 4 MB at most, of which few are met. */
const MOST_PLACES = 1 << 20;

/**
 * The median of each group, NaN for a group without values.
 *
 * @param values one per row; NaN is left out. Not modified.
 * @param codes group of each row, 0 to count - 1; rows of -1 are left out
 * @param range of the values
 *
 * Method: as `median`, all groups at once. Values are counted by group and by what tells them apart in a small table:
 * whole numbers close together by themselves, others by their top 16 bits, of which only the middle ones are gathered. O(n).
 */
export function groupMedians(values: Float64Array, codes: Int32Array, count: number, range: ValueRange): Float64Array {
  const { lowest, highest, whole } = range;
  if (!(lowest <= highest)) return new Float64Array(count).fill(NaN);
  if (whole && (highest - lowest + 1) * count <= MOST_PLACES) return countedMedians(values, codes, count, lowest, highest - lowest + 1);
  // -0 stands one below 0.
  const base = topDigit(lowest) - (lowest === 0 ? 1 : 0);
  const width = topDigit(highest) - base + 1;
  return digitMedians(values, codes, count, base, width);
}

function countedMedians(values: Float64Array, codes: Int32Array, count: number, lowest: number, width: number): Float64Array {
  const counts = new Int32Array(count * width);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const code = codes[i]!;
    if (code !== -1 && value === value) counts[code * width + (value - lowest)]!++;
  }
  return Float64Array.from({ length: count }, (_, group) => {
    const middle = middlePlaces(counts, group * width, width);
    return middle.size === 0 ? NaN : between(lowest + middle.below, lowest + middle.above, middle.size % 2 === 0 ? 0.5 : 0);
  });
}

function digitMedians(values: Float64Array, codes: Int32Array, count: number, base: number, width: number): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const counts = new Int32Array(count * width);
  for (let i = 0; i < values.length; i++) {
    const place = topDigitOf(words[i * 2 + HIGH_WORD]!) - base;
    // NaN lies outside.
    if (codes[i] !== -1 && place >= 0 && place < width) counts[codes[i]! * width + place]!++;
  }
  // Where the values of the middle places are gathered; the two may be one.
  const next = new Int32Array(count * width).fill(-1);
  let gathered = 0;
  const middles = Array.from({ length: count }, (_, group) => {
    const middle = middlePlaces(counts, group * width, width);
    const begin = gathered;
    if (middle.size > 0) for (const place of new Set([middle.below, middle.above])) {
      next[group * width + place] = gathered;
      gathered += counts[group * width + place]!;
    }
    return { ...middle, begin, end: gathered };
  });
  const members = new Float64Array(gathered);
  for (let i = 0; i < values.length; i++) {
    const place = topDigitOf(words[i * 2 + HIGH_WORD]!) - base;
    if (codes[i] === -1 || place < 0 || place >= width) continue;
    const at = codes[i]! * width + place;
    if (next[at] !== -1) members[next[at]!++] = values[i]!;
  }
  return Float64Array.from(middles, ({ size, before, begin, end }) => {
    if (size === 0) return NaN;
    const [below, above] = orderStatistics(members.subarray(begin, end), [((size - 1) >> 1) - before, (size >> 1) - before]);
    return between(below!, above!, size % 2 === 0 ? 0.5 : 0);
  });
}

/** The places that hold the two middle values of a group, which are one for an odd number, and how many values stand before them. */
function middlePlaces(counts: Int32Array, from: number, width: number): { size: number; below: number; above: number; before: number } {
  let size = 0;
  for (let k = 0; k < width; k++) size += counts[from + k]!;
  if (size === 0) return { size, below: 0, above: 0, before: 0 };
  let below = 0;
  let before = 0;
  while (before + counts[from + below]! <= (size - 1) >> 1) before += counts[from + below++]!;
  let above = below;
  for (let passed = before; passed + counts[from + above]! <= size >> 1; ) passed += counts[from + above++]!;
  return { size, below, above, before };
}
