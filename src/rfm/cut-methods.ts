import { ckmeans } from 'simple-statistics';
import { orderStatistics, quantileCuts, type ValueRange } from '../columns/index.js';
import type { Warning } from '../core/index.js';

/** Cuts of one measure and which end of its group a cut belongs to. */
export interface Cuts {
  readonly cuts: Float64Array;
  readonly closed: 'right' | 'left';
  readonly warnings?: readonly Warning[];
}

/** Methods that learn cut points: scoring the same customers by the model gives the same scores. */
export type CutMethod = 'quantile' | 'r-rfm' | 'qcut-drop' | 'equal-width' | 'natural-breaks';

/**
 * Cuts of a measure by method.
 *
 * @param values length n >= 1, finite. Not modified.
 * @returns bins - 1 ascending cuts; fewer from `qcut-drop` where edges are equal
 */
export function cutsBy(method: CutMethod, values: Float64Array, range: ValueRange, bins: number, column: string): Cuts {
  switch (method) {
    case 'quantile':
      return { cuts: quantileCuts(values, bins, range), closed: 'right' };
    case 'r-rfm':
      // The package adds 1 to every edge, which closes groups of whole numbers on the right and moves others down.
      return { cuts: quantileCuts(values, bins, range).map((cut) => cut + 1), closed: 'left' };
    case 'qcut-drop':
      return { cuts: distinctCuts(values, range, bins), closed: 'right' };
    case 'equal-width':
      return { cuts: equalWidthCuts(range, bins), closed: 'right' };
    case 'natural-breaks':
      return naturalBreaks(values, bins, column);
  }
}

/** pandas keeps each edge once, the least and greatest value among them; only edges between those part anything. */
function distinctCuts(values: Float64Array, range: ValueRange, bins: number): Float64Array {
  const { lowest, highest } = range;
  return quantileCuts(values, bins, range).filter((cut, i, cuts) => cut > lowest && cut < highest && (i === 0 || cut !== cuts[i - 1]));
}

function equalWidthCuts({ lowest, highest }: ValueRange, bins: number): Float64Array {
  const width = highest - lowest;
  return Float64Array.from({ length: bins - 1 }, (_, i) => {
    const share = (i + 1) / bins;
    // Only values near ±1.8e308 have a width that overflows.
    return Number.isFinite(width) ? Math.min(highest, lowest + share * width) : (1 - share) * lowest + share * highest;
  });
}

/** Natural breaks are exact up to this many customers, and learned from as many of them beyond. */
export const NATURAL_BREAKS_EXACT = 10_000;

/**
 * Groups with the least sum of squared distances from their means; a cut is the greatest value of the lower group.
 *
 * With fewer distinct values than bins the lowest groups after the first stay empty, as with equal quantiles.
 *
 * Method: ckmeans (Wang & Song 2011), exact, O(bins × n log n). Beyond {@link NATURAL_BREAKS_EXACT} customers the cuts
 * are learned from that many values at evenly spaced ranks, and a warning says so.
 */
function naturalBreaks(values: Float64Array, bins: number, column: string): Cuts {
  const learned = values.length <= NATURAL_BREAKS_EXACT ? values.slice().sort() : evenlySpaced(values);
  let distinct = 1;
  for (let i = 1; i < learned.length && distinct < bins; i++) if (learned[i] !== learned[i - 1]) distinct++;
  const groups = ckmeans(Array.from(learned), distinct);
  const breaks = groups.slice(0, -1).map((group) => group[group.length - 1]! + 0);
  const cuts = Float64Array.from([...new Array<number>(bins - groups.length).fill(learned[0]! + 0), ...breaks]);
  if (values.length <= NATURAL_BREAKS_EXACT) return { cuts, closed: 'right' };
  const message = `natural breaks of ${column} were learned from ${NATURAL_BREAKS_EXACT} of ${values.length} customers, at evenly spaced ranks. All are scored by them; the breaks can differ slightly from those of all customers.`;
  return { cuts, closed: 'right', warnings: [{ code: 'NATURAL_BREAKS_SAMPLED', message }] };
}

function evenlySpaced(values: Float64Array): Float64Array {
  const ranks = Array.from({ length: NATURAL_BREAKS_EXACT }, (_, i) => Math.floor((i * (values.length - 1)) / (NATURAL_BREAKS_EXACT - 1)));
  return orderStatistics(values, ranks);
}
