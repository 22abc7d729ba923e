/** The same answers on all cores. */
export { summarizeCsv, type SummarizeCsvOptions } from './summarize-csv.js';
