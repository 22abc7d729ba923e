import { checkKeys, checkWhole, ClienteleError, notThisResult, optionInvalid } from '../core/index.js';
import { sortedQuantile } from '../columns/index.js';
import type { Model } from './model.js';

/** An interval by repetition: its level, number of draws, and seed. */
export interface IntervalOptions {
  /** 0.9 = from the 5th to the 95th percentile */
  readonly level: number;
  /** 50 to 10,000 */
  readonly draws: number;
  /** whole, 0 to 2^32 - 1; same seed, same interval */
  readonly seed: number;
}

/** Check level, draws and seed. */
export function checkIntervalOptions(where: string, options: IntervalOptions): IntervalOptions {
  checkKeys(where, options, ['level', 'draws', 'seed']);
  checkLevel(where, options.level);
  checkWhole(where, 'draws', options.draws, 50, 10_000);
  checkWhole(where, 'seed', options.seed, 0, 0xffffffff);
  return options;
}

/** Check a level of confidence. */
export function checkLevel(where: string, level: unknown): number {
  if (typeof level === 'number' && level > 0 && level < 1) return level;
  throw optionInvalid(where, 'level', level, 'Give a number between 0 and 1, such as 0.95.');
}

/**
 * Interval of any prediction over many models: those of `parameterDraws`, or of `bootstrapModels`.
 *
 * It covers what is not known about the parameters, not the luck of a single customer (for that see `purchaseDistribution`).
 *
 * @param models draws of one model, 50 or more for a rough interval
 * @param predict the prediction of one model: one number per customer
 * @param options `level`, 0.9 by default
 * @returns lower and upper ends, one per customer
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID` where predictions differ in length
 * @example
 * const models = parameterDraws(model, { draws: 200, seed: 1 });
 * predictionInterval(models, (m) => expectedPurchases(m, customers, { horizon: 26 }), { level: 0.9 });
 *
 * Method: type-7 quantiles of the predictions, customer by customer. O(customers × draws) memory.
 */
export function predictionInterval<M extends Model>(models: readonly M[], predict: (model: M) => Float64Array, options: { readonly level?: number } = {}): { low: Float64Array; high: Float64Array } {
  checkKeys('predictionInterval', options, ['level']);
  const level = checkLevel('predictionInterval', options.level ?? 0.9);
  if (!Array.isArray(models)) throw notThisResult('predictionInterval', models, 'a list of models', 'Pass models of parameterDraws or bootstrapModels.');
  if (typeof predict !== 'function') throw notThisResult('predictionInterval', predict, 'a function', 'Pass the prediction of one model: (model) => expectedPurchases(model, customers, { horizon }).');
  const all = models.map(predict);
  const n = all[0]?.length ?? 0;
  if (all.length === 0 || all.some((values) => values?.length !== n)) {
    throw new ClienteleError('VALUE_INVALID', { where: 'predictionInterval' }, all.length === 0 ? 'there are no models.' : 'predictions differ in length.', 'Pass models of parameterDraws or bootstrapModels, and a function of one model to one number per customer.');
  }
  const low = new Float64Array(n), high = new Float64Array(n), one = new Float64Array(all.length);
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < all.length; d++) one[d] = all[d]![i]!;
    one.sort();
    low[i] = sortedQuantile(one, (1 - level) / 2);
    high[i] = sortedQuantile(one, (1 + level) / 2);
  }
  return { low, high };
}
