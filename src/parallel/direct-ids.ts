/** 2^32 over the golden ratio. */
const SHUFFLE = 0x9e3779b1;
/** Numbers looked at before others may run: about two milliseconds. */
const SLICE = 1 << 20;

/** Whole numbers that lie close together, so that each has a place of its own and customers need no hashing. */
export interface DirectIds {
  readonly lowest: number;
  /** as many bits as partition and place have together */
  readonly mask: number;
  /** bits of a place in a partition's table */
  readonly placeBits: number;
}

/**
 * Where a number stands: above its bits of place those of its partition.
 *
 * Multiplying by an odd number shuffles the numbers of so many bits, and spreads also those that are all multiples of some
 * number over the partitions.
 */
export function directPlace(id: number, lowest: number, mask: number): number {
  return Math.imul(id - lowest, SHUFFLE) & mask;
}

/** How customers of a log are found directly; undefined where the numbers spread over more places than there are rows. */
export async function directIds(ids: Int32Array, partitionBits: number): Promise<DirectIds | undefined> {
  let lowest = 0x7fffffff, highest = -0x80000000;
  for (let from = 0; from < ids.length; from += SLICE) {
    const slice = rangeOf(ids, from, Math.min(ids.length, from + SLICE));
    lowest = Math.min(lowest, slice.lowest);
    highest = Math.max(highest, slice.highest);
    if (highest - lowest >= ids.length) return undefined;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const placeBits = Math.max(0, 32 - Math.clz32(highest - lowest) - partitionBits);
  return { lowest, mask: 2 ** (placeBits + partitionBits) - 1, placeBits };
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
