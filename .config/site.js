// The docs site by one command (npm run docs): guides and API reference by typedoc, the live demo beside them, and no
// link that leads nowhere. Written to docs/reference; argument: another folder.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { buildDemo } from './demo.js';

const out = resolve(process.argv[2] ?? 'docs/reference');
const DEMO = 'demo/index.html';

const typedoc = spawnSync(process.execPath, ['node_modules/typedoc/bin/typedoc', '--options', '.config/typedoc.json', '--out', out], { stdio: 'inherit' });
if (typedoc.status !== 0) process.exit(typedoc.status ?? 1);
await buildDemo(join(out, 'demo'));

const pages = walk(out).filter((file) => file.endsWith('.html'));
for (const page of pages) {
  // typedoc writes links of its navigation as they are given, whatever the page's folder.
  const html = readFileSync(page, 'utf8');
  const up = relative(dirname(page), join(out, DEMO)).split(sep).join('/');
  writeFileSync(page, html.replaceAll(`href="${DEMO}"`, `href="${up}"`));
}

const anchors = new Map();
let dead = 0;
for (const page of pages) {
  for (const [, target] of readFileSync(page, 'utf8').matchAll(/(?:href|src)="([^"]*)"/g)) {
    if (target === '' || /^(https?:|mailto:|data:|#$)/.test(target)) continue;
    const [path, anchor] = target.replaceAll('&amp;', '&').split('#');
    const file = path === '' ? page : resolve(dirname(page), decodeURIComponent(path));
    if (existsSync(file) && (anchor === undefined || anchor === '' || !file.endsWith('.html') || anchorsOf(file).has(decodeURIComponent(anchor)))) continue;
    console.error(`${relative(out, page)}: ${target} leads nowhere`);
    dead++;
  }
}
console.log(`${pages.length} pages in ${relative('.', out)}, ${dead} dead links`);
process.exit(dead === 0 ? 0 : 1);

function anchorsOf(file) {
  if (!anchors.has(file)) anchors.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/\b(?:id|name)="([^"]+)"/g)].map((m) => m[1])));
  return anchors.get(file);
}

function walk(folder) {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
}
