import { describe, expect, it } from 'vitest';
import { civilDate } from '../../src/core/index.js';
import type { CategoryColumn, Column, TextColumn } from '../../src/columns/index.js';
import { exampleOrders, type ExampleOptions, type Transactions } from '../../src/transactions/index.js';

const full = exampleOrders();

function codes(log: Transactions, name: string): Int32Array {
  return (log.column(name) as CategoryColumn).data;
}
function values(log: Transactions, name: string): readonly string[] {
  return (log.column(name) as CategoryColumn).values;
}
const amounts = (log: Transactions): Float64Array => log.column('amount').data as Float64Array;
const days = (log: Transactions): Int32Array => log.column('date').data as Int32Array;
function ordersPerCustomer(log: Transactions): Int32Array {
  const counts = new Int32Array(values(log, 'customer').length);
  amounts(log).forEach((amount, i) => (counts[codes(log, 'customer')[i]!]! += amount >= 0 ? 1 : 0));
  return counts;
}

describe('exampleOrders', () => {
  it('has about 200,000 orders of 20,000 customers over 2024 and 2025, sorted by date', () => {
    expect(full.roles).toEqual(['customer', 'date', 'amount', 'order', 'product', 'channel']);
    expect(full.carried).toEqual(['category', 'name', 'email']);
    const counts = ordersPerCustomer(full);
    expect(counts.length).toBe(20000);
    expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(180_000);
    expect(counts.reduce((a, b) => a + b)).toBeLessThan(220_000);
    expect(full.cell('date', 0)).toBe('2024-01-01');
    expect(full.cell('date', full.numRows - 1)).toBe('2025-12-31');
    expect(days(full).every((day, i) => i === 0 || days(full)[i - 1]! <= day)).toBe(true);
    expect(full.diagnostics.rows).toEqual({ read: full.numRows, used: full.numRows, refused: 0, leftOut: {} });
  });
  it('is the same in every bit for the same seed, and another for another', () => {
    const [a, b, c] = [exampleOrders({ customers: 500, seed: 7 }), exampleOrders({ customers: 500, seed: 7 }), exampleOrders({ customers: 500, seed: 8 })];
    for (const [name, column] of a.entries()) {
      const other: Column = b.column(name);
      expect(new Uint8Array(other.data.buffer)).toEqual(new Uint8Array(column.data.buffer));
      if (column.type === 'category') expect(values(b, name)).toEqual(column.values);
      if (column.type === 'text') expect((other as TextColumn).offsets).toEqual(column.offsets);
    }
    expect(amounts(c)).not.toEqual(amounts(a));
  });
  it('has unequal customers: a third buy once, the best tenth make half of the orders', () => {
    const counts = [...ordersPerCustomer(full)].sort((a, b) => b - a);
    expect(counts[counts.length - 1]).toBe(1);
    const once = counts.filter((n) => n === 1).length / counts.length;
    expect(once).toBeGreaterThan(0.3);
    expect(once).toBeLessThan(0.42);
    const best = counts.slice(0, 2000).reduce((a, b) => a + b) / counts.reduce((a, b) => a + b);
    expect(best).toBeGreaterThan(0.4);
    expect(best).toBeLessThan(0.6);
  });
  it('brings about 3 % of orders back, each behind its order, for no more than it cost', () => {
    const bought = new Map<string, number>();
    let returns = 0;
    for (let i = 0; i < full.numRows; i++) {
      const [id, amount] = [full.cell('order', i) as string, amounts(full)[i]!];
      if (amount >= 0) {
        expect(bought.has(id)).toBe(false);
        bought.set(id, i);
        continue;
      }
      returns++;
      const order = bought.get(id)!;
      expect(codes(full, 'customer')[order]).toBe(codes(full, 'customer')[i]);
      expect(codes(full, 'product')[order]).toBe(codes(full, 'product')[i]);
      expect(days(full)[i]! - days(full)[order]!).toBeGreaterThanOrEqual(3);
      expect(-amount).toBeLessThanOrEqual(amounts(full)[order]!);
    }
    expect(returns / bought.size).toBeGreaterThan(0.025);
    expect(returns / bought.size).toBeLessThan(0.033);
  });
  it('holds whole cents, none of them zero', () => {
    expect(amounts(full).every((amount) => amount !== 0 && Math.round(amount * 100) / 100 === amount)).toBe(true);
  });
  it('peaks in November and December and dips in summer', () => {
    const months = new Float64Array(13);
    days(full).forEach((day) => months[civilDate(day)[1]]!++);
    const mean = full.numRows / 12;
    expect(Math.min(months[11]!, months[12]!)).toBeGreaterThan(1.25 * mean);
    expect(Math.max(months[7]!, months[8]!)).toBeLessThan(0.9 * mean);
    expect(Math.max(months[7]!, months[8]!)).toBeLessThan(Math.min(months[6]!, months[9]!));
  });
  it('gives every customer an id in order of joining, a name and an address of their own', () => {
    const who = codes(full, 'customer');
    let seen = 0;
    expect(who.every((c) => c < seen || c === seen++)).toBe(true);
    expect(values(full, 'customer')[122]).toBe('C000123');
    expect(new Set(values(full, 'email')).size).toBe(20000);
    expect(values(full, 'email').every((email) => /^[a-z.]+\.\d+@example\.com$/.test(email))).toBe(true);
    const names = values(full, 'name');
    expect(new Set(names).size).toBe(names.length);
    expect(names.some((name) => /^[\u4e00-\u9fff]+$/.test(name)) && names.some((name) => /^[\p{Script=Latin}' ]+$/u.test(name))).toBe(true);
    const [chinese, rows] = [names.map((name) => /[\u4e00-\u9fff]/.test(name)), codes(full, 'name')];
    expect(rows.filter((code) => chinese[code]).length / rows.length).toBeCloseTo(0.3, 1);
    for (const name of ['product', 'category', 'channel']) expect(new Set(codes(full, name)).size).toBe(values(full, name).length);
  });
  it('takes a size and a window, down to one customer and one day', () => {
    const one = exampleOrders({ customers: 1, seed: 0, from: '2020-02-29', to: '2020-02-29' });
    expect(one.numRows).toBeGreaterThanOrEqual(1);
    expect(one.row(0)).toMatchObject({ customer: 'C000001', date: '2020-02-29', order: 'O0000001' });
  });
  it('refuses wrong options by name', () => {
    expect(() => exampleOrders({ customers: 0 })).toThrow('exampleOrders: option customers is 0.');
    expect(() => exampleOrders({ seed: -1 })).toThrow('exampleOrders: option seed is -1.');
    expect(() => exampleOrders({ to: '2025-02-30' })).toThrow('exampleOrders: option to is "2025-02-30".');
    expect(() => exampleOrders({ to: '2023-12-31' })).toThrow('exampleOrders: option to is "2023-12-31". Give a day not before 2024-01-01.');
    expect(() => exampleOrders({ size: 3 } as ExampleOptions)).toThrow('exampleOrders: there is no option "size".');
  });
});
