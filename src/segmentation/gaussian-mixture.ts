import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, Table, type Showable, type TableInput } from '../columns/index.js';
import { symmetricEigen } from '../math/index.js';
import { expectation, maximization, type Components, type CovarianceKind } from './expectation.js';
import { spread, type Features } from './features.js';
import { statsOf, type FeatureStats } from './feature-stats.js';
import { labelsByRow, metaOf, orderByValue, prepareFit, readFit, fitSteps, type PreparedFit } from './fit-kmeans.js';
import { newClustering } from './clustering.js';
import { takeSteps } from './find-clusters.js';
import { freezeModel } from './freeze-model.js';
import { membersOf, type Members } from './members.js';
import type { ClusterName, KmeansMeta } from './model.js';
import { namesOf } from './name-clusters.js';
import type { FitKmeansOptions } from './options.js';
import { distinctPoints, type Points } from './points.js';
import { featureText, showClusters } from './result.js';
import type { ScaledFeature } from './scaling.js';

/** Options of {@link gaussianMixture}. */
export interface GaussianMixtureOptions extends Pick<FitKmeansOptions, 'features' | 'scale' | 'seed' | 'value'> {
  /** components, 1 to 100; of a list the one with the least BIC is taken */
  readonly k: number | readonly number[];
  /** `'full'` (default): a shape of its own for every component; `'diagonal'`: features independent within it */
  readonly covariance?: CovarianceKind;
  /** starts from k-means of as many seeds, keeping the likeliest; 3 by default */
  readonly starts?: number;
  /** added to every variance in scaled units, above 0; 1e-6 by default */
  readonly regularization?: number;
  /** stops once the mean log-likelihood of a customer grows by less; 1e-6 by default */
  readonly tolerance?: number;
  /** 1000 by default */
  readonly maxIterations?: number;
  /** language of labels, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** What a mixture learned, as plain data: it survives `JSON.stringify`, and `loadGaussianMixtureModel` reads it back. */
export interface GaussianMixtureModel {
  readonly kind: 'gaussian-mixture';
  readonly version: 1;
  readonly meta: KmeansMeta;
  readonly covariance: CovarianceKind;
  readonly features: readonly ScaledFeature[];
  /** shares of the components */
  readonly weights: readonly number[];
  /** scaled, one list per component */
  readonly means: readonly (readonly number[])[];
  /** scaled, features × features per component */
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly names: readonly ClusterName[];
}

/** Customers and how likely each belongs to each component. */
export interface GaussianMixtureResult extends Showable {
  /** the customers' own columns, with cluster, segment, label (of the likeliest component) and probability (of that one) */
  readonly table: Table;
  /** likeliest component of each row; -1 for a customer without a purchase */
  readonly labels: Int32Array;
  /** per component one number per row, which add up to 1 over the components; NaN for a customer without a purchase */
  readonly probabilities: readonly Float64Array[];
  /** customers by their likeliest component */
  readonly sizes: Int32Array;
  /** of all customers, natural logarithm, in scaled units */
  readonly logLikelihood: number;
  readonly profiles: Table;
  readonly model: GaussianMixtureModel;
  readonly diagnostics: Diagnostics;
}

/** A mixture just fitted. */
export interface GaussianMixture extends GaussianMixtureResult {
  /** -2 logLikelihood + parameters × log(customers): less is better */
  readonly bic: number;
  /** -2 logLikelihood + 2 × parameters */
  readonly aic: number;
  /** one row per k asked for: k, parameters, logLikelihood, bic, aic, iterations, converged */
  readonly candidates: Table;
  readonly iterations: number;
  readonly converged: boolean;
}

const OPTIONS: readonly string[] = ['k', 'features', 'scale', 'seed', 'value', 'covariance', 'starts', 'regularization', 'tolerance', 'maxIterations', 'labels'];

/**
 * Customers as a mixture of normal distributions: how likely each belongs to each group, rather than a hard border.
 *
 * Groups may overlap and differ in size and shape. Every start begins at the clusters of k-means; components are numbered
 * by mean money, highest first, and named. The order of the rows plays no part.
 *
 * @param customers as for `kmeans`. Not modified.
 * @param options `k` is needed: a number, or a list to choose from by BIC
 * @returns with warnings `COMPONENT_FLAT` where a component has no width in some direction (an eigenvalue of its covariance below
 *   twice the regularization), and `CLUSTER_EMPTY` where a component is the likeliest of no customer
 * @throws ClienteleError as `kmeans`
 * @example
 * const mixed = gaussianMixture(customers, { k: [2, 3, 4, 5] });
 * mixed.probabilities[0];                       // how likely each customer belongs to the most valuable group
 *
 * Source: Dempster, Laird & Rubin (1977), EM with log-sum-exp; Schwarz (1978) for BIC; regularized and started as
 * scikit-learn. O(n k features²) an iteration.
 */
export function gaussianMixture(customers: TableInput, options: GaussianMixtureOptions): GaussianMixture {
  const where = 'gaussianMixture';
  const plan = checkPlan(where, options);
  const prepared = prepareFit(readFit(where, customers, { ...plan.shared, k: Math.max(2, plan.ks[0]!) }), false, plan.ks[0]!);
  const distinct = distinctPoints(prepared.clustering.points, Math.max(...plan.ks));
  const tooMany = plan.ks.find((k) => k > distinct);
  if (tooMany !== undefined) throw optionInvalid(where, 'k', tooMany, `There are only ${distinct} different customers in these features: ask for no more components than that.`);
  const fits = plan.ks.map((k) => likeliest(prepared, k, plan));
  const best = fits.reduce((one, other) => (other.bic < one.bic ? other : one));
  return resultOf(prepared, best, fits, plan);
}

interface Plan {
  readonly ks: readonly number[];
  readonly covariance: CovarianceKind;
  readonly starts: number;
  readonly regularization: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly language: 'en' | 'zh';
  readonly shared: Pick<FitKmeansOptions, 'features' | 'scale' | 'seed' | 'value'>;
}

function checkPlan(where: string, options: GaussianMixtureOptions): Plan {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) throw optionInvalid(where, 'k', undefined, 'Give the number of components, or a list to choose from: { k: [2, 3, 4] }.');
  checkKeys(where, options, OPTIONS);
  const { k, covariance = 'full', starts = 3, regularization = 1e-6, tolerance = 1e-6, maxIterations = 1000, labels = 'en', features, scale, seed, value } = options;
  const ks: unknown = typeof k === 'number' ? [k] : k;
  if (!Array.isArray(ks) || ks.length === 0 || new Set(ks).size < ks.length) throw optionInvalid(where, 'k', k, 'Give the number of components, or a list of different ones to choose from: [2, 3, 4].');
  if (!(regularization > 0 && regularization < Infinity)) throw optionInvalid(where, 'regularization', regularization, 'Give a number above 0.');
  if (!(tolerance > 0 && tolerance < Infinity)) throw optionInvalid(where, 'tolerance', tolerance, 'Give a number above 0.');
  return {
    ks: ks.map((one) => checkWhole(where, 'k', one, 1, 100)),
    covariance: checkWord(where, 'covariance', covariance, ['full', 'diagonal']),
    starts: checkWhole(where, 'starts', starts, 1, 1000), regularization, tolerance,
    maxIterations: checkWhole(where, 'maxIterations', maxIterations, 1, 1_000_000),
    language: checkWord(where, 'labels', labels, ['en', 'zh']),
    shared: { ...(features === undefined ? {} : { features }), ...(scale === undefined ? {} : { scale }), ...(seed === undefined ? {} : { seed }), ...(value === undefined ? {} : { value }) },
  };
}

/** A mixture as EM left it. */
interface Fit {
  readonly components: Components;
  readonly shares: Float64Array;
  readonly logLikelihood: number;
  readonly parameters: number;
  readonly bic: number;
  readonly aic: number;
  readonly iterations: number;
  readonly converged: boolean;
}

function likeliest(prepared: PreparedFit, k: number, plan: Plan): Fit {
  const { points } = prepared.clustering;
  let best: Fit | undefined;
  for (let start = 0; start < (k === 1 ? 1 : plan.starts); start++) {
    const fit = climb(prepared.where, points, hardShares(prepared, k, start), k, plan);
    if (best === undefined || fit.logLikelihood > best.logLikelihood) best = fit;
  }
  return best!;
}

/** Shares of 1 for the cluster that k-means finds from one start, 0 for the others. */
function hardShares(prepared: PreparedFit, k: number, start: number): Float64Array {
  const { points } = prepared.clustering;
  const shares = new Float64Array(points.n * k);
  if (k === 1) return shares.fill(1);
  const clustering = newClustering(points, k);
  const seed = (prepared.checked.seed + start) % 2 ** 32;
  const { labels } = takeSteps(clustering, fitSteps({ ...prepared, clustering, options: { k }, checked: { ...prepared.checked, starts: 1, seed } }));
  for (let i = 0; i < points.n; i++) shares[i * k + labels[i]!] = 1;
  return shares;
}

function climb(where: string, points: Points, shares: Float64Array, k: number, { covariance, regularization, tolerance, maxIterations }: Plan): Fit {
  const { n, d } = points;
  const components: Components = { k, d, weights: new Float64Array(k), means: new Float64Array(k * d), covariances: new Float64Array(k * d * d) };
  let logLikelihood = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations++;
    maximization(points, shares, components, covariance, regularization);
    const now = expectation(points, components, shares);
    if (now === undefined || !Number.isFinite(now)) throw new ClienteleError('VALUE_INVALID', { where }, `the shape of a component cannot be computed from these features (k = ${k}).`, 'Scale the features, leave out one that follows from the others, or raise regularization.');
    converged = Math.abs(now - logLikelihood) < tolerance * n;
    logLikelihood = now;
  }
  const parameters = k * (covariance === 'full' ? (d * (d + 1)) / 2 : d) + k * d + k - 1;
  return { components, shares, logLikelihood, parameters, bic: parameters * Math.log(n) - 2 * logLikelihood, aic: 2 * parameters - 2 * logLikelihood, iterations, converged };
}

function resultOf(prepared: PreparedFit, fit: Fit, fits: readonly Fit[], plan: Plan): GaussianMixture {
  const { features, scaled, clustering: { points } } = prepared;
  const { k } = fit.components;
  const n = features.values[0]!.length;
  const found = Int32Array.from({ length: points.n }, (_, i) => mostOf(fit.shares, i, k));
  const order = orderByValue({ ...prepared, checked: { ...prepared.checked, k } }, labelsByRow(found, points, n));
  const components = inOrder(fit.components, order);
  // Anew in that order, so that a score adds up as the fit does.
  const flat = new Float64Array(points.n * k);
  expectation(points, components, flat);
  const shares = order.map((_, c) => {
    const own = new Float64Array(n);
    points.rows.forEach((row, i) => (own[row] = flat[i * k + c]!));
    return own;
  });
  const labels = likeliestLabels(shares, n);
  const members = membersOf(labels, k);
  const stats = features.values.map((values) => statsOf(values, labels, k));
  const model = freezeModel<GaussianMixtureModel>({
    kind: 'gaussian-mixture', version: 1, meta: metaOf(features), covariance: plan.covariance, features: scaled,
    ...listsOf(components),
    names: namesOf(features.columns, stats),
  });
  const { bic, aic, iterations, converged } = fit;
  const warnings: Warning[] = converged ? [] : [{ code: 'NOT_CONVERGED', message: `gaussianMixture stopped after ${iterations} iterations (log-likelihood ${fit.logLikelihood.toPrecision(6)}). Raise maxIterations or tolerance.` }];
  warnings.push(...emptyComponents(model, members), ...flatComponents(model, plan.regularization));
  const more = { bic, aic, candidates: candidateTable(fits), iterations, converged };
  return mixtureResult({ model, features, labels, shares, stats, logLikelihood: fit.logLikelihood, language: plan.language, warnings, more, also: `; BIC ${bic.toPrecision(6)}` });
}

function inOrder({ k, d, weights, means, covariances }: Components, order: readonly number[]): Components {
  const sorted: Components = { k, d, weights: new Float64Array(k), means: new Float64Array(k * d), covariances: new Float64Array(k * d * d) };
  order.forEach((c, at) => {
    sorted.weights[at] = weights[c]!;
    sorted.means.set(means.subarray(c * d, (c + 1) * d), at * d);
    sorted.covariances.set(covariances.subarray(c * d * d, (c + 1) * d * d), at * d * d);
  });
  return sorted;
}

function listsOf({ k, d, weights, means, covariances }: Components): Pick<GaussianMixtureModel, 'weights' | 'means' | 'covariances'> {
  const rows = (from: Float64Array, start: number, count: number): number[][] => Array.from({ length: count }, (_, r) => Array.from(from.subarray(start + r * d, start + (r + 1) * d)));
  return { weights: Array.from(weights), means: rows(means, 0, k), covariances: Array.from({ length: k }, (_, c) => rows(covariances, c * d * d, d)) };
}

/** A component that is the likeliest of nobody: its size is 0, and its profile has no values. */
function emptyComponents({ names }: GaussianMixtureModel, members: Members): Warning[] {
  const empty = names.filter((_, c) => members.starts[c] === members.starts[c + 1]);
  if (empty.length === 0) return [];
  return [{ code: 'CLUSTER_EMPTY', message: `${empty.length === 1 ? 'one component is' : `${empty.length} components are`} the likeliest of no customer (${empty.map(({ key }) => key).join(', ')}): others lie over ${empty.length === 1 ? 'it' : 'them'} everywhere. Ask for fewer components.` }];
}

/** Values that many customers share, or features that follow from each other, make a component without width, which only the regularization keeps from a point. */
function flatComponents({ features, covariances, names }: GaussianMixtureModel, regularization: number): Warning[] {
  return names.flatMap(({ key }, c) => {
    const covariance = covariances[c]!;
    const same = features.filter((_, f) => covariance[f]![f]! < 2 * regularization).map(({ column }) => [column]);
    const wide = Array.from(features.keys()).filter((f) => covariance[f]![f]! >= 2 * regularization);
    const bound = flatDirections(wide.map((f) => wide.map((g) => covariance[f]![g]!)), regularization).map((own) => own.map((f) => features[wide[f]!]!.column));
    return [...same, ...bound].map((columns) => ({
      code: 'COMPONENT_FLAT',
      message: `${columns.length === 1 ? `all customers of ${key} have about the same ${columns[0]}` : `${columns.join(' and ')} follow from each other for the customers of ${key}`}: likelihood and BIC rest on the regularization there, and favour more components. Leave ${columns.at(-1)} out, raise regularization, or use kmeans.`,
    }));
  });
}

/**
 * Directions with no variance of their own, as the features that make them up.
 *
 * The regularization raises every eigenvalue by itself, so those below twice of it were below it.
 */
function flatDirections(covariance: readonly (readonly number[])[], regularization: number): number[][] {
  const d = covariance.length;
  const { values, vectors } = symmetricEigen(Float64Array.from(covariance.flat()), d);
  const rounding = 4 * Number.EPSILON * d * values.reduce((a, b) => Math.max(a, b), 0);
  return Array.from(values.keys()).filter((j) => values[j]! < 2 * regularization + rounding).map((j) => {
    const share = Float64Array.from({ length: d }, (_, f) => vectors[f * d + j]! ** 2 * covariance[f]![f]!);
    const most = share.reduce((a, b) => Math.max(a, b), 0);
    return Array.from(share.keys()).filter((f) => share[f]! > 0.01 * most);
  });
}

function mostOf(shares: Float64Array, i: number, k: number): number {
  let most = 0;
  for (let c = 1; c < k; c++) if (shares[i * k + c]! > shares[i * k + most]!) most = c;
  return most;
}

/** The likeliest component of each row; of equally likely ones that with the lower number. */
export function likeliestLabels(shares: readonly Float64Array[], n: number): Int32Array {
  const labels = new Int32Array(n);
  for (let c = 1; c < shares.length; c++) for (let i = 0; i < n; i++) if (shares[c]![i]! > shares[labels[i]!]![i]!) labels[i] = c;
  return labels;
}

function candidateTable(fits: readonly Fit[]): Table {
  const numbers = (name: 'logLikelihood' | 'bic' | 'aic'): { type: 'number'; data: Float64Array } => ({ type: 'number', data: Float64Array.from(fits, (fit) => fit[name]) });
  return new Table([
    ['k', { type: 'integer', data: Int32Array.from(fits, ({ components }) => components.k) }],
    ['parameters', { type: 'integer', data: Int32Array.from(fits, ({ parameters }) => parameters) }],
    ['logLikelihood', numbers('logLikelihood')], ['bic', numbers('bic')], ['aic', numbers('aic')],
    ['iterations', { type: 'integer', data: Int32Array.from(fits, ({ iterations }) => iterations) }],
    ['converged', { type: 'flag', data: Uint8Array.from(fits, ({ converged }) => (converged ? 1 : 0)) }],
  ]);
}

/** A result of a fit or a score. */
export function mixtureResult<More extends object>({ model, features, labels: kept, shares, stats, logLikelihood, language, warnings, more, also }: {
  readonly model: GaussianMixtureModel;
  readonly features: Features;
  readonly labels: Int32Array;
  /** per component, of the rows kept */
  readonly shares: readonly Float64Array[];
  readonly stats: readonly FeatureStats[];
  readonly logLikelihood: number;
  readonly language: 'en' | 'zh';
  readonly warnings: readonly Warning[];
  readonly more: More;
  readonly also: string;
}): GaussianMixtureResult & More {
  const probability = Float64Array.from(kept, (c, i) => shares[c]![i]!);
  const shown = showClusters({ features, labels: kept, names: model.names, stats, language, warnings, added: { probability } });
  const { table, labels, profiles, diagnostics } = shown;
  const sizes = new Int32Array(shares.length);
  kept.forEach((c) => sizes[c]!++);
  const result = { table, labels, probabilities: shares.map((own) => spread(own, features, NaN)), sizes, logLikelihood, profiles, model, diagnostics, ...more };
  return showableResult(result, shown.showing(`a mixture of ${shares.length} normal distributions of ${featureText(model.features)}; log-likelihood ${logLikelihood.toPrecision(6)}${also}`));
}
