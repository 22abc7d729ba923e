import { exactSum } from '../columns/index.js';
import { sumsByCode } from './feature-stats.js';

/** Rows in the clusters of their nearest centres. */
export interface Assigned {
  readonly labels: Int32Array;
  /** to the centre, scaled */
  readonly distances: Float64Array;
  readonly sizes: Int32Array;
  /** weighted squared distances per cluster */
  readonly inertias: Float64Array;
  readonly inertia: number;
}

/**
 * The nearest centre of each row; equal distances go to the cluster with the lower number.
 *
 * @param columns scaled, one per feature, of equal length; finite. Not modified.
 * @param weights one per row, for the inertia; 1 when absent
 *
 * Sums are exact, so that the order of the rows cannot move them. O(n k d).
 */
export function assignRows(columns: readonly Float64Array[], centers: readonly (readonly number[])[], weights?: Float64Array): Assigned {
  const n = columns[0]?.length ?? 0;
  const d = columns.length;
  const k = centers.length;
  const flat = Float64Array.from(centers.flat());
  const labels = new Int32Array(n);
  const squares = new Float64Array(n);
  if (d === 3) nearestOfThree(columns[0]!, columns[1]!, columns[2]!, flat, labels, squares);
  else nearestOf(columns, flat, labels, squares);
  const { sums: inertias, counts: sizes } = sumsByCode(weights === undefined ? squares : squares.map((square, i) => weights[i]! * square), labels, k);
  return { labels, distances: rootsOf(squares), sizes, inertias, inertia: exactSum(inertias) };
}

function nearestOf(columns: readonly Float64Array[], flat: Float64Array, labels: Int32Array, squares: Float64Array): void {
  const d = columns.length;
  const point = new Float64Array(d);
  for (let i = 0; i < labels.length; i++) {
    for (let f = 0; f < d; f++) point[f] = columns[f]![i]!;
    let best = Infinity;
    let label = 0;
    for (let from = 0, c = 0; from < flat.length; from += d, c++) {
      let squared = 0;
      for (let f = 0; f < d; f++) {
        const apart = point[f]! - flat[from + f]!;
        squared += apart * apart;
      }
      if (squared < best) {
        best = squared;
        label = c;
      }
    }
    labels[i] = label;
    squares[i] = best;
  }
}

/** The same for three features, without inner loops. */
function nearestOfThree(first: Float64Array, second: Float64Array, third: Float64Array, flat: Float64Array, labels: Int32Array, squares: Float64Array): void {
  for (let i = 0; i < labels.length; i++) {
    const x = first[i]!, y = second[i]!, z = third[i]!;
    let best = Infinity;
    let label = 0;
    for (let from = 0, c = 0; from < flat.length; from += 3, c++) {
      const u = x - flat[from]!, v = y - flat[from + 1]!, w = z - flat[from + 2]!;
      const squared = u * u + v * v + w * w;
      if (squared < best) {
        best = squared;
        label = c;
      }
    }
    labels[i] = label;
    squares[i] = best;
  }
}

function rootsOf(squares: Float64Array): Float64Array {
  const roots = new Float64Array(squares.length);
  for (let i = 0; i < roots.length; i++) roots[i] = Math.sqrt(squares[i]!);
  return roots;
}
