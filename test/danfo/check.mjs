// Tries clientele/danfo on the real danfojs-node: npm ci && node check.mjs [folder of the build, ../../dist].
// Ends with exit code 1 at the first thing that is not as it should be.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as dfd from 'danfojs-node';

const dist = resolve(import.meta.dirname, process.argv[2] ?? '../../dist');
const { fromDanfo, toDanfo } = await import(pathToFileURL(resolve(dist, 'danfo.js')).href);
const { summarize, exampleOrders } = await import(pathToFileURL(resolve(dist, 'transactions.js')).href);
const mapping = { customer: 'id', date: 'day', amount: 'revenue', channel: 'channel' };

// In: text dates, gaps as null and NaN, numbers with cents.
const frame = new dfd.DataFrame({ id: ['007', 'b', '007'], day: ['2023-01-01', '2023-02-03', '2023-03-01'], revenue: [12.5, -3, 0.1], channel: ['web', null, NaN] });
const log = fromDanfo(frame, mapping);
assert.deepEqual(log.toRows(), [
  { customer: '007', date: '2023-01-01', amount: 12.5, channel: 'web' },
  { customer: 'b', date: '2023-02-03', amount: -3, channel: null },
  { customer: '007', date: '2023-03-01', amount: 0.1, channel: null },
]);
assert.deepEqual(summarize(log).column('customer').type, 'text');

// In: Dates, and a frame that has been filtered and sorted.
const dates = new dfd.DataFrame({ id: ['a', 'b', 'c'], day: [new Date('2023-01-01T20:00Z'), new Date('2023-01-02T20:00Z'), new Date('2023-01-03T20:00Z')], revenue: [1, 3, 2] });
const best = fromDanfo(dates.query(dates.revenue.gt(1)).sortValues('revenue'), { customer: 'id', date: 'day', amount: 'revenue' }, { timeZone: 'Asia/Shanghai' });
assert.deepEqual(best.toRows(), [{ customer: 'c', date: '2023-01-04', amount: 2 }, { customer: 'b', date: '2023-01-03', amount: 3 }]);

// In: what is not there is named.
assert.throws(() => fromDanfo(frame, { ...mapping, amount: 'Revenue' }), /fromDanfo: column "Revenue" is missing .* Did you mean "revenue"\?/);

// Out: found by itself (from here) or passed; every type, gaps, no rows.
const customers = summarize(exampleOrders({ customers: 50 }));
const out = toDanfo(customers, { danfo: dfd });
assert.ok(out instanceof dfd.DataFrame);
assert.deepEqual(out.shape, [50, customers.names.length]);
assert.deepEqual(out.columns, [...customers.names]);
assert.deepEqual(out.column('monetary').values, [...customers.column('monetary').data]);
assert.equal(out.column('customer').values[0], 'C000001');
assert.match(out.column('last').values[0], /^\d{4}-\d\d-\d\d$/);
assert.deepEqual(toDanfo(log, { danfo: dfd }).column('channel').values, ['web', null, null]);
assert.deepEqual(toDanfo(log.where([0, 0, 0]), { danfo: dfd }).shape, [0, 4]);
process.chdir(import.meta.dirname);
assert.deepEqual(toDanfo(log).groupby(['customer']).col(['amount']).sum().column('amount_sum').values, [12.6, -3]);

// There and back.
assert.deepEqual(fromDanfo(toDanfo(log), { customer: 'customer', date: 'date', amount: 'amount', channel: 'channel' }).toRows(), log.toRows());

console.log('danfo: all as it should be');
