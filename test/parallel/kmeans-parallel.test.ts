import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { kmeansParallel } from '../../src/parallel/kmeans-parallel.js';
import { kmeans, type KmeansFit } from '../../src/segmentation/index.js';
// Threads start from the built worker.
import * as built from '../../dist/node.js';

const random = seededRandom(4);
const n = 9000;
const data = { a: Float64Array.from({ length: n }, (_, i) => (i % 5) + 0.4 * random.normal()), b: Float64Array.from({ length: n }, (_, i) => (i % 3) + 0.4 * random.normal()) };
const options = { k: 6, features: ['a', 'b'], scale: 'zscore', starts: 3 } as const;

const same = (actual: KmeansFit, expected: KmeansFit): void => {
  expect(actual.centers).toEqual(expected.centers);
  expect(actual.labels).toEqual(expected.labels);
  expect(actual.inertia).toBe(expected.inertia);
  expect(actual.iterations).toBe(expected.iterations);
  expect(actual.model).toEqual(expected.model);
};

describe('kmeansParallel', () => {
  it('gives the same bits in this thread', async () => {
    same(await kmeansParallel(data, options), kmeans(data, options));
  });
  it.each(['lloyd', 'hamerly', 'hartigan-wong'] as const)('gives the same bits on 1, 2 and 3 threads by %s', async (algorithm) => {
    const expected = kmeans(data, { ...options, algorithm });
    for (const threads of [1, 2, 3]) same((await built.kmeansParallel(data, { ...options, algorithm, threads })) as unknown as KmeansFit, expected);
  });
  it('knows its options, and what they must be', async () => {
    await expect(kmeansParallel(data, { ...options, thread: 1 } as never)).rejects.toThrow(/^kmeansParallel: there is no option "thread"\. .*labels, threads, signal\.$/);
    await expect(kmeansParallel(data, { ...options, signal: 5 } as never)).rejects.toThrow('kmeansParallel: option signal is 5.');
  });
  it('is stopped by its signal, and refuses what kmeans refuses', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(kmeansParallel(data, { ...options, signal: controller.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(built.kmeansParallel(data, { ...options, threads: 2, signal: controller.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(kmeansParallel(data, { ...options, k: 1 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(kmeansParallel(data, { ...options, threads: 0 })).rejects.toThrow('option threads is 0');
  });
});
