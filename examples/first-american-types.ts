// First American's 750 types: rules make more kinds of customers than anyone can serve; clusters make a number to act on.
import { table } from 'clientele';
import { cells, crossTab, kmeans, profileClusters } from 'clientele/segmentation';

// Made data: a bank's customers with balance, credit line and how many kinds of insurance they hold.
let state = 7;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const wealth = Array.from({ length: 5000 }, () => uniform() + uniform() + uniform());
const customers = table({
  customer: wealth.map((_, i) => `b${i}`),
  balance: wealth.map((w) => Math.round(800 * Math.exp(2 * w - 2))),
  creditLine: wealth.map((w) => 500 * Math.floor(1 + 8 * w * uniform())),
  insurances: wealth.map((w) => Math.floor(Math.min(4.99, 2.5 * w * uniform()))),
});

// By rule: 10 groups of balance x 15 of credit line x 5 of insurances.
const creditLines = [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 6000, 7000, 8000, 9000];
const types = cells(customers, { balance: 10, creditLine: { cuts: creditLines }, insurances: { cuts: [0, 1, 2, 3] } });
console.log(`${types.table.numRows} of ${types.possible} types hold customers; the largest holds ${String(types.table.cell('customers', 0))} of ${customers.numRows}`);

// Found in the data: clusters of types, each type weighing as many customers as it holds.
const groups = kmeans(types.table, { k: 5, features: types.features, weights: 'customers', value: 'balanceMean' });
const group = Int32Array.from(types.labels, (type) => groups.labels[type]!);
const profiles = profileClusters(customers, group, { features: ['balance', 'creditLine', 'insurances'], value: 'balance' });
console.log(profiles.select(['cluster', 'label', 'customers', 'share', 'valueShare', 'balanceMean', 'creditLineMean', 'insurancesMean']));
console.log(crossTab(group, customers.column('insurances'), { names: ['group', 'insurances'] }));
