import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, stackColumns, Table, textColumn, textOrCategory, validExcept, type Column } from '../../src/columns/index.js';

const cells = (column: Column | undefined): unknown => (column === undefined ? undefined : new Table([['x', column]]).toRows().map(({ x }) => x));
const NO_VALUE: readonly Column[] = [
  { type: 'number', data: Float64Array.of(NaN, NaN) }, { type: 'integer', data: new Int32Array(2), valid: Uint8Array.of(0) }, { type: 'date', data: new Int32Array(2), valid: Uint8Array.of(0) },
  { type: 'flag', data: new Uint8Array(2), valid: Uint8Array.of(0) }, categoryColumn([null, null]), textColumn([null, null]),
];
const ONE_VALUE: readonly Column[] = [
  { type: 'number', data: Float64Array.of(1.5) }, { type: 'integer', data: Int32Array.of(7) }, { type: 'date', data: Int32Array.of(20_000), unit: 'hour' },
  { type: 'flag', data: Uint8Array.of(1) }, categoryColumn(['x']), textColumn(['客户']),
];

describe('stackColumns', () => {
  it('keeps the type of columns that have the same', () => {
    expect(stackColumns([categoryColumn(['a', 'b', 'a']), categoryColumn(['c', 'b'])])).toEqual({ type: 'category', data: Int32Array.of(0, 1, 0, 2, 1), values: ['a', 'b', 'c'] });
    expect(stackColumns([{ type: 'integer', data: Int32Array.of(1) }, { type: 'integer', data: Int32Array.of(2) }])).toEqual({ type: 'integer', data: Int32Array.of(1, 2) });
  });

  it('makes text of text and categories, numbers of integers and numbers', () => {
    const text = stackColumns([categoryColumn(['a', null, '__proto__']), textColumn(['a', null, ''])]);
    expect([text?.type, cells(text)]).toEqual(['text', ['a', null, '__proto__', 'a', null, '']]);
    const numbers = stackColumns([{ type: 'integer', data: Int32Array.of(1, 0), valid: validExcept(2, [1]) }, { type: 'number', data: Float64Array.of(2 ** 31, NaN) }]);
    expect(numbers).toEqual({ type: 'number', data: Float64Array.of(1, NaN, 2 ** 31, NaN) });
  });

  it('counts dates in the finest unit of all', () => {
    const days: Column = { type: 'date', data: Int32Array.of(1, 9, -1), valid: validExcept(3, [1]) };
    expect(cells(stackColumns([days, { type: 'date', data: Int32Array.of(61), unit: 'minute' }]))).toEqual(['1970-01-02 00:00', null, '1969-12-31 00:00', '1970-01-01 01:01']);
    expect(stackColumns([days, { type: 'date', data: Int32Array.of(2), unit: 'day' }])?.type).toBe('date');
    expect(stackColumns([{ type: 'date', data: Int32Array.of(2_000_000) }, { type: 'date', data: Int32Array.of(61), unit: 'minute' }])).toBeUndefined();
  });

  it('takes a column without values for one of any kind', () => {
    for (const empty of [...NO_VALUE, textColumn([]), categoryColumn([])]) {
      for (const full of ONE_VALUE) {
        const missing = cells(empty) as unknown[];
        expect(cells(stackColumns([empty, full]))).toEqual([...missing, ...(cells(full) as unknown[])]);
        expect(stackColumns([full, empty])?.type).toBe(full.type);
      }
      for (const other of NO_VALUE) expect(cells(stackColumns([empty, other]))).toEqual([...(cells(empty) as unknown[]), null, null]);
    }
  });

  it('knows columns of different kinds', () => {
    const kind = ({ type }: Column): string => (type === 'category' ? 'text' : type === 'integer' ? 'number' : type);
    for (const a of ONE_VALUE) for (const b of ONE_VALUE) expect(stackColumns([a, b]) === undefined).toBe(kind(a) !== kind(b));
  });
});

describe('textOrCategory', () => {
  it('keeps text where more than half as many values differ as rows have one', () => {
    expect(textOrCategory(textColumn(['a', 'b', 'a', null])).type).toBe('text');
    expect(textOrCategory(textColumn(['b', 'a', 'b', null, 'a']))).toEqual({ type: 'category', data: Int32Array.of(0, 1, 0, -1, 1), values: ['b', 'a'] });
    expect(textOrCategory(textColumn([null]))).toEqual({ type: 'category', data: Int32Array.of(-1), values: [] });
  });
  it('changes no cell', () => fc.assert(fc.property(fc.array(fc.option(fc.constantFrom('', 'a', '客户', '__proto__', '𝒳')), { maxLength: 20, size: 'max' }), (texts) => {
    expect(cells(textOrCategory(textColumn(texts)))).toEqual(texts);
  })));
});
