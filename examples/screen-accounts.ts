// Screening: customers judged by several criteria at once, and how much hangs on the weights.
import { screen, screeningSensitivity, type Criterion } from 'clientele/decisions';

const accounts = { customer: ['a', 'b', 'c', 'd', 'e'], sales: [100, 50, 75, 20, 60], overdue: [30, 0, 15, 5, 0] };
const criteria: Criterion[] = [
  { column: 'sales', direction: 'high', weight: 0.7 },
  { column: 'overdue', direction: 'low', weight: 0.3 },
];
console.log(screen(accounts, criteria).table.sortBy('rank').select(['rank', 'customer', 'score', 'selected', 'label']));
console.log(screeningSensitivity(accounts, criteria, { top: 0.4, change: 0.5 }));
