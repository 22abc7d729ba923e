import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { migration, rfm, scoreRfm, type RfmOptions } from '../../src/rfm/index.js';
import { summarize } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';
import { anyCustomers, customersOf } from './customers.js';

const FIXED: RfmOptions = { method: { r: { cuts: [10, 20, 30, 40] }, f: { cuts: [1, 2, 3, 4] }, m: { cuts: [10, 20, 30, 40] } } };

describe('migration', () => {
  const before = rfm(customersOf([['a', 5, 5, 50], ['b', 5, 5, 50], ['c', 15, 4, 40], ['d', 45, 1, 5], ['e', 45, 1, 5], ['gone', 45, 1, 5]]), FIXED);
  const after = scoreRfm(before.model, customersOf([['b', 35, 5, 50], ['a', 2, 6, 60], ['c', 1, 6, 60], ['d', 50, 1, 5], ['e', 1, 2, 5], ['fresh', 1, 1, 5]]));

  it('counts moves from segment to segment, up and down the map\'s order', () => {
    const moved = migration(before, after);
    expect(moved).toMatchObject({ upgrades: 2, downgrades: 1, same: 2, unranked: 0, entered: 1, left: 1, warnings: [] });
    expect(moved.customers.toRows()).toEqual([
      { customer: 'a', from: 'champions', to: 'champions', change: 'same' },
      { customer: 'b', from: 'champions', to: 'at_risk', change: 'downgrade' },
      { customer: 'c', from: 'loyal', to: 'champions', change: 'upgrade' },
      { customer: 'd', from: 'lost', to: 'lost', change: 'same' },
      { customer: 'e', from: 'lost', to: 'promising', change: 'upgrade' },
      { customer: 'gone', from: 'lost', to: null, change: 'left' },
      { customer: 'fresh', from: null, to: 'new', change: 'entered' },
    ]);
    expect(moved.counts.toRows()).toEqual([
      { from: 'champions', to: 'champions', customers: 1, change: 'same' },
      { from: 'champions', to: 'at_risk', customers: 1, change: 'downgrade' },
      { from: 'loyal', to: 'champions', customers: 1, change: 'upgrade' },
      { from: 'lost', to: 'promising', customers: 1, change: 'upgrade' },
      { from: 'lost', to: 'lost', customers: 1, change: 'same' },
      { from: 'lost', to: null, customers: 1, change: 'left' },
      { from: null, to: 'new', customers: 1, change: 'entered' },
    ]);
    const champions = moved.matrix.row(0);
    expect([champions['from'], champions['champions'], champions['at_risk'], moved.matrix.numRows]).toEqual(['champions', 1, 1, 11]);
  });

  it('shows itself as a square under one line', () => {
    const text = String(migration(before, after));
    expect(text.split('\n')[0]).toBe('2 up, 1 down, 2 the same, 0 unranked, 1 entered, 1 left');
    expect(text).toContain('champions');
    expect(migration(before, after).toHTML()).toContain('<table>');
    expect(JSON.parse(JSON.stringify(migration(before, after)))).toMatchObject({ upgrades: 2 });
  });

  it('shows itself in Chinese, segments by their labels, over the same keys', () => {
    const moved = migration(before, after, { labels: 'zh' });
    const [line, , head, first] = String(moved).split('\n');
    expect(line).toBe('2 位上升，1 位下降，2 位不变，0 位无法比较，1 位新进入，1 位已离开');
    expect(head).toMatch(/^原分群 +冠军客户 +忠诚客户 /);
    expect(first).toMatch(/^冠军客户/);
    expect(String(moved)).not.toMatch(/[a-z]{3}/);
    expect(moved.toHTML()).toContain('冠军客户');
    expect(moved.counts.toRows()).toEqual(migration(before, after).counts.toRows());
    expect(moved.matrix.toRows()).toEqual(migration(before, after).matrix.toRows());
    const differ = migration(before, rfm(customersOf([['a', 1, 1, 1], ['b', 2, 2, 2]])), { labels: 'zh' });
    expect(differ.warnings).toEqual([{ code: 'LIMITS_DIFFER', message: expect.stringContaining('评分界限不同') }]);
    expect(() => migration(before, after, { labels: 'fr' as 'en' })).toThrow("Use one of: 'en', 'zh'");
  });

  it('shows segments of one\'s own by their own labels, and by their keys where two share one', () => {
    const own = (labels: readonly [string, string]): string => {
      const map = { segments: [{ key: 'top', label: { en: 'Top', zh: labels[0] }, ranges: { r: [4, 5] as const } }, { key: 'rest', label: { en: 'Rest', zh: labels[1] }, ranges: { r: [1, 3] as const } }] };
      const scored = rfm(customersOf([['a', 5, 5, 50], ['b', 45, 1, 5]]), { ...FIXED, map });
      return String(migration(scored, scored, { labels: 'zh' })).split('\n')[2]!;
    };
    expect(own(['顶级', '其余'])).toMatch(/^原分群 +顶级 +其余/);
    expect(own(['同名', '同名'])).toMatch(/^原分群 +top +rest/);
    expect(own(['原分群', '其余'])).toMatch(/^原分群 +原分群 +其余/);
  });

  it('warns when the limits are not the same, and not when they are equal in another object', () => {
    const other = rfm(customersOf([['a', 1, 1, 1], ['b', 2, 2, 2]]));
    expect(migration(before, other).warnings.map(({ code }) => code)).toEqual(['LIMITS_DIFFER']);
    expect(migration(before, rfm(customersOf([['a', 5, 5, 50]]), FIXED)).warnings.map(({ code }) => code)).toEqual(['LIMITS_DIFFER']);      // the range learned from differs
    expect(migration(before, scoreRfm(JSON.parse(JSON.stringify(before.model)) as never, customersOf([['a', 5, 5, 50]]))).warnings).toEqual([]);
  });

  it('counts a first purchase as an upgrade, and moves out of others apart', () => {
    const log = logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30], ['z', '2026-01-20', 5]]);
    const first = rfm(summarize(log, { asOf: '2026-01-10', roster: ['z'] }), FIXED);
    const later = scoreRfm(first.model, summarize(log, { asOf: '2026-01-31', roster: ['z'] }));
    expect(migration(first, later).customers.where((i) => i === 2).toRows()).toMatchObject([{ customer: 'z', from: 'prospect', change: 'upgrade' }]);

    const partial = { ...FIXED, map: { segments: [{ key: 'top', ranges: { r: 5 } }] } };
    const one = rfm(customersOf([['a', 5, 1, 1], ['b', 50, 1, 1]]), partial);
    const two = scoreRfm(one.model, customersOf([['a', 50, 1, 1], ['b', 60, 1, 1]]));
    expect(migration(one, two)).toMatchObject({ unranked: 1, same: 1, upgrades: 0, downgrades: 0 });
  });

  it('knows customers by text or number', () => {
    const measures = { recency: [5, 45], frequency: [5, 1], monetary: [50, 5] };
    const one = rfm({ customer: Float64Array.of(7, 8), ...measures }, FIXED);
    const two = scoreRfm(one.model, { customer: Float64Array.of(8, 9), ...measures });
    expect(migration(one, two).customers.toColumns()['customer']).toEqual(Float64Array.of(7, 8, 9));
  });

  it('adds up, and back again is the reverse', () => fc.assert(fc.property(anyCustomers, anyCustomers, (first, second) => {
    const one = rfm(first);
    const two = scoreRfm(one.model, second);
    const forth = migration(one, two);
    const back = migration(two, one);
    expect(forth.upgrades + forth.downgrades + forth.same + forth.unranked + forth.left).toBe(first.customer.length);
    expect(back).toMatchObject({ upgrades: forth.downgrades, downgrades: forth.upgrades, same: forth.same, entered: forth.left, left: forth.entered });
    expect((forth.counts.toColumns()['customers'] as number[]).reduce((sum, n) => sum + n, 0)).toBe(forth.customers.numRows);
  })));

  it('refuses results without ids, and an id that stands twice', () => {
    const bare = rfm({ recency: [1], frequency: [1], monetary: [1] });
    expect(() => migration(bare, bare)).toThrow('migration: the results have no column "customer". Score customers with their ids.');
    const twice = rfm(customersOf([['a', 1, 1, 1], ['a', 2, 2, 2]]));
    expect(() => migration(twice, before)).toThrow('migration: customer "a" stands twice, in rows 0 and 1. Summarize to one row per customer first.');
  });
});
