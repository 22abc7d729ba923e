import { describe, expect, expectTypeOf, it } from 'vitest';
import { categoryColumn, table, textColumn, validExcept, type Column } from '../../src/columns/index.js';
import { fromColumns, type ColumnsInput } from '../../src/io/index.js';
import type { Transactions } from '../../src/transactions/index.js';
import { failure } from './reading.js';

const COLUMNS = { customer: ['a', 'b'], date: ['2024-01-31', '2024-02-29'], amount: [12.5, -3] };
const with_ = (columns: Readonly<Record<string, unknown>>): ColumnsInput => ({ ...COLUMNS, ...columns }) as ColumnsInput;
const cells = (log: Transactions, name: string): unknown[] => log.toRows().map((row) => row[name]);

describe('fromColumns', () => {
  it('takes columns under the names of their roles, and leaves others out', () => {
    const log = fromColumns(with_({ product: ['p', null], other: [1, 2] }));
    expect(log.toRows()).toEqual([{ customer: 'a', date: '2024-01-31', amount: 12.5, product: 'p' }, { customer: 'b', date: '2024-02-29', amount: -3, product: null }]);
    expect(log.meta).toEqual({ resolution: 'day', source: 'columns' });
    expect(log.names.map((name) => log.column(name).type)).toEqual(['text', 'date', 'number', 'category']);
  });
  it('takes a table and a mapping', () => {
    const log = fromColumns(table({ id: [7, 8], day: ['2024-01-31', '2024-02-29'], total: [1, 2], name: ['x', 'y'] }), { customer: 'id', date: 'day', amount: 'total', carry: ['name'] });
    expect(log.row(1)).toEqual({ customer: 8, date: '2024-02-29', amount: 2, name: 'y' });
  });
  it('shares doubles, 32-bit integers and columns of ours', () => {
    const customer = Int32Array.of(1, 2), amount = Float64Array.of(1, 2);
    const date: Column = { type: 'date', data: Int32Array.of(19000, 19001) };
    const product = categoryColumn(['p', 'q']), order = textColumn(['o1', 'o2']), name = textColumn(['x', 'x']);
    const log = fromColumns({ customer, date, amount, product, order, name }, { customer: 'customer', date: 'date', amount: 'amount', product: 'product', order: 'order', carry: ['name'] });
    const dataOf = (column: string): unknown => log.column(column).data;
    expect(dataOf('customer')).toBe(customer);
    expect(dataOf('amount')).toBe(amount);
    expect([dataOf('date'), dataOf('product'), dataOf('order'), dataOf('name')].map((data, i) => data === [date, product, order, name][i]!.data)).toEqual([true, true, true, true]);
  });
  it('takes other typed arrays and bigints by copying them once', () => {
    expect(cells(fromColumns(with_({ customer: BigInt64Array.of(5n, 6n), amount: Float32Array.of(0.5, 2) })), 'customer')).toEqual([5, 6]);
    expect(fromColumns(with_({ customer: Uint16Array.of(5, 6) })).column('customer').type).toBe('number');
  });
  it('reads text columns and categories of dates and numbers, every category once', () => {
    const text = fromColumns(with_({ date: textColumn(['2024-01-31', '20240229']), amount: textColumn(['1.5', '2']) }));
    const category = fromColumns(with_({ date: categoryColumn(['2024-01-31', '20240229']), amount: categoryColumn(['1.5', '2']) }));
    for (const log of [text, category]) expect([cells(log, 'date'), cells(log, 'amount')]).toEqual([['2024-01-31', '2024-02-29'], [1.5, 2]]);
  });
  it('counts dates of a date column in the unit asked for', () => {
    const hours: Column = { type: 'date', data: Int32Array.of(-1, 25), unit: 'hour' };
    expect(cells(fromColumns(with_({ date: hours })), 'date')).toEqual(['1969-12-31', '1970-01-02']);
    expect(cells(fromColumns(with_({ date: hours }), undefined, { resolution: 'minute' }), 'date')).toEqual(['1969-12-31 23:00', '1970-01-02 01:00']);
  });
  it('takes Dates', () => {
    expect(cells(fromColumns({ ...COLUMNS, date: [new Date('2024-01-31T10:00Z'), new Date('2024-02-01T10:00Z')] }), 'date')).toEqual(['2024-01-31', '2024-02-01']);
  });

  const masked = (column: Column): Column => ({ ...column, valid: validExcept(2, [1]) }) as Column;
  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['a masked id', { customer: masked({ type: 'integer', data: Int32Array.of(1, 2) }) }, /row 1, column "customer": null stands for no value/],
    ['a missing text id', { customer: textColumn(['a', null]) }, /row 1, column "customer": null stands/],
    ['a word for missing in a text column', { customer: textColumn(['a', 'NA']) }, /row 1, column "customer"/],
    ['a word for missing in a category', { customer: categoryColumn(['a', 'NA']) }, /row 1, column "customer"/],
    ['a half id', { customer: Float64Array.of(1, 1.5) }, /row 1, column "customer": 1.5 is no id/],
    ['flags as ids', { customer: { type: 'flag', data: Uint8Array.of(0, 1) } }, /column "customer" holds flags, and cannot be the customer\. Name a column of text or whole numbers/],
    ['a missing amount', { amount: Float64Array.of(1, NaN) }, /row 1, column "amount": NaN stands for no value/],
    ['an infinite amount', { amount: Float64Array.of(-Infinity, 1) }, /row 0, column "amount": -Infinity is not a finite number/],
    ['a masked amount', { amount: masked({ type: 'integer', data: Int32Array.of(1, 2) }) }, /row 1, column "amount"/],
    ['a bad category of numbers', { amount: categoryColumn(['1', 'x']) }, /row 1, column "amount": "x" is not a number/],
    ['dates as amounts', { amount: { type: 'date', data: Int32Array.of(1, 2) } }, /column "amount" holds dates, and cannot be the amount/],
    ['a masked date', { date: masked({ type: 'date', data: Int32Array.of(1, 2) }) }, /row 1, column "date": null stands for no value/],
    ['a missing category of dates', { date: categoryColumn(['2024-01-01', null]) }, /row 1, column "date": null stands for no value/],
    ['day numbers', { date: Int32Array.of(19000, 19001) }, /row 0, column "date": 19000 looks like a spreadsheet's day number/],
    ['flags as dates', { date: { type: 'flag', data: Uint8Array.of(0, 1) } }, /cannot be the date/],
    ['minutes beyond 32 bits', { date: { type: 'date', data: Int32Array.of(1, 2_000_000) } }, /row 1, column "date"/],
    ['an object among channels', { channel: ['web', {}] }, /row 1, column "channel": an object is no text/],
    ['columns of two lengths', { amount: [1] }, /column "amount" has 1 rows, "customer" has 2/],
    ['something that is no column', { amount: 'x' }, /column "amount" is "x", not an array/],
    ['no rows', { customer: [], date: [], amount: [] }, /there are no rows/],
    ['a missing role', { amount: undefined }, /column "amount" is undefined, not an array/],
  ])('refuses %s', async (what, columns, message) => {
    expect((await failure(() => fromColumns(with_(columns), undefined, what.startsWith('minutes') ? { resolution: 'minute' } : {}))).message).toMatch(message);
  });
  it('names near misses of a missing column, and refuses what is no table', async () => {
    expect((await failure(() => fromColumns({ Customer: ['a'], date: ['2024-01-01'], amount: [1] }))).message).toContain("column \"customer\" is missing (found: \"Customer\", \"date\", \"amount\"). Did you mean \"Customer\"? Name it in the mapping: { customer: 'Customer' }.");
    expect((await failure(() => fromColumns([] as unknown as ColumnsInput))).message).toContain('an array is not columns by name. Pass { customer: [...]');
  });
  it('takes refused rows out of every column when told', () => {
    const log = fromColumns({ customer: ['a', 'b', null, 'd'], date: ['2024-01-01', 'x', '2024-01-01', '2024-01-04'], amount: Float64Array.of(1, 2, 3, 4), note: ['k', 'l', 'm', 'n'] }, { customer: 'customer', date: 'date', amount: 'amount', carry: ['note'] }, { onBadRow: 'skip' });
    expect(log.toRows()).toEqual([{ customer: 'a', date: '2024-01-01', amount: 1, note: 'k' }, { customer: 'd', date: '2024-01-04', amount: 4, note: 'n' }]);
    expect(log.diagnostics.rows).toEqual({ read: 4, used: 2, refused: 2, leftOut: {} });
  });
  it('types what may be passed', () => {
    expectTypeOf(fromColumns).parameter(0).toExtend<object>();
    expectTypeOf<{ customer: string[]; date: Date[]; amount: Float64Array }>().toExtend<ColumnsInput>();
  });
});
