import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bondType, loyaltyIndex, loyaltyMatrix, loyaltyType, mixShift, purchaseTrend, referralRate, relationshipLevel, satisfactionLoyaltyCurve, shareOfWallet, walletAllocation } from '../../src/loyalty/index.js';
import { logOf } from '../transactions/log.js';

const column = (of: { toColumns(): Record<string, unknown> }, name: string): unknown => of.toColumns()[name];

describe('shareOfWallet and walletAllocation', () => {
  it('own / category: the total weighs money, the mean customers', () => {
    expect(shareOfWallet({ customer: ['a', 'b'], own: [30, 10], category: [60, 100] })).toMatchObject({ total: 0.25, mean: 0.3 });
    expect(() => shareOfWallet({ customer: ['a'], own: [5], category: [0] })).toThrow('is no spend of which there could be a share');
    expect(() => shareOfWallet({ customer: ['a'], own: [5], category: [4] })).toThrow('less than the own spend');
    expect(() => shareOfWallet({ customer: ['a'], own: [-5], category: [4] })).toThrow('is negative');
    expect(() => shareOfWallet({ customer: ['a', 'a'], own: [1, 2], category: [3, 3] })).toThrow('row 1: customer "a" stands there twice');
    expect(() => shareOfWallet({ customer: ['a', null], own: [1, 2], category: [3, 3] })).toThrow('row 1 has no customer');
  });
  it('the rule by hand: two brands 2/3 and 1/3, three 1/2, 1/3, 1/6; equals share their mean rank', () => {
    const rows = walletAllocation({ customer: ['a', 'a', 'b', 'b', 'b', 'c', 'c'], brand: ['x', 'y', 'x', 'y', 'z', 'x', 'y'], rank: [1, 2, 3, 1, 2, 1, 1] });
    const share = column(rows.table, 'share') as Float64Array;
    [2 / 3, 1 / 3, 1 / 6, 1 / 2, 1 / 3, 1 / 2, 1 / 2].forEach((e, i) => expect(share[i]).toBeCloseTo(e, 12));
    expect(rows.brands.row(0)).toMatchObject({ brand: 'x', users: 3 });
    expect(walletAllocation({ customer: ['a', 'a'], brand: ['x', 'y'], score: [9, 2] }).table.row(0)['rank']).toBe(1);
    expect(walletAllocation({ customer: ['a', 'a'], brand: ['x', 'y'], rank: [1, 2] }, { spend: { customer: ['a'], category: [90] } }).brands.row(0)['spend']).toBeCloseTo(60, 12);
    expect(() => walletAllocation({ customer: ['a', 'a'], brand: ['x', 'x'], rank: [1, 2] })).toThrow('names the brand "x" of customer "a" again');
    expect(() => walletAllocation({ customer: ['a', 'a'], brand: ['x', 'y'], rank: [1, 2] }, { spend: { customer: ['a', 'a'], category: [10, 1000] } })).toThrow('row 1: customer "a" stands there twice');
  });
  it('a column that is neither rank nor score says which end is best', () => {
    const data = { customer: ['a', 'a'], brand: ['x', 'y'], ranking: [1, 2] };
    expect(() => walletAllocation(data, { value: 'ranking' })).toThrow('Say which end of "ranking" is best');
    expect(column(walletAllocation(data, { value: 'ranking', best: 'low' }).table, 'rank')).toEqual(Float64Array.of(1, 2));
    expect(column(walletAllocation(data, { value: 'ranking', best: 'high' }).table, 'rank')).toEqual(Float64Array.of(2, 1));
  });
  it('shares of one customer sum to 1, and a better rank never gets less', () => fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12, size: 'max' }), (ranks) => {
    const found = column(walletAllocation({ customer: ranks.map(() => 'a'), brand: ranks.map((_, i) => `b${i}`), rank: ranks }).table, 'share') as Float64Array;
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    ranks.forEach((r, i) => ranks.forEach((s, j) => r < s && expect(found[i]!).toBeGreaterThan(found[j]!)));
  })));
});

describe('referralRate', () => {
  it('who sent whom', () => {
    const found = referralRate({ customer: ['a', 'b', 'c', 'd'], referrer: [null, 'a', 'a', 'zz'], fresh: [0, 1, 1, 1] }, { isNew: 'fresh' });
    expect(found).toMatchObject({ customers: 4, referrers: 1, rate: 0.25, newCustomers: 3, referred: 3, referredShare: 1 });
    expect(found.table.toRows()).toEqual([{ customer: 'a', referred: 2 }]);
    expect(found.warnings[0]!.code).toBe('REFERRER_UNKNOWN');
    expect(referralRate({ customer: ['a'], referrer: [null] })).toMatchObject({ rate: 0, referredShare: 0 });
    expect(() => referralRate({ customer: ['a', 'a'], referrer: [null, null] })).toThrow('stands there twice');
    expect(() => referralRate({ customer: ['a'], referrer: ['a'] })).toThrow('sent themselves');
  });
});

describe('loyaltyIndex', () => {
  it('by hand: 0 to 100, reversed items, weights, parts, secure', () => {
    const found = loyaltyIndex({ satisfaction: [5, 3], recommend: [5, 1], repurchase: [5, 2] }, { items: 'three-questions' });
    expect([...(column(found.table, 'index') as Float64Array)]).toEqual([100, 25]);
    expect(found).toMatchObject({ mean: 62.5, n: 2, secure: 0.5 });
    const own = loyaltyIndex({ customer: ['x'], price: [2], trust: [10] }, { items: [{ column: 'price', reversed: true, weight: 3, part: 'cognitive' }, { column: 'trust', scale: [0, 10], part: 'affective' }] });
    expect(own.table.row(0)).toMatchObject({ customer: 'x', index: (3 * 75 + 100) / 4, cognitive: 75, affective: 100, secure: false });
    expect(own.low).toBeNaN();                       // one answer has no limits
  });
  it('missing answers leave their weight to the others; too many leave no index', () => {
    const found = loyaltyIndex({ satisfaction: [5, NaN, NaN], recommend: [1, 3, NaN], repurchase: [NaN, NaN, NaN] }, { items: 'three-questions' });
    expect([...(column(found.table, 'index') as Float64Array)]).toEqual([50, NaN, NaN]);
    expect(found.diagnostics.warnings[0]!.message).toContain('2 customers');
  });
  it('the four degrees and the factors are ready-made, in both languages', () => {
    const degrees = loyaltyIndex({ satisfaction: [5], trust: [4], dependence: [3], advocacy: [2] }, { items: 'degrees', labels: 'zh' });
    expect(column(degrees.items, 'label')).toEqual(['满意度', '信任度', '依赖度', '推荐度']);
    expect(degrees.toString()).toContain('忠诚度指数 62.5');
    expect(degrees.toString()).toContain('权重');
    expect(degrees.toHTML()).toContain('权重');
    expect(degrees.table.row(0)).toMatchObject({ satisfaction: 100, trust: 75, dependence: 50, advocacy: 25, index: 62.5 });
    const factors = loyaltyIndex({ satisfaction: [5], value: [5], trust: [5], care: [5], purchaseCost: [1], switchingCost: [5] });
    expect(factors.table.row(0)).toMatchObject({ index: 100, cognitive: 100, affective: 100, behavioural: 100 });
  });
  it('refuses answers off the scale and items that are none', () => {
    expect(() => loyaltyIndex({ satisfaction: [6], recommend: [1], repurchase: [1] }, { items: 'three-questions' })).toThrow('column "satisfaction", row 0: 6 is not from 1 to 5');
    expect(() => loyaltyIndex({ a: [1] }, { items: 'none' as 'factors' })).toThrow("Use one of 'factors'");
    expect(() => loyaltyIndex({ a: [1] }, { items: [{ column: 'a', weight: 0 }] })).toThrow('weight above 0');
    expect(() => loyaltyIndex({ a: [1] })).toThrow('missing');
  });
});

describe('loyaltyMatrix, loyaltyType, satisfactionLoyaltyCurve', () => {
  it('the four cells; a value on the cut is high', () => {
    const found = loyaltyMatrix({ attitude: [5, 5, 1, 1, 3], patronage: [9, 1, 8, 0, 5] }, { cuts: { attitude: 3, patronage: 5 } });
    expect(column(found.table, 'type')).toEqual(['true_loyalty', 'latent_loyalty', 'spurious_loyalty', 'no_loyalty', 'true_loyalty']);
    expect(column(found.cells, 'customers')).toEqual([2, 1, 1, 1]);
    expect(loyaltyMatrix({ attitude: [1, 1], patronage: [2, 2] }, { labels: 'zh' }).cells.row(0)).toMatchObject({ label: '真正忠诚', customers: 2, share: 1 });
    expect(loyaltyMatrix({ attitude: [1, 2, 9], patronage: [1, 2, 9] }).cuts).toEqual({ attitude: 2, patronage: 2 });
    expect(() => loyaltyMatrix({ attitude: [NaN], patronage: [1] })).toThrow('missing');
    expect(found.diagnostics.warnings).toEqual([]);
    const edges = (data: { attitude: number[]; patronage: number[] }, cuts?: number): string[] => loyaltyMatrix(data, cuts === undefined ? {} : { cuts }).diagnostics.warnings.map(({ code, message }) => `${code} ${message}`);
    expect(edges({ attitude: [3, 3, 3], patronage: [1, 2, 3] })).toEqual(['CUT_AT_EDGE nobody is below the cut of 3 on attitude, so it parts nobody. Give another cut.']);
    expect(edges({ attitude: [3, 3], patronage: [1, 1] })).toHaveLength(2);
    expect(edges({ attitude: [1, 9], patronage: [1, 4] }, 5)).toEqual([expect.stringContaining('everybody is below the cut of 5 on patronage')]);
  });
  it('types by rules, the first that holds; rules without columns are named', () => {
    const data = { alternatives: [0, 3, 3, 3, 3, 3, 3], kin: [0, 1, 0, 0, 0, 0, 0], attitude: [2, 5, 5, 5, 2, 2, 2], frequency: [9, 9, 1, 9, 9, 9, 1], discountShare: [0, 0, 0, 0.1, 0.8, 0.1, 0] };
    const found = loyaltyType(data);
    expect(column(found.table, 'type')).toEqual(['monopoly', 'kinship', 'latent', 'trust', 'incentive', 'inertia', 'none']);
    expect(found.table.cell('reason', 3)).toBe('attitude 5 >= 4, frequency 9 >= 9, discountShare 0.1 < 0.5');
    expect(loyaltyType(data, { labels: 'zh' }).table.cell('label', 3)).toBe('信赖忠诚');
    expect(loyaltyType({ alternatives: [0, 2] }).diagnostics.warnings[0]!.message).toContain('kinship');
    expect(() => loyaltyType({ other: [1] })).toThrow('None can be used');
    expect(() => loyaltyType(data, { rules: [{ type: 'magic' as 'trust', when: [{ column: 'kin', is: 'below', value: 1 }] }] })).toThrow('Types are');
  });
  it('what is missing leaves unknown whom nothing else rules out', () => {
    const found = loyaltyType({ attitude: [5, 5, 2, 3, 2], frequency: [20, 1, 20, 2, NaN], discountShare: [null, null, null, 0, 0] });
    // The last: whether they buy often is not known, so neither is incentive … inertia.
    expect(column(found.table, 'type')).toEqual(['unknown', 'latent', 'unknown', 'none', 'unknown']);
    expect(column(found.table, 'label')).toContain('Cannot tell');
    expect(found.table.cell('reason', 0)).toBe('discountShare missing, so "Trust" can neither be told nor ruled out');
    const without = loyaltyType({ attitude: [5, 1, 5, 1], frequency: [20, 1, 1, 20] }, { labels: 'zh' });
    expect(column(without.table, 'type')).toEqual(['unknown', 'none', 'latent', 'unknown']);
    expect(without.table.row(0)).toMatchObject({ label: '无法判断', reason: '缺少 discountShare，无法判断是否为信赖忠诚' });
    expect(without.diagnostics.warnings.map(({ code }) => code)).toEqual(['RULE_NOT_USED', 'TEST_NOT_MADE']);
    expect(without.diagnostics.warnings[1]!.message).toContain('trust, incentive');
    expect(column(without.types, 'customers')).toEqual([0, 0, 1, 0, 0, 0, 1, 2]);
    expect(() => loyaltyType({ kin: [1] }, { rules: [{ type: 'unknown' as 'none', when: [{ column: 'kin', is: 'above', value: 0 }] }] })).toThrow('Types are');
  });
  it('values off their scale are refused, but for columns of rules of your own', () => {
    expect(() => loyaltyType({ attitude: [5, 99], frequency: [2, 2] })).toThrow('column "attitude", row 1: 99 is not from 1 to 5');
    expect(() => loyaltyType({ frequency: [2], discountShare: [30] })).toThrow('column "discountShare", row 0: 30 is not from 0 to 1');
    expect(() => loyaltyType({ frequency: [-15] })).toThrow('row 0');
    expect(column(loyaltyType({ attitude: [9] }, { rules: [{ type: 'trust', when: [{ column: 'attitude', is: 'at-least', value: 8 }] }] }).table, 'type')).toEqual(['trust']);
  });
  it('shapes by hand', () => {
    const shape = (loyalty: number[]): unknown => satisfactionLoyaltyCurve({ satisfaction: [1, 2, 3, 4, 5], loyalty }, { minimum: 1 }).markets.cell('shape', 0);
    expect([shape([0, 0, 0.1, 0.3, 1]), shape([0, 0.25, 0.5, 0.75, 1]), shape([0, 0.7, 0.9, 0.95, 1]), shape([1, 1, 1, 1, 1])]).toEqual(['convex', 'linear', 'concave', 'flat']);
    expect([shape([5, 4, 3, 2, 1]), shape([5, 5, 5, 5, 0]), shape([3, 2, 1, 3, 5]), shape([1, 0, 1, 0, 1]), shape([0, 1, 1, 1, 0])]).toEqual(['falling', 'falling', 'mixed', 'mixed', 'mixed']);
    expect(shape([0, 0.5, 0.45, 0.9, 1])).toBe('linear');            // a dip of 0.05 of a range of 1 is none
    expect(satisfactionLoyaltyCurve({ satisfaction: [1, 2, 3], loyalty: [3, 2, 1] }, { minimum: 1, labels: 'zh' }).markets.cell('label', 0)).toBe('忠诚随满意下降，请核对量表方向');
  });
  it('a curve that never turns down is rising or flat, one turned round falling or flat', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 9, size: 'max' }), (steps) => {
    const loyalty = [...steps].sort((a, b) => a - b);
    const shape = (values: number[]): unknown => satisfactionLoyaltyCurve({ satisfaction: values.map((_, i) => i), loyalty: values }, { minimum: 1, flatBelow: 0 }).markets.cell('shape', 0);
    const level = loyalty[0] === loyalty.at(-1);
    expect(level ? ['flat'] : ['convex', 'linear', 'concave']).toContain(shape(loyalty));
    expect(shape([...loyalty].reverse())).toBe(level ? 'flat' : 'falling');
  })));
  it('levels with too few answers take no part', () => {
    const levels = (n: number): { satisfaction: number[]; loyalty: number[] } => ({ satisfaction: [1, 2, 3].flatMap((at) => Array.from({ length: n }, () => at)), loyalty: [0, 0, 1].flatMap((at) => Array.from({ length: n }, () => at)) });
    const shape = (data: { satisfaction: number[]; loyalty: number[] }): unknown => satisfactionLoyaltyCurve(data).markets.cell('shape', 0);
    expect([shape(levels(5)), shape(levels(4))]).toEqual(['convex', 'too_few']);
    expect(shape({ satisfaction: [...levels(5).satisfaction, 4], loyalty: [...levels(5).loyalty, 0] })).toBe('convex');
    expect(satisfactionLoyaltyCurve(levels(4)).diagnostics.warnings[0]!.message).toContain('with 5 answers or more');
  });
  it('markets apart', () => {
    const two = satisfactionLoyaltyCurve({ satisfaction: [1, 2, 3, 1, 2], loyalty: [0, 0, 1, 1, 1], market: ['cars', 'cars', 'cars', 'phones', 'phones'] }, { by: 'market', labels: 'zh', minimum: 1 });
    expect(column(two.markets, 'shape')).toEqual(['convex', 'too_few']);
    expect(two.diagnostics.warnings[0]!.message).toContain('phones');
  });
});

describe('relationshipLevel and bondType', () => {
  it('the whole table of Kotler', () => {
    const margins = [0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1], customers = [5000, 500, 5, 5000, 500, 5, 5000, 500, 5];
    expect(column(relationshipLevel({ margin: margins, customers }), 'level')).toEqual(['accountable', 'proactive', 'partnership', 'reactive', 'accountable', 'proactive', 'basic', 'reactive', 'accountable']);
    expect(column(relationshipLevel({ margin: [0.1], customers: [5000] }, { manyLow: 'reactive' }), 'level')).toEqual(['reactive']);
    expect(relationshipLevel({ segment: ['a'], margin: [0.4], customers: [99] }, { labels: 'zh' }).row(0)).toMatchObject({ segment: 'a', level: 'partnership', label: '伙伴型', bond: 'structural', bondLabel: '结构层次' });
    expect(() => relationshipLevel({ margin: [NaN], customers: [1] })).toThrow('missing');
    expect(() => relationshipLevel({ margin: [1], customers: [-1] })).toThrow('row 0');
    expect(() => relationshipLevel({ margin: [0.5, 5], customers: [5, 5] })).toThrow('column "margin", row 1: a margin of 5 is no share of sales');
    expect(column(relationshipLevel({ margin: [5, 40], customers: [5, 5] }, { marginLimits: [20, 40] }), 'level')).toEqual(['accountable', 'partnership']);
  });
  it('the strongest bond of what a programme offers', () => {
    expect(bondType({ programme: ['card', 'club', 'edi', 'no'], points: [1, 1, 0, 0], events: [0, 1, 0, 0], integration: [0, 0, 1, 0] }, { labels: 'zh' }).toRows().map((row) => [row['bond'], row['label'], row['because']]))
      .toEqual([['financial', '财务层次', 'points'], ['social', '社交层次', 'events'], ['structural', '结构层次', 'integration'], ['none', '无', '']]);
    expect(column(bondType({ training: [1] }, { features: { training: 'structural' } }), 'bond')).toEqual(['structural']);
    expect(() => bondType({ programme: ['a'] })).toThrow('no column is a feature');
    expect(() => bondType({ points: [2] })).toThrow('not 0 or 1');
  });
});

describe('purchaseTrend and mixShift', () => {
  const months = ['2025-01-10', '2025-02-10', '2025-03-10', '2025-04-10'];
  it('slope, variation and direction by hand; the running month waits', () => {
    const log = logOf([...months.map((at, i) => ['up', at, 10 * (i + 1)] as const), ...months.map((at) => ['flat', at, 5] as const), ['short', '2025-04-01', 5], ...months.map((at, i) => ['down', at, 40 - 10 * i] as const)]);
    const rows = purchaseTrend(log, { asOf: '2025-04-30' }).table.toRows();
    expect(rows.map((row) => [row['customer'], row['slope'], row['trend'], row['steadiness']])).toEqual([['up', 10, 'rising', 'unsteady'], ['flat', 0, 'level', 'steady'], ['short', null, 'too_short', 'unknown'], ['down', -10, 'falling', 'unsteady']]);
    expect(rows[0]!['variation']).toBeCloseTo(Math.sqrt(500 / 3) / 25, 12);
    const running = purchaseTrend(log, { asOf: '2025-04-29', minPeriods: 3, labels: 'zh' });
    expect(running.diagnostics.warnings[0]!.code).toBe('PERIOD_NOT_OVER');
    expect(running.table.row(0)).toMatchObject({ periods: 3, mean: 20, trendLabel: '上升' });
  });
  it('season: 1 where every year is like the last, trend removed', () => {
    const rows = Array.from({ length: 36 }, (_, m) => ['a', `${2023 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-15`, 100 + m + (m % 12 === 11 ? 200 : 0)] as const);
    expect(Number(purchaseTrend(logOf(rows), { asOf: '2025-12-31' }).table.cell('season', 0))).toBeGreaterThan(0.95);
    expect(purchaseTrend(logOf(rows.slice(0, 20)), { asOf: '2024-08-31' }).table.cell('season', 0)).toBeNull();
  });
  it('mix: half the sum of the changes of shares, what grew and fell', () => {
    const log = logOf([['a', '2025-01-05', 60], ['a', '2025-01-06', 40], ['a', '2025-02-10', 50], ['a', '2025-02-11', 50], ['b', '2025-02-10', 5], ['a', '2025-02-12', -10], ['c', '2025-01-09', 5], ['c', '2025-02-09', 9]],
      { carried: { product: ['tea', 'jam', 'tea', 'rice', 'tea', 'tea', 'jam', 'jam'] } });
    const found = mixShift(log, { days: 31, asOf: '2025-02-12' });
    expect(found.table.toRows()).toEqual([
      { customer: 'a', before: 100, after: 100, shift: 0.5, gained: 'rice', gainedShare: 0.5, lost: 'jam', lostShare: -0.4 },
      { customer: 'c', before: 5, after: 9, shift: 0, gained: null, gainedShare: null, lost: null, lostShare: null },
    ]);
    expect(found.items.row(0)).toMatchObject({ product: 'rice', before: 0, after: 50, up: 1, down: 0 });
    expect(found.meta).toEqual({ asOf: '2025-02-12', from: '2024-12-13', split: '2025-01-13', by: 'product' });
    expect(found.diagnostics.customers).toEqual({ seen: 3, kept: 2, leftOut: { 'not-in-both-windows': 1 } });
    expect(() => mixShift(log, { days: 1 })).toThrow('no customer bought in both windows');
    expect(() => mixShift(log, { by: 'channel' })).toThrow('missing');
  });
});
