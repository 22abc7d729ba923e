import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dateText } from '../../src/core/index.js';
import { wantedColumns, type CsvReadingOptions, type Mapping } from '../../src/io/index.js';
import { fileDoor, readCsv } from '../../src/io/node/index.js';
import { summarizeCsv } from '../../src/parallel/summarize-csv.js';
import { summarizeGroups } from '../../src/parallel/summarize-groups.js';
import { summarize, type Customers, type SummarizeOptions } from '../../src/transactions/index.js';

const MAP = { customer: 'id', date: 'day', amount: 'total' };
const ORDERED = { ...MAP, order: 'order' };
const RULES = { asOf: 0x7fffffff, from: -0x80000000, dropReturns: false, dropZero: false };
const folder = mkdtempSync(join(tmpdir(), 'clientele-groups-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Read as a stream, in blocks and groups of so many bytes. */
function inGroups(text: string, groupBytes: number, mapping: Mapping = MAP, options: SummarizeOptions = {}, reading: CsvReadingOptions = {}): Promise<Customers> {
  const door = { ...fileDoor('readCsv', Readable.from([Buffer.from(text)])), source: 'log', blockBytes: groupBytes };
  return summarizeGroups(door, wantedColumns('readCsv', mapping), reading, options, { threads: 1, rules: RULES, groupBytes });
}

async function atOnce(text: string, mapping: Mapping = MAP, options: SummarizeOptions = {}, reading: CsvReadingOptions = {}): Promise<Customers> {
  return summarize(await readCsv(Readable.from([Buffer.from(text)]), mapping, { ...reading, source: 'log' }), options);
}

/** All that is known of customers, doubles by their bits; how they were made left out. */
function bits(customers: Customers): unknown {
  return [customers.meta, { ...customers.diagnostics, method: undefined }, customers.names.map((name) => {
    const column = customers.column(name);
    return column.type === 'number' ? [...new BigInt64Array(Float64Array.from(column.data).buffer)] : customers.toColumns()[name];
  })];
}

const ids = fc.oneof(fc.constantFrom('a', 'b', '客户甲', '__proto__', 'x'.repeat(40), 'say "hi"', 'two\nlines', 'a,b'), fc.integer({ min: 0, max: 12 }).map(String));
const rows = fc.array(fc.tuple(ids, fc.integer({ min: 18_000, max: 18_400 }), fc.oneof(fc.integer({ min: -900, max: 5000 }).map((cents) => cents / 100), fc.double({ min: -1e6, max: 1e6, noNaN: true })), fc.integer({ min: 0, max: 30 })), { minLength: 3, maxLength: 60, size: 'max' })
  .filter((all) => all.some(([, , amount]) => amount >= 0));
const quoted = (id: string): string => (/[",\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id);
const textOf = (all: readonly (readonly [string, number, number, number])[]): string =>
  `id,day,total,order\n${all.map(([id, day, amount, order]) => `${quoted(id)},${dateText(day)},${amount},${order === 0 ? '' : `o${order}`}`).join('\n')}\n`;

describe('summarizeGroups', () => {
  it('gives the bits of reading all at once, whatever the groups', async () => {
    await fc.assert(fc.asyncProperty(rows, fc.integer({ min: 40, max: 600 }), async (all, groupBytes) => {
      const text = textOf(all);
      const streamed = await inGroups(text, groupBytes);
      expect(bits(streamed)).toEqual(bits(await atOnce(text)));
    }), { numRuns: 120 });
  });

  it('counts orders by their ids, and days, over groups', async () => {
    await fc.assert(fc.asyncProperty(rows, fc.constantFrom({}, { frequency: 'days' as const }, { monetary: 'mean' as const }), async (all, options) => {
      const text = textOf(all);
      expect(bits(await inGroups(text, 200, ORDERED, options))).toEqual(bits(await atOnce(text, ORDERED, options)));
    }), { numRuns: 60 });
  });

  it('says that it went through in groups', async () => {
    const text = textOf(Array.from({ length: 100 }, (_, i) => [`c${i % 7}`, 18_000 + ((i * 37) % 90), i, 0] as const));
    expect((await inGroups(text, 300)).diagnostics.method).toBe('streaming-day-bits');
    expect((await inGroups(text, 300, ORDERED)).diagnostics.method).toBe('streaming-order-ids-day-bits');
    expect((await inGroups(text, 1 << 20)).diagnostics.method).toBe('in-memory');
  });

  it('counts the rows it is told to skip, with their lines, in whatever group they stand', async () => {
    const text = `id,day,total\n${Array.from({ length: 300 }, (_, i) => (i % 17 === 3 ? `c${i},2024-13-01,1` : i % 29 === 5 ? `c${i},2024-01-01` : i % 31 === 7 ? ',2024-01-01,1' : `c${i % 20},2024-01-0${1 + (i % 9)},${i}`)).join('\n')}\n`;
    const reading = { onBadRow: 'skip' } as const;
    for (const groupBytes of [100, 700, 3000]) expect(bits(await inGroups(text, groupBytes, MAP, {}, reading))).toEqual(bits(await atOnce(text, MAP, {}, reading)));
    await expect(inGroups(text, 100)).rejects.toThrow('line 5, column "day": "2024-13-01"');
  });

  it('throws what reading throws: no row usable, none in the window', async () => {
    const bad = `id,day,total\n${Array.from({ length: 50 }, (_, i) => `c${i},never,1`).join('\n')}\n`;
    await expect(inGroups(bad, 200, MAP, {}, { onBadRow: 'skip' })).rejects.toThrow('"never"');
    const text = textOf(Array.from({ length: 50 }, (_, i) => [`c${i}`, 18_000, -1, 0] as const));
    const door = { ...fileDoor('readCsv', Readable.from([Buffer.from(text)])), blockBytes: 200 };
    await expect(summarizeGroups(door, wantedColumns('readCsv', MAP), {}, { returns: 'exclude' }, { threads: 1, rules: { ...RULES, dropReturns: true }, groupBytes: 200 })).rejects.toThrow('no row of the log is left (50 returns)');
  });

  it('reads on in memory where the first group holds what it cannot take, and refuses it later', async () => {
    const long = (at: number): string => textOf(Array.from({ length: 60 }, (_, i) => [`c${i % 5}`, 18_000 + i, i, i === at ? 0 : 1] as const)).replace(',18059', '').split('\n').map((line, i) => (i === at + 1 ? `${line}an-order-id-of-over-16-bytes` : line)).join('\n');
    expect(bits(await inGroups(long(2), 400, ORDERED))).toEqual(bits(await atOnce(long(2), ORDERED)));
    await expect(inGroups(long(50), 400, ORDERED)).rejects.toThrow(/can be read only once.*an order id of more than 16 bytes.*Save it to a file/);
  });

  it('closes the source when it is stopped', async () => {
    const controller = new AbortController();
    const stream = Readable.from((function* () {
      yield Buffer.from('id,day,total\n');
      for (let i = 0; ; i++) {
        if (i === 2000) controller.abort();
        yield Buffer.from(`c${i % 50},2024-01-01,${i}\n`.repeat(40));
      }
    })());
    const door = { ...fileDoor('readCsv', stream), blockBytes: 1 << 16 };
    await expect(summarizeGroups(door, wantedColumns('readCsv', MAP), { signal: controller.signal }, {}, { threads: 1, rules: RULES, groupBytes: 1 << 17 })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(stream.destroyed).toBe(true);
  });
});

describe('summarizeCsv', () => {
  it('takes streams, bytes and packed files as it takes files', async () => {
    const text = textOf(Array.from({ length: 500 }, (_, i) => [`c${i % 70}`, 18_000 + ((i * 37) % 90), i / 4, 0] as const));
    const packed = join(folder, 'log.csv.gz');
    writeFileSync(packed, gzipSync(text));
    const expected = (await atOnce(text)).toRows();
    for (const source of [Readable.from([Buffer.from(text)]), Buffer.from(text), packed, new Blob([text])]) expect((await summarizeCsv(source, MAP)).toRows()).toEqual(expected);
  });

  it('keeps a state where it is asked to', async () => {
    const text = textOf([['a', 18_000, 5, 0], ['b', 18_003, 7, 0]]);
    expect((await summarizeCsv(Buffer.from(text), MAP, { keepState: true })).state).toBeDefined();
  });
});
