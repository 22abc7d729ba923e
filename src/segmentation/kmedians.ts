import { checkKeys, checkWord, seededRandom, type Diagnostics, type Warning } from '../core/index.js';
import { exactSum, median, showableResult, type Showable, type Table, type TableInput } from '../columns/index.js';
import { statsOf } from './feature-stats.js';
import { labelsByRow, orderByValue, prepareFit, readFit, type PreparedFit } from './fit-kmeans.js';
import { membersOf, memberValues } from './members.js';
import type { ClusterName } from './model.js';
import { namesOf } from './name-clusters.js';
import type { FitKmeansOptions } from './options.js';
import type { Points } from './points.js';
import { featureText, showClusters } from './result.js';
import type { ScaledFeature } from './scaling.js';
import { startCenters } from './start-centers.js';

/** Options of {@link kmedians}; as those of `kmeans`. */
export interface KmediansOptions extends Pick<FitKmeansOptions, 'k' | 'features' | 'scale' | 'seed' | 'starts' | 'start' | 'maxIterations' | 'value'> {
  /** language of labels, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Customers in clusters around medians. */
export interface Kmedians extends Showable {
  /** the customers' own columns, with cluster, segment, label and distance (to the centre, scaled, along the axes) */
  readonly table: Table;
  /** cluster of each row, 0 … k - 1; -1 for a customer without a purchase */
  readonly labels: Int32Array;
  /** scaled */
  readonly centers: readonly (readonly number[])[];
  /**
   * median of every feature over the customers of each cluster, in the feature's own unit; NaN for a cluster without customers, which
   * only a search that stopped early can leave. Not quite the centre scaled back: of an even number of customers the median lies halfway
   * between the middle two, and halfway between their logarithms is another place
   */
  readonly medians: readonly (readonly number[])[];
  /** what the clusters were found by, and how it was scaled: `treeRules` and `silhouette` read it */
  readonly features: readonly ScaledFeature[];
  /** one name per cluster */
  readonly names: readonly ClusterName[];
  readonly sizes: Int32Array;
  /** distances to the centres, added up */
  readonly cost: number;
  readonly profiles: Table;
  readonly iterations: number;
  readonly converged: boolean;
  readonly diagnostics: Diagnostics;
}

const OPTIONS: readonly string[] = ['k', 'features', 'scale', 'seed', 'starts', 'start', 'maxIterations', 'value', 'labels'];

/**
 * Put customers into k groups around medians rather than means: a few extreme customers cannot pull a centre to them.
 *
 * Distances are sums of absolute differences. Otherwise as `kmeans`: the best of 10 starts, clusters numbered by mean
 * money and named, the order of the rows without a part in it.
 *
 * @param customers as for `kmeans`. Not modified.
 * @throws ClienteleError as `kmeans`
 * @example
 * kmedians(customers, { k: 4 }).medians;   // the median recency, frequency and monetary of each cluster
 *
 * Source: Bradley, Mangasarian & Street (1997). The median minimizes the sum of absolute differences. O(n k features) an
 * iteration.
 */
export function kmedians(customers: TableInput, options: KmediansOptions): Kmedians {
  const where = 'kmedians';
  if (typeof options === 'object' && options !== null) checkKeys(where, options, OPTIONS);
  const prepared = prepareFit(readFit(where, customers, options, ['labels']));
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const { clustering: { points }, checked: { k, seed, start, starts, maxIterations }, features, scaled } = prepared;
  const random = seededRandom(seed);
  let best: Search | undefined;
  for (let s = 0; s < starts; s++) {
    const search = oneSearch(points, startCenters(points, k, start, random), maxIterations);
    if (best === undefined || search.cost < best.cost) best = search;
  }
  return resultOf(prepared, best!, language, scaled.length, features.values[0]!.length);
}

interface Search {
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly distances: Float64Array;
  readonly cost: number;
  readonly iterations: number;
  readonly converged: boolean;
}

function oneSearch(points: Points, centers: Float64Array, maxIterations: number): Search {
  const { n, d, data } = points;
  const k = centers.length / d;
  const columns = Array.from({ length: d }, (_, f) => Float64Array.from({ length: n }, (__, i) => data[i * d + f]!));
  const labels = new Int32Array(n).fill(-1);
  const distances = new Float64Array(n);
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations++;
    converged = assign(points, centers, labels, distances) === 0;
    if (converged) break;
    fillEmpty(labels, distances, k);
    const members = membersOf(labels, k);
    columns.forEach((column, f) => {
      const sorted = memberValues(column, members);
      for (let c = 0; c < k; c++) centers[c * d + f] = median(sorted.values.subarray(sorted.starts[c], sorted.starts[c + 1]));
    });
  }
  if (!converged) converged = assign(points, centers, labels, distances) === 0;
  return { centers, labels, distances, cost: exactSum(distances), iterations, converged };
}

/** The nearest centre of each point, of equally near ones that with the lower number; how many have changed. */
function assign({ n, d, data }: Points, centers: Float64Array, labels: Int32Array, distances: Float64Array): number {
  let changed = 0;
  for (let i = 0; i < n; i++) {
    let best = Infinity;
    let label = 0;
    for (let from = 0, c = 0; from < centers.length; from += d, c++) {
      let apart = 0;
      for (let f = 0; f < d; f++) apart += Math.abs(data[i * d + f]! - centers[from + f]!);
      if (apart < best) {
        best = apart;
        label = c;
      }
    }
    if (labels[i] !== label) changed++;
    labels[i] = label;
    distances[i] = best;
  }
  return changed;
}

/** Give every empty cluster the point farthest from its centre, out of a cluster that keeps others. */
function fillEmpty(labels: Int32Array, distances: Float64Array, k: number): void {
  const counts = new Int32Array(k);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  for (let c = 0; c < k; c++) {
    if (counts[c]! > 0) continue;
    let farthest = -1;
    for (let i = 0; i < labels.length; i++) if (counts[labels[i]!]! > 1 && (farthest === -1 || distances[i]! > distances[farthest]!)) farthest = i;
    counts[labels[farthest]!]!--;
    counts[c] = 1;
    labels[farthest] = c;
    distances[farthest] = 0;
  }
}

function resultOf(prepared: PreparedFit, search: Search, language: 'en' | 'zh', d: number, n: number): Kmedians {
  const { features, scaled, checked: { k, maxIterations }, clustering: { points } } = prepared;
  const found = labelsByRow(search.labels, points, n);
  const order = orderByValue(prepared, found);
  const number = Int32Array.from({ length: k }, (_, c) => order.indexOf(c));
  const labels = found.map((c) => number[c]!);
  const distances = new Float64Array(n);
  points.rows.forEach((row, i) => (distances[row] = search.distances[i]!));
  const members = membersOf(labels, k);
  const stats = features.values.map((values) => statsOf(values, labels, k));
  const centers = order.map((c) => Array.from(search.centers.subarray(c * d, (c + 1) * d)));
  const warnings: Warning[] = search.converged ? [] : [{ code: 'NOT_CONVERGED', message: `kmedians stopped after ${maxIterations} iterations (cost ${search.cost.toPrecision(6)}). Raise maxIterations.` }];
  const names = namesOf(features.columns, stats);
  const shown = showClusters({ features, labels, names, stats, language, warnings, added: { distance: distances } });
  const { table, labels: all, profiles, diagnostics } = shown;
  const result = {
    table, labels: all, centers, medians: centers.map((_, c) => stats.map((own) => own.medians[c]!)), features: scaled, names,
    sizes: Int32Array.from({ length: k }, (_, c) => members.starts[c + 1]! - members.starts[c]!),
    cost: search.cost, profiles, iterations: search.iterations, converged: search.converged, diagnostics,
  };
  return showableResult(result, shown.showing(`k-medians with ${k} clusters of ${featureText(scaled)}; cost ${search.cost.toPrecision(6)}`));
}
