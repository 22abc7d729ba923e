import { checkKeys, checkWhole, ClienteleError, seededRandom } from '../core/index.js';
import { choleskyInPlace } from '../math/index.js';
import { freezeModel } from './freeze-model.js';
import { PARAMETERS, type Model, type ModelKind } from './model.js';

export interface DrawOptions {
  /** how many models, 1 to 10,000 */
  readonly draws: number;
  /** whole, 0 to 2^32 - 1 */
  readonly seed: number;
}

/**
 * Models with parameters drawn from what the fit left uncertain: the parametric bootstrap.
 *
 * @param model a fitted one, with `covarianceOfLogs`
 * @param options `draws`, `seed`
 * @returns models of the same kind; their logarithms of parameters (coefficients as they are) are normal around the fit
 * @throws ClienteleError `MODEL_INVALID` where the model was not fitted, or its likelihood is flat
 * @example
 * parameterDraws(model, { draws: 200, seed: 1 });
 */
export function parameterDraws<K extends ModelKind>(model: Model<K>, options: DrawOptions): Model<K>[] {
  const where = 'parameterDraws';
  checkKeys(where, options, ['draws', 'seed']);
  const draws = checkWhole(where, 'draws', options.draws, 1, 10_000);
  const names = Object.keys(model.params);
  const n = names.length;
  const factor = Float64Array.from(model.covarianceOfLogs?.flat() ?? []);
  if (factor.length !== n * n || !choleskyInPlace(factor, n)) {
    throw new ClienteleError('MODEL_INVALID', { where }, 'the model has no covariance of its parameters.', 'Pass a fitted model whose likelihood is not flat (no PARAMETER_AT_EDGE), or use bootstrapModels.');
  }
  const positive = PARAMETERS[model.kind].length;
  const random = seededRandom(options.seed);
  const normal = new Float64Array(n);
  return Array.from({ length: draws }, () => {
    for (let i = 0; i < n; i++) normal[i] = random.normal();
    const params = Object.fromEntries(names.map((name, i) => {
      let shift = 0;
      for (let k = 0; k <= i; k++) shift += factor[i * n + k]! * normal[k]!;
      const value = model.params[name]!;
      return [name, i < positive ? value * Math.exp(shift) : value + shift];
    }));
    return freezeModel<K>({ kind: model.kind, version: 1, meta: model.meta, timeUnit: model.timeUnit, params, ...(model.covariates === undefined ? {} : { covariates: model.covariates }), diagnostics: model.diagnostics });
  });
}
