// Orders (CSV) to scores and segments (CSV), ours: node csv-clientele.mjs ORDERS OUT [THREADS]
import { summarizeCsv, writeCsvParallel } from '../../dist/node.js';
import { rfm } from '../../dist/rfm.js';
import { report } from './report.mjs';

const start = performance.now();
const [orders, out, threads] = process.argv.slice(2);
const customers = await summarizeCsv(orders, { customer: 'customer', date: 'date', amount: 'amount' }, threads === undefined ? {} : { threads: Number(threads) });
const scored = rfm(customers);
await writeCsvParallel(scored.table, out, { columns: ['customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment'] });
report(start);
