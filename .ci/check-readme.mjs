// Every program that the README or a guide quotes from examples/ prints exactly what is shown below it.
// With --write they are brought up to date instead. A quoted program is a code block behind a line "<!-- examples/NAME -->"; the text block after it is its output.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runExample } from './run-example.mjs';

const write = process.argv.includes('--write');
let wrong = 0;
let programs = 0;
for (const page of ['README.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]) {
  let text = readFileSync(page, 'utf8');
  const quotes = [...text.matchAll(/<!-- (examples\/[\w.-]+) -->\n```(?:ts|sh)\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/g)];
  if (page === 'README.md' && quotes.length === 0) wrong++;
  for (const [, file, code, output] of quotes) {
    programs++;
    if (!readFileSync(file, 'utf8').includes(code)) {
      console.error(`${page} quotes ${file}, but the file reads otherwise.`);
      wrong++;
    }
    const run = runExample(file, 'pipe');
    if (write) text = text.replace(`\`\`\`text\n${output}\`\`\``, () => `\`\`\`text\n${run.stdout.trimEnd()}\n\`\`\``);
    else if (run.stdout.trim() !== output.trim()) {
      console.error(`${file} does not print what ${page} shows. It prints:\n${run.stdout}${run.stderr}`);
      wrong++;
    }
  }
  if (write && quotes.length > 0) writeFileSync(page, text);
}
console.log(`${programs} programs ${write ? 'quoted' : 'checked'}`);
process.exit(wrong === 0 ? 0 : 1);
