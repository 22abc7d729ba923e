import { describe, expect, it } from 'vitest';
import { acsi, kano, nps, responseRate, satisfactionIndex, servqual } from '../../src/satisfaction/index.js';

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
