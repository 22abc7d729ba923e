import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPLAINT_PRESETS, complaintEffect, complaintPareto, drivers, importancePerformance, kano } from '../../src/satisfaction/index.js';
import { hasReference, referenceRows } from '../reference.js';

describe('kano', () => {
  const ask = (pairs: readonly (readonly [string, string])[], options: object = {}): Record<string, unknown> => kano({ feature: pairs.map(() => 'x'), functional: pairs.map(([f]) => f), dysfunctional: pairs.map(([, d]) => d) }, options).table.row(0);
  it('decides ties in the order M, O, A, I', () => {
    expect(ask([['like', 'dislike'], ['must', 'dislike']])['category']).toBe('M');
    expect(ask([['like', 'dislike'], ['like', 'live']])['category']).toBe('O');
    expect(ask([['neutral', 'live'], ['like', 'live']])['category']).toBe('A');
    expect(ask([['like', 'like'], ['must', 'like']])['category']).toBe('R');
  });
  it('keeps better within 0 to 1 and worse within -1 to 0, whoever answers', () => {
    const words = ['like', 'must', 'neutral', 'live', 'dislike'];
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)), { minLength: 1, maxLength: 50, size: 'max' }), (pairs) => {
      const row = ask(pairs);
      const { better, worse } = row as { better: number | null; worse: number | null };
      expect(['A', 'O', 'M', 'I', 'R', 'Q'].reduce((sum, key) => sum + (row[key] as number), 0)).toBe(pairs.length);
      expect(better === null ? worse : Number(better >= 0 && better <= 1 && worse! >= -1 && worse! <= 0)).toBe(better === null ? null : 1);
    }));
  });
  it('takes numbers, own words, categories, weights, and leaves gaps out', () => {
    expect(kano({ feature: ['a'], functional: [1], dysfunctional: [5] }).table.row(0)).toMatchObject({ category: 'O', n: 1 });
    expect(ask([['喜欢', '不喜欢']], { words: ['喜欢', '理应如此', '无所谓', '能忍受', '不喜欢'], labels: 'zh' })).toMatchObject({ category: 'O', label: '期望' });
    const column = { type: 'category', data: Int32Array.of(0, 1, -1), values: ['like', 'must'] } as const;
    const answers = { feature: ['a', 'a', 'a'], functional: column, dysfunctional: ['dislike', 'dislike', 'like'], w: [1, 5, 1] };
    expect(kano(answers).table.row(0)).toMatchObject({ n: 2, O: 1, M: 1 });
    expect(kano(answers, { weight: 'w' }).table.row(0)).toMatchObject({ n: 2, O: 1, M: 5, category: 'M' });
  });
  it('compares groups, and warns of few answers and contradictions', () => {
    const answers = { feature: ['a', 'a'], functional: ['like', 'like'], dysfunctional: ['like', 'dislike'], g: ['x', 'y'] };
    const { table, differences, diagnostics } = kano(answers, { by: 'g' });
    expect(table.numRows).toBe(2);
    expect(differences.toRows().map((row) => [row['feature'], row['label'], row['from'], row['to']])).toEqual([['a', 'better', 'x', 'y'], ['a', 'worse', 'x', 'y']]);
    expect(diagnostics.warnings.map(({ code }) => code)).toEqual(['TOO_FEW', 'QUESTIONABLE_ANSWERS']);
  });
  it('refuses an unknown answer by row', () => {
    expect(() => ask([['like', 'like'], ['love', 'like']])).toThrow('column "functional", row 1: "love" is none of the five answers');
    expect(() => kano({ feature: ['a'], functional: [6], dysfunctional: [1] })).toThrow('row 0: 6');
    expect(() => kano({ functional: [6], dysfunctional: [1] })).toThrow('column "feature" is missing');
  });
});

const mobi = (name: string): number[] => referenceRows('rfm/inputs/mobi.csv').map((row) => Number(row[name]));
const ITEMS = ['PERQ1', 'PERQ3', 'PERQ7', 'PERV2', 'IMAG4'];

describe('drivers', () => {
  it.skipIf(!hasReference)('agree with numpy 2.4 and scipy 1.17 on the reference survey', () => {
    const answers = Object.fromEntries([...ITEMS, 'CUSA1', 'CUSA2', 'CUSA3'].map((name) => [name, mobi(name)]));
    const { table, models } = drivers(answers, { items: ITEMS, overall: ['CUSA1', 'CUSA2', 'CUSA3'], samples: 100 });
    const expected = {
      relativeWeight: [0.16757895188273908, 0.13215873572744338, 0.16794117659975552, 0.1295149760620493, 0.07377225110466969],
      coefficient: [0.28969062852465893, 0.19556980103062802, 0.2798512793854205, 0.2126045848989674, 0.037307850380566075],
      coefficientError: [0.04802107802406665, 0.05165460376600241, 0.05335987826540363, 0.04737907334768873, 0.04822093053066528],
      p: [5.945929890928525e-9, 0.00019270107858606337, 3.396381604565254e-7, 1.1119225855896588e-5, 0.43986554065850164],
      inflation: [1.710066425661073, 1.9786420698652352, 2.111440414698927, 1.6646475451887344, 1.724329838335392],
    };
    for (const [name, values] of Object.entries(expected)) values.forEach((value, row) => expect(Math.abs((table.cell(name, row) as number) - value)).toBeLessThan(1e-9 * Math.max(1e-3, value)));
    expect(models.cell('explained', 0)).toBeCloseTo(0.6709660913766564, 12);
    expect(table.toRows().reduce((sum, row) => sum + (row['share'] as number), 0)).toBeCloseTo(1, 12);
    for (const row of table.toRows()) {
      expect(row['relativeWeightLow']! < row['relativeWeight']! && row['relativeWeight']! < row['relativeWeightHigh']!).toBe(true);
      expect(row['correlationLow']! < row['correlation']! && row['correlation']! < row['correlationHigh']!).toBe(true);
    }
  });
  it('has relative weights that sum to R², and do not mind the order of items', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })), { minLength: 8, maxLength: 40, size: 'max' }), (rows) => {
      const answers = { a: rows.map(([a]) => a), b: rows.map(([, b]) => b), y: rows.map(([, , y]) => y) };
      const { table, models } = drivers(answers, { items: ['a', 'b'], overall: 'y', samples: 0 });
      const explained = models.cell('explained', 0) as number | null;
      if (explained === null) return;
      expect((table.cell('relativeWeight', 0) as number) + (table.cell('relativeWeight', 1) as number)).toBeCloseTo(explained, 9);
      expect(drivers(answers, { items: ['b', 'a'], overall: 'y', samples: 0 }).table.cell('relativeWeight', 0)).toBeCloseTo(table.cell('relativeWeight', 1) as number, 9);
    }));
  });
  it('says why it cannot tell: equal answers, items that follow from others, one answer', () => {
    const y = [1, 2, 3, 5, 4, 2];
    const why = (answers: Record<string, number[]>): string => drivers({ ...answers }, { items: Object.keys(answers).filter((name) => name !== 'y'), overall: 'y', minimum: 1 }).diagnostics.warnings.map(({ code, message }) => `${code} ${message}`).join();
    expect(why({ a: [3, 3, 3, 3, 3, 3], b: [1, 2, 2, 3, 3, 1], y })).toContain('NOT_IDENTIFIED all answers: an item, or the overall answer, is the same for everyone');
    expect(why({ a: [1, 2, 3, 4, 5, 6], b: [2, 4, 6, 8, 10, 12], y })).toContain('some items follow from the others');
    expect(why({ a: [1], y: [2] })).toContain('1 complete answers tell nothing');
  });
  it('uses complete answers only, by group, and refuses bad names', () => {
    const answers = { a: [1, 2, null, 4, 5, 3], y: [1, 3, 3, 5, 4, 2], g: ['p', 'p', 'p', 'q', 'q', 'q'] };
    expect(drivers(answers, { items: ['a'], overall: 'y', by: 'g', samples: 0 }).models.toRows().map((row) => [row['group'], row['n'], row['publish']])).toEqual([['p', 2, false], ['q', 3, false]]);
    expect(() => drivers(answers, { items: ['a'] } as never)).toThrow('Name the column of overall satisfaction');
    expect(() => drivers(answers, { items: [], overall: 'y' })).toThrow('option items');
  });
});

describe('importancePerformance', () => {
  const answers = { a: [5, 4, 5, 4], b: [2, 1, 2, 3], ia: [5, 5, 4, 5], ib: [5, 5, 5, 5], y: [5, 3, 4, 2] };
  it('places stated importance by means, medians, the scale, or numbers; equal counts as high', () => {
    const of = (cut: 'mean' | 'scale' | { importance: number; performance: number }): unknown[] => importancePerformance(answers, { items: ['a', 'b'], importance: { a: 'ia', b: 'ib' }, cut, scale: [1, 5] }).table.toRows().map((row) => row['quadrant']);
    expect(of('mean')).toEqual(['possible_overkill', 'concentrate_here']);
    expect(of('scale')).toEqual(['keep_up', 'concentrate_here']);
    expect(of({ importance: 4.75, performance: 2 })).toEqual(['keep_up', 'keep_up']);
    expect(importancePerformance(answers, { items: ['a', 'b'], importance: { a: 'ia', b: 'ib' }, labels: 'zh' }).table.cell('quadrantLabel', 1)).toBe('重点改进');
  });
  it('derives importance three ways, and warns of fewer than 100 answers', () => {
    for (const importance of ['correlation', 'regression', 'relative-weights'] as const) {
      const { table, diagnostics } = importancePerformance(answers, { items: ['a', 'b'], overall: 'y', importance });
      expect(table.cell('importance', 0)).not.toBeNull();
      expect(diagnostics.warnings.map(({ code }) => code)).toEqual(['TOO_FEW']);
    }
  });
  it.each([[{ importance: 'guess' }], [{ cut: 'scale' }], [{ cut: { importance: 1 } }], [{ importance: { a: 'ia' } }], [{}], [{ overall: 'y', items: ['a'] }]])('refuses %j', (options) => {
    expect(() => importancePerformance(answers, { items: ['a', 'b'], ...options } as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('complaintEffect', () => {
  const own = { customers: 1000, problemRate: 0.2, complainRate: 0.5, settledQuickly: 0.3, settledSlowly: 0.2, value: 100 };
  it("is TARP's formula, worked by hand", () => {
    const { money, table } = complaintEffect({ ...own, preset: 'tarp-large', toldSatisfied: 5, toldUnsatisfied: 10, convertBad: 0.01, convertGood: 0.02 });
    // 200 with a problem: 100 silent; 30 quick, 20 slow, 50 unsatisfied.
    const stop = 100 * 0.91 + 30 * 0.18 + 20 * 0.46 + 50 * 0.81;
    expect(money.value).toBeCloseTo(100 * (stop + 50 * 10 * 0.01 - 50 * 5 * 0.02), 9);
    expect([money.low, money.high].map((end) => Math.round(end * 1e6))).toEqual([money.value, money.value].map((end) => Math.round(end * 1e6)));
    expect(table.toRows().map((row) => [row['row'], Math.round(row['customers'] as number), Math.round(row['told'] as number)])).toEqual([['silent', 100, 0], ['quick', 30, 150], ['slow', 20, 100], ['unsatisfied', 50, 500], ['total', 200, 750]]);
  });
  it('counts those who buy less and more', () => {
    const { table } = complaintEffect({ ...own, preset: 'coca-cola-1981', repurchaseSilent: 1, repurchaseQuick: 1, repurchaseSlow: 1, buyLessBy: 0.5, buyMoreBy: 0.4 });
    expect(table.toRows()[3]).toMatchObject({ row: 'unsatisfied' });
    expect(table.cell('lost', 3)).toBeCloseTo(50 / 3, 9);
    expect(table.cell('less', 3)).toBeCloseTo(50 * 0.45 * 0.5, 9);
    expect(table.cell('more', 1)).toBeCloseTo(30 * 0.1 * 0.4, 9);
    expect(table.cell('money', 1)).toBeCloseTo(-120, 9);
  });
  it('has a range that holds every single point of its ranges', () => {
    const ranges = { problemRate: [0.1, 0.2, 0.3], settledQuickly: [0.2, 0.3, 0.6], convertBad: [0, 0.01, 0.02] } as const;
    const { money, sensitivity } = complaintEffect({ ...own, preset: 'tarp-small', ...ranges });
    fc.assert(fc.property(fc.double({ min: 0.1, max: 0.3, noNaN: true }), fc.double({ min: 0.2, max: 0.6, noNaN: true }), fc.double({ min: 0, max: 0.02, noNaN: true }), fc.double({ min: 9, max: 10, noNaN: true }), (problemRate, settledQuickly, convertBad, toldUnsatisfied) => {
      const point = complaintEffect({ ...own, preset: 'tarp-small', problemRate, settledQuickly, convertBad, toldUnsatisfied }).money.value;
      expect(point >= money.low - 1e-9 && point <= money.high + 1e-9).toBe(true);
    }));
    expect(sensitivity.cell('parameter', 0)).toBe('problemRate');
    expect(sensitivity.numRows).toBe(5);
  });
  it('falls as more complaints are settled quickly', () => {
    const at = (settledQuickly: number): number => complaintEffect({ ...own, preset: 'tarp-large', settledQuickly }).money.value;
    expect(at(0) > at(0.3) && at(0.3) > at(0.8)).toBe(true);
  });
  it('says which parameters a preset leaves open, and refuses what cannot be', () => {
    expect(() => complaintEffect({ ...own, preset: 'coca-cola-1981' })).toThrow('5 parameters are missing: repurchaseSilent, repurchaseQuick, repurchaseSlow, buyLessBy, buyMoreBy');
    expect(() => complaintEffect({ ...own, preset: 'tarp-large', settledSlowly: 0.8 })).toThrow('more than all are satisfied');
    for (const bad of [-0.1, 1.1, NaN, Infinity, [0.3, 0.2, 0.4], [0.1, 0.2]]) expect(() => complaintEffect({ ...own, preset: 'tarp-large', problemRate: bad as number })).toThrow('option problemRate');
    expect(() => complaintEffect({ ...own, preset: 'constructor' as never })).toThrow('coca-cola-1981');
    expect(() => complaintEffect({ ...own, preset: 'tarp-large', repurchaseUnsatisfied: 0.2, buyLess: 0.4, buyLessBy: 0.5 })).toThrow('not more of them can buy less');
  });
  it('names its sources in both languages', () => {
    for (const preset of Object.values(COMPLAINT_PRESETS)) expect([preset.source !== '', /\p{Script=Han}/u.test(preset.label.zh)]).toEqual([true, true]);
    expect(complaintEffect({ ...own, preset: 'tarp-large', labels: 'zh' }).toString()).toContain('TARP 调查：大问题');
  });
});

describe('complaintPareto', () => {
  it('ranks topics by number or money, and finds the vital few', () => {
    const complaints = { topic: ['late', 'broken', 'late', 'rude', 'late', null], cost: [1, 50, 1, 2, 1, 0] };
    const byNumber = complaintPareto(complaints, { by: 'topic' });
    expect(byNumber.table.toRows().map((row) => [row['topic'], row['complaints'], row['vital']])).toEqual([['late', 3, true], ['broken', 1, true], ['rude', 1, true], ['(missing)', 1, false]]);
    const byMoney = complaintPareto(complaints, { by: 'topic', cost: 'cost' });
    expect(byMoney.table.row(0)).toMatchObject({ topic: 'broken', cost: 50, vital: true });
    expect(byMoney.vital).toBe(1);
    expect(complaintPareto({ topic: ['__proto__', 'b'], n: [7, 3] }, { by: 'topic', count: 'n', share: 0.7 }).table.row(0)).toMatchObject({ topic: '__proto__', complaints: 7, share: 0.7, vital: true });
  });
  it('cumulates to 1', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 50, size: 'max' }), (topic) => {
      const rows = complaintPareto({ topic }, { by: 'topic' }).table.toRows();
      expect(rows.at(-1)!['cumulated']).toBeCloseTo(1, 12);
      rows.forEach((row, i) => expect(i === 0 || (row['complaints'] as number) <= (rows[i - 1]!['complaints'] as number)).toBe(true));
    }));
  });
  it('refuses none, and bad counts by row', () => {
    expect(() => complaintPareto({ topic: [] as string[] }, { by: 'topic' })).toThrow('there are no complaints');
    expect(() => complaintPareto({ topic: ['a'], n: [1.5] }, { by: 'topic', count: 'n' })).toThrow('column "n", row 0: 1.5');
    expect(() => complaintPareto({ topic: ['a'], cost: [-1] }, { by: 'topic', cost: 'cost' })).toThrow('row 0: -1');
    expect(() => complaintPareto({ topic: ['a'] }, {} as never)).toThrow('Name the column of topics');
  });
});
