/** Segments found in the data: k-means and its kin, how good they are, and what to call them. */
export { kmeans } from './kmeans.js';
export { fitKmeans } from './fit-kmeans.js';
export { scoreKmeans, scoreKmeansOne, type KmeansOneScore } from './score-kmeans.js';
export { loadKmeansModel } from './load-kmeans-model.js';
export { profileClusters, type ProfileOptions } from './profile-clusters.js';
export { nameClusters, type NameOptions } from './name-clusters.js';
export type { LabelsInput } from './labels.js';
export type { FitKmeansOptions, KmeansOptions, ScoreKmeansOptions } from './options.js';
export type { Algorithm, SearchProgress } from './find-clusters.js';
export type { StartMethod } from './start-centers.js';
export type { ScaledFeature, ScaleOption, Scaling } from './scaling.js';
export type { BothLanguages as ClusterLabel, ClusterName, KmeansFit, KmeansMeta, KmeansModel, KmeansResult } from './model.js';
export { chooseK, type ChooseKOptions, type ChosenK } from './choose-k.js';
export { silhouette, type Silhouette, type SilhouetteOptions } from './silhouette.js';
export { calinskiHarabasz, daviesBouldin } from './indices.js';
export { adjustedRand, jaccard } from './agreement.js';
export { crossTab, type CrossTab } from './cross-tab.js';
export type { EvaluateOptions } from './scaled-points.js';
