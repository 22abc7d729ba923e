import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '../../src/core/index.js';
import { table } from '../../src/columns/index.js';
import { cheapestPairs } from '../../src/segmentation/cheapest-pairs.js';
import { cells, kmeans, matchClusters, nameClusters, outliers, profileClusters, targetSegment } from '../../src/segmentation/index.js';
import { rfm } from '../../src/rfm/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { threeGroups } from './customers.js';

const people = table({
  customer: ['a', 'b', 'c', 'd', 'e'], sex: ['f', 'f', 'm', 'f', null], age: [20, 35, 30, 36, 25], monetary: [10, 30, 40, 0, 20],
});

describe('profileClusters', () => {
  it('tells size, share of revenue, mean, median and range, and what sets a cluster apart', () => {
    const profiles = profileClusters({ recency: [1, 3, 10], frequency: [5, 5, 1], monetary: [60, 20, 20] }, ['top', 'top', 'low']);
    expect(profiles.row(0)).toMatchObject({ cluster: 'top', segment: 'important_value', customers: 2, share: 2 / 3, monetarySum: 80, valueShare: 0.8, recencyMean: 2, recencyMedian: 2, recencyLeast: 1, recencyMost: 3 });
    expect(profiles.cell('apart', 1)).toBe('frequency -1.4 sd, recency +1.4 sd, monetary -0.7 sd');
  });
  it('takes a segment column, own names, and Chinese', () => {
    const customers = threeGroups(3);
    const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    expect(profileClusters(customers, labels, { labels: 'zh' }).cell('label', 0)).toBe('重要价值客户');
    const named = profileClusters({ recency: [1, 3, 10], frequency: [5, 5, 1], monetary: [60, 20, 20] }, ['top', 'top', 'low'], { labels: 'zh' });
    expect(named.cell('apart', 1)).toBe('订单数 -1.4 个标准差，距上次购买天数 +1.4 个标准差，金额 -0.7 个标准差');
    expect(() => profileClusters(customers, labels, { names: [] })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('nameClusters', () => {
  it('numbers names that come up again, and names other features by what stands out', () => {
    expect(nameClusters({ x: [0, 0, 10, 10], y: [1, 1, 1, 2] }, [0, 0, 1, 2], { features: ['x'] }).map(({ key }) => key)).toEqual(['low_x', 'high_x', 'high_x_2']);
  });
  it('takes the segment most customers have', () => {
    const names = nameClusters(threeGroups(2), [0, 0, 1, 1, 2, 2], { segments: ['loyal', 'loyal', 'lost', 'lost', 'lost', 'lost'] });
    expect(names.map(({ key }) => key)).toEqual(['loyal', 'lost', 'lost_2']);
    expect(names.map(({ label }) => label)).toEqual([{ en: 'Loyal', zh: '忠诚客户' }, { en: 'Lost', zh: '已流失客户' }, { en: 'Lost (2)', zh: '已流失客户（2）' }]);
  });
  it('names every segment of the built-in maps in both languages, and one of another map by its key', () => {
    const { segments } = rfm(summarize(exampleOrders({ customers: 400, seed: 2 })));
    for (const { segment, label } of segments.toRows()) {
      expect(nameClusters({ x: [1, 2] }, [0, 0], { features: ['x'], segments: [segment as string, segment as string] })[0]).toEqual({ key: segment, label: { en: label, zh: expect.stringMatching(/客户$/) } });
    }
    expect(nameClusters({ x: [1, 2] }, [0, 0], { features: ['x'], segments: ['gold', 'gold'] })[0]).toEqual({ key: 'gold', label: { en: 'gold', zh: 'gold' } });
    expect(nameClusters({ x: [1, 2] }, [0, 0], { features: ['x'], segments: ['__proto__', '__proto__'] })[0]!.label.en).toBe('__proto__');
  });
  it('calls measures by their Chinese names, other columns by their own', () => {
    const names = nameClusters({ tenure: [1, 1, 9, 9], balance: [1, 2, 1, 2] }, [0, 0, 1, 1], { features: ['tenure', 'balance'] });
    expect(names.map(({ label }) => label)).toEqual([{ en: 'Low tenure', zh: '距首次购买天数低' }, { en: 'High tenure', zh: '距首次购买天数高' }]);
  });
});

describe('matchClusters', () => {
  it('finds the same clusters under other numbers', () => {
    expect(matchClusters([0, 0, 1, 1, 2], ['x', 'x', 'z', 'z', 'y']).toRows()).toEqual([{ before: '0', after: 'x', overlap: 1 }, { before: '1', after: 'z', overlap: 1 }, { before: '2', after: 'y', overlap: 1 }]);
  });
  it('leaves clusters without a partner', () => {
    expect(matchClusters([0, 0, 0], [0, 0, 1]).toRows()).toEqual([{ before: '0', after: '0', overlap: 2 / 3 }, { before: null, after: '1', overlap: null }]);
  });
  it('matches models by their centres, whatever their scaling', () => {
    const [a, b] = [kmeans(threeGroups(), { k: 3 }).model, kmeans(threeGroups(40, 2), { k: 3, scale: 'zscore', order: 'start', seed: 9 }).model];
    const matched = matchClusters(a, b).toRows();
    for (const { before, after, distance } of matched) {
      expect(b.names[Number(after)]!.key).toBe(a.names[Number(before)]!.key);
      expect(distance).toBeLessThan(0.3);
    }
    expect(() => matchClusters(a, kmeans({ x: [1, 2, 3] }, { k: 2, features: ['x'] }).model)).toThrow('different features');
  });
});

describe('cheapestPairs', () => {
  it('costs no more than any permutation', () => fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (cost) => {
    const pairs = cheapestPairs(cost.length, 4, (r, c) => cost[r]![c]!);
    expect(new Set(pairs).size).toBe(cost.length);
    const total = (columns: readonly number[]): number => columns.reduce((sum, c, r) => sum + cost[r]![c]!, 0);
    const all = (left: readonly number[], rows: number): number[][] => (rows === 0 ? [[]] : left.flatMap((c) => all(left.filter((other) => other !== c), rows - 1).map((rest) => [c, ...rest])));
    expect(total(pairs)).toBe(Math.min(...all([0, 1, 2, 3], cost.length).map(total)));
  })));
});

describe('targetSegment', () => {
  it('tells size, share and value against the rest, and counts what is missing', () => {
    const target = targetSegment(people, { sex: 'f', age: { from: 18, to: 35 } });
    expect([...target.rows]).toEqual([0, 1]);
    expect(target.share).toBe(0.4);
    expect(target.unknown).toEqual({ sex: 1 });
    expect(target.table.row(0)).toMatchObject({ segment: 'target', customers: 2, monetarySum: 40, monetaryShare: 0.4, monetaryMean: 20 });
    expect(target.table.row(1)).toMatchObject({ segment: 'rest', customers: 3, monetarySum: 60, monetaryMedian: 20 });
  });
  it('takes lists, and refuses what it cannot read', () => {
    expect(targetSegment(people, { customer: ['a', 'e'] }).size).toBe(2);
    expect(() => targetSegment(people, { city: 'x' })).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
    expect(() => targetSegment(people, {})).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => targetSegment(people, { age: { from: '18' } })).toThrow('rule age.from is "18"');
    expect(() => targetSegment(people, { age: { least: 18 } as never })).toThrow('least');
  });
});

describe('cells', () => {
  const bank = { balance: [1, 2, 3, 4, 5, 6, 7, 8], line: [10, 10, 10, 10, 20, 20, 20, NaN], kind: ['life', 'life', 'car', 'car', 'car', 'car', 'life', 'life'] };
  it('counts customers per cell, largest first', () => {
    const types = cells(bank, { balance: 2, line: { cuts: [15] }, kind: 'category' });
    expect(types.possible).toBe(8);
    expect(types.leftOut).toBe(1);
    expect(types.table.select(['cell', 'customers']).toRows().slice(0, 2)).toEqual([{ cell: '<= 4.5 | <= 15 | car', customers: 2 }, { cell: '<= 4.5 | <= 15 | life', customers: 2 }]);
    expect(types.features).toEqual(['balanceMean', 'lineMean', 'kind=car', 'kind=life']);
    expect([...types.labels]).toEqual([1, 1, 0, 0, 2, 2, 3, -1]);
  });
  it('are clustered, each weighing as many as it holds', () => {
    const types = cells(bank, { balance: 4, kind: 'category' });
    const groups = kmeans(types.table, { k: 2, features: types.features, scale: 'minmax', weights: 'customers' });
    expect(groups.sizes.reduce((sum, size) => sum + size, 0)).toBe(types.table.numRows);
  });
  it('refuse rules that are none, and too many cells', () => {
    expect(() => cells(bank, { balance: { cuts: [3, 1] } })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => cells(bank, { kind: 3 })).toThrow('holds text');
  });
});

describe('outliers', () => {
  const random = seededRandom(2);
  const rows = Array.from({ length: 300 }, () => [random.normal(), random.normal()] as const);
  // x and y go together; the last two customers are far off, one by y alone, one along neither.
  const x = [...rows.map(([a]) => a), 0, 9];
  const y = [...rows.map(([a, b]) => a + 0.2 * b), 5, 9];
  it('are found with the feature that causes them, though they hide one another from plain means', () => {
    const found = outliers({ x, y }, { features: ['x', 'y'], scale: 'zscore' });
    expect(found.outliers.numRows).toBeGreaterThanOrEqual(2);
    expect(found.table.cell('outlier', 300)).toBe(true);
    expect(found.table.cell('outlier', 301)).toBe(true);
    expect(found.count).toBeLessThanOrEqual(5);
    expect(found.outliers.cell('outlierDistance', 0)).toBeGreaterThan(found.cut);
  });
  it('are few in normal data, about as many as asked for', () => {
    const many = Array.from({ length: 4000 }, () => [random.normal(), random.normal(), random.normal()] as const);
    const data = { a: many.map(([v]) => v), b: many.map(([, v]) => v), c: many.map(([, , v]) => v) };
    const { count } = outliers(data, { features: ['a', 'b', 'c'], scale: 'none', falseAlarms: 0.01 });
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(70);
  });
  it('do not depend on the order of the rows, and too few customers are refused', () => {
    const backwards = outliers({ x: [...x].reverse(), y: [...y].reverse() }, { features: ['x', 'y'] , scale: 'zscore' });
    expect([...backwards.table.toColumns()['outlierDistance'] as Float64Array].reverse()).toEqual([...outliers({ x, y }, { features: ['x', 'y'], scale: 'zscore' }).table.toColumns()['outlierDistance'] as Float64Array]);
    expect(() => outliers({ x: [1, 2, 3] }, { features: ['x'] })).toThrow('too few');
  });
});
