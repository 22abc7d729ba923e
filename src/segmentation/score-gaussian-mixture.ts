import { checkKeys, checkWord } from '../core/index.js';
import { exactSum, type TableInput } from '../columns/index.js';
import { expectation } from './expectation.js';
import { readFeatures } from './features.js';
import { statsOf } from './feature-stats.js';
import { likeliestLabels, mixtureResult, type GaussianMixtureModel, type GaussianMixtureResult } from './gaussian-mixture.js';
import { componentsOf, readMixture } from './load-gaussian-mixture-model.js';
import { SCORE_OPTIONS, type ScoreKmeansOptions } from './options.js';
import { scaleValues } from './scaling.js';
import { rulesDiffer } from './score-kmeans.js';

/**
 * How likely customers belong to each component of a mixture: next month's customers, or newcomers.
 *
 * @param model from `gaussianMixture` or `loadGaussianMixtureModel`; any other object is checked first, at every call
 * @param customers with the model's features; none are needed
 * @throws ClienteleError `MODEL_INVALID`; `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for a value below
 *   what the model's logarithm can take
 * @example
 * scoreGaussianMixture(model, summarize(orders, { asOf: '2026-02-28' })).probabilities[0];
 *
 * O(n k features²).
 */
export function scoreGaussianMixture(model: GaussianMixtureModel, customers: TableInput, options: ScoreKmeansOptions = {}): GaussianMixtureResult {
  const where = 'scoreGaussianMixture';
  checkKeys(where, options, SCORE_OPTIONS);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const known = readMixture(where, model);
  const features = readFeatures(where, customers, known.features.map(({ column }) => column));
  const columns = known.features.map((feature, f) => scaleValues(where, feature, features.values[f]!));
  const [n, d, k] = [columns[0]!.length, columns.length, known.weights.length];
  const data = Float64Array.from({ length: n * d }, (_, at) => columns[at % d]![Math.floor(at / d)]!);
  const flat = new Float64Array(n * k);
  const each = new Float64Array(n);
  // A loaded model has been checked for shapes that can be computed.
  expectation({ n, data }, componentsOf(known), flat, each);
  const shares = Array.from({ length: k }, (_, c) => Float64Array.from({ length: n }, (__, i) => flat[i * k + c]!));
  const labels = likeliestLabels(shares, n);
  const stats = features.values.map((values) => statsOf(values, labels, k));
  return mixtureResult({ model: known, features, labels, shares, stats, logLikelihood: exactSum(each), language, warnings: rulesDiffer(known, features), more: {}, also: '' });
}
