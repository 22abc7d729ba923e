/** Does it predict? Backtests against what happened and against naive baselines. */
export { backtest, type Backtest, type BacktestKind, type BacktestOptions } from './backtest.js';
export { tracking, type TrackingOptions } from './tracking.js';
export type { Decile, Metrics } from './metrics.js';
export { evaluateWarnings, type EvaluateWarningsOptions, type WarningsEvaluation } from './evaluate-warnings.js';
export { evaluateOffers, type EvaluateOffersOptions, type OffersEvaluation } from './evaluate-offers.js';
