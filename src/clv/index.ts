/** Lifetime value: how often customers will buy, whether they are still there, what they are worth, and how sure that is. */
// Models
export { fitBgNbd, fitMbgNbd } from './fit-bg-nbd.js';
export { fitParetoNbd } from './fit-pareto-nbd.js';
export { fitBgBb } from './fit-bg-bb.js';
export { fitGammaGamma } from './fit-gamma-gamma.js';
export { modelFrom, type ModelFromOptions } from './model-from.js';
export { loadBdwModel, loadBgBbModel, loadBgNbdModel, loadGammaGammaModel, loadLifetimeModel, loadMbgNbdModel, loadParetoNbdModel, loadSbgModel } from './load-model.js';
export { fromBtyd, type BtydColumns } from './from-btyd.js';
export { DAYS_PER_UNIT, PARAMETERS as LIFETIME_PARAMETERS, type BdwModel, type BgBbModel, type BgNbdModel, type ContractKind, type ContractModel, type CovariateNames, type GammaGammaModel, type MbgNbdModel, type Model as LifetimeModel, type ModelKind as LifetimeModelKind, type ModelMeta as LifetimeModelMeta, type ParetoNbdModel, type PurchaseKind, type PurchaseModel, type SbgModel, type TimeUnit } from './model.js';
export type { FitOptions } from './maximize-likelihood.js';
export type { PurchaseFitOptions } from './fit-purchases.js';
// Answers
export { probabilityAlive, probabilityAliveOne, type AliveOptions } from './probability-alive.js';
export { discountedExpectedPurchases, discountedExpectedPurchasesOne, expectedPurchases, expectedPurchasesOfNewCustomer, expectedPurchasesOne, type DiscountedOptions, type HorizonOptions } from './expected-purchases.js';
export { probabilityOfNoPurchase, probabilityOfNoPurchaseOne, purchaseDistribution, purchaseDistributionOfNewCustomer, purchaseDistributionOne, type DistributionOptions } from './purchase-distribution.js';
export { expectedSpend, expectedSpendOne } from './expected-spend.js';
export { logLikelihood, logLikelihoodOne } from './log-likelihood.js';
export type { DiscountOptions, Horizon } from './horizon.js';
export type { PeriodRecord, PurchaseRecord } from './score-purchases.js';
// Contracts
export { fitBdw, fitSbg } from './fit-contract.js';
export { discountedLifetime, retentionRate, survival, type DiscountedLifetimeOptions } from './survival.js';
export type { ContractInput, SurvivorCounts } from './contract-rows.js';
// Value
export { clv, type ClvOptions } from './clv.js';
export { LifetimeValues, valueLine, type ValueMeta } from './lifetime-values.js';
export { historicalValue, type HistoricalValueOptions } from './historical-value.js';
export { simpleLifetimeValue, type SimpleValueOptions } from './simple-lifetime-value.js';
// How sure
export { confidenceIntervals } from './confidence-intervals.js';
export { compareModels, likelihoodRatioTest, type LikelihoodRatio } from './compare-models.js';
export { parameterDraws, type DrawOptions } from './parameter-draws.js';
export { bootstrapModels } from './bootstrap-models.js';
export { predictionInterval, type IntervalOptions } from './prediction-interval.js';
