import { checkWhole, optionInvalid } from '../core/index.js';
import { Table, type Column, type TableInput } from '../columns/index.js';
import { engineOf } from './engine.js';
import { readHorizon, type HorizonOptions } from './expected-purchases.js';
import type { Model, PurchaseKind } from './model.js';
import { purchaseRows } from './purchase-rows.js';
import { enginesOf, readRecord, scoreRows, type PeriodRecord, type PurchaseRecord } from './score-purchases.js';

export interface DistributionOptions extends HorizonOptions {
  /** largest number of purchases with a column of its own, 10 by default */
  readonly max?: number;
}

/**
 * Probability that each customer buys nothing in the time to come: gone already, or silent.
 *
 * @param options `horizon`
 * @returns 0 to 1 per customer, in their order; NaN for customers on a roster who never bought
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * probabilityOfNoPurchase(model, customers, { horizon: { months: 3 } });
 */
export function probabilityOfNoPurchase(model: Model<PurchaseKind>, customers: TableInput, options: HorizonOptions): Float64Array {
  const horizon = finiteHorizon('probabilityOfNoPurchase', model, options);
  return scoreRows('probabilityOfNoPurchase', model, customers, (engine, x, t, T) => {
    const alive = engine.alive(x, t, T);
    return 1 - alive + alive * engine.noPurchase(x, T, horizon);
  });
}

/** The same for one customer. */
export function probabilityOfNoPurchaseOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord, options: HorizonOptions): number {
  const horizon = finiteHorizon('probabilityOfNoPurchaseOne', model, options);
  const { engine, x, t, T } = readRecord('probabilityOfNoPurchaseOne', model, record);
  const alive = engine.alive(x, t, T);
  return 1 - alive + alive * engine.noPurchase(x, T, horizon);
}

/**
 * Probabilities of 0, 1, 2 … purchases of each customer in the time to come.
 *
 * @param options `horizon`, and `max`, the largest number with a column of its own (10)
 * @returns a table: `customer` (where the input has it), `p0` … `p10`, `pMore`; a row sums to 1
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `COLUMN_MISSING`, `VALUE_INVALID`
 * @example
 * purchaseDistribution(model, customers, { horizon: { months: 3 }, max: 5 });
 *
 * O(customers × max); Pareto/NBD integrates over the time of leaving, some 100 nodes per customer.
 */
export function purchaseDistribution(model: Model<PurchaseKind>, customers: TableInput, options: DistributionOptions): Table {
  const where = 'purchaseDistribution';
  const horizon = finiteHorizon(where, model, options, ['max']);
  const max = checkWhole(where, 'max', options.max ?? 10, 0, 10_000);
  const rows = purchaseRows(where, customers, model.timeUnit);
  const engineAt = enginesOf(where, model, rows);
  const columns = Array.from({ length: max + 2 }, () => new Float64Array(rows.n));
  const one = new Float64Array(max + 2);
  for (let i = 0; i < rows.n; i++) {
    const x = rows.repeats[i]!, T = rows.tenure[i]!;
    if (Number.isNaN(T)) one.fill(NaN);
    else {
      const engine = engineAt(i);
      engine.distribution(x, T, horizon, one);
      spread(one, engine.alive(x, rows.span[i]!, T));
    }
    for (let k = 0; k < one.length; k++) columns[k]![i] = one[k]!;
  }
  const named = columns.map((data, k): [string, Column] => [k > max ? 'pMore' : `p${k}`, { type: 'number', data }]);
  return new Table(rows.table.has('customer') ? [['customer', rows.table.column('customer')], ...named] : named);
}

/** The same for one customer: probabilities of 0 … max, and of more. */
export function purchaseDistributionOne(model: Model<PurchaseKind>, record: PurchaseRecord | PeriodRecord, options: DistributionOptions): Float64Array {
  const where = 'purchaseDistributionOne';
  const horizon = finiteHorizon(where, model, options, ['max']);
  const { engine, x, t, T } = readRecord(where, model, record);
  const out = new Float64Array(checkWhole(where, 'max', options.max ?? 10, 0, 10_000) + 2);
  engine.distribution(x, T, horizon, out);
  spread(out, engine.alive(x, t, T));
  return out;
}

/**
 * Probabilities of 0, 1, 2 … repeat purchases of a customer who has just bought for the first time.
 *
 * @returns length max + 2: probabilities of 0 … max, and of more
 * @example
 * purchaseDistributionOfNewCustomer(model, { horizon: { weeks: 39 }, max: 2 });   // CDNOW, BG/NBD: .574 .199 .085 .141
 */
export function purchaseDistributionOfNewCustomer(model: Model<PurchaseKind>, options: DistributionOptions): Float64Array {
  const where = 'purchaseDistributionOfNewCustomer';
  const horizon = finiteHorizon(where, model, options, ['max']);
  const out = new Float64Array(checkWhole(where, 'max', options.max ?? 10, 0, 10_000) + 2);
  const engine = engineOf(model);
  engine.distribution(0, 0, horizon, out);
  spread(out, engine.alive(0, 0, 0));
  return out;
}

/** From given alive to as things stand: those gone buy nothing. */
function spread(probabilities: Float64Array, alive: number): void {
  for (let k = 0; k < probabilities.length; k++) probabilities[k]! *= alive;
  probabilities[0]! += 1 - alive;
}

function finiteHorizon(where: string, model: Model<PurchaseKind>, options: HorizonOptions, others: readonly string[] = []): number {
  const horizon = readHorizon(where, model, options, others);
  if (horizon === Infinity) throw optionInvalid(where, 'horizon', horizon, 'Give a finite horizon.');
  return horizon;
}
