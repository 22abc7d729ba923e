import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();
const MAP = ['--customer', 'id', '--date', 'day', '--amount', 'total'] as const;

beforeAll(() => writeFileSync(join(folder, 'orders.csv'), 'id,day,total,debt\na,2026-01-01,70,5\nb,2026-01-05,20,0\nc,2026-01-09,10,\n'));
afterAll(remove);

describe('clientele pareto', () => {
  it('says the real pair, classes and the best, and writes classes', async () => {
    const { code, out, err } = await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--out', 'classes.csv']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('3 customers as of 2026-01-09 (last order in orders.csv)\nThe top 20% of customers (1 of 3) bring 70.0% of revenue');
    expect(readFileSync(join(folder, 'classes.csv'), 'utf8')).toContain('customer,monetary,rank,share,cumulatedShare,class\na,70,1,0.7,0.7,A\n');
  });
  it('keeps one class, speaks Chinese, and is quiet', async () => {
    const { out } = await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--labels', 'zh', '--class', 'A', '--limits', '0.5,0.9', '--out', '-']);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect((await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--labels', 'zh'])).out).toContain('前 20% 的客户');
    expect(await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });
  it('writes a page with curves, classes and the best, in either language', async () => {
    const { code, out, err } = await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--report', 'pareto.html']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('wrote pareto.html');
    const page = readFileSync(join(folder, 'pareto.html'), 'utf8');
    for (const part of ['<h1 dir="auto">Where the money is</h1>', '3 customers as of 2026-01-09 (last order), from orders.csv', 'The top 20% of customers (1 of 3)', 'Lorenz curve', 'Class A', '<td dir="auto">a</td>\n<td class="number">70.00</td>']) expect(page).toContain(part);
    await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--report', 'zh.html', '--labels', 'zh', '--quiet']);
    expect(readFileSync(join(folder, 'zh.html'), 'utf8')).toContain('3 位客户，截至 2026-01-09（最后一笔订单），数据来源 orders.csv');
  });
  it('speaks Chinese on the terminal throughout', async () => {
    const { out } = await clientele(folder, ['pareto', 'orders.csv', ...MAP, '--labels', 'zh']);
    expect(out.split('\n')[0]).toBe('3 位客户，截至 2026-01-09（最后一笔订单），数据来源 orders.csv');
    expect(out).toMatch(/基尼系数 0\.\d{4}，HHI 0\.\d{6}（等效客户数 \d\.\d），胡佛指数 0\.\d{4}，泰尔指数 0\.\d{4}/);
    expect(out).not.toContain('Gini');
  });
  it('finds the columns by their names', async () => {
    writeFileSync(join(folder, 'named.csv'), 'customer_id,order_date,amount\na,2026-01-01,70\nb,2026-01-05,30\n');
    expect((await clientele(folder, ['pareto', 'named.csv'])).out).toContain('read as if called with --customer customer_id --date order_date --amount amount');
  });
  it.each([
    [['pareto', 'orders.csv', ...MAP, '--report', 'x.pdf'], 'name an .html file'], [['pareto'], 'name a CSV file'], [['pareto', 'orders.csv', ...MAP, '--limits', '80,95'], 'cumulated shares in ascending order'], [['pareto', 'orders.csv', ...MAP, '--class', 'Z'], 'there is no such class'],
    [['pareto', 'orders.csv', ...MAP, '--out', 'x.xls'], 'use .csv, .json or .ndjson'],
  ])('%j exits with 2', async (args, message) => {
    const { code, err } = await clientele(folder, [...args, ...(args.includes('--class') ? ['--out', '-'] : [])]);
    expect({ code, said: err.includes(message) }, err).toEqual({ code: 2, said: true });
  });
});

describe('clientele screen', () => {
  it('ranks by criteria, carried columns among them', async () => {
    const { code, out, err } = await clientele(folder, ['screen', 'orders.csv', ...MAP, '--carry', 'debt', '--criteria', 'monetary:high:0.5,debt:low:0.5', '--missing', 'worst', '--sensitivity', '--out', 'tiers.json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('monetary (high, 0.5), debt (low, 0.5)');
    expect((JSON.parse(readFileSync(join(folder, 'tiers.json'), 'utf8')) as { rank: number }[]).map(({ rank }) => rank)).toEqual([2, 1, 3]);
  });
  it('writes a page with tiers, criteria, the selected and the sensitivity', async () => {
    const { code, err } = await clientele(folder, ['screen', 'orders.csv', ...MAP, '--criteria', 'monetary:high:0.6,recency:low:0.4', '--report', 'screen.html', '--quiet', '--labels', 'zh']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const page = readFileSync(join(folder, 'screen.html'), 'utf8');
    for (const part of ['3 位客户中选出 1 位', '关键客户', '越低越好', '权重变化的影响', 'lang="zh-CN"', '距上次购买天数']) expect(page).toContain(part);
    expect(page).not.toMatch(/>(recency|monetary)</);
  });
  it('speaks Chinese on the terminal', async () => {
    const { out } = await clientele(folder, ['screen', 'orders.csv', ...MAP, '--criteria', 'monetary:high:0.6,recency:low:0.4', '--labels', 'zh']);
    expect(out.split('\n').slice(0, 2)).toEqual(['3 位客户，截至 2026-01-09（最后一笔订单），数据来源 orders.csv', '金额（越高越好，权重 0.6），距上次购买天数（越低越好，权重 0.4）']);
  });
  it.each([
    [['screen', 'orders.csv', ...MAP], 'say what to judge by'], [['screen', 'orders.csv', ...MAP, '--criteria', 'monetary'], 'write COLUMN:high or COLUMN:low'],
    [['screen', 'orders.csv', ...MAP, '--criteria', 'monetary:high:0.5,recency:low:0.7'], 'the weights sum to 1.2, not 1'],
  ])('%j exits with 2', async (args, message) => {
    const { code, err } = await clientele(folder, args);
    expect({ code, said: err.includes(message) }, err).toEqual({ code: 2, said: true });
  });
});
