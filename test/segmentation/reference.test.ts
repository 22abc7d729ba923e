import { describe, expect, it } from 'vitest';
import { kmeans, type Algorithm } from '../../src/segmentation/index.js';
import { hasReference, referenceJson } from '../reference.js';
import { referenceOptions, referencePoints, SCALING_OF } from './customers.js';

const near = (actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))));
};

describe.skipIf(!hasReference)('kmeans against the reference of scikit-learn 1.2.1 on orders.csv', () => {
  const { customers, expected } = hasReference ? referencePoints() : undefined!;
  const cases = hasReference ? Object.entries(expected.scalings).flatMap(([scaling, { runs }]) => Object.values(runs).map((run) => [scaling, run.k, run] as const)) : [];

  it.each(cases)('%s, k = %i: centres, labels, sizes, inertia by lloyd and hamerly', (scaling, _, run) => {
    for (const algorithm of ['lloyd', 'hamerly'] as Algorithm[]) {
      const found = kmeans(customers, { ...referenceOptions(scaling, run), algorithm });
      expect([...found.labels]).toEqual(run.labels);
      expect([...found.sizes]).toEqual(run.sizes);
      near(found.centers.flat(), run.centres.flat());
      near([found.inertia], [run.inertia]);
      near(found.clusterInertia, run.within_ss_per_cluster);
      expect(found.converged).toBe(true);
    }
  });

  it.each(hasReference ? Object.entries(expected.scalings) : [])('%s: what the scaling learned', (scaling, { parameters, runs }) => {
    const { features } = kmeans(customers, referenceOptions(scaling, Object.values(runs)[0]!)).model;
    const [centers, spreads] = [features.map(({ center }) => center!), features.map(({ spread }) => spread!)];
    const { min, max, q1, q3 } = parameters;
    const [middle, wide] = [Object.entries(parameters).find(([name]) => /^(mean|median|min)/.test(name))![1], Object.entries(parameters).find(([name]) => name.startsWith('sd'))?.[1]];
    near(centers, middle);
    near(spreads, wide ?? (min === undefined ? q3!.map((value, f) => value - q1![f]!) : max!.map((value, f) => value - min[f]!)));
  });
});

describe.skipIf(!hasReference)('kmeans against the reference of R 4.2.2 with 25 starts', () => {
  type Best = Readonly<Record<string, Readonly<Record<string, { hartigan_wong_25: number; lloyd_25: number }>>>>;
  const best = hasReference ? referenceJson<Best>('rfm/expected/kmeans_best_inertia.json') : {};
  const { customers } = hasReference ? referencePoints() : undefined!;
  const scalings = Object.keys(SCALING_OF).filter((scaling) => scaling in best);

  it.each(scalings)('%s: hartigan-wong is at most 0.1 %% above, for every k', (scaling) => {
    for (const [k, { hartigan_wong_25: theirs }] of Object.entries(best[scaling]!)) {
      const ours = kmeans(customers, { k: Number(k), scale: SCALING_OF[scaling]!, starts: 25, algorithm: 'hartigan-wong' }).inertia;
      expect(ours / theirs - 1, `k = ${k}`).toBeLessThanOrEqual(0.001);
    }
  });
});
