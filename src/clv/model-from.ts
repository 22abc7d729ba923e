import { checkKeys, checkWord, ClienteleError, valueText } from '../core/index.js';
import { freezeModel } from './freeze-model.js';
import { isDiscrete, NOT_FITTED, PARAMETERS, type CovariateNames, type Model, type ModelKind, type ModelMeta, type TimeUnit } from './model.js';

export interface ModelFromOptions {
  /** unit of alpha and beta, default `'week'`; the discrete kinds know `'period'` only */
  readonly timeUnit?: TimeUnit;
  /** names of the covariates whose coefficients stand in `params` */
  readonly covariates?: Partial<CovariateNames>;
  /** whatever is known of their origin, kept as it is */
  readonly meta?: Partial<ModelMeta>;
}

/**
 * A model from known parameters: published ones, or another tool's.
 *
 * @param kind which model
 * @param params its parameters by name, each > 0 (coefficients of covariates, named `'purchases.x'` and
 *   `'lifetime.x'`, any number): bg-nbd and mbg-nbd r, alpha, a, b; pareto-nbd r, alpha, s, beta; bg-bb alpha, beta,
 *   gamma, delta; gamma-gamma p, q, v; sbg alpha, beta; bdw alpha, beta, c
 * @returns a model as a fit returns it, without what only a fit knows
 * @throws ClienteleError `MODEL_INVALID` naming the parameter that is missing, unknown or not > 0
 * @example
 * const model = modelFrom('bg-nbd', { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, { timeUnit: 'week' });
 * expectedPurchasesOne(model, { repeats: 2, span: 30.43, tenure: 38.86 }, { horizon: 39 });   // 1.2259
 */
export function modelFrom<K extends ModelKind>(kind: K, params: Readonly<Record<string, number>>, options: ModelFromOptions = {}): Model<K> {
  const where = 'modelFrom';
  checkWord(where, 'kind', kind, Object.keys(PARAMETERS) as ModelKind[]);
  checkKeys(where, options, ['timeUnit', 'covariates', 'meta']);
  const { timeUnit = isDiscrete(kind) ? 'period' : 'week', meta = {} } = options;
  checkTimeUnit(where, kind, timeUnit);
  const covariates = options.covariates === undefined ? undefined : { purchases: options.covariates.purchases ?? [], lifetime: options.covariates.lifetime ?? [] };
  const ordered = checkParams(where, kind, params, covariates);
  return freezeModel<K>({ kind, version: 1, meta: { source: 'parameters', ...meta }, timeUnit, params: ordered, ...(covariates === undefined ? {} : { covariates }), diagnostics: NOT_FITTED });
}

/** Check parameters by name and put them in order. */
export function checkParams(where: string, kind: ModelKind, params: Readonly<Record<string, unknown>>, covariates: CovariateNames | undefined): Record<string, number> {
  const coefficients = covariates === undefined ? [] : coefficientNames(covariates);
  const names = [...PARAMETERS[kind], ...coefficients];
  const invalid = (name: string, what: string): ClienteleError => new ClienteleError('MODEL_INVALID', { where, value: valueText(params[name]) }, what, `A ${kind} model has the parameters ${names.join(', ')}, each a number > 0${coefficients.length > 0 ? ' (coefficients any number)' : ''}.`);
  for (const name of Object.keys(params)) if (!names.includes(name)) throw invalid(name, `there is no parameter ${valueText(name)}.`);
  const ordered: Record<string, number> = {};
  for (const name of names) {
    const value = params[name];
    const fits = typeof value === 'number' && Number.isFinite(value) && (coefficients.includes(name) || value > 0);
    if (!fits) throw invalid(name, value === undefined ? `parameter ${name} is missing.` : `parameter ${name} is ${valueText(value)}.`);
    ordered[name] = value;
  }
  return ordered;
}

/** Names of coefficients in the order of `params`: those of the lifetime first. */
export function coefficientNames(covariates: CovariateNames): string[] {
  return [...covariates.lifetime.map((name) => `lifetime.${name}`), ...covariates.purchases.map((name) => `purchases.${name}`)];
}

/** Check that a unit is known and suits the kind. */
export function checkTimeUnit(where: string, kind: ModelKind, timeUnit: unknown): TimeUnit {
  return checkWord<TimeUnit>(where, 'timeUnit', timeUnit, isDiscrete(kind) ? ['period'] : ['day', 'week', 'month', 'year']);
}
