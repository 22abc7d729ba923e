import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fitRfm, rfm, SEGMENT_MAPS, SEGMENT_TEXTS, validateMap, type RfmOptions, type SegmentMap } from '../../src/rfm/index.js';
import { OCTANTS } from '../../src/transactions/index.js';
import { customersOf } from './customers.js';

/** The keys of the specification. */
const KEYS = ['champions', 'loyal', 'potential_loyalist', 'new', 'promising', 'need_attention', 'about_to_sleep', 'at_risk', 'cannot_lose', 'hibernating', 'lost', 'recent', 'inactive', 'prospect', 'others'];

/** One customer per code of the map's bins, measures equal to the scores. */
const everyCode = (bins: readonly number[]): ReturnType<typeof customersOf> => {
  const rows: [string, number, number, number][] = [];
  for (let r = 1; r <= bins[0]!; r++) for (let f = 1; f <= bins[1]!; f++) for (let m = 1; m <= bins[2]!; m++) rows.push([`${r}${f}${m}`, bins[0]! + 1 - r, f, m]);
  return customersOf(rows);
};
const cutsFor = (bins: number): { cuts: number[] } => ({ cuts: Array.from({ length: bins - 1 }, (_, i) => i + 1) });
const bySegments = (bins: readonly number[], map: RfmOptions['map']): Map<string, string> => {
  const { table } = rfm(everyCode(bins), { map: map!, method: { r: cutsFor(bins[0]!), f: cutsFor(bins[1]!), m: cutsFor(bins[2]!) } });
  const { customer, score, segment } = table.toColumns() as Record<string, string[]>;
  expect(score).toEqual(customer);
  return new Map(customer!.map((code, i) => [code, segment![i]!]));
};

describe('built-in maps', () => {
  it('use the keys of the specification, each with label, meaning and action in both languages', () => {
    expect([...SEGMENT_TEXTS.keys()].sort()).toEqual([...KEYS, ...OCTANTS.map(({ key }) => key)].sort());
    for (const [key, text] of SEGMENT_TEXTS) {
      for (const field of ['label', 'meaning', 'action'] as const) {
        expect(text[field].en, key).toMatch(/^[ -~]+$/);
        expect(text[field].zh, key).toMatch(/^[\u4e00-\u9fff，：、]+$/);
      }
    }
    for (const { segments } of Object.values(SEGMENT_MAPS)) for (const { key } of segments) expect(KEYS).toContain(key);
  });

  it('standard, rf10 and thirds27 cover every code exactly once', () => {
    expect([validateMap('standard'), validateMap('rf10'), validateMap('thirds27')].map(({ codes, complete }) => [codes, complete])).toEqual([[125, true], [25, true], [27, true]]);
    expect(new Set([...bySegments([5, 5, 5], 'standard').values()]).size).toBe(11);
  });

  it('rf10 does not look at money', () => {
    const segments = bySegments([5, 5, 5], 'rf10');
    for (const [code, segment] of segments) expect(segment).toBe(segments.get(`${code.slice(0, 2)}1`));
    expect(segments.get('541')).toBe('champions');
    // Any number of money scores will do.
    expect(rfm(everyCode([5, 5, 3]), { map: 'rf10', bins: [5, 5, 3] }).model.map?.name).toBe('rf10');
  });

  it('intervals: the first range that matches wins, what is left are others', () => {
    const segments = bySegments([5, 5, 5], 'intervals');
    expect(['555', '554', '444', '244', '313', '411', '134', '225', '133', '211', '111', '155'].map((code) => segments.get(code))).toEqual(
      ['champions', 'potential_loyalist', 'potential_loyalist', 'loyal', 'promising', 'new', 'cannot_lose', 'at_risk', 'need_attention', 'about_to_sleep', 'lost', 'at_risk']);
    expect(validateMap('intervals').hidden).toEqual([]);
    expect(new Set([...segments].filter(([, segment]) => segment === 'others').map(([code]) => code))).toEqual(new Set(validateMap('intervals').missing));
  });

  it('intervals-02: segments that others hide never appear', () => {
    const { hidden, twice, missing, complete } = validateMap('intervals-02');
    expect(hidden).toEqual(['new', 'promising', 'cannot_lose']);
    expect(complete).toBe(false);
    expect(twice.find(({ code }) => code === '411')).toEqual({ code: '411', segments: ['potential_loyalist', 'new', 'promising'] });
    expect(missing.length).toBeGreaterThan(0);
    const segments = bySegments([5, 5, 5], 'intervals-02');
    expect([...segments.values()]).not.toContain('new');
  });

  it('thirds27 brings its scoring: 180 and 365 days, thirds of frequency and money', () => {
    const customers = customersOf([['a', 180, 1, 1], ['b', 181, 2, 2], ['c', 365, 3, 3], ['d', 366, 4, 4], ['e', 1, 5, 5], ['f', 2, 6, 6]]);
    const { table, model } = rfm(customers, { map: 'thirds27' });
    expect(table.toColumns()).toMatchObject({ r: [3, 2, 2, 1, 3, 3], f: [1, 1, 2, 2, 3, 3], m: [1, 1, 2, 2, 3, 3], segment: ['recent', 'at_risk', 'recent', 'at_risk', 'champions', 'champions'] });
    expect(model.dimensions[0]).toMatchObject({ cuts: [180, 365], closed: 'right', method: 'cuts' });
    // Own methods with the map's bins.
    expect(fitRfm(customers, { map: 'thirds27', method: 'quantile' }).dimensions.map(({ method, bins }) => [method, bins])).toEqual([['quantile', 3], ['quantile', 3], ['quantile', 3]]);
    expect(() => fitRfm(customers, { map: 'thirds27', bins: 5 })).toThrow('the map thirds27 needs r in 3, f in 3, m in 3; this scoring has r in 3, f in 5, m in 5.');
  });
});

describe('octants', () => {
  const customers = customersOf([['a', 10, 1, 100], ['b', 20, 2, 200], ['c', 30, 3, 300], ['d', 100, 4, 5000]]);
  const segments = (map: RfmOptions['map'], method: RfmOptions['method'] = 'quantile'): unknown => rfm(customers, { map: map!, method: method! }).table.toColumns()['segment'];

  it('cut at the mean, the median, the mean score or own values; high recency is few days', () => {
    // Means: 40 days, 2.5 orders, 1400. Medians: 25, 2.5, 250.
    expect(segments('octants')).toEqual(['general_develop', 'general_develop', 'general_value', 'important_keep']);
    expect(segments({ octants: { at: 'median' } })).toEqual(['general_develop', 'general_develop', 'important_keep', 'important_keep']);
    expect(segments({ octants: { at: 'mean-score' } }, 'ntile')).toEqual(['general_develop', 'general_develop', 'important_keep', 'important_keep']);
    expect(segments({ octants: { at: [20, 3, 200] } })).toEqual(['general_develop', 'general_rescue', 'important_rescue', 'important_keep']);
    expect(segments({ octants: { at: { recency: 20, f: 3, m: 200 }, inclusive: true } })).toEqual(['general_develop', 'important_develop', 'important_keep', 'important_keep']);
  });
  it('put customers who are all alike in one class, on the low side of the cut unless inclusive', () => {
    const alike = customersOf(Array.from({ length: 7 }, (_, i) => [`c${i}`, 0.1, 0.7, 12.34]));
    expect(new Set(rfm(alike, { map: 'octants' }).table.toColumns()['segment'] as string[])).toEqual(new Set(['general_rescue']));
    expect(new Set(rfm(alike, { map: { octants: { inclusive: true } } }).table.toColumns()['segment'] as string[])).toEqual(new Set(['important_value']));
  });
});

describe('own maps', () => {
  const own: SegmentMap = {
    name: 'vip',
    bins: [2, 2, 2],
    segments: [
      { key: 'vip', codes: ['222'], label: 'VIP', action: { en: 'Call', zh: '致电' } },
      { key: 'slipping', ranges: { r: 1, m: 2 } },
      { key: 'rest', ranges: [{ r: 2 }, { f: [1, 2], m: 1 }] },
    ],
  };

  it('by codes and by ranges, bins taken from the map', () => {
    const segments = bySegments([2, 2, 2], own);
    expect(Object.fromEntries(segments)).toEqual({ 111: 'rest', 112: 'slipping', 121: 'rest', 122: 'slipping', 211: 'rest', 212: 'rest', 221: 'rest', 222: 'vip' });
    const result = rfm(everyCode([2, 2, 2]), { map: own, labels: 'zh' });
    expect(result.segments.toRows().map(({ segment, label, action }) => [segment, label, action])).toEqual([['vip', 'VIP', '致电'], ['slipping', 'slipping', ''], ['rest', 'rest', '']]);
    expect(result.model.map).toMatchObject({ name: 'vip', segments: [{ key: 'vip', codes: ['222'] }, { key: 'slipping', rule: 'R 1, F 1-2, M 2' }, { key: 'rest', rule: 'R 2, F 1-2, M 1-2 or R 1-2, F 1-2, M 1' }] });
  });

  it('codes no segment takes become others, and a warning counts the customers', () => {
    const result = rfm(everyCode([2, 2, 2]), { map: { bins: [2, 2, 2], segments: [{ key: 'vip', codes: ['222', '2-2-1'] }] } });
    expect(result.segments.toColumns()['segment']).toEqual(['vip', 'others']);
    expect(result.diagnostics.warnings).toEqual([{ code: 'MAP_INCOMPLETE', message: '6 of 8 customers have scores that no segment of the map custom takes; they are in others. validateMap lists these codes.' }]);
  });

  it('by a function, called once per code, in rfm but not in a model', () => {
    let calls = 0;
    const twice = customersOf(['a', 'b', 'c', 'd'].map((id, i) => [id, i < 2 ? 1 : 9, i < 2 ? 5 : 1, 10]));
    const result = rfm(twice, { bins: 2, map: ({ r, f }) => (calls++, r === 2 && f === 2 ? 'good' : undefined) });
    expect([calls, result.table.toColumns()['segment'], result.model.map]).toEqual([2, ['good', 'good', 'others', 'others'], undefined]);
    expect(result.segments.toColumns()['segment']).toEqual(['good', 'others']);
    expect(() => rfm(twice, { map: (() => 3) as never })).toThrow('rfm: the map function returned 3 for scores');
    expect(() => fitRfm(twice, { map: (() => 'x') as never })).toThrow('fitRfm: option map is "a function". A model is plain data');
  });

  it('over other dimensions, with more than nine scores', () => {
    const map: SegmentMap = { dimensions: ['r', 'v'], bins: [10, 2], segments: [{ key: 'top', codes: ['10-2'] }, { key: 'rest', ranges: [{ r: [1, 9] }, { v: 1 }] }] };
    expect(validateMap(map)).toEqual({ codes: 20, complete: true, twice: [], missing: [], hidden: [] });
    const rows = Array.from({ length: 10 }, (_, i) => [`c${i}`, i, i, 10 - i] as const);
    const { table } = rfm({ ...customersOf(rows), visits: Float64Array.from(rows, (_, i) => 10 - i) }, { map, dimensions: { v: { column: 'visits', best: 'high' } } });
    expect(table.row(0)).toMatchObject({ r: 10, v: 2, score: '10-1-5-2', segment: 'top' });
    expect(table.row(1)).toMatchObject({ segment: 'rest' });
  });

  it('are refused with what is wrong', () => {
    const message = (map: unknown): string => {
      try {
        validateMap(map as SegmentMap);
        rfm(everyCode([5, 5, 5]), { map: map as SegmentMap });
      } catch (e) {
        return (e as Error).message;
      }
      return 'fine';
    };
    const segments = (...list: unknown[]): unknown => ({ segments: list });
    expect(message({})).toContain('it has no segments');
    expect(message(segments({ codes: ['555'] }))).toContain('segment 0 has no key');
    expect(message(segments({ key: 'a' }))).toContain('segment "a" has neither codes nor ranges');
    expect(message(segments({ key: 'a', codes: ['556'] }))).toContain('segment "a" has the code "556". A code has one score for each of r, f, m, up to 5, 5, 5.');
    expect(message(segments({ key: 'a', codes: ['55'] }))).toContain('has the code "55"');
    expect(message(segments({ key: 'a', codes: ['555', '5-5-5'] }))).toContain('lists the code 555 twice');
    expect(message(segments({ key: 'a', codes: ['555'] }, { key: 'a', codes: ['554'] }))).toContain('segment "a" stands twice');
    expect(message(segments({ key: 'a', codes: ['555'] }, { key: 'b', codes: ['555'] }))).toContain('code 555 is in "a" and in "b". Leave it in one of them; validateMap lists all such codes.');
    expect(message(segments({ key: 'a', ranges: { r: [4, 6] } }))).toContain('the range of r in segment "a" is "[4,6]". Write a score or [from, to] within 1 to 5.');
    expect(message(segments({ key: 'a', ranges: { x: 1 } }))).toContain('there is no option "x". Known options: r, f, m.');
    expect(message(segments({ key: 'a', codes: ['555'], label: 3 }))).toContain('the label of segment "a" is 3');
    expect(message({ segments: [{ key: 'a', codes: ['555'] }], order: ['b'] })).toContain('order does not name every segment once');
    expect(message({ segments: [{ key: 'a', codes: ['555'] }], bins: [5, 5] })).toContain('bins is not one number of scores per dimension (r, f, m)');
    expect(message({ segments: [{ key: 'a', codes: ['555'] }], dimensions: ['r', 'r'] })).toContain('dimensions is not a list of different keys');
    expect(message('octants')).toContain('octants cut the measures');
    expect(message(3)).toContain("Give a map's name");
  });
});

describe('validateMap', () => {
  it('finds what a plain look at every code finds', () => fc.assert(fc.property(
    fc.array(fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })).map(([r, f]) => `${r}${f}`), { minLength: 1 }), { minLength: 1, maxLength: 4 }),
    (lists) => {
      const coverage = validateMap({ dimensions: ['r', 'f'], bins: [3, 2], segments: lists.map((codes, i) => ({ key: `s${i}`, codes })) });
      const all = ['11', '12', '21', '22', '31', '32'];
      const takers = (code: string): string[] => lists.flatMap((codes, i) => (codes.includes(code) ? [`s${i}`] : []));
      expect(coverage.missing).toEqual(all.filter((code) => takers(code).length === 0));
      expect(coverage.twice).toEqual(all.filter((code) => takers(code).length > 1).map((code) => ({ code, segments: takers(code) })));
      expect(coverage.hidden).toEqual(lists.map((_, i) => `s${i}`).filter((key) => !all.some((code) => takers(code)[0] === key)));
      expect(coverage.complete).toBe(all.every((code) => takers(code).length === 1));
    },
  )));
});
