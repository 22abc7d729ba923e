// Executes examples/notebooks by their kernels, headless, on the packed library: node test/notebooks/run.mjs SCRATCH.
// Installs deno, tslab and vega from npm, and nbconvert from Debian where it is missing and may be installed.
// Exit code 77: skipped, as there is no Jupyter here.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync, copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const scratch = join(resolve(process.argv[2]), 'notebooks');
mkdirSync(scratch, { recursive: true });
const run = (command, args, options = {}) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

const DEBIAN = ['jupyter-nbconvert', 'jupyter-client', 'jupyter-core', 'python3-nbclient', 'python3-ipykernel'];
if (!has('jupyter-nbconvert') && has('apt-get') && process.getuid?.() === 0) {
  spawnSync('sh', ['-c', `apt-get update -q && apt-get install -y -q --no-install-recommends ${DEBIAN.join(' ')}`], { stdio: 'ignore' });
}
if (!has('jupyter-nbconvert')) {
  console.log('notebooks: no jupyter-nbconvert here');
  process.exit(77);
}

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch]));
writeFileSync(join(scratch, 'package.json'), '{"private":true}');
run('npm', ['install', `./${filename}`, 'tslab@1.0.22', 'deno@2.9.6', `vega@${devDependencies.vega}`, `vega-lite@${devDependencies['vega-lite']}`], { cwd: scratch });

// The kernels are registered in the scratch folder, not with the user's own.
const env = { ...process.env, JUPYTER_DATA_DIR: join(scratch, 'jupyter'), DENO_DIR: join(scratch, 'deno') };
const python = readFileSync(run('sh', ['-c', 'command -v jupyter-nbconvert']).trim(), 'utf8').split('\n')[0].replace(/^#!\s*/, '');
const bin = (name) => join(scratch, 'node_modules/.bin', name);
kernel('tslab', [process.execPath, join(scratch, 'node_modules/tslab/bin/tslab'), 'kernel', '--config-path', '{connection_file}']);
kernel('deno', [bin('deno'), 'jupyter', '--kernel', '--conn', '{connection_file}']);

check('deno', (outputs) => {
  const [customers, scored, ...charts] = outputs;
  assert.match(html(customers), /<table>[\s\S]*C000001/);
  assert.match(html(scored), /2000 customers as of 2025-12-31[\s\S]*Champions/);
  assert.equal(charts.length, 4);
  for (const chart of charts) {
    assert.equal(chart.data['application/vnd.vegalite.v5+json'].$schema, 'https://vega.github.io/schema/vega-lite/v5.json');
    assert.match([chart.data['image/svg+xml']].flat().join(''), /^<svg/);
    assert.ok(chart.data['text/plain'] !== undefined && chart.data['text/html'] === undefined);
  }
});
check('tslab', (outputs) => {
  const [scored, bars, heatmap, printed] = outputs;
  assert.match(html(scored), /2000 customers as of 2025-12-31[\s\S]*Champions/);
  assert.equal(typeof bars.data['application/vnd.vegalite.v5+json'], 'object');
  assert.match([heatmap.data['image/svg+xml']].flat().join(''), /^<svg/);
  assert.match([printed.text].flat().join(''), /label\s+customers\s+revenue\nChampions/);
});
console.log('2 notebooks executed, their outputs as they should be');

function kernel(name, argv) {
  const folder = join(scratch, 'jupyter/kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: name, language: 'typescript' }));
}

/**
 * Deno's kernel (2.9.6) now and then tells that a cell is done before its output is out, and nbconvert then misses it: in
 * about one run of three, of plain tables too. A notebook is executed again where a cell has no output.
 */
function check(name, look) {
  copyFileSync(`examples/notebooks/${name}.ipynb`, join(scratch, `${name}.ipynb`));
  let outputs = execute(name);
  for (let again = 0; again < 6 && outputs.includes(undefined); again++) outputs = execute(name);
  assert.ok(!outputs.includes(undefined), `${name}: a cell has no output`);
  look(outputs);
}

function execute(name) {
  run(python, ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--ExecutePreprocessor.timeout=120', `--ExecutePreprocessor.kernel_name=${name}`, `${name}.ipynb`, '--output', `${name}.out.ipynb`], { cwd: scratch, env });
  const { cells } = JSON.parse(readFileSync(join(scratch, `${name}.out.ipynb`), 'utf8'));
  return cells.filter((cell) => cell.cell_type === 'code').map((cell, i) => {
    const wrong = cell.outputs.find((output) => output.output_type === 'error' || output.name === 'stderr');
    assert.equal(wrong, undefined, `${name}, code cell ${i + 1}: ${JSON.stringify(wrong)?.slice(0, 500)}`);
    assert.ok(cell.outputs.length < 2, `${name}, code cell ${i + 1} has ${cell.outputs.length} outputs`);
    return cell.outputs[0];
  });
}

function html(output) {
  return [output.data['text/html']].flat().join('');
}
