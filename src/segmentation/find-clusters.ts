import { seededRandom } from '../core/index.js';
import { blocksOf, stepBlock } from './block-steps.js';
import { boxSteps } from './box-search.js';
import { meansInto, moveCenters, totalCounts, totalInertias, type Clustering } from './clustering.js';
import { lloydSteps, type Step } from './lloyd.js';
import { miniBatches } from './mini-batch.js';
import type { Points } from './points.js';
import { startCenters, type StartMethod } from './start-centers.js';
import { transferPoints } from './transfer.js';

/**
 * How clusters are found: `'lloyd'` whole passes; `'hamerly'` the same answer, passing over points that cannot have
 * changed; `'hartigan-wong'` then moves single points while that helps; `'mini-batch'` a few random points at a time.
 */
export type Algorithm = 'lloyd' | 'hamerly' | 'hartigan-wong' | 'mini-batch';

/** Up to this many points `'auto'` takes the thorough way. */
const THOROUGH = 20_000;

/** The algorithm `'auto'` stands for. */
export function chosenAlgorithm(algorithm: Algorithm | 'auto', n: number): Algorithm {
  if (algorithm !== 'auto') return algorithm;
  return n <= THOROUGH ? 'hartigan-wong' : 'hamerly';
}

/** What to look for. */
export interface SearchPlan {
  readonly algorithm: Algorithm;
  readonly start: StartMethod;
  /** centres to start from, scaled; one start then */
  readonly centers?: Float64Array | undefined;
  /** points to draw centres from; those of the clustering by default */
  readonly drawn?: Points | undefined;
  readonly starts: number;
  readonly seed: number;
  readonly maxIterations: number;
  /** called after every start; what it throws stops the search */
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

/** How far a search has come. */
export interface SearchProgress {
  readonly start: number;
  readonly starts: number;
  readonly iterations: number;
  readonly inertia: number;
}

/** The best clusters of all starts. */
export interface Found {
  readonly centers: Float64Array;
  /** cluster of each point */
  readonly labels: Uint16Array;
  readonly counts: Int32Array;
  /** of each cluster: weighted squared distances to its centre */
  readonly inertias: Float64Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly relocated: number;
  /** whether no point is equally far from two centres, and nearest to both; where that is not known, false */
  readonly untied: boolean;
}

/**
 * Look for clusters from several starts and keep those of least inertia; of equal ones the earlier.
 *
 * @yields steps for the caller to take on all blocks
 */
export function* searchSteps(clustering: Clustering, plan: SearchPlan): Generator<Step, Found, void> {
  const { points, k, centers, labels, boxes } = clustering;
  const { algorithm } = plan;
  const random = seededRandom(plan.seed);
  const starts = plan.centers === undefined ? plan.starts : 1;
  let best: Found | undefined;
  for (let start = 1; start <= starts; start++) {
    centers.set(plan.centers ?? startCenters(plan.drawn ?? points, k, plan.start, random));
    const ended = yield* oneStart(clustering, plan, random);
    yield algorithm === 'hamerly' && boxes !== undefined ? 'measure' : 'inertia';
    const inertias = totalInertias(clustering);
    const inertia = inertias.reduce((sum, own) => sum + own, 0);
    if (best === undefined || inertia < best.inertia) best = { centers: centers.slice(), labels: labels.slice(), counts: totalCounts(clustering), inertias, inertia, untied: algorithm === 'hamerly' && boxes !== undefined && boxes.ties.every((ties) => ties === 0), ...ended };
    plan.onProgress?.({ start, starts, iterations: ended.iterations, inertia });
  }
  return best!;
}

type Ended = Pick<Found, 'iterations' | 'converged' | 'relocated'>;

function* oneStart(clustering: Clustering, { algorithm, maxIterations }: SearchPlan, random: ReturnType<typeof seededRandom>): Generator<Step, Ended, void> {
  if (algorithm === 'mini-batch') {
    const ended = miniBatches(clustering, maxIterations, random);
    yield 'scan';
    return { ...ended, relocated: 0 };
  }
  const { boxes } = clustering;
  const ended = yield* algorithm !== 'lloyd' && boxes !== undefined ? boxSteps(clustering, boxes, maxIterations) : lloydSteps(clustering, maxIterations, algorithm !== 'lloyd');
  if (algorithm !== 'hartigan-wong' || !ended.converged) return ended;
  yield 'transfer';
  yield 'sum';
  const means = new Float64Array(clustering.centers.length);
  meansInto(means, clustering);
  moveCenters(clustering, means);
  // Only a point equally far from two centres can change now.
  yield 'scan';
  return ended;
}

/** Take all steps in this thread. */
export function takeSteps<R>(clustering: Clustering, steps: Generator<Step, R, void>): R {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    takeStep(clustering, next.value);
  }
}

/** One step on all blocks. */
export function takeStep(clustering: Clustering, step: Step): void {
  if (step === 'transfer') transferPoints(clustering);
  else for (let block = 0, blocks = blocksOf(clustering, step); block < blocks; block++) stepBlock(clustering, step, block);
}
