import { checkKeys, optionInvalid, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { freezeModel } from './freeze-model.js';
import { learn } from './learn.js';
import { readMeasures, type Measures } from './measures.js';
import type { RfmModel } from './model.js';
import { FIT_OPTIONS, type FitRfmOptions, type RfmOptions } from './options.js';
import { planDimensions, planWeights } from './plan.js';
import { planMap, settleMap, type MapPlan } from './plan-map.js';

/**
 * Learn how to score customers: the limits of every score, the segment map and the weights, as plain data.
 *
 * The model survives `JSON.stringify`; `loadRfmModel` reads it back. For methods that learn cuts,
 * `scoreRfm(fitRfm(c), c)` equals `rfm(c)`; rank methods keep the limits of their levels, and customers scored by them
 * are marked `approximate`.
 *
 * @param customers what `summarize` makes, any table, or plain columns `{ recency, frequency, monetary }`. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer;
 *   `MAP_NOT_APPLICABLE` for a map asked for that the scores do not fit
 * @example
 * const model = fitRfm(customers, { bins: 5 });
 * writeFileSync('rfm.json', JSON.stringify(model));
 *
 * O(customers) for cut methods; the ids are sorted once for methods that break ties by them.
 */
export function fitRfm(customers: TableInput, options: FitRfmOptions = {}): RfmModel {
  checkKeys('fitRfm', options, FIT_OPTIONS);
  if (typeof options.map === 'function') throw optionInvalid('fitRfm', 'map', 'a function', 'A model is plain data: write the map as codes or ranges, or use rfm for a single run.');
  return fitMeasures('fitRfm', customers, options).model;
}

/** What fitting yields besides the model: `rfm` goes on from here. */
export interface Fitted {
  readonly model: RfmModel;
  readonly measures: Measures;
  readonly scores: readonly Uint8Array[];
  readonly mapPlan: MapPlan;
  readonly warnings: readonly Warning[];
}

/** Learn a model and score the customers it is learned from. */
export function fitMeasures(where: string, customers: TableInput, options: Omit<RfmOptions, 'labels' | 'why' | 'sum'>): Fitted {
  const mapPlan = planMap(where, options.map);
  const plans = planDimensions(where, options as FitRfmOptions, mapPlan.defaults);
  const weights = planWeights(where, options.weights, plans);
  const measures = readMeasures(where, customers, plans);
  const learned = learn(where, plans.map((plan) => withUnits(plan, measures)), measures);
  const settled = settleMap(where, mapPlan, learned.dimensions, measures.values, learned.scores);
  const model: RfmModel = freezeModel({
    kind: 'rfm',
    version: 1,
    meta: { ...measures.meta, customers: measures.values[0]!.length },
    dimensions: learned.dimensions,
    ...(settled.map === undefined ? {} : { map: settled.map }),
    ...(weights === undefined ? {} : { weights }),
  });
  return { model, measures, scores: learned.scores, mapPlan, warnings: [...learned.warnings, ...settled.warnings] };
}

/** Units that only the customers know: whether frequency counts orders or days, and the currency. */
function withUnits<P extends { readonly column: string; readonly unit?: string }>(plan: P, { meta }: Measures): P {
  if (plan.column === 'frequency' && plan.unit === 'orders' && meta?.frequency === 'days') return { ...plan, unit: 'days' };
  if (plan.column === 'monetary' && plan.unit === undefined && meta?.currency !== undefined) return { ...plan, unit: meta.currency };
  return plan;
}
