import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText } from '../../src/core/index.js';
import { Customers, mergeCustomers, summarize, type SummarizeOptions, type Transactions } from '../../src/transactions/index.js';
import { customersFromArrow, toArrowIPC } from '../../src/io/arrow.js';
import { fromColumns, fromRows, parseCsv, toCsv } from '../../src/io/index.js';
import { categoryColumn, Table, textColumn, type Column } from '../../src/columns/index.js';
import { logOf } from './log.js';

type Row = readonly [customer: string, day: number, amount: number];
const row = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 20_000, max: 20_030 }), fc.integer({ min: -400, max: 2000 }).map((c) => c / 100));

/** A log cut in two: no row of the second part is older than the last of the first. */
const parts = fc.array(row, { minLength: 2, maxLength: 60, size: 'max' }).chain((rows) => fc.integer({ min: 20_000, max: 20_029 }).map((border): [Row[], Row[]] => [rows.filter(([, day]) => day <= border), rows.filter(([, day]) => day > border)]))
  .filter(([before, after]) => before.some(([, , amount]) => amount > 0) && after.length > 0);

const customerState = (log: Transactions, { keepOrders = true, ...options }: SummarizeOptions & { keepOrders?: boolean } = {}): Customers =>
  summarize(log, { ...options, keepState: keepOrders ? true : 'without-order-ids' }).state!;
const facts = (log: Transactions, options?: SummarizeOptions): unknown => summarize(log, options).toRows();

describe('mergeCustomers', () => {
  it('gives what summarizing the whole log gives, bit for bit', () => fc.assert(fc.property(parts, fc.constantFrom<SummarizeOptions>({}, { frequency: 'days' }, { monetary: 'mean' }, { returns: 'exclude' }, { zeroOrders: 'drop' }), ([before, after], options) => {
    const asOf = dateText(Math.max(...before.map(([, day]) => day)));
    const merged = mergeCustomers(customerState(logOf(before), { ...options, asOf }), logOf(after));
    expect(merged.toRows()).toEqual(facts(logOf([...before, ...after]), options));
  })));

  it('again and again, a day at a time', () => {
    const rows = Array.from({ length: 300 }, (_, i): Row => [`c${(i * 31) % 17}`, 20_000 + Math.floor(i / 10), i % 7 === 0 ? -i / 10 : i]);
    let state = customerState(logOf(rows.slice(0, 10)), { asOf: dateText(20_000) });
    for (let day = 1; day < 30; day++) {
      const merged = mergeCustomers(state, logOf(rows.slice(day * 10, day * 10 + 10)), { asOf: dateText(20_000 + day) });
      expect(merged.toRows()).toEqual(facts(logOf(rows.slice(0, day * 10 + 10))));
      state = merged.state!;
    }
  });

  it('remembers customers who only returned goods', () => {
    const state = customerState(logOf([['a', 20_000, 5], ['b', 20_000, -3]]));
    expect(mergeCustomers(state, logOf([['b', 20_001, 10]])).toRows()).toMatchObject([{ customer: 'a' }, { customer: 'b', monetary: 7, frequency: 1, meanRepeatSpend: 0 }]);
  });

  it('takes more orders of the last day where rows or days are counted', () => {
    const before: Row[] = [['a', 20_000, 5], ['b', 20_001, 7]];
    const after: Row[] = [['b', 20_001, 1], ['a', 20_001, 2], ['a', 20_002, 3]];
    for (const options of [{}, { frequency: 'days' }] as const) {
      expect(mergeCustomers(customerState(logOf(before), options), logOf(after)).toRows()).toEqual(facts(logOf([...before, ...after]), options));
    }
  });

  it('counts an order of the last day once, where its ids were kept', () => {
    const before: Row[] = [['a', 20_000, 5], ['a', 20_001, 7], ['b', 20_001, 1]];
    const after: Row[] = [['a', 20_001, 2], ['b', 20_001, 3], ['a', 20_002, 4]];
    const merged = mergeCustomers(customerState(logOf(before, { order: ['1', '2', '3'] })), logOf(after, { order: ['2', '9', '4'] }));
    expect(merged.toRows()).toEqual(facts(logOf([...before, ...after], { order: ['1', '2', '3', '2', '9', '4'] })));
  });

  it('refuses what cannot be exact', () => {
    const state = customerState(logOf([['a', 20_000, 5], ['b', 20_005, 7]], { order: ['1', '2'] }));
    expect(() => mergeCustomers(state, logOf([['a', 20_004, 1]], { order: ['3'] }))).toThrow(expect.objectContaining({ code: 'MERGE_NOT_EXACT' }));
    expect(() => mergeCustomers(state, logOf([['a', 20_006, 1]]))).toThrow('has no order ids');
    const forgetful = customerState(logOf([['a', 20_000, 5]], { order: ['1'] }), { keepOrders: false });
    expect(() => mergeCustomers(forgetful, logOf([['a', 20_000, 1]], { order: ['3'] }))).toThrow(expect.objectContaining({ code: 'MERGE_NOT_EXACT' }));
    expect(mergeCustomers(forgetful, logOf([['a', 20_001, 1]], { order: ['3'] })).row(0)).toMatchObject({ frequency: 2 });
    expect(() => mergeCustomers(summarize(logOf([['a', 20_000, 5]])), logOf([['a', 20_001, 5]]))).toThrow('holds no state');
    expect(() => mergeCustomers(state, logOf([['a', 20_006, 1]], { order: ['3'] }), { asOf: dateText(20_004) })).toThrow('option asOf');
  });

  it('refuses a state in which a customer stands twice', () => {
    const state = customerState(logOf([['a', 20_000, 5], ['b', 20_000, 5]]));
    expect(() => mergeCustomers(state.take([0, 1, 0]), logOf([['a', 20_001, 5]]))).toThrow('mergeCustomers: row 2 of the state is a customer who stands there before.');
    const nameless = new Customers([...state.entries()].map(([name, column]): [string, Column] => [name, name === 'customer' ? textColumn(['a', null]) : column]), state.meta, state.diagnostics);
    expect(() => mergeCustomers(nameless, logOf([['a', 20_001, 5]]))).toThrow('row 1 of the state has no customer id');
  });

  it('carries the latest values along', () => {
    const state = customerState(logOf([['a', 20_000, 5], ['b', 20_000, 5]], { carried: { city: ['X', 'Y'] } }));
    expect(mergeCustomers(state, logOf([['a', 20_001, 5], ['c', 20_001, 5]], { carried: { city: ['Z', null] } })).toColumns()).toMatchObject({ customer: ['a', 'b', 'c'], city: ['Z', 'Y', null] });
  });
});

const MAP = { customer: 'customer', date: 'date', amount: 'amount' };
const dated = (customer: unknown, day: number, more: object = {}): Record<string, unknown> => ({ customer, date: dateText(day), amount: 5, ...more });

describe('mergeCustomers, whatever types a day happened to need', () => {
  it('takes carried text that is a category one day, text or nothing the next', async () => {
    const carry = ['email', 'shop'];
    const csv = (rows: readonly string[]): string => `customer,date,amount,email,shop\n${rows.join('\n')}\n`;
    const shops = Array.from({ length: 300 }, (_, i) => `c${i % 40},2026-01-01,5,c${i % 40}@y,${i % 2 === 0 ? 'North' : 'South'}`);
    const days = [['x,2025-12-31,5,x@y,'], shops, ['c1,2026-01-02,5,,West'], ['c2,2026-01-03,5,,'], ['x,2026-01-04,5,new@y,North', 'new,2026-01-04,5,z@y,East']];
    let customers = summarize(await parseCsv(csv(days[0]!), { ...MAP, carry }), { keepState: true });
    for (let day = 1; day < days.length; day++) {
      customers = mergeCustomers(customers.state!, await parseCsv(csv(days[day]!), { ...MAP, carry }));
      const whole = summarize(await parseCsv(csv(days.slice(0, day + 1).flat()), { ...MAP, carry }));
      expect(customers.toRows()).toEqual(whole.toRows());
      // Here also the bits are the same: the types, the codes and their values.
      for (const name of carry) expect(customers.column(name)).toEqual(whole.column(name));
    }
  });

  it('takes cells of whatever kind a day has, as the whole log does', () => {
    const kinds: readonly fc.Arbitrary<unknown>[] = [fc.constant(null), fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.5, -0, 2 ** 40), fc.boolean(), fc.constantFrom('x', '客户', '__proto__', '5'), fc.constantFrom(7n, 2n ** 60n)];
    const cells = fc.constantFrom(...kinds).chain((kind) => fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(kind)), { minLength: 1, maxLength: 12, size: 'max' }));
    fc.assert(fc.property(fc.array(cells, { minLength: 2, maxLength: 4 }), (days) => {
      const rows = days.map((day, d) => day.map(([customer, code]) => dated(customer, 20_000 + d, { code })));
      const log = (some: readonly object[]): Transactions => fromRows(some, { ...MAP, carry: ['code'] });
      let customers = summarize(log(rows[0]!), { keepState: true });
      for (const day of rows.slice(1)) customers = mergeCustomers(customers.state!, log(day));
      expect(customers.toRows()).toEqual(summarize(log(rows.flat())).toRows());
    }), { numRuns: 300 });
  });

  it('takes ids as codes or as text, and saved in between', async () => {
    const ids = fc.array(fc.tuple(fc.constantFrom('a', '007', '7', '客户', '__proto__', ''), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 20, size: 'max' });
    await fc.assert(fc.asyncProperty(ids, ids, fc.boolean(), fc.boolean(), async (before, after, codesFirst, saved) => {
      const log = (rows: readonly (readonly [string, number])[], day: number, codes: boolean): Transactions => fromColumns({
        customer: (codes ? categoryColumn : textColumn)(rows.map(([id]) => `c${id}`)), date: { type: 'date', data: new Int32Array(rows.length).fill(day) }, amount: Float64Array.from(rows, ([, amount]) => amount / 100),
      }, MAP);
      const state = customerState(log(before, 20_000, codesFirst));
      const merged = mergeCustomers(saved ? customersFromArrow(toArrowIPC(state)) : state, log(after, 20_001, !codesFirst));
      const whole = [...before.map(([id, amount]) => [`c${id}`, 20_000, amount / 100] as const), ...after.map(([id, amount]) => [`c${id}`, 20_001, amount / 100] as const)];
      expect(merged.toRows()).toEqual(facts(logOf(whole)));
      expect(mergeCustomers(customerState(await parseCsv(toCsv(log(before, 20_000, true)), MAP)), log(after, 20_001, true)).toRows()).toEqual(merged.toRows());
    }), { numRuns: 100 });
  });

  it('takes whole numbers that pass 32 bits on some days only', () => {
    const ids = fc.array(fc.constantFrom(1, -7, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1), { minLength: 1, maxLength: 12, size: 'max' });
    fc.assert(fc.property(fc.array(ids, { minLength: 2, maxLength: 4 }), (days) => {
      const rows = days.map((day, d) => day.map((id) => dated(id, 20_000 + d)));
      let customers = summarize(fromRows(rows[0]!, MAP), { keepState: true });
      for (const day of rows.slice(1)) customers = mergeCustomers(customers.state!, fromRows(day, MAP));
      const whole = summarize(fromRows(rows.flat(), MAP));
      expect(customers.toRows()).toEqual(whole.toRows());
      expect(customers.column('customer')).toEqual(whole.column('customer'));
    }));
  });

  it('takes dates carried as days one day, as minutes the next', () => {
    const log = (day: number, visit: Column): Transactions => fromColumns(new Table([['customer', textColumn(['a'])], ['date', { type: 'date', data: Int32Array.of(day) }], ['amount', { type: 'number', data: Float64Array.of(1) }], ['visit', visit]]), { ...MAP, carry: ['visit'] });
    const state = customerState(log(20_000, { type: 'date', data: Int32Array.of(19_990) }));
    expect(mergeCustomers(state, log(20_001, { type: 'date', data: new Int32Array(1), unit: 'minute', valid: Uint8Array.of(0) })).row(0)).toMatchObject({ visit: dateText(19_990) });
    expect(mergeCustomers(state, log(20_001, { type: 'date', data: Int32Array.of(19_995 * 1440 + 61), unit: 'minute' })).row(0)).toMatchObject({ visit: `${dateText(19_995)} 01:01` });
  });

  it('refuses another kind, and says how to mend it', () => {
    const text = customerState(fromRows([dated('1', 20_000)], MAP));
    expect(() => mergeCustomers(text, fromRows([dated(1, 20_001)], MAP))).toThrow("mergeCustomers: customers' ids are text in the state and numbers in the newer orders. Give both as text (String(id)), or both as whole numbers.");
    const born = customerState(fromRows([dated('a', 20_000, { born: new Date('2000-02-29') })], { ...MAP, carry: ['born'] }));
    expect(() => mergeCustomers(born, fromRows([dated('a', 20_001, { born: 'leap day' })], { ...MAP, carry: ['born'] }))).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: { where: 'mergeCustomers', column: 'born' }, message: expect.stringMatching(/column "born" holds dates in the state and text in the newer orders\. .*carry/) as string }));
  });

  it('takes newer orders without rows, of whatever types', () => {
    const state = customerState(fromRows([dated(3, 20_000, { code: 1 })], { ...MAP, carry: ['code'] }));
    const none = fromRows([dated('x', 20_001, { code: 'x' })], { ...MAP, carry: ['code'] }).take([]);
    expect(mergeCustomers(state, none).toRows()).toEqual(facts(fromRows([dated(3, 20_000, { code: 1 })], { ...MAP, carry: ['code'] })));
  });

  it('remembers the currency and the zone that only newer orders tell', async () => {
    const state = customerState(await parseCsv('customer,date,amount,currency\na,2026-01-01,5,\n', { ...MAP, currency: 'currency' }));
    const newer = await parseCsv('customer,date,amount,currency\na,2026-01-02T10:00:00Z,5,EUR\n', { ...MAP, currency: 'currency' });
    expect(mergeCustomers(state, newer).meta).toMatchObject({ currency: 'EUR', timeZone: 'UTC' });
  });

  it('names itself where its own option is wrong', () => {
    expect(() => mergeCustomers(customerState(logOf([['a', 20_000, 5]])), logOf([['a', 20_001, 5]]), { asOf: 'garbage' })).toThrow('mergeCustomers: option asOf is "garbage".');
  });
});
