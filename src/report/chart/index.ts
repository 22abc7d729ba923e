/** Charts: plain Vega-Lite v5 specifications with their data inside, already aggregated. */
export { calibration, type BacktestResult } from './calibration.js';
export { clusterComparison } from './cluster-comparison.js';
export { clusterProfiles } from './cluster-profiles.js';
export { clusterScatter, type ClusterScatterOptions } from './cluster-scatter.js';
export type { ClusterResult } from './cluster-parts.js';
export { crossTabHeatmap } from './cross-tab-heatmap.js';
export { silhouettePlot, type SilhouettePlotOptions } from './silhouette-plot.js';
export { distribution, type DistributionChartOptions } from './distribution.js';
export { aliveHeatmap, frequencyRecencyHeatmap, type AliveHeatmapOptions, type FrequencyRecencyHeatmapOptions } from './lifetime-heatmap.js';
export { paretoCurve, type ParetoCurveOptions } from './pareto-curve.js';
export { rfmHeatmap, type HeatmapOptions } from './rfm-heatmap.js';
export { segmentBars, type BarsOptions } from './segment-bars.js';
export { segmentFlow, type FlowOptions } from './segment-flow.js';
export { segmentTreemap, type TreemapOptions } from './segment-treemap.js';
export { trackingCurve, type TrackingCurveOptions } from './tracking-curve.js';
