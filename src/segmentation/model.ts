import type { Diagnostics } from '../core/index.js';
import type { Showable, Table } from '../columns/index.js';
import type { CustomersMeta } from '../transactions/index.js';
import type { Algorithm } from './find-clusters.js';
import type { ScaledFeature } from './scaling.js';

/** A text in both languages. */
export interface BothLanguages {
  readonly en: string;
  readonly zh: string;
}

/** A cluster's name: a key for programs, a label for people. */
export interface ClusterName {
  readonly key: string;
  readonly label: BothLanguages;
}

/** From whom clusters were learned: the customers' own meta, and how many there were. */
export interface KmeansMeta extends Partial<Omit<CustomersMeta, 'state'>> {
  readonly customers: number;
}

/** What k-means learned, as plain data: it survives `JSON.stringify`, and `loadKmeansModel` reads it back. */
export interface KmeansModel {
  readonly kind: 'kmeans';
  readonly version: 1;
  readonly meta: KmeansMeta;
  readonly algorithm: Algorithm;
  readonly features: readonly ScaledFeature[];
  /** one list of scaled features per cluster */
  readonly centers: readonly (readonly number[])[];
  /** customers per cluster when learned */
  readonly sizes: readonly number[];
  readonly names: readonly ClusterName[];
}

/** Customers in clusters. */
export interface KmeansResult extends Showable {
  /** the customers' own columns, with cluster, segment, label and distance (to the centre, scaled) */
  readonly table: Table;
  /** cluster of each row, 0 … k - 1; -1 for a customer without a purchase */
  readonly labels: Int32Array;
  /** scaled */
  readonly centers: readonly (readonly number[])[];
  readonly sizes: Int32Array;
  /** weighted squared distances to the centres, in all and per cluster */
  readonly inertia: number;
  readonly clusterInertia: Float64Array;
  /** one row per cluster: name, size, share, and what its customers are like */
  readonly profiles: Table;
  readonly model: KmeansModel;
  readonly diagnostics: Diagnostics;
}

/** Customers in clusters just found. */
export interface KmeansFit extends KmeansResult {
  readonly iterations: number;
  readonly converged: boolean;
}
