import { describe, expect, it } from 'vitest';
import { inspectCsv, parseCsv, type Mapping } from '../../src/index.js';

const codes = (warnings: readonly { code: string }[]): string[] => warnings.map(({ code }) => code);
const shop = 'customer_id,order_date,revenue,order_id,product\n001,2026-01-31,10,o1,tea\n001,2026-01-31,5,o1,cup\n002,2026-02-01,7.5,o2,tea\n';

describe('inspectCsv', () => {
  it('says what each column holds and which role it seems to play', async () => {
    const found = await inspectCsv(shop);
    expect(found.columns.toRows()).toEqual([
      { name: 'customer_id', type: 'text', format: 'text', missing: 0, distinct: 2, example: '001', role: 'customer' },
      { name: 'order_date', type: 'date', format: 'YYYY-MM-DD', missing: 0, distinct: 2, example: '2026-01-31', role: 'date' },
      { name: 'revenue', type: 'number', format: '1234.5', missing: 0, distinct: 3, example: '10', role: 'amount' },
      { name: 'order_id', type: 'text', format: 'text', missing: 0, distinct: 2, example: 'o1', role: 'order' },
      { name: 'product', type: 'text', format: 'text', missing: 0, distinct: 2, example: 'tea', role: 'product' },
    ]);
    expect([found.rows, found.whole, found.options]).toEqual([3, true, {}]);
    expect(codes(found.warnings)).toEqual(['LINES_NOT_ORDERS']);
    expect(found.toString()).toContain('67 % share their order_id');
  });

  it('proposes what reads the file: German, Chinese, epochs, other separators', async () => {
    const files: [string, object, object][] = [
      ['Kundennummer;Bestelldatum;Betrag\n7;31.12.2025;1.234,50 €\n8;01.02.2025;5,00 €\n', { customer: 'Kundennummer', date: 'Bestelldatum', amount: 'Betrag' }, { delimiter: ';', dateFormat: 'DD.MM.YYYY', decimal: ',', thousands: '.', currencySign: '€' }],
      ['客户编号\t下单日期\t订单号\t金额\n甲\t2026-01-01\t1\t5\n乙\t2026-01-02\t2\t7\n', { customer: '客户编号', date: '下单日期', amount: '金额', order: '订单号' }, { delimiter: '\t' }],
      ['user,created_at,total\na,1767225600,5\nb,1767312000,7\n', { customer: 'user', date: 'created_at', amount: 'total' }, {}],
      ['who,when,what\nann,12/31/2025,"1,500.00"\nbob,01/02/2025,"20.00"\n', { date: 'when' }, { dateFormat: 'MM/DD/YYYY' }],
    ];
    for (const [csv, mapping, options] of files) {
      const found = await inspectCsv(csv);
      expect(found.mapping).toMatchObject(mapping);
      expect(found.options).toEqual(options);
      if (found.mapping.customer !== undefined) expect((await parseCsv(csv, found.mapping as Mapping, found.options)).numRows).toBe(2);
    }
  });

  it('does not choose where day and month cannot be told apart, and says what else is wrong', async () => {
    const found = await inspectCsv('id,day,total,currency\na,01/02/2026,5,EUR\nb,03/04/2026,6,USD\nc,05/06/2026\n');
    expect(found.options.dateFormat).toBeUndefined();
    expect(codes(found.warnings)).toEqual(['DATE_AMBIGUOUS', 'CURRENCY_MIXED', 'ROWS_MISSHAPEN']);
    expect(codes((await inspectCsv('x,y,z\na,b,c\n')).warnings)).toEqual(['ROLE_MISSING']);
  });

  it('counts missing values, reads files without a header, and looks at no more than the beginning', async () => {
    const gaps = await inspectCsv('id,day,total\na,2026-01-01,5\nb,NA,\nc,2026-01-02,7\nd,2026-01-02,7\n');
    expect(gaps.columns.toColumns()['missing']).toEqual(Float64Array.of(0, 0.25, 0.25));
    expect((await inspectCsv('a,2026-01-01,5\n', { header: false })).mapping).toEqual({ date: '2' });
    const long = await inspectCsv(`id,day,total\n${'abc,2026-01-01,5\n'.repeat(60_000)}`);
    expect([long.rows, long.whole]).toEqual([50_000, false]);
    expect(long.toString()).toContain('50000 rows (the first of more)');
  });

  it('refuses what is no CSV', async () => {
    await expect(inspectCsv('')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(inspectCsv('{"a": 1}')).rejects.toThrow('is JSON');
    await expect(inspectCsv('id,day\na,"b\n')).resolves.toMatchObject({ rows: 0 });
    await expect(inspectCsv(shop, { headr: true } as object)).rejects.toThrow('there is no option "headr"');
  });
});
