import { describe, expect, it } from 'vitest';
import { churnDistribution, kaplanMeier } from '../../src/churn/index.js';
import { evaluateWarnings } from '../../src/evaluate/index.js';
import { charts, type Chart } from '../../src/report/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { alerts, cusum, emptyAlertState, ewma, receivables, ruleLabel, shewhart, warnings, type Alerts } from '../../src/warnings/index.js';
import { drawn } from './drawn.js';

const data = { time: [1, 2, 2, 3, 4, 5], churned: [1, 1, 0, 1, 0, 1], plan: ['a', 'a', 'a', '<b>', '<b>', '<b>'] };
const series = [10, 12, 9, 11, 10, 13, 8, 11, 10, 9, 12, 11, 10, 40, 10];
const orders = exampleOrders({ customers: 300, seed: 4 });
const judged = evaluateWarnings(orders, { cutoff: '2025-06-30', horizon: 120, rules: [{ rule: 'overdue' }, { rule: 'spend-drop' }], leadSteps: 0 });
const invoices = { invoice: ['1', '2', '3'], customer: ['a', 'a', 'b'], date: ['2024-01-01', '2024-05-01', '2024-06-20'], due: ['2024-02-01', '2024-06-15', '2024-07-20'], amount: [100, 50, 80], paid: [0, 0, 90] };
const runs = ((): Alerts[] => {
  let state = emptyAlertState();
  return ['2025-11-01', '2025-12-01', '2025-12-31'].map((asOf) => {
    const run = alerts(state, warnings(orders, { asOf }).table, { asOf });
    state = run.state;
    return run;
  });
})();
const all: Readonly<Record<string, (options?: { language: 'zh' }) => Chart>> = {
  survivalCurves: (o) => charts.survivalCurves(kaplanMeier(data, { by: 'plan' }), o), ewma: (o) => charts.controlChart(ewma(series), o), cusum: (o) => charts.controlChart(cusum(series), o), shewhart: (o) => charts.controlChart(shewhart(series), o),
  ageingBars: (o) => charts.ageingBars(receivables(invoices, { asOf: '2024-06-30' }), o), churnBars: (o) => charts.churnBars(churnDistribution(data, { by: 'plan' }), o), alertTimeline: (o) => charts.alertTimeline(runs, o),
  rocCurve: (o) => charts.rocCurve(judged, o), precisionRecall: (o) => charts.rocCurve(judged, { ...o, show: 'precision-recall' }),
};

describe('the charts of churn and early warning', () => {
  it.each(Object.entries(all))('%s is drawn in both languages, with no number that is none', async (_, make) => {
    for (const options of [undefined, { language: 'zh' as const }]) {
      const chart = make(options);
      const { texts, width } = await drawn(chart);
      expect(texts.join(' ')).not.toMatch(/NaN|Infinity|undefined|null/);
      expect(width).toBeLessThanOrEqual(600);
      expect(/\p{Script=Han}/u.test(texts.join(''))).toBe(options !== undefined);
      expect(JSON.parse(JSON.stringify(chart))).toMatchObject({ $schema: expect.stringContaining('vega-lite/v5') });
      expect(chart.toString().split('\n').length).toBeGreaterThan(2);
    }
  });
  it('names rules in Chinese, those of operations and of your own too', async () => {
    for (const name of ['rocCurve', 'precisionRecall', 'alertTimeline']) {
      const said = (await drawn(all[name]!({ language: 'zh' }))).texts.join(' ');
      expect(said).toMatch(/逾期未购|消费金额下降/);
      expect(said).not.toMatch(/overdue|spend-drop|frequency-drop/);
    }
    expect((await drawn(all['rocCurve']!())).texts.join(' ')).toContain('overdue');
    expect(['receivables', 'major-change: 投诉', 'major-change', 'my rule', '__proto__'].map((rule) => ruleLabel(rule, 'zh'))).toEqual(['应收逾期', '重大变故：投诉', '重大变故', 'my rule', '__proto__']);
    expect(ruleLabel('overdue', 'en')).toBe('overdue');
  });
  it('survivalCurves names each group with where its curve ends', async () => {
    const { marks, texts } = await drawn(all['survivalCurves']!());
    expect(marks('line mark')).toEqual(['<b>: 0.0% (5)', 'a: 33.3% (2)']);
    expect(texts).toEqual(expect.arrayContaining(['6 customers, 4 left', 'a', '<b>']));
  });
  it('controlChart marks every alarm', async () => {
    expect((await drawn(all['shewhart']!())).marks('point')).toEqual(['alarm: Period 13']);
    expect((await drawn(all['shewhart']!())).texts).toContain('base: mean 10.5 of the first 12 periods; alarms: 1');
    expect((await drawn(all['cusum']!())).texts).toEqual(expect.arrayContaining(['above', 'below']));
  });
  it('ageingBars has a bar per bucket, overpaid invoices where there are some', async () => {
    const { marks } = await drawn(all['ageingBars']!());
    expect(marks('bar')).toEqual(['not due: 0 (Invoices 0)', '1-30: 50 (Invoices 1)', '31-60: 0 (Invoices 0)', '61-90: 0 (Invoices 0)', '91+: 100 (Invoices 1)', 'overpaid: -10 (Invoices 1)']);
    const settled = charts.ageingBars(receivables({ ...invoices, paid: [100, 50, 80] }, { asOf: '2024-06-30' }));
    expect((await drawn(settled)).texts.join()).toContain('Nothing to show');
  });
  it('churnBars says rate, limits and share of all churn', async () => {
    const { marks, texts } = await drawn(all['churnBars']!());
    expect(marks('bar')[0]).toMatch(/^<b>: 66\.7% \(20\.8% – 93\.9%\)$/);
    expect(texts).toContain('66.7% · 50.0% of all churn');
  });
  it('alertTimeline shows the worst, and tells a run that was repeated once', async () => {
    const { texts } = await drawn(charts.alertTimeline(runs, { most: 3 }));
    expect(texts.filter((text) => text.includes(' · '))).toHaveLength(3);
    expect(texts.join()).toContain('the 3 with the worst or most shown');
    expect(charts.alertTimeline([...runs, runs[2]!]).toString()).toBe(charts.alertTimeline(runs).toString());
    expect((await drawn(charts.alertTimeline([]))).texts.join()).toContain('Nothing to show');
  });
  it('rocCurve ends where all are alarmed, begins where nobody is, and gives the area', async () => {
    const chart = charts.rocCurve(judged);
    const lines = (chart['layer'] as { data: { values: { x: number; y: number }[] } }[]).slice(1, 3).map(({ data: { values } }) => values);
    for (const line of lines) {
      expect(line[0]).toMatchObject({ x: 0, y: 0 });
      expect(line.at(-1)).toMatchObject({ x: 1, y: 1 });
      line.forEach((point, i) => i > 0 && expect(point.x >= line[i - 1]!.x && point.y >= line[i - 1]!.y).toBe(true));
    }
    // By trapezoids over the sweep's 50 steps the area is that of the table, near enough.
    const area = lines[0]!.slice(1).reduce((sum, point, i) => sum + (point.x - lines[0]![i]!.x) * (point.y + lines[0]![i]!.y) / 2, 0);
    expect(area).toBeCloseTo(judged.table.cell('auc', 0) as number, 2);
    expect((await drawn(chart)).texts).toContain(`overdue (${(judged.table.cell('auc', 0) as number).toFixed(2)})`);
  });
  it('refuse what they cannot show', () => {
    for (const make of [charts.survivalCurves, charts.controlChart, charts.ageingBars, charts.rocCurve, charts.alertTimeline]) expect(() => make({} as never)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => charts.churnBars({ group: ['a'] })).toThrow('column "customers" is missing');
    expect(() => charts.rocCurve(judged, { show: 'lift' as 'roc' })).toThrow("Use one of: 'roc', 'precision-recall'");
  });
});
