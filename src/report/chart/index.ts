/** Charts: plain Vega-Lite v5 specifications with their data inside, already aggregated. */
export { abcXyzMatrix } from './abc-xyz-matrix.js';
export { calibration, type BacktestResult } from './calibration.js';
export { distribution, type DistributionChartOptions } from './distribution.js';
export { keyCustomerMatrix } from './key-customer-matrix.js';
export { aliveHeatmap, frequencyRecencyHeatmap, type AliveHeatmapOptions, type FrequencyRecencyHeatmapOptions } from './lifetime-heatmap.js';
export { lorenzCurve, type LorenzCurveOptions } from './lorenz-curve.js';
export { paretoCurve, type ParetoCurveOptions } from './pareto-curve.js';
export { productMatrix, type ProductMatrixOptions } from './product-matrix.js';
export { rfmHeatmap, type HeatmapOptions } from './rfm-heatmap.js';
export { segmentBars, type BarsOptions } from './segment-bars.js';
export { segmentFlow, type FlowOptions } from './segment-flow.js';
export { segmentTreemap, type TreemapOptions } from './segment-treemap.js';
export { sensitivityRange } from './sensitivity-range.js';
export { trackingCurve, type TrackingCurveOptions } from './tracking-curve.js';
export { whaleCurve } from './whale-curve.js';
