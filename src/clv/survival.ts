import { checkKeys, checkWhole, checkWord, optionInvalid } from '../core/index.js';
import { betaExpectation } from '../math/index.js';
import { logSurvival } from './contract-likelihood.js';
import { checkKind, CONTRACT_KINDS, param, type ContractModel } from './model.js';

/**
 * Share of a cohort still there after 0, 1, … renewals.
 *
 * @param model of renewals
 * @param options `periods`: the last renewal of the curve, whole
 * @returns length periods + 1, from 1 falling
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * survival(model, { periods: 12 });   // the projected retention curve
 */
export function survival(model: ContractModel, options: { readonly periods: number }): Float64Array {
  const shape = readModel('survival', model, options, ['periods']);
  const periods = checkWhole('survival', 'periods', options.periods, 0, 1e7);
  return Float64Array.from({ length: periods + 1 }, (_, t) => Math.exp(logSurvival(shape.alpha, shape.beta, shape.c, t)));
}

/**
 * Retention rate at each renewal: share of those who made the one before, S(t)/S(t - 1).
 *
 * @param options `periods`: the last renewal, whole >= 1
 * @returns length periods; entry k is the rate at renewal k + 1
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * retentionRate(model, { periods: 3 });   // rises with age under sBG
 */
export function retentionRate(model: ContractModel, options: { readonly periods: number }): Float64Array {
  const shape = readModel('retentionRate', model, options, ['periods']);
  const periods = checkWhole('retentionRate', 'periods', options.periods, 1, 1e7);
  return Float64Array.from({ length: periods }, (_, k) => Math.exp(logSurvival(shape.alpha, shape.beta, shape.c, k + 1) - logSurvival(shape.alpha, shape.beta, shape.c, k)));
}

export interface DiscountedLifetimeOptions {
  /** renewals the customer has made so far, 0 by default */
  readonly survived?: number;
  /** `'current'`: the current period counts 1, undiscounted (the customer has just paid or is about to be won);
   *  `'next-renewal'`: counting begins with the next renewal, undiscounted if made */
  readonly count: 'current' | 'next-renewal';
  /** effective rate per period, > 0: a payment k periods away counts 1/(1 + rate)^k */
  readonly discountRate: number;
}

/**
 * Expected number of periods a customer will still pay for, discounted: times the margin per period it is their value.
 *
 * @param model of renewals
 * @param options `survived`, `count`, `discountRate` (a yearly rate is refused: a period has no length in years)
 * @returns a number >= 0 of discounted periods
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * discountedLifetime(model, { survived: 4, count: 'next-renewal', discountRate: 0.1 });
 *
 * Source: Fader & Hardie (2010), "Customer-Base Valuation in a Contractual Setting", Marketing Science 29(1). sBG by an
 * expectation over the chance to leave; BdW by its sum, until a rest below 1e-15.
 */
export function discountedLifetime(model: ContractModel, options: DiscountedLifetimeOptions): number {
  const where = 'discountedLifetime';
  const { alpha, beta, c } = readModel(where, model, options, ['survived', 'count', 'discountRate', 'discountRateYearly']);
  const survived = checkWhole(where, 'survived', options.survived ?? 0, 0);
  const count = checkWord(where, 'count', options.count, ['current', 'next-renewal']);
  if ('discountRateYearly' in options) throw optionInvalid(where, 'discountRateYearly', options.discountRateYearly, 'A period has no length in years: give discountRate per period.');
  const rate = options.discountRate;
  if (!(typeof rate === 'number' && rate > 0 && rate < Infinity)) throw optionInvalid(where, 'discountRate', rate, 'Give the effective rate per period, above 0, such as 0.1.');
  const current = c === 1
    ? betaExpectation(alpha, beta + survived, (p) => (1 + rate) / (p + rate), Math.min(1, rate), 1)
    : sumPeriods(alpha, beta, c, survived, rate);
  return count === 'current' ? current : (current - 1) * (1 + rate);
}

/** Σ S(n + k)/S(n)/(1 + rate)^k over k >= 0. */
function sumPeriods(alpha: number, beta: number, c: number, survived: number, rate: number): number {
  const start = logSurvival(alpha, beta, c, survived);
  const shrink = Math.log1p(rate);
  let sum = 0;
  for (let k = 0; ; k++) {
    const term = Math.exp(logSurvival(alpha, beta, c, survived + k) - start - k * shrink);
    sum += term;
    // What is left is at most term/rate.
    if (term < 1e-15 * rate * sum) return sum;
  }
}

function readModel(where: string, model: ContractModel, options: object, keys: readonly string[]): { alpha: number; beta: number; c: number } {
  checkKind(where, model, CONTRACT_KINDS);
  checkKeys(where, options, keys);
  return { alpha: param(model, 'alpha'), beta: param(model, 'beta'), c: model.kind === 'bdw' ? param(model, 'c') : 1 };
}
