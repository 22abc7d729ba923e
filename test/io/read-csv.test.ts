import { chmodSync, createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/io/index.js';
import { readCsv } from '../../src/io/node/index.js';
import { hasReference, referencePath, referenceRows } from '../reference.js';
import type { Transactions } from '../../src/transactions/index.js';
import { failure, MAPPING } from './reading.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const TEXT = 'id,day,total\n007,2024-01-31,12.50\nb,2024-02-29,-3\n';
const bytesOfData = (log: Transactions, name: string): Buffer => {
  const { buffer, byteOffset, byteLength } = log.column(name).data;
  return Buffer.from(buffer, byteOffset, byteLength);
};
const ROWS = [{ customer: '007', date: '2024-01-31', amount: 12.5 }, { customer: 'b', date: '2024-02-29', amount: -3 }];

describe('readCsv', () => {
  it('takes a path, a file URL, streams, bytes and Blobs; the log knows the file by its name', async () => {
    const path = file('orders.csv', TEXT);
    for (const source of [path, pathToFileURL(path), createReadStream(path, { highWaterMark: 5 })]) {
      const log = await readCsv(source, MAPPING);
      expect([log.toRows(), log.meta.source]).toEqual([ROWS, 'orders.csv']);
    }
    for (const source of [Readable.from([Buffer.from(TEXT)]), Readable.toWeb(createReadStream(path)), readFileSync(path), new Blob([TEXT])]) expect((await readCsv(source as Uint8Array, MAPPING)).toRows()).toEqual(ROWS);
    expect((await readCsv(path, MAPPING, { source: 'the shop' })).meta.source).toBe('the shop');
  });
  it('unpacks gzip, also of several parts', async () => {
    const parts = Buffer.concat([gzipSync(TEXT.slice(0, 20)), gzipSync(TEXT.slice(20))]);
    expect((await readCsv(file('orders.csv.gz', parts), MAPPING)).toRows()).toEqual(ROWS);
    expect((await readCsv(parts, MAPPING)).toRows()).toEqual(ROWS);
  });
  it('reads more than one block as parseCsv does, with progress by bytes', async () => {
    const text = `id,day,total\n${Array.from({ length: 120_000 }, (_, i) => `customer-${i % 1000},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${i / 4}`).join('\n')}`;
    const path = file('large.csv', text);
    const seen: number[] = [];
    const log = await readCsv(path, MAPPING, { source: 'csv', onProgress: ({ bytes, totalBytes, rows }) => seen.push(bytes, totalBytes!, rows) });
    expect(seen.slice(-3)).toEqual([text.length, text.length, 120_000]);
    expect(seen.length).toBeGreaterThan(6);
    const other = await parseCsv(text, MAPPING);
    const unpacked = await readCsv(file('large.csv.gz', gzipSync(text)), MAPPING, { source: 'csv' });
    for (const same of [other, unpacked]) {
      for (const name of log.names) expect(Buffer.compare(bytesOfData(same, name), bytesOfData(log, name))).toBe(0);
      expect([same.meta, same.diagnostics]).toEqual([log.meta, log.diagnostics]);
    }
  });
  it('names file, line, column and value', async () => {
    const path = file('bad.csv', `${TEXT}c,2024-02-30,1\n`);
    const error = await failure(() => readCsv(path, MAPPING));
    expect(error.place).toEqual({ where: 'readCsv', file: path, line: 4, row: 2, column: 'day', value: '"2024-02-30"' });
    expect(error.message).toContain(`readCsv: ${path}, line 4, column "day": "2024-02-30" is not a date: February 2024 has 29 days.`);
  });
  it.each<[string, () => string | URL, RegExp]>([
    ['a file that is not there', () => join(folder, 'nowhere.csv'), /nowhere\.csv is not there\. Check the name and the folder\./],
    ['a relative path', () => 'no/such.csv', /no\/such\.csv is not there\. .* It was looked for from \//],
    ['-, which is a name like any other', () => '-', /- is not there/],
    ['a directory', () => folder, /is a directory\. Name a file in it\./],
    ['an empty file', () => file('empty.csv', ''), /empty\.csv is empty\./],
    ['gzip cut short', () => file('cut.csv.gz', gzipSync(TEXT.repeat(1000)).subarray(0, 80)), /cut\.csv\.gz is packed by gzip and cut short or damaged\. Copy or download it again, whole\./],
    ['gzip damaged', () => file('hurt.csv.gz', gzipSync(TEXT.repeat(1000)).fill(9, 30, 70)), /is packed by gzip and cut short or damaged/],
    ['a spreadsheet', () => file('book.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 1)), /book\.xlsx is a spreadsheet/],
    ['a web address', () => new URL('https://example.org/orders.csv'), /Only file: URLs are opened; fetch the others/],
  ])('refuses %s', async (_, source, message) => {
    const error = await failure(() => readCsv(source(), MAPPING));
    expect(error.message).toMatch(message);
    expect(['FILE_UNREADABLE', 'OPTION_INVALID']).toContain(error.code);
  });
  it.skipIf(process.getuid?.() === 0)('refuses a file that may not be read', async () => {
    const path = file('secret.csv', TEXT);
    chmodSync(path, 0);
    expect((await failure(() => readCsv(path, MAPPING))).message).toContain('secret.csv may not be read. Ask for the permission');
  });
  it('checks options and mapping before it opens anything', async () => {
    expect((await failure(() => readCsv('nowhere.csv', MAPPING, { decimal: '!' as '.' }))).code).toBe('OPTION_INVALID');
  });
  it('is stopped by its signal while a stream gives nothing, and lets go of the stream', async () => {
    const stream = new Readable({ read: () => undefined });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    expect((await failure(() => readCsv(stream, MAPPING, { signal: controller.signal }))).code).toBe('ABORTED');
    expect(stream.destroyed).toBe(true);
  });
  it('says what a stream with an encoding gives', async () => {
    const stream = createReadStream(file('orders.csv', TEXT), 'utf8');
    expect((await failure(() => readCsv(stream, MAPPING))).message).toContain('leave out setEncoding');
  });
});

describe.skipIf(!hasReference)('the reference files', () => {
  it('reads every row of the rfm orders as a plain reading does', async () => {
    const log = await readCsv(referencePath('rfm/inputs/orders.csv'), { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
    const rows = referenceRows('rfm/inputs/orders.csv');
    expect(log.toRows()).toEqual(rows.map((row) => ({ customer: row['customer_id'], date: row['order_date'], amount: Number(row['revenue']) })));
  });
  it('reads CDNOW, zeros before ids kept', async () => {
    const log = await readCsv(referencePath('clv/cdnow-master/transactions.csv'), { customer: 'customer_id', date: 'date', amount: 'amount', quantity: 'quantity' });
    expect([log.numRows, log.cell('customer', 0), log.diagnostics.warnings]).toEqual([69659, '00001', []]);
  });
});
