import { seededRandom } from '../../src/core/index.js';

/** Customers of a made-up shop, Pareto/NBD with Gamma-Gamma spend, weeks; r .8, alpha 8, s .7, beta 12, 52 weeks or less. */
export function smallShop(n: number, seed: number): { customer: string[]; repeats: Float64Array; span: Float64Array; tenure: Float64Array; meanRepeatSpend: Float64Array } {
  const random = seededRandom(seed);
  const shop = { customer: [] as string[], repeats: new Float64Array(n), span: new Float64Array(n), tenure: new Float64Array(n), meanRepeatSpend: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const tenure = 26 + 26 * random.uniform();
    const rate = random.gamma(0.8) / 8;
    const active = Math.min(tenure, random.exponential() / (random.gamma(0.7) / 12));
    let x = 0, last = 0;
    for (let t = random.exponential() / rate; t < active; t += random.exponential() / rate) {
      x++;
      last = t;
    }
    shop.customer.push(`c${i}`);
    shop.repeats[i] = x;
    shop.span[i] = last;
    shop.tenure[i] = tenure;
    shop.meanRepeatSpend[i] = x === 0 ? 0 : random.gamma(6 * x) / x / (random.gamma(4) / 15);
  }
  return shop;
}
