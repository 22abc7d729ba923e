import { listField, modelInvalid, numberField, objectField, wholeField, wordField } from '../core/index.js';
import { choleskyInPlace } from '../math/index.js';
import type { Components } from './expectation.js';
import { freezeModel, isTrusted } from './freeze-model.js';
import type { GaussianMixtureModel } from './gaussian-mixture.js';
import { readFeature, readMeta, readName } from './load-kmeans-model.js';

/**
 * Read a mixture back, every field checked: scalings that are complete, shares that add up to 1, covariances that are
 * symmetric and positive definite.
 *
 * @param object `model` of `gaussianMixture`, or its JSON parsed. Not modified; fields it inherits count as absent.
 * @returns a frozen copy
 * @throws ClienteleError `MODEL_INVALID` with the way to the field in `place.option`: `covariances[0]`
 * @example
 * const model = loadGaussianMixtureModel(JSON.parse(readFileSync('mixture.json', 'utf8')));
 */
export function loadGaussianMixtureModel(object: unknown): GaussianMixtureModel {
  return readMixture('loadGaussianMixtureModel', object);
}

/** A model as it is needed: one of our own as it stands, any other object checked and copied. */
export function readMixture(where: string, object: unknown): GaussianMixtureModel {
  if (isTrusted<GaussianMixtureModel>(object, 'gaussian-mixture')) return object;
  const own = objectField({ where, path: '', value: object }, ['kind', 'version', 'meta', 'covariance', 'features', 'weights', 'means', 'covariances', 'names']);
  wordField(own('kind'), ['gaussian-mixture'] as const);
  wholeField(own('version'), 1, 1);
  const features = listField(own('features')).map(readFeature);
  const d = features.length;
  if (d === 0 || new Set(features.map(({ column }) => column)).size < d) throw modelInvalid(own('features'), 'a list of different features');
  const weights = listField(own('weights')).map(numberField);
  const k = weights.length;
  if (k < 1 || weights.some((weight) => weight <= 0) || Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) > 1e-6) throw modelInvalid(own('weights'), 'a list of numbers above 0 that add up to 1');
  const means = listField(own('means')).map((field) => {
    const mean = listField(field).map(numberField);
    if (mean.length !== d) throw modelInvalid(field, `a list of ${d} numbers`);
    return mean;
  });
  if (means.length !== k) throw modelInvalid(own('means'), `a list of ${k} means`);
  const covariances = listField(own('covariances')).map((field) => {
    const rows = listField(field).map((row) => listField(row).map(numberField));
    const shaped = rows.length === d && rows.every((row, f) => row.length === d && row.every((value, g) => value === rows[g]?.[f]));
    if (!shaped || !choleskyInPlace(Float64Array.from(rows.flat()), d)) throw modelInvalid(field, `a symmetric, positive definite matrix of ${d} × ${d}`);
    return rows;
  });
  if (covariances.length !== k) throw modelInvalid(own('covariances'), `a list of ${k} matrices`);
  const names = listField(own('names')).map(readName);
  if (names.length !== k || new Set(names.map(({ key }) => key)).size < k) throw modelInvalid(own('names'), `a list of ${k} different names`);
  return freezeModel<GaussianMixtureModel>({
    kind: 'gaussian-mixture', version: 1, meta: readMeta(own('meta')), covariance: wordField(own('covariance'), ['full', 'diagonal'] as const),
    features, weights, means, covariances, names,
  });
}

/** A model's components laid out flat. */
export function componentsOf({ weights, means, covariances, features }: GaussianMixtureModel): Components {
  return { k: weights.length, d: features.length, weights: Float64Array.from(weights), means: Float64Array.from(means.flat()), covariances: Float64Array.from(covariances.flat(2)) };
}
