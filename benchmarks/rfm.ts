// Question: what does RFM scoring cost per customer, does it grow linearly, and is one customer scored in under a microsecond?
//
// In memory, one thread: no reading, no writing. Run alone it prints every method at every size.
import { Bench } from 'tinybench';
import { fitRfm, rfm, scoreRfm, scoreRfmOne, table, type RfmMethod, type Table } from '../dist/index.js';
import { customerMeasures } from './data.js';
import { ask, count, type Answer, type Size } from './measure.js';

const RANKING = ['rank-first', 'ntile', 'percent-rank', 'nested', 'natural-breaks'] satisfies RfmMethod[];

/** Customers with ids of eight characters in scattered order. */
function customers(n: number): Table {
  return table({ customer: Array.from({ length: n }, (_, i) => `C${String((i * 7919) % n).padStart(7, '0')}`), ...customerMeasures(n) });
}

export async function rfmCost({ full }: Size): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let smaller: number | undefined;
  for (const n of full ? [10_000, 100_000, 1_000_000] : [10_000, 100_000]) {
    const made = customers(n);
    const model = fitRfm(made);
    const bench = new Bench({ name: `n = ${n}`, warmupTime: 200, warmupIterations: 3, time: full ? 1500 : 300, iterations: 5 });
    bench.add('rfm, default (quantile, standard)', () => void rfm(made).segments);
    if (full) {
      bench.add('rfm, with why', () => void rfm(made, { why: true }).segments);
      bench.add('fitRfm', () => void fitRfm(made));
      bench.add('scoreRfm', () => void scoreRfm(model, made));
      for (const method of RANKING) bench.add(`rfm, ${method}`, () => void rfm(made, { method }).segments);
      bench.add('rfm, octants at the mean', () => void rfm(made, { map: 'octants' }).segments);
    }
    await bench.run();
    if (!process.argv.includes('--json')) {
      console.log(bench.name);
      console.table(bench.tasks.map((task) => ({ task: task.name, 'ms (median)': Math.round(medianOf(task) * 1000) / 1000, 'ns per customer': Math.round((medianOf(task) * 1e6) / n) })));
    }
    const ms = medianOf(bench.tasks[0]!);
    answers.push({
      question: `rfm() of ${count(n)} customers with ids`, unit: 'ms', ours: ms, equal: 'held against R, pandas and SQLite in the tests',
      ...(smaller === undefined ? { peer: 'none' } : { peer: 'ten times a tenth', theirs: 10 * smaller, ratio: (10 * smaller) / ms }),
    });
    smaller = ms;
  }

  const made = customers(100_000);
  const model = fitRfm(made);
  const octants = fitRfm(made, { map: 'octants', weights: [0.2, 0.3, 0.5] });
  const records = Array.from({ length: 1024 }, (_, i) => ({ recency: i % 400, frequency: 1 + (i % 7), monetary: (i * 37) % 900 }));
  const one = new Bench({ name: 'one customer', warmupTime: 300, time: full ? 1500 : 300 });
  let checked = 0;
  for (const [name, by] of [['standard', model], ['octants and weights', octants]] as const) {
    one.add(name, () => {
      for (const record of records) checked += scoreRfmOne(by, record).why.length;
    });
  }
  await one.run();
  if (checked === 0) throw new Error('nothing was scored');
  for (const task of one.tasks) {
    const ms = medianOf(task) / records.length;
    answers.push({ question: `scoreRfmOne, one customer, ${task.name}`, unit: 'ms', ours: ms, peer: 'a microsecond', theirs: 0.001, ratio: 0.001 / ms, aim: { atLeast: 1 }, equal: 'held against rfm() in the tests' });
  }
  return answers;
}

function medianOf(task: Bench['tasks'][number]): number {
  const { result } = task;
  if (result.state !== 'completed') throw new Error(`${task.name}: ${result.state}`);
  return result.latency.p50;
}

await ask(import.meta.url, rfmCost);
