import { asTable, type TableInput } from '../columns/index.js';
import { checkWatch, type SignalLike } from '../io/index.js';
import type { KmeansFit, KmeansOptions } from '../segmentation/index.js';
import { blocksOf, learnScalings, makeResult, prepareFit, prepareRows, readFit, SCORE_OPTIONS, staysByRow, stepBlock, transferPoints, wholeFit, type Clustering, type PreparedFit, type ReadFit, type ScaledFeature, type Step } from '../segmentation/node/index.js';
import { aborted, keptCrew, threadCount, type Crew } from './crew.js';
import type { KmeansParallelOptions } from './kmeans-parallel.js';
import type { KmeansPlan, LearnOrder } from './kmeans-steps.js';
import { shareArray } from './share.js';

/**
 * Below so many customers starting threads costs more than they save; points in boxes times starts. A first call with three
 * features, k = 8 and one start, on one thread and on two: 500,000 customers 529 and 603 ms, 1,000,000 918 and 885 ms.
 */
const SMALL = 100_000;
const SMALL_IN_BOXES = 1_000_000;

/** What {@link kmeansParallel} does. */
export async function kmeansInThreads(customers: TableInput, options: KmeansParallelOptions): Promise<KmeansFit> {
  const where = 'kmeansParallel';
  // Of what is no object nothing is left, and then `k` is missed.
  const { threads: asked, signal, ...rest } = Object(options) as KmeansParallelOptions;
  checkWatch(where, { signal });
  const threads = threadCount(where, asked);
  // Threads start while the customers are read here.
  const crew = asked === undefined && isSmall(asTable(where, customers).numRows, rest) ? undefined : keptCrew('kmeans', threads, where, signal);
  try {
    const read = readFit(where, customers, rest, [...SCORE_OPTIONS, 'threads', 'signal']);
    const prepared = crew === undefined ? prepareRows(read) : await prepareTogether(read, crew);
    const { clustering } = prepared;
    const next = new Int32Array(new SharedArrayBuffer(4));
    await crew?.all('begin', { clustering, next } satisfies KmeansPlan);
    const steps = wholeFit(prepared);
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        await crew?.all('begin', undefined);
        const { model, assigned, stats, found, warnings } = step.value;
        return makeResult({ where, model, features: prepared.features, assigned, stats, labels: rest.labels, warnings, more: { iterations: found.iterations, converged: found.converged } });
      }
      if (crew === undefined) await takeHere(clustering, step.value, where, signal);
      else {
        next[0] = 0;
        await crew.all('take', step.value);
      }
    }
  } finally {
    await crew?.close();
  }
}

/** How long steps in this thread go on before others may run. */
const BREATH_MS = 10;

/** As `prepareRows`, scalings learned on all threads. */
async function prepareTogether(read: ReadFit, crew: Crew): Promise<PreparedFit> {
  if (!staysByRow(read)) return prepareFit(read, true);
  const { where, features: { columns }, scalings } = read;
  const values: Float64Array[] = [];
  for (const column of read.features.values) values.push(await shareArray(column));
  const learned = new Map((await crew.all<[number, ScaledFeature][]>('learn', { where, columns, values, scalings, threads: crew.threads } satisfies LearnOrder)
    .catch((cause: unknown) => {
      // Of several features without spread the first is to be named.
      if ((cause as { code?: unknown }).code === 'VALUE_INVALID') learnScalings(read);
      throw cause;
    })).flat());
  return prepareRows(read, true, columns.map((_, f) => learned.get(f)!), values);
}

function isSmall(n: number, { features, starts = 10, initialCenters }: Partial<KmeansOptions>): boolean {
  return n < SMALL || ((features?.length ?? 3) <= 3 && n * (initialCenters === undefined ? starts : 1) < SMALL_IN_BOXES);
}

/** A step in this thread, block by block, so that others come in between. */
async function takeHere(clustering: Clustering, step: Step, where: string, signal: SignalLike | undefined): Promise<void> {
  const blocks = step === 'transfer' ? 1 : blocksOf(clustering, step);
  let last = -Infinity;
  for (let block = 0; block < blocks; block++) {
    if (performance.now() - last > BREATH_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted === true) throw aborted(where, signal.reason);
      last = performance.now();
    }
    if (step === 'transfer') transferPoints(clustering);
    else stepBlock(clustering, step, block);
  }
}
