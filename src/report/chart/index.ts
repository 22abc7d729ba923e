/** Charts: plain Vega-Lite v5 specifications with their data inside, already aggregated. */
export { ageingBars } from './ageing-bars.js';
export { alertTimeline, type AlertTimelineOptions } from './alert-timeline.js';
export { calibration, type BacktestResult } from './calibration.js';
export { churnBars } from './churn-bars.js';
export { controlChart } from './control-chart.js';
export { distribution, type DistributionChartOptions } from './distribution.js';
export { aliveHeatmap, frequencyRecencyHeatmap, type AliveHeatmapOptions, type FrequencyRecencyHeatmapOptions } from './lifetime-heatmap.js';
export { offers, type OffersChartOptions } from './offers.js';
export { paretoCurve, type ParetoCurveOptions } from './pareto-curve.js';
export { rfmHeatmap, type HeatmapOptions } from './rfm-heatmap.js';
export { rocCurve, type RocCurveOptions, type WarningsEvaluationResult } from './roc-curve.js';
export { rulesGraph, type RulesGraphOptions } from './rules-graph.js';
export { rulesScatter, type RulesScatterOptions } from './rules-scatter.js';
export { segmentBars, type BarsOptions } from './segment-bars.js';
export { segmentFlow, type FlowOptions } from './segment-flow.js';
export { segmentTreemap, type TreemapOptions } from './segment-treemap.js';
export { survivalCurves, type SurvivalCurvesOptions } from './survival-curves.js';
export { trackingCurve, type TrackingCurveOptions } from './tracking-curve.js';
