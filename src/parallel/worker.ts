import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorPlace } from '../core/index.js';
import type { Order, Reply } from './crew.js';
import { newLogSteps } from './job-steps.js';

type JobName = 'log' | 'whole' | 'format' | 'kmeans';

const { job, thread } = workerData as { job: JobName; thread: number };
const reply = (message: Reply): void => parentPort!.postMessage(message);

type Steps = Readonly<Record<string, (payload: never) => unknown>>;

/** The steps of each job by name. Those of a log stand in this file; the others are loaded by who needs them (all of it took half of a thread's 60 ms to start). */
async function stepsOf(name: JobName): Promise<Steps> {
  if (name === 'whole') return (await import('./whole-steps.js')).WHOLE_STEPS;
  if (name === 'format') return (await import('./format-steps.js')).FORMAT_STEPS;
  if (name === 'kmeans') return { ...(await import('./kmeans-steps.js')).newKmeansSteps(thread) };
  return { ...newLogSteps(thread, (chunk) => reply({ kind: 'note', note: chunk })) };
}

const loading = stepsOf(job);
// Heard with the first message.
loading.catch(() => undefined);

parentPort!.on('message', async ({ step, payload }: Order) => {
  try {
    reply({ kind: 'done', result: (await loading)[step]!(payload as never) });
  } catch (e) {
    const { name, message, code, place } = e as Error & { code?: string; place?: ErrorPlace };
    reply({ kind: 'failed', name, message, ...(code === undefined ? {} : { code }), ...(place === undefined ? {} : { place }) });
  }
});
