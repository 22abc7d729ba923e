import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { churnDistribution, churnRate, churnReasons, hazardCurve, kaplanMeier, logRank, retentionBreakEven, winBackList, winBackRate } from '../../src/churn/index.js';
import { wilsonLimits } from '../../src/math/index.js';

const observed = fc.array(fc.record({ time: fc.integer({ min: 0, max: 40 }), churned: fc.boolean() }), { minLength: 1, maxLength: 80 })
  .map((rows) => ({ time: rows.map((r) => r.time), churned: rows.map((r) => r.churned) }));

describe('churnRate', () => {
  it('tells lost, contraction and expansion apart, new customers in no denominator', () => {
    const found = churnRate({ revenueStart: [10, 20, 30, 0], revenueEnd: [0, 15, 40, 5] });
    expect(found).toMatchObject({ customers: 3, lost: 1, newCustomers: 1, revenue: 60, lostRevenue: 10, contraction: 5, expansion: 10 });
    expect(found.rate).toBeCloseTo(1 / 3, 14);
    expect(found.grossRevenueRate).toBeCloseTo(0.25, 14);
    expect(found.netRevenueRate).toBeCloseTo(1 / 12, 14);
    expect(String(found)).toContain('1 of 3 customers lost');
  });
  it('annualizes by compounding: 2 % a month is 21.5 % a year', () => {
    const churned = Array.from({ length: 100 }, (_, i) => i < 2);
    expect(churnRate({ churned }).annualRate).toBeCloseTo(0.2152831, 6);
    expect(churnRate({ churned }, { periodsPerYear: 1 }).annualRate).toBeCloseTo(0.02, 14);
  });
  it('refuses what contradicts itself, by row', () => {
    expect(() => churnRate({ churned: [0, 1], revenueStart: [5, 5], revenueEnd: [5, 5] })).toThrow('row 1 left (churned is 1) but still pays 5');
    expect(() => churnRate({ revenueStart: [0], revenueEnd: [3] })).toThrow('no customer was there at the start');
    expect(() => churnRate({ churned: [0, 2] })).toThrow('row 1: 2, not 0 or 1');
    expect(() => churnRate({ revenueEnd: [0] })).toThrow('Give churned (0/1), or revenueStart and revenueEnd');
    expect(() => churnRate({ churned: [] })).toThrow('there are no rows');
    expect(() => churnRate({ churned: [1] }, { perYear: 12 } as object)).toThrow('there is no option "perYear"');
  });
});

describe('Wilson limits', () => {
  it('agree with the published case 81 of 263 (Newcombe 1998, method 3): 0.2553 to 0.3662', () => {
    const [low, high] = wilsonLimits(81, 263, 0.95);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
  });
  it('stay within 0 and 1 around the share', () => fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (n, k) => {
    const hits = k % (n + 1);
    const [low, high] = wilsonLimits(hits, n, 0.95);
    expect(low >= 0 && low <= hits / n && hits / n <= high && high <= 1).toBe(true);
  })));
});

describe('churnDistribution and churnReasons', () => {
  it('ranks groups by their share of churn and keeps customers without a group', () => {
    const rows = churnDistribution({ churned: [1, 0, 1, 1, 0], plan: ['a', 'a', 'b', 'b', null] }, { by: 'plan' }).toRows();
    expect(rows.map((r) => [r['group'], r['customers'], r['churned'], r['rate']])).toEqual([['b', 2, 2, 1], ['a', 2, 1, 0.5], ['(missing)', 1, 0, 0]]);
    expect(rows.reduce((sum, r) => sum + (r['shareOfChurn'] as number), 0)).toBeCloseTo(1, 14);
  });
  it('speak Chinese where a person reads', () => {
    const missing = { churned: [1, 0], plan: ['a', null], reason: ['price', null] };
    expect(churnDistribution(missing, { by: 'plan', labels: 'zh' }).toColumns()['group']).toEqual(['a', '（未填写）']);
    expect(churnReasons(missing, { labels: 'zh' }).toColumns()['reason']).toEqual(['price', '（未填写）']);
    expect(String(churnRate({ churned: [1, 0] }, { labels: 'zh' }))).toBe('2 位客户中流失 1 位：流失率 50.0 %（9.5 % 至 90.5 %），折合全年 100.0 %');
    const lines = String(churnRate({ revenueStart: [10, 20, 30, 0], revenueEnd: [0, 15, 40, 5] }, { labels: 'zh' })).split('\n');
    expect(lines.slice(1)).toEqual(['收入流失率：毛 25.0 %，净 8.3 %', '另有新客户 1 位，不计入分母']);
    expect(String(churnRate({ revenueStart: [10, 0], revenueEnd: [0, 5] }))).toContain('1 new customer, in no denominator');
    expect(() => churnRate({ churned: [1] }, { labels: 'fr' as never })).toThrow("labels is \"fr\". Use one of: 'en', 'zh'");
  });
  it('ranks reasons by customers or by money', () => {
    const data = { reason: ['price', 'service', 'price', null], value: [10, 90, 20, 1] };
    expect(churnReasons(data).toColumns()['reason']).toEqual(['price', 'service', '(missing)']);
    const byValue = churnReasons(data, { value: 'value' });
    expect(byValue.toColumns()['reason']).toEqual(['service', 'price', '(missing)']);
    expect((byValue.toColumns()['cumulativeValueShare'] as Float64Array).at(-1)).toBeCloseTo(1, 14);
    expect(() => churnReasons(data, { rankBy: 'value' })).toThrow("Use one of: 'customers'");
  });
});

describe('winBackList', () => {
  it('breaks ties by id, whatever the order given', () => {
    const tied = { customer: ['b', '__proto__', 'a'], value: [9, 9, 9], chance: [0.1, 0.1, 0.1] };
    expect(winBackList(tied).toColumns()['customer']).toEqual(['__proto__', 'a', 'b']);
    expect(winBackList({ value: [9, 9], chance: [0.1, 0.1] }).toColumns()['row']).toEqual([0, 1]);
  });
});

describe('kaplanMeier', () => {
  it('the case worked by hand: 1, 2, 2+, 3+', () => {
    const found = kaplanMeier({ time: [1, 2, 2, 3], churned: [1, 1, 0, 0] });
    expect([...(found.curve.toColumns()['survival'] as Float64Array)]).toEqual([0.75, 0.5, 0.5]);
    expect(found.summary.row(0)).toMatchObject({ customers: 4, events: 2, median: 2 });
    expect(found.summary.cell('restrictedMean', 0)).toBeCloseTo(1 + 0.75 + 0.5, 14);
  });
  it('never rises, and its limits hold it', () => fc.assert(fc.property(observed, fc.constantFrom('log' as const, 'log-log' as const, 'plain' as const), (data, limits) => {
    const { survival, low, high } = kaplanMeier(data, { limits }).curve.toColumns() as Record<string, Float64Array>;
    survival!.forEach((s, k) => {
      if (k > 0) expect(s).toBeLessThanOrEqual(survival![k - 1]!);
      if (!Number.isNaN(low![k]!)) expect(low![k]! <= s + 1e-12 && s <= high![k]! + 1e-12).toBe(true);
    });
  })));
  it('without censoring is the share still there', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 50 }), (time) => {
    const { time: at, survival } = kaplanMeier({ time, churned: time.map(() => 1) }).curve.toColumns() as Record<string, Float64Array>;
    at!.forEach((t, k) => expect(survival![k]).toBeCloseTo(time.filter((x) => x > t).length / time.length, 12));
  })));
  it('does not depend on the order of customers', () => fc.assert(fc.property(observed, ({ time, churned }) => {
    const again = kaplanMeier({ time: [...time].reverse(), churned: [...churned].reverse() });
    expect(again.curve.toRows()).toEqual(kaplanMeier({ time, churned }).curve.toRows());
  })));
  it('says where nobody left', () => expect(kaplanMeier({ time: [1, 2], churned: [0, 0] }).diagnostics.warnings[0]!.code).toBe('NO_EVENTS'));
  it('refuses times that are none', () => {
    expect(() => kaplanMeier({ time: [1, -1], churned: [0, 0] })).toThrow('row 1: -1, not a number of 0 or more');
    expect(() => kaplanMeier({ time: [1, NaN], churned: [0, 0] })).toThrow('row 1: the value is missing');
    expect(() => kaplanMeier({ time: [1], churned: [0] }, { limits: 'arcsin' as 'log' })).toThrow("'log', 'log-log', 'plain'");
  });
});

describe('logRank', () => {
  it('agrees with the leukaemia remission trial (Gehan 1965; R survdiff: 16.8 on 1 degree)', () => {
    const treated = [[6, 1], [6, 1], [6, 1], [6, 0], [7, 1], [9, 0], [10, 1], [10, 0], [11, 0], [13, 1], [16, 1], [17, 0], [19, 0], [20, 0], [22, 1], [23, 1], [25, 0], [32, 0], [32, 0], [34, 0], [35, 0]];
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((t) => [t, 1]);
    const rows = [...treated, ...placebo];
    const found = logRank({ time: rows.map((r) => r[0]!), churned: rows.map((r) => r[1]!), arm: rows.map((_, i) => (i < treated.length ? 'treated' : 'placebo')) }, { by: 'arm' });
    expect(found.chiSquare).toBeCloseTo(16.79, 2);
    const expected = found.groups.toColumns()['expected'] as Float64Array;
    expect([expected[0]!.toFixed(2), expected[1]!.toFixed(2)]).toEqual(['10.75', '19.25']);
  });
  it('refuses one group, or nobody lost', () => {
    expect(() => logRank({ time: [1, 2], churned: [1, 1], g: ['a', 'a'] }, { by: 'g' })).toThrow('fewer than two groups');
    expect(() => logRank({ time: [1, 2], churned: [0, 0], g: ['a', 'b'] }, { by: 'g' })).toThrow('nobody left');
  });
});

describe('hazardCurve', () => {
  it('counts entered, lost and time under observation by band', () => {
    const rows = hazardCurve({ time: [1, 2, 5, 7], churned: [1, 0, 1, 0] }, { width: 4 }).toRows();
    expect(rows.map((r) => [r['from'], r['to'], r['atRisk'], r['events'], r['exposure'], r['hazard']])).toEqual([[0, 4, 4, 1, 11, 0.25], [4, null, 2, 1, 4, 0.5]]);
    expect(rows[0]!['high']).toBeCloseTo(5.5716434 / 11, 6);                   // exact limits of a Poisson count of 1: 0.0253 to 5.5716
    expect(rows[0]!['low']).toBeCloseTo(0.0253178 / 11, 6);
  });
  it('takes own bands and refuses what are none', () => {
    expect(hazardCurve({ time: [1, 14], churned: [1, 1] }, { bands: [0, 3, 12] }).numRows).toBe(3);
    expect(() => hazardCurve({ time: [1], churned: [1] }, { bands: [3, 0] })).toThrow('ascending');
    expect(() => hazardCurve({ time: [1], churned: [1] }, { bands: [0], width: 2 })).toThrow('Give one of them');
  });
});

describe('retention and win-back', () => {
  it('break-even: 6000 for 1000 customers worth 150 each must keep 40', () => {
    const found = retentionBreakEven({ customers: 1000, churnRate: 0.2, valuePerCustomer: 150, cost: 6000, uplift: 0.25 });
    expect(found).toEqual({ breakEvenChurnCut: 0.04, breakEvenUplift: expect.closeTo(0.2, 12), canPay: true, breakEvenCustomers: 40, limitPerCustomer: expect.closeTo(7.5, 12), saved: expect.closeTo(50, 12), savedValue: expect.closeTo(7500, 9), net: expect.closeTo(1500, 9), worthIt: true });
    expect(retentionBreakEven({ customers: 10, churnRate: 0, valuePerCustomer: 1, cost: 1 })).toMatchObject({ breakEvenUplift: Infinity, canPay: false });
    // Each of the 10 would have to be kept five times over.
    expect(retentionBreakEven({ customers: 10, churnRate: 0.5, valuePerCustomer: 1, cost: 50 })).toMatchObject({ breakEvenChurnCut: 5, breakEvenUplift: 10, canPay: false });
    expect(retentionBreakEven({ customers: 10, churnRate: 0.5, valuePerCustomer: 1, cost: 5 }).canPay).toBe(true);
    expect(retentionBreakEven({ customers: 10, churnRate: 0, valuePerCustomer: 1, cost: 0 }).canPay).toBe(true);
    expect(() => retentionBreakEven({ customers: 0, churnRate: 0.1, valuePerCustomer: 1, cost: 1 })).toThrow('option customers is 0');
  });
  it('break-even and kin ask for a number above 0 in those words', () => {
    const plan = { customers: 1000, churnRate: 0.2, valuePerCustomer: 150, cost: 6000 };
    for (const bad of [{ customers: 0 }, { valuePerCustomer: -1 }, { customers: NaN }, { customers: Infinity }]) expect(() => retentionBreakEven({ ...plan, ...bad })).toThrow('Give a number above 0.');
    expect(() => hazardCurve({ time: [1], churned: [1] }, { width: 0 })).toThrow('option width is 0. Give a number above 0.');
    expect(() => churnRate({ churned: [1] }, { periodsPerYear: 0 })).toThrow('option periodsPerYear is 0. Give a number above 0.');
  });
  it('win-back rate and the value of second lives', () => {
    const rows = winBackRate({ returned: [1, 0, 0, 1], offer: ['call', 'call', 'mail', 'call'], money: [100, 0, 0, 50], cost: [10, 10, 1, 10] }, { by: 'offer', value: 'money', cost: 'cost' }).toRows();
    expect(rows[0]).toMatchObject({ group: 'call', contacted: 3, returned: 2, value: 150, valuePerReturned: 75, cost: 30, costPerReturned: 15, net: 120 });
    expect(rows[1]).toMatchObject({ group: 'mail', returned: 0, valuePerReturned: null, net: -1 });
  });
  it('win-back list ranks by value × chance and drops those not worth a contact', () => {
    const list = winBackList({ customer: ['a', 'b', 'c'], value: [900, 5000, 40], chance: [0.3, 0.1, 0.2] }, { contactCost: 20 });
    expect(list.toRows().map((r) => [r['customer'], r['net']])).toEqual([['b', 480], ['a', 250]]);
    expect(() => winBackList({ value: [1], chance: [1.2] })).toThrow('from 0 to 1');
  });
});
