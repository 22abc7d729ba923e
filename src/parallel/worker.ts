import { parentPort, workerData } from 'node:worker_threads';
import type { Order, Reply } from './crew.js';
import { newJobSteps, type FoldOrder, type JobPlan, type RankOrder } from './csv-steps.js';
import { newKmeansSteps, type KmeansPlan } from './kmeans-steps.js';
import type { PlaceOrder } from './place.js';

type Steps = Readonly<Record<string, (payload: never) => unknown>>;

const { job, plan, thread } = workerData as { job: string; plan: unknown; thread: number };
const reply = (message: Reply): void => parentPort!.postMessage(message);
const STEPS = job === 'kmeans' ? kmeansSteps(plan as KmeansPlan) : csvSteps(plan as JobPlan);

/** The steps of reading CSV by name. */
function csvSteps(ofJob: JobPlan): Steps {
  const steps = newJobSteps(ofJob, thread);
  return {
    scan: () => steps.scan((chunk) => reply({ kind: 'note', note: chunk })),
    fold: (order: FoldOrder) => steps.fold(order),
    rank: (order: RankOrder) => steps.rank(order),
    place: (order: PlaceOrder) => steps.place(order),
  };
}

/** The steps of k-means by name. */
function kmeansSteps(ofJob: KmeansPlan): Steps {
  const steps = newKmeansSteps(ofJob, thread);
  return Object.fromEntries((['scan', 'walk', 'sum', 'inertia', 'transfer'] as const).map((step) => [step, () => steps.take(step)]));
}

parentPort!.on('message', ({ step, payload }: Order) => {
  try {
    reply({ kind: 'done', result: STEPS[step]!(payload as never) });
  } catch (e) {
    const { name, message, code } = e as Error & { code?: string };
    reply({ kind: 'failed', name, message, ...(code === undefined ? {} : { code }) });
  }
});
