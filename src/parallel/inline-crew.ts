import type { SignalLike } from '../io/index.js';
import { aborted, type Crew } from './crew.js';
import { newJobSteps, type FoldOrder, type JobPlan, type RankOrder, type ScannedChunk, type ScanOrder } from './job-steps.js';
import type { PlaceOrder } from './place.js';

/** A crew of one in this thread: for files too small for threads to pay. It lets the event loop run between chunks. */
export function inlineCrew(plan: JobPlan, where: string, signal: SignalLike | undefined): Crew {
  const steps = newJobSteps(plan, 0);
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
          steps.scan(payload as ScanOrder, (chunk: ScannedChunk) => {
            onNote?.(chunk);
            more = true;
          }, 1);
        }
        return undefined;
      }
      case 'fold':
        return steps.fold(payload as FoldOrder);
      case 'rank':
        return steps.rank(payload as RankOrder);
      default:
        return steps.place(payload as PlaceOrder);
    }
  };
  return {
    threads: 1,
    all: async <R>(step: string, payload: unknown, onNote?: (note: unknown) => void) => [(await take(step, payload, onNote)) as R],
    close: () => {
      steps.close();
      return Promise.resolve();
    },
  };
}
