import { exactSum } from '../columns/index.js';
import { membersOf } from './members.js';

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
  const point = new Float64Array(d);
  const labels = new Int32Array(n);
  const squares = new Float64Array(n);
  const sizes = new Int32Array(k);
  for (let i = 0; i < n; i++) {
    for (let f = 0; f < d; f++) point[f] = columns[f]![i]!;
    let best = Infinity;
    let label = 0;
    for (let c = 0, from = 0; c < k; c++, from += d) {
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
    sizes[label]!++;
  }
  const members = membersOf(labels, k);
  const own = new Float64Array(n);
  for (let at = 0; at < n; at++) {
    const row = members.rows[at]!;
    own[at] = weights === undefined ? squares[row]! : weights[row]! * squares[row]!;
  }
  const inertias = Float64Array.from({ length: k }, (_, c) => exactSum(own.subarray(members.starts[c], members.starts[c + 1])));
  return { labels, distances: rootsOf(squares), sizes, inertias, inertia: exactSum(inertias) };
}

function rootsOf(squares: Float64Array): Float64Array {
  const roots = new Float64Array(squares.length);
  for (let i = 0; i < roots.length; i++) roots[i] = Math.sqrt(squares[i]!);
  return roots;
}
