import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countValues, exactSum } from '../../src/columns/index.js';
import { sumsOf } from '../../src/pareto/running-sums.js';

const money = fc.oneof(fc.integer({ min: -300, max: 900 }).map((cents) => cents / 100), fc.integer({ min: 0, max: 1e11 }).map((cents) => cents / 100), fc.double({ noNaN: true, min: -1e12, max: 1e12 }));

describe('sumsOf', () => {
  it('is the sum of so many values of either end, for every number of them', () => fc.assert(fc.property(fc.array(money, { size: 'max', maxLength: 60 }), (list) => {
    const ascending = Float64Array.from(list).map((value) => value + 0).sort();
    const counted = countValues(ascending);
    const [largest, smallest] = [sumsOf(counted, 'largest'), sumsOf(counted, 'smallest')];
    const size = exactSum(ascending.map(Math.abs));
    for (let k = 0; k <= list.length; k++) {
      expect(Math.abs(smallest(k) - exactSum(ascending.slice(0, k)))).toBeLessThanOrEqual(1e-15 * size);
      expect(Math.abs(largest(k) - exactSum(ascending.slice(list.length - k)))).toBeLessThanOrEqual(1e-15 * size);
    }
  })));
  it('adds many equal values without loss, and huge ones', () => {
    const many = sumsOf(countValues(Float64Array.from({ length: 100_000 }, (_, i) => (i < 99_999 ? 0.1 : 1e6))), 'largest');
    expect(many(1)).toBe(1e6);
    expect(many(100_000)).toBe(exactSum(Float64Array.from({ length: 100_000 }, (_, i) => (i < 99_999 ? 0.1 : 1e6))));
    expect(sumsOf(countValues(Float64Array.of(1.5e308, 1e307)), 'largest')(2)).toBe(1.6e308);
  });
});
