/** First word of a key that is a whole number of 32 bits, or a number of any kind; a text's first word is another, its bytes all being 32 and more. */
export const INTEGER_KEY = 1, NUMBER_KEY = 2;

/**
 * Hash of a key of up to 16 bytes held as four words, zero-filled: 32 bits, never relied on for equality.
 *
 * The scanner has the words in registers already, which makes this nearly free (hashing the same bytes one by one: 16 ns).
 */
export function hashWords(k0: number, k1: number, k2: number, k3: number): number {
  let h = Math.imul(k0 ^ Math.imul(k1, 0x85ebca6b), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ k2, 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 13) ^ k3, 0x297a2d39);
  return h ^ (h >>> 16);
}

/** Hash of a whole number of 32 bits: that of its key. Every step can be undone, so no two numbers have the same. */
export function hashNumber(id: number): number {
  return hashWords(INTEGER_KEY, id, 0, 0);
}

/** Partition of a hash: its top bits, so that the low ones stay good for tables within the partition. */
export function partitionOf(hash: number, partitionBits: number): number {
  return hash >>> (32 - partitionBits);
}
