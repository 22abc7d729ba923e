import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { kmeans, kmedians, silhouette, treeRules } from '../../src/segmentation/index.js';
import { anyPoints, threeGroups } from './customers.js';

describe('kmedians', () => {
  it('finds two groups and their medians by hand, though one customer is extreme', () => {
    const found = kmedians({ x: [0, 1, 2, 10, 11, 12, 30] }, { k: 2, features: ['x'], scale: 'none' });
    expect([...found.labels]).toEqual([1, 1, 1, 0, 0, 0, 0]);
    expect(found.centers).toEqual([[11.5], [1]]);
    expect(found.cost).toBe(1.5 + 0.5 + 0.5 + 18.5 + 2);
  });

  it('finds three groups that are there, with medians in their own units', () => {
    const customers = threeGroups(41);
    const found = kmedians(customers, { k: 3, labels: 'zh' });
    expect([...found.sizes]).toEqual([41, 41, 41]);
    expect(found.table.row(0)).toMatchObject({ cluster: 0, segment: 'important_value', label: '重要价值客户' });
    const recency = (customers.toColumns()['recency'] as number[]).slice(0, 41).sort((a, b) => a - b);
    expect(found.medians[0]![0]).toBeCloseTo(recency[20]!, 9);
  });

  it('gives medians of what the customers themselves have, not of their logarithms', () => {
    // Halfway between 10 and 1000 is 505; halfway between their logarithms about 104.
    const found = kmedians({ a: [10, 1000, 1e6, 1.1e6, 9e6, 1e7], b: [1, 2, 3, 4, 5, 6] }, { k: 2, features: ['a', 'b'], value: 'a' });
    expect(found.medians[1]).toEqual([505, 1.5]);
    found.profiles.toRows().forEach((row, c) => expect(found.medians[c]).toEqual([row['aMedian'], row['bMedian']]));
  });

  it('tells treeRules and silhouette its features and names, whatever they are', () => {
    // Recency, frequency and monetary are there too, and say nothing of the groups.
    const n = Array.from({ length: 40 }, (_, i) => i);
    const customers = { x: n.map((i) => (i < 20 ? 0 : 10) + (i % 5)), y: n.map((i) => i % 3), recency: n.map((i) => 1 + ((i * 7) % 40)), frequency: n.map((i) => 1 + (i % 4)), monetary: n.map((i) => 5 + ((i * 13) % 40)) };
    const options = { k: 2, features: ['x', 'y'], scale: 'none' } as const;
    const found = kmedians(customers, options);
    expect(found.features.map(({ column, scaling }) => [column, scaling])).toEqual([['x', 'none'], ['y', 'none']]);
    const explained = treeRules(customers, found);
    expect(explained.accuracy).toBe(1);
    expect(explained.rules.map(({ segment, when }) => [segment, Object.keys(when)])).toEqual(found.names.map(({ key }) => [key, ['x']]));
    expect(explained.table.row(0)['label']).toBe(found.profiles.row(0)['label']);
    expect(silhouette(customers, found).mean).toBe(silhouette(customers, kmeans(customers, options)).mean);
  });

  it('leaves customers without a purchase in no cluster', () => {
    const found = kmedians({ recency: [NaN, 1, 2, 300], frequency: [0, 9, 8, 1], monetary: [0, 90, 80, 5] }, { k: 2 });
    expect([...found.labels]).toEqual([-1, 0, 0, 1]);
  });

  it('puts everyone into the nearest cluster, every centre at the medians, whatever the order of the rows', () => fc.assert(fc.property(anyPoints, fc.integer({ min: 2, max: 4 }), (data, k) => {
    fc.pre(new Set(data.a.map((a, i) => `${a + 0},${data.b[i]! + 0}`)).size >= k);
    const options = { k, features: ['a', 'b'], scale: 'none', starts: 2 } as const;
    const found = kmedians(data, options);
    const apart = (i: number, c: number): number => Math.abs(data.a[i]! - found.centers[c]![0]!) + Math.abs(data.b[i]! - found.centers[c]![1]!);
    data.a.forEach((_, i) => expect(apart(i, found.labels[i]!)).toBeLessThanOrEqual(Math.min(...found.centers.map((__, c) => apart(i, c))) + 1e-9));
    expect(found.centers.flat().every(Number.isFinite)).toBe(true);
    expect(found.cost).toBeCloseTo(data.a.reduce((sum, _, i) => sum + apart(i, found.labels[i]!), 0), 8);
    const backwards = kmedians({ a: [...data.a].reverse(), b: [...data.b].reverse() }, options);
    expect(backwards.cost).toBe(found.cost);
    expect([...backwards.labels].reverse()).toEqual([...found.labels]);
  })));

  it('says when it stopped early, and refuses what kmeans refuses', () => {
    for (const find of [kmeans, kmedians]) expect(() => find(threeGroups(), undefined as never)).toThrow('Give the number of clusters: { k: 4 }');
    expect(kmedians(threeGroups(), { k: 7, maxIterations: 1, starts: 1 }).diagnostics.warnings.map(({ code }) => code)).toContain('NOT_CONVERGED');
    for (const [options, option] of [[{ k: 1 }, 'k'], [{ k: 2, weights: 'x' }, 'weights'], [{ k: 2, labels: 'fr' }, 'labels'], [{ k: 200 }, 'k']] as const) {
      expect(() => kmedians(threeGroups(), options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', place: expect.objectContaining({ option }) as object }));
    }
  });
});
