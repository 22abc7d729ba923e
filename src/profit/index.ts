export { costToServe, type CostToServe, type CostToServeOptions } from './cost-to-serve.js';
export type { EventsInput } from './read-events.js';
export { activityCosts, type ActivityCostsOptions, type CapitalOption } from './activity-costs.js';
export { profitability, type Profitability, type ProfitabilityOptions } from './profitability.js';
export { whaleCurve, type WhaleCurve, type WhaleCurveOptions } from './whale-curve.js';
export { whatIf, type WhatIf, type WhatIfAction, type WhatIfOptions } from './what-if.js';
export { productMix, type ProductMix, type ProductMixOptions } from './product-mix.js';
export { compareMix, customerMix, type CompareMixOptions, type CustomerMixOptions } from './compare-mix.js';
export { managementTable, type ManagementPeriods, type ManagementTableOptions } from './management-table.js';
