import { describe, expect, it } from 'vitest';
import { fromRows } from '../../src/io/index.js';
import { interpurchase, purchaseConversion, regularity, repeatRate, retention } from '../../src/loyalty/index.js';
import { summarize } from '../../src/transactions/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

interface Expected {
  customers: number; orders: number; repeat_customers: number; repeat_purchase_rate: number; orders_per_customer: number; repeat_order_share: number;
  interpurchase_days_distinct_dates: { gaps: number; mean: number; median: number; sd_ddof1: number; p80: number; p90: number };
  conversion_n_to_n_plus_1: Record<string, number>;
  cohorts: { rows: { cohort: string; size: number; observed_periods: number; bounded_active: number[]; unbounded_active: number[] }[] };
}
const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

describe.skipIf(!hasReference)('loyalty of orders.csv against pandas, reference, 1e-9', () => {
  const expected = hasReference ? referenceJson<Expected>('rfm/expected/loyalty_orders.json') : undefined!;
  const orders = hasReference ? fromRows(referenceRows('rfm/inputs/orders.csv'), { customer: 'customer_id', date: 'order_date', amount: 'revenue' }) : undefined!;
  const asOf = '2006-12-31';

  it('repeat rate, and the share of repeat orders, which is another number', () => {
    const found = repeatRate(summarize(orders, { asOf }));
    expect(found).toMatchObject({ customers: expected.customers, orders: expected.orders, repeatCustomers: expected.repeat_customers });
    near(found.rate, expected.repeat_purchase_rate);
    near(found.repeatOrderShare, expected.repeat_order_share);
    near(found.ordersPerCustomer, expected.orders_per_customer);
  });
  it('conversion from one order to the next', () => {
    const rows = purchaseConversion(summarize(orders, { asOf })).table.toRows();
    for (const [n, rate] of Object.entries(expected.conversion_n_to_n_plus_1)) near(Number(rows[Number(n) - 1]!['rate']), rate);
  });
  it('days between purchases', () => {
    const pooled = interpurchase(orders, { asOf }).pooled.row(0);
    const e = expected.interpurchase_days_distinct_dates;
    expect(pooled['gaps']).toBe(e.gaps);
    for (const [ours, theirs] of [['mean', e.mean], ['median', e.median], ['sd', e.sd_ddof1], ['p80', e.p80], ['p90', e.p90]] as const) near(Number(pooled[ours]), theirs);
  });
  it.each(['bounded', 'unbounded'] as const)('quarterly cohorts, %s: sizes and active customers', (kind) => {
    const rows = retention(orders, { period: 'quarter', kind, asOf }).table.toRows();
    const cohorts = [...new Set(rows.map((row) => String(row['cohort'])))];
    expect(cohorts.map((name) => name.replace('-', ''))).toEqual(expected.cohorts.rows.map(({ cohort }) => cohort));
    for (const e of expected.cohorts.rows) {
      const own = rows.filter((row) => String(row['cohort']).replace('-', '') === e.cohort);
      expect(own.length).toBe(e.observed_periods + 1);
      expect(own[0]!['size']).toBe(e.size);
      const active = e[`${kind}_active`];
      // The file holds the first twelve offsets.
      const known = Math.min(active.length, own.length);
      expect(own.slice(0, known).map((row) => row['active'])).toEqual(active.slice(0, known));
    }
  });
  it('length, recency, periodicity (LRFMP) of each customer', () => {
    const e = referenceJson<Record<string, (number | null)[]> & { customer_id: string[] }>('rfm/expected/lrfmp_orders.json');
    const customers = summarize(orders, { asOf });
    const rows = new Map(regularity(customers).toRows().map((row) => [row['customer'], row]));
    const tenure = new Map(customers.toRows().map((row) => [row['customer'], row['tenure']]));
    expect(rows.size).toBe(e.customer_id.length);
    e.customer_id.forEach((id, i) => {
      const row = rows.get(id)!;
      expect(row['length']).toBe(e['L_days_first_to_last']![i]);
      expect(tenure.get(id)).toBe(e['T_age_days_first_to_analysis']![i]);
      for (const [ours, theirs] of [['gapMean', 'P_mean_gap_days'], ['gapSd', 'P_sd_gap_days_ddof1'], ['monetary', 'mean_basket']] as const) {
        const value = e[theirs]![i]!;
        if (value === null) expect(row[ours]).toBeNull();
        else near(Number(row[ours]), value);
      }
    });
  });
});
