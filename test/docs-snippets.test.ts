import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

/** A page's TypeScript blocks, one after another, as one program against the built package. */
const programOf = (page: string): string =>
  [...readFileSync(resolve(page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n').replaceAll("from 'clientele'", `from '${pathToFileURL(resolve('dist/index.js')).href}'`);

describe('the guides', () => {
  it.each(['docs/churn.md', 'docs/warnings.md', 'docs/weekly-warnings.md'])('%s runs as it stands', (page) => {
    const folder = mkdtempSync(join(tmpdir(), 'clientele-snippets-'));
    writeFileSync(join(folder, 'page.mjs'), programOf(page));
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'page.mjs')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
