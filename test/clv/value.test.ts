import { describe, expect, it } from 'vitest';
import {
  bootstrapModels, clv, compareModels, confidenceIntervals, expectedPurchases, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, historicalValue, likelihoodRatioTest, modelFrom, parameterDraws,
  predictionInterval,
} from '../../src/clv/index.js';
import { makeTransactions, summarize } from '../../src/transactions/index.js';
import { hasReference } from '../reference.js';
import { cdnow, expectedOf, worstError } from './data.js';
import { smallShop } from './small-shop.js';

const numbersIn = (table: { toColumns(): Record<string, unknown> }, name: string): Float64Array => table.toColumns()[name] as Float64Array;

describe.skipIf(!hasReference)('value on CDNOW', () => {
  it('twelve months at 1 % a month, months of 4.345 weeks, as lifetimes computes it: within 1e-11', () => {
    const expected = expectedOf('cdnow-sample');
    const all = cdnow('cdnow-sample');
    const rows = expected.subset_discounted.customer_id.map((id) => all.customer.indexOf(id));
    const part = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
    const value = clv({ repeats: part(all.repeats), span: part(all.span), tenure: part(all.tenure), meanRepeatSpend: part(all.meanRepeatSpend) }, {
      purchases: modelFrom('bg-nbd', expected.models.bgnbd.params), spend: modelFrom('gamma-gamma', expected.models.gamma_gamma.params),
      horizon: { months: 12 }, discountRateYearly: 1.01 ** 12 - 1, margin: 1, discounting: 'monthly', daysPerMonth: 30.415,
    });
    expect(worstError(numbersIn(value, 'clv'), expected.subset_discounted['bgnbd_gg_clv_12_months_discrete_1pct_monthly']!)).toBeLessThan(1e-11);
    expect(value.toString()).toContain('Revenue (margin 1)');
  });
  it('bootstrap and normal theory agree on the standard error of BG/NBD parameters, roughly', () => {
    const customers = cdnow('cdnow-sample');
    const model = fitBgNbd(customers);
    const draws = bootstrapModels(model, customers, { draws: 100, seed: 7 });
    const mean = draws.reduce((sum, m) => sum + m.params['r']!, 0) / draws.length;
    const sd = Math.sqrt(draws.reduce((sum, m) => sum + (m.params['r']! - mean) ** 2, 0) / (draws.length - 1));
    expect(sd / model.standardErrors!['r']!).toBeGreaterThan(0.7);
    expect(sd / model.standardErrors!['r']!).toBeLessThan(1.4);
  });
  it('Pareto/NBD, MBG/NBD and BG/NBD side by side; AIC by hand', () => {
    const customers = cdnow('cdnow-sample');
    const table = compareModels([fitParetoNbd(customers), fitBgNbd(customers), fitMbgNbd(customers)]);
    expect(table.toColumns()['model']).toEqual(['mbg-nbd', 'bg-nbd', 'pareto-nbd']);
    expect(table.cell('aic', 0)).toBeCloseTo(8 + 2 * 9582.13571555, 6);
  });
});

describe('value of a small shop', () => {
  const shop = smallShop(400, 3);
  const purchases = fitMbgNbd(shop);
  const spend = fitGammaGamma(shop);
  const options = { purchases, spend, horizon: { weeks: 52 }, discountRateYearly: 0.1, margin: 0.3 } as const;

  it('is purchases × spend × margin when nothing is discounted', () => {
    const value = clv(shop, { ...options, discountRateYearly: 0 });
    const product = expectedPurchases(purchases, shop, { horizon: 52 }).map((n, i) => n * numbersIn(value, 'expectedSpend')[i]! * 0.3);
    expect(worstError(numbersIn(value, 'clv'), product)).toBeLessThan(1e-12);
  });
  it('monthly discounting lies between none and continuous at the start of the months', () => {
    const none = numbersIn(clv(shop, { ...options, discountRateYearly: 0 }), 'clv');
    const continuous = numbersIn(clv(shop, { ...options, horizon: { months: 12 } }), 'clv');
    const monthly = numbersIn(clv(shop, { ...options, horizon: { months: 12 }, discounting: 'monthly' }), 'clv');
    monthly.forEach((value, i) => {
      expect(value).toBeLessThan(none[i]! * 1.01);
      expect(Math.abs(value / continuous[i]! - 1)).toBeLessThan(0.01);
      expect(value).toBeLessThan(continuous[i]!);
    });
  });
  it('an interval holds the value, is seeded, and is wider at a higher level', () => {
    const interval = { level: 0.9, draws: 100, seed: 5 };
    const value = clv(shop, { ...options, interval });
    const again = clv(shop, { ...options, interval });
    const wide = clv(shop, { ...options, interval: { ...interval, level: 0.99 } });
    expect(numbersIn(value, 'clvLow')).toEqual(numbersIn(again, 'clvLow'));
    let inside = 0;
    for (let i = 0; i < 400; i++) {
      const low = numbersIn(value, 'clvLow')[i]!, high = numbersIn(value, 'clvHigh')[i]!, one = numbersIn(value, 'clv')[i]!;
      if (low <= one && one <= high) inside++;
      expect(numbersIn(wide, 'clvLow')[i]!).toBeLessThanOrEqual(low);
      expect(numbersIn(wide, 'clvHigh')[i]!).toBeGreaterThanOrEqual(high);
    }
    expect(inside).toBeGreaterThan(390);
  });
  it('prediction intervals of any prediction over parameter draws', () => {
    const { low, high } = predictionInterval(parameterDraws(purchases, { draws: 60, seed: 1 }), (m) => expectedPurchases(m, shop, { horizon: 26 }), { level: 0.8 });
    low.forEach((value, i) => expect(value).toBeLessThan(high[i]!));
  });
  it('confidence intervals stay above 0 and hold the estimate', () => {
    for (const row of confidenceIntervals(purchases).rows()) {
      expect(row['low']).toBeGreaterThan(0);
      expect(row['low'] as number).toBeLessThan(row['estimate'] as number);
      expect(row['high'] as number).toBeGreaterThan(row['estimate'] as number);
    }
  });
  it('the likelihood-ratio test refuses models that are not nested', () => {
    expect(() => likelihoodRatioTest(fitBgNbd(shop), fitMbgNbd(shop))).toThrow('is not a smaller case of');
    expect(() => likelihoodRatioTest(fitParetoNbd(shop), fitParetoNbd(shop))).toThrow('is not a smaller case of');
  });
  it('refuses a missing margin, an unknown option, a horizon of half months, and two rates', () => {
    const wrong = (extra: object): unknown => clv(shop, { ...options, ...extra } as unknown as Parameters<typeof clv>[1]);
    expect(() => wrong({ margin: undefined })).toThrow('1 gives revenue');
    expect(() => wrong({ markup: 1 })).toThrow('there is no option "markup"');
    expect(() => wrong({ horizon: { weeks: 50 }, discounting: 'monthly' })).toThrow('whole months');
    expect(() => wrong({ discountRate: 0.1 })).toThrow('either discountRateYearly or discountRate');
    expect(() => wrong({ purchases: spend })).toThrow("Pass a model of kind 'bg-nbd'");
    expect(() => parameterDraws(modelFrom('bg-nbd', { r: 1, alpha: 1, a: 1, b: 1 }), { draws: 50, seed: 1 })).toThrow('no covariance');
  });
});

describe('historicalValue', () => {
  const day = (text: string): number => Date.parse(text) / 86400000;
  const log = makeTransactions({
    where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: { rows: { read: 5, used: 5, refused: 0, leftOut: {} }, refused: [], warnings: [] },
    roles: new Map([
      ['customer', { type: 'category', data: Int32Array.of(0, 0, 1, 2, 2), values: ['a', 'b', 'c'] }],
      ['date', { type: 'date', data: Int32Array.from(['2025-01-05', '2025-03-01', '2025-02-10', '2026-05-01', '2026-05-09'].map(day)) }],
      ['amount', { type: 'number', data: Float64Array.of(10, 30, 20, 50, -10) }],
    ] as const),
  });
  it('sums money by the time of the first purchase, returns netted', () => {
    expect(historicalValue(summarize(log), { by: 'year' }).toRows()).toEqual([
      { cohort: '2025', customers: 2, revenue: 60, perCustomer: 30, share: 0.6 },
      { cohort: '2026', customers: 1, revenue: 40, perCustomer: 40, share: 0.4 },
    ]);
  });
  it('is profit with a margin, the same whether money was summarized as total or mean', () => {
    const total = historicalValue(summarize(log), { by: 'month', margin: 0.5 });
    expect(total.toColumns()['profit']).toEqual(Float64Array.of(20, 10, 20));
    expect(historicalValue(summarize(log, { monetary: 'mean' }), { by: 'month', margin: 0.5 }).toRows()).toEqual(total.toRows());
  });
});
