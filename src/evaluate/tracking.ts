import { checkKeys, ClienteleError, dayOfText, notThisResult, optionInvalid, UNITS_PER_DAY, valueText } from '../core/index.js';
import { groupRows, Table, type DateColumn } from '../columns/index.js';
import { DAYS_PER_UNIT, expectedPurchasesOfNewCustomer, type PurchaseModel } from '../clv/index.js';
import { checkLog, type Transactions } from '../transactions/index.js';

export interface TrackingOptions {
  /** days of a step, 7 by default */
  readonly stepDays?: number;
  /** last day of first purchases, 'YYYY-MM-DD': customers who begin later are left out; the whole log by default */
  readonly cohortUntil?: string;
}

/**
 * Repeat purchases of a cohort over time, as they happened and as a model expects them: the tracking plot's data.
 *
 * Steps count from the first day of the log; a step's `day` is its last day, inclusive. Expected is the sum over
 * customers of a new customer's expected purchases at their age then, so it uses nothing of what they did.
 *
 * @param model of purchases in calendar time, without covariates
 * @param transactions the whole log, beyond the data of the fit; not modified
 * @param options `stepDays`, `cohortUntil`
 * @returns a table: `step`, `day`, `actual`, `expected` (in the step), `actualCumulative`, `expectedCumulative`
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`, `VALUE_INVALID`
 * @example
 * tracking(model, orders, { stepDays: 7 });
 *
 * Source: Fader, Hardie & Lee (2005), figures 3 and 4. O(rows log rows + steps × first days).
 */
export function tracking(model: PurchaseModel, transactions: Transactions, options: TrackingOptions = {}): Table {
  const where = 'tracking';
  checkKeys(where, options, ['stepDays', 'cohortUntil']);
  checkLog(where, transactions);
  if (typeof model !== 'object' || model === null) throw notThisResult(where, model, 'a model', 'Pass what fitBgNbd, fitMbgNbd or fitParetoNbd returned.');
  const { timeUnit } = model;
  if (timeUnit === 'period' || model.covariates !== undefined) {
    throw new ClienteleError('MODEL_INVALID', { where }, timeUnit === 'period' ? 'the model counts periods, not days.' : 'the model has covariates.', 'Pass a BG/NBD, MBG/NBD or Pareto/NBD model without covariates.');
  }
  const { stepDays = 7 } = options;
  if (!(Number.isInteger(stepDays) && stepDays > 0)) throw optionInvalid(where, 'stepDays', stepDays, 'Give a whole number of days above 0.');
  const until = options.cohortUntil === undefined ? Infinity : dayOfText(options.cohortUntil);
  if (until === undefined) throw optionInvalid(where, 'cohortUntil', valueText(options.cohortUntil), "Give an existing day as 'YYYY-MM-DD' text.");

  const { firsts, repeatDays, origin, last } = purchaseDays(transactions, until);
  const steps = Math.max(0, Math.floor((last - origin + 1) / stepDays));
  const cohorts = new Map<number, number>();
  for (const day of firsts) cohorts.set(day, (cohorts.get(day) ?? 0) + 1);
  const actual = new Float64Array(steps), day = new Int32Array(steps), expectedCumulative = new Float64Array(steps);
  for (const repeat of repeatDays) {
    const step = Math.floor((repeat - origin) / stepDays);
    if (step < steps) actual[step]! += 1;
  }
  const byAge = new Map<number, number>();
  const expectedAt = (age: number): number => {
    let value = byAge.get(age);
    if (value === undefined) byAge.set(age, (value = expectedPurchasesOfNewCustomer(model, { horizon: age / DAYS_PER_UNIT[timeUnit] })));
    return value;
  };
  for (let k = 0; k < steps; k++) {
    day[k] = origin + stepDays * (k + 1) - 1;
    for (const [first, customers] of cohorts) if (day[k]! > first) expectedCumulative[k]! += customers * expectedAt(day[k]! - first);
  }
  let sum = 0;
  const number = (data: Float64Array): { type: 'number'; data: Float64Array } => ({ type: 'number', data });
  return new Table([
    ['step', { type: 'integer', data: Int32Array.from(day.keys(), (k) => k + 1) }], ['day', { type: 'date', data: day }], ['actual', number(actual)],
    ['expected', number(expectedCumulative.map((value, k) => value - (k === 0 ? 0 : expectedCumulative[k - 1]!)))],
    ['actualCumulative', number(actual.map((value) => (sum += value)))], ['expectedCumulative', number(expectedCumulative)],
  ]);
}

/** First purchase day per customer of the cohort, the days of their repeat purchases (one per customer and day), and the log's ends. */
function purchaseDays(log: Transactions, until: number): { firsts: number[]; repeatDays: number[]; origin: number; last: number } {
  const { codes, count } = groupRows(log.column('customer'));
  const date = log.column('date') as DateColumn;
  const amount = log.column('amount');
  const perDay = UNITS_PER_DAY[date.unit ?? 'day'];
  const days: number[][] = Array.from({ length: count }, () => []);
  let origin = Infinity, last = -Infinity;
  for (let i = 0; i < codes.length; i++) {
    if (amount.type === 'number' && amount.data[i]! < 0) continue;
    const day = Math.floor(date.data[i]! / perDay);
    days[codes[i]!]!.push(day);
    origin = Math.min(origin, day);
    last = Math.max(last, day);
  }
  const firsts: number[] = [], repeatDays: number[] = [];
  for (const own of days) {
    own.sort((a, b) => a - b);
    if (own.length === 0 || own[0]! > until) continue;
    firsts.push(own[0]!);
    for (let k = 1; k < own.length; k++) if (own[k] !== own[k - 1]) repeatDays.push(own[k]!);
  }
  return { firsts, repeatDays, origin, last };
}
