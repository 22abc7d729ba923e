// benchmarks/baskets.ts - Question: what do association rules cost on data of the size of Groceries, does the time grow linearly, and what would counting naively cost?
// Run: node --import ./benchmarks/typescript.mjs benchmarks/baskets.ts [baskets]. In memory: baskets are made already; measures, Fisher's test, Holm's correction and the tables
// are included. Groceries itself where $CLIENTELE_REFERENCE holds it, else seeded baskets of its shape. CPU time of the process, best and
// median of 5 after one to warm up; the naive answer must be the same before times are shown.
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { associationRules, fromBaskets, type Baskets } from '../src/basket/index.js';
import { seededRandom } from '../src/core/index.js';

/** Baskets of 4.4 items on average out of 169, few items in many baskets; a third of them hold a pair that goes together. */
function seeded(count: number, seed: number): string[][] {
  const random = seededRandom(seed);
  const weights = Array.from({ length: 169 }, (_, i) => 1 / (i + 4));
  const sums = weights.map((_, i) => weights.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const item = (): number => {
    const at = random.uniform() * sums.at(-1)!;
    return sums.findIndex((sum) => sum >= at);
  };
  return Array.from({ length: count }, () => {
    const basket = new Set<number>();
    for (let left = 1 - Math.log(1 - random.uniform()) * 3.2; left >= 1; left--) basket.add(item());
    if (random.uniform() < 0.33) {
      const pair = 2 * random.below(20);
      basket.add(pair);
      basket.add(pair + 1);
    }
    return Array.from(basket, (i) => `item ${i}`);
  });
}

/** Rules by counting, level by level, every combination of frequent items in every basket. */
function naive({ count, start, codes, items }: Baskets, minCount: number, minConfidence: number, maxLength: number): number {
  let level = new Map<string, number>();
  const counts = new Map<string, number>();
  for (let i = 0; i < codes.length; i++) level.set(String(codes[i]), (level.get(String(codes[i])) ?? 0) + 1);
  for (let length = 1; ; length++) {
    const kept = new Map([...level].filter(([, n]) => n >= minCount));
    for (const [set, n] of kept) counts.set(set, n);
    if (length === maxLength || kept.size === 0) break;
    level = new Map();
    const frequent = new Uint8Array(items.length);
    for (const set of kept.keys()) for (const code of set.split(',')) frequent[Number(code)] = 1;
    for (let b = 0; b < count; b++) {
      const basket = Array.from(codes.subarray(start[b], start[b + 1])).filter((code) => frequent[code] === 1);
      const extend = (set: string, from: number, left: number): void => {
        for (let i = from; i < basket.length; i++) {
          const longer = set === '' ? String(basket[i]) : `${set},${basket[i]}`;
          if (left === 1) level.set(longer, (level.get(longer) ?? 0) + 1);
          else if (counts.has(longer)) extend(longer, i + 1, left - 1);
        }
      };
      extend('', 0, length + 1);
    }
  }
  let rules = 0;
  for (const [set, n] of counts) {
    const own = set.split(',');
    if (own.length > 1) for (const code of own) if (n / counts.get(own.filter((other) => other !== code).join(','))! >= minConfidence - 1e-12) rules++;
  }
  return rules;
}

function cpu(run: () => number, times: number): { best: number; median: number; answer: number } {
  const taken: number[] = [];
  let answer = 0;
  for (let k = 0; k < times; k++) {
    const before = process.cpuUsage();
    answer = run();
    taken.push(process.cpuUsage(before).user / 1000);
  }
  taken.sort((a, b) => a - b);
  return { best: taken[0]!, median: taken[times >> 1]!, answer };
}

const reference = join(process.env['CLIENTELE_REFERENCE'] ?? '', 'rfm/inputs/groceries.csv');
const real = process.env['CLIENTELE_REFERENCE'] !== undefined && existsSync(reference);
const groceries = fromBaskets(real ? readFileSync(reference, 'utf8') : seeded(9835, 1));
console.log(`${cpus()[0]!.model}, Node ${process.version}, ${process.platform} ${process.arch}, one thread, CPU ms`);
console.log(`${real ? 'Groceries' : 'seeded baskets of its shape'}: ${groceries.count} baskets, ${groceries.items.length} items`);
for (const [minSupport, maxLength] of [[0.01, 10], [0.001, 10]] as const) {
  const run = (): number => associationRules(groceries, { minSupport, minConfidence: 0.5, maxLength }).rules.length;
  const first = cpu(run, 1);
  const own = cpu(run, 5);
  const other = cpu(() => naive(groceries, Math.ceil(minSupport * groceries.count - 1e-9), 0.5, maxLength), 1);
  if (other.answer !== own.answer) throw new Error(`the naive count finds ${other.answer} rules, not ${own.answer}`);
  console.log(`${minSupport} / 0.5: ${own.answer} rules; ${own.best.toFixed(1)} best, ${own.median.toFixed(1)} median, ${first.best.toFixed(1)} the first time; naive ${other.best.toFixed(0)}`);
}

const [most = 1_000_000] = process.argv.slice(2).map(Number);
for (const count of [most / 10, most / 4, most].map(Math.round)) {
  const lists = seeded(count, 2);
  let baskets: Baskets | undefined;
  const made = cpu(() => (baskets = fromBaskets(lists)).count, 1);
  const rules = cpu(() => associationRules(baskets!, { minSupport: 0.001, minConfidence: 0.3 }).rules.length, 3);
  console.log(`${count} baskets, ${baskets!.codes.length} items in them, 0.001 / 0.3: made in ${made.best.toFixed(0)}, ${rules.answer} rules in ${rules.best.toFixed(0)} (${((1e6 * rules.best) / count).toFixed(0)} ns a basket)`);
}
