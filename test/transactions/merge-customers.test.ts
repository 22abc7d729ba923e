import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText } from '../../src/core/index.js';
import { mergeCustomers, summarize, type Customers, type SummarizeOptions, type Transactions } from '../../src/transactions/index.js';
import { logOf } from './log.js';

type Row = readonly [customer: string, day: number, amount: number];
const row = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 20_000, max: 20_030 }), fc.integer({ min: -400, max: 2000 }).map((c) => c / 100));

/** A log cut in two: no row of the second part is older than the last of the first. */
const parts = fc.array(row, { minLength: 2, maxLength: 60, size: 'max' }).chain((rows) => fc.integer({ min: 20_000, max: 20_029 }).map((border): [Row[], Row[]] => [rows.filter(([, day]) => day <= border), rows.filter(([, day]) => day > border)]))
  .filter(([before, after]) => before.some(([, , amount]) => amount >= 0) && after.length > 0);

const customerState = (log: Transactions, { keepOrders = true, ...options }: SummarizeOptions & { keepOrders?: boolean } = {}): Customers =>
  summarize(log, { ...options, keepState: keepOrders ? true : 'without-order-ids' }).state!;
const facts = (log: Transactions, options?: SummarizeOptions): unknown => summarize(log, options).toRows();

describe('mergeCustomers', () => {
  it('gives what summarizing the whole log gives, bit for bit', () => fc.assert(fc.property(parts, fc.constantFrom<SummarizeOptions>({}, { frequency: 'days' }, { monetary: 'mean' }, { returns: 'exclude' }, { zeroOrders: 'drop' }), ([before, after], options) => {
    if (options.returns === 'exclude' && !before.some(([, , amount]) => amount >= 0)) return;
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

  it('carries the latest values along', () => {
    const state = customerState(logOf([['a', 20_000, 5], ['b', 20_000, 5]], { carried: { city: ['X', 'Y'] } }));
    expect(mergeCustomers(state, logOf([['a', 20_001, 5], ['c', 20_001, 5]], { carried: { city: ['Z', null] } })).toColumns()).toMatchObject({ customer: ['a', 'b', 'c'], city: ['Z', 'Y', null] });
  });
});
