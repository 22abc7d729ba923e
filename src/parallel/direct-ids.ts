/**
 * Whole numbers that lie close together, so that customers need no hashing: of a number's distance to the lowest the low
 * bits are its partition, the others its place in that partition's table.
 */
export interface DirectIds {
  readonly lowest: number;
  /** bits that are the partition */
  readonly bits: number;
  /** places of a partition's table */
  readonly places: number;
}

/** Numbers looked at before others may run: a millisecond. */
const SLICE = 1 << 20;

/** How customers of a log are found directly; undefined where the numbers spread over more places than there are rows. */
export async function directIds(ids: Int32Array, bits: number): Promise<DirectIds | undefined> {
  let lowest = 0x7fffffff, highest = -0x80000000;
  for (let from = 0; from < ids.length; from += SLICE) {
    const slice = rangeOf(ids, from, Math.min(ids.length, from + SLICE));
    lowest = Math.min(lowest, slice.lowest);
    highest = Math.max(highest, slice.highest);
    if (highest - lowest >= ids.length) return undefined;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { lowest, bits, places: ((highest - lowest) >> bits) + 1 };
}

function rangeOf(ids: Int32Array, from: number, to: number): { lowest: number; highest: number } {
  let lowest = 0x7fffffff, highest = -0x80000000;
  for (let i = from; i < to; i++) {
    const id = ids[i]!;
    lowest = id < lowest ? id : lowest;
    highest = id > highest ? id : highest;
  }
  return { lowest, highest };
}
