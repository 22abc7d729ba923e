import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOrders, parseCsv, rfm, summarize, toCsv } from '../../src/index.js';
import { chromiumPath, openChromium } from '../browser.js';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const ORIGIN = 'http://clientele.test/';

describe.skipIf(chromiumPath === undefined)('the front door in Chromium, in a Web Worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-browser-'));
  const log = toCsv(exampleOrders({ customers: 20_000, seed: 1 }));
  let browser: Browser;
  beforeAll(async () => {
    execFileSync(process.execPath, ['.config/demo.js', join(folder, 'demo')], { stdio: 'inherit' });
    writeFileSync(join(folder, 'orders.csv'), log);
    writeFileSync(join(folder, 'odd.csv'), 'x,y\n1,2\n');
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** The demo from its folder, as a server would hand it out; any other request is trouble. */
  async function open(): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.context().route('**/*', async (route) => {
      const url = route.request().url();
      if (!url.startsWith(ORIGIN)) {
        troubles.push(url);
        return route.abort();
      }
      const path = url.slice(ORIGIN.length) || 'index.html';
      return route.fulfill({ body: readFileSync(join(folder, 'demo', path)), contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
    });
    await page.goto(ORIGIN);
    return { page, troubles };
  }

  it('reads a log of 200,000 orders handed over as a file, and comes to what Node comes to', async () => {
    const { page, troubles } = await open();
    await page.setInputFiles('#file', join(folder, 'orders.csv'));
    await page.waitForFunction(() => /customers as of/.test(document.getElementById('status')!.textContent!), undefined, { timeout: 60_000 });
    const orders = await parseCsv(log, { customer: 'customer', date: 'date', amount: 'amount', order: 'order' });
    expect(orders.numRows).toBeGreaterThan(200_000);
    const scored = rfm(summarize(orders));
    expect(await page.textContent('#status')).toMatch(/^20000 customers as of 2025-12-31 \(last order in orders\.csv\); read with customer = customer/);
    const report = page.frames().find((frame) => frame !== page.mainFrame())!;
    await report.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('[data-chart]')].every((place) => place.dataset['drawn'] === 'yes'));
    const shown = await report.$$eval('#segments tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    const number = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    expect(shown.map((cells) => [cells[0], cells[2], cells[4]])).toEqual(scored.segments.toRows().map((row) => [row['label'], new Intl.NumberFormat('en-US').format(Number(row['customers'])), number.format(Number(row['revenue']))]));
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('makes its own example, and says what is wrong with a file', async () => {
    const { page, troubles } = await open();
    await page.setInputFiles('#file', join(folder, 'odd.csv'));
    await page.waitForFunction(() => /no column seems to be the customer/.test(document.getElementById('status')!.textContent!));
    await page.selectOption('#language', 'zh');
    await page.click('#example');
    await page.waitForFunction(() => /5000 customers as of/.test(document.getElementById('status')!.textContent!), undefined, { timeout: 30_000 });
    expect(troubles).toEqual([]);
    await page.close();
  });
});
