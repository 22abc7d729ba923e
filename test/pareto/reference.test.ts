import { describe, expect, it } from 'vitest';
import { abc, customersNeeded, deciles, effectiveNumber, gini, hhi, hoover, lorenz, pareto, theil, topShare } from '../../src/pareto/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

interface Expected {
  readonly n: number; readonly total: number; readonly gini: number; readonly gini_unbiased: number; readonly hhi: number; readonly hhi_10000: number;
  readonly hhi_normalised: number; readonly effective_number: number; readonly hoover: number; readonly theil_T: number;
  readonly top_share_percent: Record<string, { floor_k: number; floor_share: number; ceil_k: number; ceil_share: number; lorenz_interpolated_share: number }>;
  readonly customers_needed_for_percent: Record<string, { k: number; share_of_customers: number }>;
  readonly lorenz_at_p: { p: number[]; L: number[] };
  readonly abc_limits: [number, number];
  readonly abc_crossing_item_in_better_class: Record<string, { count: number; value: number; share: number }>;
  readonly abc_only_within_limit: Record<string, { count: number; value: number; share: number }>;
  readonly deciles_ntile_desc: { decile: number; count: number; value: number; share: number; cum_share: number; lift_index: number }[];
}

const close = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-3));

describe.skipIf(!hasReference)('agrees with the reference (numpy 1.24.2): concentration', () => {
  const all = hasReference ? referenceJson<Record<string, Expected & { x: number[]; result: Expected }>>('rfm/expected/concentration.json') : {};
  const column = (file: string, name: string): Float64Array => Float64Array.from(referenceRows(`rfm/inputs/${file}`), (row) => Number(row[name]));
  const byCustomer = (): Float64Array => {
    const sums = new Map<string, number>();
    for (const row of referenceRows('rfm/inputs/orders.csv')) sums.set(row['customer_id']!, (sums.get(row['customer_id']!) ?? 0) + Number(row['revenue']));
    return Float64Array.from(sums.values());
  };
  const cases: [string, () => Float64Array][] = [
    ['orders_customers_revenue', byCustomer],
    ['customers_csv_revenue', () => column('customers.csv', 'revenue')],
    ['customers_csv_number_of_orders', () => column('customers.csv', 'number_of_orders')],
    ...['tiny', 'equal', 'one_takes_all'].map((name): [string, () => Float64Array] => [name, () => Float64Array.from(all[name]!.x)]),
  ];

  describe.each(cases)('%s', (name, read) => {
    const expected = hasReference ? all[name]!.result ?? all[name]! : ({} as Expected);
    const values = hasReference ? read() : new Float64Array(0);

    it('indices', () => {
      const { indices, total, customers } = pareto(values);
      expect([customers, total]).toEqual([expected.n, expected.total]);
      close(gini(values), expected.gini);
      close(gini(values, { form: 'sample' }), expected.gini_unbiased);
      close(hhi(values), expected.hhi);
      close(hhi(values, { form: 'points' }), expected.hhi_10000);
      close(hhi(values, { form: 'normalized' }), expected.hhi_normalised);
      close(effectiveNumber(values), expected.effective_number);
      close(hoover(values), expected.hoover);
      close(theil(values), expected.theil_T);
      close(indices.gini, expected.gini);
      close(indices.giniSample, expected.gini_unbiased);
      close(indices.hhi, expected.hhi);
      close(indices.hhiPoints, expected.hhi_10000);
      close(indices.hhiNormalized, expected.hhi_normalised);
      close(indices.effectiveNumber, expected.effective_number);
      close(indices.hoover, expected.hoover);
      close(indices.theil, expected.theil_T);
    });

    it('top shares by three rules', () => {
      const percents = Object.keys(expected.top_share_percent);
      const { shares } = pareto(values, { shares: percents.map((p) => Number(p) / 100) });
      percents.forEach((p, i) => {
        const e = expected.top_share_percent[p]!;
        const row = shares.row(i);
        expect([row['floorCustomers'], row['customers']]).toEqual([e.floor_k, e.ceil_k]);
        close(row['floorShare'] as number, e.floor_share);
        close(row['share'] as number, e.ceil_share);
        close(row['interpolatedShare'] as number, e.lorenz_interpolated_share);
        const top = Number(p) / 100;
        close(topShare(values, { top, rule: 'floor' }), e.floor_share);
        close(topShare(values, { top }), e.ceil_share);
        close(topShare(values, { top, rule: 'interpolated' }), e.lorenz_interpolated_share);
      });
    });

    it('customers needed', () => {
      for (const [p, e] of Object.entries(expected.customers_needed_for_percent)) {
        expect(customersNeeded(values, { of: Number(p) / 100 })).toEqual({ customers: e.k, share: e.share_of_customers });
        expect(pareto(values, { needed: [Number(p) / 100] }).needed.cell('customers', 0)).toBe(e.k);
      }
    });

    it('Lorenz curve', () => {
      const curve = lorenz(values, { steps: 20 }).toColumns();
      expected.lorenz_at_p.L.forEach((share, i) => close(curve['share']![i] as number, share));
      expected.lorenz_at_p.p.forEach((p, i) => close(curve['customers']![i] as number, p));
    });

    it.each([['better', 'abc_crossing_item_in_better_class'], ['worse', 'abc_only_within_limit']] as const)('ABC, the crossing item in the %s class', (crossing, key) => {
      const rows = abc(values, { limits: expected.abc_limits, crossing }).classes.toRows();
      rows.forEach((row) => {
        const e = expected[key][row['class'] as string]!;
        expect(row['customers']).toBe(e.count);
        close(row['value'] as number, e.value);
        close(row['share'] as number, e.share);
      });
    });

    it('deciles', () => {
      const rows = deciles(values).toRows();
      expect(rows).toHaveLength(expected.deciles_ntile_desc.length);
      expected.deciles_ntile_desc.forEach((e, i) => {
        expect([rows[i]!['decile'], rows[i]!['customers']]).toEqual([e.decile, e.count]);
        close(rows[i]!['value'] as number, e.value);
        close(rows[i]!['share'] as number, e.share);
        close(rows[i]!['cumulatedShare'] as number, e.cum_share);
        close(rows[i]!['lift'] as number, e.lift_index);
      });
    });
  });
});
