// Run one example program in an empty folder, so that what it writes stays out of the tree. A shell example finds the
// built command as `clientele`.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Run an example; its standard output is returned, or shown where `stdio` is 'inherit'. */
export function runExample(file, stdio) {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-example-'));
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'clientele'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.js')}" "$@"\n`);
  chmodSync(join(bin, 'clientele'), 0o755);
  const [command, args] = file.endsWith('.sh') ? ['sh', ['-eu', resolve(file)]] : [process.execPath, ['--import', import.meta.resolve('tsx'), resolve(file)]];
  const run = spawnSync(command, args, { cwd: folder, encoding: 'utf8', stdio, env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` } });
  rmSync(folder, { recursive: true, force: true });
  return run;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(runExample(process.argv[2], 'inherit').status ?? 1);
