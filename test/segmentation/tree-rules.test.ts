import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { table } from '../../src/columns/index.js';
import { shortBetween } from '../../src/segmentation/grow-tree.js';
import { kmeans, loadTreeRules, scoreTreeRules, targetSegment, treeRules } from '../../src/segmentation/index.js';
import { anyPoints, threeGroups } from './customers.js';

describe('treeRules', () => {
  it('finds the one limit between two groups by hand', () => {
    const found = treeRules({ x: [1, 2, 3, 10, 11, 12] }, ['low', 'low', 'low', 'high', 'high', 'high'], { features: ['x'] });
    expect(found.rules.map(({ segment, when, text }) => [segment, when, text.en, text.zh])).toEqual([
      ['low', { x: { to: 7 } }, 'x up to 7', 'x 不超过 7'],
      ['high', { x: { above: 7 } }, 'x above 7', 'x 大于 7'],
    ]);
    expect(found.accuracy).toBe(1);
  });

  it('splits where Gini impurity is least: by hand, 3 | 1 before 2 | 2', () => {
    // After 1, 2, 3 (a a a | b): nothing is left impure.
    const found = treeRules({ x: [1, 2, 3, 4] }, ['a', 'a', 'a', 'b'], { features: ['x'], depth: 1, leastCustomers: 1 });
    expect(found.rules.map(({ when, precision }) => [when, precision])).toEqual([[{ x: { to: 3 } }, 1], [{ x: { above: 3 } }, 1]]);
  });

  it('needs two features for four corners, and says both', () => {
    const found = treeRules({ x: [0, 0, 9, 9, 0, 0, 9, 9], y: [0, 1, 0, 1, 8, 9, 8, 9] }, ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'], { features: ['x', 'y'], depth: 2, leastCustomers: 1 });
    expect(found.accuracy).toBe(1);
    expect(found.rules).toHaveLength(4);
    expect(Object.keys(found.rules[0]!.when)).toEqual(['x', 'y']);
  });

  it('explains three groups that are there, with the names of kmeans, in both languages', () => {
    const customers = threeGroups();
    const clusters = kmeans(customers, { k: 3 });
    const found = treeRules(customers, clusters, { labels: 'zh' });
    expect(found.accuracy).toBe(1);
    expect(found.rules.map(({ segment }) => segment)).toEqual(['important_value', 'general_develop', 'general_rescue']);
    expect(found.table.row(0)).toMatchObject({ segment: 'important_value', label: '重要价值客户', customers: 40, precision: 1, recall: 1 });
    expect(targetSegment(customers, found.rules[0]!.when).size).toBe(40);
    for (const { text } of found.rules) {
      expect(text.zh).toMatch(/距上次购买天数|订单数|金额/);
      expect(text.zh).not.toMatch(/[a-z]/);
      expect(text.en).toMatch(/recency|frequency|monetary/);
    }
  });

  it('is one rule for everyone when there is one label, or nothing tells labels apart', () => {
    expect(treeRules({ x: [1, 2, 3] }, ['a', 'a', 'a'], { features: ['x'] }).rules).toMatchObject([{ segment: 'a', when: {}, text: { en: 'everyone', zh: '所有客户' }, customers: 3 }]);
    const alike = treeRules({ x: [5, 5, 5] }, ['a', 'b', 'a'], { features: ['x'] });
    expect(alike.rules).toMatchObject([{ segment: 'a', when: {} }]);
    expect(alike.missed).toEqual(['b']);
    expect(String(alike)).toContain('no rule leads to b');
  });

  it('leaves out rows without a label or a purchase', () => {
    const found = treeRules({ recency: [NaN, 1, 2, 30, 40], frequency: [0, 5, 6, 1, 1], monetary: [0, 50, 60, 9, 8] }, ['x', 'a', null, 'b', 'b'], { leastCustomers: 1 });
    expect(found.rules.reduce((sum, { customers }) => sum + customers, 0)).toBe(3);
  });

  it('keeps columns and labels such as __proto__ as they are', () => {
    const customers = table(Object.fromEntries([['__proto__', [1, 2, 9, 10]]]) as never);
    const found = treeRules(customers, ['constructor', 'constructor', '__proto__', '__proto__'], { features: ['__proto__'], leastCustomers: 1 });
    expect(Object.hasOwn(found.rules[0]!.when, '__proto__')).toBe(true);
    expect(scoreTreeRules(loadTreeRules(JSON.parse(JSON.stringify(found.model))), customers).toColumns()['segment']).toEqual(['constructor', 'constructor', '__proto__', '__proto__']);
  });

  it('puts everyone under exactly one rule, whose counts are right, through JSON and by targetSegment', () => fc.assert(fc.property(anyPoints, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), (data, depth, least) => {
    const labels = data.a.map((a, i) => (a > 2 ? 'p' : data.b[i]! > 10 ? 'q' : 'r'));
    const found = treeRules(data, labels, { features: ['a', 'b'], depth, leastCustomers: least });
    const scored = scoreTreeRules(loadTreeRules(JSON.parse(JSON.stringify(found.model))), data).toColumns();
    const met = scored['rule'] as number[];
    const own = found.rules.map((_, r) => met.filter((m) => m === r).length);
    expect(own).toEqual(found.rules.map(({ customers }) => customers));
    expect(Math.min(...own)).toBeGreaterThanOrEqual(Math.min(least, data.a.length));
    const right = (scored['segment'] as string[]).filter((segment, i) => segment === labels[i]).length;
    expect(found.accuracy).toBeCloseTo(right / labels.length, 12);
    found.rules.forEach(({ when, customers }) => {
      if (Object.keys(when).length > 0) expect(targetSegment(data, when, { measures: [] }).size).toBe(customers);
    });
  })));

  it.each([
    ['kind', { kind: 'kmeans' }], ['rules', { rules: [] }], ['features', { features: [] }], ['rules[0].when.y', { rules: [{ segment: 'a', label: { en: 'a', zh: 'a' }, when: { y: { to: 1 } }, text: { en: '', zh: '' }, customers: 1, precision: 1 }] }],
    ['rules[0].when.x.to', { rules: [{ segment: 'a', label: { en: 'a', zh: 'a' }, when: { x: { to: 'b' } }, text: { en: '', zh: '' }, customers: 1, precision: 1 }] }],
  ])('refuses rules with a wrong %s', (path, change) => {
    expect(() => loadTreeRules({ kind: 'tree-rules', version: 1, features: ['x'], rules: [{ segment: 'a', label: { en: 'a', zh: 'a' }, when: {}, text: { en: '', zh: '' }, customers: 1, precision: 1 }], ...change })).toThrow(expect.objectContaining({ code: 'MODEL_INVALID', place: expect.objectContaining({ option: path }) as object }));
  });

  it('refuses depths, names and labels that do not fit', () => {
    const x = { x: [1, 2, 3] };
    const refusal = (labels: (string | null)[], options: object): unknown => {
      try {
        return treeRules(x, labels, { features: ['x'], ...options } as never);
      } catch (e) {
        return e;
      }
    };
    expect(refusal(['a', 'b', 'b'], { depth: 0 })).toMatchObject({ code: 'OPTION_INVALID', place: { option: 'depth' } });
    expect(refusal(['a', 'b', 'b'], { names: [] })).toMatchObject({ code: 'OPTION_INVALID', place: { option: 'names' } });
    expect(refusal([null, null, null], {})).toMatchObject({ code: 'VALUE_INVALID' });
    expect(refusal(['a'], {})).toMatchObject({ code: 'COLUMN_LENGTH' });
  });
});

describe('shortBetween', () => {
  it.each([[3, 4, 3], [12.4381, 13.2, 13], [0, 1, 0.5], [-2, -1, -2], [99.5, 130, 100], [1e-9, 2e-9, 1e-9]])('of %d and %d is %d', (low, high, expected) => {
    expect(shortBetween(low, high)).toBe(expected);
  });
  it('splits as its ends do', () => fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }), (a, b) => {
    fc.pre(a !== b);
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const at = shortBetween(low, high);
    expect(low <= at && at < high).toBe(true);
  })));
});
