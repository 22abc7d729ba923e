import { radixSort, type Sorted } from './radix-sort.js';
import type { SortKeys } from './sort-keys.js';

/**
 * Sort keys, and rows beside them where they are given; equal ones stay as they stand. All arrays are used up.
 *
 * Method: {@link radixSort} by the upper key; among those of one upper key, mostly few, insertion by the lower. O(n).
 */
export function sortByKeys(keys: SortKeys, rows?: Int32Array<ArrayBuffer>): { readonly keys: SortKeys; readonly rows: Int32Array<ArrayBuffer> | undefined } {
  const beside = rows === undefined ? [] : [rows];
  const bits = 32 - Math.clz32(keys.largest);
  if (keys.lower === undefined) {
    const sorted = radixSort(keys.upper, bits, beside);
    return { keys: { ...keys, upper: sorted.keys }, rows: sorted.beside[0] };
  }
  let sorted = radixSort(keys.upper, bits, [keys.lower, ...beside]);
  if (!insertionSorted(sorted)) {
    // Too many of one upper key: all by the lower key first.
    const [lower, ...others] = sorted.beside;
    const byLower = radixSort(lower!, 32, [sorted.keys, ...others]);
    sorted = radixSort(byLower.beside[0]!, bits, [byLower.keys, ...byLower.beside.slice(1)]);
  }
  return { keys: { ...keys, upper: sorted.keys, lower: sorted.beside[0]! }, rows: sorted.beside[1] };
}

/** Sort the lower keys, and what stands beside, of each upper key; false where that takes too many moves. */
function insertionSorted({ keys, beside: [words, rows] }: Sorted): boolean {
  const lower = words!;
  let left = 4 * keys.length;
  for (let i = 1; i < keys.length && left >= 0; i++) {
    const key = keys[i]!;
    if (key !== keys[i - 1]) continue;
    const word = lower[i]! >>> 0;
    const row = rows === undefined ? 0 : rows[i]!;
    let k = i;
    for (; k > 0 && keys[k - 1] === key && lower[k - 1]! >>> 0 > word; k--) {
      lower[k] = lower[k - 1]!;
      if (rows !== undefined) rows[k] = rows[k - 1]!;
    }
    if (k === i) continue;
    lower[k] = word;
    if (rows !== undefined) rows[k] = row;
    left -= i - k;
  }
  return left >= 0;
}
