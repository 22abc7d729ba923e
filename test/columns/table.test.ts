import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { categoryColumn, cellWidth, compareText, compareTextRows, numbersOf, sortedIndices, Table, table, textColumn, type Column } from '../../src/columns/index.js';

const everyType = (): Table => new Table([
  ['number', { type: 'number', data: Float64Array.of(1.5, NaN, -3) }],
  ['integer', { type: 'integer', data: Int32Array.of(1, 2, 3), valid: Uint8Array.of(0b101) }],
  ['date', { type: 'date', data: Int32Array.of(0, 20_454, -1) }],
  ['hour', { type: 'date', data: Int32Array.of(0, 25, -1), unit: 'hour' }],
  ['flag', { type: 'flag', data: Uint8Array.of(1, 0, 1), valid: Uint8Array.of(0b011) }],
  ['category', categoryColumn(['x', null, '客户'])],
  ['text', textColumn(['a', '', null])],
]);

describe('Table', () => {
  it('gives cells as plain JavaScript, missing as null', () => {
    expect(everyType().toRows()).toEqual([
      { number: 1.5, integer: 1, date: '1970-01-01', hour: '1970-01-01 00:00', flag: true, category: 'x', text: 'a' },
      { number: null, integer: null, date: '2026-01-01', hour: '1970-01-02 01:00', flag: false, category: null, text: '' },
      { number: -3, integer: 3, date: '1969-12-31', hour: '1969-12-31 23:00', flag: null, category: '客户', text: null },
    ]);
  });

  it('takes rows, once or often, in any order, missing values with them', () => {
    const rows = everyType().toRows();
    expect(everyType().take([2, 0, 0]).toRows()).toEqual([rows[2], rows[0], rows[0]]);
    expect(everyType().where([0, 1, 0]).toRows()).toEqual([rows[1]]);
    expect(everyType().where((i) => i !== 1).toRows()).toEqual([rows[0], rows[2]]);
    expect(() => everyType().take([3])).toThrow('there is no row 3. Rows count from 0; the table has 3.');
    expect(() => everyType().where([1])).toThrow('the mask has 1 entries, the table 3 rows');
  });

  it('sorts stably with missing values last in both directions', () => {
    const t = table({ v: [2, null, 1, 2], k: ['a', 'b', 'c', 'd'] });
    expect(t.sortBy('v').toColumns()['k']).toEqual(['c', 'a', 'd', 'b']);
    expect(t.sortBy('v', 'descending').toColumns()['k']).toEqual(['a', 'd', 'c', 'b']);
  });

  it('orders text by code points, as its UTF-8 bytes do', () => fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
    const wellFormed = texts.map((text) => new TextDecoder().decode(new TextEncoder().encode(text)));
    const expected = [...wellFormed].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const t = table({ text: textColumn(wellFormed), category: categoryColumn(wellFormed) });
    expect(t.sortBy('text').toColumns()['text']).toEqual(expected);
    expect(t.sortBy('category').toColumns()['category']).toEqual(expected);
    expect([...wellFormed].sort(compareText)).toEqual(expected);
    const column = textColumn(wellFormed);
    expect([...sortedIndices(column)].map((i) => wellFormed[i])).toEqual(expected);
    if (wellFormed.length > 1) expect(Math.sign(compareTextRows(column, 0, 1))).toBe(Math.sign(compareText(wellFormed[0]!, wellFormed[1]!)));
  })));

  it('keeps columns named __proto__ and constructor as columns', () => {
    const t = new Table([['__proto__', textColumn(['x'])], ['constructor', textColumn(['y'])]]);
    expect(Object.entries(t.row(0))).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(JSON.stringify(t)).toBe('[{"__proto__":"x","constructor":"y"}]');
  });

  it('refuses unequal columns, names twice, and unknown names', () => {
    expect(() => table({ a: [1], b: [1, 2] })).toThrow('Table: column "b" has 2 rows, the others have 1.');
    expect(() => new Table([['a', textColumn([])], ['a', textColumn([])]])).toThrow('two columns named "a"');
    expect(() => table({ a: [1] }).column('b')).toThrow('column "b" is missing (found: "a")');
    expect(() => table({ a: [1, 'x'] as unknown as number[] })).toThrow('column "a", row 1: "x" is not number. Give values of one type; null is missing.');
    expect(() => table({ a: [{}] as unknown as number[] })).toThrow('is not number, text or true/false');
    expect(() => table({ a: 5 as unknown as number[] })).toThrow('column "a" is not an array');
    expect(() => numbersOf('kmeans', table({ a: ['x'] }), 'a')).toThrow('kmeans: column "a" holds text, not numbers.');
  });

  it('makes columns of plain arrays and shares typed ones', () => {
    const data = Float64Array.of(1, 2);
    const t = table({ n: data, i: Int32Array.of(1, 2), f: [true, null], t: ['a', undefined], small: Uint8Array.of(7, 8) });
    expect((t.column('n') as { data: Float64Array }).data).toBe(data);
    expect(t.toRows()).toEqual([{ n: 1, i: 1, f: true, t: 'a', small: 7 }, { n: 2, i: 2, f: null, t: null, small: 8 }]);
    expect([...numbersOf('test', t, 'f')]).toEqual([1, NaN]);
  });
});

describe('a table shows itself', () => {
  it('aligned, CJK characters two cells wide, dates as dates, rows capped', () => {
    const t = table({ customer: ['李雷', 'Ann', 'Zoë'], day: { type: 'date', data: Int32Array.of(0, 1, 2) }, money: [1, 22.5, null] });
    expect(t.toString()).toBe([
      'customer  day         money',
      '李雷      1970-01-01   1.00',
      'Ann       1970-01-02  22.50',
      'Zoë       1970-01-03',
    ].join('\n'));
    expect(t.toString({ rows: 1 })).toContain('\n… 2 more');
    expect(table({ a: [] }).toString()).toBe('a\n(no rows)');
    expect(new Table([]).toString()).toBe('(no columns)');
  });

  it('wraps wide tables into blocks', () => {
    expect(table({ aaaa: [1], bbbb: [2], cccc: [3] }).toString({ width: 11 })).toBe('aaaa  bbbb\n   1     2\n\ncccc\n   3');
  });

  it('through console.log and through a notebook, with markup escaped', () => {
    const t = table({ '<b>': ['<script>alert(1)</script>', '"&\''] });
    expect(inspect(t)).toBe(t.toString());
    const bundle = (t as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]!();
    expect(bundle['text/plain']).toBe(t.toString());
    expect(bundle['text/html']).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(bundle['text/html']).not.toMatch(/<script|<b>/);
    expect(t.toMarkdown()).toContain('\\<script\\>');
    expect(table({ a: Array.from({ length: 30 }, (_, i) => i) }).toHTML()).toContain('… 10 more');
  });

  it('never lets a cell break the terminal', () => {
    expect(table({ a: ['x\ny\u001b[31m\u202e'] }).toString()).toBe('a\nx⏎y\\u001b[31m\\u202e');
    expect(table({ a: ['x'.repeat(100)] }).toString().split('\n')[1]).toBe(`${'x'.repeat(47)}…`);
  });

  it('counts cells: wide, narrow, combining', () => {
    expect([cellWidth('客户'), cellWidth('é'), cellWidth('e\u0301'), cellWidth('한국'), cellWidth('🙂'), cellWidth('ｱ')]).toEqual([4, 1, 1, 4, 2, 1]);
  });

  it('shows numbers of one column with the same decimals, whole ones without', () => {
    expect(table({ a: [1, 2e15, NaN, Infinity] }).toString().split('\n')).toEqual(['               a', '               1', '2000000000000000', '', '        Infinity']);
    expect(table({ a: [0.25, 1] }).toString()).toBe('     a\n0.2500\n1.0000');
  });
});

describe('what a table cannot be made of, or asked', () => {
  const t = everyType();
  it.each([undefined, null, 42, 'ab', { a: [1] }, Promise.resolve([]), [1], [['a']], [['a', [1, 2]]], ['a']])('new Table(%s) says how one is made', (columns) => {
    expect(() => new Table(columns as never)).toThrow(/^Table: .* Pass pairs of name and column, or plain columns by name to table\(\{ … \}\)\.$/);
  });
  it.each([undefined, null, 42, Promise.resolve([0])])('take, where and select refuse %s', (given) => {
    expect(() => t.take(given as never)).toThrow(/^Table\.take: .* rows/);
    expect(() => t.where(given as never)).toThrow(/^Table\.where: .* flag per row/);
    expect(() => t.select(given as never)).toThrow(/^Table\.select: .* names of columns/);
  });
  it('names a forgotten await', () => {
    for (const call of [(p: never) => new Table(p), (p: never) => t.take(p), (p: never) => t.where(p), (p: never) => t.select(p)]) expect(() => call(Promise.resolve([]) as never)).toThrow('is an await missing?');
  });
  it('takes rows and flags of anything with a length', () => {
    expect(t.take({ length: 1, 0: 2 }).row(0)['number']).toBe(-3);
    expect(t.where({ length: 3, 0: true, 1: false, 2: false }).numRows).toBe(1);
  });
});

describe('columns keep their length', () => {
  const columns: Column[] = [{ type: 'number', data: new Float64Array(0) }, textColumn([]), categoryColumn([])];
  it.each(columns.map((c) => [c.type, c] as const))('an empty %s column has no rows', (_, column) => {
    expect(new Table([['a', column]]).numRows).toBe(0);
    expect(new Table([['a', column]]).toRows()).toEqual([]);
  });
});
