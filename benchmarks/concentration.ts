// Question: what do the top share, the customers needed, the indices and the classes of 1 M customers cost, beside DuckDB SQL on one thread?
// Run: npx tsx benchmarks/concentration.ts; the rival, where Python with duckdb is at hand: CLIENTELE_DUCKDB=/path/to/python
// In memory: no reading. Money is log-normal in cents, seeded. The answers are compared before the times.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/index.js';
import { abc, customersNeeded, gini, pareto, topShare } from '../src/pareto/index.js';

const N = 1_000_000;
const random = seededRandom(1);
const revenue = Float64Array.from({ length: N }, () => Math.round(100 * Math.exp(3.5 + 1.2 * random.normal())) / 100);
const table = { customer: Int32Array.from({ length: N }, (_, i) => i), revenue };

const times = (run: () => unknown): number => {
  for (let i = 0; i < 3; i++) run();
  const own = Array.from({ length: 9 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return own.sort((a, b) => a - b)[4]!;
};
console.table([
  ['topShare, 20 %', () => topShare(revenue)], ['customersNeeded, 80 %', () => customersNeeded(revenue)], ['gini', () => gini(revenue)],
  ['pareto: shares, needed, indices, deciles, Lorenz', () => pareto(revenue)], ['abc with ranks, per customer', () => abc(table)],
].map(([task, run]) => ({ task, 'ms (median of 9)': Number(times(run as () => unknown).toFixed(1)) })));

const SQL = {
  'top share, 20 %': `select sum(revenue) filter (rn <= ${N / 5}) / sum(revenue) from (select revenue, row_number() over (order by revenue desc) rn from t)`,
  'top share, by quantile': `select sum(revenue) filter (revenue >= (select quantile_disc(revenue, 0.8) from t)) / sum(revenue) from t`,
  'shares, Gini, HHI': 'select sum(revenue) filter (rn > 800000) / sum(revenue), sum((2.0 * rn - 1000001) * revenue) / (1000000 * sum(revenue)), sum(revenue * revenue) / (sum(revenue) * sum(revenue)) from (select revenue, row_number() over (order by revenue) rn from t)',
  'ABC, per customer': "create or replace table r as select customer, revenue, rn, cum, case when cum - revenue < 0.8 * total then 'A' when cum - revenue < 0.95 * total then 'B' else 'C' end cls from (select customer, revenue, row_number() over w rn, sum(revenue) over w cum, sum(revenue) over () total from t window w as (order by revenue desc, customer rows unbounded preceding))",
};
const python = process.env['CLIENTELE_DUCKDB'];
if (python !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  writeFileSync(join(folder, 'revenue.bin'), new Uint8Array(revenue.buffer));
  writeFileSync(join(folder, 'run.py'), `
import duckdb, numpy as np, time, json
x = np.fromfile('${join(folder, 'revenue.bin')}')
con = duckdb.connect(); con.execute('set threads = 1')
df = {'customer': np.arange(len(x), dtype=np.int32), 'revenue': x}
con.execute('create table t (customer integer, revenue double)')
revenue, customer = x, df['customer']
rel = {'customer': customer, 'revenue': revenue}
con.execute('insert into t select customer, revenue from rel')
for name, sql in json.loads(${JSON.stringify(JSON.stringify(SQL))}).items():
    out = []
    for i in range(7):
        s = time.perf_counter(); r = con.execute(sql).fetchall(); out.append(1000 * (time.perf_counter() - s))
    print(f'duckdb {duckdb.__version__}, 1 thread, {name}: {sorted(out)[3]:.1f} ms', r[0][:3])
`);
  console.log(spawnSync(python, [join(folder, 'run.py')], { encoding: 'utf8' }).output.join(''));
  console.log(`ours: top share ${topShare(revenue)}, Gini ${gini(revenue)}, HHI ${pareto(revenue).indices.hhi}, class A ${String(abc(table).classes.cell('customers', 0))}`);
  rmSync(folder, { recursive: true });
}
