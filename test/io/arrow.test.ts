import * as flechette from '@uwdata/flechette';
import { bool, columnFromArray, dateDay, dateMillisecond, decimal, dictionary, float16, float32, float64, int16, int32, int64, int8, largeUtf8, list, nullType, tableFromColumns, tableFromIPC, tableToIPC, timeMillisecond, timestamp, TimeUnit, uint32, uint64, uint8, utf8, type DataType } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { categoryColumn, Table, textColumn, type CategoryColumn, type Column, type TextColumn } from '../../src/columns/index.js';
import { customersFromArrow, fromArrow, tableFromArrow, toArrow, toArrowIPC, type ArrowBatch, type ArrowInput, type ArrowTable } from '../../src/io/arrow.js';
import { exampleOrders, mergeCustomers, summarize } from '../../src/transactions/index.js';
import { bytesOf, failure, MAPPING } from './reading.js';
import { anyTable } from './tables.js';

/** An Arrow table of flechette, through bytes. */
function arrow(columns: Record<string, readonly [unknown[], DataType]>): ArrowTable {
  const made = tableFromColumns(Object.entries(columns).map(([name, [values, type]]) => [name, columnFromArray(values, type)] as const));
  return tableFromIPC(tableToIPC(made, {})!) as unknown as ArrowTable;
}

/** A table as apache-arrow shapes it: other names of buffers, bitmaps that begin at a row offset. */
function apache(columns: Record<string, { type: { typeId: number; unit?: number; timezone?: string | null; bitWidth?: number; scale?: number }; data: readonly ArrowBatch[] }>): ArrowTable {
  const vectors = Object.values(columns).map(({ type, data }) => ({ type, data, length: data.reduce((sum, { length }) => sum + length, 0), [Symbol.iterator]: () => [][Symbol.iterator]() }));
  return { schema: { fields: Object.keys(columns).map((name) => ({ name })), metadata: new Map() }, numRows: vectors[0]!.length, getChildAt: (i) => vectors[i] };
}

/** One below the other, as tables of several batches are. */
function stacked(...tables: ArrowTable[]): ArrowTable {
  const [first] = tables as unknown as [flechette.Table];
  const columns = first.children.map((_, i) => new flechette.Column(tables.flatMap((t) => (t as unknown as flechette.Table).children[i]!.data as flechette.Batch<unknown>[])));
  return new flechette.Table(first.schema, columns) as unknown as ArrowTable;
}

const values = (t: ArrowTable, i: number): { buffer: unknown } => (t as unknown as flechette.Table).children[i]!.data[0]!.values as { buffer: unknown };
const column = (input: ArrowInput): unknown[] => Array.from(tableFromArrow(input).toColumns()['a']!);
const plainTable = (t: Table): unknown => Array.from(t.entries(), ([name, c]) => [name, c.type, c.type === 'date' ? c.unit ?? 'day' : undefined, t.toColumns()[name]]);

const scores = new Table([
  ['customer', textColumn(['007', '王小明', null, '😀'])],
  ['monetary', { type: 'number', data: Float64Array.of(12.5, -0, NaN, Infinity) }],
  ['frequency', { type: 'integer', data: Int32Array.of(1, -2147483648, 2, 4), valid: Uint8Array.of(0b1011) }],
  ['last', { type: 'date', data: Int32Array.of(19358, -1, 19300, 0), valid: Uint8Array.of(0b0111) }],
  ['at', { type: 'date', unit: 'minute', data: Int32Array.of(0, -1, 28000000, 1) }],
  ['hour', { type: 'date', unit: 'hour', data: Int32Array.of(24, 48, 0, -24) }],
  ['active', { type: 'flag', data: Uint8Array.of(1, 0, 1, 0), valid: Uint8Array.of(0b1101) }],
  ['segment', categoryColumn(['at_risk', 'champions', null, 'at_risk'])],
  ['label', categoryColumn(['x', 'y', 'x', 'y'])],
  ['__proto__', textColumn(['', ' ', 'null', 'x'])],
]);

describe('toArrow', () => {
  it("gives flechette's own table, whose values others read as they should", () => {
    const t = toArrow(scores);
    expect(t).toBeInstanceOf(flechette.Table);
    const through = tableFromIPC(toArrowIPC(scores), { useDate: true });
    expect(through.names).toEqual(scores.names);
    expect(Array.from(through.getChild('monetary'))).toEqual([12.5, -0, null, Infinity]);
    expect(Array.from(through.getChild('last'))).toEqual([new Date('2023-01-01'), new Date('1969-12-31'), new Date('2022-11-04'), null]);
    expect(Array.from(through.getChild('at'))).toEqual([new Date(0), new Date(-60000), new Date(28000000 * 60000), new Date(60000)]);
    expect(Array.from(through.getChild('segment'))).toEqual(['at_risk', 'champions', null, 'at_risk']);
    expect(Array.from(through.getChild('label'))).toEqual(['x', 'y', 'x', 'y']);
    expect(Array.from(through.getChild('active'))).toEqual([true, null, true, false]);
    expect(through.getChild('at').type).toMatchObject({ typeId: 10, timezone: null });
  });
  it('shares numbers, days, texts and gapless codes', () => {
    const t = toArrow(scores);
    const batch = (name: string): { values: Uint8Array; offsets: Int32Array } => t.getChild(name).data[0] as unknown as { values: Uint8Array; offsets: Int32Array };
    for (const name of ['monetary', 'frequency', 'last', 'customer', 'label']) expect(batch(name).values.buffer, name).toBe(scores.column(name).data.buffer);
    expect(batch('customer').offsets).toBe((scores.column('customer') as TextColumn).offsets);
  });
  it('takes plain columns, and the module where it cannot be found', () => {
    expect(Array.from(toArrow({ a: [1, null] }, { flechette }).getChild('a'))).toEqual([1, null]);
    expect(() => toArrow(scores, { flechete: flechette } as object)).toThrow('toArrow: there is no option "flechete". Known options: flechette.');
    expect(() => toArrowIPC(scores, { format: 'feather' as 'file' })).toThrow("toArrowIPC: option format is \"feather\". Use one of: 'stream', 'file'.");
  });
});

describe('tableFromArrow', () => {
  it('gives back what toArrow and toArrowIPC took, types and all', () => {
    for (const input of [toArrow(scores) as unknown as ArrowTable, toArrowIPC(scores), toArrowIPC(scores, { format: 'file' }), toArrowIPC(scores).slice().buffer as ArrayBuffer]) {
      expect(plainTable(tableFromArrow(input))).toEqual(plainTable(scores));
    }
  });
  it('gives back any table, in one batch and in two', () => fc.assert(fc.property(fc.integer({ min: 0, max: 20 }).chain(anyTable), fc.nat(20), (t, cut) => {
    expect(plainTable(tableFromArrow(toArrowIPC(t)))).toEqual(plainTable(t));
    const rows = Array.from({ length: t.numRows }, (_, i) => i);
    const parts = [t.take(rows.slice(0, cut)), t.take(rows.slice(cut))].map((part) => tableFromIPC(toArrowIPC(part)) as unknown as ArrowTable);
    expect(plainTable(tableFromArrow(stacked(...parts)))).toEqual(plainTable(t));
  }), { numRuns: 60 }));
  it('keeps tables without rows, and without columns', () => {
    expect(plainTable(tableFromArrow(toArrowIPC(scores.take([]))))).toEqual(plainTable(scores.take([])));
    expect(tableFromArrow(toArrowIPC(new Table([]))).names).toEqual([]);
  });
  it('shares doubles, integers, days, texts and codes with the bytes', () => {
    const t = arrow({ n: [[1.5, 2], float64()], i: [[1, null], int32()], d: [[new Date('2023-01-01'), new Date('2023-01-02')], dateDay()], s: [['a', '王'], utf8()], k: [['x', 'y'], dictionary(utf8(), int32())], l: [['a', null], largeUtf8()] });
    const back = tableFromArrow(t);
    expect(back.toRows()).toEqual([{ n: 1.5, i: 1, d: '2023-01-01', s: 'a', k: 'x', l: 'a' }, { n: 2, i: null, d: '2023-01-02', s: '王', k: 'y', l: null }]);
    back.names.forEach((name, i) => expect(back.column(name).data.buffer, name).toBe(values(t, i).buffer));
  });
  it('copies the rest, and finds what is missing', () => {
    const t = tableFromArrow(arrow({
      small: [[-7, null], int8()], byte: [[250, null], uint8()], short: [[-3000, 4], int16()], wide: [[4e9, null], uint32()], big: [[2n ** 53n - 1n, null], int64()], whole: [[-3n, 4n], int64()], u: [[2n ** 40n, 1n], uint64()],
      half: [[1.5, null], float32()], gap: [[null, 2.5], float64()], flag: [[null, true], bool()], none: [[null, null], nullType()], codes: [['a', null], dictionary(utf8(), int8())],
      decimal: [[12.5, -0.25], decimal(18, 2, 128)], numbers: [[30, 10], dictionary(int32(), int8())],
    }));
    expect(t.toRows()).toEqual([
      { small: -7, byte: 250, short: -3000, wide: 4e9, big: 2 ** 53 - 1, whole: -3, u: 2 ** 40, half: 1.5, gap: null, flag: null, none: null, codes: 'a', decimal: 12.5, numbers: 30 },
      { small: null, byte: null, short: 4, wide: null, big: null, whole: 4, u: 1, half: null, gap: 2.5, flag: true, none: null, codes: null, decimal: -0.25, numbers: 10 },
    ]);
    expect(['small', 'whole', 'big', 'codes', 'numbers'].map((name) => t.column(name).type)).toEqual(['integer', 'integer', 'number', 'category', 'integer']);
  });
  it('reads timestamps in every unit: wall clock without a zone, else instants that need one', () => {
    const at = (unit: (typeof TimeUnit)[keyof typeof TimeUnit], zone: string | null, ...times: string[]): ArrowTable => arrow({ a: [times.map((time) => new Date(time)), timestamp(unit, zone)] });
    for (const unit of Object.values(TimeUnit)) {
      expect(column(at(unit, null, '2023-01-01T00:00Z', '1969-12-31T00:00Z'))).toEqual(['2023-01-01', '1969-12-31']);
      expect(column(at(unit, null, '2023-01-01T12:34:56Z'))).toEqual(['2023-01-01 12:34']);
      expect(column(at(unit, 'UTC', '2023-01-01T00:00Z'))).toEqual(['2023-01-01']);
      expect(Array.from(tableFromArrow(at(unit, '-05:00', '2023-01-01T16:00Z'), { timeZone: 'Asia/Shanghai' }).toColumns()['a']!)).toEqual(['2023-01-02']);
    }
    expect(column(arrow({ a: [[new Date('2023-01-01'), null], dateMillisecond()] }))).toEqual(['2023-01-01', null]);
    expect(() => tableFromArrow(at(TimeUnit.SECOND, 'UTC', '2023-01-01T01:00Z'))).toThrow('tableFromArrow: column "a" holds points in time, such as 2023-01-01T01:00:00.000Z, which are different days in different zones. Say which zone is meant');
  });
  it('reads decimals to the nearest double, whatever their width', () => {
    const bytes = (...numbers: bigint[]): BigUint64Array => BigUint64Array.from(numbers.flatMap((n) => [BigInt.asUintN(64, n), BigInt.asUintN(64, n >> 64n)]));
    const data = (...numbers: bigint[]): ArrowTable => apache({ a: { type: { typeId: 7, bitWidth: 128, scale: 2 }, data: [{ length: numbers.length, nullCount: 0, values: bytes(...numbers) }] } });
    expect(column(data(0n, 3n, -3n, 110n, 10n ** 30n + 1n, -(2n ** 53n) - 1n))).toEqual([0, 0.03, -0.03, 1.1, 1e28, -90071992547409.93]);
    expect(column(apache({ a: { type: { typeId: 7, bitWidth: 32, scale: 2 }, data: [{ length: 2, nullCount: 0, values: Int32Array.of(1250, -3) }] } }))).toEqual([12.5, -0.03]);
  });
  it('makes one of dictionaries that differ between batches, or have nothing for a value', () => {
    const part = (texts: (string | null)[]): ArrowTable => arrow({ a: [texts, dictionary(utf8(), int32())] });
    const t = tableFromArrow(stacked(part(['x', 'y']), part(['y', null, 'z']), part([])));
    expect(t.column('a')).toEqual({ type: 'category', data: Int32Array.of(0, 1, 1, -1, 2), values: ['x', 'y', 'z'] } satisfies CategoryColumn);
    const utf8Of = (texts: (string | null)[]): unknown => (arrow({ a: [texts, utf8()] }) as unknown as flechette.Table).children[0];
    const nulled = apache({ a: { type: { typeId: -1 }, data: [{ length: 3, nullCount: 0, values: Int8Array.of(1, 0, 1), dictionary: utf8Of([null, 'x']) } as ArrowBatch] } });
    expect(column(nulled)).toEqual(['x', null, 'x']);
    const long = apache({ a: { type: { typeId: -1 }, data: [{ length: 2, nullCount: 0, values: BigInt64Array.of(1n, 0n), dictionary: utf8Of(['x', 'y']) } as ArrowBatch] } });
    expect(column(long)).toEqual(['y', 'x']);
  });
  it("takes apache-arrow's tables, sliced ones too", () => {
    // Rows 3 to 6 of a batch: values begin with the slice, bitmaps before it.
    const bits = { nullBitmap: Uint8Array.of(0b01101000), offset: 3, length: 4, nullCount: 1 };
    const t = tableFromArrow(apache({
      f: { type: { typeId: 3 }, data: [{ ...bits, values: Float64Array.of(1, 0, 3, 4) }] },
      i: { type: { typeId: 2 }, data: [{ ...bits, values: Int32Array.of(1, 0, 3, 4) }] },
      b: { type: { typeId: 6 }, data: [{ ...bits, values: Uint8Array.of(0b01001000) }] },
      s: { type: { typeId: 5 }, data: [{ ...bits, values: bytesOf('__abd'), valueOffsets: Int32Array.of(2, 3, 3, 4, 5) }] },
      v: { type: { typeId: 24 }, data: [{ length: 1, nullCount: 0, values: Uint8Array.of(13, 0, 0, 0, 97, 98, 99, 100, 0, 0, 0, 0, 1, 0, 0, 0), variadicBuffers: [bytesOf('_abcdefghijklm')] }, { ...bits, length: 3, nullCount: 1, values: new Uint8Array(48) }] },
    }));
    expect(t.toRows()).toEqual([
      { f: 1, i: 1, b: true, s: 'a', v: 'abcdefghijklm' }, { f: null, i: null, b: null, s: null, v: '' }, { f: 3, i: 3, b: false, s: 'b', v: null }, { f: 4, i: 4, b: true, s: 'd', v: '' },
    ]);
  });
  it('refuses what is no column of ours, by name', () => {
    expect(() => tableFromArrow(arrow({ a: [[[1], [2]], list(int32())] }))).toThrow('tableFromArrow: column "a" holds lists. Leave it out, or turn it into text or numbers first.');
    expect(() => tableFromArrow(arrow({ a: [[1, 2], timeMillisecond()] }))).toThrow('column "a" holds times of day.');
    expect(() => tableFromArrow(arrow({ a: [[1, 2], float16()] }))).toThrow('column "a" holds half-precision floats.');
    expect(() => tableFromArrow(arrow({ a: [[1n, 2n ** 60n], int64()] }))).toThrow('tableFromArrow: column "a", row 1: 1152921504606846976 passes 2^53, beyond which numbers are not exact.');
  });
  it('refuses what is no Arrow, and says what it is', () => {
    const bytes = toArrowIPC(scores, { format: 'file' });
    expect(() => tableFromArrow({} as ArrowTable)).toThrow('tableFromArrow: this is no Arrow table. Pass a table of flechette or apache-arrow, or the bytes of an Arrow stream or file.');
    expect(() => tableFromArrow(new Uint8Array(0))).toThrow('tableFromArrow: there are no bytes.');
    expect(() => tableFromArrow(bytesOf('id,day,total\n'))).toThrow('the bytes are no Arrow stream or file, or are cut off');
    expect(() => tableFromArrow(bytes.subarray(0, bytes.length - 20))).toThrow('tableFromArrow: the Arrow file is cut off. Copy it again, or wait until its export has finished.');
    expect(() => tableFromArrow(toArrowIPC(scores).subarray(0, 900))).toThrow('are cut off');
    expect(() => tableFromArrow(bytesOf('PAR1....PAR1'))).toThrow('the bytes are a Parquet file. Read it with readParquet from clientele/node.');
    expect(() => tableFromArrow(bytesOf('FEA1....'))).toThrow('Feather file of version 1');
    expect(() => tableFromArrow({ schema: { fields: [{ name: 'a' }] }, numRows: 1, getChildAt: () => null })).toThrow('column "a" is no Arrow column.');
    expect(() => tableFromArrow(bytes, { timezone: 'UTC' } as object)).toThrow('there is no option "timezone". Known options: timeZone, flechette.');
    expect(() => tableFromArrow(bytes, { timeZone: 'Mars/Base' })).toThrow('option timeZone is "Mars/Base"');
  });
  it('reads bytes wherever in a buffer they begin', () => {
    const bytes = toArrowIPC(scores);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(plainTable(tableFromArrow(shifted.subarray(3)))).toEqual(plainTable(scores));
  });
});

describe('fromArrow', () => {
  const orders = (columns: Partial<Record<'id' | 'day' | 'total', readonly [unknown[], DataType]>> = {}): ArrowTable =>
    arrow({ id: [['007', 'b', '007'], utf8()], day: [['2024-01-31', '2024-02-29', '2024-03-01'], utf8()], total: [[12.5, -3, 0], float64()], ...columns });

  it('makes an order log of the columns mapped, whatever else the table holds', () => {
    const { names, children } = orders() as unknown as flechette.Table;
    const t = tableFromColumns([...names.map((name, i): [string, flechette.Column<unknown>] => [String(name), children[i]!]), ['nested', columnFromArray([[1], [2], [3]], list(int32()))]]);
    const log = fromArrow(t as unknown as ArrowTable, MAPPING);
    expect(log.toRows()).toEqual([{ customer: '007', date: '2024-01-31', amount: 12.5 }, { customer: 'b', date: '2024-02-29', amount: -3 }, { customer: '007', date: '2024-03-01', amount: 0 }]);
    expect(log.meta).toEqual({ resolution: 'day', source: 'arrow' });
  });
  it('needs no mapping where columns bear the names of their roles, and takes bytes', () => {
    const example = exampleOrders({ customers: 20, seed: 3 });
    const log = fromArrow(toArrowIPC(example));
    expect([log.toRows(), log.roles]).toEqual([example.select(example.roles).toRows(), example.roles]);
  });
  it('shares amounts, days and ids, coded ones too', () => {
    const t = orders({ id: [['a', 'b', 'a'], dictionary(utf8(), int32())], day: [[new Date('2024-01-31'), new Date('2024-02-29'), new Date('2024-03-01')], dateDay()] });
    const log = fromArrow(t, MAPPING);
    expect(log.column('customer')).toEqual(categoryColumn(['a', 'b', 'a']) satisfies Column);
    (['customer', 'date', 'amount'] as const).forEach((role, i) => expect(log.column(role).data.buffer, role).toBe(values(t, i).buffer));
    const text = orders();
    expect(fromArrow(text, MAPPING).column('customer').data.buffer).toBe(values(text, 0).buffer);
  });
  it('takes whole numbers below 2^53 for ids, and refuses or skips others by row', () => {
    expect(fromArrow(orders({ id: [[7n, 8n, 7n], int64()] }), MAPPING).column('customer').type).toBe('integer');
    const bad = orders({ id: [[7n, 2n ** 60n, 7n], int64()] });
    expect(() => fromArrow(bad, MAPPING)).toThrow('fromArrow: row 1, column "id": 1152921504606846976 is no id: ids are text, or whole numbers below 2^53.');
    expect(fromArrow(bad, MAPPING, { onBadRow: 'skip' }).numRows).toBe(2);
  });
  it('cuts times with a zone in timeZone, and keeps the day of those without', () => {
    const times = ['2024-01-31T20:00Z', '2024-07-01T20:00Z', '1969-12-31T23:59Z'].map((time) => new Date(time));
    const days = (zone: string | null, options = {}): unknown => fromArrow(orders({ day: [times, timestamp(TimeUnit.MICROSECOND, zone)] }), MAPPING, options).toColumns()['date'];
    expect(days('UTC', { timeZone: 'Asia/Shanghai' })).toEqual(['2024-02-01', '2024-07-02', '1970-01-01']);
    expect(days(null, { timeZone: 'Asia/Shanghai' })).toEqual(['2024-01-31', '2024-07-01', '1969-12-31']);
    expect(days('America/New_York')).toEqual(['2024-01-31', '2024-07-01', '1969-12-31']);
    expect(days('UTC', { resolution: 'hour', timeZone: 'Europe/Berlin' })).toEqual(['2024-01-31 21:00', '2024-07-01 22:00', '1970-01-01 00:00']);
    expect(() => fromArrow(orders({ day: [[times[0], null, times[1]], timestamp(TimeUnit.SECOND, null)] }), MAPPING)).toThrow('row 1, column "day": null stands for no value');
  });
  it('refuses instants at midnight of this machine, as it refuses such Dates', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'Asia/Shanghai';
    try {
      const midnights = [1, 2, 3].map((day) => new Date(2024, 5, day));
      const t = orders({ day: [midnights, timestamp(TimeUnit.MILLISECOND, 'UTC')] });
      expect(() => fromArrow(t, MAPPING)).toThrow("fromArrow: column \"day\" holds instants at midnight of this machine's zone (Asia/Shanghai), such as 2024-05-31T16:00:00.000Z: calendar days made into instants. Pass timeZone: 'Asia/Shanghai' to have those days back, or timeZone: 'UTC'");
      expect(fromArrow(t, MAPPING, { timeZone: 'Asia/Shanghai' }).toColumns()['date']).toEqual(['2024-06-01', '2024-06-02', '2024-06-03']);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
  it('names a column that is not there, and options that are not', () => {
    expect(() => fromArrow(orders(), { ...MAPPING, amount: 'totl' })).toThrow('fromArrow: column "totl" is missing (found: "id", "day", "total"). Did you mean "total"?');
    expect(() => fromArrow(orders(), MAPPING, { zone: 'UTC' } as object)).toThrow('fromArrow: there is no option "zone".');
  });
});

describe('customersFromArrow', () => {
  const log = exampleOrders({ customers: 30, seed: 2 });
  const customers = summarize(log, { asOf: '2026-01-01', roster: ['nobody'] });

  it('gives back customers with what they were summarized by', () => {
    for (const saved of [toArrowIPC(customers), toArrowIPC(customers, { format: 'file' }), toArrow(customers) as unknown as ArrowTable]) {
      const back = customersFromArrow(saved);
      expect(plainTable(back)).toEqual(plainTable(customers));
      expect([back.meta, back.diagnostics]).toEqual([customers.meta, customers.diagnostics]);
    }
  });
  it('gives back a state, from which newer orders go on', () => {
    const state = summarize(log, { keepState: true }).state!;
    const back = customersFromArrow(toArrowIPC(state));
    expect([plainTable(back), back.meta]).toEqual([plainTable(state), state.meta]);
    expect(mergeCustomers(back, log.take([])).toRows()).toEqual(mergeCustomers(state, log.take([])).toRows());
  });
  it('refuses what is no saved customers', async () => {
    expect(await failure(() => customersFromArrow(toArrowIPC(scores)))).toMatchObject({ code: 'MODEL_INVALID', place: { where: 'customersFromArrow' } });
    expect((await failure(() => customersFromArrow(arrow({ a: [[1], int32()] })))).message).toContain('these are no saved customers. Nothing is noted in the file of what they were summarized by.');
  });
});
