export { customersFromArrow, fromArrow, tableFromArrow, type FromArrowOptions, type TableFromArrowOptions } from './from-arrow.js';
export { toArrow, toArrowIPC, type ToArrowIPCOptions } from './to-arrow.js';
export type { ArrowInput, FlechetteModule, FlechetteOption } from './arrow-table.js';
export type { ArrowBatch, ArrowTable, ArrowType, ArrowVector } from './arrow-batches.js';
