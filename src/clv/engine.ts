import { ClienteleError } from '../core/index.js';
import type { Model, PurchaseKind } from './model.js';
import { bgBbEngine } from './bg-bb-engine.js';
import { geometricEngine } from './geometric-engine.js';
import { paretoEngine } from './pareto-engine.js';

/**
 * What a purchase model knows of one customer, on plain numbers.
 *
 * Given that a customer is alive at the end of observation, what comes does not depend on the time of the last
 * purchase: all but the first two functions are conditional on that, take repeats and tenure only, and are multiplied
 * by P(alive) by their callers. Times in the model's unit, all arguments checked before.
 */
export interface PurchaseEngine {
  logLikelihood(repeats: number, span: number, tenure: number): number;
  /** probability to be alive at the end of observation */
  alive(repeats: number, span: number, tenure: number): number;
  /** the same for whole columns, NaN where the tenure is */
  aliveColumn(repeats: Float64Array, span: Float64Array, tenure: Float64Array, out: Float64Array): void;
  /** probability to be alive `at` later still */
  aliveLater(repeats: number, tenure: number, at: number): number;
  /** expected purchases in the next `horizon` */
  expected(repeats: number, tenure: number, horizon: number): number;
  /** probability of no purchase in the next `horizon` */
  noPurchase(repeats: number, tenure: number, horizon: number): number;
  /** fills out[n] with the probability of n purchases in the next `horizon`, the last entry with that of more */
  distribution(repeats: number, tenure: number, horizon: number, out: Float64Array): void;
  /** expected purchases in the next `horizon`, each discounted to now at `rate` per unit */
  discounted(repeats: number, tenure: number, horizon: number, rate: number): number;
}

const engines = new WeakMap<object, PurchaseEngine>();

/** The engine of a model, made once per model object; with covariates, that of a customer whose covariates are 0. */
export function engineOf(model: Model<PurchaseKind>): PurchaseEngine {
  let engine = engines.get(model);
  if (engine === undefined) engines.set(model, (engine = makeEngine(model.kind, model.params)));
  return engine;
}

/** An engine of parameters by name. */
export function makeEngine(kind: PurchaseKind, params: Readonly<Record<string, number>>): PurchaseEngine {
  switch (kind) {
    case 'bg-nbd':
      return geometricEngine(params['r']!, params['alpha']!, params['a']!, params['b']!, 0);
    case 'mbg-nbd':
      return geometricEngine(params['r']!, params['alpha']!, params['a']!, params['b']!, 1);
    case 'pareto-nbd':
      return paretoEngine(params['r']!, params['alpha']!, params['s']!, params['beta']!);
    case 'bg-bb':
      return bgBbEngine(params['alpha']!, params['beta']!, params['gamma']!, params['delta']!);
  }
}

/** The error for an expectation that has no finite value. */
export function notFinite(where: string, why: string): ClienteleError {
  return new ClienteleError('OPTION_INVALID', { where, option: 'horizon', value: 'Infinity' }, `without end there are infinitely many expected purchases (${why}).`, 'Give a finite horizon, or a discount rate to discountedExpectedPurchases.');
}
