/** The same answers on all cores. */
export { kmeansParallel, type KmeansParallelOptions } from './kmeans-parallel.js';
export { clvParallel } from './clv-parallel.js';
export { fitBgBbParallel, fitBgNbdParallel, fitGammaGammaParallel, fitMbgNbdParallel, fitParetoNbdParallel, type FitParallelOptions, type PurchaseFitParallelOptions, type Stoppable } from './fit-parallel.js';
export { rfmParallel } from './rfm-parallel.js';
export { summarizeCsv, type SummarizeCsvOptions } from './summarize-csv.js';
export { summarizeParallel, type ParallelOptions } from './summarize-parallel.js';
export { summarizeParquet, type SummarizeParquetOptions } from './summarize-parquet.js';
export { writeCsvParallel } from './write-csv-parallel.js';
