export { writeReport, type WriteReportOptions } from './write-report.js';
export { writeClusterReport, type WriteClusterReportOptions } from './write-cluster-report.js';
export { writeSurveyReport, type WriteSurveyReportOptions } from './write-survey-report.js';
