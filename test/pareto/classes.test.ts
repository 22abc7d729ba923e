import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfText } from '../../src/core/index.js';
import { abc, abcXyz, compareConcentration, growthPotential, pyramid, xyz } from '../../src/pareto/index.js';
import { exampleOrders } from '../../src/transactions/index.js';

const classes = (values: number[], options = {}): unknown[] => abc(values, options).table.toColumns()['class'] as unknown[];

describe('abc', () => {
  it('puts the crossing item in the better class, or not', () => {
    expect(classes([1, 1, 2, 3, 13])).toEqual(['B', 'C', 'B', 'A', 'A']);
    expect(classes([50, 35, 15])).toEqual(['A', 'A', 'B']);
    expect(classes([50, 35, 15], { crossing: 'worse' })).toEqual(['A', 'B', 'C']);
    expect(classes([50, 35, 15], { limits: [0.5] })).toEqual(['A', 'B', 'B']);
  });
  it('parts equal values by id with a warning, or keeps them together', () => {
    const four = { customer: ['d', 'c', 'b', 'a'], revenue: [5, 5, 5, 5] };
    const split = abc(four, { limits: [0.5] });
    expect(split.table.toColumns()['class']).toEqual(['B', 'B', 'A', 'A']);
    expect(split.diagnostics.warnings.map((w) => w.code)).toEqual(['TIES_SPLIT']);
    expect(abc(four, { limits: [0.5], ties: 'together' }).table.toColumns()['class']).toEqual(['A', 'A', 'A', 'A']);
  });
  it('leaves losses in the last class, though shares pass 1', () => {
    expect(classes([100, 60, -20, -40])).toEqual(['A', 'C', 'C', 'C']);
  });
  it('classes are monotone and add up to the total', () => fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 1000 }), { minLength: 1, maxLength: 60 }).filter((xs) => xs.reduce((a, b) => a + b, 0) > 0), fc.constantFrom('better' as const, 'worse' as const), (xs, crossing) => {
    const { table, classes: sums } = abc(xs, { crossing });
    const rows = table.toRows().sort((a, b) => (a['rank'] as number) - (b['rank'] as number));
    rows.slice(1).forEach((row, i) => expect(String(row['class']) >= String(rows[i]!['class'])).toBe(true));
    expect([...sums.toColumns()['share'] as Float64Array].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  })));
  it.each([
    [{ limits: [0.9, 0.8] }, 'ascending order'], [{ limits: [80, 95] }, 'ascending order'], [{ crossing: 'both' }, "'better', 'worse'"], [{ limit: 1 }, 'there is no option "limit"'],
  ])('refuses %j', (options, message) => expect(() => abc([1], options as never)).toThrow(message));
  it('refuses all zero', () => expect(() => abc([0, 0])).toThrow('the total is 0'));
});

describe('pyramid', () => {
  it('has 1, 4, 15 and 80 %, cumulated and rounded up', () => {
    const { table, tiers } = pyramid(Float64Array.from({ length: 995 }, (_, i) => i + 1), { labels: 'zh' });
    expect(tiers.toColumns()['customers']).toEqual([10, 40, 149, 796]);
    expect(table.row(994)).toEqual({ revenue: 995, rank: 1, tier: 'vip', label: 'VIP客户' });
    expect(pyramid([1, 2], { tiers: [0.5, 0.2, 0.2] }).tiers.toColumns()['customers']).toEqual([1, 1, 0, 0]);
  });
  it('refuses tiers that leave no one', () => expect(() => pyramid([1], { tiers: [0.5, 0.4, 0.1] })).toThrow('together below 1'));
});

describe('xyz and abcXyz', () => {
  const day = (text: string): number => dayOfText(text)!;
  const log = {
    product: ['steady', 'steady', 'steady', 'once', 'back'],
    date: { type: 'date', data: Int32Array.from(['2025-01-05', '2025-02-05', '2025-03-31', '2025-02-01', '2025-01-01'], day) } as const,
    amount: [10, 10, 10, 60, -5],
  };
  it('judges by the coefficient of variation, empty months counting 0', () => {
    const { table, periods } = xyz(log);
    expect(periods).toBe(3);
    expect(table.toRows().map(({ product, mean, variation, class: c }) => [product, mean, variation === null ? null : Number((variation as number).toFixed(6)), c])).toEqual([
      ['steady', 10, 0, 'X'], ['once', 20, 1.732051, 'Z'], ['back', -5 / 3, null, 'Z'],
    ]);
  });
  it('crosses both', () => {
    const { table, matrix } = abcXyz(log, { limits: [0.8, 0.95] });
    expect(table.toColumns()['cell']).toEqual(['AX', 'AZ', 'CZ']);
    expect(matrix.numRows).toBe(9);
    expect([...matrix.toColumns()['share'] as Float64Array].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(abcXyz(exampleOrders({ customers: 200, seed: 1 }), { period: 'quarter' }).table.numRows).toBeGreaterThan(3);
  });
  it('says when the last month is not over, and counts to asOf', () => {
    expect(xyz(log).diagnostics.warnings).toEqual([]);
    expect(xyz(log, { asOf: '2025-04-10' }).diagnostics.warnings[0]!.message).toContain('the last month, 2025-04, ends after 2025-04-10');
  });
  it('refuses one period, and limits upside down', () => {
    expect(() => xyz(log, { period: 'year' })).toThrow('There is one period only');
    expect(() => xyz(log, { limits: [1, 0.5] })).toThrow('ascending');
    expect(() => xyz(log, { by: 'item' })).toThrow('column "item" is missing');
  });
});

describe('compareConcentration', () => {
  it('tells who entered and left the top', () => {
    const answer = compareConcentration({ customer: ['a', 'b', 'c', 'd', 'e'], revenue: [90, 10, 5, 4, 3] }, { customer: ['e', 'b', 'n', 'c', 'd'], revenue: [95, 10, 7, 6, 5] });
    expect([answer.entered, answer.left, answer.stayed]).toEqual([1, 1, 0]);
    expect(answer.top.toRows()).toEqual([
      { customer: 'e', before: 3, after: 95, rankBefore: 5, rankAfter: 1, change: 'entered', label: 'Entered' },
      { customer: 'a', before: 90, after: null, rankBefore: 1, rankAfter: null, change: 'left', label: 'Left' },
    ]);
    expect(answer.measures.toColumns()['measure']).toContain('gini');
  });
  it('of the same customers nobody moves', () => {
    const same = { customer: ['a', 'b', 'c'], revenue: [3, 2, 1] };
    const answer = compareConcentration(same, same, { top: 0.5 });
    expect([answer.entered, answer.left, answer.stayed]).toEqual([0, 0, 2]);
    expect([...answer.measures.toColumns()['change'] as Float64Array].every((change) => change === 0)).toBe(true);
  });
  it('speaks Chinese', () => {
    const same = { customer: ['a', 'b'], revenue: [3, 2] };
    const answer = compareConcentration(same, same, { labels: 'zh' });
    expect([answer.top.row(0)['label'], answer.measures.row(3)['label']]).toEqual(['保留', '基尼系数']);
    expect(answer.toString()).toContain('0 位进入头部，0 位离开，1 位保留');
  });
  it('needs ids', () => expect(() => compareConcentration({ revenue: [1] }, { revenue: [1] })).toThrow('no column "customer"'));
});

describe('growthPotential', () => {
  it('takes the wallet known', () => {
    expect(growthPotential({ customer: ['a', 'b'], revenue: [100, 400], all: [1000, 300] }, { wallet: 'all' }).table.toRows()).toEqual([
      { customer: 'a', revenue: 100, wallet: 1000, shareOfWallet: 0.1, potential: 900, rank: 1 },
      { customer: 'b', revenue: 400, wallet: 400, shareOfWallet: 1, potential: 0, rank: 2 },
    ]);
  });
  it('compares with the best of like customers, by category too', () => {
    const shop = { customer: ['a', 'b', 'c'], revenue: [10, 20, 30], tea: [10, 0, 0], coffee: [0, 20, 30], kind: ['x', 'x', 'y'], growth: [0.5, 1, 0] };
    expect(growthPotential(shop, { peers: 2, by: 'kind' }).table.toColumns()['potential']).toEqual(Float64Array.of(5, 0, 0));
    const answer = growthPotential(shop, { peers: 2, categories: ['tea', 'coffee'], trend: 'growth' }).table.toColumns();
    expect(answer['bestCategory']).toEqual(['coffee', null, null]);
    expect(answer['nextYear']).toEqual(Float64Array.of(5, 0, 0));
  });
  it('parts equal potentials by id, whatever the order of rows', () => {
    const ranks = (customer: string[]): unknown => growthPotential({ customer, revenue: [1, 1, 1], w: [2, 2, 2] }, { wallet: 'w' }).table.toRows().map((row) => [row['customer'], row['rank']]).sort();
    expect(ranks(['b', 'a', 'c'])).toEqual(ranks(['c', 'b', 'a']));
  });
  it('refuses a wallet together with categories, and losses', () => {
    expect(() => growthPotential({ revenue: [1], w: [2] }, { wallet: 'w', categories: ['w'] })).toThrow('not both');
    expect(() => growthPotential({ revenue: [-1] })).toThrow('below 0');
    expect(() => growthPotential({ revenue: [1, 5], all: [2, -10] }, { wallet: 'all' })).toThrow('column all, row 1: a wallet of -10 is below 0');
  });
});

describe('words in Chinese', () => {
  it('name the effective number as what it is', () => {
    const { measures } = compareConcentration({ customer: ['a'], revenue: [1] }, { customer: ['a'], revenue: [2] }, { labels: 'zh' });
    expect(measures.toRows().find((row) => row['measure'] === 'effectiveNumber')).toMatchObject({ label: '等效客户数' });
  });
});

describe('abcXyz refuses', () => {
  const log = { date: ['2025-01-01', '2025-02-01'], product: ['a', 'b'], amount: [1, 2] };
  it('by its own name and its own option', () => {
    expect(() => abcXyz(log, { limits: [2] as never })).toThrow('abcXyz: option limits is "2". Give the two cumulated shares');
    expect(() => abcXyz(log, { limits: [0.8, 2] })).toThrow('abcXyz: option limits is "0.8, 2"');
    expect(() => abcXyz({ ...log, amount: [1, -2] })).toThrow('abcXyz: the total is -1');
    expect(() => abcXyz(log, { variationLimits: [1, 0.5] })).toThrow('abcXyz: option variationLimits is "1, 0.5"');
  });
});
