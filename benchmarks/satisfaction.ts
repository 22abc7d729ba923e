// Question: what do the figures of a survey of 1 M answers cost, by group and wave, with weights and tests?
// Run: node --import ./benchmarks/typescript.mjs benchmarks/satisfaction.ts
// In memory: no reading. Seeded answers of 12 shops in 8 waves. One thread.
import { seededRandom } from '../src/core/index.js';
import { acsi, csat, drivers, nps } from '../src/satisfaction/index.js';

const N = 1_000_000;
const random = seededRandom(1);
const SHOPS = Array.from({ length: 12 }, (_, i) => `shop ${i}`);
const codes = Int32Array.from({ length: N }, () => random.below(SHOPS.length));
const wave = Int32Array.from({ length: N }, () => 1 + random.below(8));
const weight = Float64Array.from({ length: N }, () => 0.5 + random.uniform());
const answer = (): Float64Array => Float64Array.from({ length: N }, () => Math.max(0, Math.min(10, Math.round(7.5 + 2 * random.normal()))));
const answers = { shop: { type: 'category' as const, data: codes, values: SHOPS }, wave, weight, score: answer(), a: answer(), b: answer(), c: answer() };

const times = (run: () => unknown): string => {
  run();
  const own = Array.from({ length: 5 }, () => {
    const { user } = process.cpuUsage();
    const start = performance.now();
    run();
    return [performance.now() - start, (process.cpuUsage().user - user) / 1000] as const;
  }).sort((x, y) => x[0] - y[0])[2]!;
  return own.map((ms) => ms.toFixed(0)).join(' / ');
};
const cells = { by: 'shop', wave: 'wave' };
console.table([
  ['nps, all', () => nps(answers)], ['nps by shop and wave, tested', () => nps(answers, cells)], ['the same, weighted', () => nps(answers, { ...cells, weight: 'weight' })],
  ['csat by shop and wave', () => csat(answers, { ...cells, scale: [0, 10] })], ['acsi of 3 items by shop and wave', () => acsi(answers, { ...cells, items: ['a', 'b', 'c'], scale: [0, 10] })],
  ['drivers of 3 items, no draws', () => drivers(answers, { items: ['a', 'b', 'c'], overall: 'score', samples: 0 })],
].map(([task, run]) => ({ task, 'ms wall / CPU (median of 5)': times(run as () => unknown) })));
