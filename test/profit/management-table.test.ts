import { describe, expect, it } from 'vitest';
import { dayOfText } from '../../src/core/index.js';
import { managementTable, profitability } from '../../src/profit/index.js';

const before = { customer: ['a', 'b', 'c'], manager: ['Li', 'Li', 'Wu'], balance: [100, 50, 30], profit: [3, 1, -1] };
const now = { customer: ['a', 'c', 'd', 'e'], manager: ['Li', 'Li', 'Wu', 'Wu'], balance: [110, 40, 20, 10], profit: [4, 1, 1, 0] };

describe('managementTable of two tables', () => {
  it('counts won, won back and lost, money, growth and plan per manager', () => {
    const rows = managementTable({ now, before, earlier: { customer: ['e', 'a', 'e'] } }, { by: 'manager', period: '2026-03', value: 'balance', contribution: 'profit', plan: { Li: 200 } }).table.toRows();
    expect(rows).toEqual([
      { manager: 'Li', label: 'Li', period: '2026-03', customers: 2, won: 0, wonBack: 0, lost: 1, value: 150, valueBefore: 150, growth: 0, contribution: 5, contributionBefore: 4, plan: 200, ofPlan: 0.75 },
      { manager: 'Wu', label: 'Wu', period: '2026-03', customers: 2, won: 1, wonBack: 1, lost: 0, value: 30, valueBefore: 30, growth: 0, contribution: 1, contributionBefore: -1, plan: null, ofPlan: null },
      // 75 % of plan: Wu's money has no plan to be held against.
      { manager: 'all', label: 'All', period: '2026-03', customers: 4, won: 1, wonBack: 1, lost: 1, value: 180, valueBefore: 180, growth: 0, contribution: 6, contributionBefore: 3, plan: 200, ofPlan: 0.75 },
    ]);
  });
  it('takes results of profitability', () => {
    const result = (revenue: number): ReturnType<typeof profitability> => profitability({ customer: ['a'], revenue: [revenue], manager: ['Li'] }, { by: 'manager' });
    const { table } = managementTable({ now: result(30), before: result(20) }, { by: 'manager', period: 'March', contribution: 'profit', labels: 'zh' });
    expect(table.toRows().map(({ label, value, growth, contribution }) => [label, value, growth, contribution])).toEqual([['Li', 30, 0.5, 30], ['合计', 30, 0.5, 30]]);
  });
  it('keeps customers without a manager in a row of their own, and says so', () => {
    const { table, diagnostics } = managementTable({ now: { ...now, manager: ['Li', null, 'Wu', 'all'] }, before }, { by: 'manager', period: 'x', value: 'balance', labels: 'zh' });
    expect(table.toColumns()['manager']).toEqual(['Li', 'Wu', 'all', null, 'all']);
    expect(table.toColumns()['label']).toEqual(['Li', 'Wu', 'all', '未分配', '合计']);
    expect(table.toColumns()['lost']).toEqual([1, 0, 0, 0, 1]);
    expect(diagnostics.warnings.map(({ code }) => code)).toEqual(['NAME_MISSING']);
  });
  it.each([
    ['a customer twice', () => managementTable({ now: { ...now, customer: ['a', 'a', 'd', 'e'] }, before }, { by: 'manager', period: 'x', value: 'balance' }), 'now, row 1: the customer stands twice'],
    ['a plan of nobody', () => managementTable({ now, before }, { by: 'manager', period: 'x', value: 'balance', plan: { Zhao: 1 } }), 'There is no such name here: Li, Wu'],
    ['a plan of a name every object has', () => managementTable({ now, before }, { by: 'manager', period: 'x', value: 'balance', plan: { constructor: 1 } }), 'There is no such name here'],
    ['a missing column', () => managementTable({ now, before }, { by: 'branch', period: 'x', value: 'balance' }), 'column "branch" is missing from now'],
    ['a table of customers beside two tables', () => managementTable({ now, before }, { by: 'manager', period: 'x', customers: now }), 'It goes with a log'],
  ] as const)('refuses %s', (_, run, message) => expect(run).toThrow(message));
});

describe('managementTable of a log', () => {
  const days = (...texts: string[]): { type: 'date'; data: Int32Array } => ({ type: 'date', data: Int32Array.from(texts, (text) => dayOfText(text)!) });
  const log = {
    customer: ['a', 'b', 'z', 'a', 'b', 'c', 'a', 'c', 'z', 'n', 'c', 'late'],
    date: days('2026-01-05', '2026-01-06', '2026-01-07', '2026-02-01', '2026-02-10', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-31', '2026-03-15', '2026-03-20', '2026-04-01'),
    amount: [10, 10, 5, 20, 40, 30, 25, -5, 8, 12, 7, 99],
    cost: [6, 6, 3, 12, 20, 10, 15, -3, 4, 6, 3, 1],
  };
  const crm = { customer: ['a', 'b', 'c', 'z', 'n', 'late', 'unknown'], manager: ['Li', 'Li', 'Wu', 'Wu', 'Wu', 'Li', 'Li'] };

  it('is one call from the orders and the customers\' managers', () => {
    const { table, diagnostics } = managementTable(log, { customers: crm, by: 'manager', period: '2026-03', plan: { Li: 50, Wu: 20 } });
    expect(table.toRows()).toEqual([
      { manager: 'Li', label: 'Li', period: '2026-03', customers: 1, won: 0, wonBack: 0, lost: 1, value: 25, valueBefore: 60, growth: 25 / 60 - 1, contribution: 10, contributionBefore: 28, plan: 50, ofPlan: 0.5 },
      { manager: 'Wu', label: 'Wu', period: '2026-03', customers: 3, won: 1, wonBack: 1, lost: 0, value: 22, valueBefore: 30, growth: 22 / 30 - 1, contribution: 12, contributionBefore: 20, plan: 20, ofPlan: 1.1 },
      { manager: 'all', label: 'All', period: '2026-03', customers: 4, won: 1, wonBack: 1, lost: 1, value: 47, valueBefore: 90, growth: 47 / 90 - 1, contribution: 22, contributionBefore: 48, plan: 70, ofPlan: 47 / 70 },
    ]);
    expect(diagnostics.warnings).toEqual([]);
  });
  it('knows quarters, years and weeks', () => {
    const counts = (period: string): unknown => managementTable(log, { customers: crm, by: 'manager', period }).table.toRows().at(-1)!['customers'];
    expect(counts('2026-Q1')).toBe(5);
    expect(counts('2026')).toBe(6);
    expect(counts('2026-03-16')).toBe(1);
  });
  it('counts a customer with nothing but a return as money, not as a customer', () => {
    const { table } = managementTable({ customer: ['a', 'a', 'b'], date: days('2026-01-01', '2026-02-01', '2026-02-28'), amount: [10, -4, 6], branch: ['x', 'x', 'x'] }, { by: 'branch', period: '2026-02' });
    expect(table.row(0)).toMatchObject({ branch: 'x', customers: 1, won: 1, lost: 1, value: 2, valueBefore: 10 });
  });
  it('takes balances at the end of each month, and the branch of the latest row', () => {
    const { table } = managementTable({ customer: ['a', 'b', 'a', 'b'], date: days('2026-01-31', '2026-01-31', '2026-02-28', '2026-02-28'), balance: [100, 50, 120, 0], branch: ['x', 'x', 'y', 'x'] }, { by: 'branch', period: '2026-02', value: 'balance' });
    expect(table.toRows().map(({ branch, customers, won, lost, value }) => [branch, customers, won, lost, value])).toEqual([['y', 1, 0, 0, 120], ['x', 1, 0, 0, 0], ['all', 2, 0, 0, 120]]);
  });
  it('says when the period is not over, and who has no manager', () => {
    const { diagnostics } = managementTable(log, { customers: { customer: ['a'], manager: ['Li'] }, by: 'manager', period: '2026-04' });
    expect(diagnostics.warnings.map(({ code }) => code)).toEqual(['PERIOD_NOT_OVER', 'NAME_MISSING']);
  });
  it.each([
    ['2027-01', 'The log has no rows then; it runs from 2026-01-05 to 2026-04-01'], ['March', "Name a month '2025-03'"], ['2026-13', "Name a month '2025-03'"], ['2026-03-03', 'a week by its Monday'],
  ])('refuses the period %s', (period, message) => expect(() => managementTable(log, { customers: crm, by: 'manager', period })).toThrow(message));
  it('refuses a log without the column', () => expect(() => managementTable(log, { by: 'manager', period: '2026-03' })).toThrow('pass a table of customers that has it as the option customers'));
});
