// Question: what do the top share, the customers needed, the indices and the classes of 1 M customers cost, beside DuckDB SQL on one thread?
// In memory: no reading. Money is log-normal in cents, seeded. CPU time of each, as both run on one thread.
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { seededRandom } from '../src/core/index.js';
import { abc, customersNeeded, gini, pareto, topShare } from '../dist/pareto.js';
import { cacheFolder } from './data.js';
import { ask, compare, count, cpuInTurn, type Answer, type Size } from './measure.js';
import { duckDbName, INSTALL, openDuckDb } from './rivals.js';

await ask(import.meta.url, async ({ full }: Size): Promise<readonly Answer[]> => {
  const n = full ? 1_000_000 : 200_000;
  const random = seededRandom(1);
  const revenue = Float64Array.from({ length: n }, () => Math.round(100 * Math.exp(3.5 + 1.2 * random.normal())) / 100);
  const table = { customer: Int32Array.from({ length: n }, (_, i) => i), revenue };
  const duckDb = await openDuckDb(1);
  if (duckDb === undefined) return [{ question: `concentration of ${count(n)} customers`, skipped: INSTALL }];
  const file = join(cacheFolder(), `revenue-${n}.csv`);
  writeFileSync(file, `revenue\n${revenue.join('\n')}\n`);
  await duckDb.run(`create table t as select (row_number() over () - 1)::int customer, revenue from read_csv('${file}', columns = {'revenue': 'DOUBLE'}, parallel = false)`);

  // The fastest ways found to say it: amounts are in cents, so that customers of one amount can be grouped before they are ranked.
  const grouped = 'select revenue, c, sum(c) over w - c rn, sum(c * revenue) over w cum, sum(c * revenue) over () total from (select revenue, count(*) c from t group by revenue) window w as (order by revenue ORDER rows unbounded preceding)';
  const [up, down] = ['asc', 'desc'].map((order) => grouped.replace('ORDER', order));
  const classes = "select customer, revenue, rn, cum, case when cum - revenue < 0.8 * total then 'A' when cum - revenue < 0.95 * total then 'B' else 'C' end cls from (select customer, revenue, row_number() over w rn, sum(revenue) over w cum, sum(revenue) over () total from t window w as (order by revenue desc, customer rows unbounded preceding))";
  const top = Math.ceil(n / 5);
  const questions: { name: string; ours: () => unknown; sql: string; agree: () => Promise<boolean> }[] = [
    { name: 'top share, 20 %', ours: () => topShare(revenue), sql: `create or replace table a as select (sum(revenue) filter (revenue > q) + (${top} - count(*) filter (revenue > q)) * any_value(q)) / sum(revenue) x from t, (select quantile_disc(revenue, ${(n - top) / n}) q from t)`, agree: async () => near(topShare(revenue), (await duckDb.rows('select x from a'))[0]![0]) },
    { name: 'customers needed for 80 %', ours: () => customersNeeded(revenue), sql: `create or replace table a as select arg_min(rn + ceil((0.8 * total - (cum - c * revenue)) / revenue), rn) x from (${down}) where cum >= 0.8 * total`, agree: async () => near(customersNeeded(revenue).customers, (await duckDb.rows('select x from a'))[0]![0]) },
    { name: 'Gini', ours: () => gini(revenue), sql: `create or replace table a as select sum(c * (2.0 * rn + c - ${n}) * revenue) / (${n} * any_value(total)) x from (${up})`, agree: async () => near(gini(revenue), (await duckDb.rows('select x from a'))[0]![0]) },
    { name: 'shares, needed, indices, deciles, Lorenz (theirs: shares, Gini, HHI)', ours: () => pareto(revenue), sql: `create or replace table a as select sum(revenue * greatest(0, least(c, rn + c - ${n - top}))), sum(c * (2.0 * rn + c - ${n}) * revenue) / (${n} * any_value(total)), sum(c * revenue * revenue) / any_value(total * total) x from (${up})`, agree: async () => near(pareto(revenue).indices.hhi, (await duckDb.rows('select x from a'))[0]![0]) },
    { name: 'ABC, rank and class per customer', ours: () => abc(table), sql: `create or replace table a as ${classes}`, agree: async () => near(Number(abc(table).classes.cell('customers', 0)), (await duckDb.rows("select count(*) from a where cls = 'A'"))[0]![0], 1e-5) },
  ];
  const answers: Answer[] = [];
  for (const { name, ours, sql, agree } of questions) {
    await duckDb.run(sql);
    if (!(await agree())) throw new Error(`${name}: the answers differ.`);
    const [own, other] = await cpuInTurn(ours, () => duckDb.run(sql), full ? 9 : 5);
    answers.push(compare({ question: `${name}, ${count(n)} customers`, peer: duckDbName(1), equal: 'same answer', aim: { atLeast: 1 } }, own, other));
  }
  duckDb.close();
  return answers;
});

function near(own: number, their: unknown, within = 1e-9): boolean {
  return Math.abs(own - Number(their)) <= within * Math.abs(own);
}
