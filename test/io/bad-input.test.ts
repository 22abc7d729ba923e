import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseCsv, type CsvReadingOptions, type CsvSource, type Mapping } from '../../src/io/index.js';
import { bytesOf, chunked, failure, MAPPING, readInBlocks } from './reading.js';

const csv = (...rows: string[]): string => table(rows);
const table = (rows: readonly string[]): string => `id,day,total\n${rows.join('\n')}`;

describe('a bad value is named by line, column and value, with the way to mend it', () => {
  it.each<[row: string, options: CsvReadingOptions, message: string]>([
    ['a,2024-02-30,1', {}, 'parseCsv: line 2, column "day": "2024-02-30" is not a date: February 2024 has 29 days. Correct it. To leave such rows out and have them counted, pass onBadRow: \'skip\'.'],
    ['a,31/12/2024,1', {}, "does not say by itself which number is the day and which the month. Pass dateFormat: 'DD/MM/YYYY'."],
    ['a,1.2.2024,1', {}, "Pass dateFormat: 'DD.MM.YYYY' or dateFormat: 'MM.DD.YYYY'."],
    ['a,,1', {}, 'line 2, column "day": "" stands for no value, and every row needs one here. Fill it in.'],
    [',2024-01-01,1', {}, 'column "id": "" stands for no value'],
    ['NA,2024-01-01,1', {}, 'column "id": "NA" stands for no value'],
    ['a,2024-01-01,', {}, 'column "total": "" stands for no value'],
    ['a,2024-01-01,NaN', {}, 'column "total": "NaN" stands for no value'],
    ['a,2024-01-01,Infinity', {}, 'column "total": "Infinity" is not a finite number. Correct it at the source.'],
    ['a,2024-01-01,1e999', {}, '"1e999" is not a finite number'],
    ['a,2024-01-01,abc', {}, 'column "total": "abc" is not a number. Write digits with a decimal point, such as 12.50.'],
    ['a,2024-01-01,"1,234"', {}, "is not a number as written. If that is how the file writes numbers, pass thousands: ',', or decimal: ','."],
    ['a,2024-01-01,€5', {}, "pass currencySign: '€'."],
    ['a,2024-01-01,12.50', { decimal: ',' }, "pass decimal: '.'."],
    ['a,31.12.2024 10:00,1', { dateFormat: 'DD.MM.YYYY' }, "goes on behind dateFormat 'DD.MM.YYYY'. Pass dateFormat: 'DD.MM.YYYY HH:mm'."],
  ])('%s', async (row, options, message) => {
    const error = await failure(() => parseCsv(csv(row), MAPPING, options));
    expect(error.message).toContain(message);
    expect(error.place).toMatchObject({ where: 'parseCsv', line: 2, row: 0 });
  });

  it('names the file it was given', async () => {
    const error = await failure(() => parseCsv(csv('a,x,1'), MAPPING, { source: 'export.csv' }));
    expect(error.message).toMatch(/^parseCsv: export\.csv, line 2, column "day"/);
    expect(error.place.file).toBe('export.csv');
  });
  it('finds one bad date in many rows', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `c${i % 977},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${i % 100}.25`);
    rows[123_456] = 'c1,2024-02-30,1';
    const error = await failure(() => parseCsv(table(rows), MAPPING));
    expect(error.place).toMatchObject({ line: 123_458, row: 123_456, column: 'day', value: '"2024-02-30"' });
  });
  it('names the first bad row, and its first bad column, whatever the order of columns', async () => {
    const error = await failure(() => parseCsv('total,day,id\n1,2024-01-01,a\nx,y,\nz,2024-01-01,a\n', MAPPING));
    expect(error.place).toMatchObject({ line: 3, column: 'id' });
  });
  it('cuts a long value short', async () => {
    const error = await failure(() => parseCsv(csv(`a,${'9'.repeat(100_000)},1`), MAPPING));
    expect(error.message.length).toBeLessThan(400);
  });
});

describe("onBadRow: 'skip'", () => {
  const rows = [...Array.from({ length: 30 }, (_, i) => `c${i},${i % 2 === 0 ? '2024-01-01' : 'x'},${i},${i % 5 === 0 ? 'void' : 'paid'},r${i % 3}`), 'short,row', 'c,2024-01-01,oops,paid,r'];
  const text = `id,day,total,state,region\n${rows.join('\n')}`;
  const mapping: Mapping = { ...MAPPING, status: 'state', carry: ['region'] };

  it('leaves the rows out of every column, counts them, and keeps the first ten with their reasons', async () => {
    const log = await parseCsv(text, mapping, { onBadRow: 'skip' });
    const { rows: counts, refused } = log.diagnostics;
    expect(counts).toEqual({ read: 32, used: 12, refused: 17, leftOut: { cancelled: 3 } });
    expect(counts.read).toBe(counts.used + counts.refused + counts.leftOut['cancelled']!);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toEqual({ row: 1, line: 3, column: 'day', value: '"x"', reason: 'is not a date' });
    expect(log.toRows().map((row) => [row['customer'], row['amount'], row['region']])).toEqual([2, 4, 6, 8, 12, 14, 16, 18, 22, 24, 26, 28].map((i) => [`c${i}`, i, `r${i % 3}`]));
  });
  it('does the same in blocks of any size', async () => {
    const whole = await parseCsv(text, mapping, { onBadRow: 'skip' });
    for (const size of [20, 33, 64, 100]) {
      const parts = await readInBlocks(bytesOf(text), size, mapping, { onBadRow: 'skip' });
      expect([parts.toRows(), parts.diagnostics]).toEqual([whole.toRows(), whole.diagnostics]);
    }
  });
  it('names a row of the wrong shape as a whole', async () => {
    const { refused } = (await parseCsv(csv('a,2024-01-01', 'b,2024-01-01,1'), MAPPING, { onBadRow: 'skip' })).diagnostics;
    expect(refused).toEqual([{ row: 0, line: 2, column: '(whole row)', value: '"a,2024-01-01"', reason: 'has 2 fields where 3 are expected (separator ",")' }]);
  });
  it('throws the first refusal where no row is left: all dates bad is a question about dates, not about rows', async () => {
    const error = await failure(() => parseCsv(csv('a,31/12/2024,1', 'b,01/02/2024,1'), MAPPING, { onBadRow: 'skip' }));
    expect(error.code).toBe('DATE_AMBIGUOUS');
    expect(error.place.line).toBe(2);
  });
});

describe('a file that is no order log', () => {
  const random = Uint8Array.from({ length: 5000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255);
  it.each<[string, CsvSource, RegExp]>([
    ['empty', '', /the input is empty\. Check that the export has finished/],
    ['only blank lines', '\n\r\n \n', /is empty/],
    ['only a byte order mark', '\ufeff', /is empty/],
    ['header only', 'id,day,total\n', /has a header and no rows below it/],
    ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), /is a spreadsheet \(\.xlsx\) or a zip file\. Open it and save it as "CSV UTF-8"/],
    ['an old spreadsheet', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), /old spreadsheet \(\.xls\)/],
    ['Parquet', bytesOf('PAR1\u0015\u0004'), /is a Parquet file\. .*fromColumns, or convert it to CSV/],
    ['Arrow', bytesOf('ARROW1\u0000\u0000'), /is an Arrow file/],
    ['UTF-16 without mark', Uint8Array.from('id,day,total\n', (c) => c.charCodeAt(0)).reduce<Uint8Array>((all, byte, i) => { all[i * 2] = byte; return all; }, new Uint8Array(26)), /is a binary file, or text in UTF-16/],
    ['binary', random, /binary file|not in the encoding UTF-8/],
    ['JSON', '[{"id": 1}]', /is JSON\. .*fromRows/],
    ['NDJSON', '{"id": 1}\n{"id": 2}', /is JSON/],
    ['HTML', '<!DOCTYPE html><html>', /is HTML or XML\. .*error page/],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1), /is packed by zstd\. Unpack it first/],
    ['gzip cut short', gzipSync(csv('a,2024-01-01,1').repeat(1000)).subarray(0, 60), /is packed by gzip and cut short or damaged\. Copy or download it again/],
    ['gzip damaged', gzipSync(csv('a,2024-01-01,1').repeat(1000)).fill(7, 20, 60), /is packed by gzip and cut short or damaged/],
    ['a spreadsheet within gzip', gzipSync(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0)), /is a spreadsheet/],
    ['Windows-1252', Uint8Array.of(...bytesOf(csv('a,2024-01-01,1', 'M')), 0xfc, ...bytesOf('ller,2024-01-01,1\n')), /line 3: the text is not in the encoding UTF-8\. Save it as "CSV UTF-8", or name its encoding/],
    ['UTF-8 cut off in a character', bytesOf(csv('é')).subarray(0, -1), /line 2: the text is not in the encoding UTF-8/],
  ])('%s', async (_, source, message) => {
    const error = await failure(() => parseCsv(source, MAPPING));
    expect(error.message).toMatch(message);
    expect(error.code).toBe(error.message.includes('no rows below') ? 'VALUE_INVALID' : 'FILE_UNREADABLE');
    if (source instanceof Uint8Array) expect((await failure(() => parseCsv(chunked(source, 1), MAPPING))).message).toBe(error.message);
  });
  it('names the line of text that is not UTF-8, wherever blocks end', async () => {
    const bytes = Uint8Array.of(...bytesOf(csv('é中😀,2024-01-01,1', 'b,2024-01-02,2', 'x')), 0xe9, ...bytesOf(',2024-01-01,1\n'));
    for (let size = 1; size <= bytes.length; size++) expect((await failure(() => readInBlocks(bytes, size, MAPPING))).message, `blocks of ${size}`).toContain('line 4: the text is not in the encoding UTF-8');
  });
  it('tells what a source is that holds no bytes', async () => {
    expect((await failure(() => parseCsv(7 as unknown as string, MAPPING))).message).toContain('7 holds no CSV. Pass text, bytes');
    const texts = (async function* () { yield 'id,day,total\n'; })();
    expect((await failure(() => parseCsv(texts as unknown as AsyncIterable<Uint8Array>, MAPPING))).message).toContain('the stream hands out text, not bytes. Pass a stream of Uint8Array; with a Node stream, leave out setEncoding');
    const broken = (async function* () { yield bytesOf('id,'); throw new Error('socket hang up'); })();
    const error = await failure(() => parseCsv(broken, MAPPING));
    expect([error.code, error.message]).toEqual(['FILE_UNREADABLE', 'parseCsv: the source broke off: socket hang up. Open it again and retry.']);
    const packed = gzipSync(csv('a,2024-01-01,1').repeat(10000));
    const brokenGzip = (async function* () { yield packed.subarray(0, 500); throw new Error('socket hang up'); })();
    expect((await failure(() => parseCsv(brokenGzip, MAPPING))).message).toContain('the source broke off: socket hang up');
  });
});

describe('a mapping that does not fit', () => {
  it('lists the columns found and names near misses', async () => {
    const error = await failure(() => parseCsv('Customer_ID,order_date,total\na,2024-01-01,1\n', { customer: 'customer id', date: 'order_date', amount: 'total' }));
    expect(error.code).toBe('COLUMN_MISSING');
    expect(error.place).toMatchObject({ where: 'parseCsv', column: 'customer id' });
    expect(error.message).toBe("parseCsv: column \"customer id\" is missing (found: \"Customer_ID\", \"order_date\", \"total\"). Did you mean \"Customer_ID\"? Name it in the mapping: { customer: 'Customer_ID' }.");
  });
  it('says so where the header is none, the separator unknown, or the text a file name', async () => {
    expect((await failure(() => parseCsv('a,2024-01-01,1\n', MAPPING))).message).toContain('pass header: false');
    expect((await failure(() => parseCsv('id:day:total\na:2024-01-01:1\n', MAPPING))).message).toContain('pass it: delimiter');
    expect((await failure(() => parseCsv('orders.csv', MAPPING))).message).toContain("readCsv from 'clientele/node'");
    expect((await failure(() => parseCsv('a,2024-01-01,1\n', { customer: 1, date: 2, amount: 4 }, { header: false }))).message).toContain('name columns by number, 1 to 3');
  });
  it('refuses a mapped name that stands twice; others may', async () => {
    const text = 'id,day,total,total,x,x\na,2024-01-01,1,2,3,4\n';
    expect((await failure(() => parseCsv(text, MAPPING))).message).toContain('the header names "total" twice (columns 3 and 4). Rename one of them.');
    expect((await parseCsv(text.replace('total,total', 'total,other'), MAPPING)).numRows).toBe(1);
  });
  it.each<[unknown, RegExp]>([
    [undefined, /the mapping is missing\. Say which column plays which role: \{ customer: 'customer_id'/],
    [{ customer: 'id', date: 'day' }, /the mapping names no column for amount/],
    [{ ...MAPPING, custmer: 'id' }, /the mapping has no role "custmer"\. Roles: customer, date/],
    [{ ...MAPPING, date: '' }, /the mapping gives "" as the column of date/],
    [{ ...MAPPING, date: 0 }, /the mapping gives 0 as the column of date/],
    [{ ...MAPPING, carry: 'region' }, /carry is "region"\. Give a list/],
  ])('%j', async (mapping, message) => {
    const error = await failure(() => parseCsv(csv('a,2024-01-01,1'), mapping as Mapping));
    expect([error.code, error.message]).toEqual(['OPTION_INVALID', expect.stringMatching(message)]);
  });
  it('refuses a carried column that has the name of a role', async () => {
    expect((await failure(() => parseCsv('id,day,total,customer\na,2024-01-01,1,x\n', { ...MAPPING, carry: ['customer'] }))).message).toContain('has the name of a role');
  });
  it('refuses mixed currencies', async () => {
    expect((await failure(() => parseCsv('id,day,total,money\na,2024-01-01,1,EUR\na,2024-01-01,1,USD\n', { ...MAPPING, currency: 'money' }))).code).toBe('CURRENCY_MIXED');
  });
});

describe('options that do not fit', () => {
  it.each<[unknown, string]>([
    [{ timezone: 'UTC' }, 'there is no option "timezone". Known options: decimal'],
    [{ header: 'no' }, 'option header is "no". Pass true or false.'],
    [{ onBadRow: 'ignore' }, "option onBadRow is \"ignore\". Use one of: 'throw', 'skip'."],
    [{ resolution: 'week' }, 'option resolution'], [{ decimal: 'x' }, 'option decimal'], [{ thousands: '_' }, 'option thousands'], [{ missing: 'NA' }, 'option missing'], [{ cancelled: 'void' }, 'option cancelled'],
    [{ timeZone: 'Nowhere' }, 'option timeZone'], [{ dateFormat: 'dd/mm/yyyy' }, 'option dateFormat'], [{ signal: {} }, 'option signal'], [{ onProgress: 1 }, 'option onProgress'], [{ source: 1 }, 'option source'], [null, 'option options'],
  ])('%j', async (options, message) => {
    const error = await failure(() => parseCsv(csv('a,2024-01-01,1'), MAPPING, options as CsvReadingOptions));
    expect([error.code, error.message]).toEqual(['OPTION_INVALID', expect.stringContaining(message)]);
  });
});

describe('a date far from the rest', () => {
  const days = (count: number, last: string): string => csv(...Array.from({ length: count }, (_, i) => `c,2024-01-${String(1 + (i % 28)).padStart(2, '0')},1`), `c,${last},1`);
  it('is warned about, and read', async () => {
    const log = await parseCsv(days(5000, '2099-01-01'), MAPPING);
    expect(log.diagnostics.warnings).toEqual([{ code: 'DATE_FAR', message: 'The last date is 2099-01-01, but 99.9 % of the rows lie on or before 2024-01-28 (1 row lies behind it). Recency counts from the last date: correct it, or pass asOf.' }]);
    expect(log.numRows).toBe(5001);
  });
  it('is found in small logs and in minutes too', async () => {
    expect((await parseCsv(days(9, '2099-01-01'), MAPPING)).diagnostics.warnings).toHaveLength(1);
    expect((await parseCsv(days(9, '2099-01-01'), MAPPING, { resolution: 'minute' })).diagnostics.warnings[0]!.message).toContain('2099-01-01 00:00');
  });
  it('is none within five years, in fewer than ten rows, or where the log itself is long', async () => {
    expect((await parseCsv(days(5000, '2028-06-01'), MAPPING)).diagnostics.warnings).toEqual([]);
    expect((await parseCsv(days(3, '2099-01-01'), MAPPING)).diagnostics.warnings).toEqual([]);
    const long = csv(...Array.from({ length: 100 }, (_, i) => `c,${1900 + i}-06-01,1`));
    expect((await parseCsv(long, MAPPING)).diagnostics.warnings).toEqual([]);
  });
});
