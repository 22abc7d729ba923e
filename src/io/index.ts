export { csvChunks, csvWriter, toCsv, type CsvOptions, type CsvReport } from './to-csv.js';
export { jsonChunks, ndjsonChunks, toJson, toNdjson, type JsonOptions, type JsonReport } from './to-json.js';
export { parseCsv } from './parse-csv.js';
export { parseTable, type ReadTable, type TableColumns } from './parse-table.js';
export { inspectCsv, type Inspection } from './inspect-csv.js';
export { fromRows } from './from-rows.js';
export { fromColumns, type ColumnsInput } from './from-columns.js';
export { type BlobLike, type CsvSource } from './byte-source.js';
export { type ByteChunks, type StreamLike } from './chunks-reader.js';
export { type CsvReadingOptions } from './csv-options.js';
export { type Mapping } from './mapping.js';
export { type ReadingOptions } from './reading-options.js';
export { type Progress, type SignalLike } from './watch.js';

// For room parallel, which reads the same files another way
export { openCsv, type OpenedCsv } from './csv-opening.js';
export { csvGroups, newReading, type CsvDoor, type CsvGroup, type CsvReading } from './csv-to-log.js';
export { checkSomeLeft, finishLog } from './finish-log.js';
export { explainRow } from './explain-row.js';
export { farDaysWarning } from './far-date.js';
export { newBatch, type FieldBatch } from './field-batch.js';
export { wantedColumns, type WantedColumn } from './mapping.js';
export { isMissing, missingWords } from './missing-words.js';
export { readingSettings, type Settings } from './reading-options.js';
export { refusalOf, type NotedRow } from './refusals.js';
export { scanRows, type CsvCursor, type CsvLayout } from './scan-csv.js';
export { dateAt, numberAt } from './value-at.js';
