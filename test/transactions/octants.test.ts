import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum, highLowCut, OCTANTS, octantOf } from '../../src/transactions/index.js';

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

describe('exactSum', () => {
  it('rounds once: small amounts beside large ones are kept', () => {
    expect(exactSum(Float64Array.of(1e100, 1, -1e100))).toBe(1);
    expect(exactSum(new Float64Array(10).fill(0.1))).toBe(1);
    expect(exactSum(Float64Array.of(1e16, 1, 1e-16))).toBe(1e16 + 2);      // half-way, decided by what lies below
    expect(exactSum(new Float64Array(0))).toBe(0);
  });
  it('is the same in any order, and the sum of the hundredths for cents', () => fc.assert(fc.property(
    fc.array(fc.oneof(fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100), fc.double({ noNaN: true, min: -1e200, max: 1e200 })), { maxLength: 60 }),
    (values) => {
      const sum = exactSum(Float64Array.from(values));
      expect(exactSum(Float64Array.from([...values].reverse()))).toBe(sum);
      expect(exactSum(Float64Array.from([...values].sort((a, b) => Math.abs(a) - Math.abs(b))))).toBe(sum);
    },
  )));
});
