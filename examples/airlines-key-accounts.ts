// An airline's key accounts: how important each is, how firm the relationship, and what to do in each cell. (Invented data.)
import { ahpWeights, campaign, creditPolicy, keyCustomers, screeningSensitivity, type Criterion } from 'clientele/decisions';

const accounts = {
  customer: ['Huaxin Trading', 'Polar Freight', 'Donghai Bank', 'Mira Travel', 'Lotus Textiles', 'Atlas Mining', 'Vega Software', 'Harbour Foods'],
  revenue: [4200, 3900, 2600, 2400, 1500, 1300, 600, 350],          // thousands a year
  growth: [0.12, -0.05, 0.08, 0.02, 0.2, -0.1, 0.35, 0],
  premiumShare: [0.4, 0.1, 0.55, 0.15, 0.2, 0.3, 0.25, 0.05],
  years: [9, 2, 7, 4, 1, 6, 2, 8],
  shareOfWallet: [0.8, 0.25, 0.7, 0.4, 0.3, 0.6, 0.5, 0.9],
  contacts: [14, 3, 9, 5, 2, 6, 3, 4],
  onTimeShare: [0.97, 0.7, 1, 0.92, 0.85, 0.95, 1, 0.6],
  meanDaysLate: [1, 18, 0, 4, 9, 3, 0, 25],
};

// Revenue is three times as important as growth, five times as the share of premium seats.
const { weights, consistencyRatio } = ahpWeights([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]);
console.log(`weights ${[...weights].map((weight) => weight.toFixed(3)).join(', ')}, consistency ratio ${consistencyRatio.toFixed(3)}`);

const level: Criterion[] = ['revenue', 'growth', 'premiumShare'].map((column, i) => ({ column, direction: 'high', weight: weights[i]! }));
const firmness: Criterion[] = ['years', 'shareOfWallet', 'contacts'].map((column) => ({ column, direction: 'high' }));
const key = keyCustomers(accounts, { level, firmness, indices: { relationship: [{ column: 'onTimeShare', direction: 'high' }, { column: 'growth', direction: 'high' }], linkage: [{ column: 'contacts', direction: 'high' }] } });
console.log(key.matrix);
console.log(key.table.sortBy('rank').select(['customer', 'level', 'firmness', 'label', 'action']));

// Does the ranking hang on the weights? And on which terms do they fly?
console.log(screeningSensitivity(accounts, level, { top: 0.25, change: 0.5 }));
console.log(creditPolicy(accounts, { size: 'revenue', sizeLimits: [1000, 2500], preset: 'graded' }).table);

console.log(campaign([
  { name: 'lounge for key accounts', kind: 'keep', reach: 3, uplift: 0.1, upliftRange: [0.05, 0.2], margin: 400, costPerContact: 20 },
  { name: 'premium trial', kind: 'cross-sell', reach: 5, uplift: 0.2, upliftRange: [0.1, 0.3], margin: 120, costPerContact: 6 },
]));
