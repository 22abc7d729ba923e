export { writeReport, type WriteReportOptions } from './write-report.js';
