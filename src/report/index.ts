export type { Language } from './format.js';
export * as charts from './chart/index.js';
export type { Chart, ChartOptions } from './chart/chart.js';
// Not through the charts' own door: what other entries share must not stand in a namespace, where the types' bundler takes it for a value.
export type { ClusterResult } from './chart/cluster-parts.js';
export type {
  AlertTimelineOptions,
  AliveHeatmapOptions,
  BacktestResult,
  BarsOptions,
  ClusterScatterOptions,
  DistributionChartOptions,
  FlowOptions,
  FrequencyRecencyHeatmapOptions,
  HeatmapOptions,
  LorenzCurveOptions,
  OffersChartOptions,
  ParetoCurveOptions,
  ProductMatrixOptions,
  RetentionHeatmapOptions,
  RocCurveOptions,
  RulesGraphOptions,
  RulesScatterOptions,
  SilhouettePlotOptions,
  StageFlowOptions,
  SurveyCellOptions,
  SurveyTrendOptions,
  SurvivalCurvesOptions,
  TrackingCurveOptions,
  TreemapOptions,
  WarningsEvaluationResult,
} from './chart/index.js';
export { reportPage, type ReportOptions } from './page.js';
export { warningsPage, type WarningsPageOptions } from './warnings-page.js';
export { resultsPage, type CellFormat, type PageTable, type ResultsPageOptions, type ResultsPageParts } from './results-page.js';
export { clusterPage, type ClusterPageOptions } from './cluster-page.js';
export { surveyPage, type SurveyPageOptions, type SurveyPart } from './survey-page.js';
export { show, type NotebookDisplay, type ShowOptions } from './show.js';
