import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { exactSum, exactSumOf } from '../../src/columns/index.js';

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
  it('is exact for many values of full precision, however far apart', () => fc.assert(fc.property(
    fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 300, max: 3000 }),
    (seed, spread, length) => {
      const random = seededRandom(seed);
      // Whole numbers times a power of two: their exact sum is one of big integers.
      const wholes = Array.from({ length }, () => [BigInt(Math.round((random.uniform() - 0.5) * 2 ** 53)), random.below(spread + 1)] as const);
      const sum = wholes.reduce((total, [whole, power]) => total + (whole << BigInt(power)), 0n);
      const values = Float64Array.from(wholes, ([whole, power]) => Number(whole) * 2 ** (power - 120));
      expect(exactSum(values)).toBe(Number(sum) / 2 ** 120);
      expect(exactSum(values.reverse())).toBe(Number(sum) / 2 ** 120);
    },
  )));
  it('is exact near the ends of the range', () => {
    expect(exactSum(new Float64Array(1000).fill(5e-324))).toBe(1000 * 5e-324);
    expect(exactSum(Float64Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? 1.7e308 : -1.7e308)))).toBe(1.7e308);
  });
});

describe('exactSumOf', () => {
  it('is the exact sum of the terms, each as often as it stands', () => fc.assert(fc.property(
    fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(30, 1e9), fc.constantFrom(0, 3, 2000), fc.constantFrom(1, 40), fc.constantFrom(1e-150, 1, 1e150, 0),
    (seed, different, length, most, unit) => {
      const random = seededRandom(seed);
      const values = Float64Array.from({ length }, () => unit * (random.below(different) / 100 - 1));
      const counts = Int32Array.from(values, () => random.below(most) + 1);
      const all = Float64Array.from([...values].flatMap((value, i) => Array.from({ length: counts[i]! }, () => value)));
      const term = (value: number): number => value * Math.abs(value) / 3;
      expect(exactSumOf(values, term, counts)).toBe(exactSum(all.map(term)));
      expect(exactSumOf(values, term)).toBe(exactSum(values.map(term)));
    },
  )));
});
