import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dateText } from '../../src/core/index.js';
import { readCsv } from '../../src/io/node/index.js';
import { summarizeCsv, summarizeFiles } from '../../src/parallel/summarize-csv.js';
import { summarize, type Customers } from '../../src/transactions/index.js';
import type { CsvReadingOptions, Mapping } from '../../src/io/index.js';
import { customersFromArrow, toArrowIPC } from '../../src/io/arrow.js';
import * as built from '../../dist/node.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MAP = { customer: 'id', date: 'day', amount: 'total' };
const HEADER = 'id,day,total,email,status,currency';

const file = (name: string, rows: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${HEADER}\n${rows.map((row) => `${row}\n`).join('')}`);
  return path;
};
const files = (parts: readonly (readonly string[])[]): string[] => parts.map((rows, p) => file(`q${p}.csv`, rows));

/** Everything about a result, typed arrays as their bytes; the names of files left out. */
function bits(customers: Customers): unknown {
  const { meta, diagnostics } = customers;
  const columns = [...customers.entries()].map(([name, column]) => [name, Object.entries(column).map(([key, value]: [string, unknown]) => [key, ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value])]);
  return { columns, meta: { ...meta, source: undefined }, diagnostics: { ...diagnostics, method: undefined, refused: diagnostics.refused.map(({ row, column, value, reason }) => ({ row, column, value, reason })) } };
}

/** Parts without rows, with bad rows only, or both kinds. */
const row = fc.tuple(fc.constantFrom('a', 'b', '客户', '__proto__'), fc.integer({ min: 19_000, max: 19_400 }), fc.integer({ min: -500, max: 5000 }), fc.constantFrom('', 'x@y', 'z@y', 'NA'), fc.constantFrom('paid', 'paid', 'void'), fc.constantFrom('', '', 'EUR'))
  .map(([id, day, cents, email, status, currency]) => `${id},${dateText(day)},${cents / 100},${email},${status},${currency}`);
const bad = fc.constantFrom('a,never,1,,,', ',2024-01-01,1,,,', 'a,2024-01-01', 'b,2024-01-01,x,u@y,void,USD');
const part = fc.oneof(fc.constant([]), fc.array(bad, { minLength: 1, maxLength: 4 }), fc.array(fc.oneof({ weight: 5, arbitrary: row }, bad), { maxLength: 12, size: 'max' }));
const logs = fc.array(part, { minLength: 2, maxLength: 4 }).filter((parts) => parts.flat().some((line) => /^.+,\d{4}-\d\d-\d\d,\d.*,paid,/.test(line)));

describe('summarizeCsv of a log in parts', () => {
  it('gives what one file with all rows gives, bit for bit, whatever a part holds', async () => {
    const mappings: Mapping[] = [MAP, { ...MAP, carry: ['email', 'currency'] }, { ...MAP, status: 'status', currency: 'currency', carry: ['email'] }];
    await fc.assert(fc.asyncProperty(logs, fc.constantFrom(...mappings), async (parts, mapping) => {
      const reading: CsvReadingOptions = { onBadRow: 'skip' };
      const whole = bits(summarize(await readCsv(file('whole.csv', parts.flat()), mapping, reading)));
      const paths = files(parts);
      expect(bits(await summarizeCsv(paths, mapping, reading))).toEqual(whole);
      expect(bits(await summarizeCsv(paths, mapping, { ...reading, threads: 1 }))).toEqual(whole);
      const quick = await summarizeFiles(paths, mapping, reading, {}, { where: 'summarizeCsv', threads: 1, memoryLimit: 1 << 30, chunkBytes: 60 });
      if (quick !== undefined) expect(bits(quick)).toEqual(whole);
    }), { numRuns: 150 });
  });

  it('takes carried columns that are empty or few-valued in one part', async () => {
    const shops = Array.from({ length: 300 }, (_, i) => `c${i},2026-01-01,5,${i % 2 === 0 ? 'x@y' : 'z@y'},,`);
    for (const parts of [[['a,2026-01-01,5,x@y,,'], ['a,2026-01-02,5,,,']], [shops, ['a,2026-01-02,5,w@y,,']], [['a,2026-01-02,5,w@y,,'], ['b,2026-01-02,5,w@y,,']]]) {
      const mapping = { ...MAP, carry: ['email'] };
      expect(bits(await summarizeCsv(files(parts), mapping))).toEqual(bits(summarize(await readCsv(file('whole.csv', parts.flat()), mapping))));
    }
  });

  it('takes a part without rows on any number of threads, and refuses a log without any', async () => {
    const paths = files([['a,2026-01-01,5,,,'], [], ['b,2026-01-02T08:00:00Z,7,,,']]);
    const none = [file('none0.csv', []), file('none1.csv', [])];
    for (const options of [{}, { threads: 1 }, { threads: 2 }]) {
      const customers = await built.summarizeCsv(paths, MAP, options);
      expect([customers.toColumns()['customer'], customers.diagnostics.rows.read, customers.meta.source, customers.meta.timeZone]).toEqual([['a', 'b'], 2, 'q0.csv, q1.csv, q2.csv', 'UTC']);
      await expect(built.summarizeCsv(none, MAP, options)).rejects.toMatchObject({ code: 'VALUE_INVALID', message: 'summarizeCsv: none of the 2 files has a row. Check that the exports have finished, and that they are the right files.' });
      await expect(built.summarizeCsv([none[0]!], MAP, options)).rejects.toMatchObject({ code: 'VALUE_INVALID', message: expect.stringContaining('none0.csv has a header and no rows below it') as string });
    }
  });

  it('names the file of a bad row, refused or skipped, however it was read', async () => {
    const paths = files([['a,2026-01-01,5,,,', 'b,2026-01-01,5,,,'], ['a,2026-01-02,5,,,', 'a,never,5,,,'], ['a,2026-01-03,5,,,']]);
    const packed = join(folder, 'q2.csv.gz');
    writeFileSync(packed, gzipSync(`${HEADER}\nb,2026-01-03,x,,,\na,2026-01-03,5,,,\n`));
    for (const options of [{}, { threads: 1 }, { threads: 2 }] as const) {
      await expect(built.summarizeCsv(paths, MAP, options)).rejects.toMatchObject({ message: expect.stringContaining(`summarizeCsv: ${paths[1]!}, line 3, column "day": "never"`) as string, place: { where: 'summarizeCsv', file: paths[1], line: 3, row: 3 } });
      const { refused } = (await built.summarizeCsv(paths, MAP, { ...options, onBadRow: 'skip' })).diagnostics;
      expect(refused).toEqual([{ row: 3, file: paths[1], line: 3, column: 'day', value: '"never"', reason: expect.any(String) as string }]);
      const kept = await summarizeCsv(paths, MAP, { onBadRow: 'skip' });
      expect(customersFromArrow(toArrowIPC(kept)).diagnostics).toEqual(kept.diagnostics);
      const mixed = await built.summarizeCsv([paths[1]!, packed], MAP, { ...options, onBadRow: 'skip' });
      expect(mixed.diagnostics.refused.map(({ row: at, file: name, line }) => [at, basename(name!), line])).toEqual([[1, 'q1.csv', 3], [2, 'q2.csv.gz', 2]]);
      expect(String((await built.summarizeCsv([paths[1]!], MAP, { ...options, onBadRow: 'skip' })).diagnostics.refused[0]!.file)).toBe('undefined');
    }
  });

  it('reports all bytes in the end, headers among them', async () => {
    const paths = files([Array.from({ length: 50 }, (_, i) => `a,2026-01-01,${i},,,`), [], ['b,2026-01-02,7,,,']]);
    const totalBytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    for (const options of [{}, { threads: 1 }, { carry: [] as string[] }]) {
      const seen: { bytes: number; totalBytes?: number; rows: number }[] = [];
      await summarizeCsv(paths, 'carry' in options ? { ...MAP, carry: ['email'] } : MAP, { ...options, onProgress: (progress) => seen.push({ ...progress }) });
      expect(seen.at(-1)).toEqual({ bytes: totalBytes, totalBytes, rows: 51 });
      expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).sort((a, b) => a - b));
    }
  });

  it('refuses currencies that differ from part to part, and cancelled rows in all', async () => {
    const mapping = { ...MAP, currency: 'currency' };
    await expect(summarizeCsv(files([['a,2026-01-01,5,,,EUR'], ['a,2026-01-02,5,,,USD']]), mapping)).rejects.toMatchObject({ code: 'CURRENCY_MIXED' });
    expect((await summarizeCsv(files([['a,2026-01-01,5,,,'], ['a,2026-01-02,5,,,USD']]), mapping)).meta.currency).toBe('USD');
  });
});

describe('a part that is no CSV of this log', () => {
  it('is refused in the same words on any number of threads: empty, or without a column', async () => {
    const [whole] = files([['a,2026-01-01,5,,,']]);
    const empty = join(folder, 'empty.csv');
    writeFileSync(empty, '');
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'id,total\na,5\n');
    for (const options of [{}, { threads: 1 }, { threads: 2 }]) {
      await expect(built.summarizeCsv([whole!, empty], MAP, options)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: `summarizeCsv: ${empty} is empty. Check that the export has finished, and that it is the right file.` });
      await expect(built.summarizeCsv([whole!, other], MAP, options)).rejects.toMatchObject({ code: 'COLUMN_MISSING', place: { where: 'summarizeCsv', file: other, column: 'day' } });
      await expect(built.summarizeCsv([whole!, join(folder, 'none.csv')], MAP, options)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', place: { where: 'summarizeCsv', file: join(folder, 'none.csv') } });
    }
  });
});

describe('what summarizeCsv is given', () => {
  it('must be a file, or several', async () => {
    for (const nothing of [null, undefined, 5, [], [null]]) await expect(summarizeCsv(nothing as never, MAP)).rejects.toMatchObject({ name: 'ClienteleError', code: 'VALUE_INVALID', place: { where: 'summarizeCsv' } });
    await expect(readCsv(null as never, MAP)).rejects.toThrow('readCsv: null is no file. Pass a path, a file: URL, bytes, a Blob, or a stream of bytes.');
    await expect(readCsv({} as never, MAP)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  it('must be known options, of the right kind', async () => {
    const path = files([['a,2026-01-01,5,,,']])[0]!;
    await expect(summarizeCsv(path, MAP, { thread: 1 } as never)).rejects.toThrow(/^summarizeCsv: there is no option "thread"\..*asOf, .*threads, memoryLimit\.$/);
    await expect(summarizeCsv(path, MAP, null as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    for (const threads of [undefined, 1]) {
      await expect(summarizeCsv(path, MAP, { onProgress: 5, ...(threads === undefined ? {} : { threads }) } as never)).rejects.toThrow('summarizeCsv: option onProgress is 5.');
      await expect(summarizeCsv(path, MAP, { signal: 5, ...(threads === undefined ? {} : { threads }) } as never)).rejects.toThrow('summarizeCsv: option signal is 5.');
    }
  });
});
