import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText } from '../../src/columns/index.js';
import { rfm, type RfmMethod } from '../../src/rfm/index.js';
import { anyCustomers, byCustomer, customersOf, type PlainCustomers } from './customers.js';

const METHODS: readonly RfmMethod[] = ['quantile', 'r-rfm', 'qcut-drop', 'rank-first', 'ntile', 'percent-rank', 'cume-dist', 'nested', 'equal-width', 'natural-breaks'];
const SPLIT_TIES: readonly RfmMethod[] = ['rank-first', 'ntile', 'nested'];
const KEYS = ['r', 'f', 'm'] as const;
const COLUMNS = { r: 'recency', f: 'frequency', m: 'monetary' } as const;
const anyBins = fc.integer({ min: 2, max: 20 });

const scoresOf = (customers: PlainCustomers, method: RfmMethod, bins: number, key: string): number[] => byCustomer(rfm(customers, { method, bins }), key, customers.customer) as number[];
const usedBins = (customers: PlainCustomers, method: RfmMethod, bins: number, key: (typeof KEYS)[number]): number => rfm(customers, { method, bins }).model.dimensions[KEYS.indexOf(key)]!.bins;
/** Rows from worst to best: by value, days the other way round; ties by id as text. */
const worstFirst = (customers: PlainCustomers, key: (typeof KEYS)[number]): number[] => {
  const values = customers[COLUMNS[key]] as Float64Array;
  const sign = key === 'r' ? -1 : 1;
  return [...values.keys()].sort((a, b) => sign * (values[a]! - values[b]!) || compareText(customers.customer[a]!, customers.customer[b]!));
};

describe('methods by hand', () => {
  // Ten customers with 1 1 1 1 1 1 2 2 3 9 orders; money 10 … 100; ids a … j.
  const ten = customersOf([1, 1, 1, 1, 1, 1, 2, 2, 3, 9].map((orders, i) => ['abcdefghij'[i]!, i, orders, (i + 1) * 10] as const));
  const f = (method: RfmMethod, bins = 5): string => scoresOf(ten, method, bins, 'f').join('');

  it('quantile: cuts 1, 1, 1.4, 2.2 leave scores 2 and 3 out', () => {
    const { dimensions } = rfm(ten).model;
    // Positions 1.8, 3.6, 5.4, 7.2 of the sorted orders.
    expect(dimensions[1]!.cuts!.map((cut) => Math.round(cut * 1e9) / 1e9)).toEqual([1, 1, 1.4, 2.2]);
    expect(f('quantile')).toBe('1111114455');
  });
  it('r-rfm: the same cuts plus 1, closed left', () => expect(f('r-rfm')).toBe('1111113345'));
  it('qcut-drop: edges 1, 1.4, 2.2, 9 make three scores', () => expect(f('qcut-drop')).toBe('1111112233'));
  it('rank-first: pairs of ranks, equal orders split by id', () => expect(f('rank-first')).toBe('1122334455'));
  it('ntile: the first groups are one larger', () => expect(f('ntile', 4)).toBe('1112223344'));
  it('percent-rank: 1 + floor(5 (rank - 1) / 9)', () => expect(f('percent-rank')).toBe('1111114455'));
  it('cume-dist: ceil(5 × rows up to it / 10)', () => expect(f('cume-dist')).toBe('3333334455'));
  it('equal-width: cuts at 2.6, 4.2, 5.8, 7.4', () => expect(f('equal-width')).toBe('1111111125'));
  it('natural-breaks: 1s, 2s, 3 and 9 stand alone; the score above the lowest stays empty', () => expect(f('natural-breaks')).toBe('1111113345'));
  it('nested: F inside each R group, M inside each R and F group', () => {
    const two = rfm(ten, { method: 'nested', bins: 2 });
    expect(byCustomer(two, 'r', ten.customer).join('')).toBe('2222211111');
    expect(byCustomer(two, 'f', ten.customer).join('')).toBe('1112211122');
    expect(byCustomer(two, 'm', ten.customer).join('')).toBe('1121211212');
  });
});

describe('every method', () => {
  it('scores within 1 … bins, and never a better value lower', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...METHODS), anyBins, (customers, method, bins) => {
    for (const key of KEYS) {
      const scores = scoresOf(customers, method, bins, key);
      const used = usedBins(customers, method, bins, key);
      expect(scores.every((score) => Number.isInteger(score) && score >= 1 && score <= used)).toBe(true);
      if (method === 'nested') continue;
      const order = worstFirst(customers, key);
      const values = customers[COLUMNS[key]] as Float64Array;
      for (let k = 1; k < order.length; k++) if (values[order[k]!] !== values[order[k - 1]!]) expect(scores[order[k]!]!).toBeGreaterThanOrEqual(scores[order[k - 1]!]!);
    }
  })));

  it('gives equal values equal scores, unless it breaks ties by id', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...METHODS.filter((method) => !SPLIT_TIES.includes(method))), anyBins, (customers, method, bins) => {
    for (const key of KEYS) {
      const byValue = new Map<number, number>();
      scoresOf(customers, method, bins, key).forEach((score, i) => {
        const value = (customers[COLUMNS[key]] as Float64Array)[i]! + 0;
        expect(score).toBe(byValue.get(value) ?? score);
        byValue.set(value, score);
      });
    }
  })));

  it('gives each customer the same scores in any order of rows', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...METHODS), anyBins, fc.infiniteStream(fc.nat()), (customers, method, bins, noise) => {
    const order = customers.customer.map((_, i) => [noise.next().value as number, i] as const).sort((a, b) => a[0] - b[0]).map(([, i]) => i);
    const shuffled = customersOf(order.map((i) => [customers.customer[i]!, customers.recency[i]!, customers.frequency[i]!, customers.monetary[i]!]));
    for (const column of ['score', 'segment', 'r', 'f', 'm']) expect(byCustomer(rfm(shuffled, { method, bins }), column, customers.customer)).toEqual(byCustomer(rfm(customers, { method, bins }), column, customers.customer));
  })));

  it('does not care for the unit of money, but for r-rfm with its plus 1', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...METHODS.filter((method) => method !== 'r-rfm')), anyBins, (customers, method, bins) => {
    // A power of two scales without rounding.
    const scaled = { ...customers, monetary: customers.monetary.map((money) => money * 1024) };
    expect(scoresOf(scaled, method, bins, 'm')).toEqual(scoresOf(customers, method, bins, 'm'));
  })));

  it('leaves its input as it was', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...METHODS), (customers, method) => {
    const before = structuredClone(customers);
    rfm(customers, { method, why: true });
    expect(customers).toEqual(before);
  })));
});

describe('rank methods against their definition', () => {
  it('ntile: sizes differ by one at most, the larger ones first', () => fc.assert(fc.property(anyCustomers, anyBins, (customers, bins) => {
    const n = customers.customer.length;
    for (const key of KEYS) {
      const scores = scoresOf(customers, 'ntile', bins, key);
      for (let score = 1; score <= bins; score++) expect(scores.filter((s) => s === score).length).toBe(Math.floor(n / bins) + (score <= n % bins ? 1 : 0));
    }
  })));

  it('rank-first: type-7 cuts of the ranks by raw value', () => fc.assert(fc.property(anyCustomers, anyBins, (customers, bins) => {
    const n = customers.customer.length;
    for (const key of KEYS) {
      const values = customers[COLUMNS[key]] as Float64Array;
      const raw = [...values.keys()].sort((a, b) => values[a]! - values[b]! || compareText(customers.customer[a]!, customers.customer[b]!));
      const scores = scoresOf(customers, 'rank-first', bins, key);
      raw.forEach((row, rank) => {
        // A rank is above the cut i (n - 1) / bins when bins × rank is above i (n - 1).
        const level = 1 + Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (n - 1)).filter((cut) => bins * rank > cut).length;
        expect(scores[row]).toBe(key === 'r' ? bins + 1 - level : level);
      });
    }
  })));

  it('percent-rank and cume-dist: from the counts of worse and no better customers', () => fc.assert(fc.property(anyCustomers, anyBins, (customers, bins) => {
    const n = customers.customer.length;
    for (const key of KEYS) {
      const values = (customers[COLUMNS[key]] as Float64Array).map((value) => (key === 'r' ? -value : value));
      const [percent, cume] = [scoresOf(customers, 'percent-rank', bins, key), scoresOf(customers, 'cume-dist', bins, key)];
      values.forEach((value, i) => {
        const worse = values.filter((other) => other < value).length;
        const noBetter = values.filter((other) => other <= value).length;
        expect(percent[i]).toBe(n === 1 ? 1 : Math.min(bins, 1 + Math.floor((bins * worse) / (n - 1))));
        expect(cume[i]).toBe(Math.ceil((bins * noBetter) / n));
      });
    }
  })));

  it('nested: ntile within each group of the scores before', () => fc.assert(fc.property(anyCustomers, fc.integer({ min: 2, max: 5 }), (customers, bins) => {
    const groups = new Map<string, number[]>([['', [...customers.customer.keys()]]]);
    const result = rfm(customers, { method: 'nested', bins });
    for (const key of KEYS) {
      const scores = byCustomer(result, key, customers.customer) as number[];
      const order = worstFirst(customers, key);
      for (const [name, rows] of [...groups]) {
        groups.delete(name);
        const own = order.filter((row) => rows.includes(row));
        own.forEach((row, k) => {
          const large = own.length % bins;
          const size = Math.floor(own.length / bins);
          const expected = k < large * (size + 1) ? Math.floor(k / (size + 1)) + 1 : large + Math.floor((k - large * (size + 1)) / size) + 1;
          expect(scores[row]).toBe(expected);
        });
        for (const row of own) groups.set(name + scores[row], [...(groups.get(name + scores[row]) ?? []), row]);
      }
    }
  })));

  it('breaks ties by the id as text, also when ids are numbers: 10 before 9', () => {
    const measures = { recency: Float64Array.of(5, 5), frequency: Float64Array.of(1, 1), monetary: Float64Array.of(7, 7) };
    for (const customer of [Float64Array.of(9, 10), ['9', '10']]) expect(rfm({ customer, ...measures }, { method: 'ntile', bins: 2 }).table.toColumns()['m']).toEqual([2, 1]);
    // Without ids, by row.
    expect(rfm(measures, { method: 'ntile', bins: 2 }).table.toColumns()['m']).toEqual([1, 2]);
  });
});

describe('natural-breaks', () => {
  const squares = (groups: readonly number[][]): number => groups.reduce((sum, group) => {
    const mean = group.reduce((a, b) => a + b, 0) / group.length;
    return sum + group.reduce((a, b) => a + (b - mean) ** 2, 0);
  }, 0);

  it('has the least squares of all ways to part the values in three', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 14 }), (money) => {
    const sorted = [...money].sort((a, b) => a - b);
    let least = Infinity;
    for (let i = 1; i < sorted.length; i++) for (let j = i + 1; j < sorted.length; j++) least = Math.min(least, squares([sorted.slice(0, i), sorted.slice(i, j), sorted.slice(j)]));
    const customers = customersOf(money.map((m, i) => [`c${i}`, i, 1, m]));
    const scores = scoresOf(customers, 'natural-breaks', 3, 'm');
    const ours = squares([1, 2, 3].map((score) => money.filter((_, i) => scores[i] === score)).filter((group) => group.length > 0));
    expect(ours).toBeLessThanOrEqual(least + 1e-9);
  })));

  it('says when it learned from a sample', () => {
    const many = { recency: Float64Array.from({ length: 20_001 }, (_, i) => i % 300), frequency: new Float64Array(20_001).fill(2), monetary: Float64Array.from({ length: 20_001 }, (_, i) => (i % 3) * 1000 + (i % 10)) };
    const result = rfm(many, { method: 'natural-breaks', bins: 3 });
    expect(result.model.dimensions[2]!.cuts).toEqual([9, 1009]);
    expect(result.diagnostics.warnings.find(({ code }) => code === 'NATURAL_BREAKS_SAMPLED')!.message).toContain('recency were learned from 10000 of 20001 customers');
  });
});
