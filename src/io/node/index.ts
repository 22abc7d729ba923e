export { writeCsv, writeJson, writeNdjson, type CsvWritten, type JsonWritten, type WriteCsvOptions, type WriteJsonOptions, type WriteOptions, type WriteTarget } from './write.js';
export { writeAtomic, type WriteAtomicOptions } from './write-atomic.js';
export { isClosedPipe } from './unwritable.js';
export type { ByteStream } from './write-stream.js';
export { readCsv, type CsvFileSource } from './read-csv.js';
export { locateFile } from './locate-file.js';
export { inspectFile } from './inspect-file.js';
export { readXlsx, sheetAsCsv, type XlsxReadingOptions } from './read-xlsx.js';
