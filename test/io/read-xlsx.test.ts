import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readXlsx } from '../../src/node.js';
import { xlsx } from './xlsx.js';

const folder = mkdtempSync(join(tmpdir(), 'clientele-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const MAPPING = { customer: 'id', date: 'day', amount: 'total', carry: ['name'] } as const;

describe('readXlsx', () => {
  it('reads text, numbers and dates of a sheet', async () => {
    const path = file('orders.xlsx', xlsx([['id', 'day', 'total', 'name'], ['007', new Date('2026-01-31'), 12.5, '李, "雷"'], [null, null, null, null], ['b', '2026-02-01', -3, null]]));
    const orders = await readXlsx(path, MAPPING, { sheet: 'Orders' });
    expect(orders.toRows()).toEqual([{ customer: '007', date: '2026-01-31', amount: 12.5, name: '李, "雷"' }, { customer: 'b', date: '2026-02-01', amount: -3, name: null }]);
    expect(orders.meta.source).toBe('orders.xlsx');
  });

  it('names the row, the column, the sheet or the file that is wrong', async () => {
    const path = file('bad.xlsx', xlsx([['id', 'day', 'total', 'name'], ['a', '2026-01-01', 1, 'x'], ['b', 'soon', 2, 'y']]));
    await expect(readXlsx(path, MAPPING)).rejects.toThrow(/bad\.xlsx, line 3.*"soon"/);
    await expect(readXlsx(path, { ...MAPPING, amount: 'sum' })).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    await expect(readXlsx(path, MAPPING, { sheet: 'Nowhere' })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(readXlsx(file('no.xlsx', Buffer.from('PK\u0003\u0004rest')), MAPPING)).rejects.toThrow('cannot be read as a spreadsheet');
    await expect(readXlsx(join(folder, 'gone.xlsx'), MAPPING)).rejects.toThrow('is not there');
    await expect(readXlsx(path, MAPPING, { sheet: 0 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
