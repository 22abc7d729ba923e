import { Worker } from 'node:worker_threads';
import { availableParallelism } from 'node:os';
import { ClienteleError, isClienteleError, optionInvalid, type ErrorCode, type ErrorPlace } from '../core/index.js';
import { checkWatch, type SignalLike } from '../io/index.js';

/** What goes to a worker: the name of a step and what it needs. */
export interface Order {
  readonly step: string;
  readonly payload: unknown;
}

/** What comes back: a note on the way, the step's result, or what it threw. */
export type Reply =
  | { readonly kind: 'note'; readonly note: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly code?: string; readonly place?: ErrorPlace };

/** Threads that take the same steps together. */
export interface Crew {
  readonly threads: number;
  /** Let every thread take a step; their results by thread. Notes are passed on as they come. */
  all<R>(step: string, payload: unknown, onNote?: (note: unknown) => void): Promise<R[]>;
  /** End the threads; what they hold is gone. */
  close(): Promise<void>;
}

/**
 * Start threads for a job.
 *
 * @param job name of the job, as the worker knows it
 * @param plan what every thread is given at its start: plain data and shared memory
 * @throws ClienteleError `OPTION_INVALID` for what is no signal
 */
export function newCrew(job: string, plan: unknown, threads: number, where: string, signal: SignalLike | undefined): Crew {
  checkWatch(where, { signal });
  // Plain JavaScript, which needs none of the program's own flags: with the loader of tsx a thread took 92 ms to start, without 37.
  const workers = Array.from({ length: threads }, (_, thread) => new Worker(new URL('./worker.js', import.meta.url), { workerData: { job, plan, thread }, execArgv: [] }));
  let giveUp: ((error: Error) => void) | undefined;
  // A thread may fail before its first step is asked for.
  let broken: Error | undefined;
  for (const worker of workers) worker.on('error', (cause) => (broken ??= cause as Error));
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  const abort = (): void => giveUp?.(aborted(where, signal?.reason));
  signal?.addEventListener('abort', abort);

  const one = <R>(worker: Worker, order: Order, onNote?: (note: unknown) => void): Promise<R> => new Promise((done, failed) => {
    const end = (): void => {
      worker.off('message', hear);
      worker.off('error', crash);
    };
    const crash = (cause: unknown): void => {
      end();
      failed(cause as Error);
    };
    const hear = (reply: Reply): void => {
      try {
        if (reply.kind === 'note') {
          onNote?.(reply.note);
          return;
        }
        end();
        if (reply.kind === 'done') done(reply.result as R);
        else failed(thrown(reply));
      } catch (e) {
        crash(e);
      }
    };
    worker.on('message', hear).on('error', crash);
    worker.postMessage(order);
  });

  return {
    threads,
    close,
    all: (step, payload, onNote) => {
      if (signal?.aborted === true) return Promise.reject(aborted(where, signal.reason));
      if (broken !== undefined) return Promise.reject(broken);
      return new Promise((done, failed) => {
        giveUp = failed;
        Promise.all(workers.map((worker) => one(worker, { step, payload }, onNote))).then((results) => done(results as never), failed);
      });
    },
  };
}

/** What a thread threw, as it would have been here. */
function thrown({ name, message, code, place }: Extract<Reply, { kind: 'failed' }>): Error {
  if (name !== 'ClienteleError' || place === undefined) return Object.assign(new Error(message), { name, code });
  const error = new ClienteleError(code as ErrorCode, place, '', '');
  error.message = message;
  return error;
}

/** The number of threads asked for, or one per core up to eight. */
export function threadCount(where: string, threads: unknown): number {
  if (threads === undefined) return Math.min(8, availableParallelism());
  if (typeof threads === 'number' && Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw optionInvalid(where, 'threads', threads, 'Give a whole number, 1 to 64.');
}

/** The error of a job that its signal stopped. */
export function aborted(where: string, reason: unknown): ClienteleError {
  return isClienteleError(reason) ? reason : new ClienteleError('ABORTED', { where }, 'the job was stopped by the signal.', 'Nothing was kept; call again to start over.', reason);
}
