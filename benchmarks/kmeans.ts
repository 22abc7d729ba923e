// benchmarks/kmeans.ts - Question: how long does k-means take from given centres, against ml-kmeans and scikit-learn; how long an exact silhouette, and how far off a sampled one?
// Run: npm run build && node --import ./benchmarks/typescript.mjs benchmarks/kmeans.ts [customers] [features] [k] [iterations]. Medians of five, turns taken with the
// rivals, each in a process of its own, from the same first centres. Of ours three times are told, each for the first call of a
// process, which starts threads and compiles code, and for the fifth:
// - search: points side by side in memory, as scikit-learn is given them, to labels, centres and inertia (one thread, warm);
// - until found: columns, checks, threads, scaling, laying out, search (what `fit` of scikit-learn does, and more);
// - whole call: that, and distances, the table, profiles with medians, names.
// Rivals are used where they are installed: ml-kmeans from benchmarks/node_modules (warm, arrays of rows made before),
// scikit-learn by $PYTHON (`fit` alone, on all threads). Their inertia must agree before their times are printed, to 1e-5:
// stopped early, ml-kmeans gives labels of one step before its centres.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/index.js';
import { kmeans, silhouette, type KmeansOptions } from '../src/segmentation/index.js';
import { takeStep, takeSteps } from '../src/segmentation/find-clusters.js';
import { fitSteps, prepareRows, readFit } from '../src/segmentation/fit-kmeans.js';

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
/** One turn: what is told of it, by name. */
type Rival = () => Record<string, Run> | Promise<Record<string, Run>>;

async function timed(work: () => number | Promise<number>): Promise<Run> {
  const before = performance.now();
  const inertia = await work();
  return { inertia, seconds: (performance.now() - before) / 1000 };
}

function searchAlone(): Run {
  const prepared = prepareRows(readFit('kmeans', data, options));
  if (prepared.clustering.byRow !== undefined) takeStep(prepared.clustering, 'lay');
  const before = performance.now();
  const { inertia } = takeSteps(prepared.clustering, fitSteps(prepared));
  return { inertia, seconds: (performance.now() - before) / 1000 };
}

const folder = mkdtempSync(join(tmpdir(), 'kmeans-'));
const file = join(folder, 'x.bin');
writeFileSync(file, new Uint8Array(Float64Array.from({ length: n * d }, (_, at) => columns[at % d]![Math.floor(at / d)]!).buffer));

function calls(threads: number): Record<string, Run> {
  const job = new URL('jobs/kmeans.mjs', import.meta.url).pathname;
  const seen = JSON.parse(execFileSync(process.execPath, [job, file, ...[n, d, k, iterations, threads, 5].map(String)], { encoding: 'utf8' })) as { whole: number; found: number; inertia: number }[];
  const told: Record<string, Run> = {};
  for (const [call, { whole, found, inertia }] of [['first', seen[0]!], ['fifth', seen[4]!]] as const) {
    told[`ours, ${threads} threads, ${call} call, until found`] = { inertia, seconds: found };
    told[`ours, ${threads} threads, ${call} call, whole`] = { inertia, seconds: whole };
  }
  return told;
}

searchAlone();
const rivals: Rival[] = [() => ({ 'ours, 1 thread, search': searchAlone() }), () => calls(1), () => calls(2)];

const mlName = 'ml-kmeans';
const ml = n > 200_000 ? undefined : ((await import(mlName).catch(() => undefined)) as { kmeans: (rows: number[][], k: number, options: object) => { clusters: number[]; centroids: number[][] } } | undefined);
if (ml !== undefined) {
  const rows = Array.from({ length: n }, (_, i) => columns.map((column) => column[i]!));
  rivals.push(() => {
    const before = performance.now();
    const { clusters, centroids } = ml.kmeans(rows, k, { initialization: start.map((center) => [...center]), maxIterations: iterations, tolerance: 0 });
    const seconds = (performance.now() - before) / 1000;
    return { 'ml-kmeans': { seconds, inertia: rows.reduce((sum, row, i) => sum + row.reduce((own, value, f) => own + (value - centroids[clusters[i]!]![f]!) ** 2, 0), 0) } };
  });
}
const python = process.env['PYTHON'];
if (python !== undefined) {
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
  // Elkan is the slower one here.
  for (const algorithm of iterations > 50 ? ['lloyd'] : ['lloyd', 'elkan']) {
    rivals.push(() => {
      const [seconds, inertia] = execFileSync(python, ['-c', script, file, String(n), String(d), String(k), String(iterations), algorithm], { encoding: 'utf8' }).trim().split(' ').map(Number);
      return { [`scikit-learn ${algorithm}`]: { seconds: seconds!, inertia: inertia! } };
    });
  }
}

const runs: Record<string, Run[]> = {};
for (let turn = 0; turn < 5; turn++) for (const rival of rivals) for (const [name, run] of Object.entries(await rival())) (runs[name] ??= []).push(run);
rmSync(folder, { recursive: true });
const ours = runs['ours, 1 thread, search']![0]!.inertia;
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
