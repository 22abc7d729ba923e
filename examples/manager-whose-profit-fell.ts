// The manager whose profit fell: every customer got the same attention, sales rose, profit fell. (Invented data.)
import { pareto } from 'clientele/pareto';
import { activityCosts, profitability, whaleCurve, whatIf } from 'clientele/profit';
import { screen, winBack } from 'clientele/decisions';

// 200 customers: a few large, many small, and the smallest ask for as many visits as the largest.
const index = Array.from({ length: 200 }, (_, i) => i);
const customers = {
  customer: index.map((i) => `C${String(i + 1).padStart(3, '0')}`),
  revenue: index.map((i) => Math.round(60000 / (i + 1) ** 0.9) + 200),
  volume: index.map((i) => Math.round(900 / (i + 1) ** 0.8) + 5),
  overdue: index.map((i) => ((i * 37) % 11 === 0 ? 900 : (i * 13) % 200)),
  cycleDays: index.map((i) => 12 + ((i * 7) % 60)),
  recency: index.map((i) => (i % 9 === 4 ? 240 : 5 + ((i * 3) % 60))),
  visits: index.map((i) => 4 + ((i * 5) % 4)),
  calls: index.map((i) => 6 + ((i * 11) % 9)),
};

// Where the money is, and where the profit is.
const serving = activityCosts(customers, { rates: { visits: 38, calls: 4.75 } });
const before = profitability(customers, { directCost: { marginRate: 0.3 }, costToServe: serving });
console.log(pareto(customers).sentence);
console.log(whaleCurve(before.table).sentence);

// The top 20 %, chosen by several criteria rather than by sales alone.
const screened = screen(customers, [
  { column: 'revenue', direction: 'high', weight: 0.4, normalization: 'rank' },
  { column: 'volume', direction: 'high', weight: 0.2, normalization: 'rank' },
  { column: 'overdue', direction: 'low', weight: 0.2, normalization: 'rank' },
  { column: 'cycleDays', direction: 'low', weight: 0.2, normalization: 'rank' },
]);
console.log(screened.tiers.select(['label', 'customers', 'policy']));

// Key customers already lost: called first.
const lost = winBack(customers, { lostAfter: 180, chance: 0.15, least: 1000 });
console.log(lost);

// Tailored service for the top costs more, standard service for the rest costs less: profit on the same customers.
const selected = screened.table.toColumns()['selected'] as boolean[];
const after = whatIf(before, [
  { name: 'tailored service for the top', who: selected, service: 0.25 },
  { name: 'standard service for the rest', who: selected.map((top) => !top), service: -0.5, lost: 0.03 },
]);
console.log(after.actions);
console.log(`profit ${after.before.toFixed(0)} before, ${after.after.toFixed(0)} after; the win-back list is worth ${lost.toRows().reduce((sum, row) => sum + Number(row['expected']), 0).toFixed(0)} of revenue`);
