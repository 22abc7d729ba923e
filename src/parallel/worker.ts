import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorPlace } from '../core/index.js';
import type { Order, Reply } from './crew.js';
import { newJobSteps, type FoldOrder, type JobPlan, type RankOrder } from './job-steps.js';
import { newKmeansSteps } from './kmeans-steps.js';
import type { PlaceOrder } from './place.js';
import { WHOLE_STEPS, type SendNote } from './whole-steps.js';

type JobName = 'log' | 'whole' | 'kmeans';

const { job, plan, thread } = workerData as { job: JobName; plan: unknown; thread: number };
const reply = (message: Reply, handedOver: readonly ArrayBuffer[] = []): void => parentPort!.postMessage(message, handedOver);
const send: SendNote = (note, handedOver) => reply({ kind: 'note', note }, handedOver);

/** The steps of each job by name. */
function stepsOf(name: JobName): Readonly<Record<string, (payload: never, send: SendNote) => unknown>> {
  if (name === 'whole') return WHOLE_STEPS;
  if (name === 'kmeans') return newKmeansSteps(thread);
  const steps = newJobSteps(plan as JobPlan, thread);
  return {
    scan: () => steps.scan((chunk) => reply({ kind: 'note', note: chunk })),
    fold: (order: FoldOrder) => steps.fold(order),
    rank: (order: RankOrder) => steps.rank(order),
    place: (order: PlaceOrder) => steps.place(order),
  };
}

const STEPS = stepsOf(job);

parentPort!.on('message', ({ step, payload }: Order) => {
  try {
    reply({ kind: 'done', result: STEPS[step]!(payload as never, send) });
  } catch (e) {
    const { name, message, code, place } = e as Error & { code?: string; place?: ErrorPlace };
    reply({ kind: 'failed', name, message, ...(code === undefined ? {} : { code }), ...(place === undefined ? {} : { place }) });
  }
});
