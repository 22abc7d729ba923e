import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/core/index.js';
import { categoryColumn, compareText, countValues, matchRows, orderBest, orderByNumber, ranksOf, sortBest, sortNumbers, textColumn, type Column } from '../../src/columns/index.js';

/** Columns that take each way through the sort: money in cents, whole numbers, full precision, many values of one upper half, ends of the range. */
const DRAWS: readonly (readonly [string, (random: Random) => number])[] = [
  ['cents', (r) => Math.round(1e5 * Math.exp(r.normal())) / 100 - 300],
  ['cents far apart', (r) => r.below(3e9) / 100],
  ['few whole numbers', (r) => r.below(40) - 20],
  ['whole numbers of 33 bits', (r) => r.below(2) * 2 ** 32 + r.below(1000)],
  ['the widest range of 32 bits', (r) => [-0x80000000, 0x7fffffff, 0][r.below(3)]!],
  ['full precision', (r) => r.normal()],
  ['any size', (r) => (r.uniform() - 0.5) * 10 ** (r.below(600) - 300)],
  ['a narrow range', (r) => 1 + r.uniform() * 1e-7],
  ['the ends of the range', (r) => [-Infinity, Infinity, -Number.MAX_VALUE, Number.MAX_VALUE, 5e-324, -5e-324, 0, -0][r.below(8)]!],
  ['one value', () => 0.1],
];
const column = (draw: (random: Random) => number, n: number): Float64Array => {
  const random = seededRandom(n);
  return Float64Array.from({ length: n }, () => draw(random));
};
const naive = (values: Float64Array, sign: number): number[] => [...values.keys()].sort((a, b) => (values[a] === values[b] ? a - b : sign * (values[a]! < values[b]! ? -1 : 1)));

describe.each(DRAWS)('sorting %s', (_, draw) => {
  it.each([0, 1, 2, 40, 700, 9000])('%i values by size, -0 as 0, the source untouched', (n) => {
    const values = column(draw, n);
    const before = values.slice();
    // Sorted first, as the engine's own order puts -0 before 0.
    expect([...sortNumbers(values)]).toEqual(Array.from(values.map((value) => value + 0).sort()));
    expect(values).toEqual(before);
  });
  it.each([0, 1, 700, 9000])('%i values counted', (n) => {
    const sorted = sortNumbers(column(draw, n));
    const { values, counts, rows } = countValues(column(draw, n));
    expect(rows).toBe(n);
    expect([...values]).toEqual([...new Set(sorted)]);
    expect(Array.from(values, (value, k) => Array.from({ length: counts[k]! }, () => value)).flat()).toEqual([...sorted]);
  });
  it.each([700, 9000])('%i rows, equal ones as they stand, either way', (n) => {
    const values = column(draw, n);
    expect([...orderByNumber(values)]).toEqual(naive(values, 1));
    expect([...orderByNumber(values, 'descending')]).toEqual(naive(values, -1));
  });
  it('the best first, equal ones by their id as text', () => {
    const values = column(draw, 6000);
    const random = seededRandom(3);
    const names = Array.from(values, () => random.below(12000));
    const texts = names.map((name) => `客${name}`);
    const expected = (ids: readonly string[]): number[] => naive(values, -1).sort((a, b) => (values[a] === values[b] ? compareText(ids[a]!, ids[b]!) || a - b : 0));
    const columns: readonly (readonly [Column, readonly string[]])[] = [
      [textColumn(texts), texts], [categoryColumn(texts), texts], [{ type: 'integer', data: Int32Array.from(names) }, names.map(String)],
      [{ type: 'number', data: Float64Array.from(names, (name) => name / 4) }, names.map((name) => String(name / 4))],
    ];
    for (const [ids, own] of columns) {
      const { order, sorted } = sortBest(values, ids);
      expect([...order]).toEqual(expected(own));
      expect([...orderBest(values, ids)]).toEqual([...order]);
      expect([...sorted]).toEqual(Array.from(order, (row) => values[row]! + 0));
    }
    expect([...sortBest(values).order]).toEqual(naive(values, -1));
  });
});

describe('sorting', () => {
  it('agrees with comparing, whatever the doubles', () => fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { size: 'max', maxLength: 300 }), (list) => {
    const values = Float64Array.from(list);
    expect([...sortNumbers(values)]).toEqual(Array.from(values.map((value) => value + 0).sort()));
    expect([...orderByNumber(values, 'descending')]).toEqual(naive(values, -1));
  })));
  it('ranks from 1', () => expect([...ranksOf(Int32Array.of(2, 0, 1))]).toEqual([2, 3, 1]));
});

describe('matchRows', () => {
  const numbers = (...data: number[]): Column => ({ type: 'number', data: Float64Array.from(data) });
  const integers = (...data: number[]): Column => ({ type: 'integer', data: Int32Array.from(data), valid: Uint8Array.of(0b11111110) });

  it('finds the first row of equal whole numbers, of either type', () => {
    expect([...matchRows(numbers(7, 5, 6, NaN, 5.5, -0, 1e300), numbers(5, 7, NaN, 5, 0))]).toEqual([1, 0, -1, -1, -1, 4, -1]);
    expect([...matchRows(numbers(4, 5, NaN, 6), integers(4, 5, 5, 7))]).toEqual([-1, 1, -1, -1]);
    expect([...matchRows(integers(5, 5, 7, 8), numbers(5, 6, 7))]).toEqual([-1, 0, 2, -1]);
  });
  it('finds rows of numbers far apart, with fractions, and of none', () => {
    expect([...matchRows(numbers(1e9, 0.5, 3), numbers(3, 1e9, 0.5))]).toEqual([1, 2, 0]);
    expect([...matchRows(numbers(1, 2), numbers())]).toEqual([-1, -1]);
    expect([...matchRows(numbers(), numbers(1))]).toEqual([]);
  });
  it('finds what text finds, for any whole numbers', () => fc.assert(fc.property(
    fc.array(fc.integer({ min: -5, max: 12 }), { size: 'max', maxLength: 40 }), fc.array(fc.integer({ min: -3, max: 14 }), { size: 'max', maxLength: 40 }),
    (ids, among) => {
      expect([...matchRows(numbers(...ids), numbers(...among))]).toEqual(ids.map((id) => among.indexOf(id)));
    },
  )));
});
