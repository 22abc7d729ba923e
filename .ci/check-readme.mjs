// Every program the README quotes from examples/ prints exactly what the README shows below it.
// A quoted program is a code block behind a line "<!-- examples/NAME -->"; the text block after it is its output.
import { readFileSync } from 'node:fs';
import { runExample } from './run-example.mjs';

const readme = readFileSync('README.md', 'utf8');
const quotes = [...readme.matchAll(/<!-- (examples\/[\w.-]+) -->\n```(?:ts|sh)\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/g)];
let wrong = quotes.length === 0 ? 1 : 0;
for (const [, file, code, output] of quotes) {
  if (!readFileSync(file, 'utf8').includes(code)) {
    console.error(`README quotes ${file}, but the file reads otherwise.`);
    wrong++;
  }
  const run = runExample(file, 'pipe');
  if (run.stdout.trim() !== output.trim()) {
    console.error(`${file} does not print what the README shows. It prints:\n${run.stdout}${run.stderr}`);
    wrong++;
  }
}
console.log(`${quotes.length} programs checked`);
process.exit(wrong === 0 ? 0 : 1);
