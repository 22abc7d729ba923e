import { ClienteleError, notThisResult } from '../core/index.js';
import { table, type Table } from '../columns/index.js';
import { chiSquareUpper } from '../math/index.js';
import { ALL_KINDS, checkKind, type Model } from './model.js';

/**
 * Models of the same data side by side: log-likelihood, AIC and BIC, the best (lowest AIC) first.
 *
 * @param models two or more, fitted on the same customers in the same time unit, without penalty
 * @returns a table: `model`, `parameters`, `logLikelihood`, `aic`, `bic`, `aicAboveBest`, `akaikeWeight` (chance to be
 *   the best of them by AIC)
 * @throws ClienteleError `MODEL_INVALID` where one was not fitted, or numbers of customers or time units differ
 * @example
 * compareModels([fitBgNbd(customers), fitMbgNbd(customers), fitParetoNbd(customers)]);
 *
 * Source: Akaike (1974); Schwarz (1978); Burnham & Anderson (2002), section 2.9 (weights).
 */
export function compareModels(models: readonly Model[]): Table {
  if (!Array.isArray(models)) throw notThisResult('compareModels', models, 'a list of models', 'Pass two or more fitted models: [a, b].');
  for (const model of models) checkKind('compareModels', model, ALL_KINDS);
  if (models.length < 2) throw new ClienteleError('MODEL_INVALID', { where: 'compareModels' }, `${models.length} model${models.length === 1 ? '' : 's'} cannot be compared.`, 'Pass two or more.');
  const fitted = models.map((model) => fittedOf('compareModels', model, models[0]!));
  const order = [...models.keys()].sort((i, j) => fitted[i]!.aic - fitted[j]!.aic);
  const best = fitted[order[0]!]!.aic;
  const weights = order.map((i) => Math.exp((best - fitted[i]!.aic) / 2));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return table({
    model: order.map((i) => nameOf(models[i]!)), parameters: order.map((i) => fitted[i]!.parameters), logLikelihood: order.map((i) => fitted[i]!.logLikelihood),
    aic: order.map((i) => fitted[i]!.aic), bic: order.map((i) => fitted[i]!.bic), aicAboveBest: order.map((i) => fitted[i]!.aic - best), akaikeWeight: weights.map((w) => w / total),
  });
}

export interface LikelihoodRatio {
  /** twice the difference of the log-likelihoods, >= 0 */
  readonly statistic: number;
  /** parameters the larger model has more */
  readonly degrees: number;
  /** chance of such a statistic if the smaller model were true */
  readonly pValue: number;
}

/**
 * Likelihood-ratio test: does the larger model explain more than its extra parameters would by chance?
 *
 * @param smaller a fitted model contained in the larger: the same kind with fewer covariates, or sBG in BdW
 * @param larger fitted on the same customers
 * @throws ClienteleError `MODEL_INVALID` where the one is not contained in the other, or the data differ
 * @example
 * likelihoodRatioTest(fitParetoNbd(customers), fitParetoNbd(customers, { covariates })).pValue;
 *
 * Source: Wilks (1938).
 */
export function likelihoodRatioTest(smaller: Model, larger: Model): LikelihoodRatio {
  const where = 'likelihoodRatioTest';
  for (const model of [smaller, larger]) checkKind(where, model, ALL_KINDS);
  const contained = (smaller.kind === larger.kind || (smaller.kind === 'sbg' && larger.kind === 'bdw')) && Object.keys(smaller.params).every((name) => name in larger.params);
  const few = fittedOf(where, smaller, smaller), many = fittedOf(where, larger, smaller);
  const degrees = many.parameters - few.parameters;
  if (!contained || degrees < 1) {
    throw new ClienteleError('MODEL_INVALID', { where }, `${nameOf(smaller)} is not a smaller case of ${nameOf(larger)}.`, 'Pass the same kind with fewer covariates first, or sBG and BdW; others by compareModels.');
  }
  const statistic = Math.max(0, 2 * (many.logLikelihood - few.logLikelihood));
  return { statistic, degrees, pValue: chiSquareUpper(statistic, degrees) };
}

function fittedOf(where: string, model: Model, like: Model): { parameters: number; logLikelihood: number; aic: number; bic: number } {
  const { logLikelihood, customers } = model;
  if (logLikelihood === undefined || customers === undefined || model.penalty !== undefined) {
    throw new ClienteleError('MODEL_INVALID', { where }, `the ${model.kind} model ${model.penalty === undefined ? 'was not fitted' : 'was fitted with a penalty'}.`, 'Pass models as fits without a penalty return them.');
  }
  if (customers !== like.customers || model.timeUnit !== like.timeUnit) {
    throw new ClienteleError('MODEL_INVALID', { where }, `the models differ in their data (${like.customers} customers by ${like.timeUnit}, ${customers} by ${model.timeUnit}).`, 'Fit them on the same customers with the same timeUnit.');
  }
  const parameters = Object.keys(model.params).length;
  return { parameters, logLikelihood, aic: 2 * parameters - 2 * logLikelihood, bic: parameters * Math.log(customers) - 2 * logLikelihood };
}

function nameOf(model: Model): string {
  const names = [...(model.covariates?.purchases ?? []), ...(model.covariates?.lifetime ?? [])];
  return names.length === 0 ? model.kind : `${model.kind} with ${[...new Set(names)].join(', ')}`;
}
