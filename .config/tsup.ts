import { readFileSync, writeFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

const peers = ['arquero', 'danfojs-node', '@uwdata/flechette', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer', 'libphonenumber-js', 'vega', 'vega-lite', 'read-excel-file'];

/** Packages of which little is used: importing them whole took 9 of 40 ms. Their licences go with those of the page's script. */
const BUNDLED: string[] = ['simple-statistics', 'fastest-levenshtein'];

/** The report page's script is a file of its own in dist (.config/page-script.js), loaded by who makes a page. */
const pageScript: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'page-script',
  setup(build) {
    build.onResolve({ filter: /page-script\/built\.js$/ }, () => ({ path: './page-script.js', external: true }));
  },
};

/**
 * tsup turns `import()` into `require` where CommonJS entries share chunks, and vega cannot be required: it awaits at its
 * top level. So the one import whose name is not known beforehand, that of an optional peer, is turned back.
 */
const keepPeerImport: NonNullable<Options['plugins']>[number] = {
  name: 'keep-peer-import',
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.cjs'))) {
      const code = readFileSync(name, 'utf8');
      const kept = code.replace(/Promise\.resolve\(\)\.then\(\(\) => _interopRequireWildcard\(require\(\s*((?:\/\*[^*]*\*\/\s*)*name)\s*\)\)\)/g, 'import($1)').replaceAll('"./page-script.js"', '"./page-script.cjs"');
      if (kept !== code) writeFileSync(name, kept);
    }
  },
};

/**
 * Numbers of files that import nothing are put where they are used: as variables of a module each is loaded and checked at
 * every use, and summing up 10 M rows took 876 ms instead of 829.
 */
const esbuildOptions: NonNullable<Options['esbuildOptions']> = (options, { format }) => {
  // What turns shared chunks into CommonJS does not understand the result; the threads' files need no such step.
  options.minifySyntax = format === 'esm';
  options.mainFields = ['module', 'main'];
};

const shared = { target: 'es2022', external: peers, splitting: true, shims: true, outDir: 'dist', plugins: [keepPeerImport], esbuildPlugins: [pageScript], esbuildOptions, noExternal: BUNDLED } satisfies Options;

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
      pareto: 'src/pareto/index.ts',
      profit: 'src/profit/index.ts',
      decisions: 'src/decisions/index.ts',
      basket: 'src/basket/index.ts',
      satisfaction: 'src/satisfaction/index.ts',
      loyalty: 'src/loyalty/index.ts',
      churn: 'src/churn/index.ts',
      warnings: 'src/warnings/index.ts',
      segmentation: 'src/segmentation/index.ts',
      identity: 'src/identity/index.ts',
      evaluate: 'src/evaluate/index.ts',
      report: 'src/report/index.ts',
      svg: 'src/report/svg.ts',
      node: 'src/node.ts',
      arrow: 'src/io/arrow.ts',
      arquero: 'src/io/arquero.ts',
      danfo: 'src/io/danfo.ts',
    },
  },
  { ...shared, format: ['esm'], dts: false, entry: { cli: 'src/cli/main.ts' } },
  // A file for each job of threads, whole and of CommonJS: see src/parallel/serve-steps.ts.
  {
    ...shared, format: ['cjs'], splitting: false, dts: false, entry: Object.fromEntries(['log', 'whole', 'format', 'kmeans'].map((job) => [`${job}-thread`, `src/parallel/${job}-thread.ts`])),
    esbuildOptions: (options) => esbuildOptions(options, { format: 'esm' }), outExtension: () => ({ js: '.cjs' }),
  },
]);
