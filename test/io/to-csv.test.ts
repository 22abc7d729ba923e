import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvChunks, toCsv, type CsvOptions, type CsvReport } from '../../src/io/to-csv.js';
import { cellOf, Table, table, textColumn } from '../../src/columns/index.js';
import { anyTable, joined } from './tables.js';

/** What a CSV reader that knows no types must find in the cells. */
function cellTexts(t: Table, formulaSafe = true): string[][] {
  return Array.from({ length: t.numRows }, (_, i) => t.names.map((name) => {
    const column = t.column(name);
    const cell = cellOf(column, i);
    const text = cell === null ? '' : String(cell);
    const isText = column.type === 'text' || column.type === 'category';
    return formulaSafe && isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  }));
}

describe('toCsv', () => {
  it('writes every type of column as its own text, missing as empty', () => {
    const t = new Table([
      ['id', textColumn(['007', null])],
      ['spend', { type: 'number', data: Float64Array.of(12.5, NaN) }],
      ['orders', { type: 'integer', data: Int32Array.of(-3, 0), valid: Uint8Array.of(1) }],
      ['last', { type: 'date', data: Int32Array.of(19358, 0), valid: Uint8Array.of(1) }],
      ['at', { type: 'date', unit: 'hour', data: Int32Array.of(464605, -1) }],
      ['active', { type: 'flag', data: Uint8Array.of(1, 0) }],
      ['segment', { type: 'category', data: Int32Array.of(0, -1), values: ['at_risk'] }],
    ]);
    expect(toCsv(t)).toBe('id,spend,orders,last,at,active,segment\n007,12.5,-3,2023-01-01,2023-01-01 13:00,true,at_risk\n,,,,1969-12-31 23:00,false,\n');
  });
  it('quotes cells with the delimiter, quotes and line breaks, and doubles quotes', () => {
    expect(toCsv({ a: ['x,y', 'say "hi"', 'two\nlines', 'cr\r', 'semi;colon'] })).toBe('a\n"x,y"\n"say ""hi"""\n"two\nlines"\n"cr\r"\nsemi;colon\n');
    expect(toCsv({ a: ['x,y', 'semi;colon'] }, { delimiter: ';' })).toBe('a\nx,y\n"semi;colon"\n');
  });
  it('puts an apostrophe before text a spreadsheet would run, in cells and names, and counts them', () => {
    let report: CsvReport | undefined;
    const cells = ['=1+1', '+49', '-', '@cmd', '\tx', '\rx', 'a=1', "'=1", ''];
    const csv = toCsv({ '=name': cells, n: Float64Array.from(cells, () => -1) }, { onReport: (r) => (report = r) });
    expect(Papa.parse<string[]>(csv).data.map((row) => row[0])).toEqual(["'=name", "'=1+1", "'+49", "'-", "'@cmd", "'\tx", "'\rx", 'a=1', "'=1", '', '']);
    expect(report).toEqual({ rows: 9, bytes: Buffer.byteLength(csv), formulaPrefixed: 7 });
    expect(Papa.parse<string[]>(csv).data[1]![1]).toBe('-1');
  });
  it('counts prefixed cells of categories, not values', () => {
    const reports: CsvReport[] = [];
    const t = new Table([['k', { type: 'category', data: Int32Array.of(0, 0, 1, -1), values: ['=x', 'y', '=unused'] }]]);
    expect(toCsv(t, { onReport: (r) => reports.push(r) })).toBe('k\n\'=x\n\'=x\ny\n""\n');
    expect(reports[0]!.formulaPrefixed).toBe(2);
  });
  it('leaves formula text alone with formulaSafe: false', () => {
    expect(toCsv({ a: ['=1+1', '-5'] }, { formulaSafe: false })).toBe('a\n=1+1\n-5\n');
  });
  it('keeps the rows of a lone column with empty cells', () => {
    expect(toCsv({ a: ['', null, 'x'] })).toBe('a\n""\n""\nx\n');
    expect(toCsv({ a: [NaN, 1] })).toBe('a\n""\n1\n');
  });
  it('writes a byte order mark, no header, other line ends, chosen columns in the order asked', () => {
    expect(toCsv({ a: ['x'], b: [1] }, { bom: true, newline: 'crlf' })).toBe('\ufeffa,b\r\nx,1\r\n');
    expect(toCsv({ a: ['x'], b: [1] }, { header: false, columns: ['b', 'a'], delimiter: '\t' })).toBe('1\tx\n');
  });
  it('writes a header alone for a table without rows, and nothing for one without columns', () => {
    expect(toCsv({ a: [] as string[], b: [] as string[] })).toBe('a,b\n');
    expect(toCsv(new Table([]))).toBe('');
  });
  it('is read back by papaparse cell by cell, whatever the cells hold', () => fc.assert(fc.property(
    fc.integer({ min: 0, max: 12 }).chain(anyTable),
    fc.record<CsvOptions>({ delimiter: fc.constantFrom(',', ';', '\t', '|'), newline: fc.constantFrom('lf', 'crlf'), formulaSafe: fc.boolean() }),
    (t, options) => {
      const read = Papa.parse<string[]>(toCsv(t, options), { delimiter: options.delimiter!, newline: options.newline === 'lf' ? '\n' : '\r\n' });
      expect(read.errors).toEqual([]);
      expect(read.data.slice(0, -1)).toEqual([t.names, ...cellTexts(t, options.formulaSafe)]);
    },
  ), { numRuns: 300 }));
  it('says in the report how many cells got the prefix', () => fc.assert(fc.property(fc.integer({ min: 0, max: 12 }).chain(anyTable), (t) => {
    let report: CsvReport | undefined;
    toCsv(t, { onReport: (r) => (report = r) });
    const safe = cellTexts(t).flat();
    const plain = cellTexts(t, false).flat();
    expect(report!.formulaPrefixed).toBe(safe.filter((cell, i) => cell !== plain[i]).length);
  })));
  it('refuses unknown options, wrong words and missing columns, each by name', () => {
    const t = table({ a: ['x'] });
    expect(() => toCsv(t, { seperator: ';' } as CsvOptions)).toThrow('toCsv: there is no option "seperator". Known options: delimiter,');
    expect(() => toCsv(t, { delimiter: '-' } as unknown as CsvOptions)).toThrow('toCsv: option delimiter is "-".');
    expect(() => toCsv(t, { bom: 'yes' } as unknown as CsvOptions)).toThrow('toCsv: option bom is "yes". Give true or false.');
    expect(() => toCsv(t, { columns: ['b'] })).toThrow('toCsv: column "b" is missing (found: "a").');
    expect(() => csvChunks(t, { columns: 'a' } as unknown as CsvOptions)).toThrow('csvChunks: option columns is "a".');
  });
});

describe('csvChunks', () => {
  it('gives whole rows in chunks of their own memory that join to the text', () => {
    const n = 40000;
    const t = table({ id: Array.from({ length: n }, (_, i) => `C${i}`), spend: Float64Array.from({ length: n }, (_, i) => i / 8) });
    const chunks = [...csvChunks(t)];
    expect(chunks.length).toBeGreaterThan(1);
    expect(new Set(chunks.map((c) => c.buffer)).size).toBe(chunks.length);
    for (const chunk of chunks) expect(chunk[chunk.length - 1]).toBe(10);
    expect(Buffer.from(joined(chunks)).toString()).toBe(toCsv(t));
  });
  it('takes a cell of ten megabytes, plain and quoted', () => {
    const big = 'x'.repeat(10_000_000);
    const csv = toCsv({ a: ['1', big, '2', `${big}"`], b: ['p', 'q', 'r', 's'] });
    expect(csv).toBe(`a,b\n1,p\n${big},q\n2,r\n"${big}""",s\n`);
  });
});
