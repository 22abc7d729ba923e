// A drugstore chain's women of 18 to 35: how large the segment is, what it is worth, what it buys together, what to offer it. (Invented data.)
import { fromColumns, rfm, summarize } from 'clientele';
import { associationRules, crossSell, replenishment } from 'clientele/basket';
import { evaluateOffers } from 'clientele/evaluate';
import { targetSegment } from 'clientele/segmentation';

let state = 11;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)]!;

// Products by category, and what is liked together by taste.
const catalog = {
  product: ['mascara', 'remover pads', 'lipstick', 'shampoo', 'conditioner', 'nappies', 'baby wipes', 'razor', 'shaving foam', 'vitamins', 'toothpaste', 'carrier bag'],
  category: ['make-up', 'care', 'make-up', 'hair', 'hair', 'baby', 'baby', 'shaving', 'care', 'health', 'care', 'other'],
  margin: [0.45, 0.4, 0.45, 0.3, 0.35, 0.1, 0.25, 0.3, 0.35, 0.5, 0.3, 0.05],
};
const tastes = [['mascara', 'remover pads', 'lipstick'], ['shampoo', 'conditioner'], ['nappies', 'baby wipes'], ['razor', 'shaving foam'], ['vitamins', 'toothpaste']];
const columns = { order: [] as string[], customer: [] as string[], date: [] as string[], product: [] as string[], amount: [] as number[], sex: [] as string[], age: [] as number[] };
for (let c = 0; c < 1200; c++) {
  const sex = uniform() < 0.6 ? 'f' : 'm', age = 16 + Math.floor(uniform() * 60);
  const young = sex === 'f' && age >= 18 && age <= 35;
  const liked = [young ? tastes[0]! : sex === 'm' ? tastes[3]! : tastes[4]!, pick(tastes)];
  for (let visit = 0, day = uniform() * 60; day < 360; visit++, day += 15 + uniform() * (young ? 35 : 70)) {
    const basket = new Set([...liked[visit % 2]!.filter(() => uniform() < 0.7), ...(uniform() < 0.4 ? ['carrier bag'] : []), ...(uniform() < 0.3 ? [pick(catalog.product)] : [])]);
    for (const product of basket) {
      columns.order.push(`${c}-${visit}`);
      columns.customer.push(`K${String(c).padStart(4, '0')}`);
      columns.date.push(new Date(Date.UTC(2025, 0, 1 + Math.floor(day))).toISOString().slice(0, 10));
      columns.product.push(product);
      columns.amount.push(Math.round((2 + uniform() * 12) * 100) / 100);
      columns.sex.push(sex);
      columns.age.push(age);
    }
  }
}
const orders = fromColumns(columns, { customer: 'customer', date: 'date', amount: 'amount', order: 'order', product: 'product', carry: ['sex', 'age'] });

// The segment against the rest: size, share, recency, frequency, money; and where it stands in RFM.
const customers = summarize(orders, { asOf: '2025-12-31' });
const women = targetSegment(customers, { sex: 'f', age: { from: 18, to: 35 } });
console.log(women);
console.log(rfm(customers.take(women.rows)).segments.select(['label', 'customers', 'share', 'revenueShare']));

// What she buys together, tested against chance, redundant rules left out.
const ids = new Set(Array.from(women.rows, (row) => customers.cell('customer', row)));
const hers = orders.where((row) => ids.has(orders.cell('customer', row)));
const found = associationRules(hers, { minSupport: 0.01, minConfidence: 0.3, minLift: 1.2, maxP: 0.01, redundant: 'prune' });
console.log(found);

// Another category for whom it fits, best margin first; what is about to run out; nobody with an open complaint.
const doNotOffer = { customer: ['K0003', 'K0019'], reason: ['open-complaint', 'overdue-debt'] };
console.log(crossSell(found, hers, { catalog, top: 1, doNotOffer }));
console.log(replenishment(hers, { asOf: '2025-12-31', top: 1, doNotOffer, labels: 'zh' }));

// Would it have hit? Learned to the end of March, judged on what was bought for the first time after it.
console.log(evaluateOffers(hers, { cutoff: '2025-03-31', n: [1, 2], rules: { minSupport: 0.01, minConfidence: 0.1 } }).table);
