// Bundles examples/browser over the built library into a folder: the docs' live demo, and what its test opens.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Write index.html, demo.js and worker.js into `folder`. The library is taken from dist: build it first. */
export async function buildDemo(folder) {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: ['examples/browser/demo.ts', 'examples/browser/worker.ts'], outdir: folder, bundle: true, splitting: true, format: 'esm', minify: true, target: 'es2022', platform: 'browser', chunkNames: 'part-[hash]', logLevel: 'error',
  });
  // The report in the frame inherits this page's policy, so its script must be allowed here too.
  const { PAGE_SCRIPT_HASH } = await import(pathToFileURL('dist/page-script.js').href);
  writeFileSync(join(folder, 'index.html'), readFileSync('examples/browser/index.html', 'utf8').replace("'HASH'", PAGE_SCRIPT_HASH));
}

if (process.argv[1]?.endsWith('demo.js') && process.argv[2] !== undefined) await buildDemo(process.argv[2]);
