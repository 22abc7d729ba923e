/** Charts: plain Vega-Lite v5 specifications with their data inside, already aggregated. */
export { calibration, type BacktestResult } from './calibration.js';
export { distribution, type DistributionChartOptions } from './distribution.js';
export { aliveHeatmap, frequencyRecencyHeatmap, type AliveHeatmapOptions, type FrequencyRecencyHeatmapOptions } from './lifetime-heatmap.js';
export { paretoCurve, type ParetoCurveOptions } from './pareto-curve.js';
export { rfmHeatmap, type HeatmapOptions } from './rfm-heatmap.js';
export { segmentBars, type BarsOptions } from './segment-bars.js';
export { segmentFlow, type FlowOptions } from './segment-flow.js';
export { segmentTreemap, type TreemapOptions } from './segment-treemap.js';
export { trackingCurve, type TrackingCurveOptions } from './tracking-curve.js';
export { loyaltyMatrix } from './loyalty-matrix.js';
export { retentionCurves } from './retention-curves.js';
export { retentionHeatmap, type RetentionHeatmapOptions } from './retention-heatmap.js';
export { stageFlow, stageShares, type StageFlowOptions } from './stage-flow.js';
