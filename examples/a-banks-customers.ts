// A bank's customers: contribution and grade per customer, and the monthly table the head office reads. (Invented data.)
import { abc, pyramid } from 'clientele/pareto';
import { customerMix, managementTable, profitability } from 'clientele/profit';
import { winBack } from 'clientele/decisions';

// One row per person (records of one person from several systems are merged before).
const managers = ['Li', 'Wang', 'Zhao'];
const month = (from: number, to: number, growth: number): Record<string, string[] | number[]> => {
  const index = Array.from({ length: to - from }, (_, i) => from + i);
  return {
    customer: index.map((i) => `P${String(i).padStart(3, '0')}`),
    manager: index.map((i) => managers[i % 3]!),
    balance: index.map((i) => Math.round((800000 / (i + 2)) * growth)),
    income: index.map((i) => Math.round((800000 / (i + 2)) * growth * 0.018 + (i % 5) * 12)),
    cost: index.map((i) => 90 + (i % 7) * 25),
  };
};
const february = month(0, 90, 1);
const march = month(6, 102, 1.04);            // the first six left, twelve came

const result = profitability(march, { revenue: 'income', costToServe: 'cost', by: 'manager' });
console.log(result.segments.select(['manager', 'customers', 'profit', 'unprofitable', 'loss']));
console.log(abc(march, { of: 'balance' }).classes);
console.log(pyramid(march, { of: 'balance', labels: 'zh' }).tiers);
console.log(customerMix(march, { by: 'manager', of: 'balance' }));

console.log(managementTable(
  { now: march, before: february, earlier: { customer: ['P095', 'P099'] } },
  { by: 'manager', period: '2026-03', value: 'balance', plan: { Li: 1000000, Wang: 1000000, Zhao: 900000 } },
));

// The six who left, by what they kept with the bank, at a chance of 1 in 10.
const left = { customer: (february['customer'] as string[]).slice(0, 6), balance: (february['balance'] as number[]).slice(0, 6), recency: [35, 40, 31, 50, 33, 38] };
console.log(winBack(left, { of: 'balance', lostAfter: 30, chance: 0.1 }));
