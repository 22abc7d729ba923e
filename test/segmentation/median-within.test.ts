import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { median } from '../../src/columns/index.js';
import { rangeOf } from '../../src/segmentation/scaling.js';
import { medianWithin } from '../../src/segmentation/median-within.js';
import { seededRandom } from '../../src/core/index.js';

describe('medianWithin', () => {
  it('is the median, whatever the values', () => fc.assert(fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 99 }), fc.constantFrom<(x: number) => number>((x) => x, Math.exp, (x) => Math.round(3 * x), (x) => (x > 0 ? x : -0), (x) => 1e300 * x, (x) => 1e-310 * x), (n, seed, shape) => {
    const random = seededRandom(seed);
    const values = Float64Array.from({ length: n }, () => shape(4 * random.normal()));
    expect(medianWithin(values, ...rangeOf(values))).toBe(median(values));
  })));
  it('is the median where most values are alike', () => {
    const values = Float64Array.from({ length: 40_001 }, (_, i) => (i % 3 === 0 ? i : 7));
    expect(medianWithin(values, ...rangeOf(values))).toBe(7);
  });
});
