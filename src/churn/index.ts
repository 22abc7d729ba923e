/** Churn: how many leave, where, why and when, what keeping them may cost, and who is next. */
export { churnRate, type ChurnRate, type ChurnRateOptions } from './churn-rate.js';
export { churnDistribution, type ChurnDistributionOptions } from './churn-distribution.js';
export { churnReasons, type ChurnReasonsOptions } from './churn-reasons.js';
export { kaplanMeier, type KaplanMeier, type KaplanMeierOptions } from './kaplan-meier.js';
export type { SurvivalLimits } from './survival-curve.js';
export { logRank, type LogRank, type LogRankOptions } from './log-rank.js';
export { hazardCurve, type HazardCurveOptions } from './hazard-curve.js';
export { retentionBreakEven, type RetentionBreakEven, type RetentionPlan } from './retention-break-even.js';
export { winBackRate, type WinBackRateOptions } from './win-back-rate.js';
export { winBackList, type WinBackListOptions } from './win-back-list.js';
export { fitChurn, type FitChurnOptions } from './fit-churn.js';
export { scoreChurn, scoreChurnOne, type ChurnRecord, type ChurnScore } from './score-churn.js';
export { explainChurn, type ExplainChurnOptions } from './explain-churn.js';
export { loadChurnModel } from './load-churn-model.js';
export type { ChurnModel, ChurnQuality, ChurnTerm } from './churn-model.js';
