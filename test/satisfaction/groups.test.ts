import { describe, expect, it } from 'vitest';
import { acsi, complaintPareto, cronbachAlpha, csat, drivers, importancePerformance, kano, nps, responseRate, satisfactionIndex, servqual } from '../../src/satisfaction/index.js';

describe('response rates of those invited', () => {
  it('show a group that was invited and did not answer', () => {
    const { table, diagnostics } = responseRate({ shop: ['a', 'a', 'c'] }, { by: 'shop', invited: { a: 4, b: 50, c: 1 } });
    expect(table.toRows()).toMatchObject([{ group: 'a', invited: 4, answered: 2, rate: 0.5, standardError: 0.25 }, { group: 'b', invited: 50, answered: 0, rate: 0, low: 0, standardError: 0, biasCheck: true }, { group: 'c', rate: 1, standardError: null, biasCheck: false }]);
    expect(diagnostics.warnings[0]!.message).toContain('2 of 3');
  });
  it('take names like object members', () => {
    const invited = JSON.parse('{"__proto__": 3, "constructor": 2}') as Record<string, number>;
    expect(responseRate({ shop: ['__proto__'] }, { by: 'shop', invited }).table.toRows()).toMatchObject([{ group: '__proto__', invited: 3, answered: 1 }, { group: 'constructor', invited: 2, answered: 0 }]);
    expect(() => responseRate({ shop: ['toString'] }, { by: 'shop', invited: { a: 1 } })).toThrow('no number for group "toString"');
  });
  it('go by wave, by group and wave, with gaps in order', () => {
    const rows = { shop: ['a', 'a', 'b'], wave: [9, 10, 10] };
    const of = (options: object): unknown[] => responseRate(rows, options).table.toRows().map((row) => [row['group'], row['wave'], row['invited'], row['answered']]);
    expect(of({ wave: 'wave', invited: { 8: 5, 9: 2, 10: 4 } })).toEqual([['all', '8', 5, 0], ['all', '9', 2, 1], ['all', '10', 4, 2]]);
    expect(of({ by: 'shop', wave: 'wave', invited: { a: { 9: 1, 10: 3 }, b: { 10: 2 }, c: { 9: 7 } } })).toEqual([['a', '9', 1, 1], ['a', '10', 3, 1], ['b', '10', 2, 1], ['c', '9', 7, 0]]);
    expect(() => of({ by: 'shop', wave: 'wave', invited: { a: { 9: 1 } } })).toThrow('no number for group "a", wave "10"');
    expect(() => of({ invited: { a: 3 } })).toThrow('Give one number');
  });
  it('weigh those invited, who all have a row', () => {
    const { table } = responseRate({ score: [1, null, 5, null], w: [3, 1, 1, 1] }, { score: 'score', weight: 'w' });
    expect(table.row(0)).toMatchObject({ invited: 4, answered: 2, rate: 4 / 6 });
    expect(table.cell('effectiveN', 0)).toBeLessThan(4);
    expect(() => responseRate({ w: [1] }, { weight: 'w', invited: 3 })).toThrow('weights of those who did not answer');
  });
});

describe('names that are taken', () => {
  it('a group called as the missing, or the rest, stays apart from them', () => {
    const { table, differences } = nps({ score: [9, 3, 5, 9], g: ['(missing)', null, '(rest)', 'c'] }, { by: 'g', compare: 'rest' });
    expect(table.toRows().map((row) => row['group'])).toEqual(['(missing)', '(rest)', 'c', '((missing))']);
    expect(differences.cell('from', 0)).toBe('((rest))');
    expect(acsi({ q: [1, 2], w: ['(missing)', null] }, { items: ['q'], wave: 'w' }).differences.row(0)).toMatchObject({ from: '(missing)', to: '((missing))' });
  });
  it('an item called all, a dimension called as a total', () => {
    const columns = { all: [4, 5], b: [3, 4], e: [5, 5], f: [4, 4] };
    expect(satisfactionIndex(columns, { perceived: ['all', 'b'], expected: ['e', 'f'] }).table.toRows().map((row) => row['item'])).toEqual(['all', 'b', '(all)']);
    expect(() => servqual({ P_a: [5], E_a: [6] }, { dimensions: { weighted: ['a'] } })).toThrow('another name');
  });
});

describe('answers to the questions of Kano', () => {
  const of = (functional: readonly (string | number)[], options: object = {}): Record<string, unknown> => kano({ feature: functional.map(() => 'x'), functional: [...functional] as string[], dysfunctional: functional.map(() => 'dislike') }, options).table.row(0);
  it('may be numbers as text', () => {
    expect(kano({ feature: ['a', 'a'], functional: ['1', '2'], dysfunctional: ['5', '5'] }).table.row(0)).toMatchObject({ n: 2, O: 1, M: 1 });
    expect(() => of(['6'])).toThrow('"6" is none of the five');
    expect(() => of([''])).toThrow('none of the five');
  });
  it('may be missing by a code, as a number or as text', () => {
    expect(of(['99', '1', 'like', '3'], { missing: [99, 3] })).toMatchObject({ n: 2, O: 2 });
    expect(kano({ feature: ['a', 'a'], functional: [3, 1], dysfunctional: [5, 5] }, { missing: [3] }).table.row(0)).toMatchObject({ n: 1 });
  });
  it('mean what they say where the words are numbers', () => {
    expect(kano({ feature: ['a'], functional: ['5'], dysfunctional: ['1'] }, { words: ['5', '4', '3', '2', '1'] }).table.row(0)).toMatchObject({ O: 1 });
    expect(() => of(['2'], { words: ['9', '8', '7', '6', 'dislike'] })).toThrow('none of the five');
  });
});

describe('differences of drivers', () => {
  const n = 40;
  const answers = {
    a: Array.from({ length: n }, (_, i) => 1 + (i * 7) % 10), b: Array.from({ length: n }, (_, i) => 1 + (i * 3 + i ** 2) % 9), g: Array.from({ length: n }, (_, i) => (i < 25 ? 'x' : 'y')),
    y: Array.from({ length: n }, (_, i) => (i < 25 ? 1 + (i * 7) % 10 + (i % 3) : 1 + (i * 11) % 10)),
  };
  const options = { items: ['a', 'b'], overall: 'y', by: 'g', samples: 100 };
  it("are tested for correlations by Fisher's z and Zou's limits (worked by hand)", () => {
    const { table, differences } = drivers(answers, options);
    const [x, y] = ['x', 'y'].map((group) => table.toRows().find((row) => row['group'] === group && row['item'] === 'a')!) as [Record<string, number>, Record<string, number>];
    const row = differences.toRows()[0]!;
    expect(differences.toRows().map((one) => [one['item'], one['label'], one['from'], one['to']])).toEqual([['a', 'correlation', 'x', 'y'], ['a', 'relative weight', 'x', 'y'], ['b', 'correlation', 'x', 'y'], ['b', 'relative weight', 'x', 'y']]);
    expect(row['difference']).toBeCloseTo(y['correlation']! - x['correlation']!, 12);
    expect(row['statistic']).toBeCloseTo((Math.atanh(y['correlation']!) - Math.atanh(x['correlation']!)) / Math.sqrt(1 / 22 + 1 / 12), 10);
    expect(row['low']).toBeCloseTo(y['correlation']! - x['correlation']! - Math.hypot(y['correlation']! - y['correlationLow']!, x['correlationHigh']! - x['correlation']!), 10);
    expect((row['pAdjusted'] as number) >= (row['p'] as number)).toBe(true);
    expect(drivers(answers, { ...options, samples: 0 }).differences.numRows).toBe(2);
    expect(drivers(answers, { ...options, compare: 'none' }).differences.numRows).toBe(0);
    expect(drivers(answers, { ...options, compare: 'rest', labels: 'zh' }).differences.toRows()[1]).toMatchObject({ item: 'a', label: '相关系数', from: '(rest)', to: 'y' });
  });
  it('are tested for importance and performance, stated or derived', () => {
    const { differences } = importancePerformance(answers, { items: ['a', 'b'], overall: 'y', by: 'g' });
    expect(differences.toRows().map((row) => [row['item'], row['label']])).toEqual([['a', 'importance'], ['a', 'performance'], ['b', 'importance'], ['b', 'performance']]);
    expect(differences.cell('p', 0)).toBe(drivers(answers, { ...options, samples: 0 }).differences.cell('p', 0));
    const mean = acsi(answers, { items: ['a'], by: 'g', scale: [0, 100] }).differences;
    expect(differences.cell('p', 1)).toBeCloseTo(mean.cell('p', 0) as number, 12);
    expect(importancePerformance(answers, { items: ['a', 'b'], importance: { a: 'b', b: 'a' }, by: 'g' }).differences.cell('p', 2)).toBeCloseTo(mean.cell('p', 0) as number, 12);
  });
  it('tell nothing of three answers; what is explained is none of the items', () => {
    expect(drivers({ a: [1, 2, 4, 3, 2, 5], y: [2, 2, 5, 1, 3, 3], g: ['p', 'p', 'p', 'q', 'q', 'q'] }, { items: ['a'], overall: 'y', by: 'g', samples: 0 }).differences.row(0)).toMatchObject({ p: null, low: null });
    for (const overall of ['a', ['y', 'a']]) {
      expect(() => drivers(answers, { items: ['a', 'b'], overall })).toThrow('would explain itself');
      expect(() => importancePerformance(answers, { items: ['a', 'b'], overall })).toThrow('would explain itself');
    }
  });
});

describe('shares of money', () => {
  it('have the error of a weighted share, and limits within 0 to 1 (worked by hand)', () => {
    const complaints = { topic: ['a', 'a', 'b', 'b'], cost: [10, 30, 40, 20] };
    const row = complaintPareto(complaints, { by: 'topic', cost: 'cost' }).table.row(0);
    // b: 60 of 100; the squares of w (hit - share) are (40² + 20²) 0.4² and (10² + 30²) 0.6².
    expect(row['standardError']).toBeCloseTo(Math.sqrt(2000 * 0.16 + 1000 * 0.36) / 100, 12);
    const csatOf = csat({ score: [1, 1, 5, 5], w: complaints.cost }, { weight: 'w' }).table.row(0);
    for (const name of ['standardError', 'low', 'high']) expect(row[name]).toBeCloseTo(csatOf[name] as number, 12);
  });
  it('of equal costs are those of numbers; of one complaint, or of several in a row, not known', () => {
    const topic = ['a', 'b', 'a', 'a', 'c'];
    const [byNumber, byMoney] = [complaintPareto({ topic }, { by: 'topic' }), complaintPareto({ topic, cost: topic.map(() => 7) }, { by: 'topic', cost: 'cost' })].map(({ table }) => table.toRows());
    byNumber!.forEach((row, i) => ['standardError', 'low', 'high'].forEach((name) => expect(byMoney![i]![name]).toBeCloseTo(row[name] as number, 10)));
    expect(complaintPareto({ topic: ['a'], cost: [5] }, { by: 'topic', cost: 'cost' }).table.row(0)).toMatchObject({ share: 1, low: null, standardError: null });
    expect(complaintPareto({ topic: ['a', 'b'], cost: [5, 6], n: [3, 1] }, { by: 'topic', cost: 'cost', count: 'n' }).table.row(0)).toMatchObject({ low: null });
  });
});

describe('results in Chinese', () => {
  it('say their remarks and the names of their figures in Chinese', () => {
    const items = { a: [1, 2, 3, 4, 5], b: [2, 1, 3, 5, 4], c: [5, 4, 3, 2, 1], g: ['x', 'x', 'y', 'y', 'y'] };
    const asked = { feature: ['a', 'a'], functional: ['like', 'like'], dysfunctional: ['like', 'dislike'], g: ['x', 'y'] };
    const results = [
      nps([9], { labels: 'zh' }), cronbachAlpha(items, { items: ['a', 'b', 'c'], samples: 100, labels: 'zh' }), kano(asked, { by: 'g', labels: 'zh' }), responseRate({ g: ['x'] }, { invited: 9, labels: 'zh' }),
      drivers(items, { items: ['a'], overall: 'c', labels: 'zh', samples: 0 }), drivers({ a: [1], y: [1] }, { items: ['a'], overall: 'y', labels: 'zh' }),
      importancePerformance(items, { items: ['a', 'b'], importance: { a: 'b', b: 'a' }, labels: 'zh' }),
    ];
    for (const { diagnostics } of results) {
      expect(diagnostics.warnings.length).toBeGreaterThan(0);
      for (const { message } of diagnostics.warnings) expect([/\p{Script=Han}/u.test(message), /[a-z]{3}/.test(message)], message).toEqual([true, false]);
    }
    expect(kano(asked, { by: 'g', labels: 'zh' }).differences.toRows().map((row) => row['label'])).toEqual(['满意系数', '不满意系数']);
  });
});
