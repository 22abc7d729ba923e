import { checkKeys, cleanDiagnostics, ClienteleError, withWarnings, type Warning } from '../core/index.js';
import { contractLikelihood } from './contract-likelihood.js';
import { contractRows, type ContractInput } from './contract-rows.js';
import { freezeModel } from './freeze-model.js';
import { FIT_OPTIONS, maximizeLikelihood, type FitOptions } from './maximize-likelihood.js';
import { PARAMETERS, type BdwModel, type ContractKind, type Model, type SbgModel } from './model.js';

/**
 * Fit the shifted-beta-geometric model of renewals: each customer has a fixed chance to leave at a renewal, and the
 * chances differ between customers. It explains why retention rises with age though nobody becomes more loyal.
 *
 * @param data `{ alive: [1000, 869, 743] }`, customers of one cohort after 0, 1, 2 renewals; or columns `renewals`,
 *   `churned` (0/1) and optionally `weight`; not modified
 * @param options `penalty`, `start`, `maxIterations`
 * @returns a JSON-safe model with alpha, beta
 * @throws ClienteleError `VALUE_INVALID` where counts rise, nobody left, or there is one renewal only
 * @example
 * fitSbg({ alive: [1000, 869, 743, 653, 593, 551, 517, 491] }).params;   // { alpha: 0.668, beta: 3.806 }
 *
 * Source: Fader & Hardie (2007), Journal of Interactive Marketing 21(1). Newton with exact derivatives.
 */
export function fitSbg(data: ContractInput, options: FitOptions = {}): SbgModel {
  return fitContract('fitSbg', 'sbg', [1, 1], data, options);
}

/**
 * Fit the beta-discrete-Weibull model of renewals: as {@link fitSbg}, but each customer's chance to leave may fall
 * (c < 1) or rise (c > 1) with the number of renewals.
 *
 * @param data as for {@link fitSbg}, with two renewals at least
 * @param options `penalty`, `start`, `maxIterations`
 * @returns a JSON-safe model with alpha, beta, c; c = 1 is sBG
 * @throws ClienteleError as {@link fitSbg}
 * @example
 * compareModels([fitSbg(data), fitBdw(data)]);
 *
 * Source: Fader, Hardie, Liu, Davin & Steenburgh (2018), Journal of Interactive Marketing 43. Newton with exact derivatives.
 */
export function fitBdw(data: ContractInput, options: FitOptions = {}): BdwModel {
  return fitContract('fitBdw', 'bdw', [1, 1, 1], data, options);
}

function fitContract<K extends ContractKind>(where: string, kind: K, start: readonly number[], data: ContractInput, options: FitOptions): Model<K> {
  checkKeys(where, options, FIT_OPTIONS);
  const rows = contractRows(where, data);
  let customers = 0, left = 0;
  const renewals = new Set<number>();
  for (let i = 0; i < rows.n; i++) {
    customers += rows.weight[i]!;
    left += rows.columns[1]![i] === 1 ? rows.weight[i]! : 0;
    if (rows.columns[1]![i] === 1 || rows.columns[0]![i]! > 0) renewals.add(rows.columns[0]![i]!);
  }
  const need = kind === 'bdw' ? 3 : 2;
  if (left === 0 || rows.n < need) {
    throw new ClienteleError('VALUE_INVALID', { where }, left === 0 ? 'nobody left.' : `there are ${rows.n} distinct outcomes, fewer than ${need}.`, 'Give more renewals of the cohort, with customers who left.');
  }
  const { fitted, warnings } = maximizeLikelihood({
    where, names: PARAMETERS[kind], positive: start.length, start, sizes: start.map(() => 1), customers,
    evaluate: (natural, gradient, hessian) => contractLikelihood(rows, natural, gradient, hessian),
  }, options);
  const few: Warning[] = left < 100 ? [{ code: 'FEW_CHURNED', message: `${where}: only ${left} customers left; with fewer than 100 the parameters are rough. Look at the standard errors.` }] : [];
  return freezeModel<K>({ kind, version: 1, meta: { source: 'renewals' }, timeUnit: 'period', ...fitted, diagnostics: withWarnings(cleanDiagnostics(rows.n), [...warnings, ...few]) });
}
