import { describe, expect, it } from 'vitest';
import { numbersOf } from '../src/columns/index.js';
import { rfm } from '../src/rfm/index.js';
import { exampleOrders, summarize } from '../src/transactions/index.js';

describe('a million orders', () => {
  it('are all accounted for, from rows to segments', () => {
    const orders = exampleOrders({ customers: 100_000, seed: 2 });
    expect(orders.numRows).toBeGreaterThan(950_000);
    const customers = summarize(orders);
    const { table, segments, diagnostics } = rfm(customers);
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    const amounts = numbersOf('test', orders, 'amount');
    const purchases = amounts.filter((amount) => amount >= 0).length;
    expect(sum(numbersOf('test', customers, 'frequency'))).toBe(purchases);
    expect(Math.abs(sum(numbersOf('test', customers, 'monetary')) - sum(amounts))).toBeLessThan(1e-6 * sum(amounts));
    expect(table.numRows).toBe(customers.numRows);
    expect(sum(numbersOf('test', segments, 'customers'))).toBe(customers.numRows);
    expect(diagnostics.rows.used).toBe(orders.numRows);
    // Quintiles of recency: equal values stay together, so that groups are near a fifth.
    const scores = numbersOf('test', table, 'r');
    for (let score = 1; score <= 5; score++) expect(Math.abs(scores.filter((s) => s === score).length / table.numRows - 0.2)).toBeLessThan(0.02);
  });
});
