import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationRules, crossSell, fromBaskets, nextBestOffer, replenishment, upSell, type AssociationRule, type UpSellOptions } from '../../src/basket/index.js';
import { toColumn } from '../../src/columns/index.js';
import { logOf } from '../transactions/log.js';

const rule = (antecedent: string[], consequent: string, confidence: number, lift: number): AssociationRule => ({ antecedent, consequent, count: 10, support: 0.1, confidence, lift });
const RULES = [rule(['beer'], 'nappies', 0.8, 1.5), rule(['beer'], 'crisps', 0.5, 3), rule(['beer', 'milk'], 'crisps', 0.9, 1.5), rule(['milk'], 'bread', 0.9, 1), rule(['milk'], 'nappies', 0.5, 1.2)];
const bought = { customer: ['a', 'b', 'b', 'c', '__proto__'], product: ['beer', ' beer', 'milk ', 'milk', 'beer'] };
const rows = (offers: { table: { toRows(): Record<string, unknown>[] } }, ...names: string[]): unknown[][] => offers.table.toRows().map((row) => names.map((name) => row[name]));

describe('nextBestOffer', () => {
  it('scores by confidence × (lift - 1) of the best rule, leaves out what is owned, and what is only popular', () => {
    const found = nextBestOffer(RULES, bought);
    const want: [string, number, string, number, string, number][] = [
      ['a', 1, 'crisps', 1, 'beer', 1], ['a', 2, 'nappies', 0.4, 'beer', 1],
      ['b', 1, 'crisps', 1, 'beer', 2], ['b', 2, 'nappies', 0.4, 'beer', 2],
      ['c', 1, 'nappies', 0.1, 'milk', 1],
      ['__proto__', 1, 'crisps', 1, 'beer', 1], ['__proto__', 2, 'nappies', 0.4, 'beer', 1],
    ];
    expect(rows(found, 'customer', 'rank', 'item', 'because', 'rules')).toEqual(want.map(([customer, rank, item, , because, rules]) => [customer, rank, item, because, rules]));
    rows(found, 'score').forEach(([score], i) => expect(score).toBeCloseTo(want[i]![3], 12));
    expect(found.meta).toEqual({ kind: 'next-best', customers: 4, offered: 4, withheld: 0 });
  });
  it('or by their mean', () => {
    const scores = new Map(rows(nextBestOffer(RULES, bought, { combine: 'mean' }), 'customer', 'item', 'score').map(([customer, item, score]) => [`${String(customer)} ${String(item)}`, score as number]));
    expect(scores.get('b crisps')).toBeCloseTo((0.5 * 2 + 0.9 * 0.5) / 2, 12);
    expect(scores.get('b nappies')).toBeCloseTo((0.8 * 0.5 + 0.5 * 0.2) / 2, 12);
  });
  it('times the margin; items without one are not offered, and counted', () => {
    const found = nextBestOffer(RULES, bought, { catalog: { product: ['crisps', 'bread'], margin: [0.2, 0.5] } });
    expect(rows(found, 'customer', 'item')).toEqual([['a', 'crisps'], ['b', 'crisps'], ['__proto__', 'crisps']]);
    expect(found.table.cell('score', 0)).toBeCloseTo(0.2, 12);
    expect(found.warnings).toEqual([expect.objectContaining({ code: 'MARGIN_UNKNOWN', message: expect.stringContaining('1 items') as string })]);
  });
  it('holds back who should get nothing, with the reason, and says who is not known', () => {
    const found = nextBestOffer(RULES, bought, { doNotOffer: { customer: ['b', 'a', 'b', 'gone'], reason: ['open-complaint', 'overdue-debt', 'vip wish', null] }, labels: 'zh' });
    expect(new Set(rows(found, 'customer').flat())).toEqual(new Set(['c', '__proto__']));
    expect(found.withheld.toRows()).toEqual([
      { customer: 'a', reason: 'overdue-debt', label: '欠款逾期' }, { customer: 'b', reason: 'open-complaint', label: '投诉未结' }, { customer: 'b', reason: 'vip wish', label: 'vip wish' },
    ]);
    expect(found.meta).toMatchObject({ offered: 2, withheld: 2 });
    expect(found.warnings.map(({ code }) => code)).toEqual(['WITHHELD_UNKNOWN']);
    expect(nextBestOffer(RULES, bought, { doNotOffer: ['__proto__'] }).withheld.toRows()).toEqual([{ customer: '__proto__', reason: 'do-not-offer', label: 'On the do-not-offer list' }]);
    expect(() => nextBestOffer(RULES, bought, { doNotOffer: { customer: [null as string | null] } })).toThrow('entry 0 of the do-not-offer list has no customer id');
  });
  it('finds who is held back whatever the spaces around an id, and says what to give rather than rows', () => {
    const found = nextBestOffer(RULES, { customer: ['a', 'b ', 'c'], product: ['beer', 'beer', 'beer'] }, { doNotOffer: { customer: ['a ', 'b', ' zz'], reason: [' overdue-debt ', ' ', 'x'] } });
    expect(found.withheld.toRows().map(({ customer, reason }) => [customer, reason])).toEqual([['a', 'overdue-debt'], ['b ', 'do-not-offer']]);
    expect(new Set(rows(found, 'customer').flat())).toEqual(new Set(['c']));
    expect(found.warnings).toEqual([expect.objectContaining({ code: 'WITHHELD_UNKNOWN', message: expect.stringContaining('1 of 3 customers') as string })]);
    expect(() => nextBestOffer(RULES, bought, { doNotOffer: [{ customer: 'a', reason: 'overdue-debt' }] as never })).toThrow('entry 0 of the do-not-offer list is an object, not a customer id. Give ids: [\'C7\']; or columns rather than rows');
    expect(() => nextBestOffer(RULES, bought, { doNotOffer: ['a', ' '] })).toThrow('entry 1 of the do-not-offer list has no customer id');
  });
  it('gives the reason in both languages', () => {
    expect(nextBestOffer(RULES, bought, { top: 1 }).table.row(0)).toMatchObject({ label: 'Next best offer', reason: 'Buys beer: 50% of such baskets also hold crisps, 3 times the usual share' });
    expect(nextBestOffer(RULES, bought, { top: 1, labels: 'zh' }).table.row(0)).toMatchObject({ kind: 'next-best', label: '下一最佳推荐', reason: expect.stringContaining('此类购物篮中 50% 也含crisps') as string });
  });
  it('never offers what is excluded, and takes rules read back from JSON', () => {
    const saved = JSON.parse(JSON.stringify(associationRules(fromBaskets([['a', 'b'], ['a', 'b'], ['c']]), { minSupport: 0.5 }).rules)) as AssociationRule[];
    expect(rows(nextBestOffer({ rules: saved }, { customer: ['x'], product: ['a'] }), 'item')).toEqual([['b']]);
    expect(nextBestOffer(saved, { customer: ['x'], product: ['a'] }, { exclude: ['b '] }).table.numRows).toBe(0);
  });
  it('refuses what is no rule, no data, no option', () => {
    expect(() => nextBestOffer('x' as never, bought)).toThrow('these are no rules');
    expect(() => nextBestOffer([{ antecedent: [], consequent: 'a', confidence: 1, lift: 2 } as never], bought)).toThrow('rule 0 is not complete');
    expect(() => nextBestOffer(RULES, { customer: ['a'] })).toThrow('column "product" is missing');
    expect(() => nextBestOffer(RULES, { customer: ['a'], product: [' '] })).toThrow('nothing was bought');
    for (const options of [{ top: 0 }, { combine: 'sum' }, { labels: 'de' }, { exclude: 'a' }, { margin: 1 }]) expect(() => nextBestOffer(RULES, bought, options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
  it('a rule below chance stays no offer at a loss, and a loss is none', () => {
    expect(nextBestOffer([rule(['beer'], 'x', 0.5, 0.5), rule(['beer'], 'y', 0.5, 2)], bought, { catalog: { product: ['x', 'y'], margin: [-1, -1] } }).table.numRows).toBe(0);
  });
  it('keeps its column types when there is nothing to offer', () => {
    const nothing = nextBestOffer([], bought).table;
    const something = nextBestOffer(RULES, bought).table;
    expect(nothing.names.map((name) => nothing.column(name).type)).toEqual(something.names.map((name) => something.column(name).type));
  });
  it('offers to each customer the best of the items not owned, by a naive look at every rule', () => {
    const item = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
    const rules = fc.array(fc.record({ antecedent: fc.uniqueArray(item, { minLength: 1, maxLength: 2, size: 'max' }), consequent: item, confidence: fc.double({ min: 0.1, max: 1, noNaN: true }), lift: fc.double({ min: 0.5, max: 3, noNaN: true }) }), { maxLength: 15, size: 'max' });
    const rowsOf = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), item), { minLength: 1, maxLength: 10, size: 'max' });
    fc.assert(fc.property(rules, rowsOf, fc.constantFrom('x', 'nobody'), (given, pairs, held) => {
      const own = new Map<string, Set<string>>();
      for (const [customer, product] of pairs) own.set(customer, (own.get(customer) ?? new Set()).add(product));
      const want = [...own].filter(([customer]) => customer !== held).flatMap(([customer, owned]) => {
        const best = new Map<string, number>();
        for (const { antecedent, consequent, confidence, lift } of given) {
          if (antecedent.every((left) => owned.has(left)) && !owned.has(consequent)) best.set(consequent, Math.max(best.get(consequent) ?? -Infinity, confidence * (lift - 1)));
        }
        return [...best].filter(([, score]) => score > 0).sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1)).slice(0, 2).map(([product, score], k) => [customer, k + 1, product, score]);
      });
      const found = nextBestOffer(given.map((one) => ({ ...one, count: 1, support: 0.1 })), { customer: pairs.map(([customer]) => customer), product: pairs.map(([, product]) => product) }, { top: 2, doNotOffer: [held] });
      expect(rows(found, 'customer', 'rank', 'item', 'score')).toEqual(want);
    }), { numRuns: 200 });
  });
  it('counts no returns as owned', () => {
    expect(rows(nextBestOffer(RULES, { customer: ['a', 'a'], product: ['beer', 'crisps'], amount: [5, -2] }), 'item')).toEqual([['crisps'], ['nappies']]);
  });
});

describe('crossSell', () => {
  const catalog = { product: ['beer', 'milk', 'nappies', 'crisps'], category: ['drinks', 'dairy', 'baby', 'drinks'] };
  it('leads from one category into another', () => {
    const found = crossSell(RULES, bought, { catalog });
    expect(rows(found, 'customer', 'item')).toEqual([['a', 'nappies'], ['b', 'nappies'], ['c', 'nappies'], ['__proto__', 'nappies']]);
    expect(found.table.cell('reason', 0)).toContain('another category, baby');
    expect(found.warnings).toEqual([expect.objectContaining({ code: 'CATEGORY_UNKNOWN', message: expect.stringContaining('"bread"') as string })]);
  });
  it('or only into categories never bought from', () => {
    const more = { ...catalog, category: ['drinks', 'dairy', 'dairy', 'snacks'] };
    expect(rows(crossSell(RULES, bought, { catalog: more }), 'customer', 'item')).toContainEqual(['b', 'nappies']);
    expect(rows(crossSell(RULES, bought, { catalog: more, newCategory: true }), 'customer', 'item')).toEqual([['a', 'crisps'], ['a', 'nappies'], ['b', 'crisps'], ['__proto__', 'crisps'], ['__proto__', 'nappies']]);
  });
  it('refuses a catalog without categories, or with a product twice', () => {
    expect(() => crossSell(RULES, bought, { catalog: { product: ['beer'] } })).toThrow('column "category" is missing');
    expect(() => crossSell(RULES, bought, { catalog: { product: ['beer', 'beer'], category: ['a', 'b'] } })).toThrow('the catalog holds "beer" twice');
    expect(() => crossSell('x' as never, bought, { catalog })).toThrow('these are no rules');
  });
});

describe('upSell', () => {
  const catalog = { product: ['S', 'M', 'L', 'card', 'gold'], category: ['plan', 'plan', 'plan', 'bank', 'bank'], price: [10, 20, 30, 0, 50] };
  it('offers the next tier to who uses 80 % of the limit', () => {
    const found = upSell({ customer: ['a', 'b', 'c', 'd'], product: ['S', 'S', 'M', 'L'], use: [8, 7.99, 100, 100], limit: [10, 10, 100, 100] }, { catalog });
    expect(rows(found, 'customer', 'item', 'because', 'score', 'measure')).toEqual([['a', 'M', 'S', 0.8, 'use'], ['c', 'L', 'M', 1, 'use']]);
    expect(found.table.cell('reason', 0)).toBe('Uses 80% of the limit of S (8 of 10); M is the next tier');
  });
  it('or spends more than four fifths of those with the same product; all equal, nobody does', () => {
    const spenders = (spend: number[]): unknown[][] => rows(upSell({ customer: spend.map((_, i) => `c${i}`), product: spend.map(() => 'card'), spend }, { catalog }), 'customer', 'item', 'score', 'limit');
    // Type 7 at 0.8 of 1 … 10: 8.2.
    expect(spenders([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([['c8', 'gold', 0.9, 8.2], ['c9', 'gold', 1, 8.2]]);
    expect(spenders([5, 5, 5, 5, 5, 5])).toEqual([]);
    expect(spenders([1, 2, 3, 99])).toEqual([]);
  });
  it('counts the highest product of a category, and orders by tier where there is one', () => {
    const both = { customer: ['a', 'a'], product: ['S', 'M'], use: [10, 1], limit: [10, 10] };
    expect(upSell(both, { catalog }).table.numRows).toBe(0);
    expect(rows(upSell({ customer: ['a'], product: ['S'], use: [10], limit: [10] }, { catalog: { product: ['S', 'M', 'L'], category: ['p', 'p', 'p'], tier: [1, 3, 2], price: [1, 2, 3] } }), 'item')).toEqual([['L']]);
  });
  it('passes over the excluded tier, withheld customers, missing numbers and unknown products', () => {
    const rowsOf = { customer: ['a', 'b', 'c', 'd'], product: ['S', 'S', 'S', 'X'], use: [10, 10, NaN, 10], limit: [10, 10, 10, 10] };
    const found = upSell(rowsOf, { catalog, exclude: ['M'], doNotOffer: { customer: ['b'], reason: ['overdue-debt'] } });
    expect(rows(found, 'customer', 'item')).toEqual([['a', 'L']]);
    expect(found.warnings).toEqual([expect.objectContaining({ code: 'PRODUCT_UNKNOWN', message: expect.stringContaining('(X)') as string })]);
    expect(found.meta).toMatchObject({ customers: 4, offered: 1, withheld: 1 });
  });
  it('refuses a product held twice by one customer, by row, in either order', () => {
    for (const use of [[3, 9], [9, 3]]) {
      expect(() => upSell({ customer: ['b', 'a', 'a'], product: ['S', 'S', ' S'], use: [1, ...use], limit: [10, 10, 10] }, { catalog })).toThrow('row 2: customer "a" holds "S" in row 1 already. Give one row per customer and product');
    }
    expect(upSell({ customer: ['a', 'a', 'a'], product: ['S', null, null], use: [9, 1, 1], limit: [10, 10, 10] }, { catalog }).table.numRows).toBe(1);
  });
  it('counts products that the catalog gives no place', () => {
    const found = upSell({ customer: ['a', 'b', 'c'], product: ['S', 'M', 'L'], use: [9, 9, 9], limit: [10, 10, 10] }, { catalog: { product: ['S', 'M', 'L'], category: ['p', null, 'p'], tier: [null, 2, 3] } });
    expect(found.table.numRows).toBe(0);
    expect(found.warnings).toEqual([{ code: 'PRODUCT_UNRANKED', message: '2 products held have no category or no tier in the catalog (S, M), so nothing is offered for them. Fill it in.' }]);
  });
  it('says that the catalog is missing', () => {
    for (const options of [undefined, {}]) expect(() => upSell({ customer: ['a'], product: ['S'], spend: [1] }, options as never)).toThrow('upSell: option catalog is missing. Give it: { catalog: … }.');
    expect(() => crossSell(RULES, bought, undefined as never)).toThrow('crossSell: option catalog is missing');
  });
  it('refuses what cannot be judged', () => {
    expect(() => upSell({ customer: ['a'], product: ['S'], spend: [Infinity] }, { catalog })).toThrow('row 0: spend is Infinity');
    expect(() => upSell({ customer: ['a'], product: ['S'] }, { catalog })).toThrow('column "spend" is missing');
    expect(() => upSell({ customer: ['a'], product: ['S'], use: [1] }, { catalog })).toThrow('column "limit" is missing');
    for (const more of [{ useShare: 0 }, { spendQuantile: 2 }, { useShare: NaN }]) expect(() => upSell({ customer: ['a'], product: ['S'], spend: [1] }, { catalog, ...more } as UpSellOptions)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => upSell({ customer: ['a'], product: ['S'], spend: [1] }, { catalog: { product: ['S'], category: ['p'] } })).toThrow('column "price" is missing');
  });
});

describe('replenishment', () => {
  // a buys nappies every 10 days, last 2026-01-21; coffee irregularly; b bought nappies twice.
  const visits: [string, string, number, string][] = [
    ['a', '2026-01-01', 5, 'nappies'], ['a', '2026-01-11', 5, 'nappies '], ['a', '2026-01-11', 5, 'nappies'], ['a', '2026-01-21', 5, 'nappies'],
    ['a', '2026-01-01', 5, 'coffee'], ['a', '2026-01-03', 5, 'coffee'], ['a', '2026-01-05', 5, 'coffee'], ['b', '2026-01-01', 5, 'nappies'], ['b', '2026-01-21', 5, 'nappies'],
    ['a', '2026-01-25', -5, 'nappies'],
  ];
  const log = logOf(visits.map(([customer, day, amount]) => [customer, day, amount] as const), { carried: { product: toColumn('test', 'product', visits.map(([, , , product]) => product)) } });
  it('is due by the own gap of the item, and given up after three', () => {
    expect(replenishment(log, { asOf: '2026-01-30' }).table.numRows).toBe(0);
    const due = replenishment(log, { asOf: '2026-01-31' });
    expect(rows(due, 'customer', 'rank', 'item', 'score', 'last', 'expected', 'gap', 'purchaseDays')).toEqual([['a', 1, 'nappies', 1, '2026-01-21', '2026-01-31', 10, 3]]);
    expect(due.pairs).toEqual({ judged: 2, tooLittle: 1, lapsed: 1 });
    expect(due.table.cell('reason', 0)).toBe('Last bought nappies 10 days ago; buys it every 10 days (3 purchase days)');
    expect(rows(replenishment(log, { asOf: '2026-01-31', minGaps: 1, until: Infinity, due: 0.4 }), 'customer', 'item')).toEqual([['a', 'coffee'], ['a', 'nappies'], ['b', 'nappies']]);
  });
  it('counts as customers who bought something by the day', () => {
    expect(replenishment(log, { asOf: '2026-01-31' }).meta).toMatchObject({ customers: 2, offered: 1 });
    const more = [['r', '2026-01-02', -5], ['x', '2026-01-01', 5], ['late', '2026-03-01', 5], ['x', '2026-01-11', 5], ['x', '2026-01-21', 5]] as const;
    const found = replenishment(logOf(more, { carried: { product: toColumn('test', 'product', more.map(() => 'nappies')) } }), { asOf: '2026-01-31' });
    expect(found.meta).toEqual({ kind: 'replenish', customers: 1, offered: 1, withheld: 0 });
    expect(rows(found, 'customer', 'item')).toEqual([['x', 'nappies']]);
  });
  it('withholds, excludes, speaks Chinese', () => {
    const given = { asOf: '2026-01-31', doNotOffer: ['a'] };
    expect(replenishment(log, given).table.numRows).toBe(0);
    expect(replenishment(log, { asOf: '2026-01-31', exclude: ['nappies'] }).table.numRows).toBe(0);
    expect(replenishment(log, { asOf: '2026-01-31', labels: 'zh' }).table.row(0)).toMatchObject({ label: '补货提醒', reason: '10 天前购买过nappies；平均每 10 天购买一次（共 3 个购买日）' });
  });
  it('refuses other things', () => {
    expect(() => replenishment(logOf([['a', '2026-01-01', 1]]))).toThrow('the log has no products');
    expect(() => replenishment({} as never)).toThrow('this is not an order log');
    expect(() => replenishment(log, { asOf: '2025-01-01' })).toThrow('no purchase of a product is left by asOf');
    for (const options of [{ due: 0 }, { due: 2, until: 1 }, { minGaps: 0 }, { asOf: '2026-02-30' }]) expect(() => replenishment(log, options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
