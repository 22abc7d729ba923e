import { blocksOf, stepBlock, transferPoints, type Clustering, type Step } from '../segmentation/node/index.js';

/** What every thread of a k-means job is given to begin with: arrays over shared memory, and how many threads there are. */
export interface KmeansPlan {
  readonly clustering: Clustering;
  readonly threads: number;
}

/** The steps of a k-means job in one thread, once it has begun: every so-manieth block is its own. */
export function newKmeansSteps(thread: number): Readonly<Record<Step, () => void>> & { readonly begin: (plan: KmeansPlan) => void } {
  let plan: KmeansPlan | undefined;
  const blocks = (step: Exclude<Step, 'transfer'>) => (): void => {
    const { clustering, threads } = plan!;
    for (let block = thread; block < blocksOf(clustering, step); block += threads) stepBlock(clustering, step, block);
  };
  return {
    begin: (given) => {
      plan = given;
    },
    scan: blocks('scan'), walk: blocks('walk'), sum: blocks('sum'), inertia: blocks('inertia'),
    count: blocks('count'), place: blocks('place'), enclose: blocks('enclose'), settle: blocks('settle'), sweep: blocks('sweep'), tell: blocks('tell'), measure: blocks('measure'),
    transfer: () => {
      if (thread === 0) transferPoints(plan!.clustering);
    },
  };
}
