import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileCuts } from '../../src/columns/index.js';
import { scoreByCuts } from '../../src/rfm/index.js';

const measures = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }).map((xs) => Float64Array.from(xs));

describe('scoreByCuts', () => {
  it('cuts distinct values into levels, in input order', () => {
    expect([...scoreByCuts(Float64Array.of(10, 40, 20, 30), Float64Array.of(25))]).toEqual([1, 2, 1, 2]);
  });
  it('leaves a value on a cut in the lower group, or lifts it into the upper one', () => {
    expect([...scoreByCuts(Float64Array.of(180, 181, 365, 366), [180, 365], 'low')]).toEqual([3, 2, 2, 1]);
    expect([...scoreByCuts(Float64Array.of(179, 180, 364, 365), [180, 365], 'high', 'left')]).toEqual([1, 2, 2, 3]);
  });
  it('leaves scores unused when values tie', () => {
    const orders = Float64Array.of(1, 1, 1, 1, 1, 1, 2, 3);
    expect([...new Set(scoreByCuts(orders, quantileCuts(orders, 5)))]).toEqual([1, 5]);
  });
  it('gives equal values equal scores', () => fc.assert(fc.property(measures, (xs) => {
    const scores = scoreByCuts(xs, quantileCuts(xs, 5));
    const seen = new Map<number, number>();
    xs.forEach((x, i) => {
      expect(scores[i]).toBe(seen.get(x === 0 ? 0 : x) ?? scores[i]);
      seen.set(x === 0 ? 0 : x, scores[i]!);
    });
  })));
  it('never scores a better customer lower, in either direction', () => fc.assert(fc.property(measures, fc.constantFrom('high' as const, 'low' as const), (xs, best) => {
    const scores = scoreByCuts(xs, quantileCuts(xs, 5), best);
    const order = [...xs.keys()].sort((a, b) => (best === 'high' ? xs[a]! - xs[b]! : xs[b]! - xs[a]!));
    for (let k = 1; k < order.length; k++) expect(scores[order[k]!]!).toBeGreaterThanOrEqual(scores[order[k - 1]!]!);
  })));
});
