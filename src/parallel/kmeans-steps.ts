import { stepBlock, transferPoints, type Clustering, type Step } from '../segmentation/node/index.js';

/** What every thread of a k-means job is given: arrays over shared memory, and how many threads there are. */
export interface KmeansPlan {
  readonly clustering: Clustering;
  readonly threads: number;
}

/** The steps of a k-means job in one thread: every so-manieth block is its own. */
export function newKmeansSteps({ clustering, threads }: KmeansPlan, thread: number): Readonly<Record<Step, () => void>> {
  const blocks = (step: Exclude<Step, 'transfer'>) => (): void => {
    for (let block = thread; block < clustering.blocks; block += threads) stepBlock(clustering, step, block);
  };
  return {
    scan: blocks('scan'), walk: blocks('walk'), sum: blocks('sum'), inertia: blocks('inertia'),
    transfer: () => {
      if (thread === 0) transferPoints(clustering);
    },
  };
}
