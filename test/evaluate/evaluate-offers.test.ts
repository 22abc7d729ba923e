import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { toColumn } from '../../src/columns/index.js';
import { evaluateOffers, type EvaluateOffersOptions } from '../../src/evaluate/index.js';
import type { Transactions } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';

type Row = readonly [customer: string, day: string, product: string, amount?: number];
const shop = (rows: readonly Row[]): Transactions => logOf(rows.map(([customer, day, , amount = 1]) => [customer, day, amount] as const), { carried: { product: toColumn('test', 'product', rows.map(([, , product]) => product)) } });

// By the cutoff: tea and milk sell together (3 of 3), bags to everybody. After it each of p, q, r buys something new or not.
const learned: Row[] = ['a', 'b', 'c'].flatMap((c): Row[] => [[c, '2026-01-01', 'tea'], [c, '2026-01-01', 'milk'], [c, '2026-01-02', 'bag'], [c, '2026-01-05', 'bag']]);
const known: Row[] = [['p', '2026-01-02', 'tea'], ['q', '2026-01-02', 'tea'], ['r', '2026-01-02', 'tea'], ['s', '2026-01-03', 'bag']];
const later: Row[] = [['p', '2026-02-01', 'milk'], ['q', '2026-02-01', 'bag'], ['r', '2026-02-01', 'tea'], ['r', '2026-02-02', 'milk', -1], ['new', '2026-02-01', 'milk'], ['s', '2026-02-03', 'tea']];
const options: EvaluateOffersOptions = { cutoff: '2026-01-31', n: [1, 2], rules: { minSupport: 0.1, minConfidence: 0.3, basket: 'customer-day' } };

describe('evaluateOffers', () => {
  it('judges rules and the most popular on who bought something new, counted by hand', () => {
    const found = evaluateOffers(shop([...learned, ...known, ...later]), options);
    // p, q and s bought something new; a, b, c, r did not. Rules offer milk to p and q, nothing to s.
    // Owners by the cutoff: tea 6, bag 4, milk 3: most popular offers bag, milk to p and q; tea, milk to s.
    expect(found.meta).toEqual({ cutoff: '2026-01-31', customers: 3, nothingNew: 4, withRules: 2, rules: 2 });
    const row = (method: string, n: number): unknown => found.table.toRows().find((one) => one['method'] === method && one['n'] === n);
    expect(row('rules', 1)).toMatchObject({ customers: 3, offers: 2, hits: 1, hitRate: 1 / 3, precision: 1 / 2, recall: 1 / 3, won: 1, lost: 2 });
    expect(row('most-popular', 1)).toMatchObject({ offers: 3, hits: 2, hitRate: 2 / 3, won: 0, lost: 0 });
    expect(row('rules-then-popular', 1)).toMatchObject({ offers: 3, hits: 2, won: 1, lost: 1 });
    expect(row('rules', 2)).toMatchObject({ offers: 2, hits: 1, won: 0, lost: 2 });
    expect(row('most-popular', 2)).toMatchObject({ offers: 6, hits: 3, precision: 0.5, recall: 1 });
    expect(row('rules-then-popular', 2)).toMatchObject({ offers: 6, hits: 3, won: 0, lost: 0 });
  });

  it('rules win where products go together, and do not where nothing does', () => {
    const random = seededRandom(3);
    const rows: Row[] = [];
    for (let c = 0; c < 400; c++) {
      const pair = random.below(10);
      rows.push([`c${c}`, `2026-01-${String(1 + random.below(28)).padStart(2, '0')}`, `left${pair}`]);
      // Half learn the pair before the cutoff, half after it.
      rows.push([`c${c}`, c % 2 === 0 ? rows.at(-1)![1] : '2026-02-10', `right${pair}`]);
    }
    const rates = (log: Transactions): Map<string, number> => new Map(evaluateOffers(log, { cutoff: '2026-01-31', n: [1], rules: { minSupport: 0.01, minConfidence: 0.1, basket: 'customer-day' } }).table.toRows().map((row) => [String(row['method']), Number(row['hitRate'])]));
    expect(rates(shop(rows)).get('rules')).toBe(1);
    expect(rates(shop(rows)).get('most-popular')!).toBeLessThan(0.3);
    const noise = rows.map(([c, day], i): Row => [c, day, i % 2 === 0 ? `item${random.below(10)}` : `item${random.below(10)}`]);
    const by = rates(shop(noise));
    expect(Math.abs(by.get('rules')! - by.get('most-popular')!)).toBeLessThan(0.15);
  });

  it('says how sure a hit rate and a difference are', () => {
    // Nine customers with tea: rules offer milk, which eight buy later and popularity (bag first) would not have named; one buys a bag.
    const nine = Array.from({ length: 9 }, (_, i) => `k${i}`);
    const bags = Array.from({ length: 20 }, (_, i): Row => [`bag${i}`, '2026-01-03', 'bag']);
    const log = shop([...learned, ...bags, ...nine.map((c): Row => [c, '2026-01-02', 'tea']), ...nine.map((c, i): Row => [c, '2026-02-01', i < 8 ? 'milk' : 'bag'])]);
    const found = evaluateOffers(log, { ...options, n: [1, 2], rules: { minSupport: 0.01, minConfidence: 0.2, basket: 'customer-day' } }).table.toRows();
    const row = (method: string, n: number): Record<string, unknown> => found.find((one) => one['method'] === method && one['n'] === n)!;
    expect(row('rules', 1)).toMatchObject({ customers: 9, hits: 8, won: 8, lost: 1 });
    // Of 9 flips of a coin 8 or more alike either way: 2 (9 + 1) / 512.
    expect(row('rules', 1)['pValue']).toBeCloseTo(20 / 512, 14);
    expect(row('most-popular', 1)['pValue']).toBeNull();
    // Filled up to two offers, both lists hold bag and milk.
    expect(row('rules-then-popular', 2)).toMatchObject({ won: 0, lost: 0, pValue: 1 });
    // Wilson's limits by hand: the roots p of 9 (8/9 - p)² = 1.959964² p (1 - p).
    expect(row('rules', 1)['hitRateLow']).toBeCloseTo(0.5650, 4);
    expect(row('rules', 1)['hitRateHigh']).toBeCloseTo(0.9801, 4);
  });

  it('asks for a cutoff, and a later one where only returns are known by then', () => {
    expect(() => evaluateOffers(shop([...learned]), undefined as never)).toThrow('evaluateOffers: option cutoff is missing. Give it: { cutoff: … }.');
    expect(() => evaluateOffers(shop([['a', '2026-01-01', 'x', -1], ['b', '2026-06-01', 'x']]), { cutoff: '2026-01-02' })).toThrow(/^evaluateOffers: option cutoff is "2026-01-02"\. No purchase .* choose a later cutoff\.$/);
  });

  it('holds out until a day', () => {
    expect(evaluateOffers(shop([...learned, ...known, ...later]), { ...options, until: '2026-02-01' }).meta).toMatchObject({ customers: 2, nothingNew: 5 });
  });

  it('refuses what cannot be judged', () => {
    const log = shop([...learned, ...known, ...later]);
    const refused = (more: Partial<EvaluateOffersOptions>): unknown => {
      try { return evaluateOffers(log, { ...options, ...more }); } catch (e) { return e; }
    };
    for (const more of [{ cutoff: '2026-02-30' }, { cutoff: '2025-01-01' }, { until: '2026-01-31' }, { n: [] }, { n: [0] }, { n: [1.5] }, { combine: 'sum' }, { top: 3 }]) expect(refused(more as Partial<EvaluateOffersOptions>), JSON.stringify(more)).toMatchObject({ code: 'OPTION_INVALID' });
    expect(refused({ cutoff: '2026-02-03' })).toMatchObject({ code: 'VALUE_INVALID', message: expect.stringContaining('bought anything new') as string });
    expect(() => evaluateOffers(logOf([['a', '2026-01-01', 1]]), options)).toThrow('the log has no products');
    expect(() => evaluateOffers({} as never, options)).toThrow('not an order log');
  });
});
