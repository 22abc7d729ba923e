import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI, clientele, scratch, type Ran } from './run.js';

const { folder, remove } = scratch();
const at = (name: string): string => join(folder, name);
const MAP = ['--customer', 'id', '--date', 'day', '--amount', 'total'] as const;
const score = (file: string, ...args: string[]): Promise<Ran> => clientele(folder, ['score', file, ...MAP, ...args]);
const orders = (rows: readonly (readonly (string | number)[])[], head = 'id,day,total'): string => `${head}\n${rows.map((r) => r.join(',')).join('\n')}\n`;
const small = orders([['a', '2026-01-01', 10], ['b', '2026-01-05', 20], ['a', '2026-01-09', 30], ['c', '2026-01-02', 5], ['d', '2026-01-03', 8]]);

beforeAll(() => writeFileSync(at('orders.csv'), small));
afterAll(remove);

describe('clientele score', () => {
  it('says as of when and from what, prints the segments, writes scores and page', async () => {
    const { code, out, err } = await score('orders.csv', '--out', 'scores.csv', '--report', 'report.html');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')[0]).toBe('4 customers as of 2026-01-09 (last order in orders.csv)');
    expect(out).toContain('segment');
    expect(out).toContain('wrote 4 customers to scores.csv');
    const rows = Papa.parse<Record<string, string>>(readFileSync(at('scores.csv'), 'utf8').trim(), { header: true }).data;
    expect(rows.map((r) => [r['customer'], r['recency'], r['frequency'], r['monetary']])).toEqual([['a', '0', '2', '40'], ['b', '4', '1', '20'], ['c', '7', '1', '5'], ['d', '6', '1', '8']]);
    expect(rows.every((r) => /^[1-5]{3}$/.test(r['score']!) && r['segment'] !== '' && r['label'] !== '')).toBe(true);
    expect(readFileSync(at('report.html'), 'utf8')).toContain('As of 2026-01-09 (last order), from orders.csv');
  });

  it('takes standard input and writes to standard output, the words for people on standard error', async () => {
    const { code, out, err } = await clientele(folder, ['score', '-', ...MAP, '--as-of', '2026-02-01', '--out', '-'], { input: small });
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^customer,recency,frequency,monetary,r,f,m,score,segment,label/);
    expect(err.split('\n')[0]).toBe('4 customers as of 2026-02-01 (given; from standard input)');
  });

  it('writes JSON and NDJSON, one segment only, with carried columns', async () => {
    writeFileSync(at('named.csv'), orders([['a', '2026-01-01', 10, '李雷'], ['b', '2026-01-05', 20, '=cmd|x']], 'id,day,total,name'));
    await score('named.csv', '--carry', 'name', '--out', 'named.json');
    expect((JSON.parse(readFileSync(at('named.json'), 'utf8')) as { name: string }[]).map((r) => r.name)).toEqual(['李雷', '=cmd|x']);
    const csv = await score('named.csv', '--carry', 'name', '--out', 'named-out.csv');
    expect(csv.out).toContain('1 text cells quoted against spreadsheet formulas');
    expect(readFileSync(at('named-out.csv'), 'utf8')).toContain("'=cmd|x");
    const { code } = await score('orders.csv', '--segment', 'champions,new', '--out', 'some.ndjson');
    expect(code).toBe(0);
    const kept = readFileSync(at('some.ndjson'), 'utf8').trim().split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { segment: string }).segment);
    expect(kept.every((segment) => ['champions', 'new'].includes(segment))).toBe(true);
  });

  it('passes options of reading, summarizing and scoring on', async () => {
    writeFileSync(at('german.csv'), 'kunde;tag;betrag;status\na;31.12.2025;1.234,50 €;paid\nb;01.02.2025;0,00 €;paid\nc;05.06.2025;5,00 €;Storno\n');
    const { code, out, err } = await clientele(folder, ['score', 'german.csv', '--customer', 'kunde', '--date', 'tag', '--amount', 'betrag', '--status', 'status', '--cancelled', 'storno', '--date-format', 'DD.MM.YYYY', '--decimal', ',', '--thousands', '.', '--currency-sign', '€',
      '--zero-orders', 'drop', '--bins', '3,2,4', '--method', 'ntile,quantile,equal-width', '--map', 'octants', '--octants-at', 'median', '--labels', 'zh', '--why', '--weights', '0.2,0.3,0.5', '--out', '-']);
    expect({ code, err: err.includes('1 left out (cancelled), 1 left out (zero-orders)') }, err).toEqual({ code: 0, err: true });
    expect(out).toContain('a,0,1,1234.5');
  });

  it('runs where code may not be made of text', async () => {
    const { code, err } = await clientele(folder, ['score', 'orders.csv', ...MAP, '--out', 'no-eval.csv', '--report', 'no-eval.html'], { through: 'node=$1; shift; "$node" --disallow-code-generation-from-strings "$@"' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('prints nothing when quiet', async () => {
    expect(await score('orders.csv', '--quiet', '--out', 'quiet.csv')).toEqual({ code: 0, out: '', err: '' });
  });

  it('lists a roster', async () => {
    writeFileSync(at('ids.txt'), 'z\r\na\r\n');
    const { out } = await score('orders.csv', '--roster', 'ids.txt', '--out', '-');
    expect(out).toMatch(/^z,,0,0,,,,,prospect,/m);
  });
});

describe('bad usage exits with 2 and points to the help', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['no file', ['score', ...MAP], 'name the order log'],
    ['two files', ['score', 'a.csv', 'b.csv', ...MAP], 'one order log at a time'],
    ['no columns', ['score', '-'], '--customer COLUMN --date COLUMN --amount COLUMN'],
    ['an unknown flag', ['score', 'orders.csv', ...MAP, '--segmnt', 'x'], 'there is no flag --segmnt. Did you mean --segment?'],
    ['an unknown command', ['scor'], 'there is no command scor'],
    ['a wrong ending', ['score', 'orders.csv', ...MAP, '--out', 'scores.xls'], 'use .csv, .json or .ndjson'],
    ['a wrong word', ['score', 'orders.csv', ...MAP, '--returns', 'keep'], "Use one of: 'net', 'exclude'"],
    ['bins out of range', ['score', 'orders.csv', ...MAP, '--bins', '99'], '2 to 20'],
    ['bins that are no number', ['score', 'orders.csv', ...MAP, '--bins', 'five'], '--bins takes a number, not "five"'],
    ['a map that does not fit the bins', ['score', 'orders.csv', ...MAP, '--bins', '4', '--map', 'standard'], 'standard'],
    ['an unknown segment', ['score', 'orders.csv', ...MAP, '--segment', 'vip'], 'there is no such segment here'],
    ['an impossible day', ['score', 'orders.csv', ...MAP, '--as-of', '2026-02-30'], "option asOf is \"2026-02-30\""],
  ];
  it.each(cases)('%s', async (_, args, message) => {
    const { code, out, err } = await clientele(folder, args);
    expect({ code, out }, err).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

describe('bad data, files and disks exit with 1 and leave nothing half written', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => [`c${i % 50}`, '2026-01-01', i]);
  const files: Readonly<Record<string, string | Buffer>> = {
    'empty.csv': '', 'header.csv': 'id,day,total\n', 'missing.csv': 'id,day,sum\na,2026-01-01,1\n',
    'one-bad.csv': orders([...rows, ['x', '2024-02-30', 1], ...rows]), 'all-bad.csv': orders(rows.map(([id]) => [id!, 'soon', 1])),
    'nan.csv': orders([['a', '2026-01-01', 'NaN']]), 'infinity.csv': orders([['a', '2026-01-01', 'Infinity']]), 'text.csv': orders([['a', '2026-01-01', 'ten']]), 'no-id.csv': orders([['', '2026-01-01', 1]]),
    'ambiguous.csv': orders([['a', '01/02/2026', 1]]), 'quote.csv': 'id,day,total\na,"2026-01-01,1\nb,2026-01-01,2\n',
    'binary.csv': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 0]), 'truncated.csv.gz': gzipSync(orders(rows)).subarray(0, 200), 'book.xlsx': Buffer.from('PK\u0003\u0004rest'), 'table.parquet': Buffer.from('PAR1....PAR1'),
  };
  const cases: readonly (readonly [string, string])[] = [
    ['empty.csv', 'is empty'], ['header.csv', 'a header and no rows below it'], ['missing.csv', 'found'], ['one-bad.csv', 'line 1002'], ['all-bad.csv', 'line 2'],
    ['nan.csv', 'line 2'], ['infinity.csv', '"Infinity"'], ['text.csv', '"ten"'], ['no-id.csv', 'line 2'], ['ambiguous.csv', 'DD/MM/YYYY'], ['quote.csv', 'line 2'],
    ['binary.csv', 'binary.csv'], ['truncated.csv.gz', 'truncated.csv.gz'], ['book.xlsx', 'CSV'], ['table.parquet', 'arquet'], ['.', 'is a directory'], ['nowhere.csv', 'is not there'],
  ];
  beforeAll(() => Object.entries(files).forEach(([name, content]) => writeFileSync(at(name), content)));

  it.each(cases)('%s', async (name, message) => {
    const { code, out, err } = await score(name, '--out', 'bad-out.csv', '--report', 'bad-out.html');
    expect({ code, out }, err).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(readdirSync(folder).filter((file) => file.includes('bad-out'))).toEqual([]);
  });

  it('skips and counts bad rows when told to', async () => {
    const { code, out } = await score('one-bad.csv', '--on-bad-row', 'skip');
    expect(code).toBe(0);
    expect(out).toContain('2001 rows read, 2000 used, 1 refused');
    expect(out).toContain('refused line 1002, column "day", value "2024-02-30"');
  });

  it('ids such as __proto__, formulas and markup are ids like any other', async () => {
    writeFileSync(at('odd.csv'), orders([['__proto__', '2026-01-01', 1], ['constructor', '2026-01-02', 2], ['<script>alert(1)</script>', '2026-01-03', 3], ['=cmd|x', '2026-01-04', 4]]));
    const { code, out } = await score('odd.csv', '--out', '-', '--report', 'odd.html');
    expect(code).toBe(0);
    expect(out).toMatch(/^__proto__,.*\nconstructor,.*\n<script>alert\(1\)<\/script>,.*\n'=cmd\|x,/m);
    expect(readFileSync(at('odd.html'), 'utf8').includes('<script>alert')).toBe(false);
  });

  it('a field of 10 MB is no trouble', async () => {
    writeFileSync(at('long.csv'), `id,day,total,note\na,2026-01-01,1,"${'x\n'.repeat(5_000_000)}"\nb,2026-01-02,2,y\n`);
    expect((await score('long.csv')).out).toContain('2 customers as of 2026-01-02');
  });

  it('no permission, or no folder, to write', async () => {
    mkdirSync(at('locked'));
    chmodSync(at('locked'), 0o500);
    writeFileSync(at('file'), '');
    for (const out of ['nowhere/scores.csv', 'file/scores.csv', ...(process.getuid?.() === 0 ? [] : ['locked/scores.csv'])]) {
      const { code, err } = await score('orders.csv', '--out', out);
      expect({ code, named: err.includes(out) }, err).toEqual({ code: 1, named: true });
    }
  });

  it('a full disk', async () => {
    const full = await clientele(folder, ['score', 'one-bad.csv', ...MAP, '--on-bad-row', 'skip', '--out', '-', '--quiet'], { through: '"$@" > /dev/full' });
    expect({ code: full.code, said: /no space|full/i.test(full.err) }, full.err).toEqual({ code: 1, said: true });
    const limited = await clientele(folder, ['demo', '--out', 'limited.csv'], { through: 'ulimit -f 64; "$@"' });
    expect({ code: limited.code, left: readdirSync(folder).filter((file) => file.includes('limited')) }, limited.err).toEqual({ code: 1, left: [] });
  });

  it('a closed pipe is no failure', async () => {
    await clientele(folder, ['demo', '--customers', '5000', '--out', 'many.csv', '--quiet']);
    const { code, out, err } = await clientele(folder, ['score', 'many.csv', '--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue', '--out', '-', '--quiet'], { through: '"$@" | head -n 1; exit ${PIPESTATUS[0]}' });
    expect({ code, err, lines: out.trim().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 });
  });

  it('Ctrl-C leaves nothing behind and exits with 130', async () => {
    await clientele(folder, ['demo', '--customers', '60000', '--out', 'large.csv', '--quiet']);
    const child = spawn(process.execPath, [CLI, 'score', 'large.csv', '--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue', '--out', 'interrupted.csv'], { cwd: folder });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    setTimeout(() => child.kill('SIGINT'), 180);
    const code = await new Promise((done) => child.on('close', done));
    // Before the handler stands, the signal itself ends the process; either way nothing is left.
    expect([130, null]).toContain(code);
    if (code === 130) expect(err).toContain('interrupted');
    expect(readdirSync(folder).filter((file) => file.includes('interrupted'))).toEqual([]);
    expect(existsSync(at('large.csv'))).toBe(true);
  });
});

describe('help', () => {
  it('names every command, flag and an example', async () => {
    expect((await clientele(folder, ['--help'])).out).toMatch(/clientele score[\s\S]*clientele demo[\s\S]*Exit codes/);
    const { code, out } = await clientele(folder, ['score', '--help']);
    expect(code).toBe(0);
    for (const flag of ['--as-of', '--bins', '--method', '--map', '--returns', '--labels', '--segment', '--carry', '--out', '--report', '--quiet', '--from', '--time-zone', '--date-format', '--on-bad-row']) expect(out).toContain(flag);
    expect(out).toContain('Examples\n  clientele score orders.csv');
    expect((await clientele(folder, ['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await clientele(folder, [])).code).toBe(2);
  });
});
