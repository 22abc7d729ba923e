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
  // So many customers of three features that points are looked at box by box.
  const many = Object.fromEntries(['a', 'b', 'c'].map((name, f) => [name, Float64Array.from({ length: 24_000 }, (_, i) => Math.round(100 * ((i % (f + 3)) + 0.7 * random.normal())) / 100)]));
  it.each([{}, { weights: 'c', scale: 'minmax', features: ['a', 'b'] }, { value: 'c', features: ['a', 'b'], scale: 'robust' }] as const)('gives the same bits for many customers on 1 to 4 threads, again and again: %j', async (more) => {
    const shifted = { ...many, c: many['c']!.map((c) => c + 5) };
    const asked = { k: 7, features: ['a', 'b', 'c'], scale: 'zscore', starts: 2, ...more } as const;
    const expected = kmeans(shifted, asked);
    same(await kmeansParallel(shifted, asked), expected);
    for (const threads of [1, 2, 3, 4, 2]) {
      const found = (await built.kmeansParallel(shifted, { ...asked, threads })) as unknown as KmeansFit;
      same(found, expected);
      expect(found.profiles.toRows()).toEqual(expected.profiles.toRows());
      expect(found.table.toColumns()['distance']).toEqual(expected.table.toColumns()['distance']);
    }
  });
  it('names the first feature without spread, of many customers too', async () => {
    const flat = { ...many, b: new Float64Array(24_000), c: new Float64Array(24_000) };
    await expect(built.kmeansParallel(flat, { k: 3, features: ['a', 'b', 'c'], threads: 3 })).rejects.toMatchObject({ code: 'VALUE_INVALID', place: { column: 'b' } });
    await expect(built.kmeansParallel({ a: new Float64Array(24_000) }, { k: 3, features: ['a'], scale: 'none', threads: 2 })).rejects.toMatchObject({ code: 'OPTION_INVALID', place: { option: 'k' } });
  });
  it('leaves nothing behind on the threads that wait for the next call', async () => {
    const heard: string[] = [];
    const hear = ({ name }: Error): void => void heard.push(name);
    process.on('warning', hear);
    for (let i = 0; i < 12; i++) await built.kmeansParallel(data, { ...options, starts: 1, threads: 5 });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', hear);
    expect(heard).toEqual([]);
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
