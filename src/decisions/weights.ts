import { ClienteleError, optionInvalid } from '../core/index.js';
import type { Criterion } from './criterion.js';

/**
 * Weights of criteria: given for all and summing to 1, or equal.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function weightsOf(where: string, criteria: readonly Criterion[]): Float64Array {
  const given = criteria.filter(({ weight }) => weight !== undefined);
  if (given.length === 0) return new Float64Array(criteria.length).fill(1 / criteria.length);
  const without = criteria.find(({ weight }) => weight === undefined);
  if (without !== undefined) throw optionInvalid(where, 'criteria', without.column, 'Give every criterion a weight, or none for equal weights.');
  return checkWeights(where, 'criteria', criteria.map(({ weight }) => weight!));
}

/**
 * Numbers from 0 that sum to 1 (but for rounding, 1e-9).
 *
 * @throws ClienteleError `OPTION_INVALID` naming the sum, and what the weights would be scaled to 1
 */
export function checkWeights(where: string, option: string, weights: readonly number[]): Float64Array {
  const bad = weights.findIndex((weight) => !(typeof weight === 'number' && weight >= 0 && weight < Infinity));
  if (bad !== -1) throw optionInvalid(where, `${option}[${bad}].weight`, weights[bad], 'A weight is a number from 0.');
  const sum = weights.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) <= 1e-9) return Float64Array.from(weights, (weight) => weight / sum);
  const scaled = sum > 0 ? ` Scaled they are ${weights.map((weight) => Number((weight / sum).toFixed(4))).join(', ')}.` : '';
  throw new ClienteleError('OPTION_INVALID', { where, option, value: String(sum) }, `the weights sum to ${Number(sum.toFixed(6))}, not 1.`, `Change them so that they do.${scaled}`);
}
