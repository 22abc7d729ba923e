/** The doors that need Node: files in and out, and all cores. */
export { inspectFile, readCsv, readTable, readXlsx, type CsvFileSource, type XlsxReadingOptions } from './io/node/index.js';
export { isClosedPipe, writeAtomic, writeCsv, writeJson, writeNdjson, type CsvWritten, type JsonWritten, type WriteAtomicOptions, type WriteCsvOptions, type WriteJsonOptions, type WriteOptions, type WriteTarget } from './io/node/index.js';
export { customersFromParquet, readParquet, tableFromParquet, writeParquet, type ByteSlices, type ParquetSource, type ParquetWritten, type ReadParquetOptions, type TableFromParquetOptions, type WriteParquetOptions } from './io/node/index.js';
export { kmeansParallel, type KmeansParallelOptions } from './parallel/index.js';
export { rfmParallel, summarizeCsv, summarizeParallel, summarizeParquet, writeCsvParallel, type ParallelOptions, type SummarizeCsvOptions, type SummarizeParquetOptions } from './parallel/index.js';
export { clvParallel, fitBgBbParallel, fitBgNbdParallel, fitGammaGammaParallel, fitMbgNbdParallel, fitParetoNbdParallel, type FitParallelOptions, type PurchaseFitParallelOptions, type Stoppable } from './parallel/index.js';
export { writeClusterReport, writeReport, type WriteClusterReportOptions, type WriteReportOptions } from './report/node/index.js';
export { writeSurveyReport, type WriteSurveyReportOptions } from './report/node/index.js';
