import type { TableInput } from '../columns/index.js';
import { bgBbLikelihood } from './bg-bb-likelihood.js';
import { fitPurchases, type PurchaseFitOptions } from './fit-purchases.js';
import type { BgBbModel } from './model.js';

/**
 * Fit the BG/BB model, for purchases that can happen once a period: yearly gifts, cruises, conferences.
 *
 * @param customers columns `repeats` (periods with a purchase), `last` (number of the last such period, 0 = none) and
 *   `periods` (periods observed), whole numbers, optionally `weight`; not modified
 * @param options `penalty`, `start`, `maxIterations`; the time unit is 'period'
 * @returns a JSON-safe model with alpha, beta (buying), gamma, delta (leaving)
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the row, or where nobody bought
 * @example
 * fitBgBb({ repeats: [6, 2, 0], last: [6, 4, 0], periods: [6, 6, 6], weight: [1203, 155, 3464] });
 *
 * Source: Fader, Hardie & Shang (2010). Method: Newton with exact derivatives. O(distinct rows × periods) a step.
 */
export function fitBgBb(customers: TableInput, options: PurchaseFitOptions = {}): BgBbModel {
  return fitPurchases({ where: 'fitBgBb', kind: 'bg-bb', kernel: bgBbLikelihood, times: [false, false, false, false], start: () => [1, 1, 0.7, 2] }, customers, options);
}
