import { LANES } from './boxes.js';
import { blockStart, boundOf, type Clustering } from './clustering.js';
import { countLane, encloseBlock, placeLane } from './fill-boxes.js';
import { measureBlock, settleBlock, sweepBlock, tellLabels } from './sweep-boxes.js';
import { describeColumn, drawSample, layRows, measureRows } from './row-steps.js';
import { walkBlock } from './walk-block.js';

/** What can be done block by block, in any order and on any thread; the second line where points are in boxes, the third by row. */
export type BlockStep = 'scan' | 'walk' | 'sum' | 'inertia'
  | 'count' | 'place' | 'enclose' | 'settle' | 'sweep' | 'tell' | 'measure'
  | 'lay' | 'draw' | 'own' | 'describe';

/** How many blocks a step has. */
export function blocksOf({ blocks, byRow }: Clustering, step: BlockStep): number {
  if (step === 'draw') return 1;
  if (step === 'describe') return byRow!.columns.length + 1;
  return step === 'count' || step === 'place' ? LANES : blocks;
}

/** Take one step on one block. Steps of different blocks touch different memory. */
export function stepBlock(clustering: Clustering, step: BlockStep, block: number): void {
  const boxes = clustering.boxes!;
  const byRow = clustering.byRow!;
  switch (step) {
    case 'walk': return walkBlock(clustering, block);
    case 'scan': return scanBlock(clustering, block);
    case 'sum': return sumBlock(clustering, block);
    case 'inertia': return inertiaBlock(clustering, block);
    case 'count': return countLane(clustering, boxes, block);
    case 'place': return placeLane(clustering, boxes, block);
    case 'enclose': return encloseBlock(boxes, block);
    case 'settle': return settleBlock(clustering, boxes, block);
    case 'sweep': return sweepBlock(clustering, boxes, block);
    case 'measure': return measureBlock(clustering, boxes, block);
    case 'lay': return layRows(clustering, byRow, block);
    case 'draw': return drawSample(clustering, byRow);
    case 'own': return measureRows(clustering, byRow, block);
    case 'describe': return describeColumn(clustering, byRow, block);
    case 'tell': return tellLabels(clustering, boxes, block);
  }
}

/** Look at every centre for every point; equal distances go to the cluster with the lower number. O(n k d). */
function scanBlock(clustering: Clustering, block: number): void {
  const { points: { d, data }, k, centers, labels, bounds, drift, changes } = clustering;
  const to = blockStart(clustering, block + 1);
  let changed = 0;
  for (let i = blockStart(clustering, block); i < to; i++) {
    const at = i * d;
    // Recency, frequency and monetary by name: without inner loops a pass takes a third of the time.
    const x = data[at]!, y = d === 3 ? data[at + 1]! : 0, z = d === 3 ? data[at + 2]! : 0;
    let best = Infinity;
    let second = Infinity;
    let label = 0;
    for (let c = 0, from = 0; c < k; c++, from += d) {
      let squared = 0;
      if (d === 3) {
        const u = x - centers[from]!, v = y - centers[from + 1]!, w = z - centers[from + 2]!;
        squared = u * u + v * v + w * w;
      } else {
        for (let f = 0; f < d; f++) {
          const apart = data[at + f]! - centers[from + f]!;
          squared += apart * apart;
        }
      }
      if (squared < best) {
        second = best;
        best = squared;
        label = c;
      } else if (squared < second) second = squared;
    }
    if (labels[i] !== label) {
      labels[i] = label;
      changed++;
    }
    bounds[i] = boundOf(best, second, drift[label]!);
  }
  changes[block] = changed;
  sumBlock(clustering, block);
}

/** Add up the points of each cluster anew. */
function sumBlock(clustering: Clustering, block: number): void {
  const { points: { d, data, weights }, k, labels, sums, masses, counts } = clustering;
  const to = blockStart(clustering, block + 1);
  const own = block * k;
  sums.fill(0, own * d, (own + k) * d);
  masses.fill(0, own, own + k);
  counts.fill(0, own, own + k);
  for (let i = blockStart(clustering, block); i < to; i++) {
    const cluster = own + labels[i]!;
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let f = 0; f < d; f++) sums[cluster * d + f]! += weight * data[i * d + f]!;
    masses[cluster]! += weight;
    counts[cluster]!++;
  }
}

function inertiaBlock(clustering: Clustering, block: number): void {
  const { points: { d, data, weights }, k, centers, labels, inertias } = clustering;
  const to = blockStart(clustering, block + 1);
  inertias.fill(0, block * k, (block + 1) * k);
  for (let i = blockStart(clustering, block); i < to; i++) {
    const c = labels[i]!;
    let squared = 0;
    for (let f = 0; f < d; f++) {
      const apart = data[i * d + f]! - centers[c * d + f]!;
      squared += apart * apart;
    }
    inertias[block * k + c]! += weights === undefined ? squared : weights[i]! * squared;
  }
}
