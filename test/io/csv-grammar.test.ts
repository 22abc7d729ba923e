import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import Papa from 'papaparse';
import { parseCsv } from '../../src/io/index.js';
import { newBatch } from '../../src/io/field-batch.js';
import { scanRows } from '../../src/io/scan-csv.js';
import { bytesOf, chunked, failure, MAPPING, plain, readInBlocks } from './reading.js';

const CARRY = ['a', 'b"c', '名前'];
const mapping = { ...MAPPING, carry: CARRY };

/** The grammar in twenty slow lines: fields of every row, blank lines left out. */
function naive(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [], field = '', quoted = false, wasQuoted = false, started = false, blank = true;
  const endField = (): void => { row.push(field); field = ''; quoted = wasQuoted = started = false; };
  const endRow = (): void => { endField(); if (!blank || row.length > 1) rows.push(row); row = []; blank = true; };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (!/[\s]/.test(c)) blank = false;
    if (quoted && c === '"' && text[i + 1] === '"') { field += '"'; i++; }
    else if (quoted) { if (c === '"') { quoted = false; wasQuoted = true; } else field += c; }
    else if (c === '"' && !started) { quoted = started = true; }
    else if (c === delimiter) endField();
    else if (c === '\n' || c === '\r') { if (c === '\r' && text[i + 1] === '\n') i++; endRow(); }
    else if (!wasQuoted || c !== ' ') { field += c; started = true; }
  }
  if (field !== '' || row.length > 0 || started) endRow();
  return rows;
}

const textOf = (bytes: Uint8Array, from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));

const character = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...'ab"",;|\t\n\r \'') }, fc.constantFrom('é', '中', '😀', '\u00a0', '\u2028', '\\', '0'));
const cell = fc.string({ unit: character, maxLength: 8 });
const key = fc.string({ unit: fc.constantFrom(...'xyz"",\n\r; 中😀'), maxLength: 6 }).map((text) => `k${text}`);
const table = fc.array(fc.tuple(key, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -99999, max: 99999 }), cell, cell, cell), { minLength: 1, maxLength: 12 });
const style = fc.record({ delimiter: fc.constantFrom(',', ';', '\t', '|'), quoteAll: fc.boolean(), bom: fc.boolean(), breaks: fc.array(fc.constantFrom('\n', '\r', '\r\n'), { minLength: 1, maxLength: 5 }), lastBreak: fc.boolean(), blank: fc.boolean() });

type Row = readonly [string, number, number, string, string, string];
const isoDay = (days: number): string => new Date((19000 + days) * 86400000).toISOString().slice(0, 10);

function write(rows: readonly Row[], { delimiter, quoteAll, bom, breaks, lastBreak, blank }: { delimiter: string; quoteAll: boolean; bom: boolean; breaks: readonly string[]; lastBreak: boolean; blank: boolean }): string {
  const quote = (text: string): string => (quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [['id', 'day', 'total', ...CARRY], ...rows.map(([id, days, cents, ...rest]) => [id, isoDay(days), (cents / 100).toFixed(2), ...rest])].map((cells) => cells.map(quote).join(delimiter));
  // A quoted line break may not meet another one that would make CRLF of two: they are written between rows only.
  const text = lines.map((line, i) => line + (i === lines.length - 1 && !lastBreak ? '' : breaks[i % breaks.length]! + (blank && i % 3 === 1 ? breaks[0]! : ''))).join('');
  return (bom ? '\ufeff' : '') + text;
}

const MISSING = new Set(['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', '\\N']);
const carried = (text: string): string | null => (MISSING.has(text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')) ? null : text);
const expectedRows = (rows: readonly Row[]): unknown[] => rows.map(([id, days, cents, ...rest]) => ({ customer: id, date: isoDay(days), amount: Number((cents / 100).toFixed(2)), ...Object.fromEntries(CARRY.map((name, i) => [name, carried(rest[i]!)])) }));

describe('the CSV grammar', () => {
  it('gives back every table that is written, in every style', () => fc.assert(fc.asyncProperty(table, style, async (rows, how) => {
    const log = await parseCsv(write(rows, how), mapping);
    expect(log.toRows()).toEqual(expectedRows(rows));
  }), { numRuns: 400 }));

  it('agrees with papaparse on what it wrote and on what we read', () => fc.assert(fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), async (rows, delimiter, newline) => {
    const cells = [['id', 'day', 'total', ...CARRY], ...rows.map(([id, days, cents, ...rest]) => [id, isoDay(days), (cents / 100).toFixed(2), ...rest])];
    const text = Papa.unparse(cells, { delimiter, newline });
    const theirs = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: true }).data;
    const ours = await parseCsv(text, mapping);
    expect(ours.toRows().map((row) => [row['customer'], row['date'], row['amount'], ...CARRY.map((name) => row[name])])).toEqual(theirs.slice(1).map(([id, date, amount, ...rest]) => [id, date, Number(amount), ...rest.map(carried)]));
  }), { numRuns: 300 }));

  it('agrees with a slow reading on any text at all, row by row', () => fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'k1"",,\n\r ;é'), maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (text, fields) => {
    const source = bytesOf(text);
    const bytes = new Uint8Array(source.length + 1);
    bytes.set(source);
    const batch = newBatch(bytes, fields, 100);
    const layout = { delimiter: 44, fields, slotOf: Int32Array.from({ length: fields }, (_, i) => i), slots: fields };
    const ended = scanRows(bytes, source.length, true, layout, { at: 0, line: 1 }, batch);
    fc.pre(ended === 'more' && batch.faults.every((fault) => fault.kind === 'fields'));
    const faults = new Map(batch.faults.map((fault) => [fault.row, fault.fields]));
    const found = Array.from({ length: batch.rows }, (_, row) => faults.get(row) ?? Array.from({ length: fields }, (_, slot) => textOf(bytes, batch.from[slot * 100 + row]!, batch.to[slot * 100 + row]!)));
    expect(found).toEqual(naive(text, ',').map((row) => (row.length === fields ? row : row.length)));
  }), { numRuns: 4000 }));

  it('does not depend on how the source cuts its chunks, nor on the block', async () => {
    const text = `\ufeff${['id;day;total;名前;note', '"001";2024-01-31;12.50;"say ""hi""\r\nthere";x', '😀k;20240229;-3;中文;"a;b"', '', 'c;2024-03-01T10:00:00Z;1e2;NA;""', ';2024-03-01;5;bad;row', 'd;2024-03-02;7;"multi\rline";z'].join('\r\n')}\n`;
    const bytes = bytesOf(text);
    const wide = { ...MAPPING, carry: ['名前', 'note'] };
    const options = { onBadRow: 'skip' } as const;
    const whole = plain(await parseCsv(text, wide, options));
    expect(whole).toMatchObject({ diagnostics: { rows: { read: 5, used: 4, refused: 1 }, refused: [{ row: 3, line: 7 }] } });
    for (let size = 1; size <= bytes.length; size++) {
      expect(plain(await parseCsv(chunked(bytes, size), wide, options)), `chunks of ${size}`).toEqual(whole);
      expect(plain(await readInBlocks(bytes, size, wide, options)), `blocks of ${size}`).toEqual(whole);
    }
  });

  it('counts lines within quotes, and every kind of line break, when it names one', async () => {
    const text = 'id,day,total,note\r\na,2024-01-01,1,"one\ntwo\r\nthree\rfour"\rb,2024-01-02,2,\n\nc,2024-01-0x,3,\n';
    const error = await failure(() => parseCsv(text, MAPPING));
    expect(error.place).toMatchObject({ line: 8, row: 2, column: 'day', value: '"2024-01-0x"' });
    for (let size = 1; size < text.length; size++) expect((await failure(() => readInBlocks(bytesOf(text), size, MAPPING))).place.line).toBe(8);
  });

  it('reads a field of 10 MB, in small chunks, and counts its lines', async () => {
    const long = 'ä "" line\n'.repeat(950_000);
    const bytes = bytesOf(`id,day,total,note\na,2024-01-01,1,"${long}"\nb,2024-01-02,oops,x\n`);
    const log = await parseCsv(chunked(bytes, 65536), { ...MAPPING, carry: ['note'] }, { onBadRow: 'skip' });
    expect(log.cell('note', 0)).toBe(long.replaceAll('""', '"'));
    expect(log.diagnostics.refused).toMatchObject([{ row: 1, line: 950_003, value: '"oops"' }]);
  });

  it.each([
    ['too few fields', 'a,2024-01-01\n', 'line 2: the row has 2 fields where 3 are expected (separator ",").'],
    ['too many fields', 'a,2024-01-01,1,2\n', 'line 2: the row has 4 fields where 3 are expected (separator ",").'],
    ['text behind a closing quote', '"a"b,2024-01-01,1\n', 'line 2: the row has text between a closing quote and the next separator.'],
  ])('refuses %s by line', async (_, row, message) => {
    const error = await failure(() => parseCsv(`id,day,total\n${row}`, MAPPING));
    expect(error.message).toContain(message);
    expect(error.place).toMatchObject({ line: 2, row: 0 });
  });

  it('names the line where a quote opens that is never closed', async () => {
    const text = 'id,day,total\na,2024-01-01,1\n"b,2024-01-02,2\nc,2024-01-03,3\n';
    for (const read of [(): unknown => parseCsv(text, MAPPING), (): unknown => readInBlocks(bytesOf(text), 7, MAPPING), (): unknown => parseCsv(text, MAPPING, { onBadRow: 'skip' })]) {
      const error = await failure(read);
      expect(error.code).toBe('FILE_UNREADABLE');
      expect(error.place.line).toBe(3);
      expect(error.message).toContain('line 3: a quote opens here and is not closed before the end of the file. Close it, or write ""');
    }
    expect((await failure(() => parseCsv('"id,day,total\na,2024-01-01,1\n', MAPPING))).place.line).toBe(1);
  });

  it('takes quotes elsewhere, and spaces before a quote, for text', async () => {
    const log = await parseCsv('id,day,total,size\na"b,2024-01-01,1,5"\n "c",2024-01-01,1,"7" \n', { ...MAPPING, carry: ['size'] });
    expect(log.toRows().map((row) => [row['customer'], row['size']])).toEqual([['a"b', '5"'], [' "c"', '7']]);
  });
});

describe('finding the separator', () => {
  it.each([',', ';', '\t', '|'])('finds %j by the header', async (delimiter) => {
    const text = ['id,day,total', 'a,2024-01-01,1'].join('\n').replaceAll(',', delimiter);
    expect((await parseCsv(text, MAPPING)).row(0)).toEqual({ customer: 'a', date: '2024-01-01', amount: 1 });
  });
  it('is not led astray by decimal commas or by commas in a header name', async () => {
    expect((await parseCsv('id;day;total\na;2024-01-01;1,5\nb;2024-01-02;2,5\n', MAPPING, { decimal: ',' })).cell('amount', 1)).toBe(2.5);
    expect((await parseCsv('id;day;"total, net, all"\na;2024-01-01;1\n', { ...MAPPING, amount: 'total, net, all' })).cell('amount', 0)).toBe(1);
  });
  it('goes by consistency where there is no header', async () => {
    const log = await parseCsv('a;2024-01-01;1,5\nb;2024-01-02;2,25\n', { customer: 1, date: '2', amount: 3, carry: [1] }, { header: false, decimal: ',' });
    expect(log.toRows()).toEqual([{ customer: 'a', date: '2024-01-01', amount: 1.5, 1: 'a' }, { customer: 'b', date: '2024-01-02', amount: 2.25, 1: 'b' }]);
  });
  it('takes the one it is given, and the one a line sep=; gives', async () => {
    expect((await parseCsv('id:day:total\na:2024-01-01:1\n', MAPPING, { delimiter: ':' })).numRows).toBe(1);
    const error = await failure(() => parseCsv('sep=;\r\nid;day;total\r\na;2024-01-01;x\r\n', MAPPING));
    expect(error.place).toMatchObject({ line: 3, value: '"x"' });
  });
  it.each(['', ',,', 'a', '"', '\n', '1'])('refuses %j as a separator', async (delimiter) => {
    expect((await failure(() => parseCsv('x', MAPPING, { delimiter }))).message).toContain('option delimiter');
  });
  it('keeps doubled quotes of a first row that is data', async () => {
    const log = await parseCsv('"a""b",2024-01-01,1\n', { customer: 1, date: 2, amount: 3 }, { header: false });
    expect(log.cell('customer', 0)).toBe('a"b');
  });
});
