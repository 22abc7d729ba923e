import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../src/core/index.js';
import { demandTrend } from '../../src/profit/index.js';
import { exampleOrders } from '../../src/transactions/index.js';

const monthly = (product: string, values: readonly number[]): { product: string; day: number; amount: number }[] =>
  values.map((amount, t) => ({ product, day: dayNumber(2024 + Math.floor(t / 12), (t % 12) + 1, 28), amount }));
const logOf = (rows: readonly { product: string; day: number; amount: number }[]): Record<string, string[] | number[] | { type: 'date'; data: Int32Array }> =>
  ({ product: rows.map((r) => r.product), date: { type: 'date', data: Int32Array.from(rows, (r) => r.day) }, amount: rows.map((r) => r.amount) });

describe('demandTrend', () => {
  const season = Array.from({ length: 24 }, (_, t) => 100 + 50 * (t % 12));
  const log = logOf([...monthly('seasonal', season), ...monthly('rising', Array.from({ length: 24 }, (_, t) => 10 * t))]);
  const { items, forecasts, series } = demandTrend(log as never, { by: 'product', asOf: '2025-12-31' });

  it('repeats a season exactly where demand does, and says so by its error', () => {
    expect(items.row(0)).toMatchObject({ product: 'seasonal', naiveError: 0, method: 'seasonal-naive', forecast: 100 });
    expect(forecasts.toRows().slice(0, 3).map((row) => row['seasonalNaive'])).toEqual([100, 150, 200]);
  });
  it('finds the slope of a straight line, and smooths what has no season', () => {
    expect(items.row(1)).toMatchObject({ product: 'rising', slope: expect.closeTo(10, 9), naiveError: 120, smoothingError: 10, method: 'smoothing', forecast: 230 });
    expect(items.row(1)['shareLast']).toBeGreaterThan(items.row(1)['shareFirst'] as number);
    expect(series.numRows).toBe(48);
  });
  it('works on a log as one series, and refuses one that is too short', () => {
    expect(demandTrend(exampleOrders({ customers: 200, seed: 1 })).items.numRows).toBe(1);
    expect(() => demandTrend(log as never, { period: 'year' })).toThrow('There are 2 periods; a trend needs four');
    expect(() => demandTrend(log as never, { by: 'colour' })).toThrow('column "colour" is missing');
  });
});
