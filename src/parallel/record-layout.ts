// Numbers by themselves, in a file that imports nothing: the build puts them into the loops, see .config/tsup.ts.

/**
 * What is kept of a customer: a record of 64 bytes, one cache line, so that finding and updating one costs one miss
 * (three arrays, for keys, counts and sums, cost three: 64 against 45 ns a row).
 *
 * Words 0 to 3 are the key, zero-filled; long keys hold 0, hash, offset in `longKeys`, length.
 */
export const RECORD_WORDS = 16;
export const RECORD_DOUBLES = 8;
/** Words of a record: first and last purchase, purchases, distinct dates. */
export const FIRST = 4, LAST = 5, PURCHASES = 6, DATES = 7;
/** First purchase of a customer who has none: a day after all others. */
export const NEVER = 0x7fffffff;
/**
 * Doubles of a record: whole cents in all, and up to the end of the first purchase date; the row in which the customer appears
 * first; squared gaps. Whole cents are added exactly, so that those after the first purchase date are the difference.
 */
export const TOTAL = 4, FIRST_TOTAL = 5, APPEARS = 6, GAP_SQUARES = 7;
/** Bits of a customer's code within its partition; the partition's number stands above. */
export const CODE_BITS = 24;
export const CODE_MASK: number = (1 << CODE_BITS) - 1;
