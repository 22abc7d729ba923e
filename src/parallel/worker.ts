import { parentPort, workerData } from 'node:worker_threads';
import type { Order, Reply } from './crew.js';
import { newJobSteps, type FoldOrder, type JobPlan, type RankOrder } from './csv-steps.js';
import type { PlaceOrder } from './place.js';

const { plan, thread } = workerData as { job: string; plan: JobPlan; thread: number };
const reply = (message: Reply): void => parentPort!.postMessage(message);
const steps = newJobSteps(plan, thread);

/** The steps by name. */
const STEPS: Readonly<Record<string, (payload: never) => unknown>> = {
  scan: () => steps.scan((chunk) => reply({ kind: 'note', note: chunk })),
  fold: (order: FoldOrder) => steps.fold(order),
  rank: (order: RankOrder) => steps.rank(order),
  place: (order: PlaceOrder) => steps.place(order),
};

parentPort!.on('message', ({ step, payload }: Order) => {
  try {
    reply({ kind: 'done', result: STEPS[step]!(payload as never) });
  } catch (e) {
    const { name, message, code } = e as Error & { code?: string };
    reply({ kind: 'failed', name, message, ...(code === undefined ? {} : { code }) });
  }
});
