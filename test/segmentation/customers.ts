import fc from 'fast-check';
import { seededRandom } from '../../src/core/index.js';
import { table, type Table } from '../../src/columns/index.js';
import type { KmeansOptions, Scaling } from '../../src/segmentation/index.js';
import { referenceOrders } from '../rfm/customers.js';
import { referenceJson } from '../reference.js';

/** Three groups far apart, `each` customers in each: in recency, frequency and monetary. */
export function threeGroups(each = 40, seed = 1): Table {
  const random = seededRandom(seed);
  const hubs = [[10, 20, 900], [100, 8, 300], [300, 2, 50]] as const;
  const rows = hubs.flatMap((hub) => Array.from({ length: each }, () => hub.map((middle) => Math.max(1, Math.round(middle * (1 + 0.08 * random.normal()) * 100) / 100))));
  return table({
    customer: rows.map((_, i) => `c${String(i).padStart(4, '0')}`),
    recency: rows.map((row) => row[0]!), frequency: rows.map((row) => row[1]!), monetary: rows.map((row) => row[2]!),
  });
}

/** Any customers of two features, with many equal ones. */
export const anyPoints: fc.Arbitrary<{ a: number[]; b: number[] }> = fc.array(
  fc.tuple(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: -100, max: 100, noNaN: true })), fc.integer({ min: -3, max: 30 })),
  { minLength: 8, maxLength: 60 },
).map((rows) => ({ a: rows.map(([a]) => a), b: rows.map(([, b]) => b) }));

/** One run of scikit-learn as the reference holds it. */
export interface ReferenceRun {
  readonly k: number;
  readonly init_centres: number[][];
  readonly centres: number[][];
  readonly sizes: number[];
  readonly inertia: number;
  readonly labels: number[];
  readonly silhouette: number;
  readonly silhouette_per_cluster: number[];
  readonly calinski_harabasz: number;
  readonly davies_bouldin: number;
  readonly within_ss_per_cluster: number[];
}

export interface ReferenceKmeans {
  readonly ids: string[];
  readonly scalings: Readonly<Record<string, { readonly parameters: Readonly<Record<string, number[]>>; readonly runs: Readonly<Record<string, ReferenceRun>> }>>;
  readonly adjusted_rand_between_scalings: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const SCALING_OF: Readonly<Record<string, Scaling>> = { zscore_population: 'zscore', zscore_sample: 'zscore-sample', log1p_zscore: 'log-zscore', minmax: 'minmax', robust_median_iqr: 'robust' };

/** The reference's customers in the order of its ids. */
export function referencePoints(): { customers: Table; expected: ReferenceKmeans } {
  const expected = referenceJson<ReferenceKmeans>('rfm/expected/kmeans_orders.json');
  const orders = referenceOrders();
  const place = new Map((orders.toColumns()['customer'] as string[]).map((id, i) => [id, i]));
  return { customers: orders.take(expected.ids.map((id) => place.get(id)!)), expected };
}

/** As scikit-learn ran it. */
export function referenceOptions(scaling: string, run: ReferenceRun): KmeansOptions {
  return { k: run.k, scale: SCALING_OF[scaling]!, initialCenters: run.init_centres, algorithm: 'lloyd', order: 'start' };
}
