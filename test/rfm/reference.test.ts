import { describe, expect, it } from 'vitest';
import { rfm, type MapName, type RfmMethod, type RfmOptions, type RfmResult } from '../../src/rfm/index.js';
import { OCTANTS, type Customers } from '../../src/transactions/index.js';
import { hasReference, referenceJson } from '../reference.js';
import { byCustomer, referenceCustomers, referenceOrders, type PlainCustomers } from './customers.js';

/** One run of R rfm as the reference holds it. */
interface RRun {
  readonly threshold?: Readonly<Record<string, number[]>>;
  readonly recency_lower?: number[];
  readonly frequency_lower?: number[];
  readonly monetary_lower?: number[];
  readonly score_counts?: Readonly<Record<'recency' | 'frequency' | 'monetary', Readonly<Record<string, number>>>>;
  readonly table: Readonly<Record<string, (number | string)[]>>;
}
interface Grid { readonly frequency_score: number[]; readonly recency_score: number[]; readonly mean_monetary: number[]; readonly n: number[] }

const near = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value))));
};

const CUTS: RfmOptions['method'] = {
  recency: { cuts: [115, 181, 297, 482], closed: 'left' },
  frequency: { cuts: [4, 5, 6, 8], closed: 'left' },
  monetary: { cuts: [256, 382, 506, 666], closed: 'left' },
};

function holdsRun(result: RfmResult, run: RRun, ids?: readonly string[]): void {
  const given = ids ?? (run.table['customer_id'] as string[]);
  const names = { r: 'recency_score', f: 'frequency_score', m: 'monetary_score', recency: 'recency_days', frequency: 'transaction_count', monetary: 'amount' };
  for (const [ours, theirs] of Object.entries(names)) if (run.table[theirs] !== undefined) expect(byCustomer(result, ours, given)).toEqual(run.table[theirs]);
  if (run.table['rfm_score'] !== undefined) expect(byCustomer(result, 'score', given)).toEqual(run.table['rfm_score'].map(String));
  result.model.dimensions.forEach(({ column, key, cuts, lowest, highest }) => {
    const lower = run.threshold?.[`${column}_lower`] ?? run[`${column}_lower` as 'recency_lower']!;
    near([lowest!, ...cuts!], lower);
    if (run.threshold !== undefined) near([...cuts!, highest! + 1], run.threshold[`${column}_upper`]!);
    const counts = run.score_counts?.[column as 'recency'];
    const scores = [...(result.table.toColumns()[key] as number[])];
    for (const [score, n] of Object.entries(counts ?? {})) expect([column, score, scores.filter((s) => s === Number(score)).length]).toEqual([column, score, n]);
  });
}

function holdsGrid(result: RfmResult, grid: Grid): void {
  const { r, f, monetary } = result.table.toColumns() as { r: number[]; f: number[]; monetary: Float64Array };
  grid.n.forEach((n, i) => {
    const rows = [...monetary].filter((_, row) => r[row] === grid.recency_score[i] && f[row] === grid.frequency_score[i]);
    expect(rows.length).toBe(n);
    near([rows.reduce((sum, x) => sum + x, 0) / rows.length], [grid.mean_monetary[i]!]);
  });
}

describe.skipIf(!hasReference)('against R rfm 0.3.0 on orders.csv', () => {
  const runs = hasReference ? referenceJson<{ default: RRun; custom_threshold: RRun; bins_4_3_10: RRun; bins_4: RRun; heatmap_default: Grid }>('rfm/expected/rfm_orders.json') : undefined!;
  const customers = hasReference ? referenceOrders() : undefined!;
  const scored = (options: RfmOptions): RfmResult => rfm(customers, options);

  it('five bins: scores, thresholds, counts', () => holdsRun(scored({ method: 'r-rfm' }), runs.default));
  it('fixed thresholds, closed left', () => holdsRun(scored({ method: CUTS }), runs.custom_threshold));
  it('four bins', () => holdsRun(scored({ method: 'r-rfm', bins: 4 }), runs.bins_4));
  it('4, 3 and 10 bins, which the package cannot do at once', () => holdsRun(scored({ method: 'r-rfm', bins: [4, 3, 10] }), runs.bins_4_3_10));
  it('mean money by recency and frequency score', () => holdsGrid(scored({ method: 'r-rfm' }), runs.heatmap_default));
});

describe.skipIf(!hasReference)('against R rfm 0.3.0 on customers.csv', () => {
  const runs = hasReference ? referenceJson<{ default_by_days: RRun; custom_threshold: RRun; heatmap_default: Grid }>('rfm/expected/rfm_customers.json') : undefined!;
  const customers = hasReference ? referenceCustomers('customers') : undefined!;

  it('five bins', () => holdsRun(rfm(customers, { method: 'r-rfm' }), runs.default_by_days, customers.customer));
  it('fixed thresholds', () => holdsRun(rfm(customers, { method: CUTS }), runs.custom_threshold, customers.customer));
  it('mean money by recency and frequency score', () => holdsGrid(rfm(customers, { method: 'r-rfm' }), runs.heatmap_default));
});

describe.skipIf(!hasReference)('against R rfm 0.3.0 on ties.csv', () => {
  it('cents, refunds and unused scores', () => {
    const result = rfm(referenceCustomers('ties'), { method: 'r-rfm' });
    holdsRun(result, referenceJson<{ default: RRun }>('rfm/expected/rfm_ties_r.json').default);
    expect(result.diagnostics.warnings.filter(({ code }) => code === 'SCORES_UNUSED').map(({ message }) => message.split(',')[0])).toEqual(
      ['frequency: nobody has score 2 and 3 of 1 to 5', 'monetary: nobody has score 3 of 1 to 5']);
  });
});

/** R's names of the segments as our keys. */
const R_KEYS: Readonly<Record<string, string>> = {
  Champions: 'champions', 'Potential Loyalist': 'potential_loyalist', 'Loyal Customers': 'loyal', Promising: 'promising', 'New Customers': 'new',
  "Can't Lose Them": 'cannot_lose', 'At Risk': 'at_risk', 'Need Attention': 'need_attention', 'About To Sleep': 'about_to_sleep', Lost: 'lost', Others: 'others',
};

interface RSegments {
  readonly summary: { readonly segment: string[]; readonly customers: number[]; readonly orders: number[]; readonly revenue: number[]; readonly aov_unrounded: number[] };
  readonly medians: { readonly segment: string[]; readonly median_recency: number[]; readonly median_frequency: number[]; readonly median_monetary: number[] };
  readonly assignment?: { readonly customer_id: string[]; readonly segment: string[] };
}

function holdsSegments(result: RfmResult, expected: RSegments): void {
  const rows = result.segments.toRows().filter((row) => (row['customers'] as number) > 0);
  const column = (name: string, order: readonly string[]): number[] => order.map((segment) => rows.find((row) => row['segment'] === R_KEYS[segment])?.[name] as number);
  const { summary, medians, assignment } = expected;
  expect(rows.length).toBe(summary.segment.length);
  expect(column('customers', summary.segment)).toEqual(summary.customers);
  expect(column('orders', summary.segment)).toEqual(summary.orders);
  expect(column('revenue', summary.segment)).toEqual(summary.revenue);
  near(column('meanBasket', summary.segment), summary.aov_unrounded);
  near(column('medianRecency', medians.segment), medians.median_recency);
  near(column('medianFrequency', medians.segment), medians.median_frequency);
  near(column('medianMonetary', medians.segment), medians.median_monetary);
  if (assignment !== undefined) expect(byCustomer(result, 'segment', assignment.customer_id)).toEqual(assignment.segment.map((name) => R_KEYS[name]));
}

describe.skipIf(!hasReference)('interval maps of R rfm', () => {
  const MAPS: readonly [MapName, string][] = [['intervals', 'rfm_0_3_manual'], ['intervals-02', 'rfm_0_2_putler_like']];

  it.each(MAPS)('%s on orders.csv: assignment, summary, medians', (map, name) => {
    const expected = referenceJson<Record<string, RSegments>>('rfm/expected/rfm_orders_segments.json')[name]!;
    holdsSegments(rfm(referenceOrders(), { method: 'r-rfm', map }), expected);
  });
  it.each(MAPS)('%s on customers.csv: summary, medians', (map, name) => {
    const expected = referenceJson<{ segments: Record<string, RSegments> }>('rfm/expected/rfm_customers.json').segments[name]!;
    holdsSegments(rfm(referenceCustomers('customers'), { method: 'r-rfm', map }), expected);
  });
});

describe.skipIf(!hasReference)('code maps on orders.csv', () => {
  interface Maps {
    readonly maps: Readonly<Record<string, Readonly<Record<string, string[]>>>>;
    readonly orders_csv: { readonly customer_id: string[]; readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>; readonly codes_27: string[] } & Readonly<Record<string, string[]>>;
  }
  const expected = hasReference ? referenceJson<Maps>('rfm/expected/segment_maps.json') : undefined!;
  const ours = (key: string): string => (key === 'needs_attention' ? 'need_attention' : key);
  const CASES: readonly [MapName, string, string, RfmOptions][] = [
    ['standard', 'eleven_of_125', 'eleven', { method: 'r-rfm' }],
    ['rf10', 'rf_ten_of_25', 'rf_ten', { method: 'r-rfm', map: 'rf10' }],
    ['thirds27', 'six_of_27', 'six_of_27', { map: 'thirds27' }],
  ];

  it.each(CASES)('%s: every code, customer and count', (_, codes, name, options) => {
    const result = rfm(referenceOrders(), options);
    const { map } = result.model;
    if (map?.kind !== 'codes') throw new Error('no code map');
    for (const [key, list] of Object.entries(expected.maps[codes]!)) expect([...map.segments.find((segment) => segment.key === ours(key))!.codes].sort()).toEqual([...list].sort());
    expect(byCustomer(result, 'segment', expected.orders_csv.customer_id)).toEqual(expected.orders_csv[name]!.map(ours));
    const counts = Object.fromEntries(result.segments.toRows().map((row) => [row['segment'], row['customers']]));
    expect(counts).toEqual(Object.fromEntries(Object.entries(expected.orders_csv.counts[name]!).map(([key, n]) => [ours(key), n])));
    if (name === 'six_of_27') expect(byCustomer(result, 'score', expected.orders_csv.customer_id)).toEqual(expected.orders_csv.codes_27);
  });
});

interface Variants {
  readonly n_bins: number;
  readonly qcut: Readonly<Record<string, number[] | { error: string }>>;
  readonly ntile: Readonly<Record<'r' | 'f' | 'm', number[]>>;
  readonly nested_hughes: Readonly<Record<'r' | 'f' | 'm', number[]>>;
  readonly percent_rank: Readonly<Record<string, number[]>>;
  readonly eight_class: Readonly<Record<string, { thresholds?: Record<string, number>; mean_scores?: number[]; counts: Record<string, number>; codes: string[] }>>;
  readonly weighted_ntile: Readonly<Record<string, { weights: number[]; score: number[]; score_0_100: number[] }>>;
  readonly 'weighted_minmax_0.2_0.3_0.5': number[];
  readonly customer_id: string[];
}

describe.skipIf(!hasReference)('variants of pandas, SQL and the textbooks', () => {
  const CASES: readonly [string, string, () => Customers | PlainCustomers][] = [
    ['orders.csv, 5 bins', 'rfm_variants_orders five', referenceOrders],
    ['ties.csv, 5 bins', 'rfm_variants_ties five', () => referenceCustomers('ties')],
    ['ties.csv, 3 bins', 'rfm_variants_ties three', () => referenceCustomers('ties')],
  ];

  describe.each(CASES)('%s', (_, place, customersFrom) => {
    const [file, part] = place.split(' ') as [string, string];
    const v = hasReference ? referenceJson<Record<string, Variants>>(`rfm/expected/${file}.json`)[part]! : undefined!;
    const bins = hasReference ? v.n_bins : 5;
    const customers = hasReference ? customersFrom() : undefined!;
    const DIMENSIONS = ['r', 'f', 'm'] as const;
    const scores = (method: RfmMethod, dimension: string): unknown[] => byCustomer(rfm(customers, { method, bins }), dimension, v.customer_id);
    /** The reference holds bins from low to high; recency scores count the other way. */
    const fromBins = (groups: readonly number[], dimension: string, used = bins): number[] => groups.map((bin) => (dimension === 'r' ? used + 1 - bin : bin));

    it.each(DIMENSIONS)('quantile is qcut where its edges differ: %s', (d) => {
      const plain = v.qcut[`${d}_plain`]!;
      if (!Array.isArray(plain)) return expect(plain.error).toContain('Bin edges must be unique');
      expect(scores('quantile', d)).toEqual(fromBins(plain, d));
      const dimension = rfm(customers, { bins }).model.dimensions[DIMENSIONS.indexOf(d)]!;
      near([dimension.lowest!, ...dimension.cuts!, dimension.highest!], v.qcut[`${d}_edges`] as number[]);
    });
    it.each(DIMENSIONS)('qcut-drop: %s', (d) => {
      const groups = v.qcut[`${d}_drop`] as number[];
      expect(scores('qcut-drop', d)).toEqual(fromBins(groups, d, Math.max(...groups)));
    });
    it.each(DIMENSIONS)('rank-first: %s', (d) => expect(scores('rank-first', d)).toEqual(fromBins(v.qcut[`${d}_rank_first`] as number[], d)));
    it.each(DIMENSIONS)('ntile: %s', (d) => expect(scores('ntile', d)).toEqual(v.ntile[d]));
    it.each(DIMENSIONS)('nested: %s', (d) => expect(scores('nested', d)).toEqual(v.nested_hughes[d]));
    it.each(DIMENSIONS)('percent-rank and cume-dist from their ranks: %s', (d) => {
      // The ranks are doubles; in whole numbers they are k/(n - 1) and k/n.
      const n = v.customer_id.length;
      expect(scores('percent-rank', d)).toEqual(v.percent_rank[d]!.map((p) => Math.min(bins, 1 + Math.floor((bins * Math.round(p * (n - 1))) / (n - 1)))));
      expect(scores('cume-dist', d)).toEqual(v.percent_rank[`${d}_cume_dist`]!.map((p) => Math.ceil((bins * Math.round(p * n)) / n)));
    });

    const octants = hasReference ? Object.entries(v.eight_class) : [];
    it.each(octants)('octants: %s', (name, { thresholds, mean_scores, counts, codes }) => {
      const at = name.includes('mean_score') ? 'mean-score' : name.includes('median') ? 'median' : 'mean';
      const result = rfm(customers, { bins, method: at === 'mean-score' ? 'ntile' : 'quantile', map: { octants: { at, inclusive: name.endsWith('inclusive') } }, labels: 'zh' });
      const keys = new Map(OCTANTS.map((octant) => [[octant.recency, octant.frequency, octant.monetary].map((high) => (high === 'high' ? 1 : 0)).join(''), octant]));
      expect(byCustomer(result, 'segment', v.customer_id)).toEqual(codes.map((code) => keys.get(code)!.key));
      expect(byCustomer(result, 'label', v.customer_id)).toEqual(codes.map((code) => keys.get(code)!.label.zh));
      const ours = Object.fromEntries(result.segments.toRows().filter((row) => row['customers'] !== 0).map((row) => [row['label'], row['customers']]));
      expect(ours).toEqual(counts);
      const { map } = result.model;
      if (map?.kind !== 'octants') throw new Error('no octants');
      near(map.cuts, mean_scores ?? [thresholds!['recency_days']!, thresholds!['frequency']!, thresholds!['monetary']!]);
    });

    const weights = hasReference ? Object.entries(v.weighted_ntile) : [];
    it.each(weights)('weighted scores %s', (_name, expected) => {
      const result = rfm(customers, { bins, method: 'ntile', weights: expected.weights });
      near(byCustomer(result, 'weighted', v.customer_id) as number[], expected.score);
      near(byCustomer(result, 'weighted100', v.customer_id) as number[], expected.score_0_100);
    });
    it('min-max weighted values', () => {
      const result = rfm(customers, { bins, weights: [0.2, 0.3, 0.5] });
      near(byCustomer(result, 'weightedMinMax', v.customer_id) as number[], v['weighted_minmax_0.2_0.3_0.5']);
    });
  });
});
