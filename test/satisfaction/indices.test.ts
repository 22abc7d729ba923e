import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues, poissonLimits, shareLimits, symmetricEigen } from '../../src/math/index.js';
import { acsi, ces, cronbachAlpha, csat, deliveredValue, itemGroupIndex, nps, npsSampleSize, responseRate, satisfactionIndex, servqual, thingsGoneWrong, type SurveyResult } from '../../src/satisfaction/index.js';

const first = (result: SurveyResult): Record<string, unknown> => result.table.row(0);
const value = (result: SurveyResult): number => first(result)['value'] as number;

describe('the net promoter score', () => {
  it('is promoters less detractors in points', () => {
    expect(first(nps([10, 9, 9, 7, 3], { minimum: 1 }))).toMatchObject({ asked: 5, n: 5, value: 40, promoters: 0.6, passives: 0.2, detractors: 0.2, publish: true });
  });
  it('counts boundaries right: 6 detracts, 7 and 8 are passive, 9 promotes', () => {
    expect([0, 6, 7, 8, 9, 10].map((score) => value(nps([score])))).toEqual([-100, -100, 0, 0, 100, 100]);
  });
  it('lies between -100 and 100 with its limits, whatever the order', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 60, size: 'max' }), fc.integer({ min: 0, max: 1e9 }), (scores, seed) => {
      const own = first(nps(scores));
      for (const name of ['value', 'low', 'high']) expect(Math.abs(own[name] as number)).toBeLessThanOrEqual(100);
      const shuffled = scores.map((score, i) => [Math.imul(i + 1, seed | 1) >>> 0, score] as const).sort((a, b) => a[0] - b[0]).map(([, score]) => score);
      expect(first(nps(shuffled))['n']).toBe(scores.length);
      expect(value(nps(shuffled))).toBeCloseTo(own['value'] as number, 9);
      expect((own['promoters'] as number) + (own['passives'] as number) + (own['detractors'] as number)).toBeCloseTo(1, 12);
    }));
  });
  it('leaves out missing answers and codes, and says how many were asked', () => {
    expect(first(nps({ score: [10, null, 99, 3] }, { missing: [99] }))).toMatchObject({ asked: 4, n: 2, value: 0 });
  });
  it('refuses what is off the scale by row, and says how to mend it', () => {
    expect(() => nps([10, 11])).toThrow('column "score", row 1: the answer 11 is not a whole number from 0 to 10. Mend the row, or say that it means no answer: missing: [11].');
    for (const bad of [-1, 8.5, Infinity, -Infinity]) expect(() => nps([bad])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: expect.objectContaining({ row: 0, column: 'score' }) as object }));
    expect(() => nps([])).toThrow('there are no rows');
    expect(() => nps({ rating: [1] })).toThrow('column "score" is missing');
    expect(() => nps([1], { interval: 'wilson' as never })).toThrow("'adjusted-wald', 'wald', 't'");
    expect(() => nps([1], { score: 'x' } as never)).toThrow('column "x" is missing');
  });
  it('has no figure where a group has no answer, and says so', () => {
    const result = nps({ score: [9, null], shop: ['a', 'b'] }, { by: 'shop' });
    expect(result.table.row(1)).toMatchObject({ group: 'b', n: 0, value: null, publish: false });
    expect(result.diagnostics.warnings[0]!.message).toContain('2 of 2 figures rest on fewer than 100 answers');
    expect(result.differences.row(0)).toMatchObject({ p: null, pAdjusted: null, different: false });
  });
  it('weights answers: a weight of 2 moves the value as two rows do, and 0 leaves a row out', () => {
    const weighted = nps({ score: [10, 3, 7, 5], w: [2, 1, 1, 0] }, { weight: 'w' });
    expect(value(weighted)).toBeCloseTo(value(nps([10, 10, 3, 7])), 12);
    expect(first(weighted)['n']).toBe(3);
    expect(weighted.diagnostics.rows).toEqual({ read: 4, used: 3, refused: 0, leftOut: { 'zero-weight': 1 } });
    expect(first(nps({ score: [10, 3], w: [5, 5] }, { weight: 'w' }))).toMatchObject({ effectiveN: 2 });
    expect(() => nps({ score: [1], w: [-1] }, { weight: 'w' })).toThrow('row 0: the weight is -1');
    expect(() => nps({ score: [1], w: [0] }, { weight: 'w' })).toThrow('all weights');
  });
  it('does not change with the unit of the weights', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 9 })), { minLength: 2, maxLength: 40, size: 'max' }), (rows) => {
      const of = (unit: number): Record<string, unknown> => first(nps({ score: rows.map(([score]) => score), w: rows.map(([, w]) => w * unit) }, { weight: 'w' }));
      const [one, eight] = [of(1), of(8)];
      for (const name of ['value', 'standardError', 'low', 'high', 'effectiveN']) expect(eight[name]).toBeCloseTo(one[name] as number, 9);
    }));
  });
  it('keeps groups named like object members apart', () => {
    const { table, differences } = nps({ score: [9, 1, 9], by: ['__proto__', 'constructor', '__proto__'] }, { by: 'by' });
    expect(table.toRows().map((row) => [row['group'], row['value']])).toEqual([['__proto__', 100], ['constructor', -100]]);
    expect(differences.cell('from', 0)).toBe('__proto__');
  });
  it('speaks Chinese', () => {
    expect(nps([9], { labels: 'zh' }).label).toBe('净推荐值');
    expect(nps([9]).toString()).toContain('Net promoter score');
    expect(nps({ score: [9], by: ['<b>'] }, { by: 'by' }).toHTML()).not.toContain('<b>');
  });
});

describe('npsSampleSize', () => {
  it('is about 1 080 for ±5, 270 for ±10, and 1 537 and 385 at worst', () => {
    expect([5, 10].map((margin) => npsSampleSize({ margin }).answers)).toEqual([1076, 269]);
    expect([5, 10].map((margin) => npsSampleSize({ margin, variance: 1 }).answers)).toEqual([1537, 385]);
  });
  it('needs fewer of a small population, and counts invitations', () => {
    expect(npsSampleSize({ margin: 10, variance: 1, population: 500, responseRate: 0.2 })).toEqual({ answers: 218, invitations: 1090 });
    expect(npsSampleSize({ margin: 1, population: 10 }).answers).toBeLessThanOrEqual(10);
  });
  it.each([[{ margin: 0 }], [{ margin: 5, variance: 2 }], [{ margin: 5, level: 1 }], [{ margin: 5, population: 0 }], [{ margin: 5, responseRate: 0 }]])('refuses %j', (options) => {
    expect(() => npsSampleSize(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('differences', () => {
  const waves = { score: [7, 6, 4, 7, 5, 3, 4, 6, 2, 2, 5], wave: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2] };
  it("are tested by Welch's t for means (scipy 1.17.1, ttest_ind)", () => {
    const row = ces(waves, { wave: 'wave' }).differences.row(0);
    expect(row['difference']).toBeCloseTo(-(29 / 5 - 22 / 6), 12);
    expect(row['statistic']).toBeCloseTo(-2.4086717743839405, 10);
    expect(row['p']).toBeCloseTo(0.0393473155123031, 10);
    expect(row['low']).toBeCloseTo(-4.137050466052267, 9);
    expect(row['high']).toBeCloseTo(-0.12961620061439882, 9);
  });
  it("are tested by the pooled score for shares, with Newcombe's limits (Newcombe 1998: 56/70 and 48/80)", () => {
    const answers = { score: [...Array<number>(48).fill(5), ...Array<number>(32).fill(1), ...Array<number>(56).fill(5), ...Array<number>(14).fill(1)], by: [...Array<string>(80).fill('a'), ...Array<string>(70).fill('b')] };
    const row = csat(answers, { by: 'by' }).differences.row(0);
    expect(row['low']).toBeCloseTo(0.0524, 4);
    expect(row['high']).toBeCloseTo(0.3339, 4);
    expect(row['statistic']).toBeCloseTo(2.6501719512585336, 10);
    expect(row['p']).toBeCloseTo(0.00804508136819656, 10);
  });
  it('are of waves in order, of all pairs, against one group, against the rest', () => {
    const data = { score: [9, 9, 1, 1, 5, 9], by: ['b', 'a', 'c', 'a', 'b', 'c'], wave: [10, 9, 9, 10, 9, 10] };
    const of = (options: object): (string | null)[][] => nps(data, { by: 'by', ...options }).differences.toRows().map((row) => ['wave', 'group', 'from', 'to'].filter((name) => name in row).map((name) => row[name] as string));
    expect(of({ wave: 'wave' })).toEqual([['a', '9', '10'], ['b', '9', '10'], ['c', '9', '10']]);
    expect(of({})).toEqual([['a', 'b'], ['a', 'c'], ['b', 'c']]);
    expect(of({ compare: 'pairs', own: 'b' })).toEqual([['a', 'b'], ['c', 'b']]);
    expect(of({ compare: 'rest', wave: 'wave' })[0]).toEqual(['9', '(rest)', 'a']);
    expect(of({ compare: 'none' })).toEqual([]);
    const rest = nps(data, { by: 'by', compare: 'rest' }).differences.row(0);
    expect(rest['difference']).toBeCloseTo(value(nps([9, 1])) - value(nps([9, 1, 5, 9])), 12);
  });
  it('are corrected for their number, a possible test at a time (R, p.adjust)', () => {
    expect([...adjustPValues([0.01, 0.04, 0.03], 'holm')]).toEqual([0.03, 0.06, 0.06]);
    expect([...adjustPValues([0.01, NaN, 0.4, 0.6], 'bonferroni')]).toEqual([0.03, NaN, 1, 1]);
    [0.04, 0.16 / 3, 0.16 / 3, 0.2].forEach((p, i) => expect(adjustPValues([0.01, 0.04, 0.03, 0.2], 'benjamini-hochberg')[i]).toBeCloseTo(p, 15));
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20, size: 'max' }), (p) => {
      const [holm, bonferroni, fdr] = (['holm', 'bonferroni', 'benjamini-hochberg'] as const).map((rule) => adjustPValues(p, rule));
      p.forEach((own, i) => expect(own <= fdr![i]! && fdr![i]! <= holm![i]! + 1e-15 && holm![i]! <= bonferroni![i]! && bonferroni![i]! <= 1).toBe(true));
    }));
  });
  it.each([[{ compare: 'previous' }], [{ compare: 'pairs' }], [{ by: 'by', compare: 'pairs', own: 'z' }], [{ by: 'by', compare: 'all' }], [{ correction: 'sidak' }], [{ level: 95 }], [{ minimum: 0 }], [{ missing: ['x'] }], [{ labels: 'de' }], [{ colour: 1 }]])('refuse %j', (options) => {
    expect(() => nps({ score: [1], by: ['a'] }, options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('shares, means, rates', () => {
  it('csat counts the top two boxes of any scale', () => {
    expect([value(csat([5, 4, 3])), value(csat([10, 9, 8], { scale: [1, 10] })), value(csat([5, 4, 3], { threshold: 5 }))]).toEqual([2 / 3, 2 / 3, 1 / 3]);
    expect(first(csat([5, 4, 4, 2], { minimum: 1 }))).toMatchObject({ n: 4, value: 0.75 });
    expect(() => csat([6])).toThrow('not from 1 to 5');
    expect(() => csat([1], { threshold: 1 })).toThrow('Every answer would count');
  });
  it('limits of shares hold the share, and no one answer is beyond 0 to 1', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))), ([hits, n]) => {
      for (const rule of ['wilson', 'wilson-corrected', 'clopper-pearson', 'agresti-coull'] as const) {
        const [low, high] = shareLimits(hits, n, 0.95, rule);
        expect(low >= 0 && low <= hits / n + 1e-12 && hits / n <= high + 1e-12 && high <= 1).toBe(true);
        const [otherLow, otherHigh] = shareLimits(n - hits, n, 0.95, rule);
        expect(otherLow).toBeCloseTo(1 - high, 9);
        expect(otherHigh).toBeCloseTo(1 - low, 9);
      }
    }));
    expect(shareLimits(0, 0, 0.95, 'clopper-pearson')).toEqual([NaN, NaN]);
  });
  it('a weighted mean has its linearized error (numpy)', () => {
    const row = first(acsi({ q: [10, 0, 5, 7], w: [1, 2, 3, 1.5] }, { items: ['q'], scale: [0, 10], weight: 'w' }));
    expect(row['value']).toBeCloseTo(47.33333333333333, 10);
    expect(row['standardError']).toBeCloseTo(17.524116246069623, 9);
    expect(row['effectiveN']).toBeCloseTo(3.4615384615384617, 12);
  });
  it('one answer has a value and no error; equal answers an error of 0', () => {
    expect(first(acsi({ q: [7] }, { items: ['q'] }))).toMatchObject({ n: 1, standardError: null, low: null, high: null, publish: false });
    expect(first(acsi({ q: [7, 7, 7] }, { items: ['q'] }))).toMatchObject({ n: 3, standardError: 0 });
  });
  it('acsi needs every item of a respondent', () => {
    expect(first(acsi({ a: [10, null], b: [1, 5] }, { items: ['a', 'b'] }))).toMatchObject({ asked: 2, n: 1, value: 50 });
    expect(() => acsi({ a: [1] }, { items: ['a'], weights: [0] })).toThrow('1 weight above 0');
    expect(() => acsi({ a: [1] }, { items: ['a', 'a'] })).toThrow('once');
    expect(() => acsi({ a: [1] }, {} as never)).toThrow('option items');
  });
  it('effort points the other way in its first version', () => {
    expect([ces([7, 6]).better, ces([1, 2], { version: 'v1' }).better, ces([1, 2], { version: 'v1', measure: 'share' }).better]).toEqual(['high', 'low', 'high']);
    expect(value(ces([1, 2, 3, 5], { version: 'v1', measure: 'share' }))).toBe(0.5);
    expect(value(ces([5, 4, 7], { measure: 'share' }))).toBeCloseTo(2 / 3, 15);
    expect(() => ces([6], { version: 'v1' })).toThrow('not from 1 to 5');
  });
  it("faults have Garwood's limits, and rates an exact test (scipy 1.17.1)", () => {
    expect(poissonLimits(0, 0.95)[0]).toBe(0);
    expect(poissonLimits(8, 0.95)[0]).toBeCloseTo(3.4538321767485014, 10);
    expect(poissonLimits(8, 0.95)[1]).toBeCloseTo(15.763189220193313, 10);
    const result = thingsGoneWrong({ problems: [8, 15], cars: [80, 100], plant: ['a', 'b'] }, { units: 'cars', by: 'plant' });
    expect(result.table.row(0)).toMatchObject({ value: 10, events: 8, units: 80, n: 1, publish: true });
    expect(result.differences.cell('p', 0)).toBeCloseTo(0.4731228824216851, 10);
    expect(first(thingsGoneWrong({ problems: [0, 0] }))).toMatchObject({ value: 0, low: 0 });
    expect(() => thingsGoneWrong({ problems: [1], cars: [0] }, { units: 'cars' })).toThrow('row 0: there are 0 units');
    expect(() => thingsGoneWrong({ problems: [1.5] })).toThrow('a whole number');
  });
  it('response rates are of those invited, and flagged', () => {
    const { table, diagnostics } = responseRate({ score: [5, null, 99, 3], shop: ['a', 'a', 'b', 'b'] }, { score: 'score', missing: [99], by: 'shop' });
    expect(table.toRows()).toMatchObject([{ group: 'a', invited: 2, answered: 1, rate: 0.5, biasCheck: true }, { group: 'b', answered: 1 }]);
    expect(diagnostics.warnings[0]!.code).toBe('NON_RESPONSE');
    expect(responseRate({ score: [1, 2] }, { invited: 8 }).table.row(0)).toMatchObject({ invited: 8, answered: 2, rate: 0.25 });
    expect(() => responseRate({ score: [1, 2] }, { invited: 1 })).toThrow('has 2 answers but 1 invitations');
    expect(() => responseRate({ shop: ['toString'] }, { by: 'shop', invited: {} })).toThrow('no number for group "toString"');
  });
});

describe('the satisfaction index', () => {
  const answers = { got: [4, 5, 3, 4, 5, 4], hoped: [5, 5, 4, 3, 5, 6] };
  it("is perceived over expected with Fieller's limits (numpy)", () => {
    const row = first(satisfactionIndex(answers, { perceived: 'got', expected: 'hoped' }));
    expect(row['value']).toBeCloseTo(25 / 28, 12);
    expect(row['low']).toBeCloseTo(0.7022803084411533, 10);
    expect(row['high']).toBeCloseTo(1.1567423318687426, 10);
    expect(row).toMatchObject({ state: 'disappointed', stateLabel: 'Disappointed', sure: false });
  });
  it('tells the states apart, in both languages', () => {
    const of = (got: number, labels: 'en' | 'zh'): unknown => first(satisfactionIndex({ got: [got, got], hoped: [5, 5] }, { perceived: 'got', expected: 'hoped', labels }))['stateLabel'];
    expect([4, 5, 6].map((got) => of(got, 'zh'))).toEqual(['失望', '满意', '惊喜']);
    expect([4, 5, 6].map((got) => of(got, 'en'))).toEqual(['Disappointed', 'Satisfied', 'Delighted']);
  });
  it('has bootstrap limits near the others, the same for the same seed', () => {
    const big = { got: Array.from({ length: 300 }, (_, i) => 3 + (i * 7) % 5), hoped: Array.from({ length: 300 }, (_, i) => 4 + (i * 3) % 4) };
    const of = (interval: 'fieller' | 'bootstrap', seed = 1): Record<string, unknown> => first(satisfactionIndex(big, { perceived: 'got', expected: 'hoped', interval, seed }));
    expect(of('bootstrap')).toEqual(of('bootstrap'));
    for (const name of ['low', 'high', 'standardError']) expect(Math.abs((of('bootstrap')[name] as number) - (of('fieller')[name] as number))).toBeLessThan(0.004);
  });
  it('refuses an expectation that is not above 0, by row', () => {
    expect(() => satisfactionIndex({ got: [1, 1], hoped: [2, 0] }, { perceived: 'got', expected: 'hoped' })).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', place: expect.objectContaining({ row: 1, column: 'hoped' }) as object }));
    expect(() => satisfactionIndex(answers, { perceived: ['got', 'hoped'], expected: 'hoped' })).toThrow('as many columns');
    expect(() => satisfactionIndex(answers, { perceived: 'got', expected: 'hoped', scale: [1, 5] })).toThrow('row 5: the answer 6');
  });
  it('scales: twice the answers on both sides, the same index', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 })), { minLength: 2, maxLength: 30, size: 'max' }), (rows) => {
      const of = (unit: number, kind: 'ratio-of-means' | 'mean-of-ratios'): number => value(satisfactionIndex({ b: rows.map(([b]) => b * unit), a: rows.map(([, a]) => a * unit) }, { perceived: 'b', expected: 'a', kind }));
      expect(of(2, 'ratio-of-means')).toBeCloseTo(of(1, 'ratio-of-means'), 12);
      expect(of(2, 'mean-of-ratios')).toBeCloseTo(of(1, 'mean-of-ratios'), 12);
    }));
  });
});

describe('indices of several items', () => {
  it('SERVQUAL takes fixed weights, and a respondent without points has no weighted score', () => {
    const answers = { E_a: [5, 7], P_a: [4, 7], E_b: [6, 6], P_b: [3, 6], W_x: [30, 0], W_y: [70, 0] };
    const of = (options: object): Record<string, unknown> => Object.fromEntries(servqual(answers, { dimensions: { x: ['a'], y: ['b'] }, ...options }).table.toRows().map((row) => [row['dimension'], [row['n'], row['value']]]));
    expect(of({})).toEqual({ x: [2, -0.5], y: [2, -1.5], unweighted: [2, -1] });
    expect(of({ importance: 'W_' })['weighted']).toEqual([1, expect.closeTo(-2.4, 12)]);
    expect(of({ importance: { x: 1, y: 3 } })['weighted']).toEqual([2, -1.25]);
    expect(() => of({ importance: { x: 1 } })).toThrow('the weight of dimension "y"');
    expect(() => servqual(answers, { dimensions: {} })).toThrow('option dimensions');
    expect(() => servqual({ E_a: [8], P_a: [1] }, { dimensions: { x: ['a'] } })).toThrow('not from 1 to 7');
  });
  it('groups hard and soft indicators, each on its own scale', () => {
    const groups = [{ group: 'hard', weight: 1, items: [{ column: 'days', worst: 10, best: 0 }] }, { group: 'soft', weight: 3, items: ['kind', { column: 'clear', weight: 3 }] }];
    const { table } = itemGroupIndex({ days: [5], kind: [5], clear: [3] }, { groups, labels: 'zh' });
    expect(table.toRows().map((row) => [row['label'], row['value']])).toEqual([['硬指标', 50], ['软指标', 62.5], ['总计', 59.375]]);
    expect(() => itemGroupIndex({ days: [11], kind: [1], clear: [1] }, { groups })).toThrow('column "days", row 0: the answer 11 is not from 0 to 10');
    expect(() => itemGroupIndex({ a: [1] }, { groups: [{ group: 'total', items: ['a'] }] })).toThrow("other than 'total'");
    expect(() => itemGroupIndex({ a: [1] }, { groups: [{ group: 'x', items: [] }] })).toThrow('Name the items of group "x"');
  });
  it('delivered value is value less cost, and over it', () => {
    const answers = { brand: ['us', 'them'], product: [8, 6], service: [7, 6], personnel: [9, 6], image: [6, 6], money: [5, 6], time: [3, 6], energy: [2, 6], psychic: [2, 6] };
    const { table, components, differences } = deliveredValue(answers, { by: 'brand', own: 'us' });
    const us = table.toRows().filter((row) => row['group'] === 'us').map((row) => [row['figure'], row['value']]);
    expect(us).toEqual([['value', 30], ['cost', 12], ['difference', 18], ['ratio', 2.5]]);
    expect(components.numRows).toBe(16);
    expect(differences.toRows().map((row) => [row['figure'], row['from'], row['to'], row['difference']])).toEqual([['value', 'them', 'us', 6], ['cost', 'them', 'us', -12], ['difference', 'them', 'us', 18], ['ratio', 'them', 'us', 1.5]]);
    expect(deliveredValue(answers, { weights: { product: 2 }, labels: 'zh' }).table.toRows()[0]).toMatchObject({ label: '顾客总价值', value: (38 + 30) / 2 });
    expect(() => deliveredValue(answers, { weights: { price: 2 } })).toThrow('above 0');
    expect(() => deliveredValue({ ...answers, product: [11, 1] })).toThrow('column "product", row 0');
  });
  it("Cronbach's alpha is 1 for items that always agree, missing where nothing varies", () => {
    expect(value(cronbachAlpha({ a: [1, 2, 3, 4], b: [2, 3, 4, 5] }, { items: ['a', 'b'], samples: 100 }))).toBeCloseTo(1, 12);
    expect(value(cronbachAlpha({ a: [3, 3, 3], b: [3, 3, 3] }, { items: ['a', 'b'], samples: 100 }))).toBeNull();
    expect(cronbachAlpha({ a: [1, 2, 3, 4, 5], b: [2, 1, 3, 5, 4], c: [5, 4, 3, 2, 1] }, { items: ['a', 'b', 'c'], samples: 100 }).diagnostics.warnings.map(({ code }) => code)).toContain('ITEM_REVERSED');
    expect(() => cronbachAlpha({ a: [1] }, { items: ['a'] })).toThrow('2 or more');
  });
  it('symmetric matrices are rebuilt from their eigenvalues', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(fc.constant(n), fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n * n, maxLength: n * n, size: 'max' }))), ([n, cells]) => {
      const matrix = Float64Array.from(cells, (_, at) => cells[at]! + cells[(at % n) * n + Math.floor(at / n)]!);
      const { values, vectors } = symmetricEigen(matrix, n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let e = 0; e < n; e++) sum += vectors[i * n + e]! * values[e]! * vectors[j * n + e]!;
        expect(sum).toBeCloseTo(matrix[i * n + j]!, 9);
      }
    }));
  });
});
