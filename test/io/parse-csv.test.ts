import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseCsv } from '../../src/io/index.js';
import { bytesOf, chunked, failure, MAPPING } from './reading.js';

const TEXT = 'id,day,total\n007,2024-01-31,12.50\nb,2024-02-29,-3\n';
const ROWS = [{ customer: '007', date: '2024-01-31', amount: 12.5 }, { customer: 'b', date: '2024-02-29', amount: -3 }];

describe('parseCsv', () => {
  it('reads roles in their order, types by role, and counts what it read', async () => {
    const text = 'note,order id,day,id,total,sku,pieces,unit cost,where,state,money\nn1,o1,2024-01-31,007,12.50,p,2,1.5,web,paid,EUR\nn1,,2024-01-31,8,1,p,,,shop,paid,EUR\nn1,o2,2024-02-01,9,1,q,,,shop,Cancelled,EUR\n';
    const log = await parseCsv(text, { customer: 'id', date: 'day', amount: 'total', order: 'order id', product: 'sku', quantity: 'pieces', cost: 'unit cost', channel: 'where', status: 'state', currency: 'money', carry: ['note'] });
    expect(log.names).toEqual(['customer', 'date', 'amount', 'order', 'product', 'quantity', 'cost', 'channel', 'status', 'currency', 'note']);
    expect(log.names.map((name) => log.column(name).type)).toEqual(['text', 'date', 'number', 'text', 'category', 'number', 'number', 'category', 'category', 'category', 'category']);
    expect(log.toRows()).toEqual([
      { customer: '007', date: '2024-01-31', amount: 12.5, order: 'o1', product: 'p', quantity: 2, cost: 1.5, channel: 'web', status: 'paid', currency: 'EUR', note: 'n1' },
      { customer: '8', date: '2024-01-31', amount: 1, order: null, product: 'p', quantity: null, cost: null, channel: 'shop', status: 'paid', currency: 'EUR', note: 'n1' },
    ]);
    expect(log.meta).toEqual({ resolution: 'day', source: 'csv', currency: 'EUR' });
    expect(log.diagnostics).toEqual({ rows: { read: 3, used: 2, refused: 0, leftOut: { cancelled: 1 } }, refused: [], warnings: [] });
    expect(log.carried).toEqual(['note']);
  });

  it('takes text, bytes, an ArrayBuffer, a Blob, a Response, web streams and generators alike', async () => {
    const bytes = bytesOf(TEXT);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const sources = [TEXT, bytes, shared, Buffer.from(TEXT), bytes.buffer, new Blob([TEXT]), new Response(TEXT), new Response(TEXT).body!, chunked(bytes, 3), { arrayBuffer: () => Promise.resolve(bytes.buffer as ArrayBuffer) }];
    for (const source of sources) expect((await parseCsv(source, MAPPING)).toRows()).toEqual(ROWS);
  });
  it('unpacks gzip on the way', async () => {
    for (const size of [1, 7, 1000]) expect((await parseCsv(chunked(gzipSync(TEXT), size), MAPPING)).toRows()).toEqual(ROWS);
  });
  it('reads with and without byte order mark, last line break and header spaces', async () => {
    for (const text of [`\ufeff${TEXT}`, TEXT.trimEnd(), TEXT.replace('id,day,total', ' id , day,total '), `${TEXT}\n\r\n  \n`, `\n${TEXT}`]) expect((await parseCsv(text, MAPPING)).toRows()).toEqual(ROWS);
  });

  it('keeps ids byte for byte: zeros, spaces, capitals, names of object properties, markup, formulas, any script', async () => {
    const ids = ['007', '7', ' 7', '7 ', '__proto__', 'constructor', 'toString', 'hasOwnProperty', "=cmd|' /C calc'!A0", '<script>alert(1)</script>', '王小明', '𠮷野家', '😀', 'Ａ', 'é', 'e\u0301', '\u0000'.replace('\u0000', '\u0001'), 'x'.repeat(5000)];
    const log = await parseCsv(`id,day,total\n${ids.map((id) => `${id},2024-01-01,1`).join('\n')}`, { ...MAPPING, product: 'id', carry: ['id'] });
    for (const column of ['customer', 'product', 'id']) expect(log.toRows().map((row) => row[column])).toEqual(ids);
  });
  it('gives equal texts one code, and different ones different codes, whatever their hash', () => fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '中', '😀'), minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 300 }), async (products) => {
    const log = await parseCsv(`id,day,total,p\n${products.map((p) => `k,2024-01-01,1,${p}`).join('\n')}`, { ...MAPPING, product: 'p' });
    const column = log.column('product');
    expect(column.type === 'category' && column.values).toEqual([...new Set(products)]);
    expect(log.toRows().map((row) => row['product'])).toEqual(products);
  }), { numRuns: 50 }));
  it('tells apart texts whose FNV hashes are equal', async () => {
    const products = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'];      // known pairs for 32-bit FNV-1a
    const log = await parseCsv(`id,day,total,p\n${products.map((p) => `k,2024-01-01,1,${p}`).join('\n')}`, { ...MAPPING, product: 'p' });
    expect(log.toRows().map((row) => row['product'])).toEqual(products);
  });

  it('carries text as text where more than half of the values differ, else as a category', async () => {
    const log = await parseCsv('id,day,total,email,region,half\na,2024-01-01,1,x@a,n,1\nb,2024-01-01,1,x@b,n,2\nc,2024-01-01,1,,s,1\nd,2024-01-01,1,x@a,n,2\n', { ...MAPPING, carry: ['email', 'region', 'half'] });
    expect(['email', 'region', 'half'].map((name) => log.column(name).type)).toEqual(['text', 'category', 'category']);
    expect(log.toRows().map((row) => row['email'])).toEqual(['x@a', 'x@b', null, 'x@a']);
  });

  it('takes words for "missing" as missing, with spaces around them, quoted or not, in optional columns', async () => {
    const text = `id,day,total,pieces,sku\n${['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', '\\N', ' NA ', '"NA"', '""', '"  "', '-999'].map((word) => `k,2024-01-01,1,${word},${word}`).join('\n')}`;
    const mapping = { ...MAPPING, quantity: 'pieces', product: 'sku' };
    const log = await parseCsv(text, mapping);
    expect(log.toRows().map((row) => [row['quantity'], row['product']])).toEqual([...Array<unknown>(12).fill([null, null]), [-999, '-999']]);
    const own = await parseCsv(text.split('\n').filter((_, i) => i === 0 || i === 1 || i === 13).join('\n'), mapping, { missing: ['-999'] });
    expect(own.toRows().map((row) => [row['quantity'], row['product']])).toEqual([[null, null], [null, null]]);
    expect((await parseCsv('id,day,total\nNA,2024-01-01,1\n', MAPPING, { missing: [] })).cell('customer', 0)).toBe('NA');
  });

  it('cuts instants in timeZone and says so in meta; wall-clock times keep their day', async () => {
    const text = 'id,day,total\na,2024-01-31T23:30:00Z,1\nb,2024-01-31 23:30,1\n';
    const log = await parseCsv(text, MAPPING, { timeZone: 'Asia/Shanghai' });
    expect(log.toRows().map((row) => row['date'])).toEqual(['2024-02-01', '2024-01-31']);
    expect(log.meta.timeZone).toBe('Asia/Shanghai');
    expect((await parseCsv(text, MAPPING)).meta.timeZone).toBe('UTC');
    expect('timeZone' in (await parseCsv(TEXT, MAPPING, { timeZone: 'Asia/Shanghai' })).meta).toBe(false);
  });
  it('counts hours and minutes, and keeps the date format in meta', async () => {
    const text = 'id,day,total\na,31/01/2024 23:30,1\n';
    const log = await parseCsv(text, MAPPING, { dateFormat: 'DD/MM/YYYY HH:mm', resolution: 'minute', source: 'shop' });
    expect(log.cell('date', 0)).toBe('2024-01-31 23:30');
    expect(log.meta).toEqual({ resolution: 'minute', dateFormat: 'DD/MM/YYYY HH:mm', source: 'shop' });
  });
  it('reads numbers as they are written elsewhere', async () => {
    const log = await parseCsv('id;day;total\na;2024-01-31;1.234,50 €\nb;2024-01-31;-€ 7\n', MAPPING, { decimal: ',', thousands: '.', currencySign: '€' });
    expect(log.toRows().map((row) => row['amount'])).toEqual([1234.5, -7]);
  });
  it('leaves out the statuses it is told', async () => {
    const text = 'id,day,total,state\na,2024-01-01,1,VOID\nb,2024-01-01,1,returned\n';
    expect((await parseCsv(text, { ...MAPPING, status: 'state' })).toRows()).toMatchObject([{ customer: 'b' }]);
    expect((await parseCsv(text, { ...MAPPING, status: 'state' }, { cancelled: ['Returned'] })).toRows()).toMatchObject([{ customer: 'a' }]);
  });

  it('reports progress by bytes and rows, and is stopped by what the callback throws', async () => {
    const bytes = bytesOf(`id,day,total\n${'a,2024-01-01,1\n'.repeat(150_000)}`);
    const seen: { bytes: number; rows: number }[] = [];
    await parseCsv(bytes, MAPPING, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ bytes: bytes.length, totalBytes: bytes.length, rows: 150_000 });
    await expect(parseCsv(bytes, MAPPING, { onProgress: () => { throw new Error('enough'); } })).rejects.toThrow('enough');
  });
  it('is stopped by its signal: before, while it reads, and while it waits for a source that gives nothing', async () => {
    expect((await failure(() => parseCsv(TEXT, MAPPING, { signal: AbortSignal.abort() }))).code).toBe('ABORTED');
    const controller = new AbortController();
    const bytes = bytesOf(`id,day,total\n${'a,2024-01-01,1\n'.repeat(150_000)}`);
    expect((await failure(() => parseCsv(bytes, MAPPING, { signal: controller.signal, onProgress: () => controller.abort() }))).code).toBe('ABORTED');
    let closed = false;
    const silent = { getReader: () => ({ read: () => new Promise<{ done: boolean }>(() => undefined), cancel: () => { closed = true; return Promise.resolve(); } }) };
    const waiting = new AbortController();
    setTimeout(() => waiting.abort('bored'), 5);
    const error = await failure(() => parseCsv(silent, MAPPING, { signal: waiting.signal }));
    expect([error.code, error.cause]).toEqual(['ABORTED', 'bored']);
    expect(closed).toBe(true);
  });
  it('lets go of its source, however it ends', async () => {
    let open = 0;
    const source = (text: string): AsyncGenerator<Uint8Array> => (async function* () {
      open++;
      try {
        yield bytesOf(text);
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield bytesOf(text);
      } finally {
        open--;
      }
    })();
    await failure(() => parseCsv(source('PK\u0003\u0004 and so on'), MAPPING));
    await failure(() => parseCsv(source('a,b\n'), MAPPING));
    await parseCsv(source('a,2024-01-01,1\n'), { customer: 1, date: 2, amount: 3 }, { header: false });
    expect(open).toBe(0);
  });
});
