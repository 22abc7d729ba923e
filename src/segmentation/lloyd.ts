import { meansInto, moveCenters, orderNeighbours, totalChanges, type Clustering } from './clustering.js';
import type { BlockStep } from './block-steps.js';
import { relocateEmpty } from './relocate.js';

/** A step to be taken on all blocks before going on, on however many threads; `'transfer'` is one for all blocks. */
export type Step = BlockStep | 'transfer';

/** How iterations ended. */
export interface Ended {
  readonly iterations: number;
  readonly converged: boolean;
  /** empty clusters that were given a far point */
  readonly relocated: number;
}

/**
 * Assign points to their nearest centre and move the centres to their means, until no label changes.
 *
 * Centres stand in `clustering.centers` at the start. At the end each point is in the cluster of its nearest centre; when
 * converged, centres are the means of their points, from sums made anew.
 *
 * @param lazy true to pass over points that cannot have changed; the answer is the same
 * @yields steps for the caller to take
 *
 * Source: Lloyd (1982); empty clusters as scikit-learn 1.2. O(n k d) an iteration, far less when lazy.
 */
export function* lloydSteps(clustering: Clustering, maxIterations: number, lazy: boolean): Generator<Step, Ended, void> {
  const { centers, labels, drift } = clustering;
  const means = new Float64Array(centers.length);
  labels.fill(0);
  drift.fill(0);
  orderNeighbours(clustering);
  let relocated = 0;
  // Whether the centres come from sums made anew rather than from sums that followed the points.
  let exact = false;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const scan = !lazy || iteration === 1;
    yield scan ? 'scan' : 'walk';
    const settled = iteration > 1 && totalChanges(clustering) === 0;
    if (settled && (exact || scan)) return { iterations: iteration, converged: true, relocated };
    exact = scan;
    if (settled) {
      yield 'sum';
      exact = true;
    }
    const moved = relocateEmpty(clustering);
    if (moved > 0) {
      relocated += moved;
      yield 'sum';
    }
    meansInto(means, clustering);
    moveCenters(clustering, means);
  }
  yield 'sum';
  meansInto(means, clustering);
  moveCenters(clustering, means);
  yield lazy ? 'walk' : 'scan';
  return { iterations: maxIterations, converged: totalChanges(clustering) === 0, relocated };
}
