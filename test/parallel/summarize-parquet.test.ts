import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { isClienteleError } from '../../src/core/index.js';
import { readParquet, type ReadParquetOptions } from '../../src/io/node/index.js';
import type { Mapping } from '../../src/io/index.js';
import { summarizeRowGroups } from '../../src/parallel/summarize-row-groups.js';
import { exampleOrders, summarize, type Customers, type SummarizeOptions } from '../../src/transactions/index.js';
import { duckdbFile } from '../io/parquet-files.js';
import * as built from '../../dist/node.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-parquet-'));
const file = join(folder, 'orders.parquet');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MAP: Mapping = { customer: 'id', date: 'day', amount: 'total' };
const WITH_ORDERS: Mapping = { ...MAP, order: 'order' };

type Told = Pick<Customers, 'entries' | 'meta' | 'diagnostics'>;

/** Everything about a result, typed arrays as their bytes; how it was made left out. */
function bits(customers: Told): unknown {
  const columns = [...customers.entries()].map(([name, column]) => [name, Object.entries(column).map(([key, value]) => [key, ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value as unknown])]);
  return { columns, meta: customers.meta, diagnostics: { ...customers.diagnostics, method: undefined } };
}

/** The result, or the error of ours; other errors are thrown. */
async function outcome(work: () => Promise<Told>): Promise<unknown> {
  try {
    return bits(await work());
  } catch (error) {
    if (!isClienteleError(error)) throw error;
    return { code: error.code, place: error.place, message: error.message };
  }
}

const slow = (mapping: Mapping, options: SummarizeOptions = {}, reading: ReadParquetOptions = {}): Promise<unknown> => outcome(async () => summarize(await readParquet(file, mapping, reading), options));
const fast = (mapping: Mapping, options: SummarizeOptions = {}, reading: ReadParquetOptions = {}): Promise<Customers | undefined> => summarizeRowGroups(file, mapping, reading, options, 1);

/** The fast way, which must have been taken. */
async function fastBits(...asked: Parameters<typeof fast>): Promise<unknown> {
  const customers = await fast(...asked);
  return customers === undefined ? 'the other way' : bits(customers);
}

function write(columnData: ColumnSource[], elements: Record<string, Partial<SchemaElement>>, options: Partial<ParquetWriteOptions> = {}): void {
  const schema: SchemaElement[] = [{ name: 'root', num_children: columnData.length }, ...columnData.map(({ name }) => ({ name, repetition_type: 'OPTIONAL', ...elements[name] }) as SchemaElement)];
  writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, schema, ...options })));
}

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const DATE = { type: 'INT32', converted_type: 'DATE' } as const;
const timestamp = (isAdjustedToUTC: boolean): Partial<SchemaElement> => ({ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: 'MILLIS' } });
const decimal = { type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 12 } as const;
const isoDay = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);

/** Kinds of columns: how they are declared, and what stands for a number. */
type Kind = readonly [element: Partial<SchemaElement>, cell: (value: number) => unknown];
const IDS: Readonly<Record<string, Kind>> = {
  text: [STRING, (v) => ['a', '客户', 'sixteen-bytes-id', 'a-customer-id-of-seventeen-and-more', '__proto__', 'NAda', '7', '007'][v % 8]! + (v < 16 ? '' : v)],
  int32: [{ type: 'INT32' }, (v) => v * 7919 - 50_000],
  int64: [{ type: 'INT64' }, (v) => BigInt(v)],
  'int64 beyond 32 bits': [{ type: 'INT64' }, (v) => BigInt(v) * 99_999_999_977n],
  uint32: [{ type: 'INT32', converted_type: 'UINT_32' }, (v) => v * 11],
  double: [{ type: 'DOUBLE' }, (v) => v - 3],
  decimal: [{ ...decimal, scale: 0 }, (v) => BigInt(v)],
};
const DATES: Readonly<Record<string, Kind>> = {
  date: [DATE, (v) => v],
  'wall clock': [timestamp(false), (v) => BigInt(v) * 86400000n + 5000n],
  instant: [timestamp(true), (v) => BigInt(v) * 86400000n + 82800000n],
  text: [STRING, isoDay],
};
const AMOUNTS: Readonly<Record<string, Kind>> = {
  double: [{ type: 'DOUBLE' }, (v) => v / 100],
  'odd double': [{ type: 'DOUBLE' }, (v) => v / 7],
  float: [{ type: 'FLOAT' }, (v) => v / 4],
  int32: [{ type: 'INT32' }, (v) => v],
  int64: [{ type: 'INT64' }, (v) => BigInt(v)],
  decimal: [decimal, (v) => BigInt(v)],
  text: [STRING, (v) => String(v / 100)],
};
const kind = (kinds: Readonly<Record<string, Kind>>): fc.Arbitrary<string> => fc.constantFrom(...Object.keys(kinds));

/** Rows, and how they are laid out. */
const logs = fc.record({
  rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 19_000, max: 19_080 }), fc.integer({ min: -3000, max: 90_000 }), fc.integer({ min: 0, max: 25 })), { minLength: 1, maxLength: 90, size: 'max' }),
  id: kind(IDS), date: kind(DATES), amount: kind(AMOUNTS), order: kind(IDS), inOrder: fc.boolean(),
  encoding: fc.constantFrom('PLAIN' as const, 'RLE_DICTIONARY' as const, undefined),
  codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
  rowGroupSize: fc.integer({ min: 1, max: 50 }), pageSize: fc.constantFrom(40, 300, 1 << 20),
  missing: fc.constantFrom<readonly string[]>([], [], ['order'], ['id'], ['day', 'total'], ['id', 'day', 'total', 'order']),
});
type Log = typeof logs extends fc.Arbitrary<infer L> ? L : never;

function writeLog({ rows, id, date, amount, order, inOrder, encoding, missing, ...options }: Log): void {
  const sorted = inOrder ? [...rows].sort((a, b) => a[1] - b[1]) : rows;
  const kinds = { id: IDS[id]!, day: DATES[date]!, total: AMOUNTS[amount]!, order: IDS[order]! };
  const cells = (name: keyof typeof kinds, place: number): unknown[] => sorted.map((row, i) => (missing.includes(name) && (i + place) % 9 === 4 ? null : kinds[name][1](row[place]!)));
  const columns = (Object.keys(kinds) as (keyof typeof kinds)[]).map((name, place): ColumnSource => ({ name, data: cells(name, place), ...(encoding === undefined ? {} : { encoding }) }));
  write(columns, Object.fromEntries(Object.entries(kinds).map(([name, [element]]) => [name, element])), options);
}

const rules = fc.constantFrom<SummarizeOptions>({}, { returns: 'exclude' }, { zeroOrders: 'drop' }, { frequency: 'days' }, { monetary: 'mean' }, { asOf: '2022-02-15' }, { from: '2022-02-01', asOf: '2022-03-01' });
const PLAIN_LOG: Log = {
  rows: Array.from({ length: 500 }, (_, i) => [(i * 31) % 61, 19_000 + ((i * 7919) % 300), (i % 977) * 13 - 900, i % 90]), id: 'text', date: 'date', amount: 'double', order: 'int64',
  inOrder: false, encoding: 'PLAIN', codec: 'SNAPPY', rowGroupSize: 64, pageSize: 300, missing: [],
};

describe('summarizeRowGroups', () => {
  it('gives the bits of summarize(await readParquet(…)), or leaves it to that', async () => {
    await fc.assert(fc.asyncProperty(logs, rules, fc.boolean(), fc.boolean(), async (log, options, counted, skip) => {
      writeLog(log);
      const asked: Parameters<typeof fast> = [counted ? WITH_ORDERS : MAP, options, skip ? { onBadRow: 'skip' } : {}];
      const there = await fast(...asked);
      if (there !== undefined) expect(bits(there)).toEqual(await slow(...asked));
    }), { numRuns: 400 });
  });

  it('takes every kind of column, in both encodings', async () => {
    for (const encoding of ['PLAIN', 'RLE_DICTIONARY', undefined] as const) {
      for (const id of Object.keys(IDS)) for (const date of Object.keys(DATES)) for (const amount of Object.keys(AMOUNTS)) {
        if (date === 'instant' && amount !== 'double') continue;
        writeLog({ ...PLAIN_LOG, rows: PLAIN_LOG.rows.slice(0, 150), id, date, amount, order: id === 'text' ? 'int32' : 'text', encoding });
        // Order ids of more than 16 bytes go the other way.
        expect(await fastBits(MAP), `${id}, ${date}, ${amount}, ${encoding}`).toEqual(await slow(MAP));
        if (id === 'text') expect(await fastBits(WITH_ORDERS)).toEqual(await slow(WITH_ORDERS));
      }
    }
  });

  it('leaves out the rows it is told to, with their numbers and reasons', async () => {
    for (const missing of [['id'], ['day'], ['total'], ['id', 'day', 'total', 'order']]) for (const id of ['text', 'int64', 'int32', 'double']) {
      writeLog({ ...PLAIN_LOG, id, missing });
      expect(await fastBits(WITH_ORDERS, {}, { onBadRow: 'skip' })).toEqual(await slow(WITH_ORDERS, {}, { onBadRow: 'skip' }));
      expect(await fast(MAP)).toBe(undefined);
    }
    writeLog({ ...PLAIN_LOG, date: 'wall clock', missing: ['day', 'id'] });
    expect(await fastBits(MAP, {}, { onBadRow: 'skip' })).toEqual(await slow(MAP, {}, { onBadRow: 'skip' }));
    // Beyond 2^53, beyond all years, and not finite.
    const days = [19_000n, 10n ** 15n, 19_000n, 19_001n].map((day) => day * 86400000n);
    write([{ name: 'id', data: [1n, 2n, 2n ** 53n, 4n] }, { name: 'day', data: days.map((d) => BigInt.asIntN(64, d)) }, { name: 'total', data: [1, 2, 3, Infinity] }], { id: { type: 'INT64' }, day: timestamp(false), total: { type: 'DOUBLE' } }, { rowGroupSize: 2 });
    expect(await fastBits(MAP, {}, { onBadRow: 'skip' })).toEqual(await slow(MAP, {}, { onBadRow: 'skip' }));
  });

  it('leaves to the other way what only that can say or take', async () => {
    const other: [string, () => void, SummarizeOptions?, ReadParquetOptions?][] = [
      ['a word for a missing id', () => writeText(['a', 'NA', 'b'])],
      ['no text', () => writeText(['a', '', 'b'])],
      ['a zero byte', () => writeText(['a', 'x\0y', 'b'])],
      ['an id of 73 bytes', () => writeText(['a', 'x'.repeat(73), 'b'])],
      ['an early date', () => write([{ name: 'id', data: ['a'] }, { name: 'day', data: [-1] }, { name: 'total', data: [1] }], { id: STRING, day: DATE, total: { type: 'DOUBLE' } })],
      ['bytes not marked as text', () => write([{ name: 'id', data: [Uint8Array.of(97)] }, { name: 'day', data: [1] }, { name: 'total', data: [1] }], { id: { type: 'BYTE_ARRAY' }, day: DATE, total: { type: 'DOUBLE' } })],
      ['rare encodings', () => writeLog({ ...PLAIN_LOG, encoding: 'DELTA_LENGTH_BYTE_ARRAY' as never, date: 'text', amount: 'text', order: 'text' })],
      ['bad text skipped', () => writeLog({ ...PLAIN_LOG, date: 'text', missing: ['day'] }), {}, { onBadRow: 'skip' }],
      ['state', () => writeLog(PLAIN_LOG), { keepState: true }],
      ['hours', () => writeLog({ ...PLAIN_LOG, date: 'wall clock' }), {}, { resolution: 'hour' }],
      ['nothing in the window', () => writeLog(PLAIN_LOG), { asOf: '1999-01-01' }],
      ['many small row groups', () => writeLog({ ...PLAIN_LOG, rowGroupSize: 1 })],
      ['no such column', () => write([{ name: 'id', data: ['a'] }], { id: STRING })],
      ['an amount that is a flag', () => write([{ name: 'id', data: ['a'] }, { name: 'day', data: [1] }, { name: 'total', data: [true] }], { id: STRING, day: DATE, total: { type: 'BOOLEAN' } })],
      ['no rows', () => write([{ name: 'id', data: [] }, { name: 'day', data: [] }, { name: 'total', data: [] }], { id: STRING, day: DATE, total: { type: 'DOUBLE' } })],
    ];
    for (const [what, make, options = {}, reading = {}] of other) {
      make();
      expect(await fast(MAP, options, reading), what).toBe(undefined);
      expect(await outcome(() => built.summarizeParquet(file, MAP, { ...options, ...reading, threads: 2 } as object) as Promise<Told>), what).toEqual(await slow(MAP, options, reading));
    }
  });

  it('reads columns that tell nothing only where a row could be refused for them', async () => {
    writeLog({ ...PLAIN_LOG, order: 'text' });
    for (const role of ['product', 'channel', 'order'] as const) {
      const mapping = { ...MAP, [role]: 'order' };
      const options: SummarizeOptions = role === 'order' ? { frequency: 'days' } : {};
      expect(await fastBits(mapping, options)).toEqual(await slow(mapping, options));
    }
    expect(await fast({ ...MAP, status: 'order' })).toBe(undefined);
    expect(await fast({ ...MAP, carry: ['order'] })).toBe(undefined);
  });

  it('says how ids are kept as readParquet does', async () => {
    for (const [texts, type] of [['bbbabb', 'category'], ['abcdea', 'text']] as const) {
      writeText([...texts], 'RLE_DICTIONARY');
      const there = await fast(MAP);
      expect(bits(there!)).toEqual(await slow(MAP));
      expect(there!.column('customer').type).toBe(type);
    }
  });

  it('reads files of other programs', async () => {
    for (const name of ['zstd', 'lz4'] as const) {
      writeFileSync(file, duckdbFile(name));
      const mapping = { customer: 'id', date: 'instant', amount: 'total', product: 'channel' };
      expect(await fastBits(mapping, {}, { timeZone: 'Asia/Shanghai' })).toEqual(await slow(mapping, {}, { timeZone: 'Asia/Shanghai' }));
      const guid = { customer: 'guid', date: 'day', amount: 'total' };
      expect(await outcome(() => built.summarizeParquet(file, guid, { onBadRow: 'skip' }) as Promise<Told>)).toEqual(await slow(guid, {}, { onBadRow: 'skip' }));
    }
  });
});

function writeText(ids: string[], encoding: 'PLAIN' | 'RLE_DICTIONARY' = 'PLAIN'): void {
  write([{ name: 'id', data: ids, encoding }, { name: 'day', data: ids.map((_, i) => 19_000 + i) }, { name: 'total', data: ids.map(() => 1) }], { id: STRING, day: DATE, total: { type: 'DOUBLE' } }, { rowGroupSize: 3 });
}

describe('summarizeParquet', () => {
  it('gives the same bits on 1 to 8 threads', async () => {
    await fc.assert(fc.asyncProperty(logs, fc.integer({ min: 1, max: 8 }), async (log, threads) => {
      writeLog({ ...log, missing: [] });
      expect(await outcome(() => built.summarizeParquet(file, WITH_ORDERS, { threads }) as Promise<Told>)).toEqual(await slow(WITH_ORDERS));
    }), { numRuns: 25 });
  });

  it('says which way it took', async () => {
    writeLog(PLAIN_LOG);
    const method = async (mapping: Mapping, options = {}): Promise<unknown> => (await built.summarizeParquet(file, mapping, options)).diagnostics.method;
    expect(await method(MAP)).toBe('streaming-day-bits');
    expect(await method(WITH_ORDERS)).toBe('streaming-order-ids-day-bits');
    expect(await method(MAP, { keepState: true })).toBe('in-memory');
    writeLog({ ...PLAIN_LOG, inOrder: true });
    expect(await method(MAP)).toBe('streaming');
    expect((await built.summarizeParquet(readFileSync(file), MAP)).diagnostics.method).toBe('in-memory');
  });

  it('reports, is stopped by its signal or by what its report throws', async () => {
    await built.writeParquet(exampleOrders({ customers: 400, seed: 3 }) as never, file, { rowGroupRows: 100 });
    const mapping = { customer: 'customer', date: 'date', amount: 'amount' };
    const seen: { bytes: number; totalBytes?: number; rows: number }[] = [];
    const customers = await built.summarizeParquet(file, mapping, { threads: 2, onProgress: (progress) => void seen.push({ ...progress }) });
    expect(seen.at(-1)).toMatchObject({ rows: customers.diagnostics.rows.read, bytes: seen.at(-1)!.totalBytes });
    expect(seen.every(({ rows }, i) => i === 0 || rows > seen[i - 1]!.rows)).toBe(true);
    await expect(built.summarizeParquet(file, mapping, { onProgress: () => { throw new Error('enough'); } })).rejects.toThrow('enough');
    await expect(built.summarizeParquet(file, mapping, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    const controller = new AbortController();
    const job = built.summarizeParquet(file, mapping, { threads: 2, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(job).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('says what is wrong with a file as readParquet does', async () => {
    writeLog(PLAIN_LOG);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 10));
    expect(await outcome(() => built.summarizeParquet(file, MAP, { threads: 2 }) as Promise<Told>)).toEqual(await slow(MAP));
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 200, 260);
    writeFileSync(file, damaged);
    expect(await outcome(() => built.summarizeParquet(file, MAP, { threads: 2 }) as Promise<Told>)).toEqual(await slow(MAP));
    expect(await outcome(() => built.summarizeParquet(join(folder, 'none.parquet'), MAP) as Promise<Told>)).toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
