import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command; `npm test` builds it first. */
export const CLI: string = resolve(fileURLToPath(import.meta.url), '../../../dist/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Run the command in a folder, as a user would. */
export function clientele(folder: string, args: readonly string[], { input, through }: { input?: string; through?: string } = {}): Promise<Ran> {
  const child = through === undefined
    ? spawn(process.execPath, [CLI, ...args], { cwd: folder })
    : spawn('bash', ['-c', through, 'bash', process.execPath, CLI, ...args], { cwd: folder });
  let out = '', err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

/** A fresh folder, and how to remove it. */
export function scratch(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-cli-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
