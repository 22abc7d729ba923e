// Customers drawn by a known law: Pareto/NBD with r .55, alpha 10.58, s .61, beta 11.67
// (weeks), first purchases spread over 84 days, observed to day 363, days whole, one purchase a day.
import { seededRandom } from '../src/core/index.js';

/** Plain columns in weeks, and the totals that the reference states for its own draw. */
export interface SimulatedCustomers {
  readonly columns: { readonly repeats: Float64Array; readonly span: Float64Array; readonly tenure: Float64Array; readonly meanRepeatSpend: Float64Array };
  readonly transactions: number;
}

/** `n` customers; spend by Gamma-Gamma p 6.25, q 3.74, v 15.44. Same seed, same customers. */
export function simulatedCustomers(n: number, seed: number): SimulatedCustomers {
  const random = seededRandom(seed);
  const repeats = new Float64Array(n), span = new Float64Array(n), tenure = new Float64Array(n), meanRepeatSpend = new Float64Array(n);
  const days = new Int32Array(4096);
  let transactions = n;
  for (let i = 0; i < n; i++) {
    const birth = random.below(84);
    const rate = random.gamma(0.55) / 10.58;
    const leaving = random.gamma(0.61) / 11.67;
    const weeks = (363 - birth) / 7;
    const active = Math.min(random.exponential() / leaving, weeks);
    let purchases = 0;
    for (let time = random.exponential() / rate; time < active && purchases < days.length; time += random.exponential() / rate) days[purchases++] = Math.floor(random.uniform() * active * 7);
    const sorted = days.subarray(0, purchases).sort();
    let distinct = 0;
    let last = 0;
    for (const day of sorted) if (day > last) {
      last = day;
      distinct++;
    }
    repeats[i] = distinct;
    span[i] = last / 7;
    tenure[i] = weeks;
    transactions += distinct;
    meanRepeatSpend[i] = distinct === 0 ? 0 : random.gamma(6.25 * distinct) / distinct / (random.gamma(3.74) / 15.44);
  }
  return { columns: { repeats, span, tenure, meanRepeatSpend }, transactions };
}
