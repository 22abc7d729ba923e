// Where the money is: the real 80/20 of an order log, its classes, and who holds them.
import { exampleOrders, summarize } from 'clientele';
import { abc, pareto, topCustomers } from 'clientele/pareto';

const customers = summarize(exampleOrders({ customers: 2000, seed: 1 }));
const answer = pareto(customers);
console.log(answer.sentence);
console.log(pareto(customers, { labels: 'zh' }).sentence);
console.log(answer.shares.select(['top', 'customers', 'share']));
console.log(`Gini ${answer.indices.gini.toFixed(3)}, as concentrated as ${answer.indices.effectiveNumber.toFixed(0)} equal customers`);
console.log(abc(customers).classes.select(['label', 'customers', 'shareOfCustomers', 'share']));
console.log(topCustomers(customers, { count: 3 }).select(['rank', 'customer', 'monetary', 'share']));
