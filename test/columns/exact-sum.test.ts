import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from '../../src/columns/index.js';

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
