import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf, type Period } from '../../src/transactions/index.js';
import { customerRetention, interpurchase, purchaseConversion, regularity, repeatRate, retention, type RetentionKind } from '../../src/loyalty/index.js';
import { summarize } from '../../src/transactions/index.js';
import { dayOfText } from '../../src/core/index.js';
import { logOf } from '../transactions/log.js';

/** Four customers over three months; b comes back late, d joins in March. */
const small = logOf([
  ['a', '2025-01-05', 10], ['b', '2025-01-20', 20], ['a', '2025-02-03', 5], ['c', '2025-02-14', 8], ['b', '2025-03-01', 4], ['d', '2025-03-10', 7], ['a', '2025-02-20', -2],
], { carried: { channel: ['web', 'shop', 'shop', 'web', 'web', 'web', 'web'] } });
const rates = (kind: RetentionKind, options = {}): unknown[] => retention(small, { kind, asOf: '2025-03-31', ...options }).table.toRows().map((row) => [row['cohort'], row['offset'], row['size'], row['active']]);

const logs = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 20000, max: 20400 }), fc.integer({ min: -50, max: 500 })), { minLength: 1, maxLength: 60, size: 'max' })
  .map((rows) => rows.map(([c, day, cents]) => [`c${c}`, day, cents / 100] as const)).filter((rows) => rows.some(([, , amount]) => amount >= 0));

describe('retention', () => {
  it('counts who bought in the period, who bought then or later, and the money kept', () => {
    expect(rates('bounded')).toEqual([['2025-01', 0, 2, 2], ['2025-01', 1, 2, 1], ['2025-01', 2, 2, 1], ['2025-02', 0, 1, 1], ['2025-02', 1, 1, 0], ['2025-03', 0, 1, 1]]);
    expect(rates('unbounded')).toEqual([['2025-01', 0, 2, 2], ['2025-01', 1, 2, 2], ['2025-01', 2, 2, 1], ['2025-02', 0, 1, 1], ['2025-02', 1, 1, 0], ['2025-03', 0, 1, 1]]);
    const { table, rates: wide, revenueRates } = retention(small, { asOf: '2025-03-31' });
    expect(table.toColumns()['revenue']).toEqual(Float64Array.of(30, 3, 4, 8, 0, 7));
    expect(wide.row(0)).toEqual({ cohort: '2025-01', size: 2, 0: 1, 1: 0.5, 2: 0.5 });
    expect(wide.row(1)).toEqual({ cohort: '2025-02', size: 1, 0: 1, 1: 0, 2: null });
    expect(revenueRates.row(0)).toEqual({ cohort: '2025-01', size: 2, 0: 1, 1: 0.1, 2: 4 / 30 });
  });
  it('window: bought in the last days of each period', () => {
    // Ends of months: 31 January, 28 February, 31 March; 20 days back: 12 January, 9 February, 12 March.
    expect(rates('window', { windowDays: 20 })).toEqual([['2025-01', 0, 2, 1], ['2025-01', 1, 2, 0], ['2025-01', 2, 2, 0], ['2025-02', 0, 1, 1], ['2025-02', 1, 1, 0], ['2025-03', 0, 1, 0]]);
    expect(rates('window', { windowDays: 60 })[1]).toEqual(['2025-01', 1, 2, 2]);
  });
  it('marks the period that runs, and keeps it out of the curve', () => {
    const running = retention(small, { asOf: '2025-03-15' });
    expect(running.meta.running).toBe('2025-03');
    expect(running.table.toColumns()['complete']).toEqual([true, true, false, true, false, false]);
    expect(running.curve.toRows()).toEqual([{ offset: 0, size: 3, active: 3, rate: 1, revenueRate: 1 }, { offset: 1, size: 2, active: 1, rate: 0.5, revenueRate: 0.1 }]);
    expect(running.diagnostics.warnings.map(({ code }) => code)).toContain('PERIOD_NOT_OVER');
    expect(retention(small, { asOf: '2025-03-31' }).meta.running).toBeUndefined();
    expect(running.rates.toRows().map((row) => [row['cohort'], row['running']])).toEqual([['2025-01', 2], ['2025-02', 1], ['2025-03', 0]]);
    expect(retention(small, { asOf: '2025-03-31' }).rates.has('running')).toBe(false);
    expect(retention(small, { asOf: '2025-03-15', cohort: 'channel' }).rates.has('running')).toBe(false);       // the running period waits
    expect(retention(logOf([['a', '2025-03-01', 1]], { carried: { channel: ['web'] } }), { cohort: 'channel' }).rates.row(0)).toMatchObject({ cohort: 'web', running: 0 });
  });
  it('speaks Chinese where it shows itself; the columns stay', () => {
    const kept = retention(small, { asOf: '2025-03-15', labels: 'zh' });
    expect(kept.toString().split('\n')[0]).toMatch(/^截至 2025-03-15（指定日期，数据来自 .*），4 位客户，按月留存率：当期购买$/);
    expect(kept.toString()).toContain('未结束的期');
    expect(kept.toHTML()).toContain('首次购买');
    expect(kept.rates.names).toEqual(['cohort', 'size', 'running', '0', '1', '2']);
    expect(() => retention(small, { labels: 'fr' as 'zh' })).toThrow("Use one of: 'en', 'zh'");
  });
  it('where follow-up is mixed an unbounded rate may rise, and it is said', () => {
    // By channel: s has a (back after five periods), and b, c, who came in the last but one and did not come back.
    const log = logOf([['a', '2025-01-05', 1], ['a', '2025-06-05', 1], ['b', '2025-05-05', 1], ['c', '2025-05-07', 1]], { carried: { channel: ['s', 's', 's', 's'] } });
    const byColumn = retention(log, { kind: 'unbounded', cohort: 'channel', asOf: '2025-06-30' });
    expect(byColumn.table.toRows().map((row) => [row['size'], row['active']])).toEqual([[3, 3], [3, 1], [1, 1], [1, 1], [1, 1], [1, 1]]);
    expect(byColumn.diagnostics.warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([expect.stringContaining('FOLLOW_UP_MIXED: customers of one "channel"')]);
    const byPeriod = retention(log, { kind: 'unbounded', asOf: '2025-06-30' });
    expect((byPeriod.curve.toColumns()['rate'] as Float64Array).slice(1, 3)).toEqual(Float64Array.of(1 / 3, 1));
    expect(byPeriod.diagnostics.warnings.at(-1)).toMatchObject({ code: 'FOLLOW_UP_MIXED', message: expect.stringContaining('the curve joins cohorts') as string });
    expect(retention(log, { asOf: '2025-06-30' }).diagnostics.warnings.map(({ code }) => code)).toEqual(['EMPTY_COHORTS']);
    expect(retention(logOf([['a', '2025-01-05', 1], ['b', '2025-01-09', 1]]), { kind: 'unbounded', asOf: '2025-03-31' }).diagnostics.warnings.map(({ code }) => code)).toEqual(['EMPTY_COHORTS']);
  });
  it.each(['bounded', 'unbounded'] as const)('cohorts by a column, %s: sizes never rise, the answer is that of sets, and a size that falls is said', (kind) => fc.assert(fc.property(logs, fc.array(fc.constantFrom('x', 'y', '__proto__'), { minLength: 60, maxLength: 60 }), (rows, values) => {
    const way = rows.map((_, i) => values[i]!);
    const kept = retention(logOf(rows, { carried: { way } }), { kind, cohort: 'way', asOf: '2025-12-31' });
    const bought = rows.flatMap(([c, day, amount], i) => (amount >= 0 ? [{ c, day, at: periodOf(day, 'month'), way: way[i]! }] : []));
    const last = periodOf(dayOfText('2025-12-31')!, 'month');
    const customers = [...new Set(bought.map(({ c }) => c))].map((c) => {
      const own = bought.filter((one) => one.c === c).sort((a, b) => a.day - b.day);
      return { way: own[0]!.way, first: own[0]!.at, at: own.map(({ at }) => at) };
    });
    const seen = kept.table.toRows();
    let falls = false;
    seen.forEach((row, i) => {
      const j = Number(row['offset']);
      const members = customers.filter((one) => one.way === row['cohort'] && one.first + j <= last);
      expect(row['size']).toBe(members.length);
      expect(row['active']).toBe(members.filter(({ first, at }) => at.some((p) => (kind === 'bounded' ? p === first + j : p >= first + j))).length);
      if (j === 0) return;
      expect(Number(row['size'])).toBeLessThanOrEqual(Number(seen[i - 1]!['size']));
      if (kind === 'unbounded') expect(Number(row['active'])).toBeLessThanOrEqual(Number(seen[i - 1]!['active']));
      falls ||= Number(row['size']) < Number(seen[i - 1]!['size']);
    });
    expect(kept.diagnostics.warnings.some(({ code, message }) => code === 'FOLLOW_UP_MIXED' && message.startsWith('customers of one'))).toBe(falls);
  }), { numRuns: 60 }));
  it('cohorts by a column take the value of the first purchase, and shrink to those who had the time', () => {
    expect(rates('bounded', { cohort: 'channel' })).toEqual([['web', 0, 3, 3], ['web', 1, 2, 1], ['web', 2, 1, 0], ['shop', 0, 1, 1], ['shop', 1, 1, 0], ['shop', 2, 1, 1]]);
    // Mid-March: March waits, so d (web) is not there yet.
    expect(rates('bounded', { cohort: 'channel', asOf: '2025-03-15' })).toEqual([['web', 0, 2, 2], ['web', 1, 1, 1], ['shop', 0, 1, 1], ['shop', 1, 1, 0]]);
  });
  it('says where periods have no new customers, and counts what it leaves out', () => {
    const gap = retention(logOf([['a', '2025-01-05', 1], ['b', '2025-03-05', 1], ['r', '2025-02-01', -1], ['a', '2026-01-01', 1], ['a', '2024-12-31', -1]]), { asOf: '2025-03-31' });
    expect(gap.rates.toColumns()['cohort']).toEqual(['2025-01', '2025-03']);
    expect(gap.diagnostics.warnings).toEqual([expect.objectContaining({ code: 'EMPTY_COHORTS' })]);
    expect(gap.diagnostics.rows.leftOut).toEqual({ 'after-as-of': 1, 'returns-before-first-purchase': 1 });
    expect(gap.diagnostics.customers).toEqual({ seen: 3, kept: 2, leftOut: { 'no-purchase': 1 } });
  });
  it('one customer, one order', () => {
    expect(retention(logOf([['__proto__', '2025-01-31', 0]]), { period: 'year' }).table.toRows()).toEqual([
      { cohort: '2025', offset: 0, period: '2025', size: 1, active: 1, rate: 1, revenue: 0, revenueRate: null, complete: false },
    ]);
  });
  it('refuses what it cannot count', () => {
    expect(() => retention(small, { kind: 'rolling' as 'window' })).toThrow("Use one of: 'bounded', 'unbounded', 'window'");
    expect(() => retention(small, { windowDays: 30 })).toThrow("goes with kind 'window'");
    expect(() => retention(small, { asOf: '2024-01-01' })).toThrow('no purchase of the log is left');
    expect(() => retention(small, { cohort: 'nothing' })).toThrow('column "nothing" is missing');
    expect(() => retention(logOf([['a', '1970-01-01', 1], ['a', '2099-01-01', 1]]), { period: 'week' })).toThrow('choose a longer period, or look for a wrong date');
    expect(() => retention({} as typeof small)).toThrow('not an order log');
  });
  it.each(['week', 'month', 'quarter', 'year'] as const)('by %s: unbounded is never below bounded, never rises; sizes add up; the answer is that of sets', (period: Period) => {
    fc.assert(fc.property(logs, fc.boolean(), (rows, later) => {
      const log = logOf(rows);
      const asOf = later ? { asOf: '2026-12-31' } : {};
      const bounded = retention(log, { period, ...asOf }).table.toRows();
      const unbounded = retention(log, { period, kind: 'unbounded', ...asOf }).table.toRows();
      expect(unbounded.length).toBe(bounded.length);
      const buyers = new Map<string, number[]>();
      for (const [c, day, amount] of rows) if (amount >= 0) buyers.set(c, [...(buyers.get(c) ?? []), periodOf(day, period)]);
      expect(bounded.filter((row) => row['offset'] === 0).reduce((sum, row) => sum + Number(row['size']), 0)).toBe(buyers.size);
      bounded.forEach((row, i) => {
        expect(Number(unbounded[i]!['active'])).toBeGreaterThanOrEqual(Number(row['active']));
        if (row['offset'] !== 0) expect(Number(unbounded[i]!['active'])).toBeLessThanOrEqual(Number(unbounded[i - 1]!['active']));
        else expect(row['rate']).toBe(1);
        const members = [...buyers.values()].filter((own) => Math.min(...own) === cohortCount(String(row['cohort']), period));
        const at = cohortCount(String(row['cohort']), period) + Number(row['offset']);
        expect(row['active']).toBe(members.filter((own) => own.includes(at)).length);
        expect(unbounded[i]!['active']).toBe(members.filter((own) => own.some((p) => p >= at)).length);
      });
    }), { numRuns: 60 });
  });
  it('does not depend on the order of the rows', () => fc.assert(fc.property(logs, (rows) => {
    const [one, other] = [retention(logOf(rows)).table.toRows(), retention(logOf([...rows].reverse())).table.toRows()];
    expect(other).toEqual(one);
  }), { numRuns: 50 }));
});

/** The count of a period from its name. */
function cohortCount(name: string, period: Period): number {
  const day = period === 'year' ? `${name}-01-01` : period === 'quarter' ? `${name.slice(0, 4)}-${String((Number(name.slice(6)) - 1) * 3 + 1).padStart(2, '0')}-01` : period === 'month' ? `${name}-01` : name;
  return periodOf(dayOfText(day)!, period);
}

describe('repeatRate and purchaseConversion', () => {
  it('by hand, by group, with Wilson limits', () => {
    const found = repeatRate({ frequency: [1, 1, 2, 5, 0], region: ['n', 's', 'n', 's', 's'] }, { by: 'region' });
    expect(found).toMatchObject({ customers: 4, repeatCustomers: 2, rate: 0.5, orders: 9, repeatOrderShare: 5 / 9 });
    expect(found.table.toColumns()['group']).toEqual(['all', 'n', 's']);
    const clash = repeatRate({ frequency: [1, 2, 3], region: ['all', 'b', 'all'] }, { by: 'region', labels: 'zh' });
    expect(clash.table.toRows().map((row) => [row['group'], row['overall'], row['customers']])).toEqual([['all', true, 3], ['all', false, 2], ['b', false, 1]]);
    expect(clash.toString()).toContain('再次购买客户数');
    expect(found.diagnostics.customers).toEqual({ seen: 5, kept: 4, leftOut: { 'no-purchase': 1 } });
    expect(found.low).toBeCloseTo(0.1500, 4);        // Wilson, 2 of 4 at 95 %
    expect(found.high).toBeCloseTo(0.8500, 4);
  });
  it('conversion, and only those who had the time', () => {
    const found = purchaseConversion({ frequency: [1, 1, 2, 5], tenure: [3, 400, 500, 600] });
    expect(found.table.toRows().map((row) => [row['order'], row['customers'], row['next']])).toEqual([[1, 4, 2], [2, 2, 1], [3, 1, 1], [4, 1, 1], [5, 1, 0]]);
    expect(found.diagnostics.warnings[0]!.code).toBe('RIGHT_CENSORED');
    expect(purchaseConversion({ frequency: [1, 1, 2, 5], tenure: [3, 400, 500, 600] }, { minTenureDays: 365, steps: 1 }).table.row(0)).toMatchObject({ customers: 3, next: 2 });
    const old = purchaseConversion({ frequency: [1, 2, 3, 0], tenure: [NaN, 10, 500, 800] }, { minTenureDays: 100, labels: 'zh' });
    expect(old.diagnostics.customers).toEqual({ seen: 4, kept: 1, leftOut: { 'no-purchase': 1, 'tenure-too-short': 1, 'no-tenure': 1 } });
    expect(old.toString()).toContain('有下一单的客户数');
    const summarized = purchaseConversion(summarize(small, { asOf: '2025-03-31' }), { minTenureDays: 60 });
    expect(summarized.diagnostics.customers).toEqual({ seen: 4, kept: 2, leftOut: { 'tenure-too-short': 2 } });
    expect(summarized.diagnostics.rows.read).toBe(7);
  });
  it('refuses counts that are none, and nobody', () => {
    expect(() => repeatRate({ frequency: [1, 1.5] })).toThrow('row 1: 1.5 is no count of orders');
    expect(() => repeatRate({ frequency: [-1] })).toThrow('no count');
    expect(() => repeatRate({ frequency: [NaN] })).toThrow('missing');
    expect(() => repeatRate({ frequency: [0, 0] })).toThrow('no customer with an order');
    expect(() => repeatRate({ frequency: [2] }, { by: 'region' })).toThrow('column "region" is missing');
    expect(() => purchaseConversion({ frequency: [1], tenure: [1] }, { minTenureDays: 5 })).toThrow('there are no rows');
  });
});

describe('interpurchase and regularity', () => {
  const log = logOf([['a', '2025-01-01', 10], ['a', '2025-01-11', 10], ['a', '2025-01-11', 5], ['a', '2025-01-31', 10], ['b', '2025-01-01', 3], ['c', '2025-01-01', 3], ['c', '2025-01-03', 3]]);
  it('gaps of distinct days; the pooled mean weighs gaps, the other customers', () => {
    const found = interpurchase(log);
    expect(found.table.toRows()).toEqual([
      { customer: 'a', gaps: 2, mean: 15, median: 15, p80: 18, open: 0 }, { customer: 'b', gaps: 0, mean: null, median: null, p80: null, open: 30 }, { customer: 'c', gaps: 1, mean: 2, median: 2, p80: 2, open: 28 },
    ]);
    expect(found.pooled.row(0)).toMatchObject({ gaps: 3, mean: 32 / 3, median: 10, customerMean: 8.5 });
    expect(interpurchase(logOf([['a', '2025-01-01', 1]])).pooled.row(0)).toEqual({ gaps: 0, mean: null, sd: null, median: null, p80: null, p90: null, customerMean: null });
  });
  it('regularity: variation needs three days', () => {
    const rows = regularity(summarize(log), { labels: 'zh' }).toRows();
    expect(rows.map((row) => [row['customer'], row['regularity'], row['label']])).toEqual([['a', 'regular', '规律'], ['b', 'too_few', '购买次数不足'], ['c', 'too_few', '购买次数不足']]);
    expect(rows[0]!['variation']).toBeCloseTo(Math.sqrt(50) / 15, 12);
    expect(rows[0]!['monetary']).toBeCloseTo(35 / 4, 12);
  });
});

describe('customerRetention', () => {
  it('(end - joined) / start; nobody at the start is refused', () => {
    expect(customerRetention({ start: 200, end: 190, joined: 20 })).toBe(0.85);
    expect(() => customerRetention({ start: 0, end: 5, joined: 5 })).toThrow('a share of nobody is not defined');
    expect(() => customerRetention({ start: 10, end: 20, joined: 5 })).toThrow('would have stayed');
  });
});
