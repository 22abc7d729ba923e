import { defineConfig, type Options } from 'tsup';

const peers = ['arquero', 'danfojs-node', '@uwdata/flechette', 'hyparquet', 'hyparquet-writer', 'vega', 'vega-lite'];
const shared: Options = { target: 'es2022', external: peers, splitting: true, shims: true, outDir: 'dist' };

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
      clv: 'src/clv/index.ts',
      evaluate: 'src/evaluate/index.ts',
      report: 'src/report/index.ts',
      node: 'src/node.ts',
      arquero: 'src/io/arquero.ts',
      danfo: 'src/io/danfo.ts',
    },
  },
  { ...shared, format: ['esm'], dts: false, entry: { cli: 'src/cli/main.ts', worker: 'src/parallel/worker.ts' } },
]);
