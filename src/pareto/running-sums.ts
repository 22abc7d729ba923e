import type { CountedValues } from '../columns/index.js';

/** The sum of so many values, those of one end: from 0 to all of them. */
export type SumOf = (count: number) => number;

/**
 * Sums of the largest (or smallest) values, however many are asked for.
 *
 * Method: one entry for each different value; what rounding loses is carried along (Neumaier 1974), products cut in two
 * so that they lose nothing (Veltkamp, in Dekker 1971). O(different values), and a binary search per answer.
 */
export function sumsOf({ values, counts }: CountedValues, end: 'largest' | 'smallest'): SumOf {
  const n = values.length;
  const ends = new Int32Array(n + 1);
  const sums = new Float64Array(n + 1);
  const losts = new Float64Array(n + 1);
  const own = new Float64Array(n);
  const running = { sum: 0, lost: 0 };
  for (let k = 0; k < n; k++) {
    const at = end === 'largest' ? n - 1 - k : k;
    own[k] = values[at]!;
    add(running, counts[at]!, values[at]!);
    ends[k + 1] = ends[k]! + counts[at]!;
    sums[k + 1] = running.sum;
    losts[k + 1] = running.lost;
  }
  return (count) => {
    const k = lastNotAbove(ends, count);
    const more = count - ends[k]!;
    if (more === 0) return sums[k]! + losts[k]!;
    running.sum = sums[k]!;
    running.lost = losts[k]!;
    add(running, more, own[k]!);
    return running.sum + running.lost;
  };
}

interface Running {
  sum: number;
  lost: number;
}

/** 2^27 + 1 cuts a double into halves of 26 bits, whose products with a count are exact. */
const CUT = 134217729;
/** From here on the cut would overflow. */
const HUGE = 2 ** 990;

function add(running: Running, count: number, value: number): void {
  const wide = CUT * value;
  const upper = Math.abs(value) < HUGE ? wide - (wide - value) : value;
  addOne(running, count * upper);
  if (upper !== value) addOne(running, count * (value - upper));
}

function addOne(running: Running, x: number): void {
  const { sum } = running;
  const next = sum + x;
  running.lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
  running.sum = next;
}

function lastNotAbove(ends: Int32Array, count: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ends[middle]! <= count) low = middle;
    else high = middle - 1;
  }
  return low;
}
