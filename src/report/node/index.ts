export { writeReport, type WriteReportOptions } from './write-report.js';
export { writeClusterReport, type WriteClusterReportOptions } from './write-cluster-report.js';
