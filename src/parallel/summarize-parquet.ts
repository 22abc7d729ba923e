import { readParquet, type ParquetSource } from '../io/node/index.js';
import type { Mapping, ReadingOptions } from '../io/index.js';
import type { Customers, SummarizeOptions } from '../transactions/index.js';
import { summarizeParallel, type ParallelOptions } from './summarize-parallel.js';

/** Reading, summarizing, and how the work is shared out. */
export interface SummarizeParquetOptions extends ReadingOptions, SummarizeOptions, Omit<ParallelOptions, 'onProgress'> {}

const SUMMARIZING: readonly string[] = ['asOf', 'from', 'returns', 'zeroOrders', 'frequency', 'monetary', 'roster', 'carry', 'keepState'];

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
  const { threads, signal, ...rest } = options;
  const part = (wanted: (key: string) => boolean): object => Object.fromEntries(Object.entries(rest).filter(([key]) => wanted(key)));
  const watched = signal === undefined ? {} : { signal };
  const log = await readParquet(source, mapping, { ...part((key) => !SUMMARIZING.includes(key)), ...watched });
  return summarizeParallel(log, { ...part((key) => SUMMARIZING.includes(key)), ...watched, ...(threads === undefined ? {} : { threads }) });
}
