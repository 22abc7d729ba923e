// A developer: an order log in, scored and segmented customers out.
import { exampleOrders, rfm, summarize } from 'clientele';
import { readCsv, writeCsv } from 'clientele/node';

// Data to try it on; you have a file of your own.
await writeCsv(exampleOrders({ customers: 2000, seed: 1 }), 'orders.csv');

const orders = await readCsv('orders.csv', { customer: 'customer', date: 'date', amount: 'amount', order: 'order' });
const customers = summarize(orders, { asOf: '2026-01-01' });
const scored = rfm(customers);                 // quintiles, standard segment map

console.log(scored.segments.select(['label', 'customers', 'share', 'revenue', 'revenueShare']));
await writeCsv(scored.table, 'scores.csv');    // customer, recency, frequency, monetary, r, f, m, score, segment, label
