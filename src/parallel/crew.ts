import { Worker } from 'node:worker_threads';
import { availableParallelism } from 'node:os';
import { ClienteleError, isClienteleError, optionInvalid, type ErrorCode, type ErrorPlace } from '../core/index.js';
import { checkWatch, type SignalLike } from '../io/index.js';

/** What threads are there for; each has a file of its own. */
export type JobName = 'log' | 'whole' | 'format' | 'kmeans';

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
  /** Shared memory of jobs that are done, by name, for the next one to use again; it goes with the threads, and is empty where they are new. */
  readonly memory: Map<string, SharedArrayBuffer>;
  /** Let every thread take a step; their results by thread. Notes are passed on as they come. */
  all<R>(step: string, payload: unknown, onNote?: (note: unknown) => void): Promise<R[]>;
  /** End the threads; what they hold is gone. */
  close(): Promise<void>;
}

/** Memory of at least so many bytes under a name: what a job before has left there, or new. */
export function memoryFor(memory: Crew['memory'], name: string, bytes: number): SharedArrayBuffer {
  const known = memory.get(name);
  if (known !== undefined && known.byteLength >= bytes) return known;
  // Any kind of array may be laid over all of it later.
  const made = new SharedArrayBuffer(Math.ceil(bytes / 8) * 8);
  memory.set(name, made);
  return made;
}

/**
 * Start threads for a job.
 *
 * @throws ClienteleError `OPTION_INVALID` for what is no signal
 */
export function newCrew(job: JobName, threads: number, where: string, signal: SignalLike | undefined): Crew {
  checkWatch(where, { signal });
  return crewOf({ workers: startWorkers(job, threads), memory: new Map() }, where, signal, terminate);
}

/** Threads, and the memory that goes with them. */
interface Staff {
  readonly workers: readonly Worker[];
  readonly memory: Map<string, SharedArrayBuffer>;
}

/** Threads of a closed crew, by job and number, and what will end them. */
const kept = new Map<string, Staff & { readonly end: NodeJS.Timeout }>();

/** How long threads are kept for the next job of their kind; they hold up no program that has come to its end. */
const KEPT_MS = 3000;

/** Hears the errors of threads that are waiting for a job. */
const unheard = (): void => undefined;

/**
 * As {@link newCrew}, but threads that have done all they were asked are kept for a while, so that the next call finds them
 * started and their code compiled.
 */
export function keptCrew(job: JobName, threads: number, where: string, signal: SignalLike | undefined): Crew {
  checkWatch(where, { signal });
  const key = `${job} ${threads}`;
  const waiting = kept.get(key);
  kept.delete(key);
  clearTimeout(waiting?.end);
  // A thread that has died has no number any more.
  const alive = waiting?.workers.every(({ threadId }) => threadId > 0) === true ? waiting : undefined;
  alive?.workers.forEach((worker) => worker.off('error', unheard).ref());
  return crewOf(alive ?? { workers: startWorkers(job, threads), memory: new Map() }, where, signal, async (staff, idle) => {
    if (!idle || kept.has(key)) return terminate(staff);
    for (const worker of staff.workers) {
      worker.on('error', unheard);
      worker.unref();
    }
    const end = setTimeout(() => {
      kept.delete(key);
      void terminate(staff);
    }, KEPT_MS).unref();
    kept.set(key, { ...staff, end });
  });
}

function startWorkers(job: JobName, threads: number): Worker[] {
  // Plain JavaScript, which needs none of the program's own flags: with the loader of tsx a thread took 92 ms to start, without 37.
  return Array.from({ length: threads }, (_, thread) => new Worker(new URL(`./${job}-thread.cjs`, import.meta.url), { workerData: { thread }, execArgv: [] }));
}

async function terminate({ workers }: Staff): Promise<void> {
  await Promise.all(workers.map((worker) => worker.terminate()));
}

/** @param release what to do with the threads when the crew is closed; `idle` when none has a step to finish */
function crewOf(staff: Staff, where: string, signal: SignalLike | undefined, release: (staff: Staff, idle: boolean) => Promise<void>): Crew {
  const { workers, memory } = staff;
  let giveUp: ((error: Error) => void) | undefined;
  // A thread may fail before its first step is asked for.
  let broken: Error | undefined;
  let busy = 0;
  const fail = (cause: unknown): void => void (broken ??= cause as Error);
  for (const worker of workers) worker.on('error', fail);
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', abort);
    await release(staff, busy === 0 && broken === undefined);
    for (const worker of workers) worker.off('error', fail);
  };
  const abort = (): void => giveUp?.(aborted(where, signal?.reason));
  signal?.addEventListener('abort', abort);

  const one = <R>(worker: Worker, order: Order, onNote?: (note: unknown) => void): Promise<R> => new Promise((done, failed) => {
    busy++;
    const end = (): void => {
      busy--;
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
        // Who hears the note wants no more, but the thread goes on: what it still says must reach nobody else.
        fail(e);
        crash(e);
      }
    };
    worker.on('message', hear).on('error', crash);
    worker.postMessage(order);
  });

  return {
    threads: workers.length,
    memory,
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
