/** Equal rows made one, with the number of customers each stands for. */
export interface MergedRows {
  readonly columns: readonly Float64Array[];
  readonly weight: Float64Array;
  readonly n: number;
}

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/**
 * Merge equal rows of number columns: a likelihood need be computed once for each.
 *
 * Rows with a NaN are left out. The order is that of first appearance.
 *
 * @param columns number columns of equal length; not modified
 * @param weight customers per row, absent = 1; rows of weight 0 are left out
 *
 * Method: open addressing over the bits of the doubles (-0 as 0). O(rows), 4 bytes per slot besides the result.
 */
export function mergeRows(columns: readonly Float64Array[], weight?: Float64Array): MergedRows {
  const n = columns[0]!.length;
  const width = columns.length;
  let capacity = 1024;
  let slots = new Int32Array(capacity).fill(-1);
  const first: number[] = [];
  const sums: number[] = [];
  let hashes = new Int32Array(1024);

  for (let i = 0; i < n; i++) {
    let hash = weight?.[i] === 0 ? NaN : 0;
    for (let c = 0; c < width && hash === hash; c++) {
      bits[0] = columns[c]![i]! + 0;
      if (bits[0] !== bits[0]) {
        hash = NaN;
        break;
      }
      hash = Math.imul(hash ^ halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), 0xc2b2ae35);
      hash ^= hash >>> 15;
    }
    if (Number.isNaN(hash)) continue;
    let at = hash & (capacity - 1);
    let found = -1;
    for (let entry = slots[at]!; entry !== -1; entry = slots[at]!) {
      if (hashes[entry] === hash && sameRow(columns, first[entry]!, i)) {
        found = entry;
        break;
      }
      at = (at + 1) & (capacity - 1);
    }
    const w = weight === undefined ? 1 : weight[i]!;
    if (found !== -1) {
      sums[found]! += w;
      continue;
    }
    const entry = first.length;
    if (entry === hashes.length) {
      const longer = new Int32Array(hashes.length * 2);
      longer.set(hashes);
      hashes = longer;
    }
    slots[at] = entry;
    hashes[entry] = hash;
    first.push(i);
    sums.push(w);
    if (first.length * 2 > capacity) {
      capacity *= 4;
      slots = new Int32Array(capacity).fill(-1);
      for (let e = 0; e < first.length; e++) {
        let place = hashes[e]! & (capacity - 1);
        while (slots[place] !== -1) place = (place + 1) & (capacity - 1);
        slots[place] = e;
      }
    }
  }
  return { columns: columns.map((column) => Float64Array.from(first, (i) => column[i]!)), weight: Float64Array.from(sums), n: first.length };
}

function sameRow(columns: readonly Float64Array[], i: number, k: number): boolean {
  for (let c = 0; c < columns.length; c++) if (columns[c]![i] !== columns[c]![k]) return false;
  return true;
}
