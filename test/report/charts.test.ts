import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fitParetoNbd } from '../../src/clv/index.js';
import { backtest, tracking } from '../../src/evaluate/index.js';
import { migration, rfm, scoreRfm, type RfmResult } from '../../src/rfm/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { charts, type Chart } from '../../src/report/index.js';
import { toSVG } from '../../src/report/svg.js';
import { drawn } from './drawn.js';

const orders = exampleOrders({ customers: 400, seed: 3 });
const customers = summarize(orders);
const scored = rfm(customers);
const before = rfm(summarize(orders, { asOf: '2025-06-30' }));
const moved = migration(before, scoreRfm(before.model, customers));
const purchases = fitParetoNbd(customers);
const tracked = tracking(purchases, orders);
const tested = backtest(orders, { cutoff: '2025-06-30', horizon: { weeks: 26 }, interval: false });
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const segment = (row: number, column: string): unknown => scored.segments.cell(column, row);
const text = (chart: Chart): string => JSON.stringify(chart);

const every: Readonly<Record<string, (options: { language?: 'en' | 'zh'; locale?: string; width?: number; title?: string }) => Chart>> = {
  rfmHeatmap: (options) => charts.rfmHeatmap(scored, options),
  segmentBars: (options) => charts.segmentBars(scored, options),
  segmentTreemap: (options) => charts.segmentTreemap(scored, options),
  segmentFlow: (options) => charts.segmentFlow(moved, options),
  paretoCurve: (options) => charts.paretoCurve(customers, options),
  distribution: (options) => charts.distribution(customers, options),
  trackingCurve: (options) => charts.trackingCurve(tracked, options),
  calibration: (options) => charts.calibration(tested, options),
  aliveHeatmap: (options) => charts.aliveHeatmap(purchases, options),
  frequencyRecencyHeatmap: (options) => charts.frequencyRecencyHeatmap(purchases, options),
};

describe.each(Object.entries(every))('%s', (_, make) => {
  it('is plain Vega-Lite v5 with its data inside, and survives JSON', () => {
    const chart = make({});
    expect(chart.$schema).toBe('https://vega.github.io/schema/vega-lite/v5.json');
    expect(JSON.parse(JSON.stringify(chart))).toEqual({ ...chart });
    expect(text(chart)).not.toMatch(/"url"/);
    expect(text(chart).length).toBeLessThan(40_000);
  });

  it('is drawn 600 pixels wide, or as asked, with a heading in both languages', async () => {
    const [english, chinese] = [await drawn(make({})), await drawn(make({ language: 'zh' }))];
    expect(english.width).toBeLessThanOrEqual(600);
    expect(english.width).toBeGreaterThan(560);
    expect((await drawn(make({ width: 400 }))).width).toBeLessThanOrEqual(400);
    expect(chinese.texts.join()).toMatch(/\p{Script=Han}/u);
    expect(english.texts.join()).not.toMatch(/NaN|undefined|null|\[object/);
    expect(chinese.texts.join()).not.toMatch(/NaN|undefined|null|\[object/);
  });

  it('writes numbers as the locale does', () => {
    const { number } = (make({ locale: 'de-DE' })['config'] as { locale: { number: { decimal: string; thousands: string } } }).locale;
    expect(number).toMatchObject({ decimal: ',', thousands: '.' });
  });

  it('shows itself: numbers in a terminal, specification and picture in a notebook, no HTML', async () => {
    const chart = make({ title: 'Mine' });
    expect(inspect(chart).split('\n')[0]).toBe('Mine');
    const bundle = await (chart as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[Symbol.for('Jupyter.display')]!();
    expect(Object.keys(bundle).sort()).toEqual(['application/vnd.vegalite.v5+json', 'image/svg+xml', 'text/plain']);
    expect(bundle['application/vnd.vegalite.v5+json']).toEqual(JSON.parse(text(chart)));
    expect(bundle['image/svg+xml']).toMatch(/^<svg/);
  });

  it('refuses options it does not know, and locales that do not exist', () => {
    expect(() => make({ colour: 'red' } as object)).toThrow(/there is no option "colour"/);
    for (const locale of ['xx-nowhere-at-all', 'tlh', '', 'en_US', 7 as never]) expect(() => make({ locale }), String(locale)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => make({ language: 'fr' as never })).toThrow("Use one of: 'en', 'zh'");
    expect(() => make({ width: 10 })).toThrow('240 to 2000');
  });
});

describe('what the pictures mean', () => {
  it('the heatmap has a field per pair of scores, all customers in it, axes 1 to 5', async () => {
    const chart = charts.rfmHeatmap(scored);
    const { texts, marks } = await drawn(chart);
    const fields = (chart['data'] as { values: { across: number; up: number; customers: number; money: number }[] }).values;
    expect(marks('rect mark')).toHaveLength(fields.length);
    expect(sum(fields.map((field) => field.customers))).toBe(400);
    expect(texts).toEqual(expect.arrayContaining(['1', '2', '3', '4', '5']));
    const own = scored.table.toRows().filter((row) => row['r'] === 5 && row['f'] === 5);
    const mean = sum(own.map((row) => Number(row['monetary']))) / own.length;
    expect(fields.find((field) => field.across === 5 && field.up === 5)).toMatchObject({ customers: own.length, money: Math.round(mean * 100) / 100 });
  });

  it('the bars say each segment and both shares', async () => {
    const { texts, marks } = await drawn(charts.segmentBars(scored));
    const bars = marks('bar');
    expect(bars).toHaveLength(2 * scored.segments.numRows);
    expect(bars[0]).toBe(`${segment(0, 'label')}, of customers: ${(Number(segment(0, 'share')) * 100).toFixed(1)}%`);
    for (let row = 0; row < scored.segments.numRows; row++) expect(texts).toContain(segment(row, 'label'));
    expect((await drawn(charts.segmentBars(scored, { measure: 'customers' }))).marks('bar')).toHaveLength(scored.segments.numRows);
  });

  it('the tiles have areas in proportion and do not overlap', () => {
    const chart = charts.segmentTreemap(scored, { area: 'revenue' });
    const tiles = (chart['data'] as { values: { x: number; x2: number; y: number; y2: number; size: number }[] }).values;
    const area = (t: (typeof tiles)[number]): number => (t.x2 - t.x) * (t.y2 - t.y);
    const [all, sizes] = [sum(tiles.map(area)), sum(tiles.map((t) => t.size))];
    for (const tile of tiles) expect(area(tile) / all).toBeCloseTo(tile.size / sizes, 2);
    for (const a of tiles) for (const b of tiles) if (a !== b) expect(Math.min(a.x2, b.x2) - Math.max(a.x, b.x) > 0.2 && Math.min(a.y2, b.y2) - Math.max(a.y, b.y) > 0.2).toBe(false);
  });

  it('the flow has a band per pair of segments, and every customer in one', async () => {
    const { texts, marks } = await drawn(charts.segmentFlow(moved, { dates: ['June', 'December'], labels: { champions: 'VIP' } }));
    const bands = marks('area mark');
    expect(new Set(bands).size).toBe(moved.counts.numRows);
    expect(texts.join()).toMatch(/June.*December|VIP/);
    expect(bands.some((band) => band.startsWith('VIP → '))).toBe(true);
  });

  it('the curve rises from nothing to all, and says what the best fifth brings', async () => {
    const even = await drawn(charts.paretoCurve({ monetary: Array.from({ length: 50 }, () => 10) }));
    expect(even.texts).toContain('20% of customers: 20.0% of revenue');
    const one = await drawn(charts.paretoCurve({ profit: [80, 5, 5, 5, 5] }, { column: 'profit' }));
    expect(one.texts).toContain('20% of customers: 80.0% of profit');
    expect(one.texts).toEqual(expect.arrayContaining(['0%', '100%']));
  });

  it('the distribution counts every customer, the far ones in the last bar', () => {
    const values = [...Array.from({ length: 990 }, (_, i) => i), ...Array.from({ length: 10 }, () => 1e6)];
    const chart = charts.distribution({ spend: values }, { column: 'spend', bars: 10, upTo: 0.99 });
    const rows = ((chart['layer'] as { data: { values: { from: number; to: number; customers: number }[] } }[])[0]!).data.values;
    expect(sum(rows.map((row) => row.customers))).toBe(1000);
    expect(rows.map((row) => row.from)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(rows.at(-1)).toMatchObject({ to: 1000, customers: 100 });
    expect(chart.toString()).toContain('the highest 1.0% lie above 1,000');
    expect(() => charts.distribution({ spend: [1, 2, 3, Infinity] }, { column: 'spend' })).toThrow('holds Infinity');
  });
});

describe('bad input', () => {
  const none = { ...scored, table: scored.table.take([]), segments: scored.segments.take([]) } as RfmResult;

  it('an empty table becomes a chart that says there is nothing to show', async () => {
    for (const chart of [charts.rfmHeatmap(none), charts.segmentBars(none), charts.segmentTreemap(none), charts.paretoCurve({ monetary: [] }), charts.paretoCurve({ monetary: [NaN] }), charts.distribution({ recency: [] }), charts.segmentFlow({ ...moved, counts: moved.counts.take([]) } as typeof moved)]) {
      expect((await drawn(chart)).texts).toContain('Nothing to show: there are no customers here.');
    }
    expect((await drawn(charts.segmentBars(none, { language: 'zh' }))).texts.join()).toContain('没有可显示的内容');
  });

  it('one customer, and customers all equal, are drawn', async () => {
    for (const n of [1, 6]) {
      const same = rfm({ customer: Array.from({ length: n }, (_, i) => `c${i}`), recency: new Float64Array(n).fill(3), frequency: new Float64Array(n).fill(1), monetary: new Float64Array(n).fill(10) });
      for (const chart of [charts.rfmHeatmap(same), charts.segmentBars(same), charts.segmentTreemap(same), charts.paretoCurve(same), charts.distribution(same)]) expect((await drawn(chart)).texts.join()).not.toMatch(/NaN|Infinity/);
    }
  });

  it('a result of another version, or of something else, is refused', () => {
    const newer = { ...scored, model: { ...scored.model, version: 2 } } as unknown as RfmResult;
    expect(() => charts.rfmHeatmap(newer)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
    expect(() => charts.segmentBars(newer)).toThrow('version 2');
    for (const wrong of [null, undefined, 3, {}, customers, JSON.parse(JSON.stringify(scored))]) expect(() => charts.segmentBars(wrong as RfmResult)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => charts.segmentFlow(scored as never)).toThrow('Pass migration(before, after).');
    expect(() => charts.rfmHeatmap(scored, { up: 'x' })).toThrow("'r', 'f', 'm'");
    expect(() => charts.paretoCurve({ monetary: [-1, 1] })).toThrow('total of column "monetary" is 0');
    expect(() => charts.paretoCurve(customers, { column: 'monny' })).toThrow('column "monny" is missing');
  });

  it('markup, right-to-left and very long names stay text and inside the picture', async () => {
    const odd = ['<script>alert(1)</script>&"\'', 'عملاء مميزون جدا'.repeat(4), 'x'.repeat(400), '很长的名字'.repeat(30), '__proto__'];
    const labels = Object.fromEntries((scored.segments.toColumns()['segment'] as string[]).map((key, i) => [key, odd[i % odd.length]!]));
    const named = rfm(customers, { labels });
    for (const chart of [charts.segmentBars(named), charts.segmentTreemap(named), charts.segmentFlow(moved, { labels })]) {
      const { svg, width } = await drawn(chart);
      expect(svg).not.toContain('<script');
      expect(width).toBeLessThanOrEqual(600);
    }
    const bars = charts.segmentBars(named)['data'] as { values: { segment: string }[] };
    expect(new Set(bars.values.map((bar) => bar.segment)).size).toBe(named.segments.numRows);
  });

  it('toSVG refuses what is no specification', async () => {
    await expect(toSVG({ mark: 'bar' })).rejects.toThrow('no Vega-Lite specification');
    await expect(toSVG(charts.segmentBars(scored), { vegga: 1 } as object)).rejects.toThrow('there is no option "vegga"');
  });
});
