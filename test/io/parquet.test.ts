import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { categoryColumn, Table, table, textColumn, type CategoryColumn, type Column } from '../../src/columns/index.js';
import { customersFromParquet, readParquet, tableFromParquet, writeParquet, type ParquetSource, type WriteParquetOptions } from '../../src/io/node/index.js';
import type { Progress } from '../../src/io/index.js';
import { textSink } from '../../src/io/parquet-texts.js';
import { numberSink } from '../../src/io/parquet-numbers.js';
import { exampleOrders, mergeCustomers, summarize } from '../../src/transactions/index.js';
import { duckdbFile } from './parquet-files.js';
import { bytesOf, failure, MAPPING } from './reading.js';
import { anyTable } from './tables.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-parquet-'));

/** What writeParquet writes, as bytes. */
async function written(input: Table, options: WriteParquetOptions = {}): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const stream = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  await writeParquet(input, stream, options);
  return Buffer.concat(chunks);
}

/** A file of hyparquet-writer's own making. */
function foreign(columnData: ColumnSource[], options: Partial<ParquetWriteOptions> = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
}

/** An order log of one row per entry, its columns in the encodings and with the schema asked for. */
const ORDERS: ColumnSource[] = [
  { name: 'id', data: ['007', 'b', '007'], type: 'STRING' },
  { name: 'day', data: ['2024-01-31', '2024-02-29', '2024-03-01'], type: 'STRING' },
  { name: 'total', data: Float64Array.of(12.5, -3, 0), type: 'DOUBLE' },
];

/** Types, units and cells: what must come back. */
const plainTable = (t: Table): unknown => Array.from(t.entries(), ([name, column]) => [name, column.type, column.type === 'date' ? column.unit ?? 'day' : undefined, t.toColumns()[name]]);

const scores = new Table([
  ['customer', textColumn(['007', '王小明', null, '😀'])],
  ['monetary', { type: 'number', data: Float64Array.of(12.5, -0, NaN, Infinity) }],
  ['frequency', { type: 'integer', data: Int32Array.of(1, -2147483648, 2, 4), valid: Uint8Array.of(0b1011) }],
  ['last', { type: 'date', data: Int32Array.of(19358, -1, 19300, 0), valid: Uint8Array.of(0b0111) }],
  ['at', { type: 'date', unit: 'minute', data: Int32Array.of(0, -1, 28000000, 1) }],
  ['hour', { type: 'date', unit: 'hour', data: Int32Array.of(24, 48, 0, -24) }],
  ['active', { type: 'flag', data: Uint8Array.of(1, 0, 1, 0), valid: Uint8Array.of(0b1101) }],
  ['segment', categoryColumn(['at_risk', 'champions', null, 'at_risk'])],
  ['__proto__', textColumn(['', ' ', 'null', 'x'])],
]);

describe('writeParquet and tableFromParquet', () => {
  it('give back every type of column, with what is missing', async () => {
    for (const options of [{}, { compression: 'gzip' }, { compression: 'none' }, { rowGroupRows: 1 }, { rowGroupRows: 3 }] as const) {
      expect(plainTable(await tableFromParquet(await written(scores, options)))).toEqual(plainTable(scores));
    }
  });
  it('give back any table, in row groups of any size', () => fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 20 }).chain(anyTable), fc.integer({ min: 1, max: 25 }), async (t, rowGroupRows) => {
    expect(plainTable(await tableFromParquet(await written(t, { rowGroupRows })))).toEqual(plainTable(t));
  }), { numRuns: 60 }));
  it('keep tables without rows, and without columns', async () => {
    const empty = scores.take([]);
    expect(plainTable(await tableFromParquet(await written(empty)))).toEqual(plainTable(empty));
    expect((await tableFromParquet(await written(new Table([])))).names).toEqual([]);
  });
  it('keep columns in which nothing is there, and rows of one value', async () => {
    const t = new Table([
      ['t', textColumn([null, null, null])], ['c', categoryColumn([null, null, null])], ['n', { type: 'number', data: Float64Array.of(NaN, NaN, NaN) }],
      ['one', categoryColumn(['x', 'x', 'x'])], ['none', categoryColumn([null, 'y', null])],
    ]);
    expect(plainTable(await tableFromParquet(await written(t, { rowGroupRows: 1 })))).toEqual(plainTable(t));
    expect(plainTable(await tableFromParquet(await written(t)))).toEqual(plainTable(t));
  });
  it('write and read the columns asked for, in their order', async () => {
    const bytes = await written(scores, { columns: ['segment', 'customer', 'monetary'] });
    expect((await tableFromParquet(bytes)).names).toEqual(['segment', 'customer', 'monetary']);
    expect((await tableFromParquet(bytes, { columns: ['monetary', 'segment'] })).row(0)).toEqual({ monetary: 12.5, segment: 'at_risk' });
    expect(await failure(() => written(scores, { columns: ['segmnt'] }))).toMatchObject({ code: 'COLUMN_MISSING', place: { where: 'writeParquet' } });
    expect(await failure(() => tableFromParquet(bytes, { columns: ['no'] }))).toMatchObject({ code: 'COLUMN_MISSING', message: 'tableFromParquet: column "no" is missing (found: "segment", "customer", "monetary"). Check the name.' });
  });
  it('write a file whole or not at all, and say what was written', async () => {
    const path = join(folder, 'scores.parquet');
    const result = await writeParquet(scores, path);
    expect(result).toEqual({ path, rows: 4, bytes: readFileSync(path).length });
    expect(plainTable(await tableFromParquet(path))).toEqual(plainTable(scores));
    const before = readFileSync(path);
    expect(await failure(() => writeParquet(scores, path, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORTED' });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });
  it('refuse options and targets by name', async () => {
    expect(await failure(() => writeParquet(scores, 'x', { compresion: 'snappy' } as object))).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('writeParquet: there is no option "compresion". Known options: columns, compression, rowGroupRows, signal.') as string });
    expect(await failure(() => writeParquet(scores, 'x', { compression: 'zip' as 'gzip' }))).toMatchObject({ message: expect.stringContaining("Use one of: 'snappy', 'gzip', 'none'.") as string });
    expect(await failure(() => writeParquet(scores, 'x', { rowGroupRows: 0 }))).toMatchObject({ message: expect.stringContaining('Give a whole number, 1 or more.') as string });
    expect(await failure(() => writeParquet(scores, '' as string))).toMatchObject({ code: 'OPTION_INVALID', place: { option: 'target' } });
    expect(await failure(() => tableFromParquet(new Uint8Array(1), { timezone: 'UTC' } as object))).toMatchObject({ code: 'OPTION_INVALID' });
  });
});

describe('tableFromParquet, of other programs', () => {
  it.each(['zstd', 'lz4', 'version2'] as const)("reads DuckDB's file (%s): decimals, uuids, times, 64 bits, nulls", async (name) => {
    const t = await tableFromParquet(duckdbFile(name), { timeZone: 'Asia/Shanghai' });
    expect(t.toRows()).toEqual([
      { id: '007', day: '2024-01-31', total: 12.5, big: 9007199254740991, moment: '2024-01-31 23:59', instant: '2024-02-01 04:00', guid: '123e4567-e89b-12d3-a456-426614174000', flag: true, ratio: 1.5, wide: -12345678901234567890.5, channel: 'web' },
      { id: '王小明', day: '1969-12-31', total: -3.1, big: -5, moment: '1969-12-31 00:01', instant: '1970-01-01 07:59', guid: null, flag: null, ratio: null, wide: null, channel: 'app' },
      { id: '007', day: '2024-02-29', total: 0.01, big: null, moment: null, instant: '2024-07-01 20:00', guid: 'ffffffff-ffff-ffff-ffff-ffffffffffff', flag: false, ratio: 0.25, wide: 0.5, channel: 'web' },
    ]);
  });
  it('refuses lists, and reads the columns beside them', async () => {
    expect((await failure(() => tableFromParquet(duckdbFile('nested')))).message).toBe('tableFromParquet: column "list" holds records or lists. Leave it out, or turn it into text or numbers where the file is written.');
    expect((await tableFromParquet(duckdbFile('nested'), { columns: ['id'] })).toColumns()['id']).toEqual(['007', '王小明', '007']);
  });
  it('takes bytes without a word of what they are for text where they are, and refuses others', async () => {
    const raw = (values: Uint8Array[]): Uint8Array => foreign([{ name: 'a', data: values, type: 'BYTE_ARRAY' }]);
    expect((await tableFromParquet(raw([bytesOf('王'), bytesOf('')]))).toColumns()['a']).toEqual(['王', '']);
    expect((await failure(() => tableFromParquet(raw([bytesOf('a'), Uint8Array.of(0xff)])))).message).toBe('tableFromParquet: column "a" holds bytes that are no text in UTF-8. Turn it into text where the file is written, or leave it out.');
  });
  it('makes one dictionary of those of several row groups', async () => {
    const data = ['x', 'y', null, 'x', 'z', 'x', 'z', 'y', 'x', 'x', 'x', 'y', 'y', 'x'];
    const t = await tableFromParquet(foreign([{ name: 'c', data, type: 'STRING', encoding: 'RLE_DICTIONARY' }], { rowGroupSize: [3, 2, 9] }));
    expect((t.column('c') as CategoryColumn).values).toEqual(['x', 'y', 'z']);
    expect(t.toColumns()['c']).toEqual(data);
  });
  it('takes text for text where the dictionaries hold nearly every row', async () => {
    const t = await tableFromParquet(foreign([{ name: 'c', data: ['a', 'b', 'c', 'a'], type: 'STRING', encoding: 'RLE_DICTIONARY' }]));
    expect([t.column('c').type, t.toColumns()['c']]).toEqual(['text', ['a', 'b', 'c', 'a']]);
  });
  it.each(['PLAIN', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT', 'RLE_DICTIONARY'] as const)('reads whole numbers in encoding %s, in pages of any size', async (encoding) => {
    const small = Int32Array.from({ length: 300 }, (_, i) => (i * 7919) % 1000 - 500);
    const large = BigInt64Array.from({ length: 300 }, (_, i) => BigInt(i) * 12345678901n - 2n ** 40n);
    for (const pageSize of [16, 100, 1 << 20]) {
      const t = await tableFromParquet(foreign([{ name: 's', data: small, encoding }, { name: 'l', data: large, encoding }, { name: 'n', data: Array.from(small, (v) => (v % 3 === 0 ? null : v)), type: 'INT32', encoding }], { pageSize, rowGroupSize: 128 }));
      expect(t.column('s')).toEqual({ type: 'integer', data: small });
      expect(t.toColumns()['l']).toEqual(Float64Array.from(large, Number));
      expect(t.toColumns()['n']).toEqual(Array.from(small, (v) => (v % 3 === 0 ? null : v)));
    }
  });
  it.each(['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY'] as const)('reads text in encoding %s', async (encoding) => {
    const texts = Array.from({ length: 100 }, (_, i) => (i % 7 === 0 ? null : `客${i % 13}-${'x'.repeat(i % 5)}`));
    expect((await tableFromParquet(foreign([{ name: 't', data: texts, type: 'STRING', encoding }], { rowGroupSize: 33, pageSize: 64 }))).toColumns()['t']).toEqual(texts);
  });
  it('reads flags, floats, and gzip, brotli and no packing', async () => {
    const flags = Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? null : i % 3 === 0));
    const compressors = { GZIP: (b: Uint8Array) => gzipSync(b), BROTLI: (b: Uint8Array) => brotliCompressSync(b) };
    for (const codec of ['GZIP', 'BROTLI', 'UNCOMPRESSED', 'SNAPPY'] as const) {
      const t = await tableFromParquet(foreign([{ name: 'f', data: flags, type: 'BOOLEAN' }, { name: 'r', data: Float32Array.from(flags, (_, i) => i / 4) }], { codec, compressors }));
      expect(t.toColumns()).toEqual({ f: flags, r: Float64Array.from(flags, (_, i) => i / 4) });
    }
  });
  it('reads timestamps as they are marked: wall clock, or instants that need a zone', async () => {
    const stamp = (isAdjustedToUTC: boolean, unit: 'MILLIS' | 'MICROS' | 'NANOS', data: bigint[]): Uint8Array => foreign([{ name: 't', data }], { schema: [{ name: 'root', num_children: 1 }, { name: 't', type: 'INT64', repetition_type: 'REQUIRED', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit } }] });
    const t = async (bytes: Uint8Array, timeZone?: string): Promise<unknown> => (await tableFromParquet(bytes, timeZone === undefined ? {} : { timeZone })).toColumns()['t'];
    // The last nanosecond of a day is still that day.
    expect(await t(stamp(false, 'NANOS', [1704067199_999999999n, 1704067200_000000000n]))).toEqual(['2023-12-31 23:59', '2024-01-01 00:00']);
    expect(await t(stamp(false, 'MICROS', [-1n, 0n]))).toEqual(['1969-12-31 23:59', '1970-01-01 00:00']);
    expect(await t(stamp(false, 'MILLIS', [0n, -86400000n]))).toEqual(['1970-01-01', '1969-12-31']);
    expect(await t(stamp(true, 'MILLIS', [0n, 86400000n]))).toEqual(['1970-01-01', '1970-01-02']);
    expect(await t(stamp(true, 'MILLIS', [1704038400000n]), 'Asia/Shanghai')).toEqual(['2024-01-01']);
    expect(await failure(() => t(stamp(true, 'MILLIS', [0n, 1n])))).toMatchObject({ code: 'DATE_AMBIGUOUS', place: { row: 1, option: 'timeZone' }, message: expect.stringContaining('column "t" holds points in time, such as 1970-01-01T00:00:00.001Z, which are different days in different zones.') as string });
    expect(await failure(() => t(stamp(false, 'MILLIS', [2n ** 60n])))).toMatchObject({ code: 'VALUE_INVALID', place: { row: 0 } });
  });
  it('refuses whole numbers beyond 2^53 by row', async () => {
    expect(await failure(() => tableFromParquet(foreign([{ name: 'l', data: [1n, null, 2n ** 53n], type: 'INT64' }])))).toMatchObject({ code: 'VALUE_INVALID', place: { column: 'l', row: 2 }, message: expect.stringContaining('passes 2^53') as string });
  });
  it('reads decimals to the nearest double, whatever they are kept in', async () => {
    const element = (type: SchemaElement['type'], length?: number): SchemaElement[] => [{ name: 'root', num_children: 1 }, { name: 'd', type: type!, repetition_type: 'OPTIONAL', converted_type: 'DECIMAL', scale: 2, precision: 9, ...(length === undefined ? {} : { type_length: length }) }];
    for (const [type, length] of [['INT32'], ['INT64'], ['FIXED_LEN_BYTE_ARRAY', 5], ['BYTE_ARRAY']] as const) {
      const data = [0n, 3n, -3n, null, 110n, -12345678n, 99999999n];
      expect((await tableFromParquet(foreign([{ name: 'd', data }], { schema: element(type, length) }))).toColumns()['d'], type).toEqual(Float64Array.of(0, 0.03, -0.03, NaN, 1.1, -123456.78, 999999.99));
    }
  });
});

describe('readParquet', () => {
  it('makes an order log of the columns mapped, whatever else the file holds', async () => {
    const log = await readParquet(foreign([...ORDERS, { name: 'nested', data: [{ a: 1 }, {}, null], type: 'JSON' }]), MAPPING);
    expect(log.toRows()).toEqual([{ customer: '007', date: '2024-01-31', amount: 12.5 }, { customer: 'b', date: '2024-02-29', amount: -3 }, { customer: '007', date: '2024-03-01', amount: 0 }]);
    expect(log.meta).toEqual({ resolution: 'day', source: 'parquet' });
  });
  it('needs no mapping where columns bear the names of their roles', async () => {
    const orders = exampleOrders({ customers: 20, seed: 3 });
    const log = await readParquet(await written(orders, { rowGroupRows: 100 }));
    expect(log.toRows()).toEqual(orders.select(orders.roles).toRows());
    expect(log.roles).toEqual(orders.roles);
  });
  it('takes paths, URLs, buffers, and pieces from elsewhere', async () => {
    const bytes = foreign(ORDERS);
    const path = join(folder, 'orders.parquet');
    writeFileSync(path, bytes);
    const pieces = { byteLength: bytes.length, slice: (from: number, to: number) => Promise.resolve(bytes.slice(from, to).buffer) };
    for (const source of [path, new URL(`file://${path}`), bytes, Buffer.from(bytes), bytes.buffer as ArrayBuffer, pieces] satisfies ParquetSource[]) {
      expect((await readParquet(source, MAPPING)).numRows).toBe(3);
    }
    expect((await readParquet(path, MAPPING)).meta.source).toBe('orders.parquet');
  });
  it('uses ids that are codes as they are, and takes whole numbers for ids', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `c${i % 3}`);
    const rest = [{ name: 'day', data: many.map(() => '2024-01-31'), type: 'STRING' }, { name: 'total', data: Float64Array.from(many, (_, i) => i) }] satisfies ColumnSource[];
    expect((await readParquet(foreign([{ name: 'id', data: many, type: 'STRING' }, ...rest]), MAPPING)).column('customer')).toEqual(categoryColumn(many));
    expect((await readParquet(foreign([{ name: 'id', data: BigInt64Array.from(many, (_, i) => BigInt(i % 3)) }, ...rest]), MAPPING)).column('customer').type).toBe('integer');
    expect((await readParquet(foreign([{ name: 'id', data: BigInt64Array.from(many, (_, i) => BigInt(i) * 2n ** 40n) }, ...rest]), MAPPING)).column('customer').type).toBe('number');
  });
  it('refuses or skips rows by file and row: ids beyond 2^53, missing dates and amounts', async () => {
    const path = join(folder, 'bad.parquet');
    writeFileSync(path, foreign([{ name: 'id', data: [1n, 2n ** 60n, 3n, 4n], type: 'INT64' }, { name: 'day', data: ['2024-01-31', '2024-01-31', null, 'soon'], type: 'STRING' }, { name: 'total', data: Float64Array.of(1, 2, 3, 4) }]));
    const error = await failure(() => readParquet(path, MAPPING));
    expect(error.message).toBe(`readParquet: ${path}, row 1, column "id": 1152921504606846976 is no id: ids are text, or whole numbers below 2^53. Turn it into text first. To leave such rows out and have them counted, pass onBadRow: 'skip'.`);
    const log = await readParquet(path, MAPPING, { onBadRow: 'skip' });
    expect([log.numRows, log.diagnostics.rows.refused, log.diagnostics.refused.map(({ row }) => row)]).toEqual([1, 3, [1, 2, 3]]);
  });
  it('cuts instants in timeZone, and keeps the day of wall-clock times', async () => {
    const duck = duckdbFile('zstd');
    const dates = async (date: string, timeZone?: string): Promise<unknown> => (await readParquet(duck, { customer: 'id', date, amount: 'total' }, { onBadRow: 'skip', ...(timeZone === undefined ? {} : { timeZone }) })).toColumns()['date'];
    expect(await dates('instant')).toEqual(['2024-01-31', '1969-12-31', '2024-07-01']);
    expect(await dates('instant', 'Asia/Shanghai')).toEqual(['2024-02-01', '1970-01-01', '2024-07-01']);
    expect(await dates('moment', 'Asia/Shanghai')).toEqual(['2024-01-31', '1969-12-31']);
    const log = await readParquet(duck, { customer: 'guid', date: 'instant', amount: 'total', carry: ['moment', 'instant', 'flag'] }, { onBadRow: 'skip', resolution: 'hour', timeZone: 'UTC' });
    expect(log.row(0)).toEqual({ customer: '123e4567-e89b-12d3-a456-426614174000', date: '2024-01-31 20:00', amount: 12.5, moment: '2024-01-31 23:00', instant: '2024-01-31 20:00', flag: true });
    expect(log.meta.timeZone).toBe('UTC');
  });
  it('names a column that is not there, or cannot play its role', async () => {
    expect((await failure(() => readParquet(foreign(ORDERS), { ...MAPPING, amount: 'totl' }))).message).toBe('readParquet: column "totl" is missing (found: "id", "day", "total"). Did you mean "total"? Name it in the mapping: { amount: \'total\' }.');
    expect((await failure(() => readParquet(duckdbFile('zstd'), { customer: 'day', date: 'day', amount: 'total' }))).message).toContain('column "day" holds dates, and cannot be the customer.');
    expect(await failure(() => readParquet(foreign(ORDERS), { customer: 'id' } as typeof MAPPING))).toMatchObject({ code: 'OPTION_INVALID' });
  });
  it('reports progress up to all bytes and rows, and stops when told', async () => {
    const bytes = foreign(ORDERS, { rowGroupSize: 1 });
    const seen: Progress[] = [];
    await readParquet(bytes, MAPPING, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toHaveLength(9);
    expect(seen.at(-1)).toEqual({ rows: 3, bytes: seen[0]!.totalBytes, totalBytes: seen[0]!.totalBytes });
    expect(await failure(() => readParquet(bytes, MAPPING, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORTED' });
    const stop = new AbortController();
    expect(await failure(() => readParquet(bytes, MAPPING, { signal: stop.signal, onProgress: () => stop.abort() }))).toMatchObject({ code: 'ABORTED' });
  });
  it('says what is wrong with a file', async () => {
    const good = foreign(ORDERS);
    const message = async (source: ParquetSource): Promise<string> => (await failure(() => readParquet(source, MAPPING))).message;
    expect(await message(join(folder, 'no.parquet'))).toContain('no.parquet is not there.');
    expect(await message(folder)).toContain('is a directory.');
    expect(await message(new Uint8Array(0))).toBe('readParquet: the Parquet data is empty. Check that the export has finished.');
    expect(await message(bytesOf('id,day,total\n1,2024-01-31,3\n'))).toBe('readParquet: the Parquet data is no Parquet file. For CSV there is readCsv, for Arrow fromArrow in clientele/arrow.');
    expect(await message(good.subarray(0, good.length - 10))).toBe('readParquet: the Parquet data is cut off: its footer is missing. Copy it again, or wait until its export has finished.');
    expect(await message(Uint8Array.from([...good.subarray(0, -4), ...bytesOf('PARE')]))).toContain('is encrypted. Export it without encryption.');
    expect(await message(Uint8Array.from([...good.subarray(0, 8), ...good.subarray(40)]))).toMatch(/is damaged: /);
    expect(await message(7 as unknown as string)).toBe('readParquet: 7 is no Parquet file. Pass a path, a file: URL, bytes (Uint8Array, ArrayBuffer), or an object with byteLength and slice(from, to).');
    expect(await message(new URL('https://example.org/a.parquet'))).toContain('Only file: URLs are opened');
    expect(await message({ byteLength: 100, slice: () => Promise.reject(new Error('no network')) })).toContain('could not be read (no network). Open it again and retry.');
    const packed = foreign(ORDERS, { codec: 'LZO', compressors: { LZO: (b) => b } });
    expect(await message(packed)).toBe('readParquet: the Parquet data, column "id": it is packed by LZO, which cannot be unpacked here. Write the file with snappy, zstd or gzip.');
  });
  it('never crashes on damaged bytes, but says so or reads on', () => {
    const good = foreign(ORDERS, { codec: 'UNCOMPRESSED' });
    return fc.assert(fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bad = good.slice();
      bad[at]! ^= flip;
      try {
        await readParquet(bad, MAPPING, { onBadRow: 'skip' });
      } catch (error) {
        expect(error).toMatchObject({ name: 'ClienteleError' });
      }
    }), { numRuns: 500 });
  });
});

describe('customersFromParquet', () => {
  const orders = exampleOrders({ customers: 30, seed: 2 });
  const customers = summarize(orders, { asOf: '2026-01-01', roster: ['nobody'] });

  it('gives back customers with what they were summarized by', async () => {
    const back = await customersFromParquet(await written(customers, { rowGroupRows: 7 }));
    expect(plainTable(back)).toEqual(plainTable(customers));
    expect([back.meta, back.diagnostics]).toEqual([customers.meta, customers.diagnostics]);
  });
  it('gives back a state, from which newer orders go on', async () => {
    const state = summarize(orders, { keepState: true }).state!;
    const back = await customersFromParquet(await written(state));
    expect(plainTable(back)).toEqual(plainTable(state));
    expect(back.meta).toEqual(state.meta);
    const none = orders.take([]);
    expect(mergeCustomers(back, none).toRows()).toEqual(mergeCustomers(state, none).toRows());
  });
  it('refuses what is no saved customers, and what others have changed', async () => {
    expect(await failure(async () => customersFromParquet(await written(scores)))).toMatchObject({ code: 'MODEL_INVALID', message: expect.stringContaining('these are no saved customers. The file holds another kind of table.') as string });
    expect(await failure(() => customersFromParquet(foreign(ORDERS)))).toMatchObject({ code: 'MODEL_INVALID', message: expect.stringContaining('Nothing is noted in the file of what they were summarized by.') as string });
    const part = customers.select(['customer', 'first']);
    const note = (meta: object): string => JSON.stringify({ version: 1, kind: 'customers', columns: [], meta, diagnostics: customers.diagnostics });
    const changed = (value: string): Uint8Array => foreign(ORDERS, { kvMetadata: [{ key: 'clientele', value }] });
    expect((await failure(() => customersFromParquet(changed('{')))).message).toContain('What is noted in the file is no JSON.');
    expect(await failure(() => customersFromParquet(changed(note({ ...customers.meta, asOf: '2026-02-30' }))))).toMatchObject({ code: 'MODEL_INVALID', place: { option: 'meta.asOf' }, message: expect.stringContaining('meta.asOf is "2026-02-30", not a day, \'YYYY-MM-DD\'.') as string });
    expect(await failure(() => customersFromParquet(changed(note({ ...customers.meta, returns: 'keep' }))))).toMatchObject({ place: { option: 'meta.returns' } });
    expect(await failure(() => customersFromParquet(changed(note(customers.meta))))).toMatchObject({ code: 'MODEL_INVALID', place: { column: 'customer' }, message: expect.stringContaining('column "customer" of the saved customers is missing') as string });
    expect(await failure(() => customersFromParquet(changed(JSON.stringify({ version: 2, kind: 'customers' }))))).toMatchObject({ place: { option: 'version' } });
    expect((await failure(async () => customersFromParquet(await written(part)))).code).toBe('MODEL_INVALID');
    // Hints of columns that are not there, or of other types, do no harm to a table.
    expect((await tableFromParquet(changed(JSON.stringify({ columns: [{ name: 'id', type: 'date', unit: 'hour' }, null, 7] })))).toColumns()['id']).toEqual(['007', 'b', '007']);
  });
});

describe('the decoders', () => {
  const page = (rows: number, encoding: number, bytes: Uint8Array, present?: Int32Array) => ({ rows, present, values: present === undefined ? rows : present.filter((p) => p === 1).length, encoding, bytes, from: 0 });
  const plain = (texts: string[]): Uint8Array => Buffer.concat(texts.map((text) => Buffer.concat([Uint32Array.of(Buffer.byteLength(text)), Buffer.from(text)].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)))));

  it('go on as text where a dictionary is given up within a column', () => {
    const sink = textSink({ is: 'text', checked: false }, 7, 'either');
    sink.dictionary(plain(['a', 'b']), 2);
    sink.page(page(3, 8, Uint8Array.of(1, 0b11, 0b010), Int32Array.of(1, 1, 1)));
    sink.page(page(2, 0, plain(['c']), Int32Array.of(0, 1)));
    sink.page(page(2, 8, Uint8Array.of(1, 2 << 1, 1)));
    expect(table({ t: sink.finish() as Column }).toColumns()['t']).toEqual(['a', 'b', 'a', null, 'c', 'b', 'b']);
  });
  it('refuse codes that the dictionary does not have, and bytes that end early', () => {
    const sink = textSink({ is: 'text', checked: false }, 2, 'either');
    sink.dictionary(plain(['a']), 1);
    expect(() => sink.page(page(2, 8, Uint8Array.of(1, 2 << 1, 1)))).toThrow('code 1 is not in the dictionary of 1');
    expect(() => sink.page(page(2, 0, plain(['abc']).subarray(0, 5)))).toThrow('the texts end early');
    expect(() => numberSink({ is: 'double' }, 2).page(page(2, 0, new Uint8Array(15)))).toThrow('the values end early');
    expect(() => numberSink({ is: 'int32' }, 2).page(page(2, 5, new Uint8Array(15)))).toThrow('encoding 5');
  });
  it('read times of 96 bits, as Spark and Impala wrote them', () => {
    const sink = numberSink({ is: 'time96' }, 2);
    const bytes = new Uint8Array(24);
    const view = new DataView(bytes.buffer);
    view.setBigInt64(0, 86399_999999999n, true);
    view.setInt32(8, 2440588, true);
    view.setInt32(20, 2440587, true);
    sink.page(page(2, 0, bytes));
    expect(sink.finish()).toEqual({ type: 'times', data: Float64Array.of(86399999, -86400000), zoned: false });
  });
});
