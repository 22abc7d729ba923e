import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileCuts, sortedQuantile } from '../../src/columns/index.js';

const ascending = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60, size: 'max' }).map((xs) => Float64Array.from(xs).sort());
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('sortedQuantile', () => {
  it('agrees with R quantile(1:10, type = 7)', () => {
    const oneToTen = Float64Array.from({ length: 10 }, (_, i) => i + 1);
    [[0, 1], [0.1, 1.9], [0.25, 3.25], [0.5, 5.5], [0.9, 9.1], [1, 10]].forEach(([p, expected]) => expect(sortedQuantile(oneToTen, p!)).toBeCloseTo(expected!, 12));
  });
  it('is the one value there is, and missing of none or of one that is missing', () => {
    for (const p of [0, 0.3, 1]) expect(sortedQuantile(Float64Array.of(7), p)).toBe(7);
    expect(sortedQuantile(new Float64Array(0), 0.5)).toBeNaN();
    expect(sortedQuantile(Float64Array.of(2, 1, NaN).sort(), 0)).toBeNaN();
  });
  it('is a cut of the same values', () => fc.assert(fc.property(ascending, fc.integer({ min: 2, max: 20 }), (values, bins) => {
    quantileCuts(values, bins).forEach((cut, i) => expect(Math.abs(sortedQuantile(values, (i + 1) / bins) - cut)).toBeLessThanOrEqual(1e-3));
  })));
  it('stays among the values, and rises with the share', () => fc.assert(fc.property(ascending, share, share, (values, p, q) => {
    const [low, high] = [sortedQuantile(values, Math.min(p, q)), sortedQuantile(values, Math.max(p, q))];
    expect(low).toBeGreaterThanOrEqual(values[0]!);
    expect(high).toBeLessThanOrEqual(values.at(-1)! + 1e-6);
    expect(high).toBeGreaterThanOrEqual(low - 1e-6);
  })));
});
