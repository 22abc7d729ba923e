// benchmarks/clv.ts - Question: what do fitting and scoring a million customers cost, against the times of lifetimes, CLVTools and BTYD?
//
// Included: merging equal rows, the fit, standard errors; for scoring, checks of the input and the result columns. Not
// included: log to summary. The peers' seconds were taken before, on another machine of two cores; they are
// not measured again here. Estimates must lie within 4·√2 standard errors of those stated for the reference draw.
import { cpus } from 'node:os';
import {
  discountedExpectedPurchases, expectedPurchases, expectedPurchasesOne, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, probabilityAlive, type LifetimeModel as Model,
} from '../src/clv/index.js';
import { simulatedCustomers } from './simulated-customers.js';

/** Maximum-likelihood estimates and standard errors stated in simulated-1m/expected.json. */
const STATED: Readonly<Record<string, readonly (readonly [mle: number, se: number])[]>> = {
  'bg-nbd': [[0.22605956, 0.00052361694], [4.4966368, 0.017468975], [0.71071596, 0.0074938795], [2.6873667, 0.036483714]],
  'mbg-nbd': [[1.18212447, 0.0084790274], [11.285956, 0.070159676], [0.58296618, 0.0024237321], [0.54845738, 0.0030932622]],
  'pareto-nbd': [[0.54682345, 0.0024163457], [10.8523453, 0.041654838], [0.64088443, 0.0076644246], [13.116013, 0.29224974]],
};

const repeatTimes = 3;
const n = Number(process.argv[2] ?? 1e6);
console.log(`${n} customers, Node ${process.version}, ${cpus()[0]!.model} x ${cpus().length}, one thread, best and median of ${repeatTimes}`);
const { columns: customers, transactions } = simulatedCustomers(n, 20240601);
console.log(`${transactions} transactions (the reference draw has 2,319,404)`);

const rows: Record<string, string | number>[] = [];
function measure<R>(task: string, peers: Readonly<Record<string, number>>, run: () => R): R {
  const seconds: number[] = [];
  let result!: R;
  for (let k = 0; k < repeatTimes; k++) {
    const from = performance.now();
    result = run();
    seconds.push((performance.now() - from) / 1000);
  }
  seconds.sort((a, b) => a - b);
  const median = seconds[repeatTimes >> 1]!;
  const ratios = n === 1e6 ? Object.entries(peers).map(([peer, s]) => `${(s / median).toFixed(1)} x ${peer}`).join(', ') : '';
  rows.push({ task, best: Number(seconds[0]!.toFixed(3)), median: Number(median.toFixed(3)), 'times faster': ratios });
  return result;
}

const models: Model[] = [
  measure('BG/NBD fit', { lifetimes: 9.4, CLVTools: 13.6 }, () => fitBgNbd(customers)),
  measure('MBG/NBD fit', {}, () => fitMbgNbd(customers)),
  measure('Pareto/NBD fit', { lifetimes: 173, CLVTools: 28 }, () => fitParetoNbd(customers)),
];
measure('Gamma-Gamma fit', {}, () => fitGammaGamma(customers));
const [bgNbd, , pareto] = models as [Model<'bg-nbd'>, Model<'mbg-nbd'>, Model<'pareto-nbd'>];
measure('BG/NBD scoring: P(alive) + 39 weeks', { lifetimes: 0.34, CLVTools: 0.5 }, () => [probabilityAlive(bgNbd, customers), expectedPurchases(bgNbd, customers, { horizon: 39 })]);
measure('Pareto/NBD scoring: P(alive) + 39 weeks', { lifetimes: 0.49, CLVTools: 1.6 }, () => [probabilityAlive(pareto, customers), expectedPurchases(pareto, customers, { horizon: 39 })]);
measure('Pareto/NBD discounted, no end', {}, () => discountedExpectedPurchases(pareto, customers, { horizon: Infinity, discountRateYearly: 0.1 }));
measure('BG/NBD discounted, no end', {}, () => discountedExpectedPurchases(bgNbd, customers, { horizon: Infinity, discountRateYearly: 0.1 }));
console.table(rows);

const calls = Math.min(n, 200_000);
for (const model of [bgNbd, pareto]) {
  let sum = 0;
  const from = performance.now();
  for (let i = 0; i < calls; i++) sum += expectedPurchasesOne(model, { repeats: customers.repeats[i]!, span: customers.span[i]!, tenure: customers.tenure[i]! }, { horizon: 39 });
  console.log(`${model.kind}, one customer at a time: ${(((performance.now() - from) * 1000) / calls).toFixed(2)} microseconds (sum ${sum.toFixed(3)})`);
}

for (const model of models) {
  const away = Object.values(model.params).map((value, k) => {
    const [mle, se] = STATED[model.kind]![k]!;
    return Math.abs(value - mle) / (se * Math.sqrt(1e6 / n));
  });
  const worst = Math.max(...away);
  console.log(`${model.kind}: ${model.iterations} evaluations, log-likelihood ${model.logLikelihood!.toFixed(4)}, at most ${worst.toFixed(2)} standard errors from the stated estimates (limit ${(4 * Math.SQRT2).toFixed(2)})`);
  if (!(worst < 4 * Math.SQRT2)) throw new Error(`${model.kind} lies ${worst} standard errors from the stated estimates`);
}
