import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { table } from '../../src/columns/index.js';
import { seededRandom } from '../../src/core/index.js';
import { fitKmeans, kmeans, loadKmeansModel, scoreKmeans, scoreKmeansOne, type Algorithm, type KmeansOptions, type Scaling } from '../../src/segmentation/index.js';
import { anyPoints, threeGroups } from './customers.js';

const ALGORITHMS: readonly Algorithm[] = ['lloyd', 'hamerly', 'hartigan-wong', 'mini-batch'];
const SCALES: readonly Scaling[] = ['zscore', 'zscore-sample', 'log-zscore', 'minmax', 'robust', 'quantile', 'none'];
const plain = (data: { a: number[]; b: number[] }, options: Partial<KmeansOptions> = {}): KmeansOptions => ({ k: 3, features: Object.keys(data), scale: 'none', ...options });
const distinct = (data: { a: number[]; b: number[] }): number => new Set(data.a.map((a, i) => `${a + 0},${data.b[i]! + 0}`)).size;

describe('kmeans', () => {
  it('finds four points in two groups by hand', () => {
    const found = kmeans({ x: [0, 2, 10, 12] }, { k: 2, features: ['x'], scale: 'none' });
    expect([...found.labels]).toEqual([1, 1, 0, 0]);
    expect(found.centers).toEqual([[11], [1]]);
    expect([...found.clusterInertia]).toEqual([2, 2]);
    expect(found.inertia).toBe(4);
    expect(found.converged).toBe(true);
  });

  it.each(ALGORITHMS)('finds three groups that are there by %s, best customers first, with their names', (algorithm) => {
    const found = kmeans(threeGroups(), { k: 3, algorithm });
    expect([...found.labels]).toEqual([...Array(40).fill(0), ...Array(40).fill(1), ...Array(40).fill(2)]);
    expect(found.model.names.map(({ key }) => key)).toEqual(['important_value', 'general_develop', 'general_rescue']);
    expect(found.table.names).toEqual(['customer', 'recency', 'frequency', 'monetary', 'cluster', 'segment', 'label', 'distance']);
  });

  it.each(SCALES)('finds them scaled by %s', (scale) => {
    expect([...kmeans(threeGroups(), { k: 3, scale }).sizes]).toEqual([40, 40, 40]);
  });

  it('moves a point that Lloyd leaves, by hartigan-wong', () => {
    // From these centres Lloyd stops at once: 3 is nearer to 0 than to 7, but takes its centre along.
    const options: KmeansOptions = { k: 2, features: ['x'], scale: 'none', initialCenters: [[1], [6.9]], order: 'start' };
    const x = [0, 0, 0, 3.9, 6.9, 6.9, 6.9, 6.9, 6.9, 6.9];
    const lloyd = kmeans({ x }, { ...options, algorithm: 'lloyd' });
    const single = kmeans({ x }, { ...options, algorithm: 'hartigan-wong' });
    expect(single.inertia).toBeLessThanOrEqual(lloyd.inertia);
    expect([...single.labels]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('counts a customer of weight 3 as three customers, and one of weight 0 as none', () => {
    const x = [0, 1, 5, 6, 20];
    const weighted = kmeans({ x, w: [3, 1, 1, 2, 0] }, { k: 2, features: ['x'], scale: 'none', weights: 'w' });
    const repeated = kmeans({ x: [0, 0, 0, 1, 5, 6, 6] }, { k: 2, features: ['x'], scale: 'none' });
    expect(weighted.centers.flat()).toEqual(repeated.centers.flat());
    expect(weighted.inertia).toBeCloseTo(repeated.inertia, 12);
    expect([...weighted.labels]).toEqual([1, 1, 0, 0, 0]);
  });

  it('moves an empty cluster to a far point and says so', () => {
    const found = kmeans({ x: [0, 1, 2, 10, 11, 12] }, { k: 3, features: ['x'], scale: 'none', initialCenters: [[1], [1], [900]], algorithm: 'lloyd' });
    expect(found.sizes.every((size) => size > 0)).toBe(true);
    expect(found.diagnostics.warnings.map(({ code }) => code)).toContain('CLUSTER_EMPTY');
  });

  it('says when it stopped early', () => {
    const found = kmeans(threeGroups(), { k: 7, maxIterations: 1, algorithm: 'lloyd', starts: 1 });
    expect(found.converged).toBe(false);
    expect(found.diagnostics.warnings.map(({ code }) => code)).toContain('NOT_CONVERGED');
  });

  it('leaves customers without a purchase in no cluster', () => {
    const found = kmeans({ customer: ['p', 'a', 'b', 'c'], recency: [NaN, 1, 2, 300], frequency: [0, 9, 8, 1], monetary: [0, 90, 80, 5] }, { k: 2 });
    expect(found.labels[0]).toBe(-1);
    expect(found.table.row(0)).toMatchObject({ customer: 'p', cluster: null, segment: null, distance: null });
    expect([...found.sizes]).toEqual([2, 1]);
  });

  it('takes initial centres in original units', () => {
    const found = kmeans(threeGroups(), { k: 3, initialCenters: [[300, 2, 50], [100, 8, 300], [10, 20, 900]], centersIn: 'original', order: 'start' });
    expect(found.labels[0]).toBe(2);
    expect(found.labels[119]).toBe(0);
  });

  it('works in Chinese over the same keys', () => {
    const [en, zh] = [kmeans(threeGroups(), { k: 3 }), kmeans(threeGroups(), { k: 3, labels: 'zh' })];
    expect(zh.table.row(0)).toMatchObject({ segment: 'important_value', label: '重要价值客户' });
    expect(en.table.row(0)).toMatchObject({ segment: 'important_value', label: 'Important: value' });
  });

  it('reports every start', () => {
    const seen: number[] = [];
    kmeans(threeGroups(), { k: 3, starts: 4, onProgress: ({ start, starts }) => seen.push(start / starts) });
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
  });
});

describe('kmeans, whatever the customers', () => {
  it('gives the same answer by lloyd and hamerly', () => fc.assert(fc.property(anyPoints, fc.integer({ min: 2, max: 6 }), (data, k) => {
    fc.pre(distinct(data) >= k);
    const [lloyd, hamerly] = (['lloyd', 'hamerly'] as const).map((algorithm) => kmeans(data, plain(data, { k, algorithm, starts: 2 })));
    expect(hamerly!.inertia).toBeCloseTo(lloyd!.inertia, 9);
  })));

  it('puts everyone into the cluster of the nearest centre, and no centre is NaN', () => fc.assert(fc.property(anyPoints, fc.constantFrom(...ALGORITHMS), fc.integer({ min: 2, max: 5 }), (data, algorithm, k) => {
    fc.pre(distinct(data) >= k);
    const found = kmeans(data, plain(data, { k, algorithm, starts: 2 }));
    expect(found.centers.flat().every(Number.isFinite)).toBe(true);
    data.a.forEach((a, i) => {
      const far = found.centers.map(([x, y]) => Math.hypot(a - x!, data.b[i]! - y!));
      expect(far[found.labels[i]!]).toBeLessThanOrEqual(Math.min(...far) + 1e-9);
    });
    expect([...found.sizes].reduce((sum, size) => sum + size, 0)).toBe(data.a.length);
  })));

  it('has no empty cluster, and centres at the means', () => fc.assert(fc.property(anyPoints, fc.constantFrom('lloyd', 'hamerly', 'hartigan-wong'), (data, algorithm) => {
    fc.pre(distinct(data) >= 3);
    const found = kmeans(data, plain(data, { algorithm, starts: 3 }));
    expect(found.sizes.every((size) => size > 0)).toBe(true);
    found.centers.forEach((center, c) => {
      const own = data.a.filter((_, i) => found.labels[i] === c);
      expect(center[0]).toBeCloseTo(own.reduce((sum, a) => sum + a, 0) / own.length, 8);
    });
  })));

  it('is never worse by hartigan-wong than by lloyd from the same starts', () => fc.assert(fc.property(anyPoints, (data) => {
    fc.pre(distinct(data) >= 3);
    const inertia = (algorithm: Algorithm): number => kmeans(data, plain(data, { algorithm, starts: 3 })).inertia;
    expect(inertia('hartigan-wong')).toBeLessThanOrEqual(inertia('lloyd') * (1 + 1e-9));
  })));

  it('does not depend on the order of the rows', () => fc.assert(fc.property(anyPoints, (data) => {
    fc.pre(distinct(data) >= 3);
    const forwards = kmeans(data, plain(data));
    const backwards = kmeans({ a: [...data.a].reverse(), b: [...data.b].reverse() }, plain(data));
    expect(backwards.centers).toEqual(forwards.centers);
    expect([...backwards.labels].reverse()).toEqual([...forwards.labels]);
    expect(backwards.inertia).toBe(forwards.inertia);
  })));
});

describe('kmeans of many customers', () => {
  const random = seededRandom(8);
  const many = Object.fromEntries(['a', 'b', 'c'].map((name, f) => [name, Float64Array.from({ length: 21_000 }, (_, i) => Math.round(20 * ((i % (f + 2)) + random.normal())) / 20)]));
  const options: KmeansOptions = { k: 5, features: ['a', 'b', 'c'], scale: 'none', starts: 2 };

  it('does not depend on the order of the rows', () => {
    const turned = Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values.slice().reverse()]));
    const [forwards, backwards] = [kmeans(many, options), kmeans(turned, options)];
    expect(backwards.model).toEqual(forwards.model);
    expect([...backwards.labels].reverse()).toEqual([...forwards.labels]);
    expect(backwards.inertia).toBe(forwards.inertia);
    expect(backwards.profiles.toRows()).toEqual(forwards.profiles.toRows());
  });

  it.each([{}, { order: 'start' }, { weights: Float64Array.from({ length: 21_000 }, (_, i) => i % 4) }] as const)('finds what whole passes find, scored as fitted: %j', (more) => {
    const found = kmeans(many, { ...options, ...more, algorithm: 'hamerly' });
    const expected = kmeans(many, { ...options, ...more, algorithm: 'lloyd' });
    expect([...found.labels]).toEqual([...expected.labels]);
    expect([...found.sizes]).toEqual([...expected.sizes]);
    expect(found.inertia).toBeCloseTo(expected.inertia, 6);
    const again = scoreKmeans(found.model, many);
    expect([...again.labels]).toEqual([...found.labels]);
    expect(again.profiles.toRows()).toEqual(found.profiles.toRows());
    expect(again.table.toColumns()['distance']).toEqual(found.table.toColumns()['distance']);
  });
});

describe('a model of kmeans', () => {
  it.each(SCALES)('scores as it fitted, through JSON, scaled by %s', (scale) => {
    const customers = threeGroups();
    const found = kmeans(customers, { k: 3, scale });
    const model = loadKmeansModel(JSON.parse(JSON.stringify(fitKmeans(customers, { k: 3, scale }))));
    expect(model).toEqual(found.model);
    const again = scoreKmeans(model, customers);
    expect(again.table.toRows()).toEqual(found.table.toRows());
    expect(again.profiles.toRows()).toEqual(found.profiles.toRows());
    const one = scoreKmeansOne(model, customers.row(7));
    expect(one).toEqual({ cluster: found.labels[7], segment: 'important_value', label: 'Important: value', distance: found.table.cell('distance', 7) });
  });

  it('scores no one, and a customer without a purchase', () => {
    const model = fitKmeans(threeGroups(), { k: 3 });
    expect(scoreKmeans(model, threeGroups().take([])).table.numRows).toBe(0);
    expect(scoreKmeansOne(model, { recency: null, frequency: 0, monetary: 0 })).toEqual({ cluster: null, segment: null, label: null, distance: null });
  });

  it('refuses a newcomer below its logarithm', () => {
    const model = fitKmeans({ m: [-5, 0, 10, 20] }, { k: 2, features: ['m'] });
    expect(model.features[0]!.shift).toBe(5);
    expect(() => scoreKmeansOne(model, { m: -6 })).toThrow("logarithm begins at -5");
    expect(() => scoreKmeans(model, { m: [3, -6] })).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: expect.objectContaining({ row: 1, column: 'm' }) as object }));
  });

  const model = JSON.parse(JSON.stringify(fitKmeans(threeGroups(), { k: 3 }))) as Record<string, never>;
  const broken = (change: (copy: { [key: string]: never } & { features: Record<string, unknown>[]; centers: unknown[][]; names: Record<string, unknown>[]; sizes: unknown[] }) => void): unknown => {
    const copy = structuredClone(model) as never;
    change(copy);
    return copy;
  };
  it.each([
    ['kind', broken((m) => Object.assign(m, { kind: 'rfm' }))],
    ['version', broken((m) => Object.assign(m, { version: 2 }))],
    ['extra', broken((m) => Object.assign(m, { extra: 1 }))],
    ['features[0].spread', broken((m) => (m.features[0]!['spread'] = 0))],
    ['features[1].center', broken((m) => (m.features[1]!['center'] = null))],
    ['features[0].knots', broken((m) => (m.features[0]!['knots'] = [1, 2]))],
    ['centers[2]', broken((m) => m.centers[2]!.pop())],
    ['centers[1][0]', broken((m) => (m.centers[1]![0] = 'x'))],
    ['sizes', broken((m) => m.sizes.pop())],
    ['names', broken((m) => (m.names[0]!['key'] = m.names[1]!['key']))],
    ['meta', broken((m) => Object.assign(m, { meta: 3 }))],
  ])('is refused with a wrong %s', (path, object) => {
    expect(() => loadKmeansModel(object)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID', place: expect.objectContaining({ option: path }) as object }));
  });
});

describe('kmeans refuses', () => {
  const customers = threeGroups(3);
  const refusal = (options: unknown, data: unknown = customers): unknown => {
    try {
      kmeans(data as never, options as never);
    } catch (e) {
      return e;
    }
    return undefined;
  };
  it.each([
    [{}, 'k'], [{ k: 1 }, 'k'], [{ k: 2.5 }, 'k'], [{ k: 10 }, 'k'], [{ k: 2, seed: -1 }, 'seed'], [{ k: 2, starts: 0 }, 'starts'], [{ k: 2, clusters: 3 }, 'clusters'],
    [{ k: 2, scale: 'log' }, 'scale'], [{ k: 2, scale: { money: 'zscore' } }, 'scale.money'], [{ k: 2, features: [] }, 'features'], [{ k: 2, algorithm: 'elkan' }, 'algorithm'],
    [{ k: 2, initialCenters: [[1, 2, 3]] }, 'initialCenters'], [{ k: 2, initialCenters: [[1, 2, 3], [1, 2]] }, 'initialCenters[1]'], [{ k: 2, initialCenters: [[1, 2, NaN], [1, 2, 3]] }, 'initialCenters[0][2]'],
    [{ k: 2, order: 'size' }, 'order'], [{ k: 2, labels: 'fr' }, 'labels'],
  ])('%j by naming %s', (options, option) => {
    expect(refusal(options)).toMatchObject({ code: 'OPTION_INVALID', place: { option } });
  });
  it('more clusters than there are different customers', () => {
    expect(refusal({ k: 3, features: ['x'], scale: 'none' }, { x: [1, 1, 2, 2] })).toMatchObject({ message: expect.stringContaining('only 2 different') as string });
  });
  it('a feature that is the same for all, or missing, or infinite', () => {
    expect(refusal({ k: 2, features: ['x'] }, { x: [3, 3, 3] })).toMatchObject({ code: 'VALUE_INVALID', place: { column: 'x' }, message: expect.stringContaining('is 3 for every customer') as string });
    expect(refusal({ k: 2, features: ['x'], scale: 'robust' }, { x: [3, 3, 3, 3, 4] })).toMatchObject({ message: expect.stringContaining('quartiles') as string });
    for (const bad of [NaN, Infinity, -Infinity]) expect(refusal({ k: 2, features: ['x'] }, { x: [1, bad, 3] })).toMatchObject({ code: 'VALUE_INVALID', place: { column: 'x', row: 1 } });
    expect(refusal({ k: 2, features: ['y'] }, { x: [1, 2] })).toMatchObject({ code: 'COLUMN_MISSING', place: { column: 'y' } });
    expect(refusal({ k: 2 }, customers.take([]))).toMatchObject({ code: 'VALUE_INVALID' });
  });
  it('weights below 0, all 0, or of another length', () => {
    const x = { x: [1, 2, 3] };
    expect(refusal({ k: 2, features: ['x'], weights: [1, -1, 1] }, x)).toMatchObject({ code: 'VALUE_INVALID', place: { row: 1 } });
    expect(refusal({ k: 2, features: ['x'], weights: [0, 0, 0] }, x)).toMatchObject({ message: expect.stringContaining('every weight is 0') as string });
    expect(refusal({ k: 2, features: ['x'], weights: [1] }, x)).toMatchObject({ code: 'COLUMN_LENGTH' });
  });
  it('nothing of tables without ids', () => {
    expect(kmeans(table({ recency: [1, 2, 9], frequency: [3, 3, 1], monetary: [5, 6, 7] }), { k: 2 }).labels).toHaveLength(3);
  });
});
