import { describe, expect, it } from 'vitest';
import { table } from '../../src/columns/index.js';
import { charts, resultsPage } from '../../src/report/index.js';

const many = table({ name: Array.from({ length: 250 }, (_, i) => `n${i}`), x: Array.from({ length: 250 }, (_, i) => i / 1000) });

describe('resultsPage', () => {
  it('has title, findings, charts, tables and remarks, in order', async () => {
    const page = await resultsPage({
      title: 'Title', about: 'as of today', findings: ['It is so.'], charts: [charts.lorenzCurve({ monetary: [1, 3] })],
      tables: [{ title: 'Numbers', table: many, columns: [{ name: 'name', title: 'Name', format: 'text' }, { name: 'x', title: 'Share', format: 'percent' }] }], remarks: ['1 row left out'],
    });
    const at = ['<h1 dir="auto">Title</h1>', 'as of today', 'It is so.', 'data-chart="chart-1"', '<h2>Numbers</h2>', '<th scope="col">Name</th>', '<td class="number">19.9%</td>', '50 more rows are not shown.', '1 row left out'].map((part) => page.indexOf(part));
    expect(at.every((place) => place > 0)).toBe(true);
    expect(at.slice().sort((a, b) => a - b)).toEqual(at);
    expect(page.match(/<tr>/g)).toHaveLength(201);
  });
  it('escapes everything, and forbids the network', async () => {
    const bad = '<script>alert(1)</script>';
    const page = await resultsPage({ title: bad, about: bad, findings: [bad], remarks: [bad], tables: [{ title: bad, table: table({ [bad]: [bad, null], n: [1.23456, NaN] }) }] }, { language: 'zh' });
    expect(page).not.toContain(bad);
    expect(page).toMatch(/default-src (?:'|&#39;)none/);
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain('<td class="number">1.235</td>');
    expect(page).toContain('<td class="number">–</td>');
  });
  it('refuses what it cannot show', async () => {
    await expect(resultsPage({ title: '' })).rejects.toThrow('Give the page a title');
    await expect(resultsPage({ title: 'x', tables: [{ title: 'y', table: many, columns: [{ name: 'z', title: 'Z', format: 'text' }] }] })).rejects.toThrow('"z"');
    await expect(resultsPage({ title: 'x', tables: [{ title: 'y', table: {} as never }] })).rejects.toThrow('Give each a Table');
    await expect(resultsPage({ title: 'x' }, { lang: 'zh' } as never)).rejects.toThrow('there is no option "lang"');
  });
});
