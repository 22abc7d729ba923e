// Question: what does the profit of 1 M customers with 10 M events cost, beside DuckDB SQL on one thread?
// In memory: no reading. Events of six kinds, customers as whole numbers, seeded. CPU time of each, as both run on one thread.
import { join } from 'node:path';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { seededRandom } from '../src/core/index.js';
import { Table } from '../dist/index.js';
import { costToServe, profitability, whaleCurve } from '../dist/profit.js';
import { cacheFolder } from './data.js';
import { ask, compare, count, cpuInTurn, type Answer, type Size } from './measure.js';
import { duckDbName, INSTALL, openDuckDb } from './rivals.js';

const RATES = { visit: 38, call: 4.75, return: 14, delivery: 6.5, complaint: 21, 'service request': 9 };
const KINDS = Object.keys(RATES);

await ask(import.meta.url, async ({ full }: Size): Promise<readonly Answer[]> => {
  const [customersN, eventsN] = full ? [1_000_000, 10_000_000] : [100_000, 1_000_000];
  const random = seededRandom(1);
  const customer = new Int32Array(eventsN), kind = new Int32Array(eventsN);
  for (let i = 0; i < eventsN; i++) {
    customer[i] = Math.floor(customersN * random.uniform() ** 1.5);
    kind[i] = random.below(KINDS.length);
  }
  const events = new Table([['customer', { type: 'integer', data: customer }], ['kind', { type: 'category', data: kind, values: KINDS }]]);
  const revenue = Float64Array.from({ length: customersN }, () => Math.round(100 * Math.exp(5.5 + random.normal())) / 100);
  const customers = new Table([['customer', { type: 'integer', data: Int32Array.from({ length: customersN }, (_, i) => i) }], ['revenue', { type: 'number', data: revenue }]]);
  const duckDb = await openDuckDb(1);
  if (duckDb === undefined) return [{ question: `profit of ${count(customersN)} customers`, skipped: INSTALL }];

  const file = (name: string): string => join(cacheFolder(), `profit-${name}-${eventsN}.csv`);
  await write(file('events'), 'customer,kind', eventsN, (i) => `${customer[i]},${kind[i]}`);
  await write(file('revenue'), 'customer,revenue', customersN, (i) => `${i},${revenue[i]}`);
  await duckDb.run(`create table events as from read_csv('${file('events')}', columns = {'customer': 'INTEGER', 'kind': 'INTEGER'})`);
  await duckDb.run(`create table customers as from read_csv('${file('revenue')}', columns = {'customer': 'INTEGER', 'revenue': 'DOUBLE'})`);
  await duckDb.run(`create table rates as select * from (values ${Object.values(RATES).map((rate, k) => `(${k}, ${rate}::double)`).join(', ')}) v(kind, rate)`);
  const cost = 'select customer, count(*) n, sum(rate) as spent from events join rates using (kind) group by customer';
  const profit = 'revenue * 0.4 - coalesce(spent, 0)';
  const joined = `create or replace table p as select c.customer, revenue, revenue * 0.4 margin, coalesce(spent, 0) as spent, ${profit} as profit, row_number() over (order by ${profit} desc, c.customer) as r from customers c left join (${cost}) using (customer)`;

  const run = (): ReturnType<typeof profitability> => profitability(customers, { directCost: { marginRate: 0.4 }, costToServe: costToServe(events, { rates: RATES }) });
  await duckDb.run(joined);
  const [total, below] = (await duckDb.rows('select sum(profit), count(*) filter (profit < 0) from p'))[0]!;
  const answer = run();
  if (Math.abs(answer.total - Number(total)) > 1e-9 * Math.abs(answer.total) || answer.unprofitable.numRows !== Number(below)) throw new Error(`we have ${answer.total}, ${answer.unprofitable.numRows}; they ${String(total)}, ${String(below)}.`);
  const rounds = full ? 5 : 3;
  const [own, other] = await cpuInTurn(() => costToServe(events, { rates: RATES }), () => duckDb.run(`create or replace table s as ${cost}`), rounds);
  const [ownAll, otherAll] = await cpuInTurn(run, () => duckDb.run(joined), rounds);
  const [ownWhale, otherWhale] = await cpuInTurn(() => whaleCurve(answer.table), () => duckDb.run('create or replace table w as select customer, profit, sum(profit) over (order by profit desc, customer rows unbounded preceding) from p'), rounds);
  duckDb.close();
  const told = { peer: duckDbName(1), equal: 'same total, same number below 0', aim: { atLeast: 1 } } as const;
  const size = `${count(customersN)} customers`;
  return [
    compare({ question: `cost to serve, ${count(eventsN)} events, ${size}`, ...told }, own, other),
    compare({ question: `cost to serve and profit with ranks, ${count(eventsN)} events, ${size}`, remark: 'ours also sums groups exactly; neither lists the unprofitable', ...told }, ownAll, otherAll),
    compare({ question: `whale curve, ${size}`, ...told }, ownWhale, otherWhale),
  ];
});

async function write(path: string, head: string, rows: number, line: (i: number) => string): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(`${head}\n`);
  for (let from = 0; from < rows; from += 50_000) {
    const part = Array.from({ length: Math.min(50_000, rows - from) }, (_, k) => line(from + k)).join('\n');
    if (!stream.write(`${part}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
