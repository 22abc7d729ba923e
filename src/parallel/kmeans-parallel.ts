import { asTable, type TableInput } from '../columns/index.js';
import { checkWatch, type SignalLike } from '../io/index.js';
import type { KmeansFit, KmeansOptions } from '../segmentation/index.js';
import { finishFit, fitSteps, makeResult, prepareFit, SCORE_OPTIONS, takeStep, type Step } from '../segmentation/node/index.js';
import { aborted, newCrew, threadCount, type Crew } from './crew.js';
import type { KmeansPlan } from './kmeans-steps.js';

/** Options of {@link kmeansParallel}. */
export interface KmeansParallelOptions extends KmeansOptions {
  /** threads, 1 to 64; by default one per core, up to eight, and one below 100,000 customers. The result is the same. */
  readonly threads?: number;
  readonly signal?: SignalLike;
}

/** Below this many customers starting threads costs more than they save. */
const SMALL = 100_000;

/**
 * The same as `kmeans`, bit for bit, on all cores and without holding up the event loop while clusters are sought.
 *
 * @param customers, options as for `kmeans`, and `threads`, `signal`
 * @throws ClienteleError what `kmeans` throws; `ABORTED` when the signal stops it
 * @example
 * const found = await kmeansParallel(customers, { k: 8, threads: 2 });
 *
 * Method: points lie in shared memory in fixed blocks; each thread has its blocks, sums are added in the order of the
 * blocks. Reading, scaling and naming are done in the calling thread. O(n k features / threads) an iteration.
 */
export async function kmeansParallel(customers: TableInput, options: KmeansParallelOptions): Promise<KmeansFit> {
  const where = 'kmeansParallel';
  const { threads: asked, signal, ...rest } = options;
  checkWatch(where, { signal });
  const threads = threadCount(where, asked);
  // Threads start while the customers are read and laid out here.
  const crew = asked === undefined && asTable(where, customers).numRows < SMALL ? undefined : newCrew('kmeans', undefined, threads, where, signal);
  try {
    const prepared = prepareFit(where, customers, rest, [...SCORE_OPTIONS, 'threads', 'signal'], true);
    const { clustering } = prepared;
    await crew?.all('begin', { clustering, threads } satisfies KmeansPlan);
    const steps = fitSteps(prepared);
    for (;;) {
      const next = steps.next();
      if (next.done === true) {
        const { model, assigned, stats, found, warnings } = finishFit(prepared, next.value);
        return makeResult({ where, model, features: prepared.features, assigned, stats, labels: rest.labels, warnings, more: { iterations: found.iterations, converged: found.converged } });
      }
      await takeTogether(next.value, crew, where, signal, () => takeStep(clustering, next.value));
    }
  } finally {
    await crew?.close();
  }
}

async function takeTogether(step: Step, crew: Crew | undefined, where: string, signal: SignalLike | undefined, here: () => void): Promise<void> {
  if (crew !== undefined) {
    await crew.all(step, undefined);
    return;
  }
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted === true) throw aborted(where, signal.reason);
  here();
}
