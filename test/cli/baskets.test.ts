import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasReference, referencePath } from '../reference.js';
import { clientele, scratch, type Ran } from './run.js';

const { folder, remove } = scratch();
const at = (name: string): string => join(folder, name);
const baskets = (...args: string[]): Promise<Ran> => clientele(folder, ['baskets', ...args]);
const LINES = 'beer,nappies\nbeer,nappies,crisps \nbeer,crisps\nmilk\n';

beforeAll(() => {
  writeFileSync(at('lines.csv'), LINES);
  writeFileSync(at('lines.csv.gz'), gzipSync(LINES));
  const rows = LINES.trim().split('\n').flatMap((line, order) => line.split(',').map((item) => `${order},${item},c${order},2026-01-0${order + 1},1`));
  writeFileSync(at('orders.csv'), `order_id,item,customer_id,order_date,revenue\n${rows.join('\n')}\n9,beer,c0,2026-01-01,-1\n`);
  writeFileSync(at('啤酒.csv'), Buffer.from([0xc6, 0xbb, 0xb9, 0xfb, 0x2c, 0xc0, 0xe6, 0x0a, 0xc6, 0xbb, 0xb9, 0xfb, 0x2c, 0xc0, 0xe6, 0x0a]));      // 苹果,梨 in GB18030
});
afterAll(remove);

/** Rules as text, whatever the way in. */
const rulesIn = (file: string): string[] => readFileSync(at(file), 'utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/).slice(1).map((line) => line.split(',').slice(0, 4).join(','));

describe('clientele baskets', () => {
  it('goes from a file to a table, a CSV and a page', async () => {
    const { code, out, err } = await baskets('lines.csv', '--one-a-line', '--min-support', '0.5', '--out', 'rules.csv', '--report', 'rules.html');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('4 rules from 4 baskets of 4 items (lines.csv); support from 0.5 (2 baskets), confidence from 0.5');
    expect(out).toContain('NAMES_TRIMMED: 1 item names');
    // beer with nappies in 2 of 3, with crisps in 2 of 3; the other way always.
    expect(rulesIn('rules.csv')).toEqual(['beer,crisps,2,2', 'beer,nappies,2,2', 'crisps,beer,2,2', 'nappies,beer,2,2']);
    const page = readFileSync(at('rules.html'), 'utf8');
    expect(page).toContain('<h1>What sells together</h1>');
    expect(page.match(/<svg/g)).toHaveLength(2);
  });
  it.each([
    ['order and product alone', ['orders.csv', '--order', 'order_id', '--product', 'item']],
    ['a whole log, returns left out', ['orders.csv', '--order', 'order_id', '--product', 'item', '--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue']],
    ['the day of a customer, other columns found', ['orders.csv', '--product', 'item', '--basket', 'customer-day']],
    ['gzip', ['lines.csv.gz', '--one-a-line']],
  ])('reads %s', async (_, args) => {
    const { code, err } = await baskets(...args, '--min-support', '0.4', '--out', 'other.csv', '--quiet');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(rulesIn('other.csv')).toEqual(['beer,crisps,2,2', 'beer,nappies,2,2', 'crisps,beer,2,2', 'nappies,beer,2,2']);
  });
  it('reads standard input, other encodings, and writes to standard output', async () => {
    const { out } = await clientele(folder, ['baskets', '-', '--one-a-line', '--min-support', '0.5', '--out', '-', '--quiet'], { input: LINES });
    expect(out.trim().split('\n')).toHaveLength(5);
    expect((await baskets('啤酒.csv', '--one-a-line', '--encoding', 'gb18030')).out).toContain('苹果');
    expect(await baskets('啤酒.csv', '--one-a-line')).toMatchObject({ code: 1, err: expect.stringContaining('is not in the encoding utf-8') as string });
    const chinese = await baskets('lines.csv', '--one-a-line', '--min-support', '0.5', '--labels', 'zh', '--report', 'zh.html', '--out', 'zh.csv');
    expect(chinese.code).toBe(0);
    expect(chinese.out).toContain('lines.csv：4 个购物篮、4 种商品中的 4 条规则；支持度不低于 0.5（2 个购物篮），置信度不低于 0.5');
    expect(chinese.out).toMatch(/前项 .*后项 .*支持度/);
    expect(chinese.out).not.toMatch(/rules from|antecedent/);
    expect(readFileSync(at('zh.csv'), 'utf8')).toContain('antecedent,consequent');
    expect(readFileSync(at('zh.html'), 'utf8')).toContain('哪些商品一起购买');
  });
  it('says why there are no rules', async () => {
    expect((await baskets('lines.csv', '--one-a-line', '--min-confidence', '1', '--min-support', '0.9')).out).toContain('NO_RULES: there are no rules: no item is in 4 of 4 baskets');
  });
  it.each([
    [['lines.csv'], 2, 'say which column is the product'], [['lines.csv', '--one-a-line', '--order', 'x'], 2, 'leave --order out'], [['orders.csv', '--order', 'order_id', '--product', 'sku'], 1, 'column "sku" is missing'],
    [['lines.csv', '--one-a-line', '--min-support', '0'], 2, 'Give a share above 0'], [['nowhere.csv', '--one-a-line'], 1, 'nowhere.csv cannot be read (ENOENT)'], [['lines.csv', '--one-a-line', '--report', 'x.pdf'], 2, 'name an .html file'],
    [['lines.csv', '--one-a-line', '--encoding', 'klingon'], 2, 'is not known'], [['lines.csv', '--one-a-line', '--labels', 'de'], 2, 'use en or zh'], [['lines.csv', '--one-a-line', '--test', 't'], 2, "'chi-square'"],
  ])('%j exits with %i', async (args, wanted, message) => {
    const { code, err } = await baskets(...args);
    expect({ code, said: err.includes(message) }, err).toEqual({ code: wanted, said: true });
  });
  it.skipIf(!hasReference)('finds the 15 rules of Groceries', async () => {
    expect((await baskets(referencePath('rfm/inputs/groceries.csv'), '--one-a-line')).out).toContain('15 rules from 9835 baskets of 169 items');
  });
});
