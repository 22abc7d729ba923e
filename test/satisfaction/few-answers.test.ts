import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { acsi, ces, csat, deliveredValue, importancePerformance, nps, satisfactionIndex, type SurveyResult } from '../../src/satisfaction/index.js';

const first = (result: SurveyResult): Record<string, unknown> => result.table.row(0);
const split = (a: readonly number[], b: readonly number[]): { score: number[]; g: string[] } => ({ score: [...a, ...b], g: [...a.map(() => 'a'), ...b.map(() => 'b')] });

describe('differences of net promoter scores', () => {
  it('add 3 answers to each side, as the limits do (worked by hand)', () => {
    const row = nps(split([10], Array<number>(120).fill(0)), { by: 'g' }).differences.row(0);
    // 1.75 promoters and 0.75 detractors of 4; 0.75 and 120.75 of 123.
    const [p1, d1, p2, d2] = [1.75 / 4, 0.75 / 4, 0.75 / 123, 120.75 / 123];
    const error = 100 * Math.sqrt((p1 + d1 - (p1 - d1) ** 2) / 4 + (p2 + d2 - (p2 - d2) ** 2) / 123);
    const adjusted = 100 * (p2 - d2 - p1 + d1);
    expect(row['difference']).toBe(-200);
    expect(row['standardError']).toBeCloseTo(error, 10);
    expect(row['statistic']).toBeCloseTo(adjusted / error, 10);
    expect(row['low']).toBeCloseTo(adjusted - 1.959963984540054 * error, 8);
    expect(row['p'] as number).toBeGreaterThan(1e-3);
    expect(row['publish']).toBe(false);
  });
  it('call equal customers different no more often than they say', () => {
    const random = seededRandom(7);
    const draw = (): number => { const u = random.uniform(); return u < 0.4 ? 10 : u < 0.8 ? 8 : 3; };
    for (const [n, m] of [[5, 5], [10, 40]] as const) {
      let different = 0;
      for (let run = 0; run < 2000; run++) different += (nps(split(Array.from({ length: n }, draw), Array.from({ length: m }, draw)), { by: 'g' }).differences.cell('p', 0) as number) < 0.05 ? 1 : 0;
      expect(different / 2000).toBeLessThan(0.06);
    }
  });
  it('are plain with plain intervals, and by Welch with t (worked by hand)', () => {
    const answers = split([10, 10, 8, 3], [3, 3, 8, 10, 0]);
    const wald = nps(answers, { by: 'g', interval: 'wald' }).differences.row(0);
    expect(wald['statistic']).toBeCloseTo(-65 / Math.sqrt((100 ** 2 * (0.75 - 0.0625)) / 4 + (100 ** 2 * (0.8 - 0.16)) / 5), 10);
    const t = nps(answers, { by: 'g', interval: 't' }).differences.row(0);
    expect(t['statistic']).toBeCloseTo(-65 / Math.sqrt(27500 / 3 / 4 + 32000 / 4 / 5), 10);
  });
  it('have limits within 200 points', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 20, size: 'max' }), fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 20, size: 'max' }), fc.constantFrom('adjusted-wald', 'wald', 't'), (a, b, interval) => {
      const row = nps(split(a, b), { by: 'g', interval }).differences.row(0);
      for (const name of ['low', 'high']) if (row[name] !== null) expect(Math.abs(row[name] as number)).toBeLessThanOrEqual(200);
      const swapped = nps(split(b, a), { by: 'g', interval }).differences.row(0);
      if (row['p'] !== null) expect(swapped['p']).toBeCloseTo(row['p'] as number, 10);
    }));
  });
});

describe('one answer', () => {
  it('has no standard error, whatever is measured, and limits where the rule needs no spread', () => {
    const one = [nps([10]), csat([5]), ces([5]), ces([5], { measure: 'share' }), acsi({ q: [5] }, { items: ['q'] }), nps({ score: [9], w: [0.1] }, { weight: 'w' })];
    expect(one.map((result) => first(result)['standardError'])).toEqual(one.map(() => null));
    expect(one.map((result) => first(result)['low'] !== null)).toEqual([true, true, false, true, false, true]);
    expect(first(nps([10], { interval: 'wald' }))['low']).toBeNull();
  });
  it('differs from one other by nothing that can be told of plain errors', () => {
    expect(nps(split([10], [0, 0, 3]), { by: 'g', interval: 'wald' }).differences.row(0)).toMatchObject({ standardError: null, p: null, different: false });
  });
});

describe('too little to tell', () => {
  it('a value over no cost is missing, and not fit to publish', () => {
    const nothing = { product: [5, 6], service: [5, 5], personnel: [5, 5], image: [5, 5], money: [0, 0], time: [0, 0], energy: [0, 0], psychic: [0, 0] };
    const ratio = deliveredValue(nothing, { scale: [0, 10], minimum: 1 }).table.toRows().find((row) => row['figure'] === 'ratio');
    expect(ratio).toMatchObject({ value: null, low: null, publish: false });
  });
  it('a perception below 0 is refused by row; 0 is not', () => {
    expect(() => satisfactionIndex({ p: [5, -4], e: [5, 5] }, { perceived: 'p', expected: 'e' })).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: expect.objectContaining({ row: 1, column: 'p' }) as object }));
    expect(first(satisfactionIndex({ p: [0, 0], e: [5, 5] }, { perceived: 'p', expected: 'e' }))['value']).toBe(0);
  });
  it('two equal answers are sure of nothing until they are fit to publish', () => {
    const of = (minimum: number): unknown => first(satisfactionIndex({ p: [5, 5], e: [4, 4] }, { perceived: 'p', expected: 'e', minimum }))['sure'];
    expect([of(30), of(2)]).toEqual([false, true]);
    const placed = importancePerformance({ a: [5, 5], b: [1, 1], ia: [5, 5], ib: [1, 1] }, { items: ['a', 'b'], importance: { a: 'ia', b: 'ib' } });
    expect(placed.table.cell('sure', 0)).toBe(false);
  });
  it('below 2 effective answers there are no limits, and no test of means', () => {
    const uneven = { a: [5, 9, 3, 4], w: [100000, 1, 1, 1], g: ['x', 'x', 'y', 'y'] };
    const { table, differences } = acsi(uneven, { items: ['a'], weight: 'w', by: 'g' });
    expect(table.row(0)).toMatchObject({ low: null, high: null });
    expect(differences.row(0)).toMatchObject({ p: null, low: null });
    expect(first(acsi({ a: [5, 9], w: [0.1, 0.1] }, { items: ['a'], weight: 'w' }))['low']).not.toBeNull();
    expect(first(satisfactionIndex({ p: [5, 9], e: [4, 4], w: [1e5, 1] }, { perceived: 'p', expected: 'e', weight: 'w', interval: 'bootstrap', samples: 100 }))['low']).toBeNull();
  });
});
