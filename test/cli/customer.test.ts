import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();
beforeAll(async () => void (await clientele(folder, ['demo', '--customers', '300', '--quiet'])));
afterAll(remove);

describe('clientele customer', () => {
  it('prints scores, value, class and warnings of one customer, and writes them', async () => {
    const { code, out, err } = await clientele(folder, ['customer', 'C000001', 'orders.csv', '--margin', '0.3', '--out', 'facts.csv', '--report', 'one.html']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/300 customers as of .* \(last order in orders\.csv\)\n\nC000001\nRFM\n {2}Days since last order +\d+\n {2}Orders +\d+/);
    expect(out).toMatch(/Money +[\d,]+\.\d\d\n/);
    expect(out).toMatch(/Share of all +<?\d+\.\d%\n/);
    for (const part of ['Class\n  ABC class', 'Value\n  Probability of being a customer still', 'wrote one.html']) expect(out).toContain(part);
    expect(readFileSync(join(folder, 'facts.csv'), 'utf8')).toMatch(/^part,partLabel,column,label,format,value\nrfm,RFM,recency,Days since last order,days,\d+\n/);
    expect(readFileSync(join(folder, 'one.html'), 'utf8')).toContain('<h2 dir="auto">Customer C000001</h2>');
  });

  it('speaks Chinese', async () => {
    const { out } = await clientele(folder, ['customer', 'C000001', 'orders.csv', '--labels', 'zh']);
    expect(out).toContain('距上次购买天数');
  });

  it('says why there is no value where customers are too few', async () => {
    const { code, out } = await clientele(folder, ['customer', 'a', '-', '--customer', 'id', '--date', 'day', '--amount', 'total'], { input: 'id,day,total\na,2026-01-01,10\n' });
    expect(code).toBe(0);
    expect(out).toContain('no value to come: ');
  });

  it.each([
    [['customer', 'orders.csv'], 2, 'name the customer and the order log'], [['customer', 'nobody', 'orders.csv'], 1, 'no result knows the customer "nobody"'],
    [['customer', 'C000001', 'orders.csv', '--margin', '2'], 2, 'option margin is 2'], [['customer', 'C000001', 'orders.csv', '--report', 'x.pdf'], 2, 'name an .html file'],
  ] as const)('%j exits with %i', async (args, exit, message) => {
    const { code, err } = await clientele(folder, args);
    expect({ code, said: err.includes(message) }, err).toEqual({ code: exit, said: true });
  });
});
