import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { categoryColumn, Table, textColumn } from '../../src/columns/index.js';
import { toCsv } from '../../src/io/index.js';
import * as built from '../../dist/node.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-write-'));
const path = join(folder, 'out.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const n = 50_001;
const every = new Table([
  ['=id', textColumn(Array.from({ length: n }, (_, i) => (i % 7 === 0 ? null : i % 11 === 0 ? '=cmd|x' : `客"${i}"`)))],
  ['number', { type: 'number', data: Float64Array.from({ length: n }, (_, i) => (i % 5 === 0 ? NaN : i / 3)) }],
  ['flag', { type: 'flag', data: Uint8Array.from({ length: n }, (_, i) => i & 1), valid: new Uint8Array((n + 7) >> 3).fill(0b10110111) }],
  ['day', { type: 'date', data: Int32Array.from({ length: n }, (_, i) => i) }],
  ['category', categoryColumn(Array.from({ length: n }, (_, i) => (i % 3 === 0 ? null : `c${i % 9}`)))],
]);

describe('writeCsvParallel', () => {
  it('writes the bytes of writeCsv, on any number of threads, and counts the same', async () => {
    for (const options of [{}, { bom: true, newline: 'crlf', delimiter: ';' }, { columns: ['day', '=id'], formulaSafe: false }] as const) {
      const expected = toCsv(every, options);
      const once = await built.writeCsv(every as never, path, options as never);
      for (const threads of [1, 2, 3]) {
        expect(await built.writeCsvParallel(every as never, path, { ...options, threads } as never)).toEqual(once);
        expect(readFileSync(path, 'utf8')).toBe(expected);
      }
    }
  });
  it('writes to a device in order, by one thread', async () => {
    expect(await built.writeCsvParallel(every as never, '/dev/null', { threads: 2 })).toEqual(await built.writeCsv(every as never, '/dev/null'));
  });
  it.each([1, 30])('stops in the middle, after %i ms, and leaves nothing', async (after) => {
    const long = every.take(Int32Array.from({ length: 2_000_000 }, (_, i) => i % n));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), after);
    await expect(built.writeCsvParallel(long as never, join(folder, 'stopped.csv'), { threads: 2, signal: stop.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });
  it('refuses and stops as writeCsv does, and leaves nothing', async () => {
    await expect(built.writeCsvParallel(every as never, path, { threads: 2, columns: ['x'] })).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    await expect(built.writeCsvParallel(every as never, join(folder, 'no/where.csv'), { threads: 2 })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    await expect(built.writeCsvParallel(every as never, join(folder, 'aborted.csv'), { threads: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });
});
