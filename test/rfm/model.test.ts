import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClienteleError } from '../../src/core/index.js';
import { fitRfm, loadRfmModel, rfm, scoreRfm, scoreRfmOne, type RfmMethod, type RfmModel, type RfmOptions, type RfmResult } from '../../src/rfm/index.js';
import { summarize } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';
import { anyCustomers, byCustomer, customersOf } from './customers.js';

const CUT_METHODS: readonly RfmMethod[] = ['quantile', 'r-rfm', 'qcut-drop', 'equal-width', 'natural-breaks'];
const RANK_METHODS: readonly RfmMethod[] = ['rank-first', 'ntile', 'percent-rank', 'cume-dist', 'nested'];
const anyMethod = fc.constantFrom(...CUT_METHODS, ...RANK_METHODS);
const anyMap = fc.constantFrom<RfmOptions['map']>('octants', { octants: { at: 'median', inclusive: true } }, { octants: { at: 'mean-score' } }, { octants: { at: [5, 2, 10] } });
const throughJson = (model: RfmModel): RfmModel => loadRfmModel(JSON.parse(JSON.stringify(model)));
const plain = ({ table, segments }: RfmResult): unknown => [table.toRows(), segments.toRows()];

const five = customersOf([['a', 5, 9, 900], ['b', 40, 7, 500], ['c', 90, 5, 300], ['d', 200, 3, 150], ['e', 400, 1, 50]]);

describe('a model', () => {
  it('of a method with cuts scores its own customers as rfm does', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...CUT_METHODS), fc.integer({ min: 2, max: 20 }), anyMap, (customers, method, bins, map) => {
    const options = { method, bins, map: map as never, weights: [0.2, 0.3, 0.5] };
    const direct = rfm(customers, options);
    const scored = scoreRfm(fitRfm(customers, options), customers);
    expect(plain(scored)).toEqual(plain(direct));
    expect(scored.model).toEqual(direct.model);
  })));

  it('of percent-rank and cume-dist does so too, marked approximate', () => fc.assert(fc.property(anyCustomers, fc.constantFrom<RfmMethod>('percent-rank', 'cume-dist'), fc.integer({ min: 2, max: 20 }), (customers, method, bins) => {
    const direct = rfm(customers, { method, bins });
    const scored = scoreRfm(direct.model, customers);
    expect(byCustomer(scored, 'score', customers.customer)).toEqual(byCustomer(direct, 'score', customers.customer));
    expect(byCustomer(scored, 'approximate', customers.customer).every((flag) => flag === true)).toBe(true);
    expect(scored.diagnostics.warnings.map(({ code }) => code)).toContain('SCORES_APPROXIMATE');
  })));

  it('of rank-first and ntile gives customers whose value no other level shares their score back', () => fc.assert(fc.property(anyCustomers, fc.constantFrom<RfmMethod>('rank-first', 'ntile'), fc.integer({ min: 2, max: 20 }), (customers, method, bins) => {
    const direct = byCustomer(rfm(customers, { method, bins }), 'm', customers.customer) as number[];
    const again = byCustomer(scoreRfm(fitRfm(customers, { method, bins }), customers), 'm', customers.customer) as number[];
    customers.monetary.forEach((money, i) => {
      const shared = direct.filter((_, k) => customers.monetary[k] === money);
      expect(again[i]).toBe(Math.min(...shared));
    });
  })));

  it('survives JSON, frozen, and scores the same', () => fc.assert(fc.property(anyCustomers, anyMethod, fc.integer({ min: 2, max: 12 }), fc.boolean(), (customers, method, bins, octants) => {
    const model = fitRfm(customers, { method, bins, weights: [0.5, 0.25, 0.25], ...(octants ? { map: 'octants' as const } : {}) });
    const read = throughJson(model);
    expect(read).toEqual(model);
    expect(JSON.stringify(read)).toBe(JSON.stringify(model));
    expect(Object.isFrozen(read) && Object.isFrozen(read.dimensions[0]!)).toBe(true);
    expect(plain(scoreRfm(read, customers, { why: true }))).toEqual(plain(scoreRfm(model, customers, { why: true })));
    // A plain object is checked and scores alike.
    expect(plain(scoreRfm(JSON.parse(JSON.stringify(model)) as RfmModel, customers))).toEqual(plain(scoreRfm(model, customers)));
  })));

  it('never scores a better newcomer lower', () => fc.assert(fc.property(anyCustomers, fc.constantFrom(...CUT_METHODS, 'rank-first' as const, 'ntile' as const, 'percent-rank' as const, 'cume-dist' as const), fc.array(fc.double({ min: -100, max: 1000, noNaN: true }), { minLength: 2, maxLength: 30 }), (customers, method, values) => {
    const model = fitRfm(customers, { method });
    const sorted = Float64Array.from(values).sort();
    const { table } = scoreRfm(model, { recency: sorted, frequency: sorted, monetary: sorted });
    const { r, f, m } = table.toColumns() as Record<'r' | 'f' | 'm', number[]>;
    for (let k = 1; k < sorted.length; k++) {
      expect(r[k]!).toBeLessThanOrEqual(r[k - 1]!);
      expect(f[k]!).toBeGreaterThanOrEqual(f[k - 1]!);
      expect(m[k]!).toBeGreaterThanOrEqual(m[k - 1]!);
    }
  })));

  it('places newcomers by the limits of levels: between two the better score, on a shared value the lowest', () => {
    // Orders 1 1 1 1 5 9: levels 1-1, 1-1, 5-9. Days 1 2 2 30 40 50: scores 3 for 1-2, 2 for 2-30, 1 for 40-50.
    const customers = customersOf([[1, 1], [2, 1], [2, 1], [30, 1], [40, 5], [50, 9]].map(([days, orders], i) => [`c${i}`, days!, orders!, 1]));
    const model = fitRfm(customers, { method: 'ntile', bins: 3, map: 'octants' });
    expect(model.dimensions[0]!.levels).toEqual({ scores: [3, 2, 1], lowest: [1, 2, 40], highest: [2, 30, 50] });
    expect(model.dimensions[1]!.levels).toEqual({ scores: [1, 2, 3], lowest: [1, 1, 5], highest: [1, 1, 9] });
    const scores = (recency: number, frequency: number): unknown => {
      const { r, f } = scoreRfmOne(model, { recency, frequency, monetary: 1 });
      return [r, f];
    };
    expect([scores(1, 1), scores(2, 3), scores(0, 5), scores(35, 0), scores(40, 99), scores(900, 2)]).toEqual([[3, 1], [2, 3], [3, 3], [2, 1], [1, 3], [1, 3]]);
    expect(scoreRfmOne(model, { recency: 1, frequency: 1, monetary: 1 }).approximate).toBe(true);
  });

  it('of nested scores looks at the group of the scores before, or at all customers where that held nobody', () => {
    const customers = customersOf(Array.from({ length: 16 }, (_, i) => [`c${String(i).padStart(2, '0')}`, i, i < 8 ? 10 + i : i - 8, i % 4]));
    const model = fitRfm(customers, { method: 'nested', bins: 2 });
    expect(model.dimensions[1]!.groups).toEqual([
      { within: '1', scores: [1, 2], lowest: [0, 4], highest: [3, 7] },
      { within: '2', scores: [1, 2], lowest: [10, 14], highest: [13, 17] },
    ]);
    expect(scoreRfmOne(model, { recency: 0, frequency: 12, monetary: 0 })).toMatchObject({ r: 2, f: 1 });
    expect(scoreRfmOne(model, { recency: 15, frequency: 12, monetary: 0 })).toMatchObject({ r: 1, f: 2 });
    expect(plain(scoreRfm(model, customers))).not.toBe(undefined);
    const small = fitRfm(customersOf([['a', 1, 1, 1], ['b', 9, 2, 2]]), { method: 'nested', bins: 2 });
    // r 2 has a alone, in f 1: a newcomer with many orders stays there.
    expect(scoreRfmOne(small, { recency: 0, frequency: 50, monetary: 5 })).toMatchObject({ r: 2, f: 1 });
  });
});

describe('scoreRfmOne', () => {
  it('says what scoreRfm says of every customer', () => fc.assert(fc.property(anyCustomers, anyMethod, fc.constantFrom('en' as const, 'zh' as const), fc.constantFrom<RfmOptions['map'] | undefined>(undefined, 'octants', { octants: { at: 'mean-score', inclusive: true } }), (customers, method, labels, map) => {
    const model = fitRfm(customers, { method, weights: [0.2, 0.3, 0.5], ...(map === undefined ? {} : { map: map as never }) });
    const { table } = scoreRfm(model, customers, { why: true, labels });
    for (let i = 0; i < table.numRows; i++) {
      const { recency, frequency, monetary, approximate, ...expected } = table.row(i);
      delete expected['customer'];
      const one = scoreRfmOne(model, { recency: recency as number, frequency: frequency as number, monetary: monetary as number }, { labels });
      expect(one).toEqual({ ...expected, ...(approximate === undefined ? {} : { approximate: true }) });
    }
  }), { numRuns: 40 }));

  it('gives limits, rule and label', () => {
    const model = fitRfm(five);
    expect(scoreRfmOne(model, { recency: 12, frequency: 4, monetary: 230.5, name: 'Ann' })).toEqual({
      r: 5, f: 2, m: 2, score: '522', segment: 'promising', label: 'Promising', why: 'R 5 (<= 33 days) · F 2 (3-4 orders) · M 2 (131-240) → promising (standard: 522)',
    });
    const answer = scoreRfmOne(model, { recency: 12, frequency: 4, monetary: 230.5 }) as { score: string };
    answer.score = 'spoilt';
    expect(scoreRfmOne(model, { recency: 12, frequency: 4, monetary: 230.5 }).score).toBe('522');
  });

  it('gives a customer without purchase no scores', () => {
    const model = fitRfm(five);
    for (const recency of [null, NaN, undefined]) expect(scoreRfmOne(model, { recency: recency as null, frequency: 0, monetary: 0 })).toEqual({ r: null, f: null, m: null, score: null, segment: 'prospect', label: 'Prospects', why: 'no purchase yet' });
  });

  it('leaves the segment null without a map, and scores other dimensions by their key', () => {
    const model = fitRfm({ ...five, visits: [1, 2, 3, 4, 5] }, { bins: 2, dimensions: { m: false, v: { column: 'visits', best: 'high' } } });
    expect(scoreRfmOne(model, { recency: 1, frequency: 9, visits: 2 })).toEqual({ r: 2, f: 2, v: 1, score: '221', segment: null, label: null, why: 'R 2 (<= 90 days) · F 2 (>= 6 orders) · V 1 (<= 3)' });
  });

  it('refuses measures that are missing or infinite', () => {
    const model = fitRfm(five);
    expect(() => scoreRfmOne(model, { recency: 1, frequency: 2 })).toThrow('scoreRfmOne: monetary is undefined. Give a finite number for every measure of the model.');
    expect(() => scoreRfmOne(model, { recency: NaN, frequency: 2, monetary: 3 })).toThrow('recency is NaN');
    expect(() => scoreRfmOne(model, { recency: 1, frequency: 2, monetary: Infinity })).toThrow('monetary is Infinity');
    expect(() => scoreRfmOne(model, { recency: 1, frequency: 2, monetary: '3' as never })).toThrow('monetary is "3"');
    expect(() => scoreRfmOne({} as RfmModel, { recency: 1 })).toThrow('scoreRfmOne: field kind of the model is undefined');
  });
});

describe('scoreRfm', () => {
  it('takes no customers at all', () => {
    const { table, segments } = scoreRfm(fitRfm(five), { customer: [], recency: [], frequency: [], monetary: [] });
    expect([table.numRows, segments.numRows, segments.cell('customers', 0), segments.cell('share', 0)]).toEqual([0, 11, 0, null]);
  });
  it('warns where the customers were summarized by other rules', () => {
    const log = logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30], ['a', '2026-01-09', -2]]);
    const model = fitRfm(summarize(log));
    expect(scoreRfm(model, summarize(log, { asOf: '2026-02-01' })).diagnostics.warnings.map(({ code }) => code)).not.toContain('RULES_DIFFER');
    const other = scoreRfm(throughJson(model), summarize(log, { returns: 'exclude', from: '2026-01-01' }));
    expect(other.diagnostics.warnings.find(({ code }) => code === 'RULES_DIFFER')!.message).toBe('the model was learned from customers summarized by other rules (model / here: returns net / exclude, from not given / 2026-01-01). Summarize both in the same way, or fit a new model.');
  });
  it('works with fixed cuts learned from nobody', () => {
    const cuts = { r: { cuts: [30, 90] }, f: { cuts: [1, 3] }, m: { cuts: [100, 500] } };
    const model = throughJson(fitRfm({ recency: [], frequency: [], monetary: [] }, { method: cuts }));
    expect(model.dimensions[0]).not.toHaveProperty('lowest');
    expect(scoreRfmOne(model, { recency: 31, frequency: 1, monetary: 501 }).score).toBe('213');
  });
});

describe('loadRfmModel', () => {
  const model = fitRfm(five, { weights: [0.2, 0.3, 0.5] });
  const ranked = fitRfm(five, { method: 'nested', bins: 2, map: 'octants' });
  /** The refusal of a model with one thing changed. */
  const refused = (change: (model: never) => void, from: RfmModel = model): [string | undefined, string] => {
    const changed = JSON.parse(JSON.stringify(from)) as RfmModel;
    change(changed as never);
    try {
      loadRfmModel(changed);
    } catch (e) {
      if (isClienteleError(e)) {
        expect(e.code).toBe('MODEL_INVALID');
        return [e.place.option, e.message];
      }
    }
    return [undefined, 'fine'];
  };
  type Loose = { [key: string]: never } & { dimensions: Loose[]; map: Loose; meta: Loose; segments: Loose[]; codes: string[]; cuts: number[]; levels: { scores: number[]; lowest: number[] }; groups: { within: string }[] };

  it('checks every field and says where', () => {
    const cases: [string, (m: Loose) => void, RfmModel?][] = [
      ['kind', (m) => { m['kind'] = 'kmeans' as never; }],
      ['version', (m) => { m['version'] = 2 as never; }],
      ['extra', (m) => { m['extra'] = 1 as never; }],
      ['meta.customers', (m) => { m.meta['customers'] = -1 as never; }],
      ['meta.asOf', (m) => { m.meta['asOf'] = 5 as never; }],
      ['meta.returns', (m) => { m.meta['returns'] = 'all' as never; }],
      ['dimensions', (m) => { m.dimensions = [] as never; }],
      ['dimensions', (m) => { m.dimensions = [m.dimensions[0]!, m.dimensions[0]!] as never; }],
      ['dimensions[0].best', (m) => { m.dimensions[0]!['best'] = 'up' as never; }],
      ['dimensions[0].key', (m) => { m.dimensions[0]!['key'] = '__proto__' as never; }],
      ['dimensions[1].bins', (m) => { m.dimensions[1]!['bins'] = 99 as never; }],
      ['dimensions[1].method', (m) => { m.dimensions[1]!['method'] = 'magic' as never; }],
      ['dimensions[1].cuts', (m) => { m.dimensions[1]!.cuts.reverse(); }],
      ['dimensions[1].cuts', (m) => { m.dimensions[1]!.cuts.pop(); }],
      ['dimensions[1].cuts[0]', (m) => { m.dimensions[1]!.cuts[0] = null as never; }],
      ['dimensions[1].closed', (m) => { delete m.dimensions[1]!['closed']; }],
      ['dimensions[1].levels', (m) => { m.dimensions[1]!.levels = {} as never; }],
      ['dimensions[1].highest', (m) => { m.dimensions[1]!['highest'] = -5 as never; }],
      ['dimensions[1].whole', (m) => { m.dimensions[1]!['whole'] = 1 as never; }],
      ['dimensions[1].unit', (m) => { m.dimensions[1]!['unit'] = '' as never; }],
      ['dimensions[0].levels.scores', (m) => { m.dimensions[0]!.levels.scores.reverse(); }, ranked],
      ['dimensions[0].levels.highest', (m) => { m.dimensions[0]!.levels.lowest.pop(); }, ranked],
      ['dimensions[1].groups[0].within', (m) => { m.dimensions[1]!.groups[0]!.within = '9'; }, ranked],
      ['dimensions[1].groups', (m) => { m.dimensions[1]!.groups[1]!.within = m.dimensions[1]!.groups[0]!.within; }, ranked],
      ['map.kind', (m) => { m.map['kind'] = 'x' as never; }],
      ['map.segments', (m) => { m.map.segments[0]!.codes.pop(); }],
      ['map.segments[1].codes[8]', (m) => { m.map.segments[1]!.codes.push('555'); }],
      ['map.segments[0].codes[0]', (m) => { m.map.segments[0]!.codes[0] = '999'; }],
      ['map.segments[0].key', (m) => { m.map.segments[0]!['key'] = '' as never; }],
      ['map.segments', (m) => { m.map.segments[0]!['key'] = 'loyal' as never; }],
      ['map.dimensions', (m) => { m.map['bins'] = [5, 5, 4] as never; }],
      ['map.cuts[0]', (m) => { m.map.cuts[0] = 'x' as never; }, ranked],
      ['map.inclusive', (m) => { m.map['inclusive'] = 0 as never; }, ranked],
      ['weights', (m) => { m['weights'] = [1, 1, 1] as never; }],
    ];
    for (const [place, change, from] of cases) expect([place, refused(change as never, from)[0]]).toEqual([place, place]);
    expect(refused(((m: Loose) => { m.map.segments[0]!.codes.pop(); }) as never)[1]).toBe('loadRfmModel: field map.segments of the model is "without code 555", not a list that covers every code. Pass what the fit returned, the model of a result, or their JSON read back unchanged.');
    for (const nothing of [null, undefined, 3, 'x', [], rfm(five)]) expect(() => loadRfmModel(nothing)).toThrow(/^loadRfmModel: /);
  });

  it('takes fields from the object itself only', () => {
    expect(() => loadRfmModel(Object.create(model as object))).toThrow('field kind of the model is undefined');
    expect(() => loadRfmModel(JSON.parse('{"__proto__": {"kind": "rfm"}, "version": 1}'))).toThrow('field __proto__ of the model is an object, not a field of such a model, version 1.');
    const named = JSON.parse(JSON.stringify(fitRfm(five, { map: { segments: [{ key: '__proto__', codes: ['555'] }, { key: 'constructor', ranges: { r: [1, 4] } }] } }))) as RfmModel;
    const { table } = scoreRfm(loadRfmModel(named), five, { labels: {} });
    expect(table.toColumns()['label']).toEqual(['__proto__', 'constructor', 'constructor', 'constructor', 'constructor']);
    expect(({} as Record<string, unknown>)['codes']).toBeUndefined();
  });
});
