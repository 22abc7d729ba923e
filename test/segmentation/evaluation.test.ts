import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '../../src/core/index.js';
import { adjustedRand, calinskiHarabasz, chooseK, crossTab, daviesBouldin, jaccard, kmeans, silhouette } from '../../src/segmentation/index.js';
import { hasReference } from '../reference.js';
import { referenceOptions, referencePoints, SCALING_OF, threeGroups } from './customers.js';

const line = { x: [0, 1, 10, 11] };
const options = { features: ['x'], scale: 'none' } as const;
const labellings = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 })), { minLength: 2, maxLength: 50 });

describe.skipIf(!hasReference)('indices against the reference of scikit-learn 1.2.1', () => {
  const { customers, expected } = hasReference ? referencePoints() : undefined!;
  const cases = hasReference ? Object.entries(expected.scalings).flatMap(([scaling, { runs }]) => Object.values(runs).map((run) => [scaling, run.k, run] as const)) : [];

  it.each(cases)('%s, k = %i: silhouette, Calinski-Harabasz, Davies-Bouldin', (scaling, _, run) => {
    const found = kmeans(customers, referenceOptions(scaling, run));
    const near = (actual: number, value: number): void => expect(Math.abs(actual / value - 1)).toBeLessThan(1e-9);
    const exact = silhouette(customers, found);
    near(exact.mean, run.silhouette);
    exact.clusters.forEach(({ mean }, c) => near(mean, run.silhouette_per_cluster[c]!));
    near(calinskiHarabasz(customers, found), run.calinski_harabasz);
    near(daviesBouldin(customers, found), run.davies_bouldin);
    near(daviesBouldin(customers, run.labels, { scale: SCALING_OF[scaling]! }), run.davies_bouldin);
  });

  it('adjusted Rand between scalings', () => {
    for (const [k, pairs] of Object.entries(expected.adjusted_rand_between_scalings)) {
      for (const [pair, value] of Object.entries(pairs)) {
        const [a, b] = pair.split('|').map((scaling) => expected.scalings[scaling]!.runs[k]!.labels);
        expect(adjustedRand(a!, b!)).toBeCloseTo(value, 12);
      }
    }
  });

  it('says there is no natural k in orders.csv', () => {
    const chosen = chooseK(customers, { gapSets: 5, resamples: 5, starts: 3 });
    expect(chosen.natural).toBe(false);
    expect(chosen.recommendation).toMatch(/^No natural k/);
    expect(chooseK(customers, { gapSets: 0, resamples: 0, starts: 2, to: 4, labels: 'zh' }).recommendation).toMatch(/^没有自然的 k/);
  });
});

describe('silhouette', () => {
  it('by hand', () => {
    // a = 1, b = mean(10, 11) = 10.5 for the first: 1 - 1/10.5; the second 1 - 1/9.5; the others mirror them.
    const value = silhouette(line, [0, 0, 1, 1], options);
    expect(value.mean).toBeCloseTo(1 - (1 / 10.5 + 1 / 9.5) / 2, 14);
    expect(value.error).toBe(0);
  });
  it('counts a customer alone in a cluster as 0', () => {
    expect([...silhouette({ x: [0, 1, 10] }, [0, 0, 1], options).values][2]).toBe(0);
  });
  it('of a drawn part is within 0.005 of the exact one, and twice its error', () => {
    const random = seededRandom(3);
    const data = { x: Array.from({ length: 12_000 }, (_, i) => (i % 3) * 2.5 + random.normal()), y: Array.from({ length: 12_000 }, () => random.normal()) };
    const labels = Array.from({ length: 12_000 }, (_, i) => i % 3);
    const space = { features: ['x', 'y'], scale: 'none' } as const;
    const exact = silhouette(data, labels, space);
    const drawn = silhouette(data, labels, { ...space, exactUpTo: 6000 });
    expect(Math.abs(drawn.mean - exact.mean)).toBeLessThan(0.005);
    expect(Math.abs(drawn.mean - exact.mean)).toBeLessThan(4 * drawn.error);
    expect(drawn.warnings[0]!.code).toBe('SAMPLED');
  });
  it('refuses one cluster, other lengths, and labels that are none', () => {
    expect(() => silhouette(line, [0, 0, 0, 0], options)).toThrow('only one cluster');
    expect(() => silhouette(line, [0, 1], options)).toThrow(expect.objectContaining({ code: 'COLUMN_LENGTH' }));
    expect(() => silhouette(line, [0, 1, 0.5, 1], options)).toThrow('row 2');
  });
});

describe('indices by hand', () => {
  it('Calinski-Harabasz and Davies-Bouldin', () => {
    expect(calinskiHarabasz(line, [0, 0, 1, 1], options)).toBeCloseTo(100 / (1 / 2), 12);
    expect(() => calinskiHarabasz(line, [0, 1, 2, 3], options)).toThrow('there are as many clusters as customers (4)');
    expect(calinskiHarabasz({ ...line, x: line.x.map((_, i) => (i < 2 ? 0 : 10)) }, [0, 0, 1, 1], options)).toBe(Infinity);
    expect(daviesBouldin(line, [0, 0, 1, 1], options)).toBeCloseTo((0.5 + 0.5) / 10, 12);
  });
  it('take labels of any kind: text, a column, ml-kmeans\' result', () => {
    const asNumbers = calinskiHarabasz(line, [0, 0, 1, 1], options);
    for (const labels of [['a', 'a', 'b', 'b'], { clusters: [1, 1, 0, 0] }, { type: 'category', data: Int32Array.of(0, 0, 1, 1), values: ['a', 'b'] }] as const) expect(calinskiHarabasz(line, labels, options)).toBe(asNumbers);
  });
});

describe('agreement of labellings', () => {
  it('adjusted Rand and Jaccard by hand', () => {
    expect(adjustedRand([0, 0, 1, 1], [1, 1, 0, 0])).toBe(1);
    // Pairs: 2 + 1 + 1 cells; rows C(2,2)+C(2,2) = 2, columns C(3,2) = 3, together 1: (1 - 1) / (2.5 - 1) = 0.
    expect(adjustedRand([0, 0, 1, 1], [0, 0, 0, 1])).toBe(0);
    expect(jaccard([0, 0, 1, 1], [0, 0, 0, 1])).toBe(0.25);
  });
  it('is symmetric, and 1 for a renumbering', () => fc.assert(fc.property(labellings, (rows) => {
    const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
    expect(adjustedRand(a, b)).toBeCloseTo(adjustedRand(b, a), 12);
    expect(jaccard(a, b)).toBeCloseTo(jaccard(b, a), 12);
    expect(adjustedRand(a, a.map((x) => `group ${(x * 7) % 5}`))).toBe(1);
    expect(jaccard(a, a.map((x) => (x * 7) % 5))).toBe(1);
  })));
});

describe('crossTab', () => {
  it('counts, shares and Cramér\'s V by hand', () => {
    const tab = crossTab(['a', 'a', 'a', 'b'], ['x', 'x', 'y', 'y'], { names: ['cluster', 'segment'] });
    expect(tab.counts.toRows()).toEqual([{ cluster: 'a', x: 2, y: 1, total: 3 }, { cluster: 'b', x: 0, y: 1, total: 1 }]);
    expect(tab.shares.row(0)).toEqual({ cluster: 'a', x: 2 / 3, y: 1 / 3 });
    // χ² = 4 (2·1 - 1·0)² / (3·1·2·2) = 4/3; V = √(1/3).
    expect(tab.cramersV).toBeCloseTo(Math.sqrt(1 / 3), 14);
    expect(tab.degreesOfFreedom).toBe(1);
    expect(crossTab([0, 1, 0, 1], ['x', 'y', 'x', 'y']).cramersV).toBeCloseTo(1, 14);
  });
});

describe('chooseK', () => {
  it('finds the three groups that are there, and says why', () => {
    const chosen = chooseK(threeGroups(30), { to: 6, gapSets: 5, resamples: 8 });
    expect(chosen.k).toBe(3);
    expect(chosen.natural).toBe(true);
    expect(chosen.picks).toMatchObject({ elbow: 3, silhouette: 3, gap: 3, stability: 3 });
    expect(chosen.recommendation).toMatch(/^k = 3: the customers fall into 3 groups/);
    expect([...(chosen.table.toColumns()['k'] as number[])]).toEqual([2, 3, 4, 5, 6]);
  });
  it('says there are none in uniform data', () => {
    const random = seededRandom(5);
    const uniform = (): number[] => Array.from({ length: 200 }, () => random.uniform());
    const chosen = chooseK({ x: uniform(), y: uniform() }, { features: ['x', 'y'], scale: 'none', to: 5, gapSets: 5, resamples: 5 });
    expect(chosen.natural).toBe(false);
    // One cluster is among the choices: what Tibshirani, Walther & Hastie's own first example asks of the statistic.
    expect(chosen.picks.gap).toBe(1);
    expect(chosen.recommendation).toContain('gap 1 (no groups)');
  });
  it('the gap of one cluster is that of the total sum of squares', () => {
    const random = seededRandom(9);
    const [x, weights] = [Array.from({ length: 50 }, () => random.uniform()), Array.from({ length: 50 }, () => 1 + random.below(3))];
    const chosen = chooseK({ x }, { features: ['x'], scale: 'none', weights, to: 3, gapSets: 4, resamples: 0 });
    const total = weights.reduce((a, b) => a + b, 0), mean = x.reduce((sum, v, i) => sum + weights[i]! * v, 0) / total;
    const squares = x.reduce((sum, v, i) => sum + weights[i]! * (v - mean) ** 2, 0);
    // Four uniform sets over the range: the mean logarithm of theirs lies about that of n range² / 12.
    const range = Math.max(...x) - Math.min(...x);
    expect(Math.abs(chosen.gapOfOne!.gap - (Math.log((total * range ** 2) / 12) - Math.log(squares)))).toBeLessThan(0.2);
    expect(chosen.gapOfOne!.gapError).toBeGreaterThan(0);
    expect(chooseK({ x }, { features: ['x'], from: 3, to: 4, gapSets: 2, resamples: 0 }).gapOfOne).toBeUndefined();
    expect(chooseK({ x }, { features: ['x'], to: 3, gapSets: 0, resamples: 0 }).gapOfOne).toBeUndefined();
  });
  it('calls no groups natural of which there are fewer than ten customers each', () => {
    const three = chooseK({ x: [1, 1.01, 9] }, { features: ['x'], scale: 'none', gapSets: 2, resamples: 0 });
    expect(three.natural).toBe(false);
    expect(three.recommendation).toMatch(/^No natural k: .*but 3 customers are too few to tell groups from chance/);
    expect(chooseK({ x: [1, 1.01, 9] }, { features: ['x'], scale: 'none', gapSets: 0, resamples: 0, labels: 'zh' }).recommendation).toContain('3 位客户太少');
    const twenty = chooseK({ x: Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 100) + i / 100) }, { features: ['x'], scale: 'none', gapSets: 0, resamples: 0, to: 3 });
    expect([twenty.k, twenty.natural]).toEqual([2, true]);
  });
  it('refuses limits that leave no k, and options it does not know', () => {
    expect(() => chooseK(threeGroups(), { from: 5, to: 4 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => chooseK(threeGroups(), { k: 3 } as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', place: expect.objectContaining({ option: 'k' }) as object }));
  });
});
