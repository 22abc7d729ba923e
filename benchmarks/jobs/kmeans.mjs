// k-means of rows of doubles in a file, from given rows as first centres, several calls in one process, the first one with
// threads to start and code to compile: node kmeans.mjs POINTS N D K ITERATIONS THREADS CALLS
import { readFileSync } from 'node:fs';

const [points, ...numbers] = process.argv.slice(2);
const [n, d, k, maxIterations, threads, calls] = numbers.map(Number);
const { kmeans } = await import(new URL('../../dist/index.js', import.meta.url).href);
const { kmeansParallel } = await import(new URL('../../dist/node.js', import.meta.url).href);
const rows = new Float64Array(readFileSync(points).buffer.slice(0, n * d * 8));
const data = Object.fromEntries(Array.from({ length: d }, (_, f) => [`f${f}`, Float64Array.from({ length: n }, (__, i) => rows[i * d + f])]));
const initialCenters = Array.from({ length: k }, (_, c) => Array.from(rows.subarray(Math.floor(((c + 0.5) * n) / k) * d).subarray(0, d)));
const seen = [];
for (let call = 0; call < calls; call++) {
  const start = performance.now();
  let found = 0;
  // The one start is reported when labels, centres and inertia are there; names, profiles and the table are still to be made.
  const onProgress = () => (found = performance.now());
  const options = { k, features: Object.keys(data), scale: 'none', initialCenters, order: 'start', algorithm: 'hamerly', maxIterations, onProgress };
  const { inertia } = threads === 1 ? kmeans(data, options) : await kmeansParallel(data, { ...options, threads });
  seen.push({ whole: (performance.now() - start) / 1000, found: (found - start) / 1000, inertia });
}
console.log(JSON.stringify(seen));
