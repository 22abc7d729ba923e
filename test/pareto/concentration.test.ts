import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { shareCount, sortNumbers } from '../../src/columns/index.js';
import { concentrationIntervals, customersNeeded, deciles, effectiveNumber, gini, hhi, hoover, lorenz, pareto, theil, topCustomers, topShare } from '../../src/pareto/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';

const money = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1e7 }).map((cents) => cents / 100)), { minLength: 1, maxLength: 200 }).filter((xs) => xs.some((x) => x > 0));
const tiny = [1, 1, 2, 3, 13];

describe('the measures on a case by hand', () => {
  it('of 1, 1, 2, 3, 13', () => {
    expect(gini(tiny)).toBeCloseTo(0.52, 12);
    expect(gini(tiny, { form: 'sample' })).toBeCloseTo(0.65, 12);
    expect(hhi(tiny)).toBeCloseTo(0.46, 12);
    expect(effectiveNumber(tiny)).toBeCloseTo(1 / 0.46, 12);
    expect(hoover(tiny)).toBeCloseTo(0.45, 12);
    expect(theil([0, 0, 0, 10])).toBeCloseTo(Math.log(4), 12);
    expect([...lorenz(tiny, { steps: 5 }).toColumns()['share']!]).toEqual([0, 0.05, 0.1, 0.2, 0.35, 1]);
    expect(customersNeeded(tiny)).toEqual({ customers: 2, share: 0.4 });
    expect([topShare(tiny), topShare(tiny, { top: 0.25, rule: 'floor' }), topShare(tiny, { top: 0.25 }), topShare(tiny, { top: 0.25, rule: 'interpolated' })]).toEqual([0.65, 0.65, 0.8, 0.6875]);
    expect(deciles(tiny).row(0)).toEqual({ decile: 1, customers: 1, value: 13, share: 0.65, cumulatedShare: 0.65, lift: 3.25 });
  });

  it('refuses a table and says which values to pass, and cells that are no numbers', () => {
    const customers = summarize(exampleOrders({ customers: 20, seed: 1 }));
    for (const measure of [gini, hhi, effectiveNumber, hoover, theil, topShare, customersNeeded, lorenz, deciles, concentrationIntervals]) {
      expect(() => (measure as (values: unknown) => unknown)(customers)).toThrow(/: a table was given where one number per customer belongs\. Pass a column's values, such as customers\.column\('monetary'\)\.data\./);
      expect(() => (measure as (values: unknown) => unknown)({ monetary: [1] })).toThrow('one number per customer belongs');
      for (const cell of [null, '5', true]) expect(() => (measure as (values: unknown) => unknown)([1, cell])).toThrow('row 1 is');
    }
    expect(gini(customers.column('monetary').data as Float64Array)).toBeGreaterThan(0);
  });

  it('counts the top in whole numbers: 7 % of 100 are 7', () => {
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(shareCount(0.07, 100, 'ceil')).toBe(7);
    expect(shareCount(1 / 3, 3, 'floor')).toBe(1);
    for (let n = 1; n <= 1000; n++) for (let p = 1; p <= 100; p++) expect(shareCount(p / 100, n, 'ceil')).toBe(Math.ceil((p * n) / 100));
  });

  it('says the real pair in both languages', () => {
    expect(pareto(tiny).sentence).toBe('The top 20% of customers (1 of 5) bring 65.0% of revenue; 80% of revenue comes from 40.0% of them (2).');
    expect(pareto(tiny, { labels: 'zh', of: 'profit' }).sentence).toBe('前 20% 的客户（5 位中的 1 位）贡献了 65.0% 的利润；80% 的利润来自 40.0% 的客户（2 位）。');
    expect(pareto(tiny).toString()).toContain('5 customers\nThe top 20%');
  });

  it('one customer has everything', () => {
    const { indices, pair, lorenz: curve } = pareto([7]);
    expect(indices).toMatchObject({ gini: 0, giniSample: NaN, hhi: 1, hhiNormalized: NaN, effectiveNumber: 1, hoover: 0, theil: 0 });
    expect(pair).toMatchObject({ topCustomers: 1, brings: 1, neededCustomers: 1, needs: 1 });
    expect(curve!.numRows).toBe(21);
  });
});

describe('properties', () => {
  it('Gini lies between 0 and (n - 1) / n; scale and order change nothing', () => fc.assert(fc.property(money, fc.integer({ min: 1, max: 10 }), (xs, power) => {
    const all = [gini, hhi, hoover, theil, topShare] as const;
    const n = xs.length;
    expect(gini(xs)).toBeGreaterThanOrEqual(0);
    expect(gini(xs)).toBeLessThanOrEqual((n - 1) / n + 1e-12);
    expect(hhi(xs)).toBeGreaterThanOrEqual(1 / n - 1e-12);
    expect(hhi(xs)).toBeLessThanOrEqual(1 + 1e-12);
    for (const measure of all) {
      expect(measure(xs.slice().reverse())).toBe(measure(xs));
      expect(measure(xs.map((x) => x * 2 ** power))).toBe(measure(xs));
    }
  })));

  it('equal values give 0', () => fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1e6 }), (n, x) => {
    const same = new Float64Array(n).fill(x / 100);
    expect([gini(same), hoover(same)].every((value) => value < 1e-12)).toBe(true);
    expect(effectiveNumber(same)).toBeCloseTo(n, 9);
  })));

  it('the shares of deciles sum to 1 and do not rise', () => fc.assert(fc.property(money, (xs) => {
    const shares = [...deciles(xs).toColumns()['share'] as Float64Array];
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect([...deciles(xs).toColumns()['cumulatedShare']!].at(-1)).toBeCloseTo(1, 12);
  })));

  it('the Lorenz curve rises, from 0 to 1, below the diagonal', () => fc.assert(fc.property(money, (xs) => {
    const curve = [...lorenz(xs).toColumns()['share'] as Float64Array];
    expect([curve[0], curve.at(-1)]).toEqual([0, 1]);
    curve.forEach((share, i) => {
      expect(share).toBeLessThanOrEqual(i / 20 + 1e-12);
      if (i > 0) expect(share).toBeGreaterThanOrEqual(curve[i - 1]! - 1e-12);
    });
  })));

  it('selection finds what sorting finds, also among many values', () => fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0.01, 0.2, 0.5, 0.8, 0.95, 1), (seed, share) => {
    const random = seededRandom(seed);
    const kind = seed % 3;
    const xs = Float64Array.from({ length: 30000 }, () => (kind === 0 ? random.below(4) : kind === 1 ? Math.round(100 * Math.exp(3 + 2 * random.normal())) / 100 : random.normal() * 10 + 4));
    const { needed, shares } = pareto(xs, { needed: [share], shares: [share] });
    expect(customersNeeded(xs, { of: share }).customers).toBe(needed.cell('customers', 0));
    expect(topShare(xs, { top: share })).toBeCloseTo(shares.cell('share', 0) as number, 12);
  }), { numRuns: 12 }));

  it('numbers are sorted as the engine sorts them', () => fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
    const random = seededRandom(seed);
    const xs = Float64Array.from({ length: 6000 }, (_, i) => (i % 7 === 0 ? 0 : i % 11 === 0 ? Infinity : random.normal() * 10 ** (random.below(40) - 20)));
    expect(sortNumbers(xs)).toEqual(xs.slice().sort());
  }), { numRuns: 10 }));
});

describe('customers of a log', () => {
  const customers = summarize(exampleOrders({ customers: 500, seed: 3 }), { roster: ['nobody'] });

  it('counts those with a purchase, and says as of when', () => {
    const answer = pareto(customers);
    expect(answer.customers).toBe(500);
    expect(answer.diagnostics.customers).toMatchObject({ seen: 501, kept: 500, leftOut: { 'no-purchase': 1 } });
    expect(answer.toString()).toContain('500 customers as of');
    expect(JSON.parse(JSON.stringify(answer))).toMatchObject({ customers: 500 });
  });

  it('takes money per order times orders', () => {
    const mean = pareto(summarize(exampleOrders({ customers: 500, seed: 3 }), { monetary: 'mean' }));
    expect(mean.total).toBeCloseTo(pareto(customers).total, 6);
    expect(mean.pair.brings).toBeCloseTo(pareto(customers).pair.brings, 9);
  });

  it('lists the top ten, ties by id', () => {
    expect(topCustomers(customers).numRows).toBe(10);
    expect(topCustomers({ customer: ['b', 'a', '10', '9'], revenue: [1, 1, 1, 1] }).toColumns()['customer']).toEqual(['10', '9', 'a', 'b']);
    expect(topCustomers({ customer: ['a', 'b'], revenue: [-1, -2] }).row(0)).toEqual({ rank: 1, customer: 'a', revenue: -1, share: null, cumulatedShare: null });
  });
});

describe('values below 0', () => {
  const mixed = [100, 50, -30];
  it('are kept: shares of the net total, no indices, a warning', () => {
    const answer = pareto(mixed, { of: 'profit', shares: [0.5] });
    expect(answer.total).toBe(120);
    expect(answer.shares.cell('share', 0)).toBeCloseTo(150 / 120, 12);
    expect(answer.indices.gini).toBeNaN();
    expect(answer.lorenz).toBeUndefined();
    expect(answer.diagnostics.warnings[0]).toMatchObject({ code: 'NEGATIVE_VALUES' });
  });
  it('are counted as 0, or refused', () => {
    expect(pareto(mixed, { negative: 'zero' })).toMatchObject({ total: 150, indices: { gini: gini([100, 50, 0]) } });
    expect(() => pareto(mixed, { negative: 'refuse' })).toThrow('row 2 is -30');
    expect(() => pareto({ customer: ['x', '__proto__'], revenue: [1, -1] }, { negative: 'refuse' })).toThrow(expect.objectContaining({
      code: 'VALUE_INVALID', place: { where: 'pareto', column: 'revenue', row: 1, value: '-1' }, message: 'pareto: column "revenue", row 1 (customer "__proto__") is -1. Mend it, or choose negative: \'keep\' or \'zero\'.',
    }));
    expect(() => gini(mixed)).toThrow('row 2 is -30: below 0 this measure has no meaning');
  });
});

describe('refuses', () => {
  it.each([
    ['no values', () => pareto([]), 'there are no customers'],
    ['all zero', () => pareto([0, 0]), 'the total is 0, so there are no shares of it'],
    ['a total below 0', () => topShare([1, -5]), 'the total is -4'],
    ['a gap', () => gini([1, NaN]), 'row 1 is NaN'],
    ['a missing column', () => pareto({ customer: ['a'], spend: [1] }), 'there is no column "monetary" or "revenue" (found: "customer", "spend")'],
    ['an unknown option', () => pareto([1], { top: 0.2 } as never), 'there is no option "top"'],
    ['a share above 1', () => pareto([1], { shares: [20] }), 'option shares is 20'],
    ['a share of 0', () => topShare([1], { top: 0 }), 'above 0 and at most 1'],
    ['text for numbers', () => pareto(['1'] as never), 'row 0 is "1", not a number'],
    ['the sample form of one', () => gini([1], { form: 'sample' }), 'one value has no sample Gini'],
    ['the normalized form of one', () => hhi([1], { form: 'normalized' }), 'one value has no normalized index'],
    ['a level of 2', () => concentrationIntervals([1, 2], { level: 2 }), 'option level is 2'],
  ] as const)('%s', (_, run, message) => expect(run).toThrow(message));

  it('a missing value by row and customer', () => {
    expect(() => pareto({ customer: ['a', 'b'], revenue: [1, NaN] })).toThrow('column "revenue", row 1 (customer "b"): the value is missing');
  });
});

describe('concentrationIntervals', () => {
  const random = seededRandom(4);
  const spend = Float64Array.from({ length: 400 }, () => Math.exp(random.normal()));
  const intervals = concentrationIntervals(spend, { samples: 400 }).toRows();

  it('estimates what the measures say, inside their intervals, the same for the same seed', () => {
    expect(intervals.map((row) => row['measure'])).toEqual(['top-share', 'needed', 'gini', 'hhi']);
    const said = [topShare(spend), customersNeeded(spend).share, gini(spend), hhi(spend)];
    intervals.forEach((row, m) => {
      expect(row['estimate']).toBeCloseTo(said[m]!, 9);
      expect(row['lower']).toBeLessThan(said[m]!);
      expect(row['upper']).toBeGreaterThan(said[m]!);
    });
    expect(concentrationIntervals(spend, { samples: 400 }).toRows()).toEqual(intervals);
  });

  it('resampled counts give what resampled values give', () => fc.assert(fc.property(money, (xs) => {
    const estimate = [...concentrationIntervals(xs, { samples: 100 }).toColumns()['estimate'] as Float64Array];
    expect(estimate[0]).toBeCloseTo(topShare(xs), 9);
    expect(estimate[1]).toBeCloseTo(customersNeeded(xs).share, 9);
    expect(estimate[2]).toBeCloseTo(gini(xs), 9);
  }), { numRuns: 50 }));

  it('tells of progress and can be stopped', () => {
    expect(() => concentrationIntervals(spend, { onProgress: (done) => {
      if (done === 3) throw new Error('enough');
    } })).toThrow('enough');
  });
});
