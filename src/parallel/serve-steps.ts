import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorPlace } from '../core/index.js';
import type { Order, Reply } from './crew.js';

/** The steps of a job, by name. */
type Steps = Readonly<Record<string, (payload: never) => unknown>>;

/**
 * Take the steps that this thread is told to, one after the other.
 *
 * Each job has a thread file of its own (`…-thread.ts`), built into one file of CommonJS: it starts 17 ms earlier than from
 * modules, and reads no file in the background while it may be ended, which can end the whole program (nodejs/node#38418).
 *
 * @param make the steps, given the thread's number and where notes on the way go
 */
export function serveSteps(make: (thread: number, note: (note: unknown) => void) => object): void {
  const { thread } = workerData as { thread: number };
  const reply = (message: Reply): void => parentPort!.postMessage(message);
  const steps = make(thread, (note) => reply({ kind: 'note', note })) as Steps;
  parentPort!.on('message', ({ step, payload }: Order) => {
    try {
      reply({ kind: 'done', result: steps[step]!(payload as never) });
    } catch (e) {
      const { name, message, code, place } = e as Error & { code?: string; place?: ErrorPlace };
      reply({ kind: 'failed', name, message, ...(code === undefined ? {} : { code }), ...(place === undefined ? {} : { place }) });
    }
  });
}
