import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { jsonChunks, ndjsonChunks, toJson, toNdjson, type JsonOptions, type JsonReport } from '../../src/io/to-json.js';
import { Table, table, textColumn } from '../../src/columns/index.js';
import { anyTable, joined } from './tables.js';

/** The rows as JSON can hold them. */
function jsonRows(t: Table): unknown {
  return t.toRows().map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, typeof cell === 'number' && !Number.isFinite(cell) ? null : Object.is(cell, -0) ? 0 : cell])));
}

describe('toJson', () => {
  it('writes an array of objects, a row a line, missing as null', () => {
    const t = new Table([
      ['customer', textColumn(['007', null])],
      ['spend', { type: 'number', data: Float64Array.of(12.5, NaN) }],
      ['last', { type: 'date', data: Int32Array.of(19358, 0), valid: Uint8Array.of(1) }],
      ['active', { type: 'flag', data: Uint8Array.of(1, 0) }],
      ['segment', { type: 'category', data: Int32Array.of(0, -1), values: ['"a"'] }],
    ]);
    expect(toJson(t)).toBe('[\n{"customer":"007","spend":12.5,"last":"2023-01-01","active":true,"segment":"\\"a\\""},\n{"customer":null,"spend":null,"last":null,"active":false,"segment":null}\n]\n');
  });
  it('writes an empty array for no rows', () => {
    expect(toJson({ a: [] as string[] })).toBe('[]\n');
    expect(toNdjson({ a: [] as string[] })).toBe('');
  });
  it('is read back by JSON.parse, whatever the cells hold', () => fc.assert(fc.property(fc.integer({ min: 0, max: 12 }).chain(anyTable), (t) => {
    expect(JSON.parse(toJson(t))).toEqual(jsonRows(t));
    expect(toNdjson(t).split('\n').slice(0, -1).map((line) => JSON.parse(line) as unknown)).toEqual(jsonRows(t));
  }), { numRuns: 300 }));
  it('keeps columns named __proto__ and constructor as data', () => {
    const t = new Table([['__proto__', textColumn(['a'])], ['constructor', textColumn(['b'])]]);
    const [row] = JSON.parse(toJson(t)) as object[];
    expect(Object.entries(row!)).toEqual([['__proto__', 'a'], ['constructor', 'b']]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });
  it('counts infinite numbers, which become null', () => {
    let report: JsonReport | undefined;
    expect(toNdjson({ a: [Infinity, -Infinity, NaN, 1] }, { onReport: (r) => (report = r) })).toBe('{"a":null}\n{"a":null}\n{"a":null}\n{"a":1}\n');
    expect(report).toEqual({ rows: 4, bytes: 41, infinite: 2 });
  });
  it('writes chosen columns only', () => {
    expect(toNdjson({ a: ['x'], b: [1] }, { columns: ['b'] })).toBe('{"b":1}\n');
    expect(() => toJson({ a: ['x'] }, { columns: ['b'] })).toThrow('toJson: column "b" is missing');
    expect(() => toJson({ a: ['x'] }, { indent: 2 } as JsonOptions)).toThrow('toJson: there is no option "indent".');
  });
});

describe('jsonChunks and ndjsonChunks', () => {
  it('join to the texts', () => {
    const n = 30000;
    const t = table({ id: Array.from({ length: n }, (_, i) => `客户${i}`), spend: Float64Array.from({ length: n }, (_, i) => i / 3) });
    expect([...jsonChunks(t)].length).toBeGreaterThan(2);
    expect(Buffer.from(joined(jsonChunks(t))).toString()).toBe(toJson(t));
    expect(Buffer.from(joined(ndjsonChunks(t))).toString()).toBe(toNdjson(t));
  });
});
