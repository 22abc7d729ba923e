import { checkKeys, ClienteleError } from '../core/index.js';
import { table, type Table } from '../columns/index.js';
import { normalQuantile } from '../math/index.js';
import { ALL_KINDS, checkKind, PARAMETERS, type Model } from './model.js';
import { checkLevel } from './prediction-interval.js';

/**
 * Confidence intervals of a model's parameters.
 *
 * Parameters that are above 0 have theirs on the logarithm, so that the interval stays above 0 and is not symmetric;
 * coefficients of covariates have symmetric ones.
 *
 * @param model a fitted one
 * @param options `level`, 0.95 by default
 * @returns a table: `parameter`, `estimate`, `standardError`, `low`, `high`
 * @throws ClienteleError `MODEL_INVALID` where the model has no standard errors
 * @example
 * confidenceIntervals(fitBgNbd(customers));
 *
 * Method: normal approximation with the inverse of the observed information.
 */
export function confidenceIntervals(model: Model, options: { readonly level?: number } = {}): Table {
  checkKeys('confidenceIntervals', options, ['level']);
  const level = checkLevel('confidenceIntervals', options.level ?? 0.95);
  const { standardErrors, covarianceOfLogs } = checkKind('confidenceIntervals', model, ALL_KINDS);
  if (standardErrors === undefined || covarianceOfLogs === undefined) {
    throw new ClienteleError('MODEL_INVALID', { where: 'confidenceIntervals' }, 'the model has no standard errors.', 'Pass a fitted model; where the likelihood is flat (PARAMETER_AT_EDGE) there are none.');
  }
  const z = normalQuantile((1 + level) / 2);
  const names = Object.keys(model.params);
  const positive = PARAMETERS[model.kind].length;
  const end = (sign: 1 | -1): number[] => names.map((name, i) => {
    const reach = sign * z * Math.sqrt(covarianceOfLogs[i]![i]!);
    return i < positive ? model.params[name]! * Math.exp(reach) : model.params[name]! + reach;
  });
  return table({ parameter: names, estimate: names.map((name) => model.params[name]!), standardError: names.map((name) => standardErrors[name]!), low: end(-1), high: end(1) });
}
