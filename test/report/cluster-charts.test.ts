import { describe, expect, it } from 'vitest';
import { charts, clusterPage, type Chart } from '../../src/report/index.js';
import { rfm } from '../../src/rfm/index.js';
import { chooseK, crossTab, gaussianMixture, kmeans, kmedians, silhouette, treeRules } from '../../src/segmentation/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { drawn } from './drawn.js';

const customers = summarize(exampleOrders({ customers: 400, seed: 3 }));
const found = kmeans(customers, { k: 4, starts: 2 });
const chosen = chooseK(customers, { to: 5, gapSets: 0, resamples: 0, starts: 2 });
const widths = silhouette(customers, found);
const cross = crossTab(found.table.column('label'), rfm(customers).table.column('label'));
const text = (chart: Chart): string => JSON.stringify(chart);

const every: Readonly<Record<string, (options: { language?: 'en' | 'zh'; width?: number; title?: string }) => Chart>> = {
  clusterComparison: (options) => charts.clusterComparison(chosen, options),
  clusterProfiles: (options) => charts.clusterProfiles(found, options),
  clusterScatter: (options) => charts.clusterScatter(found, options),
  'clusterScatter by columns': (options) => charts.clusterScatter(found, { ...options, x: 'recency', y: 'monetary' }),
  crossTabHeatmap: (options) => charts.crossTabHeatmap(cross, options),
  silhouettePlot: (options) => charts.silhouettePlot(widths, options),
};

describe.each(Object.entries(every))('%s', (_, make) => {
  it('is plain Vega-Lite v5 with its data inside, and survives JSON', () => {
    const chart = make({});
    expect(chart.$schema).toBe('https://vega.github.io/schema/vega-lite/v5.json');
    expect(JSON.parse(JSON.stringify(chart))).toEqual({ ...chart });
    expect(text(chart).length).toBeLessThan(40_000);
  });
  it('is drawn as wide as asked, with a heading in both languages', async () => {
    const [english, chinese] = [await drawn(make({})), await drawn(make({ language: 'zh' }))];
    expect(english.width).toBeLessThanOrEqual(600);
    expect((await drawn(make({ width: 400 }))).width).toBeLessThanOrEqual(400);
    expect(chinese.texts.join()).toMatch(/\p{Script=Han}/u);
    for (const { texts } of [english, chinese]) expect(texts.join()).not.toMatch(/NaN|undefined|null|\[object/);
    expect((await drawn(make({ title: 'a </script> & b' }))).texts.join(' ')).toContain('a </script> & b');
  });
  it('refuses what is no such result, and unknown options', () => {
    expect(() => make({ language: 'fr' } as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('charts of clusters', () => {
  it('tells the clusters by k as chooseK does', () => {
    const values = (charts.clusterComparison(chosen)['data'] as { values: { k: number; silhouette: number }[] }).values;
    expect(values.map(({ k }) => k)).toEqual([2, 3, 4, 5]);
    expect(values[0]!.silhouette).toBeCloseTo(chosen.table.cell('silhouette', 0) as number, 5);
  });
  it('says the mean of every feature in every cluster', async () => {
    const marks = (await drawn(charts.clusterProfiles(found))).marks('rect mark');
    expect(marks).toHaveLength(12);
    expect(marks[0]).toMatch(/^Important: value, Days since last order: [\d.,]+ \([+-][\d.]+\)$/);
  });
  it('draws every cluster, whatever found it, and at most 400 customers', () => {
    for (const result of [found, kmedians(customers, { k: 3, starts: 1 }), gaussianMixture(customers, { k: 3, starts: 1 })]) {
      const { values } = charts.clusterScatter(result)['data'] as { values: { c: number }[] };
      expect(new Set(values.map(({ c }) => c)).size).toBe(result.profiles.numRows);
      expect(values.length).toBeLessThanOrEqual(400);
    }
  });
  it('takes the components of the features and scaling that clusters were found by, with a model or without', () => {
    const options = { k: 3, features: ['recency', 'monetary'], scale: 'none' } as const;
    const places = (result: Parameters<typeof charts.clusterScatter>[0]): unknown => (charts.clusterScatter(result)['data'] as { values: { x: number; y: number }[] }).values.map(({ x, y }) => `${x} ${y}`).sort();
    const few = customers.head(100);
    expect(places(kmedians(few, options))).toEqual(places(kmeans(few, options)));
  });
  it('counts a cross-tab as it is', () => {
    const { values } = charts.crossTabHeatmap(cross)['data'] as { values: { customers: number }[] };
    expect(values.reduce((sum, one) => sum + one.customers, 0)).toBe(400);
  });
  it('draws silhouettes cluster by cluster, best first, of drawn customers too', () => {
    for (const one of [widths, silhouette(customers, found, { exactUpTo: 100 })]) {
      const { values } = charts.silhouettePlot(one)['data'] as { values: { c: number; value: number }[] };
      for (let i = 1; i < values.length; i++) if (values[i]!.c === values[i - 1]!.c) expect(values[i]!.value).toBeLessThanOrEqual(values[i - 1]!.value);
      expect(new Set(values.map(({ c }) => c)).size).toBe(4);
    }
  });
  it('refuses other results by name', () => {
    expect(() => charts.clusterProfiles(chosen as never)).toThrow('a result of kmeans');
    expect(() => charts.clusterComparison(found as never)).toThrow('a result of chooseK');
    expect(() => charts.crossTabHeatmap(found as never)).toThrow('a result of crossTab');
    expect(() => charts.silhouettePlot(found as never)).toThrow('a result of silhouette');
    expect(() => charts.clusterScatter(found, { x: 'recency' })).toThrow('option y');
    expect(() => charts.clusterScatter(found, { x: 'recency', y: 'none' })).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
    expect(() => charts.silhouettePlot(widths, { names: [] })).toThrow('option names');
  });
});

describe('the axes of clusterScatter', () => {
  const ticksOf = (most: number, least = 0): number[] => {
    const x = Array.from({ length: 40 }, (_, i) => least + ((most - least) * i ** 3) / 39 ** 3);
    const found = kmeans({ x, y: x.map((v, i) => v + (i % 3)) }, { k: 2, features: ['x', 'y'], scale: 'none' });
    const spec = JSON.parse(JSON.stringify(charts.clusterScatter(found, { x: 'x', y: 'y' }))) as { encoding: { x: { axis: { values: number[] } } } };
    return spec.encoding.x.axis.values;
  };
  it('have ticks at equal ratios, among the small values too', () => {
    expect(ticksOf(8000)).toEqual([0, 1, 10, 100, 1000]);
    expect(ticksOf(60)).toEqual([0, 1, 3, 10, 30]);
    expect(ticksOf(6000, 150)).toEqual([200, 500, 1000, 2000, 5000]);
    expect(ticksOf(500, -40)).toEqual([-10, -1, 0, 1, 10, 100]);
  });
});

describe('clusterPage', () => {
  const ours = (page: string): string => page.slice(0, page.indexOf('<script>'));
  it('stands on its own in both languages, with what it is given', async () => {
    const zh = kmeans(customers, { k: 4, starts: 2, labels: 'zh' });
    const page = ours(await clusterPage(zh, { language: 'zh', chosen, rules: treeRules(customers, zh), silhouette: widths }));
    for (const part of ['lang="zh-CN"', '数据中发现的客户分群', 'id="segments"', 'id="rules"', 'id="how-many"', 'data-chart="chart-5"', '重要价值客户']) expect(page.includes(part), part).toBe(true);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
    const plain = ours(await clusterPage(found));
    expect(plain.includes('id="rules"')).toBe(false);
    expect(plain.includes('id="segments"')).toBe(true);
  });
  it('escapes what it is told, and refuses what it cannot show', async () => {
    expect(ours(await clusterPage(found, { title: '<img src=x>' })).includes('<img')).toBe(false);
    await expect(clusterPage({} as never)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(clusterPage(found, { colour: 1 } as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
