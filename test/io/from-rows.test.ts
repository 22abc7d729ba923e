import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fromRows, parseCsv, type Mapping, type ReadingOptions } from '../../src/io/index.js';
import { failure, MAPPING } from './reading.js';

const LOCAL = process.env['TZ'];
const inZone = async (zone: string, run: () => unknown): Promise<void> => {
  process.env['TZ'] = zone;
  try {
    await run();
  } finally {
    if (LOCAL === undefined) delete process.env['TZ'];
    else process.env['TZ'] = LOCAL;
  }
};
const row = (id: unknown, day: unknown = '2024-01-31', total: unknown = 1): object => ({ id, day, total });

describe('fromRows', () => {
  it('reads numbers, text and Dates, and what is missing', () => {
    const rows = [{ id: '007', day: '2024-01-31', total: 12.5, pieces: 2, where: 'web', n: 'x' }, { id: 'b', day: new Date('2024-02-01T12:00Z'), total: '1.50', pieces: null, where: undefined, n: 'y' }, { id: 'c', day: 1706745600, total: 3n, pieces: NaN, n: null }];
    const log = fromRows(rows, { ...MAPPING, quantity: 'pieces', channel: 'where', carry: ['n'] });
    expect(log.toRows()).toEqual([
      { customer: '007', date: '2024-01-31', amount: 12.5, quantity: 2, channel: 'web', n: 'x' },
      { customer: 'b', date: '2024-02-01', amount: 1.5, quantity: null, channel: null, n: 'y' },
      { customer: 'c', date: '2024-02-01', amount: 3, quantity: null, channel: null, n: null },
    ]);
    expect(log.meta).toEqual({ resolution: 'day', timeZone: 'UTC', source: 'rows' });
  });
  it('takes any iterable, and does not touch the rows', () => {
    const rows = Object.freeze([Object.freeze({ id: 'a', day: '2024-01-31', total: 1 })]);
    expect(fromRows(new Set(rows), MAPPING).numRows).toBe(1);
    expect(fromRows((function* () { yield* rows; })(), MAPPING).numRows).toBe(1);
    class Order { id = 'a'; get day(): string { return '2024-01-31'; } total = 1; }
    expect(fromRows([new Order()], MAPPING).cell('date', 0)).toBe('2024-01-31');
  });
  it('keeps whole-number ids as numbers, 32-bit ones as integers', () => {
    expect(fromRows([row(7), row(-2)], MAPPING).column('customer')).toEqual({ type: 'integer', data: Int32Array.of(7, -2) });
    expect(fromRows([row(7), row(2 ** 40)], MAPPING).column('customer')).toEqual({ type: 'number', data: Float64Array.of(7, 2 ** 40) });
    expect(fromRows([row(7n), row(2n)], MAPPING).column('customer').type).toBe('integer');
    const orders = fromRows([{ ...row('a'), order: 5 }, { ...row('a'), order: null }], { ...MAPPING, order: 'order' });
    expect(orders.toRows().map((r) => r['order'])).toEqual([5, null]);
  });
  it.each<[unknown[], RegExp]>([
    [['a', 7], /row 1, column "id": 7 is no text, as the ids before it are\. Give ids of one kind: String\(id\)/],
    [[7, 'a'], /row 1, column "id": "a" is no number, as the ids before it are/],
    [[1.5], /row 0, column "id": 1\.5 is no id: ids are text, or whole numbers below 2\^53/],
    [[2 ** 53], /is no id/], [[Infinity], /is no id/], [[10n ** 20n], /is no id/], [[{}], /is no id/], [[true], /is no id/],
    [[null], /row 0, column "id": null stands for no value/], [['a', undefined], /row 1, column "id": undefined stands for no value/], [['a', ''], /row 1.*stands for no value/], [['NA'], /stands for no value/], [[7, NaN], /row 1.*NaN stands for no value/],
  ])('refuses the ids %s by row', async (ids, message) => {
    expect((await failure(() => fromRows(ids.map((id) => row(id)), MAPPING))).message).toMatch(message);
  });
  it.each<[unknown, RegExp]>([
    [null, /stands for no value/], [NaN, /NaN stands for no value/], ['', /stands for no value/], [Infinity, /Infinity is not a finite number/], ['12,50', /decimal: ','/], ['abc', /is not a number/], [{}, /an object is not a number/], [true, /true is not a number/], [10n ** 20n, /passes 2\^53/],
  ])('refuses the amount %s by row', async (amount, message) => {
    const error = await failure(() => fromRows([row('a'), row('b', '2024-01-31', amount)], MAPPING));
    expect(error.message).toMatch(message);
    expect(error.place).toMatchObject({ where: 'fromRows', row: 1, column: 'total' });
  });
  it.each<[unknown, string, RegExp]>([
    ['31/12/2024', 'DATE_AMBIGUOUS', /dateFormat: 'DD\/MM\/YYYY'/], ['2024-02-30', 'VALUE_INVALID', /February 2024 has 29 days/], [null, 'VALUE_INVALID', /stands for no value/], [new Date(NaN), 'VALUE_INVALID', /"Invalid Date" is not a date/], [{}, 'VALUE_INVALID', /is not a date/], [45292, 'VALUE_INVALID', /spreadsheet's day number/],
  ])('refuses the date %s by row', async (date, code, message) => {
    const error = await failure(() => fromRows([row('a'), row('b', date)], MAPPING));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.place).toMatchObject({ row: 1, column: 'day' });
  });
  it('reads text by the same options as a file', () => {
    const log = fromRows([{ id: 'a', day: '31.12.2024', total: '1.234,50 €' }], MAPPING, { dateFormat: 'DD.MM.YYYY', decimal: ',', thousands: '.', currencySign: '€' });
    expect(log.row(0)).toEqual({ customer: 'a', date: '2024-12-31', amount: 1234.5 });
  });
  it('skips bad rows when told, in every column, and counts them', () => {
    const log = fromRows([row('a'), row('b', 'x'), 7 as unknown as object, row(''), row('c', '2024-01-31', NaN), row('d')], MAPPING, { onBadRow: 'skip' });
    expect(log.toRows().map((r) => r['customer'])).toEqual(['a', 'd']);
    expect(log.diagnostics.rows).toEqual({ read: 6, used: 2, refused: 4, leftOut: {} });
    expect(log.diagnostics.refused.map((r) => [r.row, r.column])).toEqual([[1, 'day'], [2, '(whole row)'], [3, 'id'], [4, 'total']]);
  });
  it('carries numbers, flags and dates as such, and other things as text', () => {
    const rows = [{ ...row('a'), n: 1, f: true, d: new Date('2024-05-01T10:00Z'), m: 1, t: 'x' }, { ...row('b'), n: null, f: null, d: null, m: 'one', t: 'x' }, { ...row('c'), n: 2.5, f: false, d: new Date('2024-05-02'), m: true, t: 'y' }, { ...row('d'), n: 1, f: true, d: new Date('2024-05-02'), m: 1, t: 'x' }];
    const log = fromRows(rows, { ...MAPPING, carry: ['n', 'f', 'd', 'm', 't'] });
    expect(['n', 'f', 'd', 'm', 't'].map((name) => log.column(name).type)).toEqual(['number', 'flag', 'date', 'text', 'category']);
    expect(log.row(1)).toMatchObject({ n: null, f: null, d: null, m: 'one' });
    expect(log.row(2)).toMatchObject({ n: 2.5, f: false, d: '2024-05-02', m: 'true' });
  });
  it('says which property is missing, and what else there is', async () => {
    const error = await failure(() => fromRows([{ customerId: 'a', day: '2024-01-31', total: 1 }], { ...MAPPING, customer: 'customer_id' }));
    expect(error.message).toBe("fromRows: column \"customer_id\" is missing (found: \"customerId\", \"day\", \"total\"). Did you mean \"customerId\"? Name it in the mapping: { customer: 'customerId' }.");
    expect(fromRows([row('a'), { ...row('b'), region: 'n' }], { ...MAPPING, carry: ['region'] }).toRows().map((r) => r['region'])).toEqual([null, 'n']);
  });
  it.each<[unknown, RegExp]>([[[], /there are no rows\. Pass at least one order/], [{ id: ['a'] }, /is not a list of rows\. .*fromColumns/], ['id,day', /is not a list of rows\. .*parseCsv/], [undefined, /undefined is not a list/], [[null], /null is not an object|the row is not an object/]])('refuses %j', async (rows, message) => {
    expect((await failure(() => fromRows(rows as object[], MAPPING))).message).toMatch(message);
  });
  it('refuses unknown options and roles', async () => {
    expect((await failure(() => fromRows([row('a')], MAPPING, { header: false } as ReadingOptions))).message).toContain('there is no option "header"');
    expect((await failure(() => fromRows([row('a')], { ...MAPPING, buyer: 'id' } as Mapping))).message).toContain('no role "buyer"');
  });
  it('gives what the same table gives as CSV', () => fc.assert(fc.asyncProperty(fc.array(fc.record({ id: fc.stringMatching(/^[a-z0-9]{1,4}$/), day: fc.integer({ min: 0, max: 20000 }).map((d) => new Date(d * 86400000).toISOString().slice(0, 10)), total: fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100), sku: fc.constantFrom('p', 'q', '', 'NA') }), { minLength: 1, maxLength: 30 }), async (rows) => {
    fc.pre(rows.every(({ id }) => !['na', 'nan', 'null'].includes(id)));
    const mapping = { ...MAPPING, product: 'sku', carry: ['sku'] };
    const csv = await parseCsv(`id,day,total,sku\n${rows.map((r) => Object.values(r).join(',')).join('\n')}`, mapping, { source: 'rows' });
    const ours = fromRows(rows, mapping);
    expect([ours.toRows(), ours.meta, ours.diagnostics, ours.names.map((name) => ours.column(name))]).toEqual([csv.toRows(), csv.meta, csv.diagnostics, csv.names.map((name) => csv.column(name))]);
  }), { numRuns: 50 }));
});

describe('Dates at midnight of this machine', () => {
  const midnights = [new Date(2024, 0, 31), new Date(2024, 6, 1)];

  it('are refused without timeZone where that is not the midnight of UTC, and read with it', () => inZone('Asia/Shanghai', async () => {
    const days = [new Date(2024, 0, 31), new Date(2024, 6, 1)];
    const rows = days.map((day) => row('a', day));
    const error = await failure(() => fromRows(rows, MAPPING));
    expect([error.code, error.place.option]).toEqual(['DATE_AMBIGUOUS', 'timeZone']);
    expect(error.message).toContain("holds Dates at midnight of this machine's zone (Asia/Shanghai), such as 2024-01-30T16:00:00.000Z: calendar days made into instants. Pass timeZone: 'Asia/Shanghai' to have those days back, or timeZone: 'UTC'");
    expect(fromRows(rows, MAPPING, { timeZone: 'Asia/Shanghai' }).toRows().map((r) => r['date'])).toEqual(['2024-01-31', '2024-07-01']);
    expect(fromRows(rows, MAPPING, { timeZone: 'UTC' }).toRows().map((r) => r['date'])).toEqual(['2024-01-30', '2024-06-30']);
  }));
  it('are not suspected among other instants, at midnight of UTC, or on a machine in UTC', async () => {
    await inZone('Asia/Shanghai', () => {
      expect(fromRows([row('a', new Date(2024, 0, 31)), row('a', new Date(2024, 0, 31, 10))], MAPPING).cell('date', 0)).toBe('2024-01-30');
      expect(fromRows([row('a', new Date('2024-01-31'))], MAPPING).cell('date', 0)).toBe('2024-01-31');
    });
    await inZone('UTC', () => {
      expect(fromRows([row('a', new Date(Date.UTC(2024, 0, 31)))], MAPPING).cell('date', 0)).toBe('2024-01-31');
    });
    expect(midnights).toHaveLength(2);
  });
});
