import { describe, expect, it } from 'vitest';
import { surveyPage, type SurveyPart } from '../../src/report/index.js';
import { complaintPareto, cronbachAlpha, drivers, importancePerformance, kano, nps, servqual } from '../../src/satisfaction/index.js';

const y = [5, 3, 4, 2, 5, 1, 4, 3];
const answers = { price: [1, 2, 1, 2, 2, 1, 1, 2], service: [5, 4, 4, 3, 5, 2, 4, 4], y, wave: [1, 1, 1, 1, 2, 2, 2, 2], shop: ['<img src=x>', 'b', '<img src=x>', 'b', 'b', 'b', 'b', 'b'] };
const parts: SurveyPart[] = [
  nps(answers, { score: 'y', wave: 'wave', by: 'shop' }), servqual({ E_a: y, P_a: y }, { dimensions: { empathy: ['a'] } }), cronbachAlpha(answers, { items: ['price', 'service'], samples: 100 }),
  drivers(answers, { items: ['price', 'service'], overall: 'y', samples: 0 }), importancePerformance(answers, { items: ['price', 'service'], overall: 'y' }),
  kano({ feature: ['a', 'b'], functional: ['like', 'must'], dysfunctional: ['live', 'dislike'] }), complaintPareto({ topic: ['late', 'rude'] }, { by: 'topic' }),
];

describe('surveyPage', () => {
  it('holds a section per result, with chart, tables, differences and remarks, all escaped', async () => {
    const page = await surveyPage(parts, { title: '<b>Spring</b>', source: 'a.csv' });
    expect(page.match(/<section id="part-\d"/g)).toHaveLength(parts.length);
    expect([page.includes('<img src=x>'), page.includes('<b>Spring'), page.includes('&lt;img src=x&gt;')]).toEqual([false, false, true]);
    for (const text of ['Differences tested', 'Standard error', 'TOO_FEW', 'What the items explain together', 'Promoters', 'yes']) expect(page).toContain(text);
    expect(page.match(/data-chart=/g)).toHaveLength(5);
  });
  it('speaks Chinese, headings and yes and no too', async () => {
    const page = await surveyPage(parts, { language: 'zh' });
    for (const text of ['<html lang="zh-CN">', '客户之声', '差异检验', '标准误', '可发布', '<td dir="auto">否</td>']) expect(page).toContain(text);
    expect(page).not.toContain('>standardError<');
  });
  it('refuses no results, what is none, and unknown options', async () => {
    await expect(surveyPage([])).rejects.toThrow('there are no results');
    await expect(surveyPage([{} as never])).rejects.toThrow('not a result of a survey');
    await expect(surveyPage(parts, { colour: 1 } as never)).rejects.toThrow('no option "colour"');
    await expect(surveyPage(parts, { title: 1 as never })).rejects.toThrow('option title');
  });
});
