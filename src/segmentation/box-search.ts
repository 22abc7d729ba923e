import { divide, MIXED, SUM_WIDTH, type Boxes } from './boxes.js';
import { moveCenters, orderNeighbours, totalChanges, totalCounts, type Clustering } from './clustering.js';
import { layBoxes } from './fill-boxes.js';
import type { Ended, Step } from './lloyd.js';
import { emptyAndFar } from './relocate.js';
import { addTo } from './sweep-boxes.js';

/**
 * Lloyd's iterations over boxes of points; the answer is that of `lloydSteps`, centres to the last rounding.
 *
 * @yields steps for the caller to take
 *
 * Source: Lloyd (1982); boxes as in Pelleg & Moore (1999). O(boxes k + points near a border) an iteration.
 */
export function* boxSteps(clustering: Clustering, boxes: Boxes, maxIterations: number): Generator<Step, Ended, void> {
  if (boxes.used[0] === 0) {
    for (let f = 0; f < clustering.points.d; f++) divide(clustering.points, boxes, f);
    yield 'count';
    layBoxes(clustering, boxes);
    yield 'place';
    yield 'enclose';
  }
  clustering.drift.fill(0);
  orderNeighbours(clustering);
  const means = new Float64Array(clustering.centers.length);
  let relocated = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    yield iteration === 1 ? 'settle' : 'sweep';
    if (iteration > 1 && totalChanges(clustering) === 0) {
      yield 'tell';
      return { iterations: iteration, converged: true, relocated };
    }
    relocated += relocateInBoxes(clustering, boxes);
    boxMeansInto(means, clustering, boxes);
    moveCenters(clustering, means);
  }
  yield 'sweep';
  const converged = totalChanges(clustering) === 0;
  yield 'tell';
  return { iterations: maxIterations, converged, relocated };
}

/** Means of the clusters; an empty cluster keeps its centre. */
function boxMeansInto(means: Float64Array, clustering: Clustering, { sums, weights }: Boxes): void {
  const { k, blocks, centers, points: { d } } = clustering;
  const total = new Float64Array(k * SUM_WIDTH);
  for (let at = 0; at < blocks * total.length; at++) total[at % total.length]! += sums[at]!;
  const counts = totalCounts(clustering);
  for (let c = 0; c < k; c++) {
    const at = c * SUM_WIDTH;
    const mass = weights === undefined ? counts[c]! : total[at + 3]! + total[at + 7]!;
    for (let f = 0; f < d; f++) means[c * d + f] = counts[c] === 0 ? centers[c * d + f]! : (total[at + f]! + total[at + 4 + f]!) / mass;
  }
}

/** Give empty clusters far points. Sums are exact, so any block's will do. */
function relocateInBoxes(clustering: Clustering, boxes: Boxes): number {
  const given = emptyAndFar(clustering, boxes);
  for (const { point, cluster } of given) {
    addTo(clustering, boxes, 0, point, boxes.labels[point]!, -1);
    addTo(clustering, boxes, 0, point, cluster, 1);
    boxes.labels[point] = cluster;
  }
  if (given.length > 0) {
    boxes.bounds.fill(-1);
    boxes.owners.fill(MIXED);
  }
  return given.length;
}
