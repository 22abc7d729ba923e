import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { categoryColumn, gatherRows, groupRows, hashBytes, orderBest, table, textColumn, type Column } from '../../src/columns/index.js';

/** The definition: groups numbered by first appearance, missing -1. */
function naive(values: readonly unknown[]): { codes: number[]; firstRow: number[] } {
  const seen: unknown[] = [];
  const firstRow: number[] = [];
  const codes = values.map((value, i) => {
    if (value === null) return -1;
    const at = seen.indexOf(value);
    if (at !== -1) return at;
    firstRow.push(i);
    return seen.push(value) - 1;
  });
  return { codes, firstRow };
}

const agree = (column: Column, values: readonly unknown[]): void => {
  const groups = groupRows(column);
  const expected = naive(values);
  expect([...groups.codes]).toEqual(expected.codes);
  expect([...groups.firstRow]).toEqual(expected.firstRow);
  expect(groups.count).toBe(expected.firstRow.length);
};

describe('groupRows', () => {
  it('groups text, categories and numbers as the definition does', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.string({ maxLength: 3 }))), (texts) => {
      agree(textColumn(texts), texts);
      agree(categoryColumn(texts), texts);
    }));
    fc.assert(fc.property(fc.array(fc.option(fc.integer({ min: -5, max: 5 }).map((x) => x * 2 ** 40 + x))), (numbers) => agree(table({ n: numbers }).column('n'), numbers)));
    fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 })), (numbers) => agree({ type: 'integer', data: Int32Array.from(numbers) }, numbers)));
  });

  it('keeps 100,000 ids apart, growing its table', () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `C${i % 60_000}`);
    const groups = groupRows(textColumn(ids));
    expect(groups.count).toBe(60_000);
    expect(groups.codes[99_999]).toBe(39_999);
  });

  it('tells ids with equal hashes apart', () => {
    const seen = new Map<number, string>();
    let pair: [string, string] | undefined;
    const encoder = new TextEncoder();
    for (let i = 0; pair === undefined; i++) {
      const bytes = encoder.encode(`id${i}`);
      const hash = hashBytes(bytes, 0, bytes.length);
      const other = seen.get(hash);
      if (other !== undefined) pair = [other, `id${i}`];
      seen.set(hash, `id${i}`);
    }
    expect(groupRows(textColumn([pair[0], pair[1], pair[0]])).codes).toEqual(Int32Array.of(0, 1, 0));
  });

  it('makes equal values of a dictionary one, and refuses a code without a value', () => {
    expect([...groupRows({ type: 'category', data: Int32Array.of(1, 0, 2), values: ['a', 'b', 'a'] }).codes]).toEqual([0, 1, 1]);
    expect(() => groupRows({ type: 'category', data: Int32Array.of(0, 7), values: ['a'] })).toThrow('row 1 has code 7, but there are 1 values');
  });
});

describe('many rows, in partitions', () => {
  const random = seededRandom(3);
  const drawn = (texts: readonly (string | null)[]): (string | null)[] => Array.from({ length: 70_000 }, () => texts[random.below(texts.length)]!);
  const numbered = (name: (i: number) => string): string[] => Array.from({ length: 9000 }, (_, i) => name(i));
  const kinds: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['ids of 8 bytes', numbered((i) => `C${String(i).padStart(7, '0')}`)],
    ['ids of 1 to 16 bytes, some missing, some empty', [null, '', '__proto__', 'constructor', ...numbered((i) => `${'x'.repeat(i % 12)}${i}`)]],
    ['ids in Chinese', numbered((i) => `客户${i}`)],
    ['ids too long for words', numbered((i) => `customer-number-${i}`)],
    ['ids that end in zero bytes', ['a', 'a\0', 'a\0\0', 'b']],
    ['one id', ['only']],
  ];
  it.each(kinds)('%s: groups and gathers as the definition does', (_, texts) => {
    const values = drawn(texts);
    const seen = new Map<string, number[]>();
    values.forEach((value, i) => {
      if (value === null) return;
      if (!seen.has(value)) seen.set(value, []);
      seen.get(value)!.push(i);
    });
    const groups = groupRows(textColumn(values));
    const number = new Map([...seen.keys()].map((value, g) => [value, g]));
    expect(groups.codes).toEqual(Int32Array.from(values, (value) => (value === null ? -1 : number.get(value)!)));
    expect(groups.firstRow).toEqual(Int32Array.from(seen.values(), (rows) => rows[0]!));
    expect(groups.count).toBe(seen.size);
    const gathered = gatherRows(textColumn(values), Int32Array.from(values.keys()), Float64Array.from(values, (__, i) => i / 8));
    expect(gathered.firstRow).toEqual(groups.firstRow);
    [...seen.values()].forEach((rows, g) => {
      expect(gathered.integers.subarray(gathered.from[g], gathered.to[g])).toEqual(Int32Array.from(rows));
      expect(gathered.doubles.subarray(gathered.from[g], gathered.to[g])).toEqual(Float64Array.from(rows, (row) => row / 8));
    });
  });
  it('gathers by other types too, rows without a value left out', () => {
    const { count, integers, from, to } = gatherRows(categoryColumn(['b', null, 'a', 'b']), Int32Array.of(1, 2, 3, 4), new Float64Array(4));
    expect(count).toBe(2);
    expect([...integers.subarray(from[0], to[0])]).toEqual([1, 4]);
    expect([...integers.subarray(from[1], to[1])]).toEqual([3]);
  });
});

describe('orderBest', () => {
  it('puts equal values in the order of their ids, few or many of them, in any type of id', () => fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 99 })), { maxLength: 120, size: 'max' }), (rows) => {
    const values = Float64Array.from(rows, ([value]) => value);
    const ids = rows.map(([, id]) => String(id));
    const expected = [...rows.keys()].sort((a, b) => values[b]! - values[a]! || (ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : 0) || a - b);
    for (const column of [textColumn(ids), categoryColumn(ids), table({ id: rows.map(([, id]) => id) }).column('id')]) expect([...orderBest(values, column)]).toEqual(expected);
  })));
});
