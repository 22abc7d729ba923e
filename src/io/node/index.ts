export { writeCsv, writeJson, writeNdjson, type CsvWritten, type JsonWritten, type WriteCsvOptions, type WriteJsonOptions, type WriteOptions, type WriteTarget } from './write.js';
export { writeAtomic, writeByPosition, type WriteAtomicOptions } from './write-atomic.js';
export { isClosedPipe } from './unwritable.js';
export type { ByteStream } from './write-stream.js';
export { fileDoor, readCsv, type CsvFileSource } from './read-csv.js';
export { readTable } from './read-table.js';
export { locateFile } from './locate-file.js';
export { inspectFile } from './inspect-file.js';
export { readXlsx, sheetAsCsv, type XlsxReadingOptions } from './read-xlsx.js';
export { readParquet, type ReadParquetOptions } from './read-parquet.js';
export { customersFromParquet, tableFromParquet, type TableFromParquetOptions } from './table-from-parquet.js';
export { writeParquet, type ParquetWritten, type WriteParquetOptions } from './write-parquet.js';
export type { ByteSlices, ParquetSource } from './parquet-file.js';

// For room parallel, which reads the same files another way
export { pathOf, sourceName } from './parquet-file.js';
export { openGroups, parquetGroups, type ParquetGroups } from './parquet-groups.js';
