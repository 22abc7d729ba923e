import * as aq from 'arquero';
import { columnFromArray, dateDay, dictionary, float64, int32, int64, bool, tableFromColumns, tableFromIPC, tableToIPC, timestamp, TimeUnit, utf8, type DataType } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fromArquero, tableFromArquero, toArquero } from '../../src/io/arquero.js';
import { categoryColumn, Table, table, textColumn, type CategoryColumn, type Column, type TextColumn } from '../../src/columns/index.js';
import { anyTable } from './tables.js';

const scores = new Table([
  ['customer', textColumn(['007', '王小明', null, 'd'])],
  ['monetary', { type: 'number', data: Float64Array.of(12.5, 900, NaN, 40) }],
  ['frequency', { type: 'integer', data: Int32Array.of(1, 9, 2, 4) }],
  ['orders', { type: 'integer', data: Int32Array.of(1, 9, 2, 4), valid: Uint8Array.of(0b1011) }],
  ['last', { type: 'date', data: Int32Array.of(19358, 19400, 19300, 19358) }],
  ['active', { type: 'flag', data: Uint8Array.of(1, 0, 1, 0) }],
  ['segment', categoryColumn(['at_risk', 'champions', null, 'at_risk'])],
]);

/** An arquero table on Arrow columns, its times as numbers or as Dates. */
function arrow(columns: Record<string, readonly [unknown[], DataType]>, useDate = false): aq.ColumnTable {
  const arrowTable = tableFromColumns(Object.entries(columns).map(([name, [values, type]]) => [name, columnFromArray(values, type)] as const));
  return aq.fromArrow(tableToIPC(arrowTable, {})!, { useDate });
}

describe('toArquero', () => {
  it("gives arquero's own table, whose verbs work on every type of column", () => {
    const t = toArquero(scores);
    expect(t).toBeInstanceOf(aq.ColumnTable);
    expect(t.objects()).toEqual(scores.toRows().map((row) => ({ ...row, monetary: row['monetary'] ?? NaN })));
    const best = t.filter((d: Record<string, unknown>) => d['segment'] === 'at_risk').orderby(aq.desc('monetary'));
    expect(best.array('customer')).toEqual(['d', '007']);
    expect(t.filter((d: Record<string, unknown>) => d['segment'] !== 'no_such').numRows()).toBe(4);
    expect(t.filter((d: { last: string }) => d.last >= '2023-01-01').array('customer')).toEqual(['007', '王小明', 'd']);
    expect(t.groupby('segment').rollup({ n: aq.op.count(), spend: aq.op.sum('monetary') }).objects()).toEqual([
      { segment: 'at_risk', n: 2, spend: 52.5 }, { segment: 'champions', n: 1, spend: 900 }, { segment: null, n: 1, spend: undefined },
    ]);
    expect(t.derive({ vip: (d: { monetary: number }) => d.monetary > 30 }).join(aq.table({ segment: ['champions'], action: ['thank'] })).objects()).toMatchObject([{ customer: '王小明', vip: true, action: 'thank' }]);
    expect(t.dedupe('last').count().get('count')).toBe(3);
    expect(t.orderby('last').reify().array('last')).toEqual(['2022-11-04', '2023-01-01', '2023-01-01', '2023-02-12']);
    expect(t.concat(t).numRows()).toBe(8);
    expect(t.toCSV({ columns: ['customer', 'orders'] })).toBe('customer,orders\n007,1\n王小明,9\n,\nd,4\n');
  });
  it('shares numbers and gapless integers', () => {
    const t = toArquero(scores);
    expect(t.column('monetary')).toBe(scores.column('monetary').data);
    expect(t.column('frequency')).toBe(scores.column('frequency').data);
  });
  it('groups by codes as arquero groups by texts', () => fc.assert(fc.property(fc.array(fc.option(fc.constantFrom('x', 'y', 'z')), { maxLength: 20 }), fc.nat(20), (texts, cut) => {
    const ours = toArquero({ k: categoryColumn(texts), i: Float64Array.from(texts.keys()) });
    const plain = aq.table({ k: texts, i: [...texts.keys()] });
    const sums = (t: aq.ColumnTable): object[] => t.groupby('k').rollup({ n: aq.op.count(), s: aq.op.sum('i') }).objects();
    expect(sums(ours)).toEqual(sums(plain));
    const part = (t: aq.ColumnTable): aq.ColumnTable => t.params({ cut }).groupby('k').filter((d: { i: number }, $: { cut: number }) => d.i < $.cut);
    expect(part(ours).count().objects()).toEqual(part(plain).count().objects());
    expect(part(ours).orderby('i').reify().count().objects()).toEqual(part(plain).orderby('i').reify().count().objects());
  })));
  it('keeps a column named __proto__, and tables without rows or columns', () => {
    expect(toArquero(new Table([['__proto__', textColumn(['a'])]])).get('__proto__', 0)).toBe('a');
    expect(toArquero({ a: [] as string[] }).numRows()).toBe(0);
    expect(toArquero(new Table([])).numCols()).toBe(0);
  });
  it('takes the module where it cannot be found, and refuses other options', () => {
    expect(toArquero(scores, { arquero: aq }).numRows()).toBe(4);
    expect(() => toArquero(scores, { arqueró: aq } as object)).toThrow('toArquero: there is no option "arqueró". Known options: arquero.');
  });
});

describe('tableFromArquero', () => {
  it('gives back the very columns that toArquero took', () => fc.assert(fc.property(fc.integer({ min: 0, max: 9 }).chain(anyTable), (t) => {
    const back = tableFromArquero(toArquero(t));
    expect(back.names).toEqual(t.names);
    for (const [name, column] of t.entries()) {
      if (column.type === 'number' || (column.type === 'integer' && column.valid === undefined)) expect(back.column(name).data).toBe(column.data);
      else expect(back.column(name)).toBe(column);
    }
  })));
  it('takes filtered and ordered rows as they are seen, still with their types', () => {
    const t = toArquero(scores).filter((d: { frequency: number }) => d.frequency > 1).orderby(aq.desc('frequency'));
    const back = tableFromArquero(t);
    expect(back.toRows()).toEqual([1, 3, 2].map((row) => scores.row(row)));
    expect(back.column('last').type).toBe('date');
    expect(tableFromArquero(t.reify()).toColumns()['customer']).toEqual(['王小明', 'd', null]);
  });
  it('takes selected, renamed and derived columns', () => {
    const t = toArquero(scores).select('segment', { monetary: 'spend' }).derive({ double: (d: { spend: number }) => d.spend * 2 });
    const back = tableFromArquero(t);
    expect(back.names).toEqual(['segment', 'spend', 'double']);
    expect(back.column('segment')).toBe(scores.column('segment'));
    expect([...(back.column('double').data as Float64Array)]).toEqual([25, 1800, NaN, 80]);
  });
  it('shares typed arrays and reads plain ones: numbers, text, flags, bigints, whole days', () => {
    const a = Float64Array.of(1, 2);
    const b = Int32Array.of(1, 2);
    const t = tableFromArquero(aq.table({ a, b, c: Uint16Array.of(3, 4), d: ['x', null], e: [true, undefined], f: [5n, null], g: BigInt64Array.of(6n, -7n), h: [new Date('2023-01-01'), null], i: [null, undefined], j: [0.5, null] }));
    expect(t.column('a').data).toBe(a);
    expect(t.column('b').data).toBe(b);
    expect(t.toRows()).toEqual([
      { a: 1, b: 1, c: 3, d: 'x', e: true, f: 5, g: 6, h: '2023-01-01', i: null, j: 0.5 },
      { a: 2, b: 2, c: 4, d: null, e: null, f: null, g: -7, h: null, i: null, j: null },
    ]);
  });
  it('shares what Arrow keeps as we do: doubles, integers, days, texts, codes', () => {
    const t = arrow({ n: [[1.5, 2], float64()], i: [[1, null], int32()], d: [[new Date('2023-01-01'), new Date('2023-01-02')], dateDay()], s: [['a', '王'], utf8()], k: [['x', 'y'], dictionary(utf8(), int32())] });
    const back = tableFromArquero(t);
    expect(back.toRows()).toEqual([{ n: 1.5, i: 1, d: '2023-01-01', s: 'a', k: 'x' }, { n: 2, i: null, d: '2023-01-02', s: '王', k: 'y' }]);
    const buffer = (name: string): unknown => (t.column(name) as unknown as { data: { values: Uint8Array }[] }).data[0]!.values.buffer;
    for (const name of ['n', 'i', 'd', 's']) expect(back.column(name).data.buffer).toBe(buffer(name));
    expect((back.column('s') as TextColumn).offsets.buffer).toBe(buffer('s'));
    const keys = (t.column('k') as unknown as { groups(names: string[]): { keys: Int32Array } }).groups(['k']).keys;
    expect(back.column('k').data).toBe(keys);
    expect((back.column('k') as CategoryColumn).values).toEqual(['x', 'y']);
  });
  it('copies what Arrow keeps otherwise: gaps, times, 64-bit integers, flags, small codes', () => {
    const noon = new Date('2023-01-01T12:00Z');
    for (const useDate of [false, true]) {
      const t = tableFromArquero(arrow({
        n: [[1.5, null], float64()], b: [[true, null], bool()], l: [[7, null], int64()], k: [[null, 'y'], dictionary(utf8())],
        t: [[noon, null], timestamp(TimeUnit.MILLISECOND, null)], w: [[new Date('2023-01-01'), null], timestamp(TimeUnit.SECOND, null)],
      }, useDate));
      expect(t.toRows()).toEqual([
        { n: 1.5, b: true, l: 7, k: null, t: '2023-01-01 12:00', w: '2023-01-01' },
        { n: null, b: null, l: null, k: 'y', t: null, w: null },
      ]);
    }
  });
  it('joins Arrow columns of several batches', () => {
    const part = (values: number[]): Uint8Array => tableToIPC(tableFromColumns([['n', columnFromArray(values, float64())], ['s', columnFromArray(values.map(String), utf8())]]), {})!;
    const [a, b] = [tableFromIPC(part([1, 2])), tableFromIPC(part([3]))];
    const both = { schema: a.schema, getChild: (name: string) => Object.assign(Object.create(Object.getPrototypeOf(a.getChild(name))) as object, a.getChild(name), { data: [...a.getChild(name).data, ...b.getChild(name).data], length: 3, at: undefined, offsets: Int32Array.of(0, 2, 3) }) };
    const t = tableFromArquero(aq.fromArrow(both as unknown as Parameters<typeof aq.fromArrow>[0]));
    expect(t.toRows()).toEqual([{ n: 1, s: '1' }, { n: 2, s: '2' }, { n: 3, s: '3' }]);
  });
  it('refuses what it cannot take, by column and row', () => {
    expect(() => tableFromArquero({} as aq.ColumnTable)).toThrow('tableFromArquero: this is not an arquero table. Pass the table itself;');
    expect(() => tableFromArquero(aq.table({ a: [1, 'x'] }))).toThrow('tableFromArquero: column "a", row 1: "x" is not number. Give values of one type');
    expect(() => tableFromArquero(aq.table({ a: [new Date(0), 'x'] }))).toThrow('column "a", row 1: "x" is not a Date, as other rows are.');
    expect(() => tableFromArquero(aq.table({ a: [new Date(0), new Date(3600000)] }))).toThrow('tableFromArquero: column "a" holds points in time, such as 1970-01-01T01:00:00.000Z, which are different days in different zones.');
    expect(() => tableFromArquero(aq.table({ a: [1n, 2n ** 60n] }))).toThrow('column "a", row 1: 1152921504606846976 passes 2^53');
    expect(() => tableFromArquero(aq.table({ a: [[1], [2]] }))).toThrow('column "a"');
  });
});

describe('fromArquero', () => {
  const mapping = { customer: 'id', date: 'day', amount: 'revenue' } as const;

  it('makes an order log of the columns mapped, whatever else the table holds', () => {
    const log = fromArquero(aq.table({ id: ['007', 'b'], day: ['2023-01-01', '2023-02-03'], revenue: [12.5, -3], nested: [[1], {}] }), mapping);
    expect(log.toRows()).toEqual([{ customer: '007', date: '2023-01-01', amount: 12.5 }, { customer: 'b', date: '2023-02-03', amount: -3 }]);
    expect(log.roles).toEqual(['customer', 'date', 'amount']);
  });
  it('takes rows as a filter and an order show them', () => {
    const t = aq.table({ id: ['a', 'b', 'c'], day: ['2023-01-03', '2023-01-02', '2023-01-01'], revenue: [1, 2, 3] }).filter((d: { revenue: number }) => d.revenue > 1).orderby('day');
    expect(fromArquero(t, mapping).toColumns()['customer']).toEqual(['c', 'b']);
  });
  it('shares amounts, dates and ids with Arrow and with toArquero', () => {
    const log = table({ id: categoryColumn(['a', 'b']) as Column, day: { type: 'date', data: Int32Array.of(1, 2) }, revenue: Float64Array.of(1, 2) });
    const back = fromArquero(toArquero(log), mapping);
    expect(back.column('amount').data).toBe(log.column('revenue').data);
    expect(back.column('date').data).toBe(log.column('day').data);
    expect(back.column('customer')).toBe(log.column('id'));
  });
  it('shares doubles, days, texts and codes with Arrow', () => {
    const t = arrow({ id: [['007', 'b'], utf8()], day: [[new Date('2023-01-01'), new Date('2023-01-02')], dateDay()], revenue: [[1.5, 2], float64()], where: [['web', 'app'], dictionary(utf8(), int32())] });
    const log = fromArquero(t, { ...mapping, channel: 'where' });
    expect(log.row(0)).toEqual({ customer: '007', date: '2023-01-01', amount: 1.5, channel: 'web' });
    const buffer = (name: string): unknown => (t.column(name) as unknown as { data: { values: Uint8Array }[] }).data[0]!.values.buffer;
    expect(log.column('customer').data.buffer).toBe(buffer('id'));
    expect(log.column('date').data.buffer).toBe(buffer('day'));
    expect(log.column('amount').data.buffer).toBe(buffer('revenue'));
    expect(log.column('channel').data).toBe((t.column('where') as unknown as { groups(names: string[]): { keys: Int32Array } }).groups(['k']).keys);
  });
  it('cuts Arrow times with a zone in timeZone, and keeps the day of those without', () => {
    const at = new Date('2023-01-01T20:00Z');
    const log = (zone: string | null): string => fromArquero(arrow({ id: [['a'], utf8()], day: [[at], timestamp(TimeUnit.MILLISECOND, zone)], revenue: [[1], float64()] }), mapping, { timeZone: 'Asia/Shanghai' }).cell('date', 0) as string;
    expect([log('UTC'), log(null)]).toEqual(['2023-01-02', '2023-01-01']);
  });
  it('skips and counts bad rows as fromColumns does', () => {
    const t = aq.table({ id: BigInt64Array.of(1n, 2n ** 60n, 3n), day: ['2023-01-01', '2023-01-02', 'soon'], revenue: [1, 2, 3] });
    expect(() => fromArquero(t, mapping)).toThrow('fromArquero: row 1, column "id"');
    const log = fromArquero(t, mapping, { onBadRow: 'skip' });
    expect(log.numRows).toBe(1);
    expect(log.diagnostics.refused.map(({ row, column }) => [row, column])).toEqual([[1, 'id'], [2, 'day']]);
    const big = arrow({ id: [[1n, 2n ** 60n], int64()], day: [['2023-01-01', '2023-01-02'], utf8()], revenue: [[1, 2], float64()] });
    expect(fromArquero(big, mapping, { onBadRow: 'skip' }).numRows).toBe(1);
  });
  it('takes Dates as instants, cut to days in timeZone', () => {
    const t = aq.table({ id: ['a'], day: [new Date('2023-01-01T20:00Z')], revenue: [1] });
    expect(fromArquero(t, mapping, { timeZone: 'Asia/Shanghai' }).cell('date', 0)).toBe('2023-01-02');
    expect(fromArquero(t, mapping, { timeZone: 'UTC' }).cell('date', 0)).toBe('2023-01-01');
  });
  it('names a column that is not there, and what was found', () => {
    const t = aq.table({ id: ['a'], Revenue: [1], day: ['2023-01-01'] });
    expect(() => fromArquero(t, mapping)).toThrow('fromArquero: column "revenue" is missing (found: "id", "Revenue", "day"). Did you mean "Revenue"?');
  });
});
