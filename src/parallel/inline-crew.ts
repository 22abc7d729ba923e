import type { SignalLike } from '../io/index.js';
import { aborted, type Crew } from './crew.js';
import { newLogSteps, type FoldOrder, type ScannedChunk, type ScanOrder } from './job-steps.js';
import type { PlaceOrder } from './place.js';

/** A crew of one in this thread: for files too small for threads to pay. It lets the event loop run between chunks. */
export function inlineCrew(where: string, signal: SignalLike | undefined): Crew {
  let hear: ((chunk: ScannedChunk) => void) | undefined;
  const steps = newLogSteps(0, (chunk) => hear?.(chunk));
  const breathe = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) throw aborted(where, signal.reason);
  };
  const take = async (step: string, payload: unknown, onNote?: (note: unknown) => void): Promise<unknown> => {
    await breathe();
    switch (step) {
      case 'scan': {
        // One chunk at a turn.
        for (let more = true; more; await breathe()) {
          more = false;
          hear = (chunk) => {
            onNote?.(chunk);
            more = true;
          };
          steps.scan(payload as ScanOrder, 1);
        }
        return undefined;
      }
      case 'fold':
        return steps.fold(payload as FoldOrder);
      case 'place':
        return steps.place(payload as PlaceOrder);
      default:
        return steps.end();
    }
  };
  return {
    threads: 1,
    memory: new Map(),
    all: async <R>(step: string, payload: unknown, onNote?: (note: unknown) => void) => [(await take(step, payload, onNote)) as R],
    close: () => {
      steps.end();
      return Promise.resolve();
    },
  };
}
