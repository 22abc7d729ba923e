/** The doors that need Node: files in and out, and all cores. */
export { readCsv, type CsvFileSource } from './io/node/index.js';
export { isClosedPipe, writeAtomic, writeCsv, writeJson, writeNdjson, type CsvWritten, type JsonWritten, type WriteAtomicOptions, type WriteCsvOptions, type WriteJsonOptions, type WriteOptions, type WriteTarget } from './io/node/index.js';
export { kmeansParallel, summarizeCsv, type KmeansParallelOptions, type SummarizeCsvOptions } from './parallel/index.js';
export { writeReport, type WriteReportOptions } from './report/node/index.js';
