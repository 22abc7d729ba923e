import { checkKeys, checkWord, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { numbersOf, Table, type Column } from '../columns/index.js';
import { checkLog, type Customers, type SummarizeOptions, type Transactions } from '../transactions/index.js';
import { DAYS_PER_UNIT, expectedPurchases, fitBgNbd, fitMbgNbd, fitParetoNbd, type Horizon, type LifetimeModel, type TimeUnit } from '../clv/index.js';
import { rfm } from '../rfm/index.js';
import { holdout } from './holdout.js';
import { calibrationTable, decilesTable, metricsTable } from './backtest-tables.js';
import { comparedOf } from './metrics.js';

/** Models a backtest can fit. */
export type BacktestKind = 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd';
const FITS: Readonly<Record<BacktestKind, typeof fitBgNbd | typeof fitMbgNbd | typeof fitParetoNbd>> = { 'bg-nbd': fitBgNbd, 'mbg-nbd': fitMbgNbd, 'pareto-nbd': fitParetoNbd };

export interface BacktestOptions {
  /** last day that is known, 'YYYY-MM-DD', inclusive */
  readonly cutoff: string;
  /** how long after it is predicted and compared, in whole days: `{ weeks: 39 }`, or a number in `timeUnit` */
  readonly horizon: Exclude<Horizon, number> | number;
  /** kinds to fit on what is known; all three by default */
  readonly models?: readonly BacktestKind[];
  /** unit of the models, `'week'` by default */
  readonly timeUnit?: Exclude<TimeUnit, 'period'>;
  /** rules of `summarize`: returns, zeroOrders, frequency */
  readonly rules?: Pick<SummarizeOptions, 'returns' | 'zeroOrders' | 'frequency'>;
  /** intervals of the metrics by drawing customers with replacement; 90 %, 200 draws, seed 1 by default; `false` for none */
  readonly interval?: { readonly level: number; readonly draws: number; readonly seed: number } | false;
}

/** What a backtest found. */
export interface Backtest {
  /** one row per model and baseline: its metrics, each with the ends of its interval (`mae`, `maeLow`, `maeHigh`, …) */
  readonly table: Table;
  /** ten tenths per model and baseline: customers, predicted, actual, lift, gain */
  readonly deciles: Table;
  /** by number of repeat purchases known at the cutoff: customers, actual, and each model's mean prediction */
  readonly calibration: Table;
  /** per customer: what each predicted, and what happened (`actual` purchases, `actualMoney`) */
  readonly predictions: Table;
  readonly models: readonly LifetimeModel[];
  readonly meta: { readonly cutoff: string; readonly horizonDays: number; readonly customers: number; readonly actualPurchases: number };
  readonly diagnostics: Diagnostics;
}

const OPTIONS = ['cutoff', 'horizon', 'models', 'timeUnit', 'rules', 'interval'] as const;

/**
 * Do the models predict? Fit on what was known at a cutoff, predict each customer's purchases after it, and compare with
 * what happened; naive baselines beside them.
 *
 * Known is everything to the end of the cutoff day; true is the number of distinct purchase dates in (cutoff, cutoff +
 * horizon]. Baselines: `last-period` (the same number as in the time before the cutoff), `rfm-score` (sum of R, F and M
 * scores) and `recency` (who bought last first); the latter two rank only and have no errors in purchases.
 *
 * @param transactions an order log that reaches beyond cutoff + horizon; not modified
 * @param options see {@link BacktestOptions}
 * @returns metrics, deciles, calibration and predictions as tables, the fitted models, diagnostics
 * @throws ClienteleError `OPTION_INVALID`, and what `summarize` and the fits throw
 * @example
 * backtest(orders, { cutoff: '1997-09-30', horizon: { weeks: 39 } }).table;
 *
 * O(rows + customers × draws).
 */
export function backtest(transactions: Transactions, options: BacktestOptions): Backtest {
  const where = 'backtest';
  checkLog(where, transactions);
  checkKeys(where, options, OPTIONS);
  const { timeUnit = 'week', models: kinds = Object.keys(FITS) as BacktestKind[], rules = {}, interval = { level: 0.9, draws: 200, seed: 1 } } = options;
  checkWord(where, 'timeUnit', timeUnit, ['day', 'week', 'month', 'year']);
  for (const kind of kinds) checkWord(where, 'models', kind, Object.keys(FITS) as BacktestKind[]);
  checkKeys(where, rules, ['returns', 'zeroOrders', 'frequency']);
  const days = horizonDays(where, options.horizon, timeUnit);
  const known = holdout(where, transactions, options.cutoff, days, rules);
  const { customers, purchases: actual } = known;

  const models = kinds.map((kind) => FITS[kind](customers, { timeUnit }));
  const predicted: [name: string, values: Float64Array, scaled: boolean][] = models.map((model) => [model.kind, expectedPurchases(model, customers, { horizon: { days } }), true]);
  predicted.push(['last-period', known.before, true], ['rfm-score', rfmScore(customers), false], ['recency', numbersOf(where, customers, 'recency').map((d) => -d), false]);
  const compared = predicted.map(([, values, scaled]) => comparedOf(values, actual, scaled));
  const names = predicted.map(([name]) => name);
  const warnings: Warning[] = models.flatMap((model) => model.diagnostics.warnings);
  const ids: [string, Column] = ['customer', customers.column('customer')];
  const number = (name: string, data: Float64Array): [string, Column] => [name, { type: 'number', data }];
  return {
    table: metricsTable(where, names, compared, interval),
    deciles: decilesTable(names, compared),
    calibration: calibrationTable(where, customers, actual, predicted.slice(0, kinds.length)),
    predictions: new Table([ids, number('actual', actual), number('actualMoney', known.money), ...predicted.map(([name, values]) => number(name, values))]),
    models,
    meta: { cutoff: options.cutoff, horizonDays: days, customers: customers.numRows, actualPurchases: actual.reduce((sum, n) => sum + n, 0) },
    diagnostics: withWarnings(customers.diagnostics, warnings),
  };
}

function horizonDays(where: string, horizon: unknown, timeUnit: Exclude<TimeUnit, 'period'>): number {
  const perUnit: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: DAYS_PER_UNIT.month, years: DAYS_PER_UNIT.year };
  const [unit, count] = typeof horizon === 'number' ? ['', horizon] : Object.entries((horizon ?? {}) as Record<string, unknown>)[0] ?? ['', NaN];
  const days = Math.round(Number(count) * (typeof horizon === 'number' ? DAYS_PER_UNIT[timeUnit] : perUnit[unit] ?? NaN));
  if (days >= 1 && days < Infinity) return days;
  throw optionInvalid(where, 'horizon', typeof horizon === 'object' ? JSON.stringify(horizon) : horizon, 'Give a finite time of a day or more, such as { weeks: 26 }.');
}

/** Sum of the three RFM scores, quintiles. */
function rfmScore(customers: Customers): Float64Array {
  const scored = rfm(customers).table;
  const [r, f, m] = ['r', 'f', 'm'].map((name) => numbersOf('backtest', scored, name)) as [Float64Array, Float64Array, Float64Array];
  return r.map((score, i) => score + f[i]! + m[i]!);
}
