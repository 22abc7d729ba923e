import { describe, expect, it } from 'vitest';
import type { ColumnSource } from '../../src/parallel/column-scanner.js';
import { planJob, type Job } from '../../src/parallel/job.js';
import { newLogSteps, type FoldedCustomers, type JobSteps } from '../../src/parallel/job-steps.js';

const CUSTOMERS = 5000;

/** Every customer once, on one day. */
function once(day: number): ColumnSource {
  const shared = (words: number): SharedArrayBuffer => new SharedArrayBuffer(words * 4);
  const [ids, dates, amounts] = [new Int32Array(shared(CUSTOMERS)), new Int32Array(shared(CUSTOMERS)), new Float64Array(shared(CUSTOMERS * 2))];
  for (let i = 0; i < CUSTOMERS; i++) ids[i] = (i * 7919) % CUSTOMERS;
  dates.fill(day);
  amounts.fill(1);
  return { kind: 'columns', customer: { kind: 'integer', data: ids.buffer }, dates: dates.buffer, amounts: amounts.buffer, rows: CUSTOMERS, rowsPerChunk: CUSTOMERS, partitionBits: 8, rules: { from: 0, asOf: 0x7fffffff, dropReturns: false, dropZero: false } };
}

/** A job of so many rounds, each of one chunk with every customer; what the last fold found. */
function job(steps: JobSteps, rounds: number): FoldedCustomers {
  const plan = planJob(undefined, rounds, { threads: 1, withOrders: false } as Job, 2000, new Map());
  let folded: FoldedCustomers | undefined;
  for (let round = 0; round < rounds; round++) {
    Atomics.store(new Int32Array(plan.rows.handedOut), 0, 0);
    Atomics.store(new Int32Array(plan.claims), 0, round);
    steps.scan({ ...(round === 0 ? { plan } : {}), columns: once(19_000 + round), fromChunk: round, toChunk: round + 1 });
    const last = round === rounds - 1 ? { last: { rows: rounds * CUSTOMERS, textIds: false } } : {};
    folded = steps.fold({ fromChunk: round, toChunk: round + 1, rowsBefore: Array.from({ length: rounds }, (_, r) => r * CUSTOMERS), ...last });
  }
  steps.end();
  return folded!;
}

describe('a thread that takes one job after the other', () => {
  it('finds every customer again, whatever memory the jobs before have left, in one round or several', () => {
    const steps = newLogSteps(0, () => undefined);
    for (const rounds of [1, 2, 3, 1, 2]) {
      const { seen, kept, purchases, dates } = job(steps, rounds);
      expect({ seen, kept, purchases, dates }).toEqual({ seen: CUSTOMERS, kept: CUSTOMERS, purchases: rounds * CUSTOMERS, dates: rounds * CUSTOMERS });
    }
  });
});
