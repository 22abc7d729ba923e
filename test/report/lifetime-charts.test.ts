import { describe, expect, it } from 'vitest';
import { expectedPurchasesOne, modelFrom, probabilityAliveOne, type PurchaseModel } from '../../src/clv/index.js';
import { backtest, tracking } from '../../src/evaluate/index.js';
import { charts, type Chart } from '../../src/report/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { drawn } from './drawn.js';

const orders = exampleOrders({ customers: 300, seed: 4 });
// CDNOW, in weeks: Fader, Hardie & Lee (2005).
const model = modelFrom('bg-nbd', { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
const pareto = modelFrom('pareto-nbd', { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 });
const donors = modelFrom('bg-bb', { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 });
const tracked = tracking(model, orders);
const tested = backtest(orders, { cutoff: '2025-06-30', horizon: { weeks: 26 }, interval: false });

interface Field { readonly repeats: number; readonly since: number; readonly value: number; readonly dark: boolean }
const fieldsOf = (chart: Chart): readonly Field[] => (chart['data'] as { values: Field[] }).values;
const field = (chart: Chart, repeats: number, since: number): Field | undefined => fieldsOf(chart).find((one) => one.repeats === repeats && one.since === since);

describe('trackingCurve', () => {
  it('is two lines from the first step to the last, named with their ends', async () => {
    const { texts, marks } = await drawn(charts.trackingCurve(tracked));
    const last = tracked.numRows - 1;
    const count = (name: string): string => new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(Number(tracked.cell(name, last)));
    expect(marks('line mark')).toEqual([`actual: ${count('actualCumulative')} (${tracked.cell('day', last)})`, `expected: ${count('expectedCumulative')} (${tracked.cell('day', last)})`]);
    expect(texts).toEqual(expect.arrayContaining(['Repeat purchases since the start, actual and expected', `${tracked.cell('day', 0)} – ${tracked.cell('day', last)}`, 'actual', 'expected']));
    expect(texts.some((text) => /^2024-\d\d$/.test(text))).toBe(true);
  });

  it('shows each step by name: week, day, any number of days', async () => {
    const weekly = charts.trackingCurve(tracked, { show: 'per-step' });
    expect(weekly.toString()).toMatch(/^Repeat purchases per week, actual and expected\n/);
    const values = (weekly['data'] as { values: { of: string; purchases: number }[] }).values;
    expect(values.filter((value) => value.of === 'actual').map((value) => value.purchases)).toEqual([...(tracked.toColumns()['actual'] as Float64Array)]);
    expect(charts.trackingCurve(tracking(model, orders, { stepDays: 1 }), { show: 'per-step' }).toString()).toContain('per day');
    expect(charts.trackingCurve(tracking(model, orders, { stepDays: 28 }), { show: 'per-step', language: 'zh' }).toString()).toContain('每 28 天复购次数：实际与预期');
  });

  it('marks until when the model was fitted, in text that stays inside', async () => {
    for (const fittedUntil of ['2024-02-01', '2025-12-01']) {
      const { texts, width, marks } = await drawn(charts.trackingCurve(tracked, { fittedUntil }));
      expect(texts).toContain(`fitted until ${fittedUntil}`);
      expect([width <= 600, marks('line mark').length]).toEqual([true, 2]);
    }
    expect(() => charts.trackingCurve(tracked, { fittedUntil: '2025-02-30' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  it('draws a single step, and plain columns', async () => {
    const one = { day: ['2025-01-05'], actual: [3], expected: [2.5], actualCumulative: [3], expectedCumulative: [2.5] };
    expect((await drawn(charts.trackingCurve(one))).texts.join()).not.toMatch(/NaN|Infinity/);
    expect(charts.trackingCurve(one, { show: 'per-step' }).toString()).toContain('per step');
  });

  it('says there is nothing to show, and refuses other tables', async () => {
    expect((await drawn(charts.trackingCurve(tracked.take([])))).texts).toContain('Nothing to show: there are no customers here.');
    expect(() => charts.trackingCurve({ actual: [1] })).toThrow('column "day" is missing');
    expect(() => charts.trackingCurve({ day: ['2025-01-05'], actual: [1] })).toThrow('column "actualCumulative" is missing');
    expect(() => charts.trackingCurve(tracked, { show: 'weekly' as never })).toThrow("Use one of: 'cumulative', 'per-step'");
  });
});

describe('calibration', () => {
  it('has a bar per group for what happened, and a point per group and model', async () => {
    const { texts, marks } = await drawn(charts.calibration(tested));
    const groups = tested.calibration.toRows().filter((row) => Number(row['customers']) > 0);
    expect(marks('bar')).toHaveLength(groups.length);
    expect(marks('point')).toHaveLength(3 * groups.length);
    const say = (value: unknown): string => new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(Number(value));
    expect(marks('bar')[0]).toBe(`0, actual: ${say(groups[0]!['actual'])} (Customers ${say(groups[0]!['customers'])})`);
    expect(marks('point')).toContain(`7+, Pareto/NBD: ${say(groups.at(-1)!['pareto-nbd'])} (Customers ${say(groups.at(-1)!['customers'])})`);
    expect(texts).toEqual(expect.arrayContaining(['0', '6', '7+', 'actual', 'BG/NBD', 'MBG/NBD', 'Pareto/NBD', `${tested.meta.customers} customers known on 2025-06-30, and the 182 days after it`]));
  });

  it('bars are as wide as their group, each point inside it', async () => {
    const { svg } = await drawn(charts.calibration(tested));
    const bars = [...svg.matchAll(/aria-roledescription="bar" d="M([\d.]+),[\d.]+L?h?([\d.]+)/g)];
    const widths = svg.match(/aria-roledescription="bar"/g)!.length;
    expect([widths, bars.length]).toEqual([8, 8]);
    for (const [, , width] of bars) expect(Number(width)).toBeGreaterThan(30);
  });

  it('leaves out groups without customers, and says when there are none', async () => {
    const some = { ...tested, calibration: tested.calibration.take([0, 3]) };
    expect((await drawn(charts.calibration(some))).marks('bar')).toHaveLength(2);
    const none = { ...tested, calibration: tested.calibration.take([]) };
    expect((await drawn(charts.calibration(none, { language: 'zh' }))).texts.join()).toContain('没有可显示的内容');
    for (const wrong of [null, 3, {}, tested.table, JSON.parse(JSON.stringify(tested))]) expect(() => charts.calibration(wrong as never)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});

describe('aliveHeatmap', () => {
  it('has a field for every possible pair, its value the model\'s own answer', async () => {
    for (const one of [model, pareto] as PurchaseModel[]) {
      const chart = charts.aliveHeatmap(one);
      const { marks, texts } = await drawn(chart);
      // 13 times 0, 4 … 48 weeks for 1 to 10 repeats; one-time buyers bought last when they bought first
      expect(marks('rect mark')).toHaveLength(131);
      for (const [repeats, since] of [[1, 0], [3, 20], [10, 48]] as const) expect(field(chart, repeats, since)!.value).toBeCloseTo(probabilityAliveOne(one, { repeats, span: 52 - since, tenure: 52 }), 5);
      expect(field(chart, 0, 52)!.value).toBeCloseTo(probabilityAliveOne(one, { repeats: 0, span: 0, tenure: 52 }), 5);
      expect([field(chart, 0, 20), field(chart, 3, 52)]).toEqual([undefined, undefined]);
      expect(texts).toEqual(expect.arrayContaining(['Who is still a customer', 'Weeks since the last purchase', 'Repeat purchases', '0%', '100%']));
    }
    expect(field(charts.aliveHeatmap(model), 0, 52)!.value).toBe(1);
  });

  it('colours from 0 to 1, whatever the values', () => {
    const [rects] = charts.aliveHeatmap(pareto, { tenure: 6, repeats: 2 })['layer'] as { encoding: { color: { scale: { domain: number[] } } } }[];
    expect(rects!.encoding.color.scale.domain).toEqual([0, 1]);
  });

  it('names the model, its unit and the tenure in both languages', async () => {
    expect((await drawn(charts.aliveHeatmap(pareto, { tenure: 104 }))).texts).toContain('Pareto/NBD, customers who first bought 104 weeks ago');
    expect((await drawn(charts.aliveHeatmap(pareto, { tenure: 1, language: 'zh' }))).texts).toEqual(expect.arrayContaining(['Pareto/NBD，首次购买于 1 周前的客户', '距上次购买（周）', '复购次数', '仍为客户的概率']));
    expect((await drawn(charts.aliveHeatmap(modelFrom('bg-nbd', model.params, { timeUnit: 'month' })))).texts).toContain('BG/NBD, customers who first bought 12 months ago');
  });

  it('in periods nobody buys more often than once in each', () => {
    const chart = charts.aliveHeatmap(donors, { tenure: 6, repeats: 6 });
    expect(fieldsOf(chart)).toHaveLength(1 + 6 + 5 + 4 + 3 + 2 + 1);
    expect(field(chart, 2, 2)!.value).toBeCloseTo(probabilityAliveOne(donors, { repeats: 2, last: 4, periods: 6 }), 5);
    expect(() => charts.aliveHeatmap(donors, { tenure: 6.5 })).toThrow('Give a whole number above 0');
  });

  it('takes covariates as 0, and leaves numbers out where they have no room', async () => {
    const shifted = modelFrom('pareto-nbd', { ...pareto.params, 'purchases.web': 0.5, 'lifetime.web': 0.1 }, { covariates: { purchases: ['web'], lifetime: ['web'] } });
    expect(fieldsOf(charts.aliveHeatmap(shifted))).toEqual(fieldsOf(charts.aliveHeatmap(pareto)));
    expect((charts.aliveHeatmap(pareto)['layer'] as unknown[]).length).toBe(2);
    expect((charts.aliveHeatmap(pareto, { width: 300 })['layer'] as unknown[]).length).toBe(1);
  });

  it('refuses other models and options', () => {
    for (const wrong of [null, {}, 'bg-nbd', modelFrom('gamma-gamma', { p: 6, q: 4, v: 15 }), modelFrom('sbg', { alpha: 1, beta: 2 })]) expect(() => charts.aliveHeatmap(wrong as never)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
    for (const tenure of [0, -1, NaN, Infinity, '52' as never]) expect(() => charts.aliveHeatmap(model, { tenure })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    for (const repeats of [0, 31, 2.5]) expect(() => charts.aliveHeatmap(model, { repeats })).toThrow('1 to 30');
    expect(() => charts.aliveHeatmap(model, { horizon: 3 } as object)).toThrow('there is no option "horizon"');
  });
});

describe('frequencyRecencyHeatmap', () => {
  it('gives the purchases the model expects within the horizon', () => {
    for (const one of [model, pareto] as PurchaseModel[]) {
      const chart = charts.frequencyRecencyHeatmap(one, { tenure: 39, horizon: { weeks: 26 }, repeats: 6 });
      for (const [repeats, since] of [[1, 3], [6, 0], [0, 39]] as const) {
        const expected = expectedPurchasesOne(one, { repeats, span: repeats === 0 ? 0 : 39 - since, tenure: 39 }, { horizon: 26 });
        expect(Math.abs(field(chart, repeats, since)!.value / expected - 1)).toBeLessThan(1e-5);
      }
      const [rects] = chart['layer'] as { encoding: { color: { scale: { domain: number[] } } } }[];
      expect(rects!.encoding.color.scale.domain[1]).toBeCloseTo(Math.max(...fieldsOf(chart).map((one) => one.value)), 3);
    }
  });

  it('says how far ahead in both languages, as it was given', () => {
    const heading = (options: object): string => charts.frequencyRecencyHeatmap(pareto, options).toString().split('\n')[0]!;
    expect(heading({})).toBe('Purchases to be expected in the next 52 weeks');
    expect(heading({ horizon: { months: 1 } })).toBe('Purchases to be expected in the next 1 month');
    expect(heading({ horizon: { months: 3 }, language: 'zh' })).toBe('未来 3 个月的预期购买次数');
    expect(charts.frequencyRecencyHeatmap(modelFrom('pareto-nbd', { ...pareto.params, s: 2 }), { horizon: Infinity }).toString()).toMatch(/^Purchases to be expected from now on/);
  });

  it('refuses a horizon that is none, or without end where customers never leave', () => {
    for (const horizon of [-1, { fortnights: 2 } as never, Infinity]) expect(() => charts.frequencyRecencyHeatmap(pareto, { horizon })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    const none = charts.frequencyRecencyHeatmap(pareto, { horizon: 0 });
    expect(none.toString()).not.toMatch(/NaN|undefined/);
  });
});
