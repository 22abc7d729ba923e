import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClienteleError, dayOfText } from '../../src/core/index.js';
import { nextExpiries, pointsLedger, programmeKpis, type PointsRules } from '../../src/loyalty/index.js';

interface Movement {
  id: string;
  member?: string;
  at: string | number;
  kind: string;
  amount?: number;
  points?: number;
  order?: string;
  expires?: string | number;
}
const day = (at: string | number): number => (typeof at === 'number' ? at : dayOfText(at)!);
const columns = (rows: readonly Movement[]) => ({
  id: rows.map(({ id }) => id), member: rows.map(({ member = 'm' }) => member), at: { type: 'date' as const, data: Int32Array.from(rows, ({ at }) => day(at)) }, kind: rows.map(({ kind }) => kind),
  amount: Float64Array.from(rows, ({ amount = NaN }) => amount), points: Float64Array.from(rows, ({ points = NaN }) => points), order: { type: 'text' as const, ...texts(rows.map(({ order }) => order)) },
  ...(rows.some(({ expires }) => expires !== undefined) ? { expires: { type: 'date' as const, data: Int32Array.from(rows, ({ expires }) => (expires === undefined ? 0 : day(expires))), valid: texts(rows.map(({ expires }) => expires?.toString())).valid } } : {}),
});
/** A text column in which every value may be missing. */
function texts(values: readonly (string | undefined)[]): { data: Uint8Array; offsets: Int32Array; valid: Uint8Array } {
  const bytes = values.map((value) => new TextEncoder().encode(value ?? ''));
  const offsets = new Int32Array(values.length + 1);
  bytes.forEach((own, i) => (offsets[i + 1] = offsets[i]! + own.length));
  const valid = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, i) => value !== undefined && (valid[i >> 3]! |= 1 << (i & 7)));
  return { data: Uint8Array.from(bytes.flatMap((own) => [...own])), offsets, valid };
}
const RULES: PointsRules = { earn: { perSpend: 1 } };
const ledger = (rows: readonly Movement[], rules: PointsRules = RULES, asOf?: string) => pointsLedger(columns(rows), rules, asOf === undefined ? {} : { asOf });
const only = (rows: readonly Movement[], rules: PointsRules = RULES, asOf?: string): Record<string, unknown> => ledger(rows, rules, asOf).table.row(0);

describe('pointsLedger: earning and spending', () => {
  it('earns by money, rounded down per award; 0.29 × 100 is 29', () => {
    expect(only([{ id: '1', at: '2025-01-01', kind: 'earn', amount: 19.99 }, { id: '2', at: '2025-01-02', kind: 'earn', amount: 0.5 }])).toMatchObject({ balance: 19, earned: 19, spent: 20.49 });
    expect(only([{ id: '1', at: '2025-01-01', kind: 'earn', amount: 100 }], { earn: { perSpend: 0.29 } })).toMatchObject({ balance: 29 });
    expect(only([{ id: '1', at: '2025-01-01', kind: 'earn', amount: 19.99 }], { earn: { perSpend: 1, round: 'none' } })).toMatchObject({ balance: 19.99 });
    expect(only([{ id: '1', at: '2025-01-01', kind: 'earn', amount: 19.99, points: 7 }])).toMatchObject({ balance: 7 });
  });
  it('redeems within limits; what is not granted is listed with its reason', () => {
    const found = ledger([
      { id: '1', at: '2025-01-01', kind: 'earn', amount: 100 }, { id: '2', at: '2025-01-02', kind: 'redeem', points: 5 }, { id: '3', at: '2025-01-03', kind: 'redeem', points: 60 },
      { id: '4', at: '2025-01-04', kind: 'redeem', points: 90 }, { id: '5', at: '2025-01-05', kind: 'redeem', points: 50 },
    ], { earn: { perSpend: 1 }, redemption: { min: 10, max: 80 } });
    expect(found.table.row(0)).toMatchObject({ balance: 40, redeemed: 60, firstRedeem: '2025-01-03' });
    expect(found.declined.toRows().map((row) => [row['id'], row['reason']])).toEqual([['2', 'below_minimum'], ['4', 'above_maximum'], ['5', 'above_balance']]);
    expect(found.diagnostics.warnings[0]!.code).toBe('NOT_GRANTED');
  });
  it('in one instant: earn, reverse, expire, redeem, then id', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { days: 10 } } };
    const rows: Movement[] = [{ id: '9', at: 20010, kind: 'redeem', points: 30 }, { id: '8', at: 20010, kind: 'earn', amount: 30 }, { id: '1', at: 20000, kind: 'earn', amount: 50, order: 'A' }];
    // The 50 of day 20000 end on 20010 before the redemption, which takes the 30 of that day.
    expect(only(rows, rules)).toMatchObject({ balance: 0, expired: 50, redeemed: 30 });
    expect(only(rows.map((row) => (row.kind === 'redeem' ? { ...row, at: 20009 } : row)), rules)).toMatchObject({ balance: 30, expired: 20, redeemed: 30 });
    expect(only([...rows, { id: '0', at: 20010, kind: 'reverse', order: 'A' }], rules)).toMatchObject({ reversed: 50, expired: 0, balance: 0 });
  });
});

describe('pointsLedger: refunds and debt', () => {
  const spent: Movement[] = [{ id: '1', at: '2025-01-01', kind: 'earn', amount: 100, order: 'A' }, { id: '2', at: '2025-01-02', kind: 'redeem', points: 80 }];
  it('what was spent becomes debt, settled by later earnings', () => {
    const refund: Movement = { id: '3', at: '2025-01-03', kind: 'reverse', order: 'A' };
    expect(only([...spent, refund])).toMatchObject({ balance: 0, debt: 80, reversed: 100 });
    expect(only([...spent, refund, { id: '4', at: '2025-01-04', kind: 'earn', amount: 30 }])).toMatchObject({ balance: 0, debt: 50, earned: 130 });
    expect(only([...spent, refund, { id: '4', at: '2025-01-04', kind: 'earn', amount: 200 }])).toMatchObject({ balance: 120, debt: 0 });
  });
  it('takes back in proportion, in steps that add up to the whole', () => {
    const parts = [33.33, 33.33, 33.34].map((amount, i): Movement => ({ id: `r${i}`, at: 20100 + i, kind: 'reverse', order: 'A', amount }));
    const earn: Movement = { id: '1', at: 20000, kind: 'earn', amount: 100, order: 'A', points: 10 };
    expect(only([earn, parts[0]!])).toMatchObject({ reversed: 3.33, balance: 6.67, spent: 66.67 });
    expect(only([earn, ...parts])).toMatchObject({ reversed: 10, balance: 0, spent: 0 });
  });
  it('does not ask back what had ended', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { days: 10 } } };
    expect(only([{ id: '1', at: 20000, kind: 'earn', amount: 100, order: 'A' }, { id: '2', at: 20005, kind: 'redeem', points: 30 }, { id: '3', at: 20050, kind: 'reverse', order: 'A' }], rules))
      .toMatchObject({ expired: 70, reversed: 30, debt: 30, balance: 0 });
  });
  it('gives back points redeemed for the order; to an award that has ended they end', () => {
    const rows: Movement[] = [{ id: '1', at: 20000, kind: 'earn', amount: 100 }, { id: '2', at: 20005, kind: 'redeem', points: 60, order: 'B' }, { id: '3', at: 20005, kind: 'earn', amount: 40, order: 'B' }];
    expect(only([...rows, { id: '4', at: 20008, kind: 'reverse', order: 'B' }])).toMatchObject({ balance: 100, redeemed: 0, reversed: 40 });
    expect(only([...rows, { id: '4', at: 20008, kind: 'reverse', order: 'B', amount: 20 }])).toMatchObject({ balance: 90, redeemed: 30, reversed: 20 });
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { days: 10 } } };
    expect(only([...rows, { id: '4', at: 20012, kind: 'reverse', order: 'B' }], rules)).toMatchObject({ balance: 0, redeemed: 0, expired: 100, reversed: 40, debt: 0 });
  });
});

describe('pointsLedger: time', () => {
  it('first ending, first used; the next ends are told', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { months: 1 } } };
    const rows: Movement[] = [{ id: '1', at: '2025-01-31', kind: 'earn', amount: 10 }, { id: '2', at: '2025-02-10', kind: 'earn', amount: 20 }, { id: '3', at: '2025-02-11', kind: 'redeem', points: 4 }];
    const found = ledger(rows, rules, '2025-02-15');
    expect(found.table.row(0)).toMatchObject({ balance: 26, nextExpiry: '2025-02-28', nextExpiryPoints: 6 });
    expect(nextExpiries(found).toRows()).toEqual([{ expires: '2025-02-28', points: 6, members: 1 }, { expires: '2025-03-10', points: 20, members: 1 }]);
    expect(nextExpiries(found, { days: 13 }).numRows).toBe(1);
    expect(nextExpiries(found, { days: 12, by: 'award' }).numRows).toBe(0);
    expect(ledger(rows, rules, '2025-02-28').table.row(0)).toMatchObject({ balance: 20, expired: 6 });
    expect(ledger(rows, rules, '2025-02-10').diagnostics.rows).toMatchObject({ read: 3, used: 2, leftOut: { 'after-as-of': 1 } });
  });
  it('inactivity ends everything; an order or a redemption begins the time anew', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'inactivity', after: { days: 100 } } };
    const rows: Movement[] = [{ id: '1', at: 20000, kind: 'earn', amount: 10 }, { id: '2', at: 20090, kind: 'redeem', points: 1 }];
    expect(only([...rows, { id: '3', at: 20189, kind: 'earn', amount: 5 }], rules)).toMatchObject({ balance: 14 });
    expect(only([...rows, { id: '3', at: 20190, kind: 'earn', amount: 5 }], rules)).toMatchObject({ balance: 14 });
    expect(only([...rows, { id: '3', at: 20191, kind: 'earn', amount: 5 }], rules)).toMatchObject({ balance: 5, expired: 9 });
  });
  it('a day of its own ends points before inactivity would; inactivity ends them where it is earlier', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, expiry: { kind: 'inactivity', after: { days: 100 } } };
    const rows: Movement[] = [{ id: '1', at: '2025-01-01', kind: 'earn', amount: 10, expires: '2025-02-01' }, { id: '2', at: '2025-01-01', kind: 'earn', amount: 5, expires: '2026-01-01' }, { id: '3', at: '2025-01-02', kind: 'earn', amount: 7 }];
    const found = ledger(rows, rules, '2025-01-31');
    expect(found.table.row(0)).toMatchObject({ balance: 22, expired: 0, nextExpiry: '2025-02-01', nextExpiryPoints: 10 });
    expect(found.awards.toRows().map((award) => [award['points'], award['expires']])).toEqual([[10, '2025-02-01'], [5, '2025-04-12'], [7, '2025-04-12']]);   // 2 January + 100
    expect(only(rows, rules, '2025-02-01')).toMatchObject({ balance: 12, expired: 10, nextExpiry: '2025-04-12', nextExpiryPoints: 12 });
    expect(only(rows, rules, '2025-04-11')).toMatchObject({ balance: 12 });
    expect(only(rows, rules, '2025-04-12')).toMatchObject({ balance: 0, expired: 22 });
    expect(only([rows[0]!, { id: '4', at: '2025-01-05', kind: 'redeem', points: 4 }], rules, '2025-02-01')).toMatchObject({ redeemed: 4, expired: 6 });
  });
  it('who has no movement by asOf is no member yet, and is counted', () => {
    const rows: Movement[] = [{ id: '1', member: 'late', at: '2026-01-05', kind: 'earn', amount: 100 }, { id: '2', member: 'a', at: '2025-01-01', kind: 'earn', amount: 100 }];
    const found = ledger(rows, RULES, '2025-12-31');
    expect(found.table.toRows().map((row) => row['member'])).toEqual(['a']);
    expect(found.meta.members).toBe(1);
    expect(found.diagnostics.customers).toEqual({ seen: 2, kept: 1, leftOut: { 'after-as-of': 1 } });
    expect(programmeKpis(found, { customers: 1, ultimateRedemptionRate: 1 })).toMatchObject({ members: 1, participation: 1, activeRate: 1 });
    expect(ledger(rows).diagnostics.customers).toEqual({ seen: 2, kept: 2, leftOut: {} });
    expect(() => ledger(rows, RULES, '2020-01-01')).toThrow('no movement is left');
  });
  it('tenure: a point for each whole month since joining, the last of the month kept', () => {
    const rules: PointsRules = { tenure: { points: 1, every: 'month' } };
    const join: Movement[] = [{ id: 'j', at: '2025-01-31', kind: 'join' }];
    expect(only(join, rules, '2025-02-27')).toMatchObject({ earned: 0 });
    expect(only(join, rules, '2025-02-28')).toMatchObject({ earned: 1 });
    expect(only(join, rules, '2025-03-30')).toMatchObject({ earned: 1 });
    expect(only(join, rules, '2025-03-31')).toMatchObject({ earned: 2, balance: 2 });
    expect(only(join, { tenure: { points: 5, every: 'year' } }, '2027-01-31')).toMatchObject({ earned: 10 });
  });
  it('late payment: reset ends points and begins tenure anew, freeze stops until paid', () => {
    const rows: Movement[] = [{ id: 'j', at: '2025-01-01', kind: 'join' }, { id: 'e', at: '2025-01-05', kind: 'earn', amount: 10 }, { id: 'l', at: '2025-03-15', kind: 'late' }];
    const rules = (latePayment: PointsRules['latePayment']): PointsRules => ({ earn: { perSpend: 1 }, tenure: { points: 1, every: 'month' }, ...(latePayment === undefined ? {} : { latePayment }) });
    expect(only(rows, rules(undefined), '2025-05-01')).toMatchObject({ balance: 14 });
    expect(only(rows, rules({ effect: 'reset' }), '2025-05-01')).toMatchObject({ balance: 11, expired: 2 });            // 10 by money, one month since 15 March
    expect(only(rows, rules({ effect: 'reset', scope: 'all' }), '2025-05-01')).toMatchObject({ balance: 1, expired: 12 });
    expect(only(rows, rules({ effect: 'freeze' }), '2025-05-01')).toMatchObject({ balance: 12, frozen: true });
    expect(only([...rows, { id: 'p', at: '2025-04-10', kind: 'paid' }], rules({ effect: 'freeze' }), '2025-05-01')).toMatchObject({ balance: 13, frozen: false });
    expect(only([...rows, { id: 'f', at: '2025-04-02', kind: 'earn', amount: 7 }], rules({ effect: 'freeze', scope: 'all' }), '2025-05-01')).toMatchObject({ balance: 12 });
  });
});

describe('pointsLedger: tiers', () => {
  const levels = [{ key: 'blue', from: 0 }, { key: 'silver', from: 100, multiplier: 2 }, { key: 'gold', from: 300, multiplier: 3, label: { en: 'Gold', zh: '金卡' } }];
  const buy = (id: string, at: string, amount: number): Movement => ({ id, at, kind: 'earn', amount, order: id });
  it('the tier before an order multiplies its points', () => {
    const found = ledger([buy('1', '2025-01-01', 100), buy('2', '2025-01-02', 100)], { earn: { perSpend: 1 }, tiers: { levels } });
    expect(found.table.row(0)).toMatchObject({ earned: 300, tier: 'gold', tierLabel: 'Gold' });
    expect(found.tierMoves.toRows().map((row) => [row['date'], row['from'], row['to'], row['direction']])).toEqual([['2025-01-01', 'blue', 'silver', 'up'], ['2025-01-02', 'silver', 'gold', 'up']]);
  });
  it('a rolling window: falls when an order leaves it, after the grace, one step at a time where landing is soft', () => {
    const rows = [buy('1', '2025-01-01', 350)];
    const tiers = (more: object): PointsRules => ({ tiers: { levels, by: 'spend', window: { days: 30 }, ...more } });
    const at = (rules: PointsRules, asOf: string): unknown => only(rows, rules, asOf)['tier'];
    expect([at(tiers({}), '2025-01-30'), at(tiers({}), '2025-01-31')]).toEqual(['gold', 'blue']);
    expect([at(tiers({ graceDays: 10 }), '2025-02-09'), at(tiers({ graceDays: 10 }), '2025-02-10')]).toEqual(['gold', 'blue']);
    const soft = tiers({ graceDays: 10, softLanding: true });
    expect([at(soft, '2025-02-09'), at(soft, '2025-02-10'), at(soft, '2025-02-19'), at(soft, '2025-02-20')]).toEqual(['gold', 'silver', 'silver', 'blue']);
    expect(only([...rows, buy('2', '2025-02-05', 350)], soft, '2025-02-20')['tier']).toBe('gold');
  });
  it('a calendar window: what a year earned holds through the next', () => {
    const rules: PointsRules = { tiers: { levels, by: 'spend', window: 'year' } };
    const at = (asOf: string, rows = [buy('1', '2024-06-01', 350)]): unknown => only(rows, rules, asOf)['tier'];
    expect([at('2024-12-31'), at('2025-12-31'), at('2026-01-01')]).toEqual(['gold', 'gold', 'blue']);
    expect(at('2026-05-01', [buy('1', '2024-06-01', 350), buy('2', '2025-06-01', 120)])).toBe('silver');
  });
  it('a refund lowers what counted', () => {
    const rules: PointsRules = { tiers: { levels, by: 'spend', window: { months: 12 } } };
    expect(only([buy('1', '2025-01-01', 350), { id: 'r', at: '2025-01-20', kind: 'reverse', order: '1', amount: 300 }], rules)).toMatchObject({ tier: 'blue', spent: 50 });
  });
  it('points of tenure are times what the tier says of tenure, not of money', () => {
    const rules = (tenureMultiplier: object): PointsRules => ({ earn: { perSpend: 1 }, tenure: { points: 10, every: 'month' }, tiers: { levels: [{ key: 's', from: 0 }, { key: 'g', from: 100, multiplier: 5, ...tenureMultiplier }] } });
    const rows = [{ id: 'j', at: '2025-01-01', kind: 'join' }, buy('1', '2025-02-10', 100)];
    // A month as silver (10 points), 100 by money, two months as gold.
    expect(only(rows, rules({}), '2025-04-05')).toMatchObject({ earned: 130 });
    expect(only(rows, rules({ tenureMultiplier: 2.5 }), '2025-04-05')).toMatchObject({ earned: 160, tier: 'g' });
    expect(only(rows, rules({ tenureMultiplier: 0 }), '2025-04-05')).toMatchObject({ earned: 110 });
  });
  it('discount by balance, club by money spent', () => {
    const rules: PointsRules = { earn: { perSpend: 1 }, discounts: [{ from: 50, rate: 0.05 }, { from: 100, rate: 0.1 }], club: { spend: 120 } };
    expect(only([buy('1', '2025-01-01', 70)], rules)).toMatchObject({ discount: 0.05, club: false, clubSince: null });
    expect(only([buy('1', '2025-01-01', 70), buy('2', '2025-01-03', 60)], rules)).toMatchObject({ discount: 0.1, club: true, clubSince: '2025-01-03' });
  });
});

describe('pointsLedger: what it refuses', () => {
  const earn: Movement = { id: '1', at: 20000, kind: 'earn', amount: 10, order: 'A' };
  it.each([
    [[{ ...earn, order: 'A' }, { id: '2', at: 20001, kind: 'reverse', order: 'Z' }], 'row 1 takes back order "Z", which neither earned nor redeemed'],
    [[earn, { id: '1', at: 20001, kind: 'earn', amount: 10 }], 'the id "1" is used by row 0 for something else'],
    [[earn, { ...earn, id: '2', amount: 11 }], 'order "A" earns a second time'],
    [[earn, { id: '2', member: 'n', at: 20001, kind: 'reverse', order: 'A' }], 'of another member'],
    [[earn, { id: '2', at: 19999, kind: 'reverse', order: 'A' }], 'before it was placed'],
    [[earn, { id: '2', at: 20001, kind: 'reverse', order: 'A', amount: 6 }, { id: '3', at: 20001, kind: 'reverse', order: 'A', amount: 6 }], 'brings the refunds of order "A" to 12, above its 10'],
    [[earn, { id: '2', at: 20001, kind: 'gift' }], 'the kind "gift" is none'],
    [[{ id: '1', at: 1, kind: 'earn' }], 'has neither amount nor points'],
    [[{ id: '1', at: 1, kind: 'earn', amount: -5 }], 'the amount is -5'],
    [[{ id: '1', at: 1, kind: 'earn', amount: Infinity }], 'the amount is Infinity'],
    [[{ id: '1', at: 1, kind: 'earn', points: 0.123 }], 'more than two decimals'],
    [[{ id: '1', at: 1, kind: 'redeem' }], 'has no points'],
    [[earn, { id: '2', at: 20001, kind: 'reverse', order: 'A', points: 3 }], 'row 1 is of kind reverse, and has points (3). It takes back part of an order by money: give amount, or leave both missing'],
    [[{ id: '1', at: 1, kind: 'join', points: 0 }], 'row 0 is of kind join, and has points (0)'],
    [[{ id: '1', at: 1, kind: 'paid', amount: 30 }], 'row 0 is of kind paid, and has an amount (30)'],
    [[{ id: '1', at: 1, kind: 'late', amount: 30 }], 'row 0 is of kind late, and has an amount (30)'],
    [[earn, { id: '2', at: 20001, kind: 'redeem', points: 3, amount: 3 }], 'row 1 is of kind redeem, and has an amount (3). Redemptions are in points'],
    [[{ ...earn, expires: 19999 }], 'row 0: points that end before they are earned'],
    [[earn, { id: '2', at: 20001, kind: 'redeem', points: 3, expires: 20009 }], 'row 1 is of kind redeem, and has an end of points'],
    [[], 'there are no movements'],
  ] as [Movement[], string][])('%j: %s', (rows, message) => expect(() => ledger(rows)).toThrow(message));
  it.each([
    [{ earn: { perSpend: -1 } }, 'earn.perSpend'], [{ expiry: { kind: 'per-award', after: { days: 0 } } }, 'expiry.after'], [{ expiry: { kind: 'per-award', after: { days: 1, months: 1 } } }, 'expiry.after'],
    [{ tiers: { levels: [{ key: 'a', from: 5 }] } }, 'tiers.levels[0].from'], [{ tiers: { levels: [{ key: 'a', from: 0 }, { key: 'a', from: 5 }] } }, 'key'],
    [{ tiers: { levels: [{ key: 'a', from: 0 }], softLanding: true } }, 'graceDays'], [{ reward: {} }, 'there is no option "reward"'], [{ discounts: [{ from: 5, rate: 0.1 }, { from: 5, rate: 0.2 }] }, 'discounts[1].from'],
    [undefined, 'option rules is'], [null, 'option rules is'], [[], 'option rules is'], [{ earn: { perSpend: 1, rounding: 'none' } }, 'earn has no option "rounding". Known options: perSpend, round.'],
    [{ redemption: { minimum: 50 } }, 'redemption has no option "minimum"'], [{ redemption: { min: 100, max: 50 } }, 'redemption.max'], [{ redemption: 100 }, 'redemption is 100'], [{ redemption: { min: null } }, 'redemption.min'],
    [{ tenure: { points: 1, every: 'month', evry: 1 } }, 'tenure has no option "evry"'], [{ tenure: 5 }, 'tenure is 5'], [{ expiry: { kind: 'inactivity', after: { days: 5 }, grace: 1 } }, 'expiry has no option "grace"'],
    [{ expiry: { kind: 'inactivity', after: { days: 5, hours: 1 } } }, 'expiry.after has no option "hours"'], [{ latePayment: { effect: 'reset', scoop: 'all' } }, 'latePayment has no option "scoop"'], [{ club: { spent: 5 } }, 'club has no option "spent"'], [{ club: null }, 'club is null'],
    [{ tiers: { levels: [{ key: 'a', from: 0, mulitplier: 3 }] } }, 'tiers.levels[0] has no option "mulitplier"'], [{ tiers: { levels: [null] } }, 'tiers.levels[0] is null'], [{ tiers: { levels: [{ key: 'a', from: 0, label: { en: 'A' } }] } }, 'tiers.levels[0].label'],
    [{ tiers: { levels: [{ key: 'a', from: 0, tenureMultiplier: -1 }] } }, 'tiers.levels[0].tenureMultiplier'],
    [{ tiers: [] }, 'tiers'], [{ discounts: {} }, 'discounts'], [{ discounts: [null] }, 'discounts[0] is null'], [{ discounts: [{ from: 1, rate: 0.1, rat: 1 }] }, 'discounts[0] has no option "rat"'],
  ] as [PointsRules, string][])('rules %j', (rules, message) => {
    expect(() => pointsLedger(columns([earn]), rules)).toThrow(message);
    expect(() => pointsLedger(columns([earn]), rules)).toThrow(ClienteleError);
  });
  it('the same movement, or the same order, twice counts once', () => {
    const found = ledger([earn, earn, { ...earn, id: '0' }]);
    expect(found.table.row(0)).toMatchObject({ earned: 10 });
    expect(found.diagnostics.rows).toMatchObject({ read: 3, used: 1, leftOut: { duplicates: 2 } });
  });
});

const someRules: fc.Arbitrary<PointsRules> = fc.record({
  earn: fc.constant({ perSpend: 0.7 }),
  tenure: fc.constantFrom(undefined, { points: 3, every: 'month' as const }),
  expiry: fc.constantFrom(undefined, { kind: 'per-award' as const, after: { days: 40 } }, { kind: 'per-award' as const, after: { months: 2 } }, { kind: 'inactivity' as const, after: { days: 30 } }),
  latePayment: fc.constantFrom(undefined, { effect: 'reset' as const, scope: 'all' as const }, { effect: 'reset' as const }, { effect: 'freeze' as const, scope: 'all' as const }),
  tiers: fc.constantFrom(undefined, { levels: [{ key: 'a', from: 0 }, { key: 'b', from: 100, multiplier: 2 }, { key: 'c', from: 200 }], window: { days: 50 }, graceDays: 7, softLanding: true }, { levels: [{ key: 'a', from: 0 }, { key: 'b', from: 150, multiplier: 1.5 }], by: 'spend' as const, window: 'month' as const }),
}).map((rules) => JSON.parse(JSON.stringify(rules)) as PointsRules);

/** Movements that hold together: refunds are of orders placed before. */
const someMovements = fc.array(fc.record({
  what: fc.constantFrom('earn', 'earn', 'earn', 'reverse', 'redeem', 'redeem', 'late', 'paid', 'join'), member: fc.integer({ min: 0, max: 2 }), at: fc.integer({ min: 0, max: 200 }),
  cents: fc.integer({ min: 0, max: 20_000 }), back: fc.option(fc.integer({ min: 1, max: 100 })), lasts: fc.option(fc.integer({ min: 0, max: 60 })), pick: fc.nat(), ordered: fc.boolean(),
}), { minLength: 1, maxLength: 60, size: 'max' }).map((seeds) => {
  const rows: Movement[] = [];
  const orders: { order: string; member: string; at: number; amount: number; refunded: number }[] = [];
  seeds.forEach(({ what, member: m, at, cents, back, lasts, pick, ordered }, i) => {
    const member = ['a', '__proto__', '张'][m]!;
    const base = { id: `i${(i * 7919) % 1000}`, member, at: 20000 + at, kind: what };
    const amount = cents / 100;
    if (what === 'earn') {
      rows.push({ ...base, amount, order: `o${i}`, ...(lasts === null ? {} : { expires: 20000 + at + lasts }) });
      orders.push({ order: `o${i}`, member, at: 20000 + at, amount, refunded: 0 });
    } else if (what === 'redeem') {
      const of = orders.filter((one) => one.member === member && one.at <= 20000 + at && !rows.some((row) => row.kind === 'redeem' && row.order === one.order));
      rows.push({ ...base, points: (cents + 1) / 100, ...(ordered && of.length > 0 ? { order: of[pick % of.length]!.order } : {}) });
    } else if (what === 'reverse') {
      if (orders.length === 0) return;
      const of = orders[pick % orders.length]!;
      const part = back === null || of.amount === 0 ? undefined : Math.max(0, Math.floor((of.amount - of.refunded) * back)) / 100;
      of.refunded += part ?? of.amount - of.refunded;
      rows.push({ ...base, member: of.member, at: of.at + (at % 60), order: of.order, ...(part === undefined ? {} : { amount: part }) });
    } else rows.push(base);
  });
  return rows;
}).filter((rows) => rows.length > 0);

describe('pointsLedger: what always holds', () => {
  it('balance - debt = earned - reversed - redeemed - expired, both >= 0, never both positive; months add up to it', () => fc.assert(fc.property(someMovements, someRules, fc.integer({ min: 20000, max: 20300 }), (rows, rules, until) => {
    if (rows.every(({ at }) => day(at) > until)) return;
    const asOf = new Date(until * 86_400_000).toISOString().slice(0, 10);
    const found = ledger(rows, rules, asOf);
    const unit = (x: unknown): number => Math.round(Number(x) * 100);
    for (const row of found.table.toRows()) {
      const [balance, debt, earned, reversed, redeemed, expired] = ['balance', 'debt', 'earned', 'reversed', 'redeemed', 'expired'].map((name) => unit(row[name]));
      expect(balance! - debt!).toBe(earned! - reversed! - redeemed! - expired!);
      for (const x of [balance, debt, earned, reversed, redeemed, expired]) expect(x).toBeGreaterThanOrEqual(0);
      expect(balance! > 0 && debt! > 0).toBe(false);
      const open = found.awards.toRows().filter((award) => award['member'] === row['member']);
      expect(open.reduce((sum, award) => sum + unit(award['points']), 0)).toBe(balance);
      expect(open.every((award) => award['expires'] === null || String(award['expires']) > asOf)).toBe(true);
    }
    const sum = (name: string): number => found.cohorts.toRows().reduce((all, row) => all + unit(row[name]), 0);
    expect(sum('issued')).toBe(unit(found.totals.earned));
    expect(sum('redeemed')).toBe(unit(found.totals.redeemed));
    expect(sum('expired')).toBe(unit(found.totals.expired));
    expect(sum('reversed')).toBe(unit(found.totals.reversed) - unit(found.totals.debt));
    expect(sum('outstanding')).toBe(unit(found.totals.balance));
    expect(found.cohorts.toRows().every((row) => ['issued', 'reversed', 'redeemed', 'expired', 'outstanding'].every((name) => unit(row[name]) >= 0))).toBe(true);
  }), { numRuns: 400 }));
  it('the same movements in any order, some of them twice, give the same balances', () => fc.assert(fc.property(someMovements, someRules, fc.infiniteStream(fc.nat()), (rows, rules, dice) => {
    const shuffled = [...rows, ...rows.filter((_, i) => i % 3 === 0)];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = dice.next().value! % (i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    const byMember = (found: ReturnType<typeof ledger>): unknown[] => found.table.toRows().sort((a, b) => (String(a['member']) < String(b['member']) ? -1 : 1));
    const [one, other] = [ledger(rows, rules, '2025-06-01'), ledger(shuffled, rules, '2025-06-01')];
    expect(byMember(other)).toEqual(byMember(one));
    expect(other.cohorts.toRows()).toEqual(one.cohorts.toRows());
  }), { numRuns: 200 }));
  it('as of a past day: as if the later movements were not there', () => fc.assert(fc.property(someMovements, someRules, fc.integer({ min: 20050, max: 20150 }), (rows, rules, until) => {
    const known = rows.filter(({ at }) => day(at) <= until);
    if (known.length === 0) return;
    const asOf = new Date(until * 86_400_000).toISOString().slice(0, 10);
    const [past, alone] = [ledger(rows, rules, asOf), ledger(known, rules, asOf)];
    for (const name of ['table', 'awards', 'tierMoves', 'cohorts'] as const) expect(past[name].toRows()).toEqual(alone[name].toRows());
    expect(past.declined.toRows().map((row) => row['id'])).toEqual(alone.declined.toRows().map((row) => row['id']));
    expect(past.totals).toEqual(alone.totals);
    expect(past.meta).toEqual(alone.meta);
  }), { numRuns: 200 }));
});

describe('programmeKpis', () => {
  it('a redemption wholly returned makes no redeemer; the next that stands is the first', () => {
    const rows: Movement[] = [{ id: '1', at: '2025-01-01', kind: 'earn', amount: 100 }, { id: '2', at: '2025-01-03', kind: 'redeem', points: 50, order: 'B' }, { id: '3', at: '2025-01-21', kind: 'redeem', points: 20 }];
    const back: Movement = { id: '4', at: '2025-01-06', kind: 'reverse', order: 'B' };
    expect(programmeKpis(ledger(rows))).toMatchObject({ redeemers: 1, medianDaysToFirstRedemption: 2 });
    expect(programmeKpis(ledger([rows[0]!, rows[1]!, back]))).toMatchObject({ redeemers: 0, redeemed: 0, medianDaysToFirstRedemption: NaN });
    expect(programmeKpis(ledger([...rows, back]))).toMatchObject({ redeemers: 1, redeemed: 20, medianDaysToFirstRedemption: 20 });
    expect(programmeKpis(ledger([...rows, { ...back, at: '2025-02-01' }]))).toMatchObject({ redeemers: 1, redeemed: 20, medianDaysToFirstRedemption: 20 });
  });
  it('by hand', () => {
    const found = ledger([
      { id: '1', at: '2025-01-01', kind: 'earn', amount: 100, member: 'a' }, { id: '2', at: '2025-01-11', kind: 'redeem', points: 60, member: 'a' }, { id: '3', at: '2025-02-01', kind: 'earn', amount: 40, member: 'b' },
      { id: '4', at: '2026-01-31', kind: 'earn', amount: 200, member: 'c' },
    ], { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { months: 12 } } }, '2026-01-31');
    const kpis = programmeKpis(found, { costPerPoint: 0.01, customers: 30 });
    // Ended: 60 redeemed, 40 of a on 1 January; b's 40 end on 1 February.
    expect(kpis).toMatchObject({ members: 3, participation: 0.1, activeMembers: 2, issued: 340, redeemed: 60, outstanding: 240, redeemers: 1, medianDaysToFirstRedemption: 10 });
    expect(kpis.redemptionRate).toBeCloseTo(60 / 340, 12);
    expect(kpis.breakage).toBeCloseTo(0.4, 12);
    expect(kpis.liability).toBeCloseTo(240 * 0.6 * 0.01, 12);
    expect(kpis.warnings[0]!.code).toBe('RATE_YOUNG');
    expect(programmeKpis(found, { ultimateRedemptionRate: 0.8, labels: 'zh' }).table.cell('label', 0)).toBe('会员数');
    expect(programmeKpis(found, { ultimateRedemptionRate: 0.8 })).toMatchObject({ warnings: [], liability: NaN });
    expect(() => programmeKpis(found, { customers: 2 })).toThrow('not below the 3 members');
  });
});
