import { ClienteleError, optionInvalid, type Warning } from '../core/index.js';
import { exactSum, numbersOf, type TableInput } from '../columns/index.js';
import { newClustering, type Clustering } from './clustering.js';
import { statsOf, type FeatureStats } from './feature-stats.js';
import { readFeatures, readWeights, takeNumbers, type Features } from './features.js';
import { chosenAlgorithm, searchSteps, takeSteps, type Algorithm, type Found } from './find-clusters.js';
import { freezeModel } from './freeze-model.js';
import type { Step } from './lloyd.js';
import { memberValues, membersOf } from './members.js';
import type { KmeansMeta, KmeansModel } from './model.js';
import { namesOf } from './name-clusters.js';
import { assignRows, type Assigned } from './assign-rows.js';
import { checkFitOptions, type CheckedOptions, type FitKmeansOptions } from './options.js';
import { distinctPoints, makePoints, type Points } from './points.js';
import { learnScaling, planScalings, scaleValue, scaleValues, type ScaledFeature } from './scaling.js';

/**
 * Learn clusters of customers: scalings, centres and names, as plain data.
 *
 * The model survives `JSON.stringify`; `loadKmeansModel` reads it back, and `scoreKmeans(fitKmeans(c, o), c)` puts the
 * customers into the same clusters as `kmeans(c, o)`.
 *
 * @param customers what `summarize` makes, any table, or plain columns. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer
 * @example
 * const model = fitKmeans(customers, { k: 4 });
 * writeFileSync('clusters.json', JSON.stringify(model));
 *
 * Source: see {@link kmeans}. O(n k features) an iteration.
 */
export function fitKmeans(customers: TableInput, options: FitKmeansOptions): KmeansModel {
  const prepared = prepareFit('fitKmeans', customers, options);
  return finishFit(prepared, takeSteps(prepared.clustering, fitSteps(prepared))).model;
}

/** Everything that is checked and laid out before the search. */
export interface PreparedFit {
  readonly where: string;
  readonly options: FitKmeansOptions;
  readonly checked: CheckedOptions;
  readonly features: Features;
  readonly scaled: readonly ScaledFeature[];
  /** one scaled column per feature, of the rows kept */
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array | undefined;
  readonly clustering: Clustering;
  readonly algorithm: Algorithm;
  readonly centers: Float64Array | undefined;
}

/**
 * Check data and options, scale the features and lay out the points.
 *
 * @param shared true to lay them into memory that threads can share
 * @param needed how many different customers there must be; as many as clusters by default
 */
export function prepareFit(where: string, customers: TableInput, options: FitKmeansOptions, more: readonly string[] = [], shared = false, needed?: number): PreparedFit {
  const checked = checkFitOptions(where, options, more);
  const features = readFeatures(where, customers, options.features);
  const scalings = planScalings(where, options.scale, features.columns);
  const weights = readWeights(where, options.weights, features);
  if (options.value !== undefined) numbersOf(where, features.source, options.value);
  const n = features.values[0]!.length;
  if (n === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no customers to cluster.', 'Pass at least two different customers with a purchase.');
  const scaled = features.columns.map((column, f) => learnScaling(where, column, features.values[f]!, scalings[f]!));
  const columns = scaled.map((feature, f) => scaleValues(where, feature, features.values[f]!));
  const points = makePoints(columns, weights, shared);
  const least = needed ?? checked.k;
  const distinct = distinctPoints(points, least);
  if (distinct < least) throw optionInvalid(where, 'k', least, `There are only ${distinct} different customers in these features: ask for no more clusters than that.`);
  return {
    where, options, checked, features, scaled, columns, weights,
    clustering: newClustering(points, checked.k, shared),
    algorithm: chosenAlgorithm(checked.algorithm, points.n),
    centers: givenCenters(where, options, checked, scaled),
  };
}

/** The search for clusters, as steps to be taken on any number of threads. */
export function fitSteps({ clustering, checked, algorithm, centers, options: { onProgress } }: PreparedFit): Generator<Step, Found, void> {
  const { start, starts, seed, maxIterations } = checked;
  return searchSteps(clustering, { algorithm, start, starts, seed, maxIterations, centers, onProgress });
}

/** The model, the clusters of all rows, and what there is to say. */
export interface FinishedFit {
  readonly model: KmeansModel;
  readonly assigned: Assigned;
  /** of the features, one by one, by cluster */
  readonly stats: readonly FeatureStats[];
  readonly found: Found;
  readonly warnings: readonly Warning[];
}

/** Number the clusters, name them, and put every row into its nearest. */
export function finishFit(prepared: PreparedFit, found: Found): FinishedFit {
  const { where, features, scaled, columns, weights, checked, algorithm, clustering } = prepared;
  const n = features.values[0]!.length;
  const order = checked.order === 'start' ? Array.from({ length: checked.k }, (_, c) => c) : orderByValue(prepared, labelsByRow(found.labels, clustering.points, n));
  const centers = order.map((c) => Array.from(found.centers.subarray(c * scaled.length, (c + 1) * scaled.length)));
  const assigned = assignRows(columns, centers, weights);
  const stats = features.values.map((values) => statsOf(values, assigned.members));
  const names = namesOf(features.columns, stats);
  const model = freezeModel<KmeansModel>({ kind: 'kmeans', version: 1, meta: metaOf(features), algorithm, features: scaled, centers, sizes: Array.from(assigned.sizes), names });
  return { model, assigned, stats, found, warnings: fitWarnings(where, checked, found, assigned.sizes) };
}

/** Labels of points as labels of the rows they stand for; -1 for rows of weight 0. */
export function labelsByRow(labels: ArrayLike<number>, { rows }: Points, n: number): Int32Array {
  const codes = new Int32Array(n).fill(-1);
  for (let i = 0; i < rows.length; i++) codes[rows[i]!] = labels[i]!;
  return codes;
}

/** From whom a model was learned. */
export function metaOf({ meta, values }: Features): KmeansMeta {
  const rest: KmeansMeta & { state?: unknown } = { ...meta, customers: values[0]!.length };
  delete rest.state;
  return rest;
}

/** Old numbers of the clusters, from the highest mean of the value column to the lowest. */
export function orderByValue({ where, options: { value }, features, checked: { k } }: PreparedFit, codes: Int32Array): number[] {
  const name = value ?? (features.source.has('monetary') ? 'monetary' : features.columns[0]!);
  const all = numbersOf(where, features.source, name);
  const values = features.rows === undefined ? all : takeNumbers(all, features.rows);
  const sorted = memberValues(values, membersOf(codes, k));
  const means = Array.from({ length: k }, (_, c) => {
    const own = sorted.values.subarray(sorted.starts[c], sorted.starts[c + 1]);
    return own.length === 0 ? -Infinity : exactSum(own) / own.length;
  });
  return Array.from(means.keys()).sort((a, b) => means[b]! - means[a]! || a - b);
}

function givenCenters(where: string, { initialCenters }: FitKmeansOptions, { k, centersIn }: CheckedOptions, scaled: readonly ScaledFeature[]): Float64Array | undefined {
  if (initialCenters === undefined) return undefined;
  const given: unknown = initialCenters;
  if (!Array.isArray(given) || given.length !== k) throw optionInvalid(where, 'initialCenters', Array.isArray(given) ? `a list of ${given.length}` : given, `Give one centre for each of the ${k} clusters.`);
  const centers = new Float64Array(k * scaled.length);
  initialCenters.forEach((center, c) => {
    const named = `initialCenters[${c}]`;
    if (typeof center !== 'object' || center === null || center.length !== scaled.length) throw optionInvalid(where, named, center, `Give one number for each of ${scaled.map(({ column }) => column).join(', ')}.`);
    scaled.forEach((feature, f) => {
      const value = center[f]!;
      if (typeof value !== 'number' || !Number.isFinite(value)) throw optionInvalid(where, `${named}[${f}]`, value, 'Give finite numbers.');
      centers[c * scaled.length + f] = centersIn === 'original' ? scaleValue(where, feature, value) : value;
    });
  });
  return centers;
}

function fitWarnings(where: string, { maxIterations, algorithm }: CheckedOptions, { converged, relocated, inertia }: Found, sizes: Int32Array): Warning[] {
  const warnings: Warning[] = [];
  const mend = algorithm === 'mini-batch' ? 'Raise maxIterations, or use another algorithm.' : 'Raise maxIterations.';
  if (!converged) warnings.push({ code: 'NOT_CONVERGED', message: `${where} stopped after ${maxIterations} iterations (inertia ${inertia.toPrecision(6)}). ${mend}` });
  if (relocated > 0) warnings.push({ code: 'CLUSTER_EMPTY', message: `${relocated} ${relocated === 1 ? 'cluster' : 'clusters'} lost every customer on the way and went on from a customer far from the others. Ask for fewer clusters, or choose other starting centres, if that is not wanted.` });
  const single = sizes.filter((size) => size === 1).length;
  if (single > 0) warnings.push({ code: 'CLUSTER_OF_ONE', message: `${single} ${single === 1 ? 'cluster holds' : 'clusters hold'} one customer only. Look for outliers, scale by 'log-zscore' or 'quantile', or ask for fewer clusters.` });
  return warnings;
}
