import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();
afterAll(remove);
const MAP = ['--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue'];

it('clientele segment goes from a file to profiles, names and a page', async () => {
  await clientele(folder, ['demo', '--customers', '300', '--quiet']);
  const ran = await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', 'auto', '--starts', '2', '--out', 'segments.csv', '--report', 'segments.html']);
  expect(ran.err).toBe('');
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/No natural k|k = \d:/);
  expect(readFileSync(join(folder, 'segments.csv'), 'utf8').split('\n')[0]).toMatch(/cluster,segment,label,distance$/);
  expect(readFileSync(join(folder, 'segments.html'), 'utf8')).toContain('<table');
});

it('clientele segment refuses what it cannot do, by usage', async () => {
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', 'few'])).toMatchObject({ code: 2, err: expect.stringContaining('--k') as string });
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', '1'])).toMatchObject({ code: 2, err: expect.stringContaining('option k is 1') as string });
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--out', 'a.txt'])).toMatchObject({ code: 2 });
});
