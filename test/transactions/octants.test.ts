import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highLowCut, OCTANTS, octantOf } from '../../src/transactions/index.js';

describe('octants', () => {
  it('names all eight classes in the order of the table', () => {
    expect(OCTANTS.map(({ label }) => label.zh)).toEqual(['重要价值客户', '重要发展客户', '重要保持客户', '重要挽留客户', '一般价值客户', '一般发展客户', '一般保持客户', '一般挽留客户']);
  });
  it('finds each class by its highs and lows', () => {
    OCTANTS.forEach(({ recency, frequency, monetary }, i) => expect(octantOf(recency === 'high', frequency === 'high', monetary === 'high')).toBe(i));
  });
});

describe('highLowCut', () => {
  it('is the mean or the median', () => {
    expect(highLowCut(Float64Array.of(1, 2, 9), 'mean')).toBe(4);
    expect(highLowCut(Float64Array.of(1, 2, 9), 'median')).toBe(2);
  });
  it('does not lift the mean of equal values off them', () => fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 60 }), (x, n) => {
    expect(highLowCut(new Float64Array(n).fill(x), 'mean')).toBe(x + 0);
  })));
});
