// benchmarks/retention.ts - Question: does retention by month of 10 million orders on one thread beat DuckDB SQL on one thread, and what does a ledger of 10 million points movements cost?
// Run: node --import ./benchmarks/typescript.mjs benchmarks/retention.ts [customers]. In memory: no reading. Data are seeded; the rival's cells are held equal before times are compared, and runs are taken in turn.
import { cpus } from 'node:os';
import { cleanDiagnostics, seededRandom } from '../src/core/index.js';
import { numberColumn, textColumn, type Column } from '../src/columns/index.js';
import { pointsLedger, retention, type PointsRules } from '../src/loyalty/index.js';
import { makeTransactions, type Role, type Transactions } from '../src/transactions/index.js';

const customers = Number(process.argv[2] ?? 1e6);
const rows = customers * 10;
const random = seededRandom(1);
const who = Int32Array.from({ length: rows }, (_, i) => (i < customers ? i : random.below(customers)));
const days = Int32Array.from(who, () => 19723 + random.below(730));        // 2024 and 2025, in no order
const cents = Int32Array.from(who, () => 1 + random.below(10_000));

const logOf = (customer: Column): Transactions => makeTransactions({
  where: 'benchmark', carried: new Map(), meta: { resolution: 'day', source: 'made' }, diagnostics: cleanDiagnostics(rows),
  roles: new Map<Role, Column>([['customer', customer], ['date', { type: 'date', data: days }], ['amount', numberColumn(Float64Array.from(cents, (c) => c / 100))]]),
});
const ids = Array.from({ length: customers }, (_, i) => `C${String(i * 7919 % 10_000_019).padStart(12, '0')}`);
const logs = { int: logOf({ type: 'integer', data: who }), text: logOf(textColumn(Array.from(who, (c) => ids[c]!))) };

const SQL = `
  select cohort, p - cohort as j, count(distinct customer) as active, sum(cents) as cents
  from (select customer, year(day) * 12 + month(day) as p, cents, min(year(day) * 12 + month(day)) over (partition by customer) as cohort from orders)
  group by all order by cohort, j`;
// The usual faster way to say it: one row per customer and month first.
const SQL_GROUPED = `
  with monthly as (select customer, year(day) * 12 + month(day) as p, sum(cents) as cents from orders group by all),
       first as (select customer, min(p) as cohort from monthly group by customer)
  select cohort, p - cohort as j, count(*) as active, sum(cents) as cents from monthly join first using (customer) group by all order by cohort, j`;

interface Duck { run(sql: string): Promise<{ getRowsJS(): Promise<unknown[][]> }> }

async function duck(): Promise<Duck | undefined> {
  const name: string = '@duckdb/node-api';
  const module = await import(name).catch(() => undefined) as { DuckDBInstance: { create(path: string, options: object): Promise<{ connect(): Promise<Duck> }> } } | undefined;
  if (module === undefined) return undefined;
  return (await module.DuckDBInstance.create(':memory:', { threads: '1' })).connect();
}

/** Load the same orders by a CSV file. */
async function load(connection: Duck, kind: 'int' | 'text'): Promise<void> {
  const { mkdtempSync, rmSync, openSync, writeSync, closeSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  const path = join(folder, 'orders.csv');
  const file = openSync(path, 'w');
  writeSync(file, 'customer,day,cents\n');
  for (let from = 0; from < rows; from += 100_000) {
    let text = '';
    for (let i = from; i < Math.min(rows, from + 100_000); i++) text += `${kind === 'int' ? who[i] : ids[who[i]!]},${days[i]},${cents[i]}\n`;
    writeSync(file, text);
  }
  closeSync(file);
  await connection.run(`create or replace table orders as select customer::${kind === 'int' ? 'integer' : 'varchar'} as customer, date '1970-01-01' + day::integer as day, cents::integer as cents from read_csv('${path}', columns = {customer: 'varchar', day: 'integer', cents: 'integer'})`);
  rmSync(folder, { recursive: true });
}

/** Milliseconds of this process's threads: what a busy machine does besides does not count. */
const timed = async (run: () => unknown): Promise<number> => {
  const from = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};
const median = (values: number[]): string => (values.sort((a, b) => a - b)[values.length >> 1]! / 1000).toFixed(2);

console.log(`Node ${process.version}, ${cpus()[0]!.model}, ${rows} orders of ${customers} customers, 24 months, one thread; seconds of processor time`);
const connection = await duck();
for (const kind of ['int', 'text'] as const) {
  const run = (): ReturnType<typeof retention> => retention(logs[kind]);
  const rival = { window: [] as number[], grouped: [] as number[] }, ours: number[] = [];
  if (connection === undefined) console.log('DuckDB is missing: npm ci --prefix benchmarks');
  else {
    await load(connection, kind);
    const cells = (await (await connection.run(SQL_GROUPED)).getRowsJS()).map((row) => row.map(Number));
    // A cell in which nobody bought has no row in SQL.
    const own = run().table.toRows().filter((row) => row['active'] !== 0).map((row) => [row['active'], Math.round(Number(row['revenue']) * 100)]);
    if (JSON.stringify(cells.map(([, , active, sum]) => [active, sum])) !== JSON.stringify(own)) throw new Error('the cells differ; no times are compared.');
    console.log(`${kind} ids: ${cells.length} cells equal, customers and cents`);
  }
  for (let round = 0; round < 5; round++) {
    ours.push(await timed(run));
    if (connection !== undefined) {
      rival.grouped.push(await timed(() => connection.run(SQL_GROUPED)));
      if (round === 0) rival.window.push(await timed(() => connection.run(SQL)));
    }
  }
  console.log(`${kind} ids: ours ${median(ours)} s${connection === undefined ? '' : `, DuckDB grouped first ${median(rival.grouped)} s, by window function ${median(rival.window)} s (one run)`} (median of 5, in turn)`);
}

const rules: PointsRules = {
  earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { months: 12 } }, redemption: { min: 10 },
  tiers: { levels: [{ key: 'blue', from: 0 }, { key: 'silver', from: 300, multiplier: 1.25 }, { key: 'gold', from: 800, multiplier: 1.5 }], window: { months: 12 }, graceDays: 30, softLanding: true },
};
// Seven of ten earn, two redeem, one takes an earlier order of the same member back.
const kinds = new Int32Array(rows), orders = new Float64Array(rows).fill(NaN), lastOrder = new Int32Array(customers).fill(-1), lastDay = new Int32Array(customers);
const at = Int32Array.from({ length: rows }, (_, i) => 19723 + Math.floor((i / rows) * 730));
for (let i = 0; i < rows; i++) {
  const wish = random.below(10);
  const member = who[i]!;
  kinds[i] = wish < 7 ? 0 : wish < 9 ? 2 : lastOrder[member] === -1 ? 0 : 1;
  if (kinds[i] === 0) {
    orders[i] = i;
    lastOrder[member] = i;
    lastDay[member] = at[i]!;
  } else if (kinds[i] === 1) {
    orders[i] = lastOrder[member]!;
    lastOrder[member] = -1;
  }
}
const movements = {
  id: Int32Array.from({ length: rows }, (_, i) => i), member: who, at: { type: 'date', data: at } as const, kind: { type: 'category', data: kinds, values: ['earn', 'reverse', 'redeem'] } as const,
  amount: Float64Array.from(kinds, (kind, i) => (kind === 0 ? cents[i]! / 100 : NaN)), points: Float64Array.from(kinds, (kind) => (kind === 2 ? 20 : NaN)), order: orders,
};
const spent: number[] = [];
for (let round = 0; round < 3; round++) spent.push(await timed(() => pointsLedger(movements, rules)));
const { totals } = pointsLedger(movements, rules);
console.log(`pointsLedger: ${rows} movements of ${customers} members, ${median(spent)} s (median of 3); ${JSON.stringify(totals)}`);
