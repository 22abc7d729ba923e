import { sortByKeys } from './sort-by-keys.js';
import { sortKeys, valuesOf } from './sort-keys.js';

/**
 * Numbers in ascending order, as a new array.
 *
 * @param values no NaN; -0 becomes 0. Not modified.
 *
 * O(n), as {@link sortByKeys}. 1 M amounts in cents 21 ms, of full precision 35; the engine's own sort 90.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  return valuesOf(sortByKeys(sortKeys(values, false)).keys);
}
