import { describe, expect, it } from 'vitest';
import { managementTable } from '../../src/profit/index.js';

const before = { customer: ['a', 'b', 'c'], manager: ['Li', 'Li', 'Wu'], balance: [100, 50, 30], profit: [3, 1, -1] };
const now = { customer: ['a', 'c', 'd', 'e'], manager: ['Li', 'Li', 'Wu', 'Wu'], balance: [110, 40, 20, 10], profit: [4, 1, 1, 0] };

describe('managementTable', () => {
  it('counts won, won back and lost, money, growth and plan per manager', () => {
    const rows = managementTable({ now, before, earlier: { customer: ['e', 'a', 'e'] } }, { by: 'manager', period: '2026-03', value: 'balance', contribution: 'profit', plan: { Li: 200 } }).toRows();
    expect(rows).toEqual([
      { manager: 'Li', period: '2026-03', customers: 2, won: 0, wonBack: 0, lost: 1, value: 150, valueBefore: 150, growth: 0, contribution: 5, contributionBefore: 4, plan: 200, ofPlan: 0.75 },
      { manager: 'Wu', period: '2026-03', customers: 2, won: 1, wonBack: 1, lost: 0, value: 30, valueBefore: 30, growth: 0, contribution: 1, contributionBefore: -1, plan: null, ofPlan: null },
      { manager: 'all', period: '2026-03', customers: 4, won: 1, wonBack: 1, lost: 1, value: 180, valueBefore: 180, growth: 0, contribution: 6, contributionBefore: 3, plan: 200, ofPlan: 0.9 },
    ]);
  });
  it.each([
    ['a customer twice', () => managementTable({ now: { ...now, customer: ['a', 'a', 'd', 'e'] }, before }, { by: 'manager', period: 'x', value: 'balance' }), 'now, row 1: the customer stands twice'],
    ['a plan of nobody', () => managementTable({ now, before }, { by: 'manager', period: 'x', value: 'balance', plan: { Zhao: 1 } }), 'There is no such name here: Li, Wu'],
    ['a missing column', () => managementTable({ now, before }, { by: 'branch', period: 'x', value: 'balance' }), 'column "branch" is missing from now'],
  ] as const)('refuses %s', (_, run, message) => expect(run).toThrow(message));
});
