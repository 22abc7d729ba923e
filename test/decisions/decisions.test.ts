import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfText } from '../../src/core/index.js';
import { ahpWeights, campaign, creditPolicy, keyCustomers, paymentRecord, returnCurve, screen, screeningSensitivity, winBack, type Criterion } from '../../src/decisions/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';

const accounts = { customer: ['a', 'b', 'c', 'd'], sales: [100, 50, 75, 0], overdue: [30, 0, 15, 30], years: [1, 2, 3, 4] };
const criteria: Criterion[] = [{ column: 'sales', direction: 'high', weight: 0.7 }, { column: 'overdue', direction: 'low', weight: 0.3 }];
const column = (t: { toColumns(): Record<string, ArrayLike<unknown>> }, name: string): unknown[] => Array.from(t.toColumns()[name]!);

/** q3 - q1, type 7. */
function quartileDistance(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p: number): number => {
    const place = p * (sorted.length - 1), low = Math.floor(place);
    return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  };
  return at(0.75) - at(0.25);
}

describe('screen', () => {
  it('normalizes, turns, weighs, ranks, and selects the top share', () => {
    const { table, tiers } = screen(accounts, criteria);
    expect(column(table, 'score').map((s) => Number((s as number).toFixed(9)))).toEqual([0.7, 0.65, 0.675, 0]);
    expect(column(table, 'rank')).toEqual([1, 3, 2, 4]);
    expect(column(table, 'selected')).toEqual([true, false, false, false]);
    expect(tiers.toRows().map((row) => [row['tier'], row['customers']])).toEqual([['key', 1], ['growing', 1], ['standard', 2]]);
    expect(screen(accounts, criteria, { labels: 'zh' }).table.row(0)['label']).toBe('关键客户');
  });
  it('TOPSIS measures nearness to the best', () => {
    const { table } = screen(accounts, criteria.map((criterion) => ({ ...criterion, normalization: 'min-max' as const })), { method: 'topsis' });
    expect(table.row(3)['score']).toBe(0);
    expect(table.row(0)['score']).toBeCloseTo(0.7 / (0.3 + 0.7), 12);
  });
  it("TOPSIS normalizes by vectors, as in Hwang & Yoon's choice of a fighter aircraft (1981, chapter 3)", () => {
    const aircraft = {
      customer: ['A1', 'A2', 'A3', 'A4'], speed: [2, 2.5, 1.8, 2.2], range: [1500, 2700, 2000, 1800], payload: [20000, 18000, 21000, 20000],
      cost: [5.5, 6.5, 4.5, 5], reliability: [5, 3, 7, 5], manoeuvrability: [9, 5, 7, 5],
    };
    const weights = { speed: 0.2, range: 0.1, payload: 0.1, cost: 0.1, reliability: 0.2, manoeuvrability: 0.3 };
    const six = Object.entries(weights).map(([name, weight]): Criterion => ({ column: name, direction: name === 'cost' ? 'low' : 'high', weight }));
    const answer = screen(aircraft, six, { method: 'topsis' });
    // Printed there from steps rounded to four places, so equal within one in the third.
    [0.643, 0.268, 0.613, 0.312].forEach((printed, i) => expect(Math.abs((answer.table.row(i)['score'] as number) - printed)).toBeLessThan(1e-3));
    expect(column(answer.table, 'rank')).toEqual([1, 4, 2, 3]);
    expect(answer.criteria[0]!.normalization).toBe('vector');
    expect(screen(aircraft, six).criteria[0]!.normalization).toBe('min-max');
  });
  it("vector: each value over the root of the sum of squares; 'low' turned; large and zero values held", () => {
    const by = (sales: number[], direction: 'high' | 'low' = 'high'): unknown[] => column(screen({ sales }, [{ column: 'sales', direction, normalization: 'vector' }]).table, 'score');
    expect(by([3, 4])).toEqual([3 / 5, 4 / 5]);
    expect(by([3, 4], 'low')).toEqual([-3 / 5, -4 / 5]);
    expect(by([3e200, 4e200]).map((score) => Number((score as number).toFixed(12)))).toEqual([0.6, 0.8]);
    expect(by([0, 0])).toEqual([0, 0]);
  });
  it('z counts in population standard deviations, as kmeans does', () => {
    expect(column(screen({ x: [2, 4, 4, 4, 5, 5, 7, 9] }, [{ column: 'x', direction: 'high', normalization: 'z' }]).table, 'score')).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]);
  });
  it('refuses robust by name where most values are equal, and takes rank there', () => {
    const overdue = { customer: [...'abcdefgh'], s: [0, 0, 0, 0, 0, 0, 0, 100] };
    expect(() => screen(overdue, [{ column: 's', direction: 'high', normalization: 'robust' }])).toThrow(/column "s" or more are equal, so it has no interquartile range .*'rank'/);
    expect(() => screeningSensitivity(overdue, [{ column: 's', direction: 'high', normalization: 'robust' }])).toThrow('no interquartile range');
    expect(screen(overdue, [{ column: 's', direction: 'high', normalization: 'rank' }]).table.row(7)).toMatchObject({ rank: 1, selected: true });
  });
  it.each(['min-max', 'z', 'rank', 'robust', 'vector'] as const)('says by name that a criterion is the same for all (%s)', (normalization) => {
    const same = { customer: ['a', 'b', 'c'], x: [0.1, 0.1, 0.1], y: [1, 2, 3] };
    const two: Criterion[] = [{ column: 'x', direction: 'high', weight: 0.5, normalization }, { column: 'y', direction: 'high', weight: 0.5 }];
    const { diagnostics, table } = screen(same, two);
    expect(diagnostics.warnings).toEqual([{ code: 'CRITERION_CONSTANT', message: expect.stringContaining('x is the same for all customers') }]);
    expect(column(table, 'rank')).toEqual([3, 2, 1]);
    expect(screen({ customer: ['a'], x: [1] }, [{ column: 'x', direction: 'high' }]).diagnostics.warnings).toEqual([]);
    expect(screen(same, [{ column: 'x', direction: 'high', weight: 0 }, { column: 'y', direction: 'high', weight: 1 }]).diagnostics.warnings).toEqual([]);
  });
  it.each(['min-max', 'z', 'rank', 'robust', 'vector'] as const)('with skip, a customer without any value has no score, stands last and is not selected (%s)', (normalization) => {
    for (const method of ['weighted', 'topsis'] as const) {
      const gappy = { customer: ['a', 'b', 'c', 'd', 'e'], x: [null, 1, 2, 3, 4], y: [null, 5, 9, null, 1] };
      const skip = ['x', 'y'].map((name): Criterion => ({ column: name, direction: 'high', normalization, missing: 'skip' }));
      const { table, tiers, diagnostics } = screen(gappy, skip, { method, top: 1, tiers: [{ key: 'all' }] });
      expect(table.row(0)).toMatchObject({ score: null, rank: 5, selected: false });
      expect(table.row(1)).toMatchObject({ selected: true });
      expect(Number.isFinite(tiers.row(0)['meanScore'])).toBe(true);
      expect(diagnostics.warnings).toContainEqual({ code: 'NOT_SCORED', message: expect.stringContaining('1 customer has no value in any criterion') });
      expect(screeningSensitivity(gappy, skip, { method }).numRows).toBe(4);
    }
  });
  it('a criterion of weight 0 changes nothing', () => fc.assert(fc.property(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer()), { minLength: 1, maxLength: 30 }),
    fc.constantFrom('min-max' as const, 'z' as const, 'rank' as const, 'robust' as const, 'vector' as const), fc.constantFrom('weighted' as const, 'topsis' as const),
    (rows, normalization, method) => {
      const data = { x: rows.map(([x]) => x), y: rows.map(([, y]) => y), noise: rows.map(([, , z]) => z) };
      const two: Criterion[] = [{ column: 'x', direction: 'high', weight: 0.6, normalization }, { column: 'y', direction: 'low', weight: 0.4, normalization }];
      const three: Criterion[] = [...two, { column: 'noise', direction: 'high', weight: 0, normalization }];
      const scaleless = (values: number[]): boolean => new Set(values).size > 1 && quartileDistance(values) === 0;
      fc.pre(normalization !== 'robust' || !(scaleless(data.x) || scaleless(data.y)));
      expect(column(screen(data, three, { method }).table, 'score')).toEqual(column(screen(data, two, { method }).table, 'score'));
    })));
  it('a better value never ranks worse', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 30 }), (xs) => {
    const rows = screen({ x: xs }, [{ column: 'x', direction: 'low', normalization: 'rank' }]).table.toRows();
    for (const p of rows) for (const q of rows) if ((p['x'] as number) < (q['x'] as number)) expect(p['rank']).toBeLessThan(q['rank'] as number);
  })));
  it('counts gaps as it is told', () => {
    const gappy = { sales: [10, null, 0], extra: [0, 5, 10] };
    const by = (missing: 'worst' | 'median' | 'skip'): unknown[] => column(screen(gappy, [{ column: 'sales', direction: 'high', missing, weight: 0.5 }, { column: 'extra', direction: 'high', weight: 0.5 }]).table, 'score');
    expect([by('worst')[1], by('median')[1], by('skip')[1]]).toEqual([0.25, 0.5, 0.5]);
    expect(screen(gappy, [{ column: 'sales', direction: 'high', missing: 'worst' }]).diagnostics.warnings[0]!.message).toContain('1 value of sales');
  });
  it('shows who moved since the last time', () => {
    const last = screen({ ...accounts, sales: [0, 50, 75, 100] }, criteria).table;
    expect(screen(accounts, criteria, { last }).table.row(0)).toMatchObject({ lastRank: 4, movement: 3 });
  });
  it.each([
    ['weights that do not sum to 1', () => screen(accounts, [{ column: 'sales', direction: 'high', weight: 2 }, { column: 'years', direction: 'high', weight: 3 }]), 'the weights sum to 5, not 1. Change them so that they do. Scaled they are 0.4, 0.6'],
    ['some weights only', () => screen(accounts, [{ column: 'sales', direction: 'high', weight: 1 }, { column: 'years', direction: 'high' }]), 'Give every criterion a weight'],
    ['an unknown criterion', () => screen(accounts, [{ column: 'volume', direction: 'high' }]), 'column "volume" is missing (found: "customer", "sales", "overdue", "years")'],
    ['no direction', () => screen(accounts, [{ column: 'sales' } as Criterion]), "Use one of: 'high', 'low'"],
    ['a gap', () => screen({ sales: [1, null] }, [{ column: 'sales', direction: 'high' }]), "row 1: the value is missing. Fill it, or say how gaps count: missing: 'worst'"],
    ['no criteria', () => screen(accounts, []), 'Give at least one'],
    ['tiers that hold more than all', () => screen(accounts, criteria, { tiers: [{ key: 'a', share: 0.7 }, { key: 'b', share: 0.7 }, { key: 'c' }] }), 'together at most 1'],
    ['an unknown option', () => screen(accounts, criteria, { tops: 1 } as never), 'there is no option "tops"'],
  ] as const)('refuses %s', (_, run, message) => expect(run).toThrow(message));
  it('tells how much hangs on the weights', () => {
    const table = screeningSensitivity(accounts, criteria, { change: 0.5 });
    expect(table.numRows).toBe(4);
    expect(table.row(0)).toMatchObject({ criterion: 'sales', weight: expect.closeTo(0.35 / 0.65, 12), kept: 0 });
    expect(screeningSensitivity(accounts, [{ column: 'sales', direction: 'high' }]).row(0)).toMatchObject({ kept: 1, rankCorrelation: 1, largestMove: 0 });
  });
});

describe('ahpWeights', () => {
  it('agrees with the usual example: 0.637, 0.258, 0.105; CR 0.033', () => {
    const { weights, consistencyRatio, lambdaMax } = ahpWeights([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]);
    expect([...weights].map((w) => Number(w.toFixed(3)))).toEqual([0.637, 0.258, 0.105]);
    expect(lambdaMax).toBeCloseTo(3.0385, 4);
    expect(consistencyRatio).toBeCloseTo(0.0332, 4);
  });
  it('finds the weights a consistent matrix was made of', () => fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }), (parts) => {
    const { weights, consistencyRatio } = ahpWeights(parts.map((a) => parts.map((b) => a / b)));
    const sum = parts.reduce((a, b) => a + b, 0);
    weights.forEach((weight, i) => expect(weight).toBeCloseTo(parts[i]! / sum, 9));
    expect(consistencyRatio).toBeLessThan(1e-9);
  })));
  it('refuses judgements that contradict each other, and says which', () => {
    const circle = [[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]];
    expect(() => ahpWeights(circle)).toThrow(/consistency ratio 2\.\d+, above 0\.1\. Look first at row 0, column 1: 5 was given/);
    expect(ahpWeights(circle, { maxRatio: Infinity }).weights[0]).toBeCloseTo(1 / 3, 9);
    expect(ahpWeights([[1, 3, 7], [0.333, 1, 3], [0.143, 0.333, 1]]).weights[0]).toBeCloseTo(ahpWeights([[1, 3, 7], [1 / 3, 1, 3], [1 / 7, 1 / 3, 1]]).weights[0]!, 3);
    expect(() => ahpWeights([[1, 3], [3, 1]])).toThrow('One must be 1 divided by the other');
    expect(() => ahpWeights([[1, 0], [0, 1]])).toThrow('row 0, column 1 is 0');
    expect(() => ahpWeights([[1, 2]])).toThrow('not square');
  });
});

describe('winBack and returnCurve', () => {
  it('says what is wrong with a chance: the option given, or the row', () => {
    const gone = { customer: ['a', 'b'], recency: [400, 400], revenue: [9, 9], p: [0.5, 2] };
    expect(() => winBack(gone, { lostAfter: 100 } as never)).toThrow('winBack: option chance is undefined. Give a chance from 0 to 1');
    expect(() => winBack(gone, { lostAfter: 100, chance: 1.5 })).toThrow('option chance is 1.5');
    expect(() => winBack(gone, { lostAfter: 100, chance: 'p' })).toThrow('winBack: column "p", row 1: 2 is no chance.');
  });
  it('ranks the lost by value times chance', () => {
    const lost = { customer: ['a', 'b', 'c'], recency: [400, 10, 500], revenue: [900, 5000, 1000], p: [0.1, 1, 0.01] };
    expect(column(winBack(lost, { lostAfter: 180, chance: 0.1 }), 'customer')).toEqual(['c', 'a']);
    expect(winBack(lost, { lostAfter: 180, chance: 'p' }).row(0)).toEqual({ customer: 'a', recency: 400, revenue: 900, chance: 0.1, expected: 90, rank: 1 });
    expect(winBack(lost, { lostAfter: 180, chance: 0.1, least: 950 }).numRows).toBe(1);
    expect(() => winBack(lost, { lostAfter: 180, chance: 2 })).toThrow('Give a chance from 0 to 1');
    expect(() => winBack(lost, { lostAfter: 0, chance: 0.1 })).toThrow('option lostAfter is 0');
  });
  it('learns from past pauses, those not over censored (Kaplan-Meier by hand)', () => {
    const day = (n: number): number => dayOfText('2025-01-01')! + n;
    const orders = { customer: ['a', 'a', 'b', 'b', 'c'], date: { type: 'date', data: Int32Array.from([0, 10, 0, 20, 5], day) } as const };
    // pauses 10, 20 ended; open at day 20: a 10, b 0, c 15. S(10) = 1 - 1/4, S(20) = 0.
    expect(returnCurve(orders).toRows()).toEqual([{ days: 10, stillAway: 0.75 }, { days: 20, stillAway: 0 }]);
    const chance = column(winBack({ recency: [12], revenue: [1] }, { lostAfter: 5, chance: returnCurve(orders), horizon: 3 }), 'chance');
    expect(chance).toEqual([0]);
    expect(column(winBack({ recency: [6], revenue: [1] }, { lostAfter: 5, chance: returnCurve(orders), horizon: 5 }), 'chance')).toEqual([0.25]);
  });
  it('works on a log', () => {
    const log = exampleOrders({ customers: 300, seed: 4 });
    const list = winBack(summarize(log), { lostAfter: 200, chance: returnCurve(log) });
    expect(list.numRows).toBeGreaterThan(10);
    expect(column(list, 'chance').every((p) => (p as number) >= 0 && (p as number) <= 1)).toBe(true);
  });
});

describe('paymentRecord and creditPolicy', () => {
  it('reads days as text as it reads dates, and takes invoices none of which is paid', () => {
    const due = ['2025-01-01', '2025-01-01'];
    expect(paymentRecord({ customer: ['a', 'a'], amount: [1, 3], due, paid: [null, '2025-01-05'] }, { asOf: '2025-02-01' }).toRows()).toEqual([{ customer: 'a', invoices: 2, amount: 4, onTimeShare: 0, meanDaysLate: (31 + 4) / 2 }]);
    expect(paymentRecord({ customer: ['a', 'a'], amount: [1, 3], due, paid: [null, null] }, { asOf: '2025-02-01' }).row(0)).toMatchObject({ onTimeShare: 0, meanDaysLate: 31 });
    expect(() => paymentRecord({ customer: ['a'], amount: [1], due: ['2025-01-01'], paid: ['soon'] }, { asOf: '2025-02-01' })).toThrow('paymentRecord: column "paid", row 0: "soon" is no day');
    expect(() => paymentRecord({ customer: ['a'], amount: [1], due: [null], paid: ['2025-01-01'] }, { asOf: '2025-02-01' })).toThrow('row 0 has no customer, no due date');
  });
  it('counts days where dates have hours', () => {
    const hours = (...days: number[]): { type: 'date'; unit: 'hour'; data: Int32Array } => ({ type: 'date', unit: 'hour', data: Int32Array.from(days, (day) => Math.round(day * 24)) });
    const first = dayOfText('2025-01-01')!;
    expect(paymentRecord({ customer: ['a', 'a'], amount: [1, 1], due: hours(first, first), paid: hours(first + 0.75, first + 2.5) }, { asOf: '2025-01-31' }).row(0)).toMatchObject({ onTimeShare: 0.5, meanDaysLate: 1 });
  });
  const days = (...texts: (string | null)[]): { type: 'date'; data: Int32Array; valid: Uint8Array } => ({
    type: 'date', data: Int32Array.from(texts, (t) => (t === null ? 0 : dayOfText(t)!)), valid: Uint8Array.of(texts.reduce((bits, t, i) => bits | (t === null ? 0 : 1 << i), 0)),
  });
  it('counts what was due, on time by amount, late to asOf where not paid', () => {
    const invoices = { customer: ['a', 'a', 'a', 'b', 'b'], amount: [75, 25, 10, 10, 10], due: days('2025-01-10', '2025-01-10', '2025-03-01', '2025-01-21', '2023-01-01'), paid: days('2025-01-10', '2025-01-20', null, null, null) };
    expect(paymentRecord(invoices, { asOf: '2025-01-31' }).toRows()).toEqual([
      { customer: 'a', invoices: 2, amount: 100, onTimeShare: 0.75, meanDaysLate: 5 }, { customer: 'b', invoices: 1, amount: 10, onTimeShare: 0, meanDaysLate: 10 },
    ]);
    expect(() => paymentRecord({ ...invoices, amount: [0, 1, 1, 1, 1] }, { asOf: '2025-01-31' })).toThrow('row 0 has no customer, no due date, or no amount above 0');
  });
  const four = { customer: ['lg', 'lp', 'sg', 'sp'], sales: [100, 100, 10, 10], onTimeShare: [1, 0.5, 1, 0.5], meanDaysLate: [0, 9, 0, 9] };
  it('gives the textbook terms', () => {
    const { table, rules } = creditPolicy(four, { size: 'sales', sizeLimits: [50] });
    expect(column(table, 'terms')).toEqual(['preferential', 'ordinary_strict', 'preferential', 'stop']);
    expect(column(rules, 'customers')).toEqual([1, 1, 1, 1]);
    expect(creditPolicy(four, { size: 'sales', sizeLimits: [50], labels: 'zh' }).table.row(3)['label']).toBe('停止交易');
  });
  it('gives graded terms, and those of a table of your own', () => {
    expect(column(creditPolicy(four, { size: 'sales', sizeLimits: [20, 50], preset: 'graded' }).table, 'terms')).toEqual(['open_long', 'secured', 'short', 'cash']);
    const rules = ['large', 'small'].flatMap((size) => ['good', 'poor'].map((record) => ({ size, record, terms: `${size}-${record}` })));
    expect(column(creditPolicy(four, { size: 'sales', sizeLimits: [50], rules }).table, 'label')[3]).toBe('small-poor');
    expect(() => creditPolicy(four, { size: 'sales', sizeLimits: [50], rules: [...rules, { size: 'huge', record: 'good', terms: 'x' }] })).toThrow('There is no such pair here: sizes are large, small');
    expect(() => creditPolicy(four, { size: 'sales', sizeLimits: [50], recordLimits: [{ onTime: 90, daysLate: 7 }] })).toThrow('share paid on time from 0 to 1');
    expect(() => creditPolicy(four, { size: 'sales', sizeLimits: [50], rules: rules.slice(1) })).toThrow('There is no rule for this pair');
  });
  it('refuses limits that do not fit, and percent', () => {
    expect(() => creditPolicy(four, { size: 'sales', sizeLimits: [50], preset: 'graded' })).toThrow('Give 2 ascending numbers');
    expect(() => creditPolicy({ ...four, onTimeShare: [95, 1, 1, 1] }, { size: 'sales', sizeLimits: [50] })).toThrow('Give a share from 0 to 1, not percent');
  });
});

describe('keyCustomers', () => {
  it('names every cell as customers in Chinese', () => {
    const two = { customer: ['a', 'b'], s: [1, 2] };
    const labels = keyCustomers(two, { level: [{ column: 's', direction: 'high' }], firmness: [{ column: 's', direction: 'high' }], labels: 'zh' }).matrix.toColumns()['label'];
    expect(labels).toEqual(expect.arrayContaining(['待巩固关键客户', '高风险关键客户', '待成长忠诚客户', '零散客户']));
  });
  it('ranks by level however small the difference, then by firmness, then by id', () => {
    const { table } = keyCustomers({ customer: ['d', 'c', 'b', 'a'], sales: [1, 1 - 1e-9, 0, 0], years: [0, 9, 4, 4] }, { level: [{ column: 'sales', direction: 'high' }], firmness: [{ column: 'years', direction: 'high' }] });
    expect(column(table, 'rank')).toEqual([1, 2, 4, 3]);
  });
  it('leaves a customer without any value of level or firmness without a class, and says so', () => {
    const { table, matrix, diagnostics } = keyCustomers({ customer: ['a', 'b', 'c'], sales: [null, 5, 9], years: [1, 2, 3] }, {
      level: [{ column: 'sales', direction: 'high', missing: 'skip' }], firmness: [{ column: 'years', direction: 'high' }],
    });
    expect(table.row(0)).toMatchObject({ level: null, levelClass: null, firmnessClass: 'low', cell: null, action: null, rank: 3 });
    expect(column(matrix, 'customers').reduce<number>((a, b) => a + (b as number), 0)).toBe(2);
    expect(diagnostics.warnings.map(({ code }) => code)).toContain('NOT_SCORED');
  });
  it('says by name that a criterion of level is the same for all', () => {
    const { diagnostics } = keyCustomers({ customer: ['a', 'b'], sales: [5, 5], years: [1, 2] }, { level: [{ column: 'sales', direction: 'high' }], firmness: [{ column: 'years', direction: 'high' }] });
    expect(diagnostics.warnings).toEqual([{ code: 'CRITERION_CONSTANT', message: expect.stringContaining('sales') }]);
  });
  it('crosses level and firmness, with the indices asked for', () => {
    const { table, matrix } = keyCustomers(accounts, { level: [{ column: 'sales', direction: 'high' }], firmness: [{ column: 'years', direction: 'high' }], indices: { relationship: [{ column: 'overdue', direction: 'low' }] } });
    expect(column(table, 'cell')).toEqual(['high_low', 'middle_middle', 'high_high', 'low_high']);
    expect(column(table, 'rank')).toEqual([1, 3, 2, 4]);
    expect(column(table, 'relationship')).toEqual([0, 1, 0.5, 0]);
    expect(column(matrix, 'customers').reduce<number>((a, b) => a + (b as number), 0)).toBe(4);
    expect(() => keyCustomers(accounts, { level: [{ column: 'sales', direction: 'high', normalization: 'z' }], firmness: [] })).toThrow("Use 'min-max' or 'rank'");
  });
});

describe('campaign', () => {
  it('counts cost, return, break-even and range', () => {
    const table = campaign([
      { name: 'call', kind: 'win-back', reach: 1000, uplift: 0.05, upliftRange: [0.02, 0.08], margin: 200, costPerContact: 4 },
      { name: 'gift', kind: 'keep', reach: 100, uplift: 0.1, margin: 10, costPerResponse: 10, fixedCost: 50 },
    ]);
    expect(table.row(0)).toEqual({ action: 'call', label: 'call', kind: 'win-back', kindLabel: 'Win back', reach: 1000, responses: 50, cost: 4000, margin: 10000, profit: 6000, return: 1.5, costPerGain: 80, breakEvenUplift: 0.02, low: 0, high: 12000 });
    expect(table.row(1)).toMatchObject({ profit: -50, breakEvenUplift: null });
    expect(table.row(2)).toMatchObject({ action: 'all', label: 'All', kind: null, profit: 5950 });
    expect(campaign([{ name: 'x', kind: 'keep', reach: 1, uplift: 0, margin: 0 }], { labels: 'zh' }).toRows().map(({ label, kindLabel }) => [label, kindLabel])).toEqual([['x', '客户保持'], ['合计', null]]);
  });
  it.each([[{ uplift: 5 }, 'Give a share from 0 to 1'], [{ kind: 'spam' }, "'acquire', 'keep'"], [{ upliftRange: [0.2, 0.3] }, 'with the uplift between them'], [{ reach: -1 }, 'Give a number from 0']])('refuses %j', (wrong, message) => {
    expect(() => campaign([{ name: 'x', kind: 'keep', reach: 1, uplift: 0.1, margin: 1, ...wrong } as never])).toThrow(message);
  });
});
