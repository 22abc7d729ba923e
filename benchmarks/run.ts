// Question: all of them. `npm run bench` in small sizes, `npm run bench -- --full` in full sizes; names of
// questions, or parts of them, ask only those. Prints a table, writes results.md, and with --full the README's results.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Answer } from './measure.js';

const QUESTIONS = [
  'csv-to-scores', 'csv-to-scores-arquero', 'memory-int-ids', 'memory-text-ids', 'parquet-to-scores', 'hundred-million', 'quintiles', 'rfm', 'file-to-files', 'concentration', 'profitability',
] as const;

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const full = process.argv.includes('--full');
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--')).map((arg) => arg.replace(/\.ts$/, ''));
const chosen = QUESTIONS.filter((name) => asked.length === 0 || asked.some((part) => name === part || (name.includes(part) && !QUESTIONS.some((other) => other === part))));

if (chosen.length === 0) {
  console.error(`No question has such a name: ${QUESTIONS.join(', ')}. Others are run by themselves, see README.md.`);
  process.exit(1);
}
if (!existsSync(here('../dist/node.js'))) {
  console.error('The built package is what is measured: npm run build');
  process.exit(1);
}
// These read the built package, so only now.
const { answerText } = await import('./measure.js');
const { INSTALL, versionOf } = await import('./rivals.js');
const { markdownBlock, textTable } = await import('./results.js');
if (versionOf('@duckdb/node-api') === undefined) console.error(`The rivals are missing, their questions are skipped; ${INSTALL}\n`);

const loadBefore = loadavg()[0]!;
const answers: Answer[] = [];
let failed = 0;
for (const name of chosen) {
  const start = performance.now();
  const run = spawnSync(process.execPath, ['--import', here('typescript.mjs'), here(`${name}.ts`), '--json', ...(full ? ['--full'] : [])], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  const said = run.stdout.trim().split('\n').at(-1) ?? '';
  const found: readonly Answer[] = run.status === 0 && said.startsWith('[') ? JSON.parse(said) as Answer[] : [{ question: name, skipped: `it failed (exit code ${run.status ?? run.signal}), see above` }];
  if (run.status !== 0) failed++;
  answers.push(...found);
  console.log(`\n${name}.ts (${((performance.now() - start) / 1000).toFixed(0)} s)\n${found.map(answerText).join('\n')}`);
}

console.log(`\n${textTable(answers, { full })}`);
const block = markdownBlock(answers, { full }, loadBefore);
writeFileSync(here('results.md'), block);
if (full && chosen.length === QUESTIONS.length) {
  const readme = readFileSync(here('README.md'), 'utf8');
  writeFileSync(here('README.md'), readme.replace(/(<!-- results -->\n)[^]*(<!-- \/results -->)/, (_, begin: string, end: string) => `${begin}\n${block}\n${end}`));
}
process.exit(failed === 0 ? 0 : 1);
