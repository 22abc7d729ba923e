/** What threads need to take the steps of k-means; not part of the public API. */
export { blocksOf, stepBlock } from '../block-steps.js';
export type { Clustering } from '../clustering.js';
export type { Step } from '../lloyd.js';
export { transferPoints } from '../transfer.js';
export { learnScalings, prepareFit, prepareRows, readFit, staysByRow, wholeFit, type PreparedFit, type ReadFit } from '../fit-kmeans.js';
export { makeResult } from '../result.js';
export { SCORE_OPTIONS } from '../options.js';
export type { ScaledFeature, Scaling } from '../scaling.js';
