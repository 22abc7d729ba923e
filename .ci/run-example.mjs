// Run one example program in an empty folder, so that what it writes stays out of the tree.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'clientele-example-'));
const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), resolve(process.argv[2])], { cwd: folder, stdio: 'inherit' });
rmSync(folder, { recursive: true, force: true });
process.exit(run.status ?? 1);
