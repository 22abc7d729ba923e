export { writeReport, type WriteReportOptions } from './write-report.js';
export { writeSurveyReport, type WriteSurveyReportOptions } from './write-survey-report.js';
