import { describe, expect, it } from 'vitest';
import { evaluateWarnings } from '../../src/evaluate/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';

describe('evaluateWarnings', () => {
  // Cutoff day 100. Both buy every 10 days: "gone" stopped on day 60, "here" goes on; "late" pauses from day 70 and comes back.
  const days = (from: number, to: number): number[] => Array.from({ length: (to - from) / 10 + 1 }, (_, i) => 20000 + from + 10 * i);
  const log = logOf([...days(0, 60).map((d) => ['gone', d, 10] as const), ...days(0, 200).map((d) => ['here', d, 10] as const), ...[...days(0, 70), 20150].map((d) => ['late', d, 10] as const)]);
  it('counts caught and false alarms, money, and lead time as worked by hand', () => {
    const found = evaluateWarnings(log, { cutoff: '2025-01-12', horizon: 90, rules: [{ rule: 'overdue' }], leadStepDays: 5 });
    expect(found.meta).toMatchObject({ customers: 3, lost: 1 });
    // Alarms on day 100: gone (40 days) and late (30 days); gone is lost. First alarm for gone: day 85, replayed each 5 days; certain on day 190.
    expect(found.table.row(0)).toMatchObject({ rule: 'overdue', judged: 3, alarms: 2, caught: 1, precision: 0.5, recall: 1, falseAlarmRate: 0.5, moneyCaught: 70, moneyCaughtShare: 1, leadDays: 105, auc: 1 });
  });
  it('the sweep rises from few alarms to all', () => {
    const { sweep, table } = evaluateWarnings(exampleOrders({ customers: 800, seed: 2 }), { cutoff: '2025-06-30', horizon: 150, activeDays: 365, leadSteps: 2 });
    for (const rule of ['overdue', 'frequency-drop', 'spend-drop']) {
      const rows = sweep.toRows().filter((r) => r['rule'] === rule);
      for (let i = 1; i < rows.length; i++) for (const name of ['alarms', 'recall', 'falseAlarmRate']) expect(rows[i]![name] as number).toBeGreaterThanOrEqual(rows[i - 1]![name] as number);
      expect(rows.at(-1)).toMatchObject({ recall: 1, falseAlarmRate: 1 });
    }
    expect(table.toRows().every((r) => (r['auc'] as number) > 0.6)).toBe(true);
  });
  it('says when the horizon is short, and refuses one beyond the log', () => {
    expect(evaluateWarnings(log, { cutoff: '2025-01-12', horizon: 5, leadSteps: 0 }).warnings[0]!.code).toBe('HORIZON_SHORT');
    const short = evaluateWarnings(log, { cutoff: '2025-01-12', horizon: 5, leadSteps: 0 });
    expect(short.diagnostics).toMatchObject({ rows: { read: log.numRows }, warnings: [{ code: 'HORIZON_SHORT' }] });
    expect(String(short).split('\n')[0]).toBe('3 of 3 customers (100.0 %) were lost: no order in the 5 days after 2025-01-12');
    expect(String(short)).toContain('HORIZON_SHORT: ');
    expect(short.toHTML()).toContain('<table');
    expect(() => evaluateWarnings(log, { cutoff: '2025-01-12', horizon: 500 })).toThrow('the log on 2025-04-22');
    expect(() => evaluateWarnings(log, { cutoff: '2025-13-12', horizon: 5 })).toThrow('option cutoff');
  });
});
