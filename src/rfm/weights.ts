import type { RfmModel } from './model.js';

/** The three weighted forms of one customer's scores. */
export interface Weighted {
  /** Σ weight × score: 1 … bins */
  readonly weighted: number;
  /** Σ weight × (score - 1) / (bins - 1) × 100: 0 … 100 */
  readonly weighted100: number;
  /**
   * Σ weight × (value - lowest) / (highest - lowest), counted from the worse end: 0 … 1 among the customers learned from,
   * beyond for values beyond theirs; 0 for a measure that is the same for all.
   */
  readonly weightedMinMax: number;
}

/**
 * Weighted scores of one customer.
 *
 * @param scores, values one per dimension
 */
export function weigh({ dimensions, weights = [] }: RfmModel, scores: ArrayLike<number>, values: ArrayLike<number>): Weighted {
  let weighted = 0;
  let hundred = 0;
  let minMax = 0;
  for (let d = 0; d < dimensions.length; d++) {
    const { best, bins, lowest, highest } = dimensions[d]!;
    const weight = weights[d]!;
    weighted += weight * scores[d]!;
    if (bins > 1) hundred += weight * ((scores[d]! - 1) / (bins - 1));
    if (lowest !== undefined && highest !== undefined && highest > lowest) {
      minMax += weight * ((best === 'high' ? values[d]! - lowest : highest - values[d]!) / (highest - lowest));
    }
  }
  return { weighted, weighted100: hundred * 100, weightedMinMax: minMax };
}

/** Weighted scores of all rows, as columns. O(rows × dimensions). */
export function weighAll(model: RfmModel, scores: readonly Uint8Array[], values: readonly Float64Array[]): Record<keyof Weighted, Float64Array> {
  const n = scores[0]!.length;
  const columns = { weighted: new Float64Array(n), weighted100: new Float64Array(n), weightedMinMax: new Float64Array(n) };
  const own = { scores: new Float64Array(scores.length), values: new Float64Array(scores.length) };
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < scores.length; d++) {
      own.scores[d] = scores[d]![i]!;
      own.values[d] = values[d]![i]!;
    }
    const one = weigh(model, own.scores, own.values);
    columns.weighted[i] = one.weighted;
    columns.weighted100[i] = one.weighted100;
    columns.weightedMinMax[i] = one.weightedMinMax;
  }
  return columns;
}
