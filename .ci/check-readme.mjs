// Every program the README quotes from examples/ prints exactly what the README shows below it.
// A quoted program is a ```ts block behind a line "<!-- examples/NAME.ts -->"; the block after it is its output.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const readme = readFileSync('README.md', 'utf8');
const quotes = [...readme.matchAll(/<!-- (examples\/[\w-]+\.ts) -->\n```ts\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/g)];
let wrong = quotes.length === 0 ? 1 : 0;
for (const [, file, code, output] of quotes) {
  if (!readFileSync(file, 'utf8').includes(code)) {
    console.error(`README quotes ${file}, but the file reads otherwise.`);
    wrong++;
  }
  const folder = mkdtempSync(join(tmpdir(), 'clientele-readme-'));
  const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), resolve(file)], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  if (run.stdout.trim() !== output.trim()) {
    console.error(`${file} does not print what the README shows. It prints:\n${run.stdout}${run.stderr}`);
    wrong++;
  }
}
console.log(`${quotes.length} programs checked`);
process.exit(wrong === 0 ? 0 : 1);
