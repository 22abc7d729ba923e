import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Table, validExcept, type Column } from '../../src/columns/index.js';
import { toCsv } from '../../src/io/index.js';

const TEXTS = ['plain', 'a,b', 'say "hi"', '=1+1', '客户', ''];
const code = fc.integer({ min: -1, max: TEXTS.length - 1 });
const row = fc.record({ segment: code, label: code, r: fc.option(fc.integer({ min: 1, max: 3 })), active: fc.option(fc.boolean()), spend: fc.integer({ min: 0, max: 9 }) });

/** RFC 4180 by the letter, one cell at a time. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

describe('columns with few values, written together', () => {
  it('give the bytes and counts of cells written one by one', () => {
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 12, size: 'max' }), fc.integer({ min: 1, max: 400 }), (kinds, rows) => {
      const all = Array.from({ length: rows }, (_, i) => kinds[(i * 7 + (i >> 3)) % kinds.length]!);
      const without = (of: (one: typeof all[0]) => unknown): { valid?: Uint8Array } => ({ valid: validExcept(rows, [...all.keys()].filter((i) => of(all[i]!) === null)) });
      const category = (of: (one: typeof all[0]) => number): Column => ({ type: 'category', data: Int32Array.from(all, of), values: TEXTS });
      const table = new Table([
        ['segment', category((one) => one.segment)], ['label', category((one) => one.label)],
        ['r', { type: 'integer', data: Int32Array.from(all, (one) => one.r ?? 0), ...without((one) => one.r) }],
        ['spend', { type: 'number', data: Float64Array.from(all, (one) => one.spend) }],
        ['active', { type: 'flag', data: Uint8Array.from(all, (one) => Number(one.active)), ...without((one) => one.active) }],
        ['again', category((one) => one.segment)],
      ]);
      let prefixed = 0;
      const text = toCsv(table, { header: false, onReport: (report) => (prefixed = report.formulaPrefixed) });
      const cells = all.map((one) => [TEXTS[one.segment] ?? null, TEXTS[one.label] ?? null, one.r, one.spend, one.active, TEXTS[one.segment] ?? null]);
      expect(text).toBe(cells.map((line) => `${line.map(cell).join(',')}\n`).join(''));
      expect(prefixed).toBe(cells.flat().filter((value) => value === '=1+1').length);
    }));
  });
});
