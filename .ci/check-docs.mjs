// Every relative link in README and docs points at a file, and every #anchor at a heading.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files = ['README.md', ...readdirSync('docs').filter((f) => f.endsWith('.md')).map((f) => join('docs', f))];
const slug = (heading) => heading.toLowerCase().replace(/[`*]/g, '').replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
const anchors = (file) => [...readFileSync(file, 'utf8').matchAll(/^#+\s+(.*)$/gm)].map((m) => slug(m[1]));

let broken = 0;
for (const file of files) {
  for (const [, target] of readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?|mailto):/.test(target)) continue;
    const [path, anchor] = target.split('#');
    const full = path === '' ? file : join(dirname(file), path);
    if (!existsSync(full) || (anchor !== undefined && full.endsWith('.md') && !anchors(full).includes(anchor))) {
      console.error(`${file}: ${target} leads nowhere`);
      broken++;
    }
  }
}
process.exit(broken === 0 ? 0 : 1);
