// benchmarks/kmeans.ts - Question: how long does k-means take from given centres, against ml-kmeans and scikit-learn; how long an exact silhouette, and how far off a sampled one?
// Run: npm run build && node --import ./benchmarks/typescript.mjs benchmarks/kmeans.ts [customers] [features] [k] [iterations]. Times are medians of five whole calls
// (checks, scaling, search, names and profiles; the search alone is given beside), turns taken with the rivals; rivals are used where they are installed:
// ml-kmeans from benchmarks/node_modules, scikit-learn by $PYTHON. Their inertia must agree before their times are printed,
// to 1e-5: stopped early, ml-kmeans gives labels of one step before its centres.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/index.js';
import { kmeans, silhouette, type KmeansOptions } from '../src/segmentation/index.js';
import { takeSteps } from '../src/segmentation/find-clusters.js';
import { fitSteps, prepareFit } from '../src/segmentation/fit-kmeans.js';

const [n = 1_000_000, d = 3, k = 8, iterations = 50] = process.argv.slice(2).map(Number);
// Customers without groups of their own: one common trend and noise, as recency, frequency and monetary have after logarithms.
const random = seededRandom(1);
const columns = Array.from({ length: d }, () => new Float64Array(n));
for (let i = 0; i < n; i++) {
  const trend = random.normal();
  for (let f = 0; f < d; f++) columns[f]![i] = (f % 2 === 0 ? -0.3 : 0.6) * trend + 0.8 * random.normal();
}
const data = Object.fromEntries(columns.map((column, f) => [`f${f}`, column]));
const start = Array.from({ length: k }, (_, c) => columns.map((column) => column[Math.floor(((c + 0.5) * n) / k)]!));
const options: KmeansOptions = { k, features: Object.keys(data), scale: 'none', initialCenters: start, order: 'start', algorithm: 'hamerly', maxIterations: iterations };

interface Run { readonly inertia: number; readonly seconds: number }
type Rival = () => Run | Promise<Run>;

async function timed(work: () => number | Promise<number>): Promise<Run> {
  const before = performance.now();
  const inertia = await work();
  return { inertia, seconds: (performance.now() - before) / 1000 };
}

/** From laid-out points to inertia: what a library that gives labels and centres only would do. */
function searchAlone(): Run {
  const prepared = prepareFit('kmeans', data, options);
  const before = performance.now();
  const { inertia } = takeSteps(prepared.clustering, fitSteps(prepared));
  return { inertia, seconds: (performance.now() - before) / 1000 };
}

const built = (await import(new URL('../dist/node.js', import.meta.url).href).catch(() => undefined)) as { kmeansParallel?: (data: unknown, options: object) => Promise<{ inertia: number }> } | undefined;
const folder = mkdtempSync(join(tmpdir(), 'kmeans-'));
const rivals: Record<string, Rival> = {
  'ours, 1 thread': () => timed(() => kmeans(data, options).inertia),
  'ours, 1 thread, search alone': searchAlone,
};
if (built?.kmeansParallel !== undefined) rivals['ours, 2 threads'] = () => timed(async () => (await built.kmeansParallel!(data, { ...options, threads: 2 })).inertia);

const mlName = 'ml-kmeans';
const ml = n > 200_000 ? undefined : ((await import(mlName).catch(() => undefined)) as { kmeans: (rows: number[][], k: number, options: object) => { clusters: number[]; centroids: number[][] } } | undefined);
if (ml !== undefined) {
  const rows = Array.from({ length: n }, (_, i) => columns.map((column) => column[i]!));
  rivals['ml-kmeans'] = async () => {
    const before = performance.now();
    const { clusters, centroids } = ml.kmeans(rows, k, { initialization: start.map((center) => [...center]), maxIterations: iterations, tolerance: 0 });
    const seconds = (performance.now() - before) / 1000;
    return { seconds, inertia: rows.reduce((sum, row, i) => sum + row.reduce((own, value, f) => own + (value - centroids[clusters[i]!]![f]!) ** 2, 0), 0) };
  };
}
const python = process.env['PYTHON'];
if (python !== undefined) {
  writeFileSync(join(folder, 'x.bin'), new Uint8Array(Float64Array.from({ length: n * d }, (_, at) => columns[at % d]![Math.floor(at / d)]!).buffer));
  const script = `
import numpy as np, sys, time, warnings
from sklearn.cluster import KMeans
warnings.filterwarnings('ignore')
n, d, k, its = map(int, sys.argv[2:6])
X = np.fromfile(sys.argv[1]).reshape(n, d)
init = np.array([X[int((c + 0.5) * n / k)] for c in range(k)])
t = time.time()
m = KMeans(k, init=init, n_init=1, max_iter=its, tol=0, algorithm=sys.argv[6]).fit(X)
print(time.time() - t, m.inertia_)`;
  for (const algorithm of ['lloyd', 'elkan']) {
    rivals[`scikit-learn ${algorithm}`] = () => {
      const [seconds, inertia] = execFileSync(python, ['-c', script, join(folder, 'x.bin'), String(n), String(d), String(k), String(iterations), algorithm], { encoding: 'utf8' }).trim().split(' ').map(Number);
      return { seconds: seconds!, inertia: inertia! };
    };
  }
}

const runs: Record<string, Run[]> = {};
for (let turn = 0; turn < 5; turn++) for (const [name, run] of Object.entries(rivals)) (runs[name] ??= []).push(await run());
rmSync(folder, { recursive: true });
const ours = runs['ours, 1 thread']![0]!.inertia;
console.log(`${n} customers, ${d} features, k = ${k}, ${iterations} iterations at most`);
for (const [name, list] of Object.entries(runs)) {
  const apart = Math.abs(list[0]!.inertia / ours - 1);
  const seconds = list.map((run) => run.seconds).sort((a, b) => a - b)[2]!;
  console.log(`${name}: ${apart < 1e-5 ? `${seconds.toFixed(3)} s` : `another answer (inertia off by ${apart.toExponential(1)}), not compared`}`);
}

const some = Object.fromEntries(columns.map((column, f) => [`f${f}`, column.slice(0, 20_000)]));
const labels = kmeans(some, { k, features: Object.keys(some), scale: 'none', starts: 1 });
const exact = await timed(() => silhouette(some, labels).mean);
const sampled = await timed(() => silhouette(some, labels, { exactUpTo: 5000 }).mean);
console.log(`exact silhouette of ${Math.min(n, 20_000)} customers: ${exact.seconds.toFixed(2)} s; of 5,000 drawn from them: ${sampled.seconds.toFixed(2)} s, off by ${Math.abs(sampled.inertia - exact.inertia).toFixed(4)}`);
