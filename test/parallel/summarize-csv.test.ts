import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateText, dayOfText } from '../../src/core/index.js';
import { STRETCH } from '../../src/parallel/appearances.js';
import { hashWords } from '../../src/parallel/key-hash.js';
import { summarizeCsv, summarizeFiles } from '../../src/parallel/summarize-csv.js';
import { readCsv } from '../../src/io/node/index.js';
import { exampleOrders, summarize, type Customers, type SummarizeOptions } from '../../src/transactions/index.js';
import { toCsv, type CsvReadingOptions } from '../../src/io/index.js';
import * as built from '../../dist/node.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-parallel-'));
const file = join(folder, 'orders.csv');
const MAP = { customer: 'id', date: 'day', amount: 'total' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything about a result, typed arrays as their bytes. */
function bits(customers: { entries(): Iterable<[string, object]>; meta: unknown; diagnostics: object }): unknown {
  const columns = [...customers.entries()].map(([name, column]) => [name, Object.entries(column).map(([key, value]) => [key, ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value])]);
  return { columns, meta: customers.meta, diagnostics: { ...customers.diagnostics, method: undefined } };
}

/** The fast way in one thread and small chunks; it must have been taken. */
async function fast(text: string, chunkBytes: number, options: SummarizeOptions & CsvReadingOptions = {}, reading: CsvReadingOptions = {}): Promise<Customers | undefined> {
  writeFileSync(file, text);
  return summarizeFiles(file, MAP, reading, options, { where: 'summarizeCsv', threads: 1, memoryLimit: 1 << 30, chunkBytes });
}

const slow = async (options: SummarizeOptions = {}, reading: CsvReadingOptions = {}): Promise<Customers> => summarize(await readCsv(file, MAP, reading), options);

const plain = (rows: readonly (readonly [string, number, number])[]): string => `id,day,total\n${rows.map(([id, day, cents]) => `${id},${dateText(day)},${cents / 100}`).join('\n')}\n`;

const ids = fc.oneof(fc.constantFrom('a', 'b', 'c', 'long-customer-identifier-0001', 'long-customer-identifier-0002', 'sixteen-bytes-id', 'NAda', 'x-NULL'), fc.stringMatching(/^[A-Za-z0-9]{1,20}$/).filter((id) => !/^(NA|NULL|null|NaN|nan)$/.test(id)));
const days = fc.integer({ min: 19_000, max: 19_060 });
const plainRows = fc.array(fc.tuple(ids, days, fc.integer({ min: -5000, max: 50_000 })), { minLength: 1, maxLength: 80, size: 'max' }).filter((rows) => rows.some(([, , cents]) => cents >= 0));

describe('summarizeCsv on plain logs', () => {
  it('gives the bits of summarize(await readCsv(…)), wherever chunks end', async () => {
    await fc.assert(fc.asyncProperty(plainRows, fc.integer({ min: 40, max: 600 }), async (rows, chunkBytes) => {
      const quick = await fast(plain(rows), chunkBytes);
      expect(quick).toBeDefined();
      expect(bits(quick!)).toEqual(bits(await slow()));
    }), { numRuns: 60 });
  });

  it('at every chunk size of a small file', async () => {
    const text = 'id,day,total\r\nanna,2024-02-29,1.5\r\nb,2024-01-01,-2\nlong-customer-identifier-0001,2024-03-01,1234567.891\n客户,2024-01-01,7\n\n c ,2024-01-02,1e3\nanna,2024-01-01,0.1';
    writeFileSync(file, text);
    const expected = bits(await slow());
    for (let chunkBytes = 16; chunkBytes <= text.length * 2; chunkBytes++) {
      const quick = await fast(text, chunkBytes);
      if (quick !== undefined) expect(bits(quick)).toEqual(expected);
      else expect(chunkBytes).toBeLessThan(text.length);
    }
    expect(await fast(text, 4096)).toBeDefined();
  });

  it('under every rule of summarize', async () => {
    const words: SummarizeOptions[] = [{ returns: 'exclude' }, { zeroOrders: 'drop' }, { frequency: 'days' }, { monetary: 'mean' }, { asOf: dateText(19_040) }, { from: dateText(19_010), asOf: dateText(19_050) }];
    await fc.assert(fc.asyncProperty(plainRows, fc.constantFrom(...words), async (rows, options) => {
      const quick = await fast(plain(rows), 200, options);
      if (quick !== undefined) expect(bits(quick)).toEqual(bits(await slow(options)));
      else await expect(slow(options)).rejects.toThrow(/no row of the log is left|the window starts/);
    }), { numRuns: 40 });
  });

  it('in several rounds, in order and out of order', async () => {
    for (const order of ['sorted', 'shuffled'] as const) {
      const rows = Array.from({ length: 4000 }, (_, i): [string, number, number] => [`c${(i * 7919) % 300}`, order === 'sorted' ? 19_000 + Math.floor(i / 40) : 19_000 + ((i * 31) % 97), i % 50 === 0 ? -100 : i]);
      writeFileSync(file, plain(rows));
      const quick = await summarizeFiles(file, MAP, {}, {}, { where: 'summarizeCsv', threads: 1, memoryLimit: 9 << 20, chunkBytes: 4096 });
      expect(quick?.diagnostics.method).toBe(order === 'sorted' ? 'streaming' : 'streaming-day-bits');
      expect(bits(quick!)).toEqual(bits(await slow()));
    }
  });

  it.each([STRETCH - 1, STRETCH, STRETCH + 1, 2 * STRETCH])('places %i customers who come once', async (rows) => {
    const quick = await fast(plain(Array.from({ length: rows }, (_, i) => [`c${(i * 7919) % 100_003}`, 19_000 + (i % 97), i] as const)), 1 << 16);
    expect(quick!.numRows).toBe(rows);
    expect(bits(quick!)).toEqual(bits(await slow()));
  });

  it('finds the dates of windows of any length, however close they stand', async () => {
    const window = fc.constantFrom(1, 31, 32, 33, 97, 128, 160, 1023, 1024, 1025, 3000);
    const few = fc.record({ window, customers: fc.constantFrom(1, 2, 3), places: fc.array(fc.nat(), { minLength: 2, maxLength: 400, size: 'max' }) });
    await fc.assert(fc.asyncProperty(few, async ({ window, customers, places }) => {
      // Borders of the window too, and never in order.
      const days = [window - 1, ...places.map((place) => place % window), 0];
      const quick = await fast(plain(days.map((day, i) => [`c${i % customers}`, 19_000 + day, i] as const)), 1 << 20);
      if (window > 1) expect(quick!.diagnostics.method).toBe('streaming-day-bits');
      expect(bits(quick!)).toEqual(bits(await slow()));
    }), { numRuns: 100 });
  });

  it('streams within the least memory, on several threads', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i): [string, number, number] => [`customer-${(i * 7919) % 9001}`, 19_000 + Math.floor(i / 400), i % 900]);
    writeFileSync(file, plain(rows));
    const expected = bits(await slow());
    for (const threads of [1, 2, 8]) {
      const customers = await built.summarizeCsv(file, MAP, { threads, memoryLimit: 64 << 20 });
      expect(customers.diagnostics.method).toBe('streaming');
      expect(bits(customers)).toEqual(expected);
    }
  });

  it('counts orders by their ids, in one round or several', async () => {
    const withOrders = { ...MAP, order: 'order' };
    const orderIds = fc.oneof(fc.constantFrom('1', '2', '3', '', 'NA', 'ORDER-0000000001'), fc.integer({ min: 0, max: 30 }).map((i) => `O${i}`));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'long-customer-identifier-0001'), days, fc.integer({ min: -5000, max: 50_000 }), orderIds), { minLength: 1, maxLength: 80, size: 'max' }).filter((rows) => rows.some(([, , cents]) => cents >= 0)), fc.integer({ min: 60, max: 600 }), fc.constantFrom<SummarizeOptions>({}, { frequency: 'days' }, { monetary: 'mean' }), async (rows, chunkBytes, options) => {
      writeFileSync(file, `id,order,day,total\n${rows.map(([id, day, cents, order]) => `${id},${order},${dateText(day)},${cents / (cents % 3 === 0 ? 1000 : 100)}`).join('\n')}\n`);
      const quick = await summarizeFiles(file, withOrders, {}, options, { where: 'summarizeCsv', threads: 1, memoryLimit: 1 << 30, chunkBytes });
      expect(bits(quick!)).toEqual(bits(summarize(await readCsv(file, withOrders), options)));
    }), { numRuns: 60 });
    const many = Array.from({ length: 4000 }, (_, i) => `c${(i * 7919) % 300},O${i % 3500},${dateText(19_000 + Math.floor(i / 40))},${i}`);
    writeFileSync(file, `id,order,day,total\n${many.join('\n')}\n`);
    const rounds = await summarizeFiles(file, withOrders, {}, {}, { where: 'summarizeCsv', threads: 1, memoryLimit: 9 << 20, chunkBytes: 4096 });
    expect(rounds?.diagnostics.method).toBe('streaming-order-ids');
    expect(bits(rounds!)).toEqual(bits(summarize(await readCsv(file, withOrders))));
    writeFileSync(file, 'id,order,day,total\na,an-order-id-of-many-bytes,2024-01-01,1\n');
    expect(await summarizeFiles(file, withOrders, {}, {}, { where: 'summarizeCsv', threads: 1, memoryLimit: 1 << 30, chunkBytes: 4096 })).toBeUndefined();
  });

  it('tells ids with equal hashes apart, also long ones', async () => {
    const seen = new Map<number, string>();
    let pair: [string, string] | undefined;
    for (let i = 0; pair === undefined; i++) {
      const id = `k${i.toString(36)}`;
      const words = new Int32Array(4);
      new Uint8Array(words.buffer).set(Buffer.from(id));
      const hash = hashWords(words[0]!, words[1]!, words[2]!, words[3]!);
      const other = seen.get(hash);
      if (other !== undefined) pair = [other, id];
      seen.set(hash, id);
    }
    const quick = await fast(plain([[pair[0], 19_000, 100], [pair[1], 19_000, 200], [pair[0], 19_001, 300], [pair[1], 19_002, 400]]), 64);
    expect(quick!.toColumns()).toMatchObject({ customer: pair, monetary: Float64Array.of(4, 6) });
  });
});

const odd = fc.oneof(ids, fc.constantFrom('a,b', 'say "hi"', 'two\nlines', 'cr\r\nlf', '  spaced  ', '客户甲', '𝒳', '__proto__', 'x'.repeat(40), '"', '5" pipe'));
const oddRows = fc.array(fc.tuple(odd, days, fc.oneof(fc.integer({ min: -5000, max: 50_000 }).map((c) => c / 100), fc.double({ min: -1e9, max: 1e9, noNaN: true }))), { minLength: 1, maxLength: 40, size: 'max' }).filter((rows) => rows.some(([, , amount]) => amount >= 0));

describe('summarizeCsv on any log', () => {
  it('agrees with another parser and a plain reading of the definition', async () => {
    await fc.assert(fc.asyncProperty(oddRows, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 16, max: 300 }), async (rows, newline, chunkBytes) => {
      const text = Papa.unparse([['id', 'day', 'total'], ...rows.map(([id, day, amount]) => [id, dateText(day), String(amount)])], { newline });
      const quick = await fast(text, chunkBytes) ?? await slow();
      expect(bits(quick)).toEqual(bits(await slow()));
      const parsed = Papa.parse<string[]>(text).data.slice(1);
      expect(quick.select(['customer', 'first', 'last', 'frequency', 'monetary']).toRows()).toEqual(naive(parsed));
    }), { numRuns: 80 });
  });
});

/** The definition in twenty lines: whole cents added exactly, other amounts in file order. */
function naive(rows: readonly string[][]): object[] {
  const customers = new Map<string, { first: number; last: number; frequency: number; cents: bigint; rest: number }>();
  for (const [id, day, total] of rows) {
    const own = customers.get(id!) ?? { first: Infinity, last: -Infinity, frequency: 0, cents: 0n, rest: 0 };
    const amount = Number(total);
    const cents = Math.round(amount * 100);
    if (cents / 100 === amount && Math.abs(cents) <= 2 ** 46) own.cents += BigInt(cents);
    else own.rest += amount;
    if (amount >= 0) {
      own.frequency++;
      own.first = Math.min(own.first, dayOfText(day!)!);
      own.last = Math.max(own.last, dayOfText(day!)!);
    }
    customers.set(id!, own);
  }
  return [...customers].filter(([, own]) => own.frequency > 0).map(([customer, { first, last, frequency, cents, rest }]) => ({
    customer, frequency, first: dateText(first), last: dateText(last), monetary: Number(cents) / 100 + rest,
  }));
}

describe('bad rows', () => {
  it('are skipped and counted as readCsv does, with row and line', async () => {
    const text = `id,day,total\n${Array.from({ length: 200 }, (_, i) => (i % 17 === 3 ? `c${i},2024-13-01,1` : i % 29 === 5 ? `c${i},2024-01-01` : i % 31 === 7 ? `,2024-01-01,1` : i % 37 === 9 ? `"q\n${i}",2024-01-01,x` : `c${i % 20},2024-01-0${1 + (i % 9)},${i}`)).join('\n')}\n`;
    const reading = { onBadRow: 'skip' } as const;
    for (const chunkBytes of [100, 700, 1 << 20]) {
      const quick = await fast(text, chunkBytes, {}, reading);
      expect(quick).toBeDefined();
      expect(bits(quick!)).toEqual(bits(await slow({}, reading)));
    }
    await expect(summarizeCsv(file, MAP, { threads: 1 })).rejects.toThrow(/line 5, column "day": "2024-13-01"/);
  });
});

describe('the built package, on threads', () => {
  const large = join(folder, 'large.csv');
  beforeAll(() => writeFileSync(large, toCsv(exampleOrders({ customers: 3000, seed: 3 }))));
  const mapping = { customer: 'customer', date: 'date', amount: 'amount' };

  it('gives the same bits for 1 to 8 threads', async () => {
    const expected = bits(summarize(await readCsv(large, mapping)));
    for (const threads of [1, 2, 3, 8]) expect(bits(await built.summarizeCsv(large, mapping, { threads }))).toEqual(expected);
    expect(bits(await built.summarizeCsv([large], mapping, { threads: 2 }))).toEqual(expected);
  });

  it('takes a log in parts as one', async () => {
    const whole = plain(Array.from({ length: 100 }, (_, i) => [`c${i % 9}`, 19_000 + i, i * 10] as const)).trim().split('\n');
    const parts = [join(folder, 'one.csv'), join(folder, 'two.csv')];
    writeFileSync(parts[0]!, whole.slice(0, 60).join('\n'));
    writeFileSync(parts[1]!, [whole[0], ...whole.slice(60)].join('\n'));
    writeFileSync(file, whole.join('\n'));
    const together = await built.summarizeCsv(parts, MAP, { threads: 2 });
    expect(together.toRows()).toEqual((await slow()).toRows());
    expect((await built.summarizeCsv(parts, { ...MAP, customer: 'id', status: 'id' })).toRows()).toEqual(together.toRows());
  });

  it('is stopped by its signal, and leaves no thread behind', async () => {
    const controller = new AbortController();
    const job = built.summarizeCsv(large, mapping, { threads: 2, signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(job).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('reports how far it is', async () => {
    const seen: number[] = [];
    await built.summarizeCsv(large, mapping, { threads: 2, onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes!) });
    expect(seen.at(-1)).toBeGreaterThan(0.99);
    await expect(built.summarizeCsv(large, mapping, { threads: 0 })).rejects.toThrow('option threads is 0');
  });
});
