import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMedians, median } from '../../src/columns/index.js';

function rangeOf(values: readonly number[]): { lowest: number; highest: number; whole: boolean } {
  const there = values.filter((value) => !Number.isNaN(value));
  return { lowest: Math.min(...there) + 0, highest: Math.max(...there) + 0, whole: there.every((value) => Math.floor(value) === value) };
}

function groupByGroup(values: readonly number[], codes: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, group) => {
    const own = values.filter((value, i) => codes[i] === group && !Number.isNaN(value));
    return own.length === 0 ? NaN : median(Float64Array.from(own));
  });
}

const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e300, -1e-300), fc.double({ noNaN: true }), fc.integer({ min: 0, max: 20000 }).map((cents) => cents / 100));

describe('groupMedians', () => {
  it('is the median of each group, whatever the values', () => fc.assert(fc.property(fc.array(fc.tuple(value, fc.integer({ min: -1, max: 3 })), { maxLength: 60, size: 'max' }), (rows) => {
    const values = rows.map(([v]) => v);
    const codes = rows.map(([, code]) => code);
    expect([...groupMedians(Float64Array.from(values), Int32Array.from(codes), 4, rangeOf(values))]).toEqual(groupByGroup(values, codes, 4));
  }), { numRuns: 2000 }));
  it('is the median of whole numbers, close together and far apart', () => {
    for (const widest of [9, 100_000, 2 ** 31, 2 ** 52]) {
      fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -widest, max: widest }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 40, size: 'max' }), (rows) => {
        const values = rows.map(([v]) => v);
        const codes = rows.map(([, code]) => code);
        expect([...groupMedians(Float64Array.from(values), Int32Array.from(codes), 3, rangeOf(values))]).toEqual(groupByGroup(values, codes, 3));
      }));
    }
  });
  it('has nothing to say of groups without values, and of none', () => {
    expect([...groupMedians(Float64Array.of(NaN, 2), Int32Array.of(0, -1), 2, { lowest: 2, highest: 2, whole: true })]).toEqual([NaN, NaN]);
    expect([...groupMedians(new Float64Array(0), new Int32Array(0), 1, { lowest: Infinity, highest: -Infinity, whole: true })]).toEqual([NaN]);
  });
});
