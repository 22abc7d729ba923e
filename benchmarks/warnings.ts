// benchmarks/warnings.ts - Question: do the standard warnings of 10 million orders of 1 million customers take under two seconds on one thread?
// Run: node --import ./benchmarks/typescript.mjs benchmarks/warnings.ts [customers]. In memory: no reading, no writing; ranking, reasons in words and counts included. Data are seeded.
import { cpus } from 'node:os';
import { cleanDiagnostics, seededRandom } from '../src/core/index.js';
import { numberColumn, orderByNumber, textColumn, type Column } from '../src/columns/index.js';
import { makeTransactions, type Role, type Transactions } from '../src/transactions/index.js';
import { fitChurn, scoreChurnOne } from '../src/churn/index.js';
import { judgeWarnings, warnings } from '../src/warnings/index.js';

/** About ten orders a customer over two years in date order; half of the customers leave at some time. */
function orders(customers: number, seed: number): Transactions {
  const random = seededRandom(seed);
  const rows = customers * 10;
  const start = Float64Array.from({ length: customers }, () => random.uniform() * 400);
  const end = Float64Array.from(start, (s) => (random.uniform() < 0.5 ? 731 : s + random.uniform() * (731 - s)));
  const who = Int32Array.from({ length: rows }, () => random.below(customers));
  const day = Int32Array.from(who, (c) => Math.floor(start[c]! + random.uniform() * (end[c]! - start[c]!)));
  const order = orderByNumber(Float64Array.from(day));
  const ids = Array.from({ length: customers }, (_, i) => `C${String(i).padStart(7, '0')}`);
  return makeTransactions({
    where: 'benchmark', carried: new Map(), meta: { resolution: 'day', source: 'made' }, diagnostics: cleanDiagnostics(rows),
    roles: new Map<Role, Column>([
      ['customer', textColumn(Array.from(order, (i) => ids[who[i]!]!))],
      ['date', { type: 'date', data: order.map((i) => 19000 + day[i]!) }],
      ['amount', numberColumn(Float64Array.from(order, () => Math.round(100 * Math.exp(3.5 + 0.8 * random.normal())) / 100))],
    ]),
  });
}

const n = Number(process.argv[2] ?? 1e6);
console.log(`Node ${process.version}, ${cpus()[0]!.model} x ${cpus().length}, one thread, best and median of 5`);
const log = orders(n, 1);
console.log(`${n} customers, ${log.numRows} orders`);
function measure(task: string, run: () => number): void {
  const seconds: number[] = [], busy: number[] = [];
  let answer = 0;
  for (let k = 0; k < 5; k++) {
    const from = performance.now(), cpu = process.cpuUsage();
    answer = run();
    seconds.push((performance.now() - from) / 1000);
    // Of the whole process, its helper threads too: what a busy machine does not change.
    const { user, system } = process.cpuUsage(cpu);
    busy.push((user + system) / 1e6);
  }
  for (const list of [seconds, busy]) list.sort((a, b) => a - b);
  console.log(`${task}: ${seconds[0]!.toFixed(2)} s, ${seconds[2]!.toFixed(2)} s; CPU ${busy[0]!.toFixed(2)} s, ${busy[2]!.toFixed(2)} s (${answer})`);
}
measure('warnings, standard rules, all from watch', () => warnings(log).table.numRows);
measure('warnings, standard rules, from warn', () => warnings(log, { from: 'warn' }).table.numRows);
measure('warnings, overdue alone', () => warnings(log, { rules: [{ rule: 'overdue' }] }).table.numRows);
measure('judgeWarnings, standard rules', () => judgeWarnings(log).rules.length);

const random = seededRandom(2);
const x = Float64Array.from({ length: 20_000 }, () => random.normal());
const plan = Array.from(x, () => ['month', 'year', 'two'][random.below(3)]!);
const model = fitChurn({ churned: Array.from(x, (v) => random.uniform() < 1 / (1 + Math.exp(1 - v))), x, y: x.map(() => random.normal()), plan }, { folds: 0 });
let sum = 0;
const from = performance.now();
for (let i = 0; i < 1e6; i++) sum += scoreChurnOne(model, { x: x[i % 20_000]!, y: 0, plan: plan[i % 20_000]! }).probability;
console.log(`scoreChurnOne: ${((performance.now() - from) / 1000).toFixed(3)} microseconds a customer (sum ${sum.toFixed(1)})`);
