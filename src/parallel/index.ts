/** The same answers on all cores. */
export { summarizeCsv, type SummarizeCsvOptions } from './summarize-csv.js';
export { kmeansParallel, type KmeansParallelOptions } from './kmeans-parallel.js';
