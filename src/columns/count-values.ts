import { radixSort } from './radix-sort.js';
import { sortByKeys } from './sort-by-keys.js';
import { sortKeys, valuesOf, wholeSortKeys, type SortKeys } from './sort-keys.js';

/** Different values, ascending, and how often each stands. */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  /** how many there are in all */
  readonly rows: number;
}

/**
 * The different values, ascending, each with its number.
 *
 * @param values no NaN; -0 becomes 0. Not modified.
 *
 * Method: whole numbers and money in cents have a place each, up to {@link PLACES}; what lies above, and other values, is
 * sorted. O(n). 1 M amounts in cents take 12 ms, 19 sorted.
 */
export function countValues(values: Float64Array): CountedValues {
  return countWhole(values) ?? runsOf(valuesOf(sortByKeys(sortKeys(values, false)).keys));
}

/** The same of whole numbers and money in cents; undefined at the first value that is neither. */
export function countWhole(values: Float64Array): CountedValues | undefined {
  const keys = wholeSortKeys(values, false);
  return keys === undefined ? undefined : countedKeys(keys);
}

/** So many counters, 512 KB, stay in the second-level cache. */
const PLACES = 1 << 17;

function countedKeys({ upper: keys, largest, zero, scale }: SortKeys): CountedValues {
  const places = new Int32Array(Math.min(largest + 1, PLACES, 4 * keys.length));
  const above = new Int32Array(keys.length);
  let left = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]! >>> 0;
    if (key < places.length) places[key]!++;
    else above[left++] = key;
  }
  const values = new Float64Array(keys.length);
  const counts = new Int32Array(keys.length);
  let used = 0;
  for (let key = 0; key < places.length; key++) {
    if (places[key] === 0) continue;
    values[used] = (key + zero) / scale;
    counts[used++] = places[key]!;
  }
  const sorted = radixSort(above.slice(0, left), 32 - Math.clz32(largest)).keys;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[used++] = ((sorted[i]! >>> 0) + zero) / scale;
    counts[used - 1]!++;
  }
  return { values: values.subarray(0, used), counts: counts.subarray(0, used), rows: keys.length };
}

function runsOf(sorted: Float64Array): CountedValues {
  const counts = new Int32Array(sorted.length);
  let used = -1;
  for (let i = 0, last = NaN; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (value !== last) {
      sorted[++used] = value;
      last = value;
    }
    counts[used]!++;
  }
  return { values: sorted.subarray(0, used + 1), counts: counts.subarray(0, used + 1), rows: sorted.length };
}
