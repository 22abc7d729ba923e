import { blocksOf, learnScalings, stepBlock, transferPoints, type Clustering, type ScaledFeature, type Scaling, type Step } from '../segmentation/node/index.js';

/** What every thread of a k-means job is given to begin with: arrays over shared memory. */
export interface KmeansPlan {
  readonly clustering: Clustering;
  /** one number: the next block that is to be taken; set to 0 before every step */
  readonly next: Int32Array;
}

/** Features to learn scalings of: every so-manieth is a thread's own. */
export interface LearnOrder {
  readonly where: string;
  readonly columns: readonly string[];
  readonly values: readonly Float64Array[];
  readonly scalings: readonly Scaling[];
  readonly threads: number;
}

/** The steps of a k-means job in one thread. */
export interface KmeansSteps {
  readonly learn: (order: LearnOrder) => [feature: number, ScaledFeature][];
  /** without a plan: let go of the last one */
  readonly begin: (plan: KmeansPlan | undefined) => void;
  readonly take: (step: Step) => void;
}

/** Threads take blocks as they come: which thread took which plays no part in the answer. */
export function newKmeansSteps(thread: number): KmeansSteps {
  let plan: KmeansPlan | undefined;
  return {
    learn: ({ where, columns, values, scalings, threads }) => Array.from(columns.keys()).filter((f) => f % threads === thread)
      .map((f) => [f, learnScalings({ where, features: { columns: [columns[f]!], values: [values[f]!] }, scalings: [scalings[f]!] })[0]!]),
    begin: (given) => {
      plan = given;
    },
    take: (step) => {
      const { clustering, next } = plan!;
      if (step === 'transfer') {
        if (thread === 0) transferPoints(clustering);
        return;
      }
      const blocks = blocksOf(clustering, step);
      for (let block = Atomics.add(next, 0, 1); block < blocks; block = Atomics.add(next, 0, 1)) stepBlock(clustering, step, block);
    },
  };
}
