import { describe, expect, it } from 'vitest';
import { loyaltyMatrix, retention, stageHistory } from '../../src/loyalty/index.js';
import { charts, type Chart } from '../../src/report/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';
import { drawn } from './drawn.js';

const orders = exampleOrders({ customers: 300, seed: 4 });
const kept = retention(orders, { period: 'quarter', asOf: '2025-12-20' });
const history = stageHistory(orders, { of: 'ladder', every: 'quarter' });
const matrix = loyaltyMatrix({ attitude: [5, 4, 1, 2], patronage: [9, 1, 8, 0] }, { cuts: { attitude: 3, patronage: 5 } });
const every: Readonly<Record<string, (options: { language?: 'en' | 'zh'; width?: number }) => Chart>> = {
  retentionHeatmap: (options) => charts.retentionHeatmap(kept, options), retentionOfMoney: (options) => charts.retentionHeatmap(kept, { ...options, show: 'revenue' }), retentionCurves: (options) => charts.retentionCurves(kept, options),
  stageFlow: (options) => charts.stageFlow(history, options), stageShares: (options) => charts.stageShares(history, options), loyaltyMatrix: (options) => charts.loyaltyMatrix(matrix, options),
};

describe.each(Object.entries(every))('%s', (_, make) => {
  it('is plain JSON, drawn at the width asked for, with a heading in both languages and nothing undefined', async () => {
    expect(JSON.parse(JSON.stringify(make({})))).toEqual({ ...make({}) });
    const [english, chinese, narrow] = [await drawn(make({})), await drawn(make({ language: 'zh' })), await drawn(make({ width: 320 }))];
    expect(english.width).toBeLessThanOrEqual(602);
    expect(narrow.width).toBeLessThanOrEqual(322);
    expect(chinese.texts.join()).toMatch(/\p{Script=Han}/u);
    for (const { texts } of [english, chinese, narrow]) expect(texts.join()).not.toMatch(/NaN|undefined|null|\[object/);
    expect(String(make({}))).not.toMatch(/undefined|\[object/);
  });
});

describe('what the charts say', () => {
  it('a field per cell, pale and told where the quarter is not over', async () => {
    const { marks, texts } = await drawn(charts.retentionHeatmap(kept));
    expect(marks('rect mark').length).toBe(kept.table.numRows);
    expect(marks('rect mark').filter((say) => say.endsWith('(not over)')).length).toBe(kept.table.toRows().filter((row) => row['complete'] === false).length);
    expect(texts.filter((text) => text === '100%').length).toBeGreaterThanOrEqual(kept.rates.numRows);
  });
  it('bands of the flow are the moves of the last date', async () => {
    const { marks } = await drawn(charts.stageFlow(history));
    expect(marks('area mark').length).toBe(history.transitions.toRows().filter((row) => row['to'] === history.dates.at(-1)).length);
    expect(() => charts.stageFlow(history, { date: '1999-01-01' })).toThrow('Name a date behind the first');
  });
  it('numbers of all customers in the corners of the matrix', async () => {
    const { texts } = await drawn(charts.loyaltyMatrix(matrix));
    expect(texts.filter((text) => text === '1 · 25.0%').length).toBe(4);
  });
  it('one customer, one date: still a picture, or a word that there is nothing', async () => {
    const one = logOf([['<b>&"', '2025-01-10', 5]]);
    const few = retention(one, { asOf: '2025-01-20' });
    expect((await drawn(charts.retentionHeatmap(few))).texts.join()).toContain('2025-01');
    expect((await drawn(charts.retentionCurves(few))).texts.join()).toContain('Nothing to show');
    const short = stageHistory(one, { dates: ['2025-01-10'] });
    expect((await drawn(charts.stageFlow(short))).texts.join()).toContain('Nothing to show');
    expect((await drawn(charts.stageShares(short))).texts.join()).toContain('Exploration');
  });
  it('refuses what is no result', () => {
    expect(() => charts.retentionHeatmap({} as typeof kept)).toThrow('this is not a result of retention');
    expect(() => charts.stageFlow({} as typeof history)).toThrow('not a result of stageHistory');
    expect(() => charts.loyaltyMatrix({} as typeof matrix)).toThrow('not a result of loyaltyMatrix');
  });
});
