// Bundles the report page's script with vega, vega-lite and vega's interpreter into dist/page-script.js and its twins,
// and the licences of what is in it into dist/THIRD-PARTY-LICENSES.txt.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const { outputFiles, metafile } = await build({
  entryPoints: ['src/report/page-script/main.ts'], bundle: true, minify: true, format: 'iife', target: 'es2022', charset: 'utf8', write: false, metafile: true, legalComments: 'none', logLevel: 'error',
  banner: { js: '/*! With vega, vega-lite, vega-interpreter (BSD-3-Clause, University of Washington Interactive Data Lab) and d3 (ISC, Mike Bostock) */' },
});
// A final newline would be no part of what the browser hashes if it stood outside the text.
const code = outputFiles[0].text.trim();
if (/<\/script|<!--/i.test(code)) throw new Error('the bundle holds text that would end a script element.');
const hash = `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
const esm = `export const PAGE_SCRIPT = ${JSON.stringify(code)};\nexport const PAGE_SCRIPT_HASH = ${JSON.stringify(hash)};\n`;
mkdirSync('dist', { recursive: true });
// For the sources (tests), and as files of their own in the package, so that each entry does not hold a copy.
writeFileSync('src/report/page-script/built.js', esm);
writeFileSync('dist/page-script.js', esm);
writeFileSync('dist/page-script.cjs', esm.replace(/^export const (\w+) =/gm, 'exports.$1 ='));

// Parts of these are in the other files (tsup.ts).
const bundled = ['fastest-levenshtein', 'simple-statistics'];
const packages = new Set(bundled.concat(Object.keys(metafile.inputs).map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]).filter((name) => name !== undefined)));
const licences = [...packages].sort().map((name) => {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
});
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', `dist holds parts of ${bundled.join(' and ')}, and the script of report pages the other packages.\n\n${licences.join(`\n${'-'.repeat(80)}\n\n`)}`);
