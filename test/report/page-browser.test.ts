import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rfm, scoreRfm } from '../../src/rfm/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { reportPage, type ReportOptions } from '../../src/report/index.js';
import { chromiumPath, openChromium } from '../browser.js';

const orders = exampleOrders({ customers: 600, seed: 2 });
const before = rfm(summarize(orders, { asOf: '2025-06-30' }));
const evil = '<img src=x onerror="window.hacked=1">';

describe.skipIf(chromiumPath === undefined)('the report page in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-page-'));
  let browser: Browser;
  const troubles: string[] = [];
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(options: ReportOptions, { labels = {}, width = 1200 }: { labels?: 'zh' | Record<string, string>; width?: number } = {}): Promise<Page> {
    const file = join(folder, 'report.html');
    writeFileSync(file, await reportPage(scoreRfm(before.model, summarize(orders), { labels }), options));
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    troubles.length = 0;
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(file).href)) troubles.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('[data-chart]')].every((place) => place.dataset['drawn'] !== undefined));
    return page;
  }

  it('draws every chart, asks the network for nothing, and has nothing to complain about', async () => {
    const page = await open({ before });
    const drawn = await page.$$eval('[data-chart]', (places) => places.map((place) => [(place as HTMLElement).dataset['drawn'], place.querySelectorAll('svg [role="graphics-symbol"]').length > 0]));
    expect(drawn).toHaveLength(7);
    expect(drawn.every(([state, marks]) => state === 'yes' && marks)).toBe(true);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('may not run code from text: the policy forbids it', async () => {
    const page = await open({});
    await expect(page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' })))).resolves.toBeUndefined();
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    await page.close();
  });

  it('shows a tooltip over a mark', async () => {
    const page = await open({});
    await page.locator('[data-chart="chart-1"] path[aria-roledescription="bar"]').first().hover();
    await page.locator('#tooltip:not([hidden])').waitFor();
    expect(await page.locator('#tooltip').textContent()).toContain('Champions');
    await page.close();
  });

  it('has a table to search, choose, sort and page through, by keyboard alone', async () => {
    const page = await open({});
    const rows = page.locator('#customers tbody tr');
    const status = page.locator('#customers-status');
    expect(await rows.count()).toBe(25);
    expect(await status.textContent()).toBe('1 to 25 of 600');
    await page.focus('#customers-next');
    await page.keyboard.press('Enter');
    expect(await status.textContent()).toBe('26 to 50 of 600');
    await page.focus('#customers-search');
    await page.keyboard.type('c000123');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('C000123');
    await page.fill('#customers-search', 'no such customer');
    expect(await status.textContent()).toBe('No customer found');
    await page.fill('#customers-search', '');
    await page.focus('#customers th:nth-child(3) button');
    await page.keyboard.press('Space');
    const recency = (await rows.locator('td:nth-child(3)').allTextContents()).map(Number);
    expect(recency).toEqual([...recency].sort((a, b) => b - a));
    expect(await page.getAttribute('#customers th:nth-child(3)', 'aria-sort')).toBe('descending');
    await page.selectOption('#customers-choice', { label: 'Champions' });
    expect(new Set(await rows.locator('td:nth-child(2)').allTextContents())).toEqual(new Set(['Champions']));
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('fits 600 pixels in Chinese, with names that are markup, right-to-left or long', async () => {
    const page = await open({ language: 'zh', title: evil }, { width: 600, labels: { champions: evil, loyal: 'عملاء مخلصون', new: '很长的名字'.repeat(40), lost: 'x'.repeat(300) } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(600);
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.$$eval('img', (images) => images.length)).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('has names for controls, charts and tables, and one heading of the first level', async () => {
    const page = await open({ before });
    expect(await page.$$eval('h1', (all) => all.length)).toBe(1);
    expect(await page.$$eval('input, select', (all) => all.every((one) => one.closest('label') !== null))).toBe(true);
    expect(await page.$$eval('[data-chart]', (all) => all.every((one) => (one.getAttribute('aria-label') ?? '') !== ''))).toBe(true);
    expect(await page.$$eval('thead th', (all) => all.every((one) => one.getAttribute('scope') === 'col'))).toBe(true);
    await page.close();
  });

  it('prints its charts on paper', async () => {
    const page = await open({ before });
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
    await page.close();
  });
});
