import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientele, scratch, type Ran } from './run.js';

const { folder, remove } = scratch();
const at = (name: string): string => join(folder, name);
const warn = (...args: string[]): Promise<Ran> => clientele(folder, ['warn', 'orders.csv', '--customer', 'id', '--date', 'day', '--amount', 'total', ...args]);

beforeAll(() => {
  const rows = ['2025-01-01', '2025-01-11', '2025-01-21', '2025-01-31'].flatMap((day) => [`gone,${day},10`, `here,${day},20`]);
  writeFileSync(at('orders.csv'), `id,day,total\n${rows.join('\n')}\nhere,2025-02-10,20\nhere,2025-02-20,20\nhere,2025-03-02,20\n`);
});
afterAll(remove);

describe('clientele warn', () => {
  it('prints and writes the ranked list', async () => {
    const { code, out, err } = await warn('--rules', 'overdue', '--out', 'warnings.csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')[0]).toBe('2 customers as of 2025-03-02 (last order in orders.csv)');
    expect(out).toContain('wrote 1 warnings to warnings.csv');
    expect(readFileSync(at('warnings.csv'), 'utf8').split('\n')[1]).toMatch(/^gone,overdue,warn,at_risk,30,20,10,3,own,/);
  });
  it('keeps its state: new once, then quiet, and the same day twice changes nothing', async () => {
    const first = await warn('--rules', 'overdue', '--as-of', '2025-03-05', '--state', 'alerts.json');
    expect(first.out).toContain('NEW critical gone overdue');
    const saved = readFileSync(at('alerts.json'), 'utf8');
    expect((await warn('--rules', 'overdue', '--as-of', '2025-03-05', '--state', 'alerts.json')).out).toContain('told again');
    expect(readFileSync(at('alerts.json'), 'utf8')).toBe(saved);
    expect((await warn('--rules', 'overdue', '--as-of', '2025-03-08', '--state', 'alerts.json')).out).toContain('0 new');
  });
  it('with a state prints what is new alone, says what --top leaves out, and writes it where asked', async () => {
    const many = ['2025-01-01', '2025-01-11', '2025-01-21', '2025-01-31'].flatMap((day) => Array.from({ length: 30 }, (_, i) => `c${String(i).padStart(2, '0')},${day},${10 + i}`));
    writeFileSync(at('many.csv'), `id,day,total\n${many.join('\n')}\nhere,2025-03-05,20\n`);
    const run = (...args: string[]): Promise<Ran> => clientele(folder, ['warn', 'many.csv', '--customer', 'id', '--date', 'day', '--amount', 'total', '--rules', 'overdue', ...args]);
    const first = await run('--state', 'many.json', '--top', '3', '--alerts', 'news.csv', '--out', 'list.csv');
    const lines = first.out.split('\n');
    expect(lines.slice(0, 8)).toEqual(['31 customers as of 2025-03-05 (last order in many.csv)', '', expect.stringMatching(/^alerts: 30 new, 0 worse/), '  NEW critical c29 overdue: 33 days since the last order, 3.3 times the usual 10', expect.stringContaining('c28'), expect.stringContaining('c27'), '  … 27 more', expect.stringContaining('wrote 30 warnings to list.csv')]);
    expect(first.out).toContain('wrote 30 alerts to news.csv');
    const news = readFileSync(at('news.csv'), 'utf8').trim().split('\n');
    expect(news.slice(0, 2)).toEqual(['alert,severity,customer,rule,reason,value,limit,base,moneyAtStake', 'new,critical,c29,overdue,"33 days since the last order, 3.3 times the usual 10",33,30,10,156']);
    expect(news).toHaveLength(31);
    expect((await run('--state', 'many.json', '--as-of', '2025-03-06', '--alerts', '-')).out).toBe('alert,severity,customer,rule,reason,value,limit,base,moneyAtStake\n');
    const whole = (await run('--top', '1', '--rules', 'overdue,frequency-drop,spend-drop')).out;
    for (const rule of ['overdue', 'frequency-drop', 'spend-drop']) expect(whole).toMatch(new RegExp(`^${rule} +31 `, 'm'));
    expect(await run('--alerts', 'news.csv')).toMatchObject({ code: 2, err: expect.stringContaining('--alerts goes with --state') });
    expect(await run('--state', 's.json', '--alerts', 'news.xls')).toMatchObject({ code: 2, err: expect.stringContaining('--alerts "news.xls": the ending says the format') });
    expect(await run('--state', 's.json', '--alerts', 's.json')).toMatchObject({ code: 2, err: expect.stringContaining('name the same file') });
  });
  it('speaks Chinese throughout', async () => {
    const { out } = await warn('--rules', 'overdue', '--as-of', '2025-03-05', '--state', 'zh-alerts.json', '--labels', 'zh', '--report', 'zh.html');
    expect(out.split('\n').slice(0, 4)).toEqual(['2 位客户，截至 2025-03-05（指定日期），数据来源 orders.csv', '', '预警：新增 1，恶化 0，解除 0，提醒 0，未结 1，静默 0，待确认 0，无变化 0', '  新增 严重 gone 逾期未购：已 33 天未购买，为平常间隔 10 天的 3.3 倍']);
    expect(readFileSync(at('zh.html'), 'utf8')).not.toMatch(/>overdue</);
    expect((await warn('--labels', 'zh', '--rules', 'overdue')).out.split('\n')[0]).toBe('2 位客户，截至 2025-03-02（最后一笔订单），数据来源 orders.csv');
    expect(await warn('--labels', 'fr')).toMatchObject({ code: 2, err: expect.stringContaining('use en or zh') });
  });
  it('refuses a state of the future, of a newer version, and a damaged one, and leaves the file alone', async () => {
    expect((await warn('--as-of', '2025-03-01', '--state', 'alerts.json')).err).toContain('the state is of 2025-03-08');
    for (const [content, message] of [['{"kind":"alerts"', 'is damaged'], [readFileSync(at('alerts.json'), 'utf8').replace('"version": 1', '"version": 2'), 'written by a newer version']] as const) {
      writeFileSync(at('bad.json'), content);
      const { code, err } = await warn('--state', 'bad.json');
      expect(code).toBe(1);
      expect(err).toContain(message);
      expect(err).toMatch(/ remove (it|the saved state) to begin anew/);
      expect(err).not.toContain('emptyAlertState');
      expect(readFileSync(at('bad.json'), 'utf8')).toBe(content);
    }
  });
  it('finds the columns by their names, and says which it took', async () => {
    const named = readFileSync(at('orders.csv'), 'utf8').replace('id,day,total', 'customer_id,order_date,amount');
    writeFileSync(at('named.csv'), named);
    const { code, out } = await clientele(folder, ['warn', 'named.csv', '--rules', 'overdue']);
    expect(code).toBe(0);
    expect(out).toContain('read as if called with --customer customer_id --date order_date --amount amount');
    writeFileSync(at('unnamed.csv'), named.replace('customer_id,order_date,amount', 'x,y,z'));
    expect(await clientele(folder, ['warn', 'unnamed.csv'])).toMatchObject({ code: 2, err: expect.stringContaining('--customer COLUMN') });
  });
  it('writes a page, its texts escaped, with what is new', async () => {
    writeFileSync(at('odd.csv'), readFileSync(at('orders.csv'), 'utf8').replaceAll('gone', '<script>alert(1)</script>'));
    const { code, out } = await clientele(folder, ['warn', 'odd.csv', '--customer', 'id', '--date', 'day', '--amount', 'total', '--rules', 'overdue', '--report', 'page.html', '--state', 'page-alerts.json']);
    expect({ code, wrote: out.includes('wrote page.html') }).toEqual({ code: 0, wrote: true });
    const page = readFileSync(at('page.html'), 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    expect(page).toContain('New since the last run');
    await warn('--rules', 'overdue', '--labels', 'zh', '--report', 'zh.html', '--quiet');
    expect(readFileSync(at('zh.html'), 'utf8')).toContain('<html lang="zh-CN">');
  });
  it('refuses bad usage', async () => {
    expect(await warn('--report', 'page.pdf')).toMatchObject({ code: 2, err: expect.stringContaining('name an .html file') });
    expect(await warn('--out', 'same.json', '--state', 'same.json')).toMatchObject({ code: 2, err: expect.stringContaining('name the same file') });
    expect(await warn('--rules', 'ewma', '--k', '3')).toMatchObject({ code: 2, err: expect.stringContaining('--k goes with the rule overdue') });
    expect(await warn('--rules', 'none')).toMatchObject({ code: 2, err: expect.stringContaining('Rules are: overdue') });
    expect(await warn('--severity', 'red')).toMatchObject({ code: 2 });
    expect(existsSync(at('red'))).toBe(false);
  });
});
