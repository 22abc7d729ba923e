export type { Language } from './format.js';
export * as charts from './chart/index.js';
export type { Chart, ChartOptions } from './chart/chart.js';
export type { AliveHeatmapOptions, BacktestResult, BarsOptions, DistributionChartOptions, FlowOptions, FrequencyRecencyHeatmapOptions, HeatmapOptions, ParetoCurveOptions, TrackingCurveOptions, TreemapOptions } from './chart/index.js';
export { reportPage, type ReportOptions } from './page.js';
export { resultsPage, type CellFormat, type PageTable, type ResultsPageOptions, type ResultsPageParts } from './results-page.js';
export type { RetentionHeatmapOptions, StageFlowOptions } from './chart/index.js';
export { show, type NotebookDisplay, type ShowOptions } from './show.js';
