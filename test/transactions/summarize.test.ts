import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText } from '../../src/core/index.js';
import { numbersOf } from '../../src/columns/index.js';
import { summarize, type Customers, type SummarizeOptions } from '../../src/transactions/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';
import { logOf } from './log.js';

describe('summarize', () => {
  it('gives one row per customer in order of first appearance', () => {
    const customers = summarize(logOf([['b', '2026-01-05', 10], ['a', '2026-01-01', 20], ['b', '2026-01-11', 30], ['b', '2026-01-21', 50]]));
    expect(customers.toRows()).toEqual([
      { customer: 'b', first: '2026-01-05', last: '2026-01-21', recency: 0, tenure: 16, span: 16, frequency: 3, repeats: 2, monetary: 90, meanRepeatSpend: 40, gapMean: 8, gapSd: Math.sqrt(8) },
      { customer: 'a', first: '2026-01-01', last: '2026-01-01', recency: 20, tenure: 20, span: 0, frequency: 1, repeats: 0, monetary: 20, meanRepeatSpend: 0, gapMean: null, gapSd: null },
    ]);
    expect(customers.meta).toMatchObject({ asOf: '2026-01-21', asOfSource: 'last-order', frequency: 'rows' });
    expect(customers.toString().split('\n')[0]).toBe('2 customers as of 2026-01-21 (last order in rows)');
  });

  it('nets returns in money only, and a return never makes a customer', () => {
    const log = logOf([['a', '2026-01-01', 20], ['a', '2026-01-09', -5], ['b', '2026-01-03', -7], ['c', '2026-01-02', -1], ['c', '2026-01-04', 9]]);
    const customers = summarize(log);
    expect(customers.toColumns()).toMatchObject({ customer: ['a', 'c'], monetary: Float64Array.of(15, 8), last: ['2026-01-01', '2026-01-04'], frequency: [1, 1] });
    expect(customers.diagnostics.customers).toEqual({ seen: 3, kept: 2, leftOut: { 'no-purchase': 1 } });
    expect(customers.meta.asOf).toBe('2026-01-09');
    const excluded = summarize(log, { returns: 'exclude' });
    expect(excluded.toColumns()['monetary']).toEqual(Float64Array.of(20, 9));
    expect(excluded.diagnostics.rows.leftOut).toEqual({ returns: 3 });
  });

  it('counts distinct order ids, a missing id alone, and an id shared by two customers for each', () => {
    const rows = [['a', '2026-01-01', 1], ['a', '2026-01-01', 2], ['a', '2026-01-02', 3], ['b', '2026-01-02', 4], ['b', '2026-01-02', 5], ['a', '2026-01-03', -1]] as const;
    const customers = summarize(logOf(rows, { order: ['1', '1', '2', '2', null, '9'] }));
    expect(customers.toColumns()).toMatchObject({ customer: ['a', 'b'], frequency: [2, 2], repeats: [1, 0], monetary: Float64Array.of(5, 9) });
    expect(customers.meta.frequency).toBe('orders');
    expect(summarize(logOf(rows), { frequency: 'days' }).toColumns()['frequency']).toEqual([2, 1]);
  });

  it('leaves out and counts rows after asOf, before from, and zero orders', () => {
    const log = logOf([['a', '2026-01-01', 5], ['a', '2026-01-10', 0], ['a', '2026-01-20', 7], ['b', '2026-02-01', 9]]);
    const customers = summarize(log, { from: '2026-01-05', asOf: '2026-01-31', zeroOrders: 'drop' });
    expect(customers.toRows()).toMatchObject([{ customer: 'a', frequency: 1, recency: 11, monetary: 7 }]);
    expect(customers.diagnostics.rows).toEqual({ read: 4, used: 1, refused: 0, leftOut: { 'after-as-of': 1, 'before-from': 1, 'zero-orders': 1 } });
    expect(summarize(log).row(0)).toMatchObject({ customer: 'a', frequency: 3 });
  });

  it('lists a roster: prospects have frequency 0 and recency missing', () => {
    const customers = summarize(logOf([['a', '2026-01-01', 5], ['b', '2026-01-02', -3]]), { roster: ['z', 'b', 'a', 'z'] });
    expect(customers.toColumns()).toMatchObject({ customer: ['a', 'b', 'z'], frequency: [1, 0, 0], monetary: Float64Array.of(5, -3, 0), last: ['2026-01-01', null, null], recency: Float64Array.of(1, NaN, NaN) });
    expect(customers.diagnostics.customers).toEqual({ seen: 3, kept: 3, leftOut: {} });
  });

  it('carries each customer\'s latest present value', () => {
    const log = logOf([['a', '2026-01-05', 1], ['a', '2026-01-01', 1], ['a', '2026-01-09', 1], ['b', '2026-01-01', 1]], { carried: { name: ['Ann', 'An', null, null], city: ['X', 'Y', 'Z', 'W'] } });
    expect(summarize(log).toColumns()).toMatchObject({ name: ['Ann', null], city: ['Z', 'W'] });
    expect(summarize(log, { carry: ['city'] }).has('name')).toBe(false);
    expect(() => summarize(log, { carry: ['mail'] })).toThrow('summarize: column "mail" cannot be carried (carried by the log: name, city).');
  });

  it('divides by frequency where monetary is the mean', () => {
    expect(summarize(logOf([['a', '2026-01-01', 10], ['a', '2026-01-02', 20]]), { monetary: 'mean' }).row(0)).toMatchObject({ monetary: 15 });
  });

  it('counts hours where the log does, in days of fractions', () => {
    const customers = summarize(logOf([['a', 480_000, 1], ['a', 480_006, 1], ['a', 480_030, 1]], { resolution: 'hour' }));
    expect(customers.row(0)).toMatchObject({ span: 1.25, repeats: 2, gapMean: 0.625, recency: 0 });
    expect(summarize(logOf([['a', 480_000, 1], ['a', 480_006, 1]], { resolution: 'hour' }), { frequency: 'days' }).row(0)).toMatchObject({ frequency: 1, repeats: 1 });
  });

  it('says when rows look like line items', () => {
    const lines = logOf([['a', '2026-01-01', 1], ['a', '2026-01-01', 2], ['b', '2026-01-02', 3], ['b', '2026-01-02', 3]]);
    expect(summarize(lines).diagnostics.warnings).toMatchObject([{ code: 'LINES_NOT_ORDERS' }]);
    expect(summarize(lines, { frequency: 'days' }).diagnostics.warnings).toEqual([]);
  });

  it('adds whole cents exactly, in any order, and other amounts beside them', () => {
    const cents = [['a', '2026-01-01', 0.1], ['a', '2026-01-02', 0.2], ['a', '2026-01-03', 1e9], ['a', '2026-01-04', -0.07]] as const;
    expect(summarize(logOf(cents)).row(0)).toMatchObject({ monetary: 1_000_000_000.23, meanRepeatSpend: 1_000_000_000.13 / 2 });
    expect(summarize(logOf([...cents].reverse())).row(0)).toMatchObject({ monetary: 1_000_000_000.23 });
    expect(summarize(logOf([['a', '2026-01-01', 0.1], ['a', '2026-01-02', 0.125], ['a', '2026-01-03', 0.2]])).row(0)).toMatchObject({ monetary: 0.3 + 0.125, meanRepeatSpend: (0.2 + 0.125) / 2 });
  });

  it('keeps ids such as __proto__ and constructor apart', () => {
    const customers = summarize(logOf([['__proto__', '2026-01-01', 1], ['constructor', '2026-01-01', 2], ['客户甲', '2026-01-01', 3], ['__proto__', '2026-01-02', 4]]));
    expect(customers.toColumns()).toMatchObject({ customer: ['__proto__', 'constructor', '客户甲'], monetary: Float64Array.of(5, 2, 3) });
  });

  it('refuses what it cannot answer, naming the option', () => {
    const log = logOf([['a', '2026-01-01', 1]]);
    expect(() => summarize(log, { asOf: '2026-02-30' })).toThrow("summarize: option asOf is \"2026-02-30\". Give an existing day as 'YYYY-MM-DD' text.");
    expect(() => summarize(log, { from: '2026-01-02' })).toThrow('the window starts on 2026-01-02, after it ends (2026-01-01)');
    expect(() => summarize(log, { asOf: '2025-01-01' })).toThrow('no row of the log is left (1 after-as-of). Widen the window');
    const returned = logOf([['a', '2026-01-01', -5], ['b', '2026-01-02', 0]]);
    expect(() => summarize(returned.take([0]), { returns: 'exclude' })).toThrow("no row of the log is left (1 returns). Check the sign of the amounts (purchases are not below 0), or use returns: 'net'.");
    expect(() => summarize(returned, { returns: 'exclude', zeroOrders: 'drop' })).toThrow(/returns: 'net'\. Use zeroOrders: 'keep'\.$/);
    expect(() => summarize(returned, { returns: 'exclude', asOf: '2026-01-01' })).toThrow(/Widen the window with asOf and from\..*returns: 'net'|returns: 'net'\. Widen the window/);
    expect(() => summarize(log, { return: 'net' } as SummarizeOptions)).toThrow('there is no option "return"');
    expect(() => summarize(log, { returns: 'keep' } as unknown as SummarizeOptions)).toThrow("Use one of: 'net', 'exclude'.");
    expect(() => summarize([] as never)).toThrow('this is not an order log');
    expect(() => summarize(logOf([]))).toThrow('the order log has no rows');
    expect(() => summarize(log, { roster: [null] })).toThrow('roster entry 0 is null');
  });
});

const logs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'é', '客'), fc.integer({ min: 20_000, max: 20_040 }), fc.integer({ min: -50, max: 200 })), { minLength: 1, maxLength: 60, size: 'max' });

describe('summarize against a plain reading of its definition', () => {
  it('agrees on any log, in any order', () => fc.assert(fc.property(logs, (rows) => {
    const asOf = Math.max(...rows.map(([, day]) => day));
    const expected = [...new Set(rows.map(([id]) => id))].flatMap((id) => naive(rows.filter((row) => row[0] === id), asOf));
    if (expected.length === 0) return;
    const rowsOf = summarize(logOf(rows)).toRows();
    const withoutSd = (row: object): object => ({ ...row, gapSd: undefined });
    expect(rowsOf.map(withoutSd)).toEqual(expected.map(withoutSd));
    rowsOf.forEach(({ gapSd }, i) => (expected[i]!.gapSd === null ? expect(gapSd).toBeNull() : expect(gapSd).toBeCloseTo(expected[i]!.gapSd!, 9)));
  })));
});

/** The definition, word by word, on whole amounts. */
function naive(rows: readonly (readonly [string, number, number])[], asOf: number) {
  const bought = rows.filter(([, , amount]) => amount >= 0);
  if (bought.length === 0) return [];
  const days = [...new Set(bought.map(([, day]) => day))].sort((a, b) => a - b);
  const first = days[0]!;
  const last = days[days.length - 1]!;
  const gaps = days.slice(1).map((day, i) => day - days[i]!);
  const mean = gaps.reduce((s, g) => s + g, 0) / gaps.length;
  const repeat = rows.filter(([, day]) => day > first).reduce((s, [, , amount]) => s + amount, 0);
  return [{
    customer: rows[0]![0], first: dateText(first), last: dateText(last), recency: asOf - last, tenure: asOf - first, span: last - first,
    frequency: bought.length, repeats: gaps.length, monetary: rows.reduce((s, [, , amount]) => s + amount, 0),
    meanRepeatSpend: gaps.length === 0 ? 0 : repeat / gaps.length, gapMean: gaps.length === 0 ? null : mean,
    gapSd: gaps.length < 2 ? null : Math.sqrt(gaps.reduce((s, g) => s + (g - mean) ** 2, 0) / (gaps.length - 1)),
  }];
}

const column = (customers: Customers, name: string): Map<string, number> =>
  new Map((customers.toColumns()['customer'] as string[]).map((id, i) => [id, numbersOf('test', customers, name)[i]!]));

describe.skipIf(!hasReference)('summarize against the reference', () => {
  for (const set of ['cdnow-sample', 'cdnow-master']) {
    it(`gives the x, t_x, T and mean spend of ${set}`, () => {
      const log = logOf(referenceRows(`clv/${set}/transactions.csv`).map((r) => [r['customer_id']!, r['date']!, Number(r['amount'])]));
      const customers = summarize(log, { asOf: '1997-09-30' });
      const expected = referenceRows(`clv/${set}/summary.csv`);
      expect(customers.numRows).toBe(expected.length);
      const [repeats, span, tenure, spend] = ['repeats', 'span', 'tenure', 'meanRepeatSpend'].map((name) => column(customers, name));
      const first = new Map((customers.toColumns()['customer'] as string[]).map((id, i) => [id, customers.cell('first', i)]));
      for (const row of expected) {
        const id = row['customer_id']!;
        expect([first.get(id), repeats!.get(id), span!.get(id), tenure!.get(id)]).toEqual([row['first_date'], Number(row['frequency']), Number(row['recency_days']), Number(row['T_days'])]);
        expect(Math.abs(spend!.get(id)! - Number(row['monetary_value']))).toBeLessThanOrEqual(1e-12 * Math.max(1, Number(row['monetary_value'])));
      }
    });
  }
  it('gives the lengths, ages and gaps of the rfm orders', () => {
    const log = logOf(referenceRows('rfm/inputs/orders.csv').map((r) => [r['customer_id']!, r['order_date']!, Number(r['revenue'])]));
    const customers = summarize(log, { asOf: '2006-12-31' });
    const expected = referenceJson<Record<string, (number | null)[]> & { customer_id: string[] }>('rfm/expected/lrfmp_orders.json');
    for (const [name, key] of [['span', 'L_days_first_to_last'], ['tenure', 'T_age_days_first_to_analysis'], ['gapMean', 'P_mean_gap_days'], ['gapSd', 'P_sd_gap_days_ddof1']] as const) {
      const ours = column(customers, name);
      expected.customer_id.forEach((id, i) => {
        const value = expected[key]![i] ?? NaN;
        if (Number.isNaN(value)) expect(ours.get(id)).toBeNaN();
        else expect(Math.abs(ours.get(id)! - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, value));
      });
    }
  });
});
