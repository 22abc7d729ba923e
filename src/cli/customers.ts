import type { Customers } from '../transactions/index.js';
import { summarizeCsv } from '../node.js';
import type { FlagValues } from './flags.js';
import { terminalProgress } from './progress.js';
import { readingOf } from './proposal.js';
import { summarizeOptions } from './score.js';

/** The customers of an order log, and what is to be said about how it was read. */
export interface ReadCustomers {
  readonly customers: Customers;
  readonly said: readonly string[];
}

/**
 * Read the file a command names into customers, with progress on the terminal.
 *
 * @throws UsageError where a column is neither named nor found
 */
export async function readCustomers(file: string, flags: FlagValues, signal: AbortSignal): Promise<ReadCustomers> {
  const progress = terminalProgress(flags['quiet'] === true);
  const { source, mapping, options, said } = await readingOf(file, flags);
  const customers = await summarizeCsv(source, mapping, {
    ...options, ...summarizeOptions(flags), signal,
    onProgress: ({ bytes, totalBytes }) => progress.update('reading', bytes, totalBytes),
  }).finally(progress.clear);
  return { customers, said };
}
