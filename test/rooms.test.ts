import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../src');
const ANALYSES = ['rfm', 'clv', 'pareto', 'profit', 'decisions', 'basket', 'satisfaction', 'loyalty', 'churn', 'warnings', 'segmentation', 'identity'];
const BASE = ['core', 'math', 'columns', 'transactions'];

/** Which rooms a room may import; the analyses do not know one another. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  math: ['core'],
  columns: ['core'],
  transactions: ['columns', 'core'],
  ...Object.fromEntries(ANALYSES.map((room) => [room, BASE])),
  evaluate: [...BASE, ...ANALYSES],
  io: ['transactions', 'columns', 'core'],
  parallel: [...BASE, ...ANALYSES, 'io'],
  sql: [...BASE, 'rfm'],
  report: [...BASE, ...ANALYSES],
  'report/node': [...BASE, ...ANALYSES, 'io'],
  cli: [...BASE, ...ANALYSES, 'evaluate', 'io', 'parallel', 'sql', 'report', 'index', 'node'],
  index: [...BASE, ...ANALYSES, 'evaluate', 'io', 'sql', 'report', 'load-model'],
  'load-model': ['core', ...ANALYSES],
  node: ['io', 'parallel', 'report'],
};
/** Rooms and folders whose files may import from Node. */
const NODE_FILES = ['io/node/', 'parallel/', 'cli/'];

const files = (function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
})(src).filter((file) => file.endsWith('.ts'));

const importsOf = (file: string): string[] => [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!);
/** The room of a file; the files beside the rooms are doors of the whole. */
const roomOf = (file: string): string => relative(src, file).split(sep)[0]!.replace(/\.ts$/, '');
/** What decides what a file may import: its room, or its Node folder where that has a rule of its own. */
const ruleOf = (file: string): readonly string[] | undefined => MAY_IMPORT[relative(src, dirname(file)).split(sep).join('/')] ?? MAY_IMPORT[roomOf(file)];
/** The files through which rooms are entered. */
const isDoor = (file: string): boolean => [...ROOT_DOORS, `${roomOf(file)}/index.ts`, `${roomOf(file)}/node/index.ts`].map((door) => join(src, door)).includes(file);
const ROOT_DOORS = ['index.ts', 'node.ts', 'load-model.ts', 'report/svg.ts'];

describe('the rooms', () => {
  it.each(files.map((file) => [relative(src, file), file]))('%s imports only what its room may', (_, file) => {
    for (const target of importsOf(file).filter((t) => t.startsWith('.'))) {
      const to = resolve(dirname(file), target).replace(/\.js$/, '.ts');
      const room = roomOf(to);
      if (room === roomOf(file)) continue;
      expect(ruleOf(file), `room ${roomOf(file)} is not in the plan`).toBeDefined();
      expect(ruleOf(file), `${target} is in room ${room}`).toContain(room);
      expect(isDoor(to), `${target} must be entered by its door`).toBe(true);
    }
  });

  it.each(files.map((file) => [relative(src, file), file]))('%s reaches Node only where it may', (name, file) => {
    if (NODE_FILES.some((folder) => name.split(sep).join('/').startsWith(folder))) return;
    expect(importsOf(file).filter((target) => target.startsWith('node:'))).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toMatch(/\b(process|Buffer)\./);
  });

  it.each(files.map((file) => [relative(src, file), file]))('%s generates no code', (_, file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/\beval\s*\(|new Function\s*\(/);
  });
});
