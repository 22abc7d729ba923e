/** The same answers on all cores. */
export { kmeansParallel, type KmeansParallelOptions } from './kmeans-parallel.js';
export { rfmParallel } from './rfm-parallel.js';
export { summarizeCsv, type SummarizeCsvOptions } from './summarize-csv.js';
export { summarizeParallel, type ParallelOptions } from './summarize-parallel.js';
export { summarizeParquet, type SummarizeParquetOptions } from './summarize-parquet.js';
export { writeCsvParallel } from './write-csv-parallel.js';
