import { beforeAll, describe, expect, it } from 'vitest';
import { modelFrom } from '../../src/clv/index.js';
import { backtest, tracking, type Backtest } from '../../src/evaluate/index.js';
import { comparedOf, decilesOf, metricsOf } from '../../src/evaluate/metrics.js';
import { fromRows } from '../../src/io/index.js';
import { exampleOrders, type Transactions } from '../../src/transactions/index.js';
import { hasReference, referenceRows } from '../reference.js';
import { expectedOf, worstError } from '../clv/data.js';

const cdnowLog = (): Transactions => fromRows(referenceRows('clv/cdnow-sample/transactions.csv'), { customer: 'customer_id', date: 'date', amount: 'amount' });

describe.skipIf(!hasReference)('backtest of the CDNOW sample, known to 1997-09-30, true to 1998-06-30', () => {
  let result: Backtest;
  beforeAll(() => {
    result = backtest(cdnowLog(), { cutoff: '1997-09-30', horizon: { days: 273 }, interval: { level: 0.9, draws: 50, seed: 1 } });
  });
  it.each([['bgnbd', 'bg-nbd'], ['mbgnbd', 'mbg-nbd'], ['pareto_nbd', 'pareto-nbd']] as const)('%s: error, bias and total as in the reference, 1e-7', (name, kind) => {
    const expected = expectedOf('cdnow-sample').validation[name]!;
    const row = result.table.toRows().find((r) => r['model'] === kind)!;
    expect(result.meta).toMatchObject({ customers: 2357, actualPurchases: expected.actual_total });
    expect(worstError([row['mae'] as number, row['rmse'] as number, row['biasPercent'] as number], [expected.mae, expected.rmse, expected.bias_pct])).toBeLessThan(1e-7);
    const predicted = (result.predictions.toColumns()[kind] as Float64Array).reduce((a, b) => a + b, 0);
    expect(predicted / expected.predicted_total).toBeCloseTo(1, 7);
  });
  it('the models rank better than repeating the last period, with intervals around each metric', () => {
    const rows = Object.fromEntries(result.table.toRows().map((row) => [row['model'], row]));
    for (const kind of ['bg-nbd', 'mbg-nbd', 'pareto-nbd']) {
      expect(rows[kind]!['mae'] as number).toBeLessThan(rows['last-period']!['mae'] as number);
      expect(rows[kind]!['maeLow'] as number).toBeLessThan(rows[kind]!['mae'] as number);
      expect(rows[kind]!['maeHigh'] as number).toBeGreaterThan(rows[kind]!['mae'] as number);
    }
    expect(rows['rfm-score']!['mae']).toBeNull();
    expect(rows['rfm-score']!['rankCorrelation'] as number).toBeGreaterThan(0.3);
  });
  it('deciles gain everything at the end, calibration weighs back to the totals', () => {
    const last = result.deciles.toRows().filter((row) => row['decile'] === 10);
    last.forEach((row) => expect(row['gain']).toBeCloseTo(1, 12));
    const total = result.calibration.toRows().reduce((sum, row) => sum + (row['customers'] as number) * (row['actual'] as number), 0);
    expect(total).toBeCloseTo(1882, 8);
  });
  it('tracks the cohort week by week as in the reference: actual exactly, expected 1e-11', () => {
    const e = expectedOf('cdnow-sample');
    for (const [name, kind] of [['bgnbd', 'bg-nbd'], ['mbgnbd', 'mbg-nbd'], ['pareto_nbd', 'pareto-nbd']] as const) {
      const table = tracking(modelFrom(kind, e.models[name].params), cdnowLog());
      const columns = table.toColumns();
      expect(table.numRows).toBe(78);
      expect([...columns['actualCumulative'] as Float64Array]).toEqual(e.tracking['actual_cumulative']);
      expect(worstError(columns['expectedCumulative'] as Float64Array, e.tracking[`${name}_expected_cumulative`]!)).toBeLessThan(1e-11);
    }
  });
});

describe('metrics', () => {
  const ones = new Float64Array(5).fill(1);
  it('a perfect prediction has no error and finds the whole top', () => {
    const actual = Float64Array.of(5, 1, 3, 0, 2);
    expect(metricsOf(comparedOf(actual, actual, true), ones)).toEqual({ mae: 0, rmse: 0, biasPercent: 0, rankCorrelation: 1, topFound: 1, topShare: 5 / 11 });
  });
  it('by hand: errors, bias, reversed order', () => {
    const m = metricsOf(comparedOf(Float64Array.of(0, 1, 2, 3, 4), Float64Array.of(4, 3, 2, 1, 0), true), ones);
    expect(m).toMatchObject({ mae: 12 / 5, biasPercent: 0, rankCorrelation: -1, topFound: 0, topShare: 0 });
    expect(m.rmse).toBeCloseTo(Math.sqrt(8), 14);
  });
  it('a constant prediction finds the top by chance, 20 %', () => {
    const m = metricsOf(comparedOf(ones, Float64Array.of(9, 1, 0, 0, 0), false), ones);
    expect(m.topFound).toBeCloseTo(0.2, 14);
    expect(m.topShare).toBeCloseTo(0.2, 14);
    expect(m.mae).toBeNaN();
    expect(m.rankCorrelation).toBeNaN();
  });
  it('weights count as copies', () => {
    const predicted = Float64Array.of(3, 1, 2), actual = Float64Array.of(2, 0, 5);
    const copied = metricsOf(comparedOf(Float64Array.of(3, 3, 1, 2, 2, 2), Float64Array.of(2, 2, 0, 5, 5, 5), true), new Float64Array(6).fill(1));
    const weighted = metricsOf(comparedOf(predicted, actual, true), Float64Array.of(2, 1, 3));
    for (const [name, value] of Object.entries(copied)) expect(weighted[name as keyof typeof weighted]).toBeCloseTo(value, 13);
  });
  it('deciles share ties evenly', () => {
    const deciles = decilesOf(comparedOf(new Float64Array(20).fill(1), Float64Array.from({ length: 20 }, (_, i) => i), true));
    deciles.forEach((d) => expect(d).toMatchObject({ customers: 2, actual: 9.5, lift: 1 }));
  });
});

describe('backtest of example orders', () => {
  const orders = exampleOrders({ customers: 300, seed: 2 });
  const columns = orders.column('date');
  const days = columns.type === 'date' ? columns.data : new Int32Array(0);
  const last = days.reduce((a, b) => Math.max(a, b), 0);
  const text = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);
  it('is the same twice, and knows nothing of what comes after', () => {
    const options = { cutoff: text(last - 120), horizon: { days: 90 }, models: ['mbg-nbd'], interval: { level: 0.9, draws: 50, seed: 3 } } as const;
    const a = backtest(orders, options), b = backtest(orders, options);
    expect(a.table.toRows()).toEqual(b.table.toRows());
    const cut = backtest(orders.where((i) => days[i]! <= last - 30), options);
    expect(cut.predictions.toRows()).toEqual(a.predictions.toRows());
  });
  it('refuses a horizon beyond the log, unknown models, and a cutoff that is no day', () => {
    expect(() => backtest(orders, { cutoff: text(last - 10), horizon: { days: 90 } })).toThrow('so that what happened is known to its end');
    expect(() => backtest(orders, { cutoff: text(last - 120), horizon: { days: 90 }, models: ['arima' as 'bg-nbd'] })).toThrow("Use one of: 'bg-nbd'");
    expect(() => backtest(orders, { cutoff: '2020-02-30', horizon: 4 })).toThrow('Give an existing day');
    expect(() => tracking(modelFrom('bg-bb', { alpha: 1, beta: 1, gamma: 1, delta: 1 }), orders)).toThrow('counts periods');
  });
});
