import { readFileSync, writeFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

const peers = ['arquero', 'danfojs-node', '@uwdata/flechette', 'hyparquet', 'hyparquet-writer', 'vega', 'vega-lite', 'read-excel-file'];

/**
 * tsup turns `import()` into `require` where CommonJS entries share chunks, and vega cannot be required: it awaits at its
 * top level. So the one import whose name is not known beforehand, that of an optional peer, is turned back.
 */
const keepPeerImport: NonNullable<Options['plugins']>[number] = {
  name: 'keep-peer-import',
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.cjs'))) {
      const code = readFileSync(name, 'utf8');
      const kept = code.replace(/Promise\.resolve\(\)\.then\(\(\) => _interopRequireWildcard\(require\(\s*((?:\/\*[^*]*\*\/\s*)*name)\s*\)\)\)/g, 'import($1)');
      if (kept !== code) writeFileSync(name, kept);
    }
  },
};

const shared: Options = { target: 'es2022', external: peers, splitting: true, shims: true, outDir: 'dist', plugins: [keepPeerImport] };

// The entries share chunks, so that ClienteleError is one class across them in CJS as well as in ESM.
export default defineConfig([
  {
    ...shared,
    format: ['esm', 'cjs'],
    dts: true,
    entry: {
      index: 'src/index.ts',
      transactions: 'src/transactions/index.ts',
      rfm: 'src/rfm/index.ts',
      report: 'src/report/index.ts',
      svg: 'src/report/svg.ts',
      node: 'src/node.ts',
      arquero: 'src/io/arquero.ts',
      danfo: 'src/io/danfo.ts',
    },
  },
  { ...shared, format: ['esm'], dts: false, entry: { cli: 'src/cli/main.ts' } },
]);
