import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, groupRows, hashBytes, table, textColumn, type Column } from '../../src/columns/index.js';

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
