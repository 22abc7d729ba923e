import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { median, orderStatistics, quantileCuts } from '../../src/columns/index.js';

const measures = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 200 }).map((xs) => Float64Array.from(xs));

/** Columns long enough for the histogram: skewed, whole, with a few values, in a narrow band, of either sign. */
const longColumns: readonly (readonly [string, (random: ReturnType<typeof seededRandom>) => number])[] = [
  ['skewed money', (random) => Math.exp(4 + 2 * random.normal())],
  ['whole days', (random) => random.below(730)],
  ['few values', (random) => random.below(3)],
  ['all equal', () => 7.25],
  ['a narrow band', (random) => 1000 + random.uniform() * 1e-9],
  ['either sign', (random) => random.normal()],
  ['zeros of both signs', (random) => (random.below(2) === 0 ? -0 : 0)],
  ['one far away', (random) => (random.below(10_000) === 0 ? 1e300 : random.uniform())],
  ['infinities', (random) => [-Infinity, -1, 0, 1, Infinity][random.below(5)]!],
];

describe('quantileCuts', () => {
  it('is the median for two groups', () => expect(quantileCuts(Float64Array.of(10, 40, 20, 30), 2)).toEqual(Float64Array.of(25)));

  it('agrees with R quantile(type = 7) and numpy percentile on 1..10', () => {
    const published = [2.8, 4.6, 6.4, 8.2];          // R: quantile(1:10, c(.2, .4, .6, .8))
    quantileCuts(Float64Array.from({ length: 10 }, (_, i) => i + 1), 5).forEach((cut, i) => expect(cut).toBeCloseTo(published[i]!, 12));
  });

  it('hits whole positions exactly, where (n-1)*(i/bins) would miss them', () => {
    for (const bins of [10, 11, 12, 14, 20]) {
      for (const n of [bins + 1, 3 * bins + 1, 7 * bins + 1]) {
        const values = Float64Array.from({ length: n }, (_, i) => Math.sqrt(i));
        expect([...quantileCuts(values, bins)]).toEqual(Array.from({ length: bins - 1 }, (_, i) => Math.sqrt(((i + 1) * (n - 1)) / bins)));
      }
    }
  });

  it('stays between its neighbours, ascends, and does not change its input', () => fc.assert(fc.property(measures, fc.integer({ min: 2, max: 20 }), (values, bins) => {
    const before = values.slice();
    const cuts = quantileCuts(values, bins);
    expect(values).toEqual(before);
    expect(cuts.length).toBe(bins - 1);
    const sorted = values.slice().sort();
    cuts.forEach((cut, i) => {
      expect(Number.isFinite(cut)).toBe(true);
      expect(cut).toBeGreaterThanOrEqual(i === 0 ? sorted[0]! : cuts[i - 1]!);
      expect(cut).toBeLessThanOrEqual(sorted[sorted.length - 1]!);
    });
  })));

  it('refuses an empty column and names the first NaN row', () => {
    expect(() => quantileCuts(new Float64Array(0), 2)).toThrow('there are no values to rank');
    expect(() => quantileCuts(Float64Array.of(1, NaN, NaN), 2)).toThrow('row 1 is NaN');
    expect(() => quantileCuts(Float64Array.of(1), 1)).toThrow('bins is 1. Give a whole number, 2 or more.');
  });
});

describe('orderStatistics', () => {
  it.each(longColumns)('gives what a full sort gives: %s', (_, draw) => {
    for (const seed of [1, 2]) {
      const random = seededRandom(seed);
      const values = Float64Array.from({ length: 30_000 + seed }, () => draw(random));
      const sorted = values.slice().sort();
      const ranks = [0, 1, values.length - 1, values.length - 1, ...Array.from({ length: 40 }, () => random.below(values.length))];
      expect([...orderStatistics(values, ranks)]).toEqual(ranks.map((rank) => sorted[rank]! + 0));
    }
  });

  it('works on a part of a larger array, and on no positions at all', () => {
    const whole = Float64Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 40_000);
    expect(orderStatistics(whole.subarray(10_000, 30_000), [0])[0]).toBe(Math.min(...whole.subarray(10_000, 30_000)));
    expect(orderStatistics(whole, []).length).toBe(0);
  });
});

describe('median', () => {
  it('is the middle value or the mean of the two', () => {
    expect(median(Float64Array.of(3, 1, 2))).toBe(2);
    expect(median(Float64Array.of(4, 1, 2, 3))).toBe(2.5);
    expect(median(Float64Array.of(5))).toBe(5);
  });
});
