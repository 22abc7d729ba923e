import { checkKeys } from '../core/index.js';
import { countWhole, exactSum, sortNumbers } from '../columns/index.js';
import { checkedValues, reaches } from './checked-values.js';
import { fewestReaching } from './concentration-tables.js';
import { sumsOf } from './running-sums.js';
import { checkShare } from './top-share.js';

/** Which part of the total is asked for. */
export interface CustomersNeededOptions {
  /** share of the total, above 0 to 1; 0.8 by default */
  readonly of?: number;
}

/** How few customers bring a share of the total. */
export interface CustomersNeeded {
  /** the smallest number of customers, best first, that reach it */
  readonly customers: number;
  /** that number / all customers: the 80/20 index where the share is 0.8 */
  readonly share: number;
}

/**
 * The fewest customers, best first, that bring a share of the total: "80 % of revenue comes from 61 % of customers".
 *
 * Customers below 0 are allowed; the share is then of the net total, reached sooner.
 *
 * @param values one per customer, length n >= 1, total above 0; any unit. Not modified.
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * customersNeeded([1, 1, 2, 3, 13]);   // { customers: 2, share: 0.4 }
 *
 * Method: money in cents is counted; else added up in groups of like value, which shows in which group the share is reached:
 * only that one and its neighbours are sorted. O(n).
 */
export function customersNeeded(values: Float64Array | readonly number[], options: CustomersNeededOptions = {}): CustomersNeeded {
  checkKeys('customersNeeded', options, ['of']);
  const share = checkShare('customersNeeded', 'of', options.of ?? 0.8);
  const checked = checkedValues('customersNeeded', values, 'allowed');
  const customers = neededOf(checked.values, checked.total, share);
  return { customers, share: customers / checked.values.length };
}

/** Below this, all values are sorted. */
const FEW = 20000;

/** The fewest values, largest first, that reach a share of the total. */
export function neededOf(values: Float64Array, total: number, share: number): number {
  const counted = countWhole(values);
  if (counted !== undefined) return fewestReaching(sumsOf(counted, 'largest'), counted.rows, total, share);
  return (values.length > FEW ? neededNearBorder(values, total, share) : undefined) ?? firstReaching(sortNumbers(values).reverse(), 0, total, share) ?? values.length;
}

const GROUPS = 0x4000;
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Undefined where the rounded sums of groups pointed to the wrong place. */
function neededNearBorder(values: Float64Array, total: number, share: number): number | undefined {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const counts = new Int32Array(GROUPS);
  const sums = new Float64Array(GROUPS);
  for (let i = 0; i < values.length; i++) {
    const group = groupOf(words[2 * i + HIGH]!);
    counts[group]!++;
    sums[group]! += values[i]!;
  }
  let border = GROUPS - 1;
  for (let sum = sums[border]!; border > 0 && !reaches(sum, total, share); sum += sums[border]!) border--;
  const above = new Float64Array(values.length);
  const near = new Float64Array(values.length);
  let taken = 0;
  let candidates = 0;
  for (let i = 0; i < values.length; i++) {
    const group = groupOf(words[2 * i + HIGH]!);
    if (group > border + 1) above[taken++] = values[i]!;
    else if (group >= border - 1) near[candidates++] = values[i]!;
  }
  const before = exactSum(above.subarray(0, taken));
  if (taken > 0 && reaches(before, total, share)) return undefined;
  const more = firstReaching(sortNumbers(near.subarray(0, candidates)).reverse(), before, total, share);
  return more === undefined ? undefined : taken + more;
}

/** The top 14 bits of a double, in the order of the numbers; zeros of either sign stand together with the smallest. */
function groupOf(high: number): number {
  return (high ^ ((high >> 31) | 0x80000000)) >>> 18;
}

/** How many of the values, in the order given, it takes to reach the share. */
function firstReaching(descending: Float64Array, before: number, total: number, share: number): number | undefined {
  let sum = before;
  let lost = 0;
  for (let i = 0; i < descending.length; i++) {
    const x = descending[i]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
    if (reaches(sum + lost, total, share)) return i + 1;
  }
  return undefined;
}
