import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.env['CLIENTELE_REFERENCE'] ?? join(root, '..', 'shared', 'reference');

/** True where the independent tools' inputs and expected values are at hand; tests on them are skipped by name elsewhere. */
export const hasReference: boolean = existsSync(folder);

/** A reference file as text: `referenceText('rfm/inputs/orders.csv')`. */
export function referenceText(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** A reference file's path. */
export function referencePath(path: string): string {
  return join(folder, path);
}

/** A JSON reference file. */
export function referenceJson<T>(path: string): T {
  return JSON.parse(referenceText(path)) as T;
}

/** A plain CSV reference file (no quotes but around whole cells) as rows by name. */
export function referenceRows(path: string): Record<string, string>[] {
  const [head, ...lines] = referenceText(path).trim().split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  return lines.map((cells) => Object.fromEntries(head!.map((name, i) => [name, cells[i] ?? ''])));
}
