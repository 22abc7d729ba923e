import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { exactSlices } from '../../src/columns/index.js';
import { seededRandom } from '../../src/core/index.js';
import { newBoxes } from '../../src/segmentation/boxes.js';
import { newClustering, type Clustering } from '../../src/segmentation/clustering.js';
import { searchSteps, takeSteps, type Found, type SearchPlan } from '../../src/segmentation/find-clusters.js';
import { makePoints, type Points } from '../../src/segmentation/points.js';

/** Columns of one to three features; whole numbers among them, so that points and distances tie. */
const columnsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array[]> => fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(fc.tuple(value, value, value), { minLength: 12, maxLength: 400, size: 'max' }))
  .map(([d, rows]) => Array.from({ length: d }, (_, f) => Float64Array.from(rows, (row) => row[f]!)));
const whole = columnsOf(fc.integer({ min: -6, max: 6 }));
/** Thirds of them, so that sums round; none so small that its square is 0. */
const real = columnsOf(fc.oneof(fc.integer({ min: -1e8, max: 1e8 }).map((x) => x / 3e6), fc.integer({ min: 0, max: 1000 }).map((x) => x / 3e5)));

const distinct = (columns: readonly Float64Array[]): number => new Set(Array.from(columns[0]!, (_, i) => columns.map((column) => column[i]! + 0).join())).size;
const boxed = (points: Points, k: number): Clustering => {
  const plain = newClustering(points, k);
  return { ...plain, boxes: newBoxes(points, k, plain.blocks, (bytes) => new ArrayBuffer(bytes)) };
};
const search = (clustering: Clustering, plan: Partial<SearchPlan>): Found => takeSteps(clustering, searchSteps(clustering, { algorithm: 'hamerly', start: 'k-means++', starts: 1, seed: 1, maxIterations: 300, ...plan }));
const near = (actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  const size = Math.max(...Array.from(expected, Math.abs));
  Array.from(expected).forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-12 * size));
};

describe('the search over boxes of points', () => {
  it('finds what whole passes find, label for label, where distances tie', () => fc.assert(fc.property(whole, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 40 }), (columns, k, seed, maxIterations) => {
    fc.pre(distinct(columns) >= k);
    const points = makePoints(columns, undefined);
    const expected = search(newClustering(points, k), { algorithm: 'lloyd', seed, maxIterations });
    const found = search(boxed(points, k), { seed, maxIterations });
    expect(found.labels).toEqual(expected.labels);
    expect(found.centers).toEqual(expected.centers);
    expect([found.iterations, found.converged, found.relocated]).toEqual([expected.iterations, expected.converged, expected.relocated]);
    near([found.inertia], [expected.inertia]);
  })));

  it('finds it for weighted points of any numbers', () => fc.assert(fc.property(real, fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 400, maxLength: 400 }), fc.integer({ min: 2, max: 6 }), (columns, weights, k) => {
    fc.pre(distinct(columns) >= k);
    const points = makePoints(columns, Float64Array.from(columns[0]!, (_, i) => weights[i]!));
    const expected = search(newClustering(points, k), { algorithm: 'lloyd' });
    const found = search(boxed(points, k), {});
    near(found.centers, expected.centers);
    near(found.inertias, expected.inertias);
    near([search(boxed(points, k), { starts: 3 }).inertia], [search(newClustering(points, k), { algorithm: 'lloyd', starts: 3 }).inertia]);
  })));

  it('gives the same bits in any order of the points', () => fc.assert(fc.property(real, fc.integer({ min: 2, max: 5 }), (columns, k) => {
    fc.pre(distinct(columns) >= k);
    const points = makePoints(columns, undefined);
    const { n, d } = points;
    const centers = points.data.slice(0, k * d);
    const turned: Points = { n, d, weights: undefined, rows: points.rows.slice().reverse(), data: Float64Array.from({ length: n * d }, (_, at) => points.data[(n - 1 - Math.floor(at / d)) * d + (at % d)]!) };
    const [one, other] = [search(boxed(points, k), { centers }), search(boxed(turned, k), { centers })];
    expect(other.centers).toEqual(one.centers);
    expect(other.inertias).toEqual(one.inertias);
    expect([...other.labels].reverse()).toEqual([...one.labels]);
  })));

  it('gives empty clusters the points that whole passes give them', () => {
    const columns = [Float64Array.from({ length: 300 }, (_, i) => i % 30), Float64Array.from({ length: 300 }, (_, i) => i % 7)];
    const points = makePoints(columns, undefined);
    const centers = Float64Array.of(1, 1, 1, 1, 1, 1, 900, 900, -900, 3);
    const expected = search(newClustering(points, 5), { algorithm: 'lloyd', centers });
    const found = search(boxed(points, 5), { centers });
    expect(found.relocated).toBeGreaterThan(0);
    expect(found.relocated).toBe(expected.relocated);
    expect(found.labels).toEqual(expected.labels);
  });

  it.each([[0, 1], [1e6, 1], [0, 1e-150], [0, 1e150]])('holds far from zero (%d) and at any size (%d)', (offset, size) => {
    const random = seededRandom(3);
    const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: 3000 }, (_, i) => offset + size * ((i % 4) * 3 + random.normal())));
    const points = makePoints(columns, undefined);
    const expected = search(newClustering(points, 7), { algorithm: 'lloyd' });
    const found = search(boxed(points, 7), {});
    expect(found.labels).toEqual(expected.labels);
    near(found.centers, expected.centers);
  });

  it('is taken by itself for many points', () => {
    const random = seededRandom(5);
    const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: 20_000 }, () => random.normal()));
    const points = makePoints(columns, undefined);
    const clustering = newClustering(points, 12);
    const found = search(clustering, {});
    expect(clustering.boxes!.used[0]).toBeGreaterThan(100);
    const expected = search(newClustering(points, 12), { algorithm: 'lloyd' });
    expect(found.labels).toEqual(expected.labels);
    expect(found.iterations).toBe(expected.iterations);
  });
});

describe('exactSlices', () => {
  it('makes sums the same in any order, and loses nothing that counts', () => fc.assert(fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 500, size: 'max' }), (values) => {
    const most = Math.max(...values.map(Math.abs));
    const [coarse, fine] = exactSlices(most, values.length) ?? [0, 0];
    const add = (list: readonly number[]): [number, number] => list.reduce<[number, number]>(([high, low], x) => {
      const cut = x + coarse - coarse;
      return [high + cut, low + (x - cut + fine - fine)];
    }, [0, 0]);
    expect(add([...values].reverse())).toEqual(add(values));
    expect(add([...values].sort((a, b) => a - b))).toEqual(add(values));
    const exact = values.reduce((sum, x) => sum + BigInt(Math.round(x * 2 ** 20)), 0n);
    const [high, low] = add(values.map((x) => Math.round(x * 2 ** 20) / 2 ** 20));
    expect(Math.abs(high + low - Number(exact) / 2 ** 20)).toBeLessThanOrEqual(2 ** -52 * Math.max(1, Math.abs(high)));
  })));
});
