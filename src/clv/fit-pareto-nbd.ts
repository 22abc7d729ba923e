import type { TableInput } from '../columns/index.js';
import { fitPurchases, type PurchaseFitOptions } from './fit-purchases.js';
import type { ParetoNbdModel } from './model.js';
import { paretoLikelihood } from './pareto-likelihood.js';

/**
 * Fit the Pareto/NBD model: how often each customer buys, and when they leave, at any time and whether or not they buy.
 *
 * @param customers made by `summarize`, or columns `repeats`, `span`, `tenure` in `timeUnit`, optionally `weight`, as
 *   for `fitBgNbd`; not modified
 * @param options `timeUnit` ('week'), `covariates` (purchases shift alpha by e^-γz, lifetime shifts beta by e^-γz:
 *   a positive coefficient means buying more often, leaving sooner), `penalty`, `start`, `maxIterations`
 * @returns a JSON-safe model with r, alpha, s, beta
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the customer, or where nobody bought twice
 * @example
 * const model = fitParetoNbd(customers, { covariates: { purchases: ['firstSpend'], lifetime: [] } });
 *
 * Source: Schmittlein, Morrison & Colombo (1987). Method: Newton on the logarithms with exact derivatives, the
 * likelihood's integral and its derivatives by Gauss-Legendre to 1e-13. O(distinct rows × nodes) a step.
 */
export function fitParetoNbd(customers: TableInput, options: PurchaseFitOptions = {}): ParetoNbdModel {
  return fitPurchases({
    where: 'fitParetoNbd', kind: 'pareto-nbd', kernel: paretoLikelihood, times: [false, true, false, true],
    start: (totals) => [0.5, (0.3 * totals.tenure) / totals.repeats, 0.5, (0.3 * totals.tenure) / totals.customers],
    purchasesLoad: [0, -1, 0, 0], lifetimeLoad: [0, 0, 0, -1],
  }, customers, options);
}
