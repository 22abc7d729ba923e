import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rfm, scoreRfm, type RfmResult } from '../../src/rfm/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { reportPage } from '../../src/report/index.js';
import { customerView } from '../../src/identity/index.js';
import { writeReport } from '../../src/node.js';
import { logOf } from '../transactions/log.js';

const orders = exampleOrders({ customers: 300, seed: 4 });
const customers = summarize(orders);
const scored = rfm(customers);
/** The page without its script and its data. */
const readable = (page: string): string => page.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const scripts = (page: string): string[] => [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1]!);

describe('reportPage', () => {
  it('says as of when, the figures, what stands out, each segment with its action, and the definitions', async () => {
    const text = readable(await reportPage(scored));
    expect(text).toContain(`As of ${customers.meta.asOf} (last order), from example orders`);
    expect(text).toMatch(/Customers 300 Orders [\d,]+ Revenue [\d,.]+ Mean order/);
    expect(text).toMatch(/“Champions” brings the most: \d+\.\d% of the customers and \d+\.\d% of the revenue\./);
    expect(text).toMatch(/\d+ good customers are slipping away \(At risk, Cannot lose\)/);
    for (const row of scored.segments.toRows()) expect(text).toContain(`${String(row['label'])} ${String(row['action'])}`.replaceAll("'", '&#39;'));
    expect(text).toContain('days from the last purchase to the as-of day');
    expect(text).toMatch(/scores 1 to 5 by quantile, cut at \d/);
  });

  it('stands alone: one script, allowed by its hash, no eval, nothing from elsewhere', async () => {
    const page = await reportPage(scored);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(scripts(page)).toHaveLength(1);
    expect(policy).toContain(`'sha256-${createHash('sha256').update(scripts(page)[0]!).digest('base64')}'`);
    expect(page.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/(src|href)="(?!#)/);
  });

  it('speaks Chinese, and writes numbers and money by locale and currency', async () => {
    const zh = readable(await reportPage(rfm(customers, { labels: 'zh' }), { language: 'zh' }));
    expect(zh).toContain('“冠军客户”贡献最大');
    const euros = rfm(summarize(logOf([['a', '2026-01-01', 1234.5], ['b', '2026-01-02', 10]])));
    const page = await reportPage({ ...euros, meta: { ...euros.meta!, currency: 'EUR' } } as RfmResult, { locale: 'de-DE' });
    expect(readable(page)).toContain('1.244,50 €');
  });

  it('shows one customer, escaped, in the language and the formats of the page', async () => {
    const evil = '<b>"x"';
    const facts = { rfm: { customer: [evil, 'b'], monetary: [1234.5, 1], label: [evil, 'x'] }, clv: { customer: [evil], pAlive: [0.25] } };
    const page = await reportPage(scored, { view: customerView(evil, facts), locale: 'de-DE' });
    expect(page).toContain('<h2 dir="auto">Customer &lt;b&gt;&quot;x&quot;</h2>');
    expect(page).toContain('<dt>Money</dt><dd dir="auto">1.234,50</dd>');
    expect(page).toMatch(/<dt>Probability of being a customer still<\/dt><dd dir="auto">25,0\s%<\/dd>/);
    expect(readable(await reportPage(scored, { language: 'zh', view: customerView('b', facts, { labels: 'zh' }) }))).toContain('客户 b RFM 金额 1.00');
    await expect(reportPage(scored, { view: customerView(undefined, facts) })).rejects.toThrow('this is not the view of one customer');
  });

  it('tells who moved since an earlier date', async () => {
    const before = rfm(summarize(orders, { asOf: '2025-06-30' }));
    const page = await reportPage(scoreRfm(before.model, customers), { before });
    const text = readable(page);
    expect(text).toContain('compared with 2025-06-30');
    expect(text).toMatch(/Since the earlier date \d+ moved to a better segment/);
    expect(text).toMatch(/To a better segment \d+ To a worse one \d+ Stayed/);
    expect(page.includes('data-chart="chart-flow"')).toBe(true);
    expect(readable(await reportPage(scored, { before }))).toContain('LIMITS_DIFFER');
  });

  it('keeps the customers with the most money and says how many are left out', async () => {
    const page = await reportPage(scored, { customers: 10 });
    expect(readable(page)).toContain('The 10 customers with the most money are shown; 290 are left out.');
    expect((await reportPage(scored, { customers: 0 })).includes('id="customers-data"')).toBe(false);
    await expect(reportPage(scored, { columns: ['phone'] })).rejects.toThrow('column "phone" is missing');
  });

  it('holds 20,000 customers in less than 2 MB', async () => {
    const page = await reportPage(rfm(summarize(exampleOrders({ customers: 20_000, seed: 1 }))));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  it('lets no text be markup, in the page or in its data', async () => {
    const evil = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>';
    const log = logOf([[evil, '2026-01-01', 10], ['ليلى', '2026-01-02', 5], ['x'.repeat(5000), '2026-01-03', 7]]);
    const page = await reportPage(rfm(summarize(log), { labels: { champions: evil, lost: evil } }), { title: evil });
    expect(scripts(page)).toHaveLength(1);
    expect([page.includes('<img'), page.includes('<!--')]).toEqual([false, false]);
    expect(page.match(/<\/script>/g)!.length).toBe(page.match(/<script[ >]/g)!.length);
  });

  it('refuses unknown options and locales, and results of another version or kind', async () => {
    await expect(reportPage(scored, { locale: 'no-such-place-zz' })).rejects.toThrow('locale');
    await expect(reportPage(scored, { lang: 'en' } as object)).rejects.toThrow('there is no option "lang"');
    await expect(reportPage({ ...scored, model: { ...scored.model, version: 9 } } as unknown as RfmResult)).rejects.toThrow('version 9');
    await expect(reportPage(scored, { before: customers as never })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(reportPage(JSON.parse(JSON.stringify(scored)) as RfmResult)).rejects.toThrow('Pass what rfm or scoreRfm returned');
  });

  it('makes a page of plain columns, of one customer, and of customers without money', async () => {
    const plain = rfm({ customer: ['a', 'b'], recency: [1, 2], frequency: [1, 1], monetary: [0, 0] });
    expect(readable(await reportPage(plain))).toContain('total of column &quot;monetary&quot; is 0');
    expect(readable(await reportPage(rfm(summarize(logOf([['a', '2026-01-01', 10]])))))).toContain('Customers 1');
  });
});

describe('writeReport', () => {
  it('names the file where there is no space for it, and leaves nothing half written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clientele-report-'));
    await expect(writeReport(scored, '/dev/full')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    await expect(writeReport(scored, join(folder, 'nowhere', 'r.html'))).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
