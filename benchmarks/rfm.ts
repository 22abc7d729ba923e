// Question: what does RFM scoring cost per customer, does it grow linearly, and is one customer scored in under a microsecond?
// Run: npx tsx benchmarks/rfm.ts (or any TypeScript runner). In memory: no reading, no writing. Data are seeded.
import { Bench } from 'tinybench';
import { seededRandom } from '../src/core/index.js';
import { textColumn, type Column } from '../src/columns/index.js';
import { fitRfm, rfm, scoreRfm, scoreRfmOne, type RfmMethod } from '../src/rfm/index.js';

/** Customers with exponential recency, many one-time buyers, and log-normal money in cents; ids of eight characters. */
function customers(n: number, seed: number): Record<string, Column> {
  const random = seededRandom(seed);
  const frequency = Int32Array.from({ length: n }, () => 1 + Math.floor(random.exponential() * 1.6));
  return {
    customer: textColumn(Array.from({ length: n }, (_, i) => `C${String((i * 7919) % n).padStart(7, '0')}`)),
    recency: { type: 'number', data: Float64Array.from({ length: n }, () => Math.floor(random.exponential() * 180)) },
    frequency: { type: 'integer', data: frequency },
    monetary: { type: 'number', data: Float64Array.from(frequency, (orders) => Math.round(100 * orders * Math.exp(3.5 + 0.8 * random.normal())) / 100) },
  };
}

for (const n of [1e4, 1e5, 1e6]) {
  const made = customers(n, 1);
  const model = fitRfm(made);
  const bench = new Bench({ name: `n = ${n}`, warmupTime: 200, time: 1500 });
  bench.add('rfm, default (quantile, standard)', () => void rfm(made));
  bench.add('rfm, with why', () => void rfm(made, { why: true }));
  bench.add('fitRfm', () => void fitRfm(made));
  bench.add('scoreRfm', () => void scoreRfm(model, made));
  for (const method of ['rank-first', 'ntile', 'percent-rank', 'nested', 'natural-breaks'] satisfies RfmMethod[]) bench.add(`rfm, ${method}`, () => void rfm(made, { method }));
  bench.add('rfm, octants at the mean', () => void rfm(made, { map: 'octants' }));
  await bench.run();
  console.log(bench.name);
  console.table(bench.tasks.map((task) => ({ task: task.name, 'ms (median)': round(task), 'ns per customer': Math.round((round(task) * 1e6) / n) })));
}

const model = fitRfm(customers(1e5, 1));
const octants = fitRfm(customers(1e5, 1), { map: 'octants', weights: [0.2, 0.3, 0.5] });
const records = Array.from({ length: 1024 }, (_, i) => ({ recency: i % 400, frequency: 1 + (i % 7), monetary: (i * 37) % 900 }));
const one = new Bench({ name: 'one customer', warmupTime: 500, time: 1500 });
let checked = 0;
one.add('scoreRfmOne × 1024', () => {
  for (const record of records) checked += scoreRfmOne(model, record).why.length;
});
one.add('scoreRfmOne × 1024, octants and weights', () => {
  for (const record of records) checked += scoreRfmOne(octants, record).why.length;
});
await one.run();
console.table(one.tasks.map((task) => ({ task: task.name, 'ns per customer': Math.round((round(task) * 1e6) / records.length) })));
if (checked === 0) throw new Error('nothing was scored');

function round(task: Bench['tasks'][number]): number {
  const { result } = task;
  if (result.state !== 'completed') throw new Error(`${task.name}: ${result.state}`);
  return Math.round(result.latency.p50 * 1000) / 1000;
}
