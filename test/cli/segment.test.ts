import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadTreeRules } from '../../src/segmentation/index.js';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();
afterAll(remove);
const MAP = ['--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue'];

it('clientele segment goes from a file to profiles, names and a page', async () => {
  await clientele(folder, ['demo', '--customers', '300', '--quiet']);
  const ran = await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', 'auto', '--starts', '2', '--out', 'segments.csv', '--report', 'segments.html', '--rules', 'rules.json']);
  expect(ran.err).toBe('');
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/No natural k|k = \d:/);
  expect(readFileSync(join(folder, 'segments.csv'), 'utf8').split('\n')[0]).toMatch(/cluster,segment,label,distance$/);
  expect(ran.out).toMatch(/Rules that put \d+\.\d % of the customers into their own segment:\n {2}\S/);
  const page = readFileSync(join(folder, 'segments.html'), 'utf8');
  for (const part of ['Content-Security-Policy', '<h1 dir="auto">Segments found in the data', 'id="segments"', 'id="rules"', 'id="how-many"', 'data-chart="chart-5"', 'As of ']) expect(page.includes(part), part).toBe(true);
  // The script behind it is not ours to read.
  expect(page.slice(0, page.indexOf('<script>'))).not.toMatch(/undefined|NaN|\[object/);
  const rules = loadTreeRules(JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8')));
  expect(rules.rules.reduce((sum, { customers }) => sum + customers, 0)).toBe(300);
});

it('clientele segment refuses what it cannot do, by usage', async () => {
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', 'few'])).toMatchObject({ code: 2, err: expect.stringContaining('--k') as string });
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--k', '1'])).toMatchObject({ code: 2, err: expect.stringContaining('option k is 1') as string });
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--out', 'a.txt'])).toMatchObject({ code: 2 });
  expect(await clientele(folder, ['segment', 'orders.csv', ...MAP, '--rules', 'a.csv'])).toMatchObject({ code: 2, err: expect.stringContaining('--rules') as string });
});
it('clientele segment finds the columns by their names', async () => {
  const { code, out } = await clientele(folder, ['segment', 'orders.csv', '--k', '2']);
  expect(code).toBe(0);
  expect(out).toMatch(/read as if called with --customer customer_id --date order_date --amount revenue/);
});
