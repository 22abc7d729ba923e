// Question: what does the profit of 1 M customers with 10 M events cost, beside DuckDB SQL on one thread?
// Run: npx tsx benchmarks/profitability.ts; the rival, where Python with duckdb is at hand: CLIENTELE_DUCKDB=/path/to/python
// In memory: no reading. Events of six kinds, customers as whole numbers, seeded. The answers are compared before the times.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/index.js';
import { Table } from '../src/columns/index.js';
import { costToServe, profitability, whaleCurve } from '../src/profit/index.js';

const CUSTOMERS = 1_000_000, EVENTS = 10_000_000;
const rates = { visit: 38, call: 4.75, return: 14, delivery: 6.5, complaint: 21, 'service request': 9 };
const kinds = Object.keys(rates);
const random = seededRandom(1);
const customer = new Int32Array(EVENTS), kind = new Int32Array(EVENTS);
for (let i = 0; i < EVENTS; i++) {
  customer[i] = Math.floor(CUSTOMERS * random.uniform() ** 1.5);
  kind[i] = random.below(kinds.length);
}
const events = new Table([['customer', { type: 'integer', data: customer }], ['kind', { type: 'category', data: kind, values: kinds }]]);
const revenue = Float64Array.from({ length: CUSTOMERS }, () => Math.round(100 * Math.exp(5.5 + random.normal())) / 100);
const customers = new Table([['customer', { type: 'integer', data: Int32Array.from({ length: CUSTOMERS }, (_, i) => i) }], ['revenue', { type: 'number', data: revenue }]]);

const run = (): ReturnType<typeof profitability> => profitability(customers, { directCost: { marginRate: 0.4 }, costToServe: costToServe(events, { rates }) });
const times = (what: () => unknown): number => {
  what();
  const own = Array.from({ length: 5 }, () => {
    const start = performance.now();
    what();
    return performance.now() - start;
  });
  return Number(own.sort((a, b) => a - b)[2]!.toFixed(0));
};
const answer = run();
console.table([
  { task: 'costToServe, 10 M events', 'ms (median of 5)': times(() => costToServe(events, { rates })) },
  { task: 'costToServe + profitability with ranks', 'ms (median of 5)': times(run) },
  { task: 'whaleCurve, 1 M', 'ms (median of 5)': times(() => whaleCurve(answer.table)) },
]);
console.log(`ours: total ${answer.total}, unprofitable ${answer.unprofitable.numRows}`);

const python = process.env['CLIENTELE_DUCKDB'];
if (python !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  for (const [name, data] of Object.entries({ customer, kind, revenue })) writeFileSync(join(folder, `${name}.bin`), new Uint8Array(data.buffer));
  writeFileSync(join(folder, 'run.py'), `
import duckdb, numpy as np, time
read = lambda name, t: np.fromfile('${folder}/' + name + '.bin', dtype=t)
ev = {'customer': read('customer', np.int32), 'kind': read('kind', np.int32)}
cu = {'customer': np.arange(${CUSTOMERS}, dtype=np.int32), 'revenue': read('revenue', np.float64)}
con = duckdb.connect(); con.execute('set threads = 1')
con.execute('create table events as select customer, kind from ev'); con.execute('create table customers as select customer, revenue from cu')
con.execute("create table rates as select * from (values (0, 38.0::double), (1, 4.75), (2, 14.0), (3, 6.5), (4, 21.0), (5, 9.0)) v(kind, rate)")
cost = 'select customer, count(*) n, sum(rate) as spent from events join rates using (kind) group by customer'
full = f'create or replace table p as select c.customer, revenue, revenue * 0.4 margin, coalesce(spent, 0) as spent, revenue * 0.4 - coalesce(spent, 0) as profit, row_number() over (order by revenue * 0.4 - coalesce(spent, 0) desc, c.customer) as r from customers c left join ({cost}) using (customer)'
for name, sql in [('cost to serve', f'create or replace table s as {cost}'), ('cost to serve + profit with ranks', full)]:
    out = []
    for i in range(5):
        s = time.perf_counter(); con.execute(sql).fetchall(); out.append(1000 * (time.perf_counter() - s))
    print(f'duckdb {duckdb.__version__}, 1 thread, {name}: {sorted(out)[2]:.0f} ms')
print('duckdb: total, unprofitable', con.execute('select sum(profit), count(*) filter (profit < 0) from p').fetchall())
`);
  console.log(spawnSync(python, [join(folder, 'run.py')], { encoding: 'utf8' }).output.join(''));
  rmSync(folder, { recursive: true });
}
