import type { TableInput } from '../columns/index.js';
import { fitPurchases, type PurchaseFitOptions, type Totals } from './fit-purchases.js';
import { geometricLikelihood } from './geometric-likelihood.js';
import type { BgNbdModel, MbgNbdModel } from './model.js';

/**
 * Fit the BG/NBD model: how often each customer buys, and after which purchase they leave for good.
 *
 * Every one-time buyer counts as alive (P(alive) = 1): customers leave only after a repeat purchase. Where that is
 * wrong, {@link fitMbgNbd} and `fitParetoNbd` do without it.
 *
 * @param customers made by `summarize`, or columns `repeats` (purchases after the first, whole), `span` (first to last
 *   purchase) and `tenure` (first purchase to the end of observation) in `timeUnit`, optionally `weight`; not modified
 * @param options `timeUnit` ('week'), `covariates` (purchases shift alpha by e^-γz, lifetime shifts a and b by e^γz),
 *   `penalty`, `start`, `maxIterations`
 * @returns a JSON-safe model with r, alpha, a, b; `converged: false` with a warning instead of an error where the
 *   search does not end
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the customer, or where nobody bought twice
 * @example
 * const model = fitBgNbd(summarize(orders));
 * expectedPurchases(model, customers, { horizon: { months: 3 } });
 *
 * Source: Fader, Hardie & Lee (2005). Method: Newton on the logarithms with exact first and second derivatives over
 * merged equal rows; ratios of times only, so their scale does not matter. O(customers) to merge, then O(distinct rows)
 * a step, about 10 steps.
 */
export function fitBgNbd(customers: TableInput, options: PurchaseFitOptions = {}): BgNbdModel {
  return fitPurchases({
    where: 'fitBgNbd', kind: 'bg-nbd', start, times: [false, true, false, false],
    kernel: (group, params, out) => geometricLikelihood(0, group, params, out),
    purchasesLoad: [0, -1, 0, 0], lifetimeLoad: [0, 0, 1, 1],
  }, customers, options);
}

/**
 * Fit the MBG/NBD model: as BG/NBD, but customers may leave after their very first purchase, so that one-time buyers
 * get a P(alive) below 1.
 *
 * @param customers as for {@link fitBgNbd}
 * @param options as for {@link fitBgNbd}, without covariates
 * @returns a JSON-safe model with r, alpha, a, b
 * @throws ClienteleError as {@link fitBgNbd}
 * @example
 * probabilityAlive(fitMbgNbd(customers), customers);
 *
 * Source: Batislam, Denizel & Filiztekin (2007); Hoppe & Wagner (2007). Method as {@link fitBgNbd}.
 */
export function fitMbgNbd(customers: TableInput, options: PurchaseFitOptions = {}): MbgNbdModel {
  return fitPurchases({
    where: 'fitMbgNbd', kind: 'mbg-nbd', start, times: [false, true, false, false],
    kernel: (group, params, out) => geometricLikelihood(1, group, params, out),
  }, customers, options);
}

/** Rates spread like a gamma of shape 1/2 around somewhat more than the observed mean; one in three leaves per purchase. */
function start(totals: Totals): [number, number, number, number] {
  return [0.5, (0.3 * totals.tenure) / totals.repeats, 0.75, 1.5];
}
