import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xlsx } from '../io/xlsx.js';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();
const at = (name: string): string => join(folder, name);
const german = 'Kundennummer;Bestelldatum;Betrag\n7;31.12.2025;1.234,50 €\n8;01.02.2025;5,00 €\n';
const plain = 'customer_id,order_date,revenue\na,2026-01-01,10\nb,2026-01-05,20\na,2026-01-09,30\n';

beforeAll(async () => {
  writeFileSync(at('german.csv'), german);
  writeFileSync(at('plain.csv'), plain);
  writeFileSync(at('odd.csv'), 'x,y,z\na,b,c\n');
  writeFileSync(at('utf16.csv'), Buffer.from(`\ufeff${plain}`, 'utf16le'));
  writeFileSync(at('book.xlsx'), xlsx([['customer_id', 'order_date', 'revenue'], ['a', new Date('2026-01-01'), 10], ['b', new Date('2026-01-05'), 20]]));
  await clientele(folder, ['demo', '--customers', '300', '--quiet']);
});
afterAll(remove);

describe('clientele inspect', () => {
  it('shows columns, formats and roles, and the command that scores the file', async () => {
    const { code, out } = await clientele(folder, ['inspect', 'german.csv']);
    expect(code).toBe(0);
    expect(out).toMatch(/Bestelldatum\s+date\s+DD\.MM\.YYYY\s+0\s+2\s+31\.12\.2025\s+date/);
    expect(out).toContain("clientele score german.csv --customer Kundennummer --date Bestelldatum --amount Betrag --decimal , --thousands . --currency-sign € --date-format DD.MM.YYYY --delimiter ';'");
    const asked = out.trim().split('\n').at(-1)!;
    const again = await clientele(folder, [], { through: `"$1" "$2" ${asked.replace('clientele ', '')}` });
    expect(again.code, again.err).toBe(0);
  });

  it('takes standard input, UTF-16 by its mark, and spreadsheets', async () => {
    expect((await clientele(folder, ['inspect', '-'], { input: plain })).out).toContain('3 rows, 3 columns');
    for (const file of ['utf16.csv', 'book.xlsx']) expect((await clientele(folder, ['inspect', file])).out).toMatch(/revenue\s+number.*amount/);
    expect((await clientele(folder, ['inspect'])).code).toBe(2);
    expect((await clientele(folder, ['inspect', 'nowhere.csv'])).code).toBe(1);
  });
});

describe('clientele score without columns', () => {
  it('takes the proposal and says so', async () => {
    for (const file of ['plain.csv', 'german.csv', 'utf16.csv', 'book.xlsx']) {
      const { code, out, err } = await clientele(folder, ['score', file]);
      expect(code, err).toBe(0);
      expect(out).toContain('read as if called with --customer');
    }
    expect((await clientele(folder, ['score', 'german.csv'])).out).toContain('1234.50');
  });

  it('takes what is said before what is proposed, and asks where nothing fits', async () => {
    expect((await clientele(folder, ['score', 'plain.csv', '--amount', 'revenue'])).out).toContain('called with --customer customer_id --date order_date (');
    const { code, err } = await clientele(folder, ['score', 'odd.csv']);
    expect({ code, asked: err.includes('say which column is the customer, the date, the amount: --customer COLUMN --date COLUMN --amount COLUMN.') }, err).toEqual({ code: 2, asked: true });
    expect((await clientele(folder, ['score', '-'], { input: plain })).code).toBe(2);
  });
});

describe('clientele compare', () => {
  it('says who moved between two days of one log, writes them and a page', async () => {
    const { code, out, err } = await clientele(folder, ['compare', 'orders.csv', '--as-of', '2025-06-30,2025-12-31', '--out', 'moves.csv', '--report', 'moved.html']);
    expect(code, err).toBe(0);
    expect(out).toMatch(/customers as of 2025-06-30 .*\n300 customers as of 2025-12-31 .*\n\d+ up, \d+ down, \d+ the same, 0 unranked, \d+ entered, 0 left/);
    expect(readFileSync(at('moves.csv'), 'utf8')).toMatch(/^customer,from,to,change\n/);
    expect(readFileSync(at('moved.html'), 'utf8').includes('compared with 2025-06-30')).toBe(true);
  });

  it('compares two logs by the limits of the earlier, or each by its own', async () => {
    const same = await clientele(folder, ['compare', 'orders.csv', 'orders.csv']);
    expect(same.out).toContain('0 up, 0 down, 300 the same');
    expect((await clientele(folder, ['compare', 'orders.csv', '--as-of', '2025-06-30,2025-12-31', '--limits', 'own'])).out).toContain('LIMITS_DIFFER');
  });

  it('says every line in Chinese where asked', async () => {
    const { code, out, err } = await clientele(folder, ['compare', 'orders.csv', '--as-of', '2025-06-30,2025-12-31', '--limits', 'own', '--out', 'moves.csv', '--report', 'moved.html', '--labels', 'zh']);
    expect(code, err).toBe(0);
    const lines = out.split('\n').filter((line) => line !== '' && !/^[-\s─]+$/.test(line));
    for (const line of lines) expect(line).toMatch(/\p{Script=Han}/u);
    expect(out).toMatch(/^LIMITS_DIFFER: [^a-z]*scoreRfm/m);
    // But for names of files, flags and functions, no English is left.
    expect(out.replace(/LIMITS_DIFFER|scoreRfm\(.*?\)|(--)?[\w.-]+\.(csv|html)|--\w+ \w+|clientele inspect/g, '')).not.toMatch(/[a-z]{3}/);
    expect(out).toMatch(/^\d+ 位上升，\d+ 位下降/m);
    expect(out).toContain('已将 300 位客户写入 moves.csv');
    expect(out).toContain('已写入 moved.html');
    expect(out).toMatch(/^读取参数：--customer customer_id .*（原因见 clientele inspect orders\.csv）$/m);
  });

  it.each([
    [['compare'], 'name two order logs'], [['compare', 'orders.csv'], 'give two days'], [['compare', 'orders.csv', '--as-of', '2026-01-01'], 'takes two days'],
    [['compare', 'orders.csv', '--as-of', '2026-01-01,2025-01-01'], 'earlier day first'], [['compare', 'orders.csv', 'orders.csv', '--limits', 'x'], 'use earlier or own'],
  ])('%s is bad usage', async (args, message) => {
    const { code, err } = await clientele(folder, args);
    expect({ code, said: err.includes(message) }, err).toEqual({ code: 2, said: true });
    expect(existsSync(at('undefined'))).toBe(false);
  });
});
