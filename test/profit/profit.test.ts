import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityCosts, compareMix, costToServe, customerMix, productMix, profitability, whaleCurve, whatIf } from '../../src/profit/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';

const events = { customer: ['a', 'a', 'b', 'c'], kind: ['visit', 'call', 'call', 'return'], cost: [null, null, null, 9.5], handled: [true, false, true, null] };
const rates = { visit: 38, call: 5 };
const shop = { customer: ['a', 'b', 'c'], revenue: [100, 50, 200], region: ['n', 's', 'n'] };
const small = (): ReturnType<typeof profitability> => profitability(shop, { directCost: { marginRate: 0.4 }, costToServe: Float64Array.of(10, 25, 20), by: 'region' });

describe('costToServe', () => {
  it('takes an event\'s own cost, else its rate times its count', () => {
    const answer = costToServe({ ...events, count: [1, 3, 1, 1] }, { rates, byKind: true });
    expect(answer.table.toRows()).toEqual([
      { customer: 'a', events: 2, cost: 53, 'visit cost': 38, 'call cost': 15, 'return cost': 0 },
      { customer: 'b', events: 1, cost: 5, 'visit cost': 0, 'call cost': 5, 'return cost': 0 },
      { customer: 'c', events: 1, cost: 9.5, 'visit cost': 0, 'call cost': 0, 'return cost': 9.5 },
    ]);
    expect(answer.kinds.toRows()[1]).toEqual({ kind: 'call', events: 2, cost: 20, share: 20 / 67.5, meanCost: 10, open: 1 });
    expect(answer.total).toBe(67.5);
  });
  it('the order of events changes nothing', () => fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 1e6 })), { minLength: 1, maxLength: 50 }), (rows) => {
    const run = (own: typeof rows): unknown[] => costToServe({ customer: own.map(([c]) => c), kind: own.map(() => 'x'), cost: own.map(([, cents]) => cents / 100) }).table.toRows().sort((p, q) => String(p['customer']).localeCompare(String(q['customer'])));
    expect(run(rows.slice().reverse())).toEqual(run(rows));
  })));
  it('no event costs nothing', () => {
    const answer = costToServe({ customer: [], kind: [] }, { rates: { visit: 38 } });
    expect([answer.table.numRows, answer.kinds.numRows, answer.total]).toEqual([0, 0, 0]);
  });
  it('counts many events of one customer and kind', () => {
    const [n, many] = [70_000, 66_000];      // more than a byte and than two hold
    const { table } = costToServe({ customer: Array.from({ length: n }, (_, i) => (i < many ? 'a' : 'b')), kind: Array.from({ length: n }, (_, i) => (i % 2 === 0 || i >= many ? 'call' : 'visit')) }, { rates, byKind: true });
    expect(table.toRows()).toEqual([
      { customer: 'a', events: many, cost: 33_000 * 43, 'visit cost': 33_000 * 38, 'call cost': 33_000 * 5 },
      { customer: 'b', events: 4000, cost: 20_000, 'visit cost': 0, 'call cost': 20_000 },
    ]);
  });
  it.each([
    ['a kind without rate or cost', () => costToServe(events, { rates: { visit: 38 } }), 'event kind "call" has no rate, and row 1 no cost of its own. Add it to rates'],
    ['no kind', () => costToServe({ customer: ['a'] }), 'column "kind" is missing'],
    ['a negative rate', () => costToServe(events, { rates: { visit: -1 } }), 'A rate is a number from 0'],
    ['a negative cost', () => costToServe({ customer: ['a'], kind: ['x'], cost: [-1] }), 'row 0: cost is -1'],
    ['an event of nobody', () => costToServe({ customer: ['a', null], kind: ['x', 'x'] }, { rates: { x: 1 } }), 'row 1 has no customer'],
    ['a negative count', () => activityCosts({ visits: [-2] }, { rates: { visits: 1 } }), 'column visits, row 0 is -2'],
  ] as const)('refuses %s', (_, run, message) => expect(run).toThrow(message));
  it('counts the events of a window, both days included, and those left out', () => {
    const dated = { customer: ['a', 'b', 'a', 'c'], kind: ['visit', 'call', 'call', 'visit'], date: ['2025-01-01', '2025-01-31', '2025-02-01', '2024-12-31'], handled: [true, false, true, true] };
    const january = costToServe(dated, { rates, from: '2025-01-01', asOf: '2025-01-31' });
    expect(january.table.toRows()).toEqual([{ customer: 'a', events: 1, cost: 38 }, { customer: 'b', events: 1, cost: 5 }]);
    expect(january.kinds.toColumns()['open']).toEqual([0, 1]);
    expect(january.diagnostics.rows).toEqual({ read: 4, used: 2, refused: 0, leftOut: { 'after-as-of': 1, 'before-from': 1 } });
    expect(costToServe(dated, { rates, asOf: '2024-12-31' }).total).toBe(38);
    expect(costToServe(dated, { rates, from: '2026-01-01' })).toMatchObject({ total: 0, diagnostics: { rows: { used: 0, leftOut: { 'before-from': 4 } } } });
    expect(costToServe(dated, { rates }).diagnostics.rows.leftOut).toEqual({});
    // The row named is that of the table given, not of the window.
    expect(() => costToServe({ ...dated, cost: [null, null, null, null] }, { rates: { visit: 38 }, from: '2025-02-01' })).toThrow('event kind "call" has no rate, and row 2 no cost');
  });
  it('any two parts of the time cost what the whole does', () => fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.integer({ min: 1, max: 28 })), { minLength: 1, maxLength: 40, size: 'max' }), fc.integer({ min: 1, max: 27 }), (rows, cut) => {
    const date = (n: number): string => `2025-02-${String(n).padStart(2, '0')}`;
    const own = { customer: rows.map(([c]) => c), kind: rows.map(() => 'x'), date: rows.map(([, n]) => date(n)) };
    const total = (window: { from?: string; asOf?: string }): number => costToServe(own, { rates: { x: 1 }, ...window }).total;
    expect(total({ asOf: date(cut) }) + total({ from: date(cut + 1) })).toBe(total({}));
  })));
  it('checks dates, whether a window is asked for or not', () => {
    const one = { customer: ['a'], kind: ['visit'] };
    expect(() => costToServe({ ...one, date: ['bogus'] }, { rates })).toThrow('costToServe: column "date", row 0: "bogus" is no day');
    expect(costToServe({ ...one, date: [null] }, { rates }).total).toBe(38);
    expect(() => costToServe({ ...one, date: [null] }, { rates, asOf: '2025-01-01' })).toThrow('row 0 has no date');
    expect(() => costToServe(one, { rates, asOf: '2025-01-01' })).toThrow('column "date" is missing');
    expect(() => costToServe({ ...one, date: ['2025-01-01'] }, { rates, from: '2025-02-30' })).toThrow('option from is "2025-02-30"');
    expect(() => costToServe({ ...one, date: ['2025-01-01'] }, { rates, from: '2025-02-02', asOf: '2025-02-01' })).toThrow('not after asOf');
  });
  it('warns of a rate that no event uses', () => expect(costToServe(events, { rates: { ...rates, cal: 1 } }).diagnostics.warnings[0]!.message).toContain('rates for cal'));
});

describe('profitability', () => {
  it('subtracts direct cost and cost to serve, ranks, groups and lists losses', () => {
    const answer = small();
    expect(answer.table.row(1)).toEqual({ customer: 'b', revenue: 50, directCost: 30, margin: 20, costToServe: 25, profit: -5, profitRate: -0.1, rank: 3, region: 's' });
    expect(answer.segments.toRows().map((row) => [row['region'], row['profit'], row['unprofitable'], row['loss']])).toEqual([['n', 90, 0, 0], ['s', -5, 1, -5]]);
    expect(answer.unprofitable.toColumns()['customer']).toEqual(['b']);
    expect(answer.total).toBe(85);
  });
  it('finds events by customer; those of strangers are counted', () => {
    const answer = profitability(shop, { costToServe: costToServe({ customer: ['c', 'x', 'c'], kind: ['v', 'v', 'v'] }, { rates: { v: 7 } }) });
    expect([...answer.table.toColumns()['costToServe'] as Float64Array]).toEqual([0, 0, 14]);
    expect(answer.diagnostics.warnings[0]).toMatchObject({ code: 'EVENTS_UNMATCHED' });
  });
  it('takes what summarize makes', () => {
    const answer = profitability(summarize(exampleOrders({ customers: 100, seed: 2 })), { directCost: { marginRate: 0.5 } });
    expect(answer.table.numRows).toBe(100);
    expect(answer.segments.row(0)['customers']).toBe(100);
  });
  it('refuses a missing revenue by customer, and costs of another length', () => {
    expect(() => profitability({ customer: ['a'], revenue: [NaN] })).toThrow('row 0 (customer "a")');
    expect(() => profitability(shop, { costToServe: Float64Array.of(1) })).toThrow('there are 3 customers');
    expect(() => profitability(shop, { by: 'city' })).toThrow('column "city" is missing');
  });
});

describe('whaleCurve', () => {
  it('rises above the total and comes back', () => {
    const whale = whaleCurve([80, -20, 40, 0]);
    expect(whale).toMatchObject({ total: 100, peak: { profit: 120, customers: 2, share: 0.5, percent: 120 }, positive: { customers: 2, profit: 120 }, zero: { customers: 1 }, negative: { customers: 1, profit: -20 } });
    expect(whale.sentence).toBe('4 customers make a profit of 100.00: the best 2 bring 120.0% of it, 1 costs more than it brings, 20.00 in all.');
    expect(whale.area).toBeCloseTo((0.4 + 1 + 1.2 + 1.1) / 4, 12);
  });
  it('cumulated profit ends at the total, whatever the numbers', () => fc.assert(fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 100 }), (cents) => {
    const whale = whaleCurve(cents.map((c) => c / 100));
    expect(whale.curve.cell('profit', 20)).toBe(whale.total);
    expect(whale.positive.customers + whale.zero.customers + whale.negative.customers).toBe(whale.customers);
  })));
  it('has no percentages of a total that is not above 0', () => {
    const whale = whaleCurve([10, -30]);
    expect(whale.peak).toMatchObject({ profit: 10, percent: NaN });
    expect(whale.diagnostics.warnings[0]!.code).toBe('TOTAL_NOT_POSITIVE');
    expect(whaleCurve([0, 0], { labels: 'zh' }).sentence).toBe('2 位客户的利润合计 0.00；没有盈利客户，没有亏损客户。');
  });
  it('says one and none as people do', () => {
    const said = (profits: number[]): string => whaleCurve(profits).sentence;
    expect(said([5])).toBe('1 customer makes a profit of 5.00: the best one brings 100.0% of it, none costs more than it brings.');
    expect(said([-1, -2])).toBe('2 customers make a loss of 3.00: none brings any profit, 2 cost more than they bring, 3.00 in all.');
    expect(said([0, 0])).toBe('2 customers make a profit of 0.00: none brings any profit, none costs more than it brings.');
    expect(said([10, -30])).toBe('2 customers make a loss of 20.00: the best one brings all the profit there is, 1 costs more than it brings, 30.00 in all.');
    expect(whaleCurve([-1, -2], { labels: 'zh' }).sentence).toBe('2 位客户的利润合计 -3.00；没有盈利客户，2 位亏损客户共亏 3.00。');
  });
});

describe('whatIf', () => {
  it('raises prices, cuts service, lets go: each by itself, and together', () => {
    const answer = whatIf(small(), [{ name: 'cut', who: 'unprofitable', service: -0.4 }, { name: 'let go', who: [false, true, false], letGo: true }, { name: 'price', who: 'all', price: 0.1, lost: 0.5 }]);
    expect(answer.actions.toRows().map((row) => [row['action'], row['customers'], row['change']])).toEqual([['cut', 1, 10], ['let go', 1, 5], ['price', 3, expect.closeTo(-25, 9)], ['all', 3, expect.anything()]]);
    expect(answer.before).toBe(85);
    expect(answer.after).toBeCloseTo(answer.profit.reduce((a, b) => a + b, 0), 9);
  });
  it('keeps cost that cannot be avoided', () => {
    expect(whatIf(small(), [{ name: 'go', who: 'unprofitable', letGo: true }], { avoidable: 0 }).after).toBe(90 - 25);
  });
  it.each([
    [[], 'at least one'], [[{ name: 'x', who: [1] }], 'not for all 3 customers'], [[{ name: 'x', who: 'all', price: -2 }], 'Give a change as a share'], [[{ name: 'x', who: 'all', letGo: true, price: 1 }], 'letGo goes by itself'], [[{ name: 'x', who: 'all', lost: 2 }], 'from 0 to 1'],
  ])('refuses %j', (actions, message) => expect(() => whatIf(small(), actions as never)).toThrow(message));
});

describe('productMix, customerMix, compareMix', () => {
  const goods = { product: ['tea', 'pot'], category: ['drink', 'ware'], sales: [100, 300], cost: [60, 330], stock: [20, 0] };
  it('says what has no stock', () => {
    const { table, categories, diagnostics } = productMix(goods, { stock: 'stock', category: 'category' });
    expect(table.row(0)).toMatchObject({ marginRate: 0.4, turnover: 5, crossRatio: 2, gmroi: 2, salesShare: 0.25, contribution: 0.5, contributionShare: 1 });
    expect(table.row(1)).toMatchObject({ margin: -30, turnover: null, crossRatio: null, gmroi: null, contribution: null });
    expect(categories!.row(1)).toMatchObject({ category: 'ware', products: 1, sales: 300 });
    expect(diagnostics.warnings[0]!.code).toBe('STOCK_ZERO');
  });
  it('compares two periods, also what is new', () => {
    const after = productMix({ product: ['pot', 'cup'], sales: [100, 100], cost: [90, 10] });
    const rows = compareMix(productMix(goods).table, after.table, { by: 'product', columns: ['salesShare'] }).toRows();
    expect(rows).toEqual([{ product: 'tea', change: 'left', label: 'Gone', 'salesShare before': 0.25, 'salesShare after': null, 'salesShare change': null }, { product: 'pot', change: 'stayed', label: 'In both', 'salesShare before': 0.75, 'salesShare after': 0.5, 'salesShare change': -0.25 }, { product: 'cup', change: 'entered', label: 'New', 'salesShare before': null, 'salesShare after': 0.5, 'salesShare change': null }]);
  });
  it('names what came and went in Chinese too', () => {
    expect(compareMix({ product: ['a', 'b'], x: [1, 2] }, { product: ['b', 'c'], x: [1, 2] }, { by: 'product', labels: 'zh' }).toColumns()['label']).toEqual(['退出', '两期都有', '新增']);
  });
  it('mixes customers by any attribute', () => {
    expect(customerMix({ ...shop, region: ['n', null, 'n'] }, { by: 'region' }).toRows()).toEqual([
      { region: 'n', customers: 2, shareOfCustomers: 2 / 3, value: 300, share: 300 / 350, mean: 150 }, { region: null, customers: 1, shareOfCustomers: 1 / 3, value: 50, share: 1 / 7, mean: 50 },
    ]);
  });
  it('refuses no sales, stock below 0, a missing column', () => {
    expect(() => productMix({ sales: [0], cost: [0] })).toThrow('there are no sales');
    expect(() => productMix({ ...goods, stock: [-1, 0] }, { stock: 'stock' })).toThrow('column "stock", row 0 is -1');
    expect(() => customerMix(shop, { by: 'age' })).toThrow('column "age" is missing');
  });
});
