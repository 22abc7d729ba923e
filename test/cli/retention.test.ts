import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientele, scratch, type Ran } from './run.js';

const { folder, remove } = scratch();
const at = (name: string): string => join(folder, name);
const retention = (...args: string[]): Promise<Ran> => clientele(folder, ['retention', 'orders.csv', '--customer', 'id', '--date', 'day', '--amount', 'total', ...args]);

beforeAll(() => {
  writeFileSync(at('orders.csv'), 'id,day,total,way\na,2025-01-05,10,web\nb,2025-01-20,20,"<i>shop"\na,2025-02-03,5,web\nc,2025-02-14,8,web\nb,2025-03-01,4,web\n');
});
afterAll(remove);

describe('clientele retention', () => {
  it('prints the rates, writes cells and page', async () => {
    const { code, out, err } = await retention('--as-of', '2025-03-31', '--out', 'kept.csv', '--report', 'kept.html', '--labels', 'zh');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(0, 2)).toEqual(['截至 2025-03-31（指定日期，数据来自 orders.csv），3 位客户，按月留存率：当期购买', expect.stringMatching(/^66\.7 % 的客户再次购买（.* 至 .*）；40\.0 % 的订单为重复购买$/)]);
    expect(out).toContain('首次购买');
    expect(out).not.toContain('cohort');
    const english = (await retention('--as-of', '2025-03-20')).out;
    expect(english.split('\n')[0]).toBe('3 customers as of 2025-03-20 (given; from orders.csv), bounded retention by month');
    expect(english).toContain('66.7 % bought again');
    expect(english).toMatch(/cohort +size +running/);
    expect(readFileSync(at('kept.csv'), 'utf8').split('\n')).toEqual([
      'cohort,offset,period,size,active,rate,revenue,revenueRate,complete', '2025-01,0,2025-01,2,2,1,30,1,true', '2025-01,1,2025-02,2,1,0.5,5,0.16666666666666666,true', '2025-01,2,2025-03,2,1,0.5,4,0.13333333333333333,true',
      '2025-02,0,2025-02,1,1,1,8,1,true', '2025-02,1,2025-03,1,0,0,0,0,true', '',
    ]);
    const page = readFileSync(at('kept.html'), 'utf8');
    expect(page).toContain('谁会再来');
    expect(page).toContain('忠诚阶梯');
    expect(page.match(/data-chart="chart-\d"/g)).toHaveLength(4);
  });
  it('cohorts by a column; hostile names stay text', async () => {
    const { code, out } = await retention('--carry', 'way', '--cohort', 'way', '--kind', 'unbounded', '--report', 'by-way.html');
    expect(code).toBe(0);
    expect(out).toContain('<i>shop');
    expect(readFileSync(at('by-way.html'), 'utf8')).not.toContain('<i>shop');
  });
  it('finds the columns by their names', async () => {
    writeFileSync(at('named.csv'), 'customer_id,order_date,amount\na,2026-01-01,70\nb,2026-01-05,30\na,2026-02-05,30\n');
    const { code, out } = await clientele(folder, ['retention', 'named.csv']);
    expect(code).toBe(0);
    expect(out).toContain('read as if called with --customer customer_id --date order_date --amount amount');
  });
  it('refuses bad usage before it reads', async () => {
    for (const [args, message] of [[['--kind', 'rolling'], "Use one of: 'bounded'"], [['--report', 'kept.pdf'], 'name an .html file'], [['--out', 'kept.xls'], 'use .csv, .json or .ndjson'], [['--labels', 'fr'], 'use en or zh'], [['--window-days', '5'], "goes with kind 'window'"]] as const) {
      expect(await retention(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    }
    expect(existsSync(at('kept.xls'))).toBe(false);
  });
});
