import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladder, lifecycleStage, stageHistory, LIFECYCLE_STAGES, RUNGS } from '../../src/loyalty/index.js';
import { logOf } from '../transactions/log.js';

const every = (customer: string, from: number, gap: number, times: number, amount: (i: number) => number = () => 10): (readonly [string, number, number])[] => Array.from({ length: times }, (_, i) => [customer, from + i * gap, amount(i)] as const);
const AS_OF = '2026-01-01';                            // day 20454
const END = 20454;

describe('ladder', () => {
  const log = logOf([
    ['new', END - 30, 5], ['waiting', END - 200, 5], ...every('regular', END - 300, 100, 4), ...every('old', END - 800, 200, 5), ...every('loyal', END - 900, 50, 19), ['gone', END - 400, 9],
    ['back', END - 700, 9], ['back', END - 20, 9], ['returned', END - 5, -3],
  ]);
  it('one rung each, with the reason', () => {
    const found = ladder(log, { asOf: AS_OF, roster: ['lead', 'new'] });
    expect(found.table.toRows().map((row) => [row['customer'], row['rung'], row['state'], row['reason']])).toEqual([
      ['new', 'new', 'new', 'first order 30 days ago'], ['waiting', 'new', 'new', 'first order 200 days ago, 1 orders in the last 365: not regular yet'],
      ['regular', 'regular', 'loyal', '4 orders in the last 365 days'], ['old', 'long_standing', 'loyal', 'customer for 800 days, 2 orders in the last 365'],
      ['loyal', 'loyal', 'loyal', 'customer for 900 days, 8 orders in the last 365'], ['gone', 'lapsed', 'churned', 'no order for 400 days'],
      ['back', 'won_back', 'new', 'back 20 days ago after 680 days away'], ['lead', 'potential', 'prospect', 'no order yet'],
    ]);
    expect(found.rungs.toRows().map((row) => row['customers'])).toEqual([1, 2, 1, 1, 1, 1, 1]);
    expect(found.diagnostics.customers).toEqual({ seen: 9, kept: 8, leftOut: { 'no-purchase': 1 } });
  });
  it('what is known besides orders: share of wallet lifts, an answer below 9 holds back', () => {
    const rung = (attributes: Record<string, (string | number)[]>): unknown[] => ladder(log, { asOf: AS_OF, attributes: attributes as Record<string, number[]> }).table.toRows().filter((row) => ['old', 'loyal'].includes(String(row['customer']))).map((row) => row['rung']);
    expect(rung({ customer: ['old'], shareOfWallet: [0.6] })).toEqual(['loyal', 'loyal']);
    expect(rung({ customer: ['old', 'loyal'], recommend: [10, 8] })).toEqual(['long_standing', 'long_standing']);
    expect(rung({ customer: ['loyal'], recommend: [9] })).toEqual(['long_standing', 'loyal']);
  });
  it('attributes off their scale, twice, of nobody or without a column', () => {
    const of = (attributes: Record<string, (string | number | null)[]>) => ladder(log, { asOf: AS_OF, attributes: attributes as Record<string, number[]> });
    expect(() => of({ customer: ['old'], shareOfWallet: [55] })).toThrow('column "shareOfWallet", row 0: 55 is not from 0 to 1');
    expect(() => of({ customer: ['old', 'loyal'], recommend: [9, 99] })).toThrow('column "recommend", row 1: 99 is not from 0 to 10');
    expect(() => of({ customer: ['old', 'old'], recommend: [9, 1] })).toThrow('row 1: customer "old" stands there twice');
    expect(() => of({ customer: ['old'], share_of_wallet: [0.5] })).toThrow('Give a column shareOfWallet or recommend');
    expect(of({ customer: ['old', 'zz', '__proto__'], recommend: [9, 9, 9] }).diagnostics.warnings).toEqual([{ code: 'ATTRIBUTES_UNKNOWN', message: '2 of 3 customers with attributes are neither in the log nor in the roster. Check their ids.' }]);
    expect(of({ customer: ['old'], recommend: [null] }).diagnostics.warnings).toEqual([]);
    expect(stageHistory(log, { of: 'ladder', dates: ['2025-06-01', AS_OF], rules: { asOf: AS_OF, attributes: { customer: ['zz'], recommend: [9] } } }).diagnostics.warnings.map(({ code }) => code)).toEqual(['ATTRIBUTES_UNKNOWN']);
  });
  it('speaks Chinese over the same keys', () => {
    const text = ladder(log, { asOf: AS_OF, labels: 'zh' }).toString();
    expect(text).toContain('截至 2026-01-01，7 位客户');
    expect(text).toContain('客户数');
    const row = ladder(log, { asOf: AS_OF, labels: 'zh' }).table.row(3);
    expect(row).toMatchObject({ rung: 'long_standing', label: '老客户', stateLabel: '留存', reason: '已是客户 800 天，近 365 天下单 2 次' });
  });
  it('counts orders by id, once', () => {
    const lines = logOf([['a', END - 10, 1], ['a', END - 10, 1], ['a', END - 5, 1]], { order: ['1', '1', '2'] });
    expect(ladder(lines, { asOf: AS_OF, regularOrders: 3 }).table.cell('rung', 0)).toBe('new');
    expect(ladder(lines, { asOf: AS_OF, regularOrders: 2 }).table.cell('rung', 0)).toBe('regular');
  });
  it('refuses limits that are none', () => {
    expect(() => ladder(log, { lapsedDays: 0 })).toThrow('lapsedDays');
    expect(() => ladder(log, { loyalWallet: 2 })).toThrow('from 0 to 1');
    expect(() => ladder(log, { roster: [1, 2] })).toThrow('Give ids as text');
  });
});

describe('lifecycleStage', () => {
  // Gaps of 10 days: periods of 20 days; asOf is the day after the last order of most.
  const log = logOf([
    ...every('stable', END - 399, 10, 40), ...every('growing', END - 399, 10, 40, (i) => 5 + 5 * Math.floor(i / 2)), ...every('silent', END - 399, 10, 20), ...every('fading', END - 399, 10, 36), ['fading', END - 35, 2], ['fading', END - 15, 2],
    ['young', END - 12, 5], ['young', END - 12, 5], ['young', END - 12, 5], ['two', END - 50, 5], ['two', END - 15, 5], ...every('wild', END - 399, 10, 40, (i) => ((i >> 1) % 2 === 0 ? 1 : 60)),
  ]);
  it('by the rules, in their order, with the reason', () => {
    const found = lifecycleStage(log, { asOf: AS_OF });
    expect(found.limits).toMatchObject({ periodDays: 20, medianGap: 10 });
    expect(Object.fromEntries(found.table.toRows().map((row) => [row['customer'], row['stage']]))).toEqual({
      stable: 'stable', growing: 'formation', silent: 'decline', fading: 'decline', young: 'exploration', two: 'exploration', wild: 'formation',
    });
    const reason = Object.fromEntries(found.table.toRows().map((row) => [row['customer'], String(row['reason'])]));
    expect(reason['silent']).toBe('silent for 209 days, usual gap 10');
    expect(reason['fading']).toContain('last two periods at 10 %');
    expect(reason['two']).toBe('2 orders so far');
    expect(reason['young']).toBe('customer for 12 days only, usual gap 10');
    expect(reason['wild']).toContain('unsettled');
    expect(found.table.row(0)).toMatchObject({ periods: 20, mean: 20, slope: 0, variation: 0 });
  });
  it('prospects have no order; where nobody bought twice everyone explores, with a warning', () => {
    expect(lifecycleStage(log, { asOf: AS_OF, roster: ['lead'], labels: 'zh' }).table.row(7)).toMatchObject({ customer: 'lead', stage: 'prospect', label: '潜在客户', reason: '尚无订单' });
    const once = lifecycleStage(logOf([['a', 20000, 1], ['b', 20100, 1]]));
    expect(once.table.toColumns()['stage']).toEqual(['exploration', 'exploration']);
    expect(once.diagnostics.warnings[0]!.code).toBe('NO_GAPS');
    expect(once.toString()).toContain('2 customers as of 2025-01-12, no usual gap known');
    expect(lifecycleStage(logOf([['a', 20000, 1]]), { labels: 'zh' }).toString()).toMatch(/^截至 2024-10-04，1 位客户，尚无平常间隔\n.*阶段代码/);
  });
  it('one own gap judges nobody: below minGaps the 80 % gap of all stands in', () => {
    const quiet = logOf([...every('a', END - 5, 1, 2), ...every('b', END - 300, 100, 4)]);
    const stage = (options: object): unknown => lifecycleStage(quiet, { asOf: AS_OF, ...options }).table.cell('stage', 0);
    expect(stage({})).toBe('exploration');                // 4 quiet days against gaps of 100
    expect(stage({ minGaps: 1 })).toBe('decline');        // against the own gap of a day
    expect(lifecycleStage(quiet, { asOf: AS_OF }).limits.p80Gap).toBe(100);
    // Three gaps of a day are a habit.
    expect(lifecycleStage(logOf([...every('a', END - 8, 1, 4), ...every('b', END - 900, 100, 10)]), { asOf: AS_OF }).table.row(0)).toMatchObject({ stage: 'decline', reason: 'silent for 5 days, usual gap 1' });
    expect(() => lifecycleStage(quiet, { minGaps: 0 })).toThrow('minGaps');
  });
});

describe('stageHistory', () => {
  it('each date by what was known then; who came, moved and stayed', () => {
    const log = logOf([['a', '2024-01-10', 5], ['a', '2024-02-10', 5], ['a', '2024-03-10', 5], ['b', '2024-02-20', 5]]);
    const found = stageHistory(log, { of: 'ladder', dates: ['2024-01-31', '2024-02-29', '2024-03-31'], rules: { asOf: '2024-03-31' } });
    expect(found.distribution.toRows().filter((row) => row['customers'] !== 0).map((row) => [row['date'], row['stage'], row['customers']])).toEqual([['2024-01-31', 'new', 1], ['2024-02-29', 'new', 2], ['2024-03-31', 'new', 1], ['2024-03-31', 'regular', 1]]);
    expect(found.transitions.toRows().map((row) => [row['to'], row['fromStage'], row['toStage'], row['customers'], row['change']])).toEqual([
      ['2024-02-29', null, 'new', 1, 'entered'], ['2024-02-29', 'new', 'new', 1, 'same'], ['2024-03-31', 'new', 'new', 1, 'same'], ['2024-03-31', 'new', 'regular', 1, 'up'],
    ]);
    expect(stageHistory(log, { rules: { asOf: '2024-03-31' } }).dates).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
    expect(() => stageHistory(log, { dates: ['2024-05-01'] })).toThrow('where the log ends');
    expect(() => stageHistory(log, { of: 'ladder', rules: { lapsdDays: 5 } as object })).toThrow('there is no option "lapsdDays"');
    expect(() => stageHistory(log, { of: 'ladder', rules: { silentGaps: 5 } })).toThrow('there is no option "silentGaps"');
    expect(() => stageHistory(log, { rules: { lapsedDays: 5 } })).toThrow('there is no option "lapsedDays"');
    expect(() => stageHistory(log, { rules: null as unknown as object })).toThrow('option rules is null');
    expect(stageHistory(log, { rules: { asOf: '2024-03-31', silentGaps: 3, minGaps: 2 } }).dates).toHaveLength(3);
    expect(() => stageHistory(log, { dates: ['2024-02-01', '2024-01-01'] })).toThrow('ascending');
  });
});

const logs = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 19000, max: 20454 }), fc.integer({ min: -50, max: 500 })), { minLength: 1, maxLength: 80, size: 'max' })
  .map((rows) => rows.map(([c, day, cents]) => [`c${c}`, day, cents / 100] as const)).filter((rows) => rows.some(([, , amount]) => amount >= 0));
describe('every customer is on exactly one stage', () => {
  it('of the ladder and of the life cycle, and the history of the last day says the same', () => fc.assert(fc.property(logs, (rows) => {
    const log = logOf(rows);
    const buyers = new Set(rows.filter(([, , amount]) => amount >= 0).map(([c]) => c)).size;
    const [rungs, stages] = [ladder(log, { asOf: AS_OF }), lifecycleStage(log, { asOf: AS_OF })];
    for (const [found, name, keys] of [[rungs.table, 'rung', RUNGS], [stages.table, 'stage', LIFECYCLE_STAGES]] as const) {
      expect(found.numRows).toBe(buyers);
      for (const row of found.toRows()) {
        expect(keys).toContain(row[name]);
        expect(String(row['reason'])).not.toMatch(/NaN|undefined|^$/);
      }
    }
    const last = (of: 'ladder' | 'lifecycle'): unknown[] => stageHistory(log, { of, dates: [AS_OF], rules: { asOf: AS_OF } }).distribution.toRows().map((row) => row['customers']);
    expect(last('ladder')).toEqual(rungs.rungs.toRows().map((row) => row['customers']));
    expect(last('lifecycle')).toEqual(stages.stages.toRows().map((row) => row['customers']));
  }), { numRuns: 100 }));
});
