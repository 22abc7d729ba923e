import type { TableInput } from '../columns/index.js';
import type { SignalLike } from '../io/index.js';
import type { KmeansFit, KmeansOptions } from '../segmentation/index.js';

/** Options of {@link kmeansParallel}. */
export interface KmeansParallelOptions extends KmeansOptions {
  /**
   * threads, 1 to 64. By default one per core, up to eight; the calling one where others would hardly have started: below
   * 1,000,000 customers times starts, and with more than three features below 100,000 customers. The result is the same.
   */
  readonly threads?: number;
  readonly signal?: SignalLike;
}

/**
 * The same as `kmeans`, bit for bit, on all cores and without holding up the event loop while clusters are sought.
 *
 * @param customers, options as for `kmeans`, and `threads`, `signal`
 * @throws ClienteleError what `kmeans` throws; `ABORTED` when the signal stops it
 * @example
 * const found = await kmeansParallel(customers, { k: 8, threads: 2 });
 *
 * Method: points lie in shared memory in fixed blocks, which threads take as they come; sums do not depend on who took
 * what. Reading and naming are done in the calling thread, and with more than three features or up to 20,000 customers
 * scaling and describing too. O(n k features / threads) an iteration.
 */
export async function kmeansParallel(customers: TableInput, options: KmeansParallelOptions): Promise<KmeansFit> {
  // With it comes room segmentation, for which nobody else should wait.
  const { kmeansInThreads } = await import('./kmeans-in-threads.js');
  return kmeansInThreads(customers, options);
}
