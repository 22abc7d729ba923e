import { checkKeys } from '../core/index.js';
import { readParquet, type ParquetSource, type ReadParquetOptions } from '../io/node/index.js';
import { checkWatch, READING_OPTIONS, WATCH_OPTIONS, type Mapping } from '../io/index.js';
import { checkSummarizeOptions, Customers, SUMMARIZE_OPTIONS, type SummarizeOptions } from '../transactions/index.js';
import { threadCount } from './crew.js';
import { summarizeParallel, type ParallelOptions } from './summarize-parallel.js';
import { summarizeRowGroups } from './summarize-row-groups.js';

/** Reading, summarizing, and how the work is shared out. */
export interface SummarizeParquetOptions extends ReadParquetOptions, SummarizeOptions, Pick<ParallelOptions, 'threads'> {}

const SUMMARIZING: readonly string[] = SUMMARIZE_OPTIONS;

/**
 * One row per customer straight from a Parquet file: the same, bit for bit, as `summarize(await readParquet(…))`.
 *
 * Only the mapped columns are read, by this thread; they are summarized on all cores.
 *
 * @throws ClienteleError what `readParquet` and `summarizeParallel` throw
 * @example
 * const customers = await summarizeParquet('orders.parquet', { customer: 'id', date: 'day', amount: 'total' });
 */
export async function summarizeParquet(source: ParquetSource, mapping: Mapping, options: SummarizeParquetOptions = {}): Promise<Customers> {
  const where = 'summarizeParquet';
  checkKeys(where, options, [...READING_OPTIONS, ...WATCH_OPTIONS, ...SUMMARIZING, 'threads']);
  checkWatch(where, options);
  const { threads, ...rest } = options;
  if (threads !== undefined) threadCount(where, threads);
  const part = (wanted: (key: string) => boolean): object => Object.fromEntries(Object.entries(rest).filter(([key]) => wanted(key)));
  const reading: ReadParquetOptions = part((key) => !SUMMARIZING.includes(key));
  const summarizing: SummarizeOptions = part((key) => SUMMARIZING.includes(key));
  checkSummarizeOptions(where, summarizing);
  const fast = await summarizeRowGroups(source, mapping, reading, summarizing, threads);
  if (fast !== undefined) return fast;
  const { signal } = reading;
  const customers = await summarizeParallel(await readParquet(source, mapping, reading), { ...summarizing, ...(signal === undefined ? {} : { signal }), ...(threads === undefined ? {} : { threads }) });
  return new Customers(customers.entries(), customers.meta, { ...customers.diagnostics, method: 'in-memory' }, customers.state);
}
