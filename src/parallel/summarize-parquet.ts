import { checkKeys } from '../core/index.js';
import { readParquet, type ParquetSource, type ReadParquetOptions } from '../io/node/index.js';
import { READING_OPTIONS, WATCH_OPTIONS, type Mapping } from '../io/index.js';
import { SUMMARIZE_OPTIONS, type Customers, type SummarizeOptions } from '../transactions/index.js';
import { summarizeParallel, type ParallelOptions } from './summarize-parallel.js';

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
  checkKeys('summarizeParquet', options, [...READING_OPTIONS, ...WATCH_OPTIONS, ...SUMMARIZING, 'threads']);
  const { threads, signal, ...rest } = options;
  const part = (wanted: (key: string) => boolean): object => Object.fromEntries(Object.entries(rest).filter(([key]) => wanted(key)));
  const watched = signal === undefined ? {} : { signal };
  const log = await readParquet(source, mapping, { ...part((key) => !SUMMARIZING.includes(key)), ...watched });
  return summarizeParallel(log, { ...part((key) => SUMMARIZING.includes(key)), ...watched, ...(threads === undefined ? {} : { threads }) });
}
