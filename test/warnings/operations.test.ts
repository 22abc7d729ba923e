import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { table } from '../../src/columns/index.js';
import { summarize } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';
import { alerts, crisisView, emptyAlertState, loadAlertState, majorChange, receivables, recommendAction, salesExpense, salesProgress, warnings } from '../../src/warnings/index.js';

const invoices = { invoice: ['1', '2', '3', '4'], customer: ['a', 'a', 'b', 'c'], date: ['2024-01-01', '2024-05-01', '2024-06-20', '2024-07-05'], due: ['2024-02-01', '2024-06-15', '2024-07-20', '2024-08-05'], amount: [100, 50, 80, 70] };

describe('receivables', () => {
  it('counts receipts up to the day only, leaves later invoices out, shows what is not due', () => {
    const found = receivables(invoices, { asOf: '2024-06-30', payments: { invoice: ['1', '1'], date: ['2024-03-01', '2024-07-01'], amount: [40, 60] }, creditLimits: { customer: ['a', 'b'], limit: [100, 200] } });
    expect(found).toMatchObject({ totalOpen: 190, totalOverdue: 110 });
    expect(found.ageing.toRows().map((r) => [r['bucket'], r['open']])).toEqual([['not_due', 80], ['1-30', 50], ['31-60', 0], ['61-90', 0], ['91+', 60], ['credit', 0]]);
    expect(found.diagnostics.rows.leftOut).toEqual({ 'after-as-of': 1 });
    expect(found.diagnostics.warnings.map((w) => w.code)).toEqual(['PAYMENTS_AFTER_AS_OF']);
    expect(found.warnings.toRows().map((r) => [r['customer'], r['rule'], r['severity']])).toEqual([['a', 'receivables', 'critical'], ['a', 'credit-limit', 'warn']]);
    expect(found.customers.row(0)).toMatchObject({ customer: 'a', open: 110, limitUse: 1.1, oldestDays: 150 });
  });
  it('buckets add up to the total, whatever is paid', () => fc.assert(fc.property(fc.array(fc.record({ amount: fc.integer({ min: 1, max: 100000 }), paid: fc.integer({ min: 0, max: 100000 }), day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 30 }), (rows) => {
    const date = rows.map((r) => `2024-0${r.month}-${String(r.day).padStart(2, '0')}`);
    const found = receivables({ invoice: rows.map((_, i) => String(i)), customer: rows.map((_, i) => `c${i % 3}`), date, due: date, amount: rows.map((r) => r.amount / 100), paid: rows.map((r) => r.paid / 100) }, { asOf: '2024-06-30' });
    const sum = (values: unknown): number => [...(values as Float64Array)].reduce((a, b) => a + b, 0);
    expect(sum(found.ageing.toColumns()['open'])).toBeCloseTo(found.totalOpen, 6);
    expect(sum(found.customers.toColumns()['open'])).toBeCloseTo(found.totalOpen, 6);
  })));
  it('refuses a payment without its invoice, an invoice twice, days that are none', () => {
    expect(() => receivables(invoices, { asOf: '2024-06-30', payments: { invoice: ['9'], date: ['2024-01-01'], amount: [1] } })).toThrow('payment in row 0 is for invoice "9", which is not there');
    expect(() => receivables({ ...invoices, invoice: ['1', '1', '3', '4'], paid: [0, 0, 0, 0] }, { asOf: '2024-06-30' })).toThrow('stands twice');
    expect(() => receivables({ ...invoices, paid: [0, 0, 0, 0] }, { asOf: '2024-06-31' })).toThrow('option asOf');
    expect(() => receivables(invoices, { asOf: '2024-06-30' })).toThrow('column "paid" is missing');
    const limits = (customer: string[], limit: number[]): unknown => receivables({ ...invoices, paid: [0, 0, 0, 0] }, { asOf: '2024-06-30', creditLimits: { customer, limit } });
    expect(() => limits(['a', 'a'], [1, 2])).toThrow('customer "a" has two credit limits');
    expect(() => limits(['a'], [-1])).toThrow('the credit limit in row 0 is -1');
    expect(() => receivables({ ...invoices, paid: [0, 0, 0, 0] }, { asOf: '2024-06-30', buckets: [30] })).toThrow('Give 3 shares');
  });
});

describe('what the results show', () => {
  it('receivables: a line in either language, without a share where nothing is open', () => {
    const paid = [100, 50, 80, 0];
    expect(String(receivables({ ...invoices, paid }, { asOf: '2024-06-30' })).split('\n')[0]).toBe('0.00 open as of 2024-06-30, 0.00 overdue, allowance 0.00');
    const zh = receivables({ ...invoices, paid: [0, 50, 80, 0] }, { asOf: '2024-06-30', labels: 'zh' });
    expect(String(zh).split('\n')[0]).toBe('截至 2024-06-30 应收余额 100.00，其中逾期 100.00（100.0 %），坏账准备 60.00');
    expect(String(receivables({ ...invoices, paid }, { asOf: '2024-06-30', labels: 'zh' })).split('\n')[0]).toBe('截至 2024-06-30 应收余额 0.00，其中逾期 0.00，坏账准备 0.00');
  });
  it('plans and expenses: both tables, ids escaped', () => {
    const plan = salesProgress({ customer: ['<b>'], actual: [300], plan: [1000] }, { share: 0.5 });
    expect(String(plan)).toBe(`${plan.table.toString()}\n\n${plan.warnings.toString()}`);
    expect(plan.toHTML()).toContain('&lt;b&gt;');
    expect(plan.toHTML()).not.toContain('<b>');
    const fine = salesExpense({ customer: ['n'], expense: [1], sales: [400], budgetExpense: [100], budgetSales: [1000] });
    expect(String(fine)).toBe(fine.table.toString());
    expect(JSON.parse(JSON.stringify(Object.keys(fine)))).toEqual(['table', 'warnings']);
  });
});

describe('plan, expense, change', () => {
  it('progress: 300 of 1000 at half the season is 0.6, critical, forecast 600', () => {
    const found = salesProgress({ customer: ['n', 's'], actual: [300, 500], plan: [1000, 1000] }, { share: 0.5 });
    expect(found.table.row(0)).toMatchObject({ progress: 0.6, forecast: 600, gap: -400 });
    expect(found.warnings.toRows()).toEqual([expect.objectContaining({ customer: 'n', severity: 'critical', limit: 0.7, moneyAtStake: 400 })]);
    expect(() => salesProgress({ customer: ['n'], actual: [1], plan: [0] }, { share: 0.5 })).toThrow('the plan in row 0 is 0');
    expect(() => salesProgress({ customer: ['n'], actual: [1], plan: [1] }, { share: 0 })).toThrow('option share is 0');
  });
  it('expense: by ratio and by amount', () => {
    const found = salesExpense({ customer: ['n'], expense: [60], sales: [400], budgetExpense: [100], budgetSales: [1000] }, { share: 0.5 });
    expect(found.warnings.toRows().map((r) => [r['rule'], r['severity']])).toEqual([['sales-expense-ratio', 'critical'], ['sales-expense-amount', 'warn']]);
    expect(() => salesExpense({ customer: ['n'], expense: [60], sales: [400], budgetExpense: [0], budgetSales: [1000] })).toThrow('budgetExpense in row 0 is 0');
  });
  it('change: by size and by z, and of a text', () => {
    const change = (values: readonly number[], worse: 'both' | 'up' = 'both'): unknown => majorChange({ customer: values.map(() => 'a'), period: values.map((_, i) => `2026-0${i + 1}`), value: [...values] }, { worse, amount: 10 }).toColumns()['severity'];
    expect(change([100, 40])).toEqual(['watch']);
    expect(change([100, 95])).toEqual([]);
    expect(change([100, 102, 98, 101, 20])).toEqual(['critical']);
    expect(change([100, 102, 98, 101, 20], 'up')).toEqual([]);
    // Periods all alike have no spread: a small change stays small, a large one is far.
    expect(change([100, 100, 100, 100, 99])).toEqual([]);
    expect(change([100, 100, 100, 100, 60])).toEqual(['warn']);
    expect(majorChange({ customer: ['a', 'a', 'new'], period: ['1', '2', '2'], value: [100, 10, 5] }).toColumns()['customer']).toEqual(['a']);
    expect(majorChange({ customer: ['a', 'a'], period: ['1', '2'], value: ['Li', 'Wang'] }).cell('reason', 0)).toBe('from Li to Wang');
    expect(() => majorChange({ customer: ['a', 'a'], period: ['1', '2'] } as never)).toThrow('majorChange: column "value" is missing');
    expect(() => majorChange({ customer: ['a'], period: ['1'], value: [1] })).toThrow('no customer has two periods');
  });
  it('change: periods that are numbers sort as numbers, as does text of digits; a period twice is refused', () => {
    expect(majorChange({ customer: ['a', 'a'], period: [9, 10], value: [100, 10] }).row(0)).toMatchObject({ value: 10, base: 100 });
    expect(majorChange({ customer: ['a', 'a', 'a'], period: [10, -2, 9], value: [10, 100, 100] }).row(0)).toMatchObject({ value: 10, base: 100 });
    expect(majorChange({ customer: ['a', 'a'], period: [202612, 202701], value: [100, 10] }).row(0)).toMatchObject({ value: 10 });
    expect(() => majorChange({ customer: ['a', 'a'], period: [9, 9], value: [100, 10] })).toThrow('period 9 of customer a stands twice');
    expect(() => majorChange({ customer: ['a', 'a'], period: [9, null], value: [100, 10] })).toThrow('row 1: the value is missing');
    expect(majorChange({ customer: ['a', 'a'], period: ['10', '9'], value: [10, 100] }).row(0)).toMatchObject({ value: 10, base: 100 });
    expect(majorChange({ customer: ['a', 'a'], period: ['09', '10'], value: [100, 10] }).row(0)).toMatchObject({ value: 10 });
  });
  it('money that is unknown is missing in the crisis view and in alerts, and nobody is let go for it', () => {
    // Eleven orders ten days apart, more than a year before the day: summarized, the last year's money cannot be told.
    const old = summarize(logOf(Array.from({ length: 11 }, (_, i) => ['old', 19000 + 40 * i, 90] as const)), { asOf: '2024-01-31' });
    const found = warnings(old, { rules: [{ rule: 'overdue', k: 1.5 }] });
    expect(found.table.row(0)).toMatchObject({ severity: 'critical', moneyAtStake: null });
    const view = crisisView([found.table]);
    expect(view.row(0)).toMatchObject({ customer: 'old', moneyAtStake: null });
    expect(recommendAction(view).row(0)).toEqual({ customer: 'old', rule: 'overdue', severity: 'critical', action: 'offer', cost: 2, expectedGain: null, net: null, moneyAtStake: null });
    expect(recommendAction(found.table, { costs: { offer: 1e9 } }).row(0)).toMatchObject({ action: 'offer' });
    const told = alerts(emptyAlertState(), found.table, { asOf: '2024-01-31' });
    expect(told.alerts[0]!.moneyAtStake).toBeNull();
    expect(loadAlertState(JSON.parse(JSON.stringify(told.state)))).toEqual(told.state);
  });
  it('unknown money stands behind known, and returns beyond purchases stay below 0', () => {
    const found = table({
      customer: ['u', 'n', 'k'], rule: ['overdue', 'overdue', 'overdue'], severity: ['warn', 'warn', 'warn'], value: [1, 1, 1], limit: [1, 1, 1], base: [1, 1, 1], reason: ['', '', ''], moneyAtStake: [null, -5, 7],
    });
    const view = crisisView([found]);
    expect(view.toRows().map((r) => [r['customer'], r['moneyAtStake']])).toEqual([['k', 7], ['n', -5], ['u', null]]);
    expect(recommendAction(view).toRows().map((r) => r['action'])).toEqual(['let_go', 'let_go', 'offer']);
    expect(recommendAction(view).row(1)).toMatchObject({ expectedGain: 0, moneyAtStake: -5 });
  });
  it('change: the money at stake is the customer\'s, or the change of a measure in money, or not known', () => {
    const history = {
      customer: ['a', 'a', 'a', 'a', 'b', 'b', '__proto__', '__proto__'], period: ['1', '2', '1', '2', '1', '2', '1', '2'],
      measure: ['revenue', 'revenue', 'complaints', 'complaints', 'revenue', 'revenue', 'revenue', 'revenue'], value: [100, 40, 1, 9, 500, 900, 80, 10],
    };
    const stakes = (options: object): unknown => Object.fromEntries(majorChange(history, options).toRows().map((r) => [`${String(r['customer'])} ${String(r['rule']).slice(14)}`, r['moneyAtStake']]));
    expect(stakes({})).toEqual({ 'a complaints': null, 'a revenue': null, 'b revenue': null, ['__proto__ revenue']: null });
    expect(stakes({ inMoney: ['revenue'] })).toEqual({ 'a complaints': null, 'a revenue': 60, 'b revenue': 400, ['__proto__ revenue']: 70 });
    expect(stakes({ inMoney: true })).toEqual({ 'a complaints': 8, 'a revenue': 60, 'b revenue': 400, ['__proto__ revenue']: 70 });
    expect(stakes({ money: { customer: ['a', '__proto__', 'other'], money: [1200, -5, 9] }, inMoney: ['revenue'] })).toEqual({ 'a complaints': 1200, 'a revenue': 1200, 'b revenue': 400, ['__proto__ revenue']: 0 });
    // Of equal severity the most money first, what is not known last.
    expect(majorChange(history, { inMoney: ['revenue'] }).toRows().map((r) => r['moneyAtStake'])).toEqual([400, 70, 60, null]);
    const text = { customer: ['a', 'a'], period: ['1', '2'], value: ['Li', 'Wang'] };
    expect(majorChange(text, { inMoney: true }).cell('moneyAtStake', 0)).toBeNull();
    expect(majorChange(text, { money: { customer: ['a'], money: [7] } }).cell('moneyAtStake', 0)).toBe(7);
  });
  it('an unknown stake stays unknown; service is given all the same, but not for a stake of nothing', () => {
    const history = { customer: ['a', 'a'], period: ['1', '2'], value: [100, 10] };
    const found = crisisView([majorChange(history), majorChange(history, { money: { customer: ['a'], money: [0] } })], { from: 'watch' });
    expect(found.toRows().map((r) => r['moneyAtStake'])).toEqual([0, null]);
    expect(recommendAction(found).toRows().map((r) => [r['action'], r['expectedGain'], r['moneyAtStake']])).toEqual([['let_go', 0, 0], ['service', null, null]]);
  });
  it.each([
    [{ money: { customer: ['a', 'a'], money: [1, 2] } }, 'option money: customer "a" stands twice'],
    [{ money: { customer: ['a'], money: [NaN] } }, 'column "money", row 0: the value is missing'],
    [{ money: { customer: ['a'] } }, 'column "money" is missing'],
    [{ inMoney: 'revenue' }, 'Name the measures that are money'],
  ])('change: refuses %j', (options, message) => expect(() => majorChange({ customer: ['a', 'a'], period: ['1', '2'], value: [1, 2] }, options as never)).toThrow(message));
  it('a region beyond its budget or behind its plan is reviewed, never called, offered to or let go', () => {
    const expense = salesExpense({ customer: ['north'], expense: [60], sales: [400], budgetExpense: [100], budgetSales: [1000] }, { share: 0.5 }).warnings;
    const progress = salesProgress({ customer: ['north'], actual: [300], plan: [1000] }, { share: 0.5 }).warnings;
    for (const found of [expense, progress]) {
      expect(found.numRows).toBeGreaterThan(0);
      expect(recommendAction(found, { costs: { review: 20 } }).toRows().map((r) => [r['customer'], r['action'], r['cost'], r['expectedGain'], r['net']])).toEqual(found.toRows().map(() => ['north', 'review', 20, 0, -20]));
    }
  });
  it('crisis view gathers, recommendAction says what to do and what it may cost', () => {
    const debt = receivables({ ...invoices, paid: [0, 0, 0, 0] }, { asOf: '2024-06-30' }).warnings;
    const plan = salesProgress({ customer: ['a', 'z'], actual: [1, 1000], plan: [2000, 5000] }, { share: 0.5 }).warnings;
    const all = crisisView([debt, plan]);
    expect(all.toRows().map((r) => [r['customer'], r['rule']])).toEqual([['z', 'sales-progress'], ['a', 'sales-progress'], ['a', 'receivables']]);
    expect(crisisView([debt, plan], { customer: 'a' }).numRows).toBe(2);
    const todo = recommendAction(all, { margin: 0.5, saveRate: 0.2, costs: { call: 10, collect: 5 } });
    expect(todo.toRows().map((r) => [r['action'], r['cost']])).toEqual([['review', 0], ['review', 0], ['collect', 5]]);
    expect(recommendAction(all, { costs: { call: 1e9, collect: 1e9, offer: 1e9 }, callFrom: 0 }).toColumns()['action']).toEqual(['review', 'review', 'let_go']);
    expect(() => crisisView([all.select(['customer'])])).toThrow('no table of warnings');
    expect(() => crisisView([table({ ...all.toColumns(), severity: all.toRows().map(() => 'red') })])).toThrow('row 0 has severity "red"');
  });
});
