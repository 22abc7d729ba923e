export type { Language } from './format.js';
export * as charts from './chart/index.js';
export type { Chart, ChartOptions } from './chart/chart.js';
export type { AliveHeatmapOptions, BacktestResult, BarsOptions, DistributionChartOptions, FlowOptions, FrequencyRecencyHeatmapOptions, HeatmapOptions, ParetoCurveOptions, SurveyCellOptions, SurveyTrendOptions, TrackingCurveOptions, TreemapOptions } from './chart/index.js';
export { reportPage, type ReportOptions } from './page.js';
export { surveyPage, type SurveyPageOptions, type SurveyPart } from './survey-page.js';
export { show, type NotebookDisplay, type ShowOptions } from './show.js';
