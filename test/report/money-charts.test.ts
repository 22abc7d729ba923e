import { describe, expect, it } from 'vitest';
import { keyCustomers, screeningSensitivity, type Criterion } from '../../src/decisions/index.js';
import { abcXyz } from '../../src/pareto/index.js';
import { productMix, whaleCurve } from '../../src/profit/index.js';
import { charts, type Chart } from '../../src/report/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { drawn } from './drawn.js';

const valuesOf = (chart: Chart): readonly Record<string, unknown>[] => (chart['data'] as { values: Record<string, unknown>[] }).values;
const accounts = { customer: ['a', 'b', 'c'], sales: [100, 50, 0], years: [9, 0, 5], growth: [0, 1, 3] };
const high = (column: string, weight?: number): Criterion => ({ column, direction: 'high', ...(weight === undefined ? {} : { weight }) });
const goods = { product: ['<b>tea</b>', 'pot', 'cup'], sales: [100, 300, 50], cost: [60, 330, 10], stock: [20, 100, 0] };

describe('lorenzCurve', () => {
  it('draws the curve of shares and says the Gini coefficient', async () => {
    const chart = charts.lorenzCurve({ spend: [1, 1, 2, 3, 13, NaN] }, { column: 'spend' });
    expect(valuesOf(chart).filter((point) => [0, 0.2, 0.4, 0.6, 0.8, 1].includes(point['customers'] as number)).map((point) => point['share'])).toEqual([0, 0.05, 0.1, 0.2, 0.35, 1]);
    expect((await drawn(chart)).texts).toContain('Gini 0.520');
    expect((await drawn(charts.lorenzCurve({ monetary: [5, 5] }, { language: 'zh' }))).texts).toContain('基尼系数 0.000');
  });
  it('refuses values below 0, and says where there is nothing', async () => {
    expect(() => charts.lorenzCurve({ monetary: [5, -5] })).toThrow('row 1 is -5');
    expect((await drawn(charts.lorenzCurve({ monetary: [] as number[] }))).texts.join()).toContain('Nothing to show');
  });
});

describe('whaleCurve', () => {
  it('marks the peak, in percent of the total', async () => {
    const chart = charts.whaleCurve(whaleCurve([80, 40, -20], { steps: 2 }));
    expect(valuesOf(chart)).toEqual([{ customers: 0, percent: 0 }, { customers: 0.5, percent: 100 }, { customers: 0.66667, percent: 120 }, { customers: 1, percent: 100 }].map((point) => ({ ...point, customers: expect.closeTo(point.customers, 4) })));
    expect((await drawn(chart)).texts).toEqual(expect.arrayContaining(['66.7% of customers: 120.0%', '3 customers; 1 customer costs more than it brings: 20.00']));
  });
  it('is in money where the total is not above 0, a peak on a step standing once', () => {
    const points = valuesOf(charts.whaleCurve(whaleCurve([50, 10, -80, -20], { steps: 4 })));
    expect(points.map((point) => point['profit'])).toEqual([0, 50, 60, 40, -40]);
  });
  it('refuses what is no whale curve', () => expect(() => charts.whaleCurve([1, 2] as never)).toThrow('Pass whaleCurve(profits) of clientele/profit'));
});

describe('abcXyzMatrix and keyCustomerMatrix', () => {
  it('have nine cells with number and share', async () => {
    const crossed = abcXyz(exampleOrders({ customers: 100, seed: 1 }), { by: 'customer', period: 'quarter' });
    const { marks } = await drawn(charts.abcXyzMatrix(crossed));
    expect(marks('rect mark')).toHaveLength(9);
    expect(marks('rect mark')[0]).toMatch(/^AX: \d+ · [\d.]+%$/);
    expect((await drawn(charts.abcXyzMatrix(crossed, { language: 'zh' }))).texts).toContain('贡献与平稳度：ABC × XYZ');
  });
  it('stand in the place their level and firmness say', async () => {
    const keys = keyCustomers(accounts, { level: [high('sales')], firmness: [high('years')], labels: 'zh' });
    const chart = charts.keyCustomerMatrix(keys, { language: 'zh' });
    expect(valuesOf(chart).filter((cell) => cell['head'] === '1').map(({ up, across, text }) => [up, across, text])).toEqual([['高', '高', '关键伙伴'], ['中', '低', '关系松散'], ['低', '中', '小客户']]);
    expect((await drawn(chart)).texts).toContain('关键客户矩阵：客户等级与关系牢固度');
  });
  it('refuse other results', () => {
    expect(() => charts.abcXyzMatrix({} as never)).toThrow('Pass abcXyz');
    expect(() => charts.keyCustomerMatrix(null as never)).toThrow('Pass keyCustomers');
  });
});

describe('productMatrix', () => {
  it('places products by turnover and margin, names escaped, those without stock left out', async () => {
    const chart = charts.productMatrix(productMix(goods, { stock: 'stock' }));
    expect(valuesOf(chart).map(({ name, turnover, marginRate }) => [name, turnover, marginRate])).toEqual([['pot', 3, expect.closeTo(-0.1, 12)], ['<b>tea</b>', 5, 0.4]]);
    const { svg, texts } = await drawn(chart);
    expect(svg).not.toContain('<b>tea');
    // Together: (100 + 300) / 120 and (40 - 30) / 400.
    expect(texts).toContain('2 products; dashed: all together, margin rate 2.5%');
  });
  it('draws the most sold of many, and says so; needs turnover', async () => {
    const many = { product: Array.from({ length: 300 }, (_, i) => `p${i}`), sales: Array.from({ length: 300 }, (_, i) => i + 1), cost: Array.from({ length: 300 }, () => 1), stock: Array.from({ length: 300 }, () => 5) };
    const chart = charts.productMatrix(productMix(many, { stock: 'stock' }), { language: 'zh' });
    expect(valuesOf(chart)).toHaveLength(200);
    expect((await drawn(chart)).texts.join('')).toContain('300 种中销售额最高的 200 种');
    expect(() => charts.productMatrix(productMix(goods))).toThrow('column "turnover" is missing');
  });
});

describe('sensitivityRange', () => {
  it('has two dots per criterion', async () => {
    const table = screeningSensitivity(accounts, [high('sales', 0.6), high('growth', 0.4)], { top: 0.3, change: 0.9 });
    const { marks, texts } = await drawn(charts.sensitivityRange(table));
    expect(marks('point')).toEqual(table.toRows().map(({ criterion, kept }, i) => `${String(criterion)}, weight ${i % 2 === 0 ? 'lowered' : 'raised'}: ${(100 * Number(kept)).toFixed(1)}%`));
    expect(texts).toContain('At the least 0.0% of the selected stay');
  });
  it('says where there is nothing, and what is missing', async () => {
    expect((await drawn(charts.sensitivityRange({ criterion: [] as string[], kept: [], weight: [], rankCorrelation: [] }, { language: 'zh' }))).texts.join()).toContain('这里没有数据');
    expect(() => charts.sensitivityRange({ kept: [1] })).toThrow('column "criterion" is missing');
  });
});
