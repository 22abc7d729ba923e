/** The front door: everything that runs anywhere. Files are behind `clientele/node`. */

// The order log: in, and out
export { inspectCsv, parseCsv, fromColumns, fromRows, type BlobLike, type ByteChunks, type ColumnsInput, type CsvReadingOptions, type CsvSource, type Inspection, type Mapping, type Progress, type ReadingOptions, type SignalLike, type StreamLike } from './io/index.js';
export { parseTable, type ReadTable, type TableColumns } from './io/index.js';
export { toCsv, toJson, toNdjson, type CsvOptions, type CsvReport, type JsonOptions, type JsonReport } from './io/index.js';

// Tables
export { table, Table, type CategoryColumn, type Cell, type Column, type ColumnInput, type ColumnType, type DateColumn, type FlagColumn, type HtmlOptions, type IntegerColumn, type NumberColumn, type Showable, type TableInput, type TextColumn, type TextOptions } from './columns/index.js';

// Orders and customers
export { exampleOrders, mergeCustomers, summarize, type ExampleOptions, type MergeOptions, type RosterInput, type SummarizeOptions } from './transactions/index.js';
export { CANCELLED_STATUSES, Customers, ROLES, Transactions, type CustomersMeta, type LogMeta, type Role } from './transactions/index.js';
export { OCTANTS, octantOf, type Octant } from './transactions/index.js';

// Scores and segments
export * from './rfm/index.js';

// Where the money is: concentration, profit, what to decide
export * from './pareto/index.js';
export * from './profit/index.js';
export * from './decisions/index.js';

// What goes together, and what to offer whom
export * from './basket/index.js';

// How satisfied they are
export * from './satisfaction/index.js';
// Who stays: retention, stages, types, points programmes
export * from './loyalty/index.js';

// Who is slipping
export * from './churn/index.js';
export * from './warnings/index.js';

// Segments found in the data
export * from './segmentation/index.js';

// One customer, one record
export * from './identity/index.js';

// What each customer will be worth, and whether such models predict
export * from './clv/index.js';
export * from './evaluate/index.js';

// A page for people
export * from './report/index.js';

// Models of any kind, errors, diagnostics
export { loadModel, type Model, type ModelKind } from './load-model.js';
export { ClienteleError, isClienteleError, type DateUnit, type Diagnostics, type ErrorCode, type ErrorPlace, type Refusal, type Warning } from './core/index.js';
