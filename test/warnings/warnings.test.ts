import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ewma, judgeWarnings, warnings, type WarningRule } from '../../src/warnings/index.js';
import { logOf as customerLog } from '../../src/warnings/customer-log.js';
import { makeJudges } from '../../src/warnings/make-judges.js';
import { poissonTail } from '../../src/warnings/frequency-drop.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';

type Row = readonly [string, number, number];
const every = (id: string, gap: number, from: number, to: number, amount = 10): Row[] => Array.from({ length: Math.floor((to - from) / gap) + 1 }, (_, i) => [id, from + i * gap, amount] as const);
const day0 = 20000;
const example = exampleOrders({ customers: 300, seed: 4 });

describe('warnings', () => {
  // Two who buy every 10 days: one stopped 45 days ago, one 5 days ago; a newcomer with one order 45 days ago.
  const log = logOf([...every('gone', 10, day0, day0 + 100), ...every('here', 10, day0, day0 + 140), ['new', day0 + 100, 5]]);
  it('overdue holds silence against the own habit: 45 days are 4.5 times 10', () => {
    const found = warnings(log, { asOf: '2025-02-27', rules: [{ rule: 'overdue', fallback: 'none' }] });
    expect(found.table.toRows()).toEqual([expect.objectContaining({ customer: 'gone', severity: 'critical', stage: 'lost', value: 46, base: 10, limit: 30, score: 4.6, history: 'own' })]);
    expect(found.table.cell('reason', 0)).toBe('46 days since the last order, 4.6 times the usual 10');
    expect(found.rules.row(0)).toMatchObject({ customers: 3, judged: 2, tooLittle: 1, critical: 1 });
  });
  it('a customer with too little history is judged by all customers and it says so, or not at all', () => {
    const rows = warnings(log, { asOf: '2025-02-27', rules: [{ rule: 'overdue' }] }).table.toRows();
    expect(rows.find((r) => r['customer'] === 'new')).toMatchObject({ history: 'pooled', severity: 'critical', reason: expect.stringContaining('held against all customers') });
  });
  it('with segments, few gaps are held against those of the segment, where it has 10 of them', () => {
    // Weekly and monthly buyers; one newcomer to each, silent for 20 days; one to a segment of nobody else, one to none.
    const steady = [...every('w1', 7, day0, day0 + 140), ...every('m1', 30, day0 - 330, day0 + 150)];
    const rows: Row[] = [...steady, ...['wn', 'mn', 'xn', 'nn'].map((id) => [id, day0 + 150, 5] as const)];
    const segments = { customer: ['w1', 'wn', 'm1', 'mn', 'xn', 'unknown'], segment: ['weekly', 'weekly', 'monthly', 'monthly', 'other', 'weekly'] };
    const told = warnings(logOf(rows), { asOf: '2025-03-23', from: 'info', rules: [{ rule: 'overdue', segments }] }).table.toRows();
    const of = (id: string): Record<string, unknown> | undefined => told.find((r) => r['customer'] === id);
    expect(of('wn')).toMatchObject({ history: 'segment', value: 20, base: 3.5, severity: 'critical', reason: '20 days since the last order; only 0 own gaps, so held against the segment' });
    expect(of('mn')).toMatchObject({ history: 'segment', base: 15, severity: 'watch' });
    // The pooled 90 % quantile of 20 gaps of 7 and 16 of 30 days is 30.
    for (const id of ['xn', 'nn']) expect(of(id)).toMatchObject({ history: 'pooled', base: 15 });
    expect(() => warnings(logOf(rows), { rules: [{ rule: 'overdue', segments: { customer: ['a', 'a'], segment: ['x', 'y'] } }] })).toThrow('customer "a" stands twice');
    expect(() => warnings(logOf(rows), { rules: [{ rule: 'overdue', segments: { customer: ['a'] } }] })).toThrow('column "segment" is missing');
  });
  it('gaps are counted before 1970 as after it', () => {
    const early = judgeWarnings(logOf([...every('a', 10, -41, 59), ['new', 59, 1]]), { rules: [{ rule: 'overdue' }] });
    expect(early.pooledGap).toBe(10);
  });
  it('frequency-drop by default: silence over 5 own gaps is critical, one purchase a warning, two are content', () => {
    for (const [seen, severity] of [[0, 'critical'], [1, 'warn'], [2, undefined]] as const) {
      // 20 gaps of 10 days, then a window of 50 days in which so many purchases came.
      const rows: Row[] = [...every('a', 10, day0, day0 + 200), ...Array.from({ length: seen }, (_, i) => ['a', day0 + 201 + i, 1] as const), ['b', day0 + 250, 1]];
      const found = warnings(logOf(rows), { rules: [{ rule: 'frequency-drop', windowDays: 50 }] }).table.toRows();
      expect(found.map((r) => [r['customer'], r['severity']])).toEqual(severity === undefined ? [] : [['a', severity]]);
    }
    const { rules: [standard] } = judgeWarnings(logOf([...every('a', 10, day0, day0 + 200), ['b', day0 + 250, 1]]), { rules: [{ rule: 'frequency-drop' }] });
    expect(standard!.score[0]).toBeCloseTo(Math.exp(-5), 12);
  });
  it('counts rows after asOf as left out, and inherits the last date', () => {
    expect(warnings(log, { asOf: '2024-11-01' }).diagnostics.rows.leftOut['after-as-of']).toBeGreaterThan(0);
    expect(warnings(log).meta).toMatchObject({ asOf: '2025-02-21', asOfSource: 'last-order' });
  });
  it('frequency-drop: 3 own gaps without an order where 3 are expected is p = e^-3', () => {
    // Ten repeats in 100 days, then 30 days of nothing: 3 expected, none seen.
    const { rules: [rule] } = judgeWarnings(logOf([...every('a', 10, day0, day0 + 100), ['b', day0 + 130, 1]]), { rules: [{ rule: 'frequency-drop', windowDays: 30 }] });
    expect(rule!.score[0]).toBeCloseTo(Math.exp(-3), 12);
    expect(rule!.score[1]).toBeNaN();
    expect(poissonTail(0, 3)).toBeCloseTo(Math.exp(-3), 15);
    expect(poissonTail(2, 3)).toBeCloseTo(Math.exp(-3) * (1 + 3 + 4.5), 15);
  });
  it('spend-drop by ratio, its median base not moved by one big order', () => {
    const rows: Row[] = [...every('a', 10, day0, day0 + 200, 10), ['a', day0 + 55, 5000]];
    const score = (base: 'mean' | 'median'): number => judgeWarnings(logOf(rows), { rules: [{ rule: 'spend-drop', test: 'ratio', base, windowDays: 40 }] }).rules[0]!.score[0]!;
    expect(score('median')).toBeCloseTo(1, 10);
    expect(score('mean')).toBeLessThan(0.05);
  });
  it('charts: a customer who stops after two steady years alarms by EWMA, CUSUM and Shewhart', () => {
    const steady: Row[] = Array.from({ length: 24 }, (_, m) => Array.from({ length: 3 + (m % 2) }, (__, k) => ['a', day0 + 30 * m + 1 + k, 10] as const)).flat();
    const rules: WarningRule[] = [{ rule: 'ewma' }, { rule: 'cusum' }, { rule: 'shewhart' }];
    const found = warnings(logOf([...steady, ['b', day0 + 30 * 30, 1]]), { rules });
    expect(found.table.toRows().filter((r) => r['customer'] === 'a').map((r) => r['rule']).sort()).toEqual(['cusum', 'ewma', 'shewhart']);
    expect(found.rules.toColumns()['tooLittle']).toEqual([1, 1, 1]);
  });
  it('segment-downgrade, hazard and P(alive) take what they are given', () => {
    const customers = summarize(log);
    const found = warnings(log, { from: 'watch', rules: [
      { rule: 'segment-downgrade', before: { customer: ['gone', 'here'], segment: ['champions', 'loyal'] }, after: { customer: ['gone', 'here'], segment: ['lost', 'loyal'] }, order: ['champions', 'loyal', 'at_risk', 'lost'], into: ['lost'] },
      { rule: 'hazard', curve: { from: [0, 60], to: [60, NaN], hazard: [0.3, 0.1] } },
      { rule: 'low-probability-alive', probabilities: { customer: ['gone', 'here', 'new'], probability: [0.05, 0.9, 0.4] } },
    ] });
    expect(found.table.toRows().map((r) => [r['customer'], r['rule'], r['severity']])).toEqual([
      ['gone', 'segment-downgrade', 'critical'], ['gone', 'low-probability-alive', 'critical'], ['new', 'hazard', 'warn'], ['new', 'low-probability-alive', 'watch'],
    ]);
    expect(customers.numRows).toBe(3);
  });
  it('a fall into a named segment shows the limit it passed, not that of a fall as far', () => {
    const order = ['champions', 'loyal', 'at_risk', 'lost'];
    const run = (from: string, to: string): unknown => warnings(log, { rules: [{ rule: 'segment-downgrade', before: { customer: ['gone'], segment: [from] }, after: { customer: ['gone'], segment: [to] }, order, into: ['at_risk', 'lost'] }] }).table.toRows().map((r) => [r['severity'], r['value'], r['base'], r['limit']]);
    expect(run('loyal', 'at_risk')).toEqual([['warn', 3, 2, 2.5]]);
    expect(run('champions', 'at_risk')).toEqual([['warn', 3, 1, 2.5]]);
    expect(run('champions', 'lost')).toEqual([['critical', 4, 1, 3.5]]);
    expect(run('champions', 'loyal')).toEqual([['watch', 2, 1, 1.5]]);
  });
  it('segment-downgrade tells the fall by the labels of its language, and segments of one\'s own by their key', () => {
    const reason = (from: string, to: string, labels: 'en' | 'zh'): unknown =>
      warnings(log, { labels, rules: [{ rule: 'segment-downgrade', before: { customer: ['gone'], segment: [from] }, after: { customer: ['gone'], segment: [to] }, order: ['champions', 'important_value', 'at_risk', 'gold', '__proto__'] }] }).table.toColumns()['reason']![0];
    expect(reason('champions', 'at_risk', 'zh')).toBe('由 冠军客户 降为 流失风险客户');
    expect(reason('important_value', 'at_risk', 'zh')).toBe('由 重要价值客户 降为 流失风险客户');
    expect(reason('champions', 'at_risk', 'en')).toBe('from Champions to At risk');
    expect(reason('gold', '__proto__', 'en')).toBe('from gold to __proto__');
    expect(reason('champions', 'gold', 'zh')).toBe('由 冠军客户 降为 gold');
  });
  it('segment-downgrade names the segments its order lacks, and how many customers were not compared', () => {
    const before = { customer: ['gone', 'here', 'new'], segment: ['champions', 'at_risk', 'champions'] };
    const after = { customer: ['gone', 'here', 'new'], segment: ['lost', 'lost', 'need_attention'] };
    const run = (order: string[]): ReturnType<typeof warnings> => warnings(log, { rules: [{ rule: 'segment-downgrade', before, after, order }] });
    const some = run(['champions', 'loyal', 'lost']);
    expect(some.table.toRows().map((r) => r['customer'])).toEqual(['gone']);
    expect(some.diagnostics.warnings).toEqual([{ code: 'SEGMENTS_UNRANKED', message: expect.stringContaining('segment-downgrade: at_risk, need_attention stand in no place of its order, so 2 of 3 customers were not compared') }]);
    expect(run(['champions', 'need_attention', 'at_risk', 'lost']).diagnostics.warnings).toEqual([]);
    // A customer of one date only has no pair to compare: that is no gap of the order.
    expect(warnings(log, { rules: [{ rule: 'segment-downgrade', before: { customer: ['gone', 'here'], segment: ['champions', 'loyal'] }, after: { customer: ['gone', 'new'], segment: ['lost', 'new'] }, order: ['champions', 'loyal', 'lost'] }] }).diagnostics.warnings).toEqual([]);
    expect(() => run(['Champions', 'Lost'])).toThrow(/None of the segments given stands in it: at_risk, champions, lost, need_attention\. List them from best to worst/);
  });
  it('a rule fed by a table that knows nobody of the log says so, and asks for no longer log', () => {
    const found = warnings(log, { rules: [{ rule: 'low-probability-alive', probabilities: { customer: [1, 2], probability: [0.1, 0.2] } }] });
    expect(found.diagnostics.warnings).toEqual([{ code: 'NOBODY_GIVEN', message: expect.stringMatching(/low-probability-alive.*none of the customers of the log.*ids/) }]);
  });
  it('takes the answer of a model beside its ids, and says how where the bare numbers are passed', () => {
    const customers = summarize(example);
    const probability = Float64Array.from({ length: customers.numRows }, (_, i) => (i === 0 ? 0.05 : 0.9));
    const found = warnings(example, { rules: [{ rule: 'low-probability-alive', probabilities: { customer: customers.column('customer'), probability } }] });
    expect(found.table.toRows().map((r) => [r['customer'], r['severity'], r['value']])).toEqual([[customers.cell('customer', 0), 'critical', 0.05]]);
    expect(() => warnings(example, { rules: [{ rule: 'low-probability-alive', probabilities: probability as never }] })).toThrow('300 values are no table. Pass columns by name: { customer: customers.column(\'customer\'), probability: … }');
  });
  it('a rule of your own, and a rule that speaks Chinese', () => {
    const own: WarningRule = { rule: 'own', name: 'tiny', evaluate: (c) => (c.purchaseDays < 2 ? { severity: 'warn', value: c.purchaseDays, reason: 'one order' } : undefined) };
    expect(warnings(log, { rules: [own] }).table.toRows()).toEqual([expect.objectContaining({ customer: 'new', rule: 'tiny', severity: 'warn', reason: 'one order' })]);
    const [english, chinese] = (['en', 'zh'] as const).map((labels) => warnings(log, { asOf: '2025-02-27', labels }).table.toRows());
    expect(chinese!.map((r) => [r['customer'], r['severity'], r['stage']])).toEqual(english!.map((r) => [r['customer'], r['severity'], r['stage']]));
    expect(chinese!.every((r) => /\p{Script=Han}/u.test(String(r['reason'])) && /\p{Script=Han}/u.test(String(r['label'])))).toBe(true);
  });
  it('ranks by severity, then money of the last year, then id', () => {
    const { table } = warnings(example);
    const rank = ['info', 'watch', 'warn', 'critical'];
    const rows = table.toRows();
    expect(rows.length).toBeGreaterThan(50);
    for (let i = 1; i < rows.length; i++) {
      const [a, b] = [rows[i - 1]!, rows[i]!];
      const order = rank.indexOf(String(b['severity'])) - rank.indexOf(String(a['severity'])) || (b['moneyAtStake'] as number) - (a['moneyAtStake'] as number) || (String(a['customer']) <= String(b['customer']) ? -1 : 1);
      expect(order).toBeLessThanOrEqual(0);
    }
  });
  it('the order of rows in the log changes nothing', () => fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: day0, max: day0 + 300 }), fc.integer({ min: -5, max: 50 })), { minLength: 3, maxLength: 60 }), (rows) => {
    fc.pre(rows.some(([, , amount]) => amount >= 0));
    const told = (log: readonly Row[]): unknown => warnings(logOf(log), { asOf: '2025-09-01' }).table.toRows();
    expect(told([...rows].reverse())).toEqual(told(rows));
  }), { numRuns: 50 }));
  it('money is added in whole cents, exactly, whatever the order of rows', () => {
    const cents: Row[] = [0.1, 0.2, 0.1, 0.2, 0.3].map((amount, i) => ['a', day0 + 10 * i, amount] as const);
    const stake = (rows: readonly Row[]): unknown => warnings(logOf(rows), { asOf: '2025-02-27', rules: [{ rule: 'overdue' }] }).table.toColumns()['moneyAtStake'];
    expect(stake(cents)).toEqual(Float64Array.of(0.9));
    // All on one day, and a return among them.
    expect(stake([...cents.map(([id, , amount]) => [id, day0, amount] as const), ['a', day0, -0.3], ['a', day0 + 10, 0.7]])).toEqual(Float64Array.of(1.3));
    // What is no whole cent is added as it stands.
    expect(stake([['a', day0, 0.001], ['a', day0 + 5, 0.1], ['a', day0 + 9, 0.2]])).toEqual(Float64Array.of(0.3 + 0.001));
  });
  it('money of windows and periods is exact too', () => {
    const year = every('a', 10, day0, day0 + 400).map(([id, day], i) => [id, day, [0.1, 0.2, 0.3][i % 3]!] as const);
    const spend = warnings(logOf([...year, ['b', day0 + 440, 1]]), { from: 'info', rules: [{ rule: 'spend-drop', windowDays: 90, test: 'ratio', levels: [9, 9, 9] }] }).table.toRows().find((r) => r['customer'] === 'a')!;
    // Five orders in the 90 days to day 440, on days 360 to 400.
    expect(spend['value']).toBe([0.1, 0.2, 0.3, 0.1, 0.2].reduce((sum, amount) => sum + Math.round(100 * amount), 0) / 100);
    // Periods of 0.1, 0.2 and 0.3 in turn are alike, in whatever order they are added.
    const mixed = Array.from({ length: 20 }, (_, p) => [0, 1, 2].map((i) => ['c', day0 + 30 * p + 10 * i, [0.1, 0.2, 0.3][(i + p) % 3]!] as const)).flat();
    const charted = warnings(logOf([...mixed, ['c', day0 + 629, 0.6]]), { rules: [{ rule: 'shewhart', measure: 'money' }] });
    expect(charted.rules.row(0)).toMatchObject({ judged: 0, tooLittle: 1 });
    expect(() => ewma(new Float64Array(20).fill(0.6), { basePoints: 12 })).toThrow('the values of the base are all the same');
  });
  it('summarized customers serve rules that need no single orders; others are refused', () => {
    const customers = summarize(log, { asOf: '2025-02-27' });
    expect(warnings(customers, { rules: [{ rule: 'overdue', fallback: 'none' }] }).table.row(0)).toMatchObject({ customer: 'gone', score: 4.6, moneyAtStake: 110 });
    expect(() => warnings(customers)).toThrow('rule frequency-drop looks at single orders');
  });
  it('heads its list in either language', () => {
    const head = (labels: 'en' | 'zh', asOf?: string): string => String(warnings(log, { labels, rules: [{ rule: 'overdue' }], ...(asOf === undefined ? {} : { asOf }) })).split('\n')[0]!;
    expect(head('en', '2025-02-27')).toMatch(/^3 customers as of 2025-02-27 \(given; from .*\): 2 Critical, 0 Warning, 0 Watch$/);
    expect(head('zh', '2025-02-27')).toMatch(/^截至 2025-02-27（指定日期，数据来源 .*）共 3 位客户：2 严重、0 预警、0 关注$/);
    expect(head('zh')).toMatch(/^截至 2025-02-21（最后一笔订单，/);
  });
  it('refuses what it does not know, with the cure', () => {
    expect(() => warnings(log, { rules: [{ rule: 'overdu' as 'overdue' }] })).toThrow('Rules are: overdue, frequency-drop');
    expect(() => warnings(log, { rules: [{ rule: 'overdue', kk: 3 } as WarningRule] })).toThrow('there is no option "kk"');
    expect(() => warnings(log, { rules: [{ rule: 'overdue' }, { rule: 'overdue', k: 3 }] })).toThrow('give each a name of its own');
    expect(() => warnings(log, { rules: [{ rule: 'overdue', levels: [3, 2, 1] }] })).toThrow('rising');
    expect(() => warnings(log, { rules: [{ rule: 'hazard' } as WarningRule] })).toThrow('option hazard.curve is undefined. Pass the answer of hazardCurve');
    expect(() => warnings(log, { rules: [{ rule: 'low-probability-alive' } as WarningRule] })).toThrow('rule low-probability-alive lacks a table. Pass one with customer and probability');
    expect(() => warnings(log, { asOf: '1990-01-01' })).toThrow('all are after asOf');
    expect(() => warnings(7 as never)).toThrow('neither an order log nor customers');
  });
  it('the documents give the limits the rules have', () => {
    const page = readFileSync(new URL('../../docs/warnings.md', import.meta.url), 'utf8');
    const limits = (kind: string): number[] => (new RegExp(`^\\| \`${kind}\` \\|[^|]*\\|([^|]*)\\|`, 'm').exec(page)?.[1] ?? '').match(/-?\d+(\.\d+)?/g)!.map(Number);
    const segments = { customer: ['gone'], segment: ['x'] };
    const rules: WarningRule[] = [
      { rule: 'overdue' }, { rule: 'frequency-drop' }, { rule: 'spend-drop' }, { rule: 'segment-downgrade', before: segments, after: segments, order: ['x', 'y'] }, { rule: 'ewma' }, { rule: 'cusum' }, { rule: 'shewhart' },
      { rule: 'hazard', curve: { from: [0], to: [9], hazard: [0.1] } }, { rule: 'low-probability-alive', probabilities: { customer: ['gone'], probability: [0.5] } },
    ];
    for (const judge of makeJudges('f', rules, customerLog('f', log, undefined, undefined))) {
      judge.levels.filter(Number.isFinite).forEach((level, i) => expect([judge.kind, limits(judge.kind)[i]]).toEqual([judge.kind, Number(level.toPrecision(3))]));
    }
    const ratios = makeJudges('f', [{ rule: 'frequency-drop', test: 'ratio' }, { rule: 'spend-drop', test: 'ratio' }], customerLog('f', log, undefined, undefined));
    for (const judge of ratios) expect(limits(judge.kind).slice(3)).toEqual(judge.levels);
  });
});
