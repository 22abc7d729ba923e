import { ClienteleError, optionInvalid } from '../core/index.js';

/** What stops a long read: an `AbortSignal`, by its shape. */
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How far a read is. */
export interface Progress {
  /** bytes taken from the source, packed ones where it is packed */
  readonly bytes: number;
  /** bytes of the source in all, where that is known */
  readonly totalBytes?: number;
  /** rows read, refused ones among them */
  readonly rows: number;
}

/** Options of reads that take their time. */
export interface WatchOptions {
  /** stops the read: the promise is rejected with `ABORTED` */
  readonly signal?: SignalLike;
  /** called after every block (1 MB) and at the end; what it throws stops the read */
  readonly onProgress?: (progress: Progress) => void;
}

/** Names of these options. */
export const WATCH_OPTIONS: readonly string[] = ['signal', 'onProgress'];

/** Keeps a read stoppable, and the event loop alive. */
export interface Watch {
  /** Wait for something, but not beyond an abort. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** After a block: throw if aborted, report, and now and then let others run. */
  pause(progress: Progress): Promise<void>;
}

const LONGEST_TURN_MS = 40;

/** @throws ClienteleError `OPTION_INVALID` for what is no signal, or no function */
export function checkWatch(where: string, { signal, onProgress }: { readonly signal?: unknown; readonly onProgress?: unknown }): void {
  const isSignal = typeof signal === 'object' && signal !== null && 'aborted' in signal && typeof signal.aborted === 'boolean' && 'addEventListener' in signal && typeof signal.addEventListener === 'function';
  if (signal !== undefined && !isSignal) throw optionInvalid(where, 'signal', signal, 'Pass the signal of an AbortController.');
  if (onProgress !== undefined && typeof onProgress !== 'function') throw optionInvalid(where, 'onProgress', onProgress, 'Pass a function.');
}

/** @throws ClienteleError `OPTION_INVALID`; `ABORTED` where the signal is aborted already */
export function newWatch(where: string, { signal, onProgress }: WatchOptions): Watch {
  checkWatch(where, { signal, onProgress });
  const check = (): void => {
    if (signal?.aborted === true) throw new ClienteleError('ABORTED', { where }, 'reading was stopped by the signal.', 'Nothing was kept; call again to start over.', signal.reason);
  };
  check();
  let since = Date.now();
  return {
    until: (promise) => (signal === undefined ? promise : orAbort(promise, signal, check)),
    pause: async (progress) => {
      onProgress?.(progress);
      check();
      if (Date.now() - since < LONGEST_TURN_MS) return;
      await new Promise((resolve) => setTimeout(resolve, 0));
      since = Date.now();
      check();
    },
  };
}

function orAbort<T>(promise: Promise<T>, signal: SignalLike, check: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      try {
        check();
      } catch (error) {
        reject(error as Error);
      }
    };
    signal.addEventListener('abort', stop);
    stop();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
