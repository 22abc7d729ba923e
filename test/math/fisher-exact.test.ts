import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherUpper } from '../../src/math/index.js';

/** Exact by whole numbers. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let c = 1n;
  for (let i = 1; i <= k; i++) c = (c * BigInt(n - k + i)) / BigInt(i);
  return c;
}
function exact(both: number, drawn: number, marked: number, all: number): number {
  let sum = 0n;
  for (let x = both; x <= Math.min(drawn, marked); x++) sum += choose(marked, x) * choose(all - marked, drawn - x);
  return Number((sum * 10n ** 90n) / choose(all, drawn)) / 1e90;
}

describe('fisherUpper', () => {
  it('is the tea taster of Fisher (1935): 17 in 70, and 1 in 70', () => {
    expect(fisherUpper(3, 4, 4, 8)).toBeCloseTo(17 / 70, 14);
    expect(fisherUpper(4, 4, 4, 8)).toBeCloseTo(1 / 70, 15);
  });
  it('is the sum of exact chances in whole numbers', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 120 }).chain((all) => fc.tuple(fc.constant(all), fc.integer({ min: 0, max: all }), fc.integer({ min: 0, max: all }), fc.integer({ min: 0, max: all }))), ([all, drawn, marked, both]) => {
      const want = exact(both, drawn, marked, all);
      expect(Math.abs(fisherUpper(both, drawn, marked, all) - want)).toBeLessThanOrEqual(1e-12 * want + 1e-38);
    }), { numRuns: 500 });
  });
  it('keeps its digits for large tables', () => {
    for (const both of [5, 20, 60]) expect(fisherUpper(both, 300, 250, 10_000) / exact(both, 300, 250, 10_000)).toBeCloseTo(1, 11);
  });
  it('is 1 where nothing is against chance, 0 where it cannot be', () => {
    expect([fisherUpper(0, 3, 4, 8), fisherUpper(8, 8, 8, 8), fisherUpper(4, 8, 4, 8), fisherUpper(5, 6, 4, 8)]).toEqual([1, 1, 1, 0]);
  });
});
