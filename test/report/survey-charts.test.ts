import { describe, expect, it } from 'vitest';
import { charts } from '../../src/report/index.js';
import { complaintPareto, importancePerformance, kano, nps, satisfactionIndex } from '../../src/satisfaction/index.js';
import { drawn } from './drawn.js';

const scores = Array.from({ length: 240 }, (_, i) => (i * 7) % 11);
const answers = { score: scores, wave: scores.map((_, i) => (i < 200 ? '2025' : '2026')), shop: scores.map((_, i) => (i % 2 === 0 ? '北京店' : '<b>Web</b>')) };

describe('surveyTrend', () => {
  it('shows every wave with value and limits, and says which are thin', async () => {
    const result = nps(answers, { wave: 'wave' });
    const { texts, marks } = await drawn(charts.surveyTrend(result));
    expect(texts).toEqual(expect.arrayContaining(['Net promoter score', 'with 95% limits; hollow: fewer than 100 answers', '2025', '2026']));
    const [{ value, low, high }] = result.table.toRows() as unknown as [{ value: number; low: number; high: number }];
    const [first] = marks('point');
    expect(first).toBe(`2025: ${[value].map((n) => n.toLocaleString('en-US', { maximumFractionDigits: 1 })).join()} (${[low, high].map((n) => n.toLocaleString('en-US', { maximumFractionDigits: 1 })).join(' – ')}), Answers 200`);
    expect(marks('point')).toHaveLength(2);
  });
  it('puts groups side by side, in Chinese, with names that are text', async () => {
    const { texts, svg } = await drawn(charts.surveyTrend(nps(answers, { wave: 'wave', by: 'shop', labels: 'zh' }), { language: 'zh' }));
    expect(texts).toEqual(expect.arrayContaining(['净推荐值', '北京店', '<b>Web</b>']));
    expect(svg).not.toContain('<b>Web');
    expect((await drawn(charts.surveyTrend(nps(answers, { by: 'shop' })))).texts).toContain('北京店');
  });
  it('draws one of several figures, one figure alone, and nothing', async () => {
    const index = satisfactionIndex({ a: [4, 5], b: [5, 5], c: [3, 4], d: [4, 4] }, { perceived: ['a', 'b'], expected: ['c', 'd'] });
    expect(charts.surveyTrend(index).toString()).toContain('expected: all');
    expect(charts.surveyTrend(index, { series: 'a' }).toString()).toContain('expected: a');
    expect(() => charts.surveyTrend(index, { series: 'z' })).toThrow('Name one that is there: a, b, all');
    expect(() => charts.surveyTrend(nps([9]), { series: 'z' })).toThrow('one figure only');
    expect((await drawn(charts.surveyTrend(nps([9])))).texts.join()).not.toMatch(/NaN/);
    expect((await drawn(charts.surveyTrend(nps([null, null] as unknown as number[])))).texts).toContain('Nothing to show: there are no answers here.');
    expect(() => charts.surveyTrend({} as never)).toThrow('this is not a result of nps');
  });
});

describe('maps', () => {
  const y = [5, 3, 4, 2, 5, 1, 4, 3];
  const placed = importancePerformance({ price: [1, 2, 1, 2, 2, 1, 1, 2], 服务: [5, 4, 4, 3, 5, 2, 4, 4], y, g: ['p', 'p', 'p', 'p', 'q', 'q', 'q', 'q'] }, { items: ['price', '服务'], overall: 'y', by: 'g' });
  it('place items in named quadrants of one group', async () => {
    const { texts, marks } = await drawn(charts.importancePerformance(placed, { group: 'q' }));
    expect(texts).toEqual(expect.arrayContaining(['Importance / Performance', 'q, 4 answers', 'Concentrate here', 'Possible overkill', 'price', '服务']));
    expect(marks('point')).toEqual(['price', '服务']);
    expect((await drawn(charts.importancePerformance(placed, { language: 'zh' }))).texts).toContain('重点改进');
    expect(() => charts.importancePerformance(placed, { group: 'r' })).toThrow('Name one that is there: p, q');
    expect(() => charts.importancePerformance(nps([9]) as never)).toThrow('not a result of importancePerformance');
  });
  it('place features by better and worse', async () => {
    const found = kano({ feature: ['wifi', 'wifi', 'bed', 'odd'], functional: ['like', 'like', 'must', 'like'], dysfunctional: ['live', 'dislike', 'dislike', 'like'] });
    const { texts, marks } = await drawn(charts.kanoMap(found));
    expect(marks('point')).toEqual(expect.arrayContaining(['bed', 'wifi']));
    expect(texts).toEqual(expect.arrayContaining(['bed', 'wifi', 'Must-be', 'One-dimensional']));
    expect((await drawn(charts.kanoMap(found, { language: 'zh' }))).texts).toContain('必备');
    expect((await drawn(charts.kanoMap(kano({ feature: ['odd'], functional: ['like'], dysfunctional: ['like'] })))).texts).toContain('Nothing to show: there are no answers here.');
    expect(() => charts.kanoMap(placed as never)).toThrow('not a result of kano');
  });
  it('name as many of many points as there is room for, without crossing the edge', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `a rather long item name ${i}`);
    const many = importancePerformance(Object.fromEntries([...names.map((name, i) => [name, y.map((v, k) => v + ((i * k) % 3))]), ['y', y]]), { items: names, overall: 'y' });
    const { marks, width } = await drawn(charts.importancePerformance(many));
    expect([marks('point').length, width]).toEqual([40, 600]);
  });
});

describe('complaintPareto', () => {
  it('is a bar per topic with its share and the cumulated one', async () => {
    const { texts, marks } = await drawn(charts.complaintPareto(complaintPareto({ topic: ['late', 'late', 'late', 'rude'] }, { by: 'topic', share: 0.7 })));
    expect(marks('bar')).toEqual(['late: 3', 'rude: 1']);
    expect(texts).toEqual(expect.arrayContaining(['75.0% → 75.0%', '25.0% → 100.0%', '1 / 2 topics bring 75.0%']));
    expect(() => charts.complaintPareto({} as never)).toThrow('not a result of complaintPareto');
  });
});
