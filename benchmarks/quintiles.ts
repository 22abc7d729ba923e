// Question: what do quintile scores of three measures cost, against sorting each measure once?
//
// In this process, one thread. The peer only sorts copies, and has no scores yet. Ours learns the cuts (`fitRfm`) and
// scores by them (`scoreByCuts`); below, `rfm`, which also names and sums up segments.
import { Bench } from 'tinybench';
import { fitRfm, rfm, scoreByCuts } from '../dist/index.js';
import { customerMeasures } from './data.js';
import { ask, count, type Answer, type Size } from './measure.js';

export async function quintiles({ full }: Size): Promise<readonly Answer[]> {
  const n = 1_000_000;
  const measures = customerMeasures(n);
  const { recency, frequency, monetary } = measures;
  const ours = (): Uint8Array[] => {
    const [r, f, m] = fitRfm(measures).dimensions.map(({ cuts = [] }) => Float64Array.from(cuts));
    return [scoreByCuts(recency, r!, 'low'), scoreByCuts(frequency, f!), scoreByCuts(monetary, m!)];
  };
  checkAgainstSorting([recency, frequency, monetary], ours());

  const bench = new Bench({ time: full ? 4000 : 1000, iterations: 5, warmupTime: 300, warmupIterations: 2 });
  bench.add('sort', () => [recency, frequency, monetary].map((values) => values.slice().sort()));
  bench.add('scores', ours);
  bench.add('rfm', () => rfm(measures).segments);
  await bench.run();
  const [sort, scores, whole] = bench.tasks.map((task) => {
    if (task.result.state !== 'completed') throw new Error(`${task.name}: ${task.result.state}`);
    return task.result.latency.p50;
  });
  const told = { peer: 'three Float64Array sorts', unit: 'ms', equal: 'scores equal to those of sorted columns', theirs: sort! } as const;
  return [
    { ...told, question: `quintile scores of ${count(n)} customers, three measures`, ours: scores!, ratio: sort! / scores!, aim: { atLeast: 3 } },
    { ...told, question: `rfm() of the same: scores, segments, segment table`, ours: whole!, ratio: sort! / whole! },
  ];
}

/** The definition: one more than the number of type-7 quintile cuts below the value; recency from the other end. */
function checkAgainstSorting(measures: readonly Float64Array[], scores: readonly Uint8Array[]): void {
  measures.forEach((values, d) => {
    const sorted = values.slice().sort();
    const cuts = [1, 2, 3, 4].map((i) => {
      const at = i * (values.length - 1);
      const [below, above] = [sorted[Math.floor(at / 5)]!, sorted[Math.min(Math.floor(at / 5) + 1, values.length - 1)]!];
      return below + ((at % 5) / 5) * (above - below);
    });
    values.forEach((value, i) => {
      const level = 1 + cuts.filter((cut) => value > cut).length;
      if (scores[d]![i] !== (d === 0 ? 6 - level : level)) throw new Error(`measure ${d}, customer ${i}: score ${scores[d]![i]}, not ${level}.`);
    });
  });
}

await ask(import.meta.url, quintiles);
