import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A Chromium at hand: `$CLIENTELE_CHROMIUM`, or where systems put it. Tests in a browser are skipped by name without. */
export const chromiumPath: string | undefined = [process.env['CLIENTELE_CHROMIUM'], ...KNOWN].find((path) => path !== undefined && existsSync(path));

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu'] });
}
