import { describe, expect, it } from 'vitest';
import { fromRows } from '../../src/io/index.js';
import { cusum, ewma, receivables, shewhart, warnings } from '../../src/warnings/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

const near = (actual: ArrayLike<number>, expected: readonly number[], what: string): void => {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((e, i) => expect(Math.abs(actual[i]! - e), `${what}[${i}]: ${actual[i]} against ${e}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(e))));
};

describe.skipIf(!hasReference)('the overdue rule on orders.csv, reference', () => {
  interface Overdue { overdue_rule: { eligible: number; flagged: number; flagged_ids: string[]; severity_1x_2x_3x: Record<'lost' | 'ok' | 'watch' | 'at_risk', number> } }
  it('flags the same 333 of 869 customers, in the same stages', () => {
    const expected = referenceJson<Overdue>('rfm/expected/loyalty_orders.json').overdue_rule;
    const orders = fromRows(referenceRows('rfm/inputs/orders.csv'), { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
    const found = warnings(orders, { asOf: '2006-12-31', rules: [{ rule: 'overdue', fallback: 'none' }] });
    expect(found.rules.row(0)).toMatchObject({ judged: expected.eligible, tooLittle: 995 - expected.eligible });
    const rows = found.table.toRows();
    const stages = Object.fromEntries(['lost', 'watch', 'at_risk'].map((stage) => [stage, rows.filter((r) => r['stage'] === stage).length]));
    expect({ ...stages, ok: expected.eligible - rows.length }).toEqual(expected.severity_1x_2x_3x);
    const flagged = rows.filter((r) => r['stage'] !== 'watch').map((r) => String(r['customer']));
    expect(flagged.length).toBe(expected.flagged);
    expect(new Set(flagged)).toEqual(new Set(expected.flagged_ids));
  });
});

describe.skipIf(!hasReference)('control charts of monthly revenue against numpy, reference, 1e-9', () => {
  interface Charts { baseline_points: number; mean: number; sd_ddof1: number; ewma: { lambda: number; L: number; values: number[]; upper: number[]; lower: number[]; alarm: boolean[] };
    cusum_tabular: { k_sd: number; h_sd: number; plus: number[]; minus: number[]; alarm: boolean[] }; shewhart_3sd_alarm: boolean[] }
  it.each(['result', 'result_lambda0.3_L2.7_k0.4_h4'])('%s: EWMA, CUSUM, Shewhart', (name) => {
    const file = referenceJson<Record<string, unknown>>('rfm/expected/control_charts.json');
    const { revenue } = file['series'] as { revenue: number[] };
    const e = file[name] as Charts;
    const smooth = ewma(revenue, { basePoints: e.baseline_points, lambda: e.ewma.lambda, limitSd: e.ewma.L });
    const columns = smooth.table.toColumns();
    near([smooth.mean, smooth.sd], [e.mean, e.sd_ddof1], 'base');
    near(columns['ewma'] as Float64Array, e.ewma.values, 'ewma');
    near(columns['upper'] as Float64Array, e.ewma.upper, 'upper');
    near(columns['lower'] as Float64Array, e.ewma.lower, 'lower');
    expect(columns['alarm']).toEqual(e.ewma.alarm);
    const sums = cusum(revenue, { basePoints: e.baseline_points, slack: e.cusum_tabular.k_sd, decision: e.cusum_tabular.h_sd }).table.toColumns();
    near(sums['plus'] as Float64Array, e.cusum_tabular.plus, 'plus');
    near(sums['minus'] as Float64Array, e.cusum_tabular.minus, 'minus');
    expect(sums['alarm']).toEqual(e.cusum_tabular.alarm);
    expect(shewhart(revenue, { basePoints: e.baseline_points }).table.toColumns()['alarm']).toEqual(e.shewhart_3sd_alarm);
  });
});

describe.skipIf(!hasReference)('receivables against pandas, reference, 1e-9', () => {
  it('ageing, shares, weighted days, allowance, and each customer', () => {
    interface Expected { as_of: string; totals: Record<string, number>; counts: Record<string, number>; total_open: number; total_overdue: number; overdue_share: number; amount_weighted_days_overdue: number; allowance: number; by_customer: Record<string, Record<string, number>> }
    const e = referenceJson<Expected>('rfm/expected/receivables.json');
    const rows = referenceRows('rfm/inputs/invoices.csv');
    const text = (name: string): string[] => rows.map((r) => r[name]!);
    const found = receivables({ invoice: text('invoice_id'), customer: text('customer_id'), date: text('invoice_date'), due: text('due_date'), amount: text('amount').map(Number), paid: text('paid').map(Number) }, { asOf: e.as_of });
    near([found.totalOpen, found.totalOverdue, found.overdueShare, found.weightedDays, found.allowance], [e.total_open, e.total_overdue, e.overdue_share, e.amount_weighted_days_overdue, e.allowance], 'totals');
    for (const row of found.ageing.toRows().filter((r) => r['bucket'] !== 'credit')) {
      near([row['open'] as number, row['invoices'] as number], [e.totals[String(row['bucket'])]!, e.counts[String(row['bucket'])]!], String(row['bucket']));
    }
    for (const row of found.customers.toRows()) for (const [bucket, sum] of Object.entries(e.by_customer[String(row['customer'])]!)) near([row[bucket] as number], [sum], `${row['customer']} ${bucket}`);
  });
});
