import { ClienteleError, optionInvalid, type Warning } from '../core/index.js';
import { exactSum, numbersOf, type TableInput } from '../columns/index.js';
import { bytesFor, fitsBoxes, newClustering, type Clustering } from './clustering.js';
import { statsInOrder, statsOf, sumsByCode, type FeatureStats } from './feature-stats.js';
import { readFeatures, readWeights, takeNumbers, type Features } from './features.js';
import { chosenAlgorithm, searchSteps, takeSteps, type Algorithm, type Found } from './find-clusters.js';
import { freezeModel } from './freeze-model.js';
import type { Step } from './lloyd.js';
import type { KmeansMeta, KmeansModel } from './model.js';
import { namesOf } from './name-clusters.js';
import { assignRows, type Assigned } from './assign-rows.js';
import { checkFitOptions, type CheckedOptions, type FitKmeansOptions } from './options.js';
import { distinctPoints, makePoints, type Points } from './points.js';
import { describedColumn, drawnPoints, newRowColumns } from './row-steps.js';
import { learnScaling, planScalings, scaleValue, scaleValues, type ScaledFeature, type Scaling } from './scaling.js';

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
  const prepared = prepareRows(readFit('fitKmeans', customers, options));
  return takeSteps(prepared.clustering, wholeFit(prepared)).model;
}

/** Data and options, checked. */
export interface ReadFit {
  readonly where: string;
  readonly options: FitKmeansOptions;
  readonly checked: CheckedOptions;
  readonly features: Features;
  readonly scalings: readonly Scaling[];
  readonly weights: Float64Array | undefined;
}

/** Everything that is checked and laid out before the search. */
export interface PreparedFit extends ReadFit {
  readonly scaled: readonly ScaledFeature[];
  readonly clustering: Clustering;
  readonly algorithm: Algorithm;
  readonly centers: Float64Array | undefined;
}

/** Check data and options. */
export function readFit(where: string, customers: TableInput, options: FitKmeansOptions, more: readonly string[] = []): ReadFit {
  const checked = checkFitOptions(where, options, more);
  const features = readFeatures(where, customers, options.features);
  const scalings = planScalings(where, options.scale, features.columns);
  const weights = readWeights(where, options.weights, features);
  if (options.value !== undefined) numbersOf(where, features.source, options.value);
  if (features.values[0]!.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no customers to cluster.', 'Pass at least two different customers with a purchase.');
  return { where, options, checked, features, scalings, weights };
}

/** Learn how to scale each feature. */
export function learnScalings({ where, features: { columns, values }, scalings }: Pick<ReadFit, 'where' | 'scalings'> & { readonly features: Pick<Features, 'columns' | 'values'> }): ScaledFeature[] {
  return columns.map((column, f) => learnScaling(where, column, values[f]!, scalings[f]!));
}

/**
 * Scale the features and lay out the points in the order of their content.
 *
 * @param shared true to lay them into memory that threads can share
 * @param needed how many different customers there must be; as many as clusters by default
 */
export function prepareFit(read: ReadFit, shared = false, needed?: number): PreparedFit {
  const scaled = learnScalings(read);
  const points = makePoints(scaledColumns(read, scaled), read.weights, shared);
  checkDistinct(read, points, needed);
  return { ...read, scaled, clustering: newClustering(points, read.checked.k, shared), algorithm: chosenAlgorithm(read.checked.algorithm, points.n), centers: givenCenters(read, scaled) };
}

/** Whether points can stay in the order of the rows, since the search does not depend on any. */
export function staysByRow({ checked: { algorithm }, features: { values }, weights }: ReadFit): boolean {
  const n = values[0]!.length;
  return fitsBoxes(n, values.length) && chosenAlgorithm(algorithm, n) === 'hamerly' && (weights === undefined || weights.every((weight) => weight > 0));
}

/**
 * As {@link prepareFit}; where points can stay in the order of the rows, room for them only: {@link wholeFit} lays them.
 *
 * @param scaled of the features, where it is known already
 * @param values the features, in shared memory where threads are to take the steps
 */
export function prepareRows(read: ReadFit, shared = false, scaled: readonly ScaledFeature[] = learnScalings(read), values: readonly Float64Array[] = read.features.values): PreparedFit {
  if (!staysByRow(read)) return prepareFit(read, shared);
  const { where, features, weights, checked: { k, algorithm } } = read;
  const n = values[0]!.length;
  const d = values.length;
  const bytes = bytesFor(shared);
  const heavy = weights === undefined || !shared ? weights : new Float64Array(bytes(n * 8));
  if (heavy !== weights) heavy!.set(weights!);
  const points: Points = { n, d, data: new Float64Array(bytes(n * d * 8)), weights: heavy, rows: new Int32Array(bytes(n * 4)) };
  const columns = features.columns.includes(valueName(read)) || read.checked.order === 'start' ? values : [...values, sharedCopy(valueColumn(read), bytes)];
  const clustering = { ...newClustering(points, k, shared), byRow: newRowColumns(where, columns, scaled, weights !== undefined, k, bytes) };
  return { ...read, scaled, clustering, algorithm: chosenAlgorithm(algorithm, n), centers: givenCenters(read, scaled) };
}

/** The search for clusters, as steps to be taken on any number of threads. */
export function fitSteps({ clustering, checked, algorithm, centers, options: { onProgress } }: PreparedFit, drawn?: Points): Generator<Step, Found, void> {
  const { start, starts, seed, maxIterations } = checked;
  return searchSteps(clustering, { algorithm, start, starts, seed, maxIterations, centers, drawn, onProgress });
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

/** From what {@link prepareRows} made to the finished fit, as steps. */
export function* wholeFit(prepared: PreparedFit): Generator<Step, FinishedFit, void> {
  const { clustering, centers } = prepared;
  const { byRow, points, k } = clustering;
  if (byRow === undefined) return finishFit(prepared, yield* fitSteps(prepared));
  yield 'lay';
  checkDistinct(prepared, points);
  if (centers === undefined) yield 'draw';
  const found = yield* fitSteps(prepared, centers === undefined ? drawnPoints(clustering, byRow) : undefined);
  // Clusters get new numbers by value, and with them a point between two centres another cluster.
  if (!found.untied && prepared.checked.order === 'value') return finishFit(prepared, found);
  clustering.centers.set(found.centers);
  clustering.labels.set(found.labels);
  yield 'own';
  yield 'describe';
  const described = Array.from({ length: byRow.columns.length }, (_, at) => describedColumn(k, byRow, at + 1));
  return numberedFit(prepared, found, described);
}

/** Number the clusters, name them, and put every row into its nearest. */
function finishFit(prepared: PreparedFit, found: Found): FinishedFit {
  const { features, scaled, weights, checked: { k, order }, clustering } = prepared;
  const sorted = order === 'start' ? upTo(k) : orderByValue(prepared, labelsByRow(found.labels, clustering.points, features.values[0]!.length));
  const centers = sorted.map((c) => Array.from(found.centers.subarray(c * scaled.length, (c + 1) * scaled.length)));
  const assigned = assignRows(scaledColumns(prepared, scaled), centers, weights);
  const stats = features.values.map((values) => statsOf(values, assigned.labels, k));
  return fitOf(prepared, found, centers, assigned, stats);
}

/** The same from what the steps `'own'` and `'describe'` found, clusters numbered by the means of the column for that. */
function numberedFit(prepared: PreparedFit, found: Found, described: readonly FeatureStats[]): FinishedFit {
  const { features, scaled, checked: { k, order }, clustering: { byRow } } = prepared;
  const { means } = described[features.columns.indexOf(valueName(prepared))] ?? described.at(-1)!;
  const sorted = order === 'start' ? upTo(k) : byMean(means, k);
  const number = Int32Array.from({ length: k }, (_, c) => sorted.indexOf(c));
  const labels = new Int32Array(found.labels.length);
  for (let i = 0; i < labels.length; i++) labels[i] = number[found.labels[i]!]!;
  const inertias = Float64Array.from(statsInOrder(describedColumn(k, byRow!, 0), sorted).sums);
  const assigned: Assigned = { labels, distances: ownMemory(byRow!.distances), sizes: Int32Array.from(sorted, (c) => found.counts[c]!), inertias, inertia: exactSum(inertias) };
  const centers = sorted.map((c) => Array.from(found.centers.subarray(c * scaled.length, (c + 1) * scaled.length)));
  return fitOf(prepared, found, centers, assigned, described.slice(0, features.columns.length).map((stats) => statsInOrder(stats, sorted)));
}

function fitOf({ where, features, scaled, checked, algorithm }: PreparedFit, found: Found, centers: number[][], assigned: Assigned, stats: readonly FeatureStats[]): FinishedFit {
  const names = namesOf(features.columns, stats);
  const model = freezeModel<KmeansModel>({ kind: 'kmeans', version: 1, meta: metaOf(features), algorithm, features: scaled, centers, sizes: Array.from(assigned.sizes), names });
  return { model, assigned, stats, found, warnings: fitWarnings(where, checked, found, assigned.sizes) };
}

function scaledColumns({ where, features }: ReadFit, scaled: readonly ScaledFeature[]): Float64Array[] {
  return scaled.map((feature, f) => scaleValues(where, feature, features.values[f]!));
}

function checkDistinct({ where, checked }: ReadFit, points: Points, least = checked.k): void {
  const distinct = distinctPoints(points, least);
  if (distinct < least) throw optionInvalid(where, 'k', least, `There are only ${distinct} different customers in these features: ask for no more clusters than that.`);
}

/** Results lie in memory of their own, not in what threads share. */
function ownMemory(values: Float64Array): Float64Array {
  return values.buffer instanceof ArrayBuffer ? values : values.slice();
}

function sharedCopy(values: Float64Array, bytes: (count: number) => ArrayBuffer): Float64Array {
  const copy = new Float64Array(bytes(values.length * 8));
  copy.set(values);
  return copy;
}

function upTo(k: number): number[] {
  return Array.from({ length: k }, (_, c) => c);
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
export function orderByValue(read: ReadFit, codes: Int32Array): number[] {
  const { k } = read.checked;
  const { sums, counts } = sumsByCode(valueColumn(read), codes, k);
  return byMean(sums.map((sum, c) => sum / counts[c]!), k);
}

/** Highest first; clusters without a value last. */
function byMean(means: ArrayLike<number>, k: number): number[] {
  const height = (c: number): number => (Number.isNaN(means[c]!) ? -Infinity : means[c]!);
  return upTo(k).sort((a, b) => height(b) - height(a) || a - b);
}

function valueName({ options: { value }, features }: ReadFit): string {
  return value ?? (features.source.has('monetary') ? 'monetary' : features.columns[0]!);
}

function valueColumn(read: ReadFit): Float64Array {
  const { where, features } = read;
  const all = numbersOf(where, features.source, valueName(read));
  return features.rows === undefined ? all : takeNumbers(all, features.rows);
}

function givenCenters({ where, options: { initialCenters }, checked: { k, centersIn } }: ReadFit, scaled: readonly ScaledFeature[]): Float64Array | undefined {
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
