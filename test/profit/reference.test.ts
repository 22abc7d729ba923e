import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/columns/index.js';
import { activityCosts, productMix, profitability, whaleCurve } from '../../src/profit/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

const close = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-3));

describe.skipIf(!hasReference)('agrees with the reference (numpy 1.24.2): whale curve', () => {
  interface Whale { profit: number[]; rates: Record<string, number>; whale_curve: Record<string, number> & { cumulative_percent_at_decile: number[]; order: string[]; cumulative_first_25: number[] } }
  const { profit, rates, whale_curve: expected } = hasReference ? referenceJson<Whale>('rfm/expected/whale_curve.json') : ({ profit: [], rates: {}, whale_curve: {} } as unknown as Whale);
  const rows = hasReference ? referenceRows('rfm/inputs/profit.csv') : [];
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const customers = {
    customer: rows.map((row) => row['customer_id']!),
    ...Object.fromEntries(['revenue', 'orders', 'gross_margin_rate', 'returns', 'service_calls', 'sales_visits', 'days_late'].map((name) => [name, column(name)])),
  };
  const costToServe = (): Float64Array => activityCosts(customers, {
    rates: { orders: rates['per_order']!, returns: rates['per_return']!, service_calls: rates['per_service_call']!, sales_visits: rates['per_sales_visit']! },
    capital: { rateYearly: rates['capital_rate_per_year']!, amount: 'revenue', days: 'days_late' },
  });

  it('profit after cost to serve, per customer', () => {
    const { table, total } = profitability(customers, { directCost: { marginRate: 'gross_margin_rate' }, costToServe: costToServe() });
    const own = table.toColumns()['profit'] as Float64Array;
    profit.forEach((e, i) => close(own[i]!, e));
    close(total, expected['total_profit']!);
  });

  it('the curve', () => {
    const whale = whaleCurve(profitability(customers, { directCost: { marginRate: 'gross_margin_rate' }, costToServe: costToServe() }).table, { steps: 10 });
    expect([whale.customers, whale.positive.customers, whale.zero.customers, whale.negative.customers, whale.peak.customers])
      .toEqual(['n', 'customers_positive', 'customers_zero', 'customers_negative', 'peak_at_customer_count'].map((key) => expected[key]));
    close(whale.positive.profit, expected['sum_positive']!);
    close(whale.negative.profit, expected['sum_negative']!);
    close(whale.peak.profit, expected['peak_cumulative_profit']!);
    close(whale.peak.share, expected['peak_at_share']!);
    close(whale.peak.percent, expected['peak_percent_of_total']!);
    close(whale.area, expected['area_under_curve_total_1']!);
    const { customer, cumulated } = whale.table.toColumns();
    expect((customer as string[]).slice(0, 25)).toEqual(expected.order);
    expected.cumulative_first_25.forEach((e, i) => close(cumulated![i] as number, e));
    const sorted = whale.table.toColumns()['percent'] as Float64Array;
    expected.cumulative_percent_at_decile.forEach((e, d) => {
      close(sorted[Math.ceil((995 * (d + 1)) / 10) - 1]!, e);
    });
  });
});

describe.skipIf(!hasReference)('agrees with the reference (numpy 1.24.2): products', () => {
  const expected = hasReference ? referenceJson<Record<string, (number | null)[]>>('rfm/expected/products.json') : {};
  const rows = hasReference ? referenceRows('rfm/inputs/products.csv') : [];
  const products = {
    product: rows.map((row) => row['product_id']!), category: rows.map((row) => row['category']!),
    ...Object.fromEntries(['sales', 'cost_of_sales', 'opening_inventory_cost', 'closing_inventory_cost'].map((name) => [name, rows.map((row) => Number(row[name]))])),
  };
  const mix = (turnover: 'sales' | 'cost'): Table => productMix(products, { cost: 'cost_of_sales', stock: ['opening_inventory_cost', 'closing_inventory_cost'], turnover, category: 'category' }).table;
  it.each([
    ['sales', 'marginRate', 'gross_margin_rate'], ['sales', 'stock', 'average_inventory_cost'], ['cost', 'turnover', 'turnover_cost_of_sales_over_inventory'], ['sales', 'turnover', 'turnover_sales_over_inventory'],
    ['sales', 'crossRatio', 'cross_ratio_sales_turnover_x_margin'], ['cost', 'crossRatio', 'cross_ratio_cost_turnover_x_margin'], ['sales', 'gmroi', 'gmroi'], ['sales', 'salesShare', 'sales_share'],
    ['sales', 'contribution', 'contribution_ratio_cross_x_share'], ['sales', 'contributionShare', 'contribution_ratio_normalised_to_1'], ['sales', 'marginShare', 'gross_margin_share'],
  ] as const)('%s: %s', (basis, name, key) => {
    const own = mix(basis).toRows().map((row) => row[name] as number | null);
    expect(own).toHaveLength(expected[key]!.length);
    expected[key]!.forEach((e, i) => (e === null ? expect(own[i]).toBeNull() : close(own[i]!, e)));
  });
});
