import { describe, expect, it } from 'vitest';
import { associationRules, fromBaskets, nextBestOffer, type AssociationRules } from '../../src/basket/index.js';
import { charts } from '../../src/report/index.js';
import { drawn } from './drawn.js';

// 8 baskets: beer with nappies in 4 of 5, milk + beer always with nappies.
const given = [['beer', 'nappies'], ['beer', 'nappies', 'crisps'], ['beer', 'crisps'], ['nappies', 'milk'], ['beer', 'nappies', 'milk'], ['milk', 'bread'], ['bread'], ['beer', 'nappies', 'bread', 'milk']];
const found = associationRules(fromBaskets(given), { minSupport: 0.25 });
const none = associationRules(fromBaskets([['a'], ['b']]));
const offers = nextBestOffer(found, { customer: ['x', 'y', 'z', 'z'], product: ['beer', 'crisps', 'milk', 'beer'] });

describe('rulesScatter', () => {
  it('has a point per rule, with its three measures', async () => {
    const { marks, texts } = await drawn(charts.rulesScatter(found));
    expect(marks('point')).toHaveLength(11);
    expect(marks('point')).toContain('beer → nappies: Support 50.0%, Confidence 80.0%, Lift 1.3');
    expect(texts).toEqual(expect.arrayContaining(['Support', 'Confidence', 'Lift', '11 rules from 8 baskets', 'beer + milk → nappies']));
    expect(texts.join()).not.toMatch(/NaN|Infinity|undefined/);
  });
  it('keeps to the highest lift, and says so; speaks Chinese', async () => {
    const { marks, texts } = await drawn(charts.rulesScatter(found, { top: 2, language: 'zh' }));
    expect(marks('point').map((mark) => mark.split(':')[0]).sort()).toEqual(['beer + milk → nappies', 'crisps → beer']);
    expect(texts).toContain('8 个购物篮中的 11 条规则; 显示 11 条中提升度最高的 2 条');
  });
  it('draws one rule, numbers no share above 100 %, says when there is nothing', async () => {
    const { texts } = await drawn(charts.rulesScatter(associationRules(fromBaskets([['a', 'b'], ['a', 'b']]))));
    expect(texts).toContain('100%');
    expect(texts.filter((text) => /^1\d[1-9]%$/.test(text))).toEqual([]);
    expect((await drawn(charts.rulesScatter(none))).texts).toContain('Nothing to show: there are no rules here.');
  });
});

describe('rulesGraph', () => {
  it('has a line per rule from its antecedent to its consequent, each named once', async () => {
    const { marks, texts } = await drawn(charts.rulesGraph(found));
    expect(marks('line mark')).toHaveLength(11);
    expect(marks('line mark')).toContain('crisps → beer: Confidence 100.0%, Lift 1.6');
    for (const name of ['beer + milk', 'crisps']) expect(texts.filter((text) => text === name)).toHaveLength(1);
    expect(texts.filter((text) => text === 'beer')).toHaveLength(2);
  });
  it('stays inside with long names, is cut to the highest lift, says when there is nothing', async () => {
    const long = associationRules(fromBaskets([[`${'very '.repeat(40)}long`, 'b'], [`${'very '.repeat(40)}long`, 'b']]));
    const { width, texts } = await drawn(charts.rulesGraph(long, { width: 400 }));
    expect(width).toBeLessThanOrEqual(400);
    expect(texts.some((text) => text.endsWith('…'))).toBe(true);
    expect((await drawn(charts.rulesGraph(found, { top: 3 }))).marks('line mark')).toHaveLength(3);
    expect((await drawn(charts.rulesGraph(none, { language: 'zh' }))).texts).toContain('没有可显示的内容：这里没有规则。');
  });
});

describe('offers', () => {
  it('has a bar per item with its customers, and the rest as one', async () => {
    const counts = new Map<string, number>();
    for (const row of offers.table.toRows()) counts.set(String(row['item']), (counts.get(String(row['item'])) ?? 0) + 1);
    const { marks } = await drawn(charts.offers(offers));
    expect([...marks('bar')].sort()).toEqual([...counts].map(([item, n]) => `${item}, Next best offer: ${n}`).sort());
    const few = (await drawn(charts.offers(offers, { top: 1 }))).marks('bar');
    expect(few).toHaveLength(2);
    expect(few[1]).toMatch(/^other items/);
  });
  it('says when there is nothing, and takes several kinds', async () => {
    const nothing = nextBestOffer([], { customer: ['x'], product: ['beer'] });
    expect((await drawn(charts.offers([nothing, nothing]))).texts).toContain('Nothing to show: there are no offers here.');
    const other = { ...offers, meta: { ...offers.meta, kind: 'replenish' as const } };
    expect((await drawn(charts.offers([offers, other], { language: 'zh' }))).texts).toEqual(expect.arrayContaining(['下一最佳推荐', '补货提醒']));
  });
});

it('refuses other results and options', () => {
  for (const bad of [null, 5, {}, { table: 1 }, offers]) expect(() => charts.rulesScatter(bad as unknown as AssociationRules)).toThrow('not a result of associationRules');
  expect(() => charts.rulesGraph({} as never)).toThrow('not a result of associationRules');
  expect(() => charts.offers(found as never)).toThrow('not a list of offers');
  expect(() => charts.rulesGraph(found, { top: 0 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});
