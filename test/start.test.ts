import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Files of dist that a file loads when it is imported, and all other names they import. */
function loaded(entry: string): { files: string[]; others: string[] } {
  const files: string[] = [];
  const others = new Set<string>();
  const follow = (file: string): void => {
    if (files.includes(file)) return;
    files.push(file);
    for (const [, imported, required] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"]*["']([^"']+)["'];?$|\brequire\(["']([^"']+)["']\)/gm)) {
      const name = imported ?? required!;
      if (name.startsWith('.')) follow(join(dirname(file), name));
      else others.add(name);
    }
  };
  follow(join(DIST, entry));
  return { files, others: [...others] };
}

const ENTRIES = Object.values(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).exports as Record<string, { import?: { default: string } } | string>)
  .flatMap((entry) => (typeof entry === 'object' && entry.import !== undefined ? [entry.import.default.replace('./dist/', '')] : []));

describe('what is loaded at the start', () => {
  it.each(ENTRIES)('%s imports nothing but its own files and those of Node', (entry) => {
    expect(loaded(entry).others.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it('node loads reports, clusters and lifetime values only when they are asked for', () => {
    const { files } = loaded('node.js');
    expect(files.length).toBeGreaterThan(1);
    const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const own of ['summarizeCsv', 'kmeansParallel', 'fitBgNbdParallel', 'writeReport']) expect(code).toMatch(new RegExp(`function ${own}\\(`));
    for (const other of ['reportPage', 'fitKmeans', 'fitBgNbd', 'treeRules', 'unify', 'warnings']) expect(code).not.toMatch(new RegExp(`function ${other}\\(`));
  });

  it.each(['log', 'whole', 'format', 'kmeans'])('a thread for %s loads nothing but its own file', (job) => {
    expect(loaded(`${job}-thread.cjs`).files).toHaveLength(1);
    expect(loaded(`${job}-thread.cjs`).others.filter((name) => !isBuiltin(name))).toEqual([]);
    expect(readFileSync(join(DIST, `${job}-thread.cjs`), 'utf8')).not.toMatch(/\bimport\(/);
  });

  it('a thread begins with what a log needs', () => {
    const code = readFileSync(join(DIST, 'log-thread.cjs'), 'utf8');
    expect(code).toMatch(/function newLogSteps\(/);
    expect(code).not.toMatch(/function (rfm|kmeans|csvWriter)\(/);
    // The numbers of layouts stand in the loops.
    expect(code).not.toMatch(/\b(RECORD_WORDS|CURSOR_WORDS|BLOCK_WORDS|DATE_MIDDLE)\b/);
  });
});
