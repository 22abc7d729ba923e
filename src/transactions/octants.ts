import { exactSum, median } from '../columns/index.js';

/** One of the eight classes that three measures, each high or low, make. */
export interface Octant {
  readonly key: string;
  readonly recency: 'high' | 'low';
  readonly frequency: 'high' | 'low';
  readonly monetary: 'high' | 'low';
  readonly label: { readonly en: string; readonly zh: string };
}

/**
 * The eight high/low classes of the Chinese CRM textbooks, best first; recency is high when the last purchase is recent.
 *
 * Some texts swap 保持 (keep) and 挽留 (rescue); here 保持 is the class that still buys often.
 */
export const OCTANTS: readonly Octant[] = [
  octant('important_value', 'high', 'high', 'high', 'Important: value', '重要价值客户'),
  octant('important_develop', 'high', 'low', 'high', 'Important: develop', '重要发展客户'),
  octant('important_keep', 'low', 'high', 'high', 'Important: keep', '重要保持客户'),
  octant('important_rescue', 'low', 'low', 'high', 'Important: rescue', '重要挽留客户'),
  octant('general_value', 'high', 'high', 'low', 'General: value', '一般价值客户'),
  octant('general_develop', 'high', 'low', 'low', 'General: develop', '一般发展客户'),
  octant('general_keep', 'low', 'high', 'low', 'General: keep', '一般保持客户'),
  octant('general_rescue', 'low', 'low', 'low', 'General: rescue', '一般挽留客户'),
];

function octant(key: string, recency: 'high' | 'low', frequency: 'high' | 'low', monetary: 'high' | 'low', en: string, zh: string): Octant {
  return { key, recency, frequency, monetary, label: { en, zh } };
}

/**
 * Which octant three measures fall into, as a place in {@link OCTANTS}.
 *
 * @returns 0 (all high) … 7 (all low)
 * @example
 * OCTANTS[octantOf(true, false, true)].key;   // 'important_develop'
 */
export function octantOf(recencyHigh: boolean, frequencyHigh: boolean, monetaryHigh: boolean): number {
  return (monetaryHigh ? 0 : 4) + (recencyHigh ? 0 : 2) + (frequencyHigh ? 0 : 1);
}

/**
 * Where a measure parts into high and low: its mean (the usual choice, pulled up by few large values) or its median.
 *
 * @param values one per customer, length n >= 1, finite. Not modified.
 * @returns the cut, in the unit of `values`, between their smallest and largest
 *
 * Method: the mean from the exact sum, so that the order of the rows cannot move a customer who stands on the cut;
 * the median by selection. O(n).
 */
export function highLowCut(values: Float64Array, at: 'mean' | 'median'): number {
  if (at === 'median') return median(values);
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  let mean = exactSum(values) / values.length;
  // Only values near ±1.8e308 have a sum that overflows.
  if (!Number.isFinite(mean)) mean = values.reduce((sum, value) => sum + value / values.length, 0);
  // Rounding must not lift the mean of equal values off those values.
  return Math.min(most, Math.max(least, mean)) + 0;
}
