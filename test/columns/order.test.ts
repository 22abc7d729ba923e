import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { categoryColumn, compareText, orderByNumber, orderByText, textColumn } from '../../src/columns/index.js';

const naive = (values: ArrayLike<number>, sign: number, before: readonly number[]): number[] => before.map((row, stood) => ({ row, stood })).sort((a, b) => sign * (values[a.row]! - values[b.row]!) || a.stood - b.stood).map(({ row }) => row);

describe('orderByNumber', () => {
  it.each([100, 5000])('orders %i doubles as a stable comparison sort does, either way', (n) => {
    for (const draw of [(r: ReturnType<typeof seededRandom>): number => r.below(20) - 10, (r: ReturnType<typeof seededRandom>): number => r.normal() * 1e100, (): number => 3]) {
      const random = seededRandom(n);
      const values = Float64Array.from({ length: n }, () => draw(random));
      values[3] = -0;
      values[4] = 0;
      const before = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
      for (const [direction, sign] of [['ascending', 1], ['descending', -1]] as const) {
        expect([...orderByNumber(values, direction)]).toEqual(naive(values, sign, [...values.keys()]));
        expect([...orderByNumber(values, direction, before)]).toEqual(naive(values, sign, [...before]));
      }
      expect(before[0]).toBe(n - 1);
    }
  });
});

describe('orderByText', () => {
  const naiveText = (texts: readonly string[]): number[] => [...texts.keys()].sort((a, b) => compareText(texts[a]!, texts[b]!) || a - b);

  it('orders any texts by their UTF-8 bytes, equal ones as they stand', () => fc.assert(fc.property(
    fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('', 'a', 'a\0', 'a\0b', 'customer-0001', 'customer-0002', '\ud83d\ude00', '\uffff')), { maxLength: 120 }),
    (texts) => {
      const expected = naiveText(texts);
      expect([...orderByText(textColumn(texts))]).toEqual(expected);
      expect([...orderByText(categoryColumn(texts))]).toEqual(expected);
    },
  )));

  it.each([['ids with a long prefix', 'customer-2024-'], ['short ids', ''], ['ids all alike in length', 'Müller ']])('orders %s', (_, prefix) => {
    const random = seededRandom(7);
    const texts = Array.from({ length: 6000 }, () => prefix + String(random.below(4000) * 37).padStart(prefix === '' ? 0 : 9, '0'));
    expect([...orderByText(textColumn(texts))]).toEqual(naiveText(texts));
  });

  it('orders numbers as text: 10 before 9', () => expect([...orderByText({ type: 'integer', data: Int32Array.of(9, 10, 1) })]).toEqual([2, 1, 0]));

  it('orders any numbers as their text, missing ones first', () => fc.assert(fc.property(
    fc.array(fc.oneof(fc.integer({ min: -120, max: 1200 }), fc.maxSafeInteger(), fc.integer({ min: 0, max: 99 }).map((n) => n * 10 ** 12), fc.constantFrom(NaN, -0, 0.5)), { maxLength: 60 }),
    fc.boolean(), (numbers, whole) => {
      const data = Float64Array.from(numbers, (n) => (whole ? Math.trunc(n % 1e14) : n));
      expect([...orderByText({ type: 'number', data })]).toEqual(naiveText(Array.from(data, (n) => (Number.isNaN(n) ? '' : String(n)))));
    },
  )));

  it('tells zero bytes at the end from the end, in long runs too', () => {
    const texts = Array.from({ length: 200 }, (_, i) => `id${'\0'.repeat((i * 7) % 20)}`);
    expect([...orderByText(textColumn(texts))]).toEqual(naiveText(texts));
  });
});
