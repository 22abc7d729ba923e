export type { Language } from './format.js';
export * as charts from './chart/index.js';
export type { Chart, ChartOptions } from './chart/chart.js';
export type { AliveHeatmapOptions, BacktestResult, BarsOptions, ClusterResult, ClusterScatterOptions, DistributionChartOptions, FlowOptions, FrequencyRecencyHeatmapOptions, HeatmapOptions, ParetoCurveOptions, SilhouettePlotOptions, TrackingCurveOptions, TreemapOptions } from './chart/index.js';
export { reportPage, type ReportOptions } from './page.js';
export { clusterPage, type ClusterPageOptions } from './cluster-page.js';
export { show, type NotebookDisplay, type ShowOptions } from './show.js';
