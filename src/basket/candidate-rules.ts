import { chiSquareUpper, fisherUpper } from '../math/index.js';
import { childOf, type Itemsets } from './mine-itemsets.js';

/**
 * Every way to split a frequent set into items and one item more: the rules that could be reported.
 *
 * Slot `start[node] + k` is the rule whose consequent is the set's k-th item, rarest first.
 */
export interface Candidates {
  /** slots of each node, length size + 1; single items have none */
  readonly start: Int32Array;
  /** node of each slot's set */
  readonly node: Int32Array;
  /** node of the antecedent: the set without its k-th item */
  readonly antecedent: Int32Array;
  /** rank of the consequent, which is also its node */
  readonly consequent: Int32Array;
}

/** O(items of all sets × log items). */
export function candidateRules(sets: Itemsets): Candidates {
  const { size, length, parent, rank } = sets;
  const start = new Int32Array(size + 1);
  for (let node = 0; node < size; node++) start[node + 1] = start[node]! + (length[node]! > 1 ? length[node]! : 0);
  const slots = start[size]!;
  const node = new Int32Array(slots), antecedent = new Int32Array(slots), consequent = new Int32Array(slots);
  // A parent stands before its children, so its own slots are known.
  for (let set = 0; set < size; set++) {
    const last = length[set]! - 1;
    if (last === 0) continue;
    const above = parent[set]!, from = start[set]!;
    for (let k = 0; k < last; k++) {
      antecedent[from + k] = childOf(sets, last === 1 ? -1 : antecedent[start[above]! + k]!, rank[set]!);
      consequent[from + k] = last === 1 ? above : consequent[start[above]! + k]!;
    }
    antecedent[from + last] = above;
    consequent[from + last] = rank[set]!;
    node.fill(set, from, from + last + 1);
  }
  return { start, node, antecedent, consequent };
}

/**
 * The highest confidence that the same consequent has with fewer items of the antecedent, none included.
 *
 * A rule is redundant where it is not above this (Bayardo, Agrawal & Gunopulos 2000: no improvement).
 *
 * @param baskets all of them
 * @returns one per candidate
 */
export function bestSimpler(sets: Itemsets, { start, node, antecedent, consequent }: Candidates, baskets: number): Float64Array {
  const best = new Float64Array(node.length);
  const longest = sets.length.reduce((a, b) => Math.max(a, b), 0);
  for (let length = 2; length <= longest; length++) {
    for (let slot = 0; slot < node.length; slot++) {
      const set = node[slot]!;
      if (sets.length[set] !== length) continue;
      const own = slot - start[set]!;
      let most = sets.count[consequent[slot]!]! / baskets;
      // Leave out one more item j: the rule of the set without j, its consequent one place earlier where j stood before it.
      for (let j = 0; length > 2 && j < length; j++) {
        if (j === own) continue;
        const smaller = start[antecedent[start[set]! + j]!]! + own - (j < own ? 1 : 0);
        const confidence = sets.count[node[smaller]!]! / sets.count[antecedent[smaller]!]!;
        most = Math.max(most, confidence, best[smaller]!);
      }
      best[slot] = most;
    }
  }
  return best;
}

export type RuleTest = 'fisher' | 'chi-square';

/**
 * p-value of every candidate, against a positive association whatever the test.
 *
 * χ² knows no direction; with one degree of freedom it is the square of a normal deviate, so the chance of one as large on the
 * positive side is half its own where both sides are together more often than by chance, and one less that half where less often.
 */
export function pValues(sets: Itemsets, { node, antecedent, consequent }: Candidates, baskets: number, test: RuleTest): Float64Array {
  const { count } = sets;
  return Float64Array.from(node, (set, slot) => {
    const both = count[set]!, left = count[antecedent[slot]!]!, right = count[consequent[slot]!]!;
    if (test === 'fisher') return fisherUpper(both, left, right, baskets);
    const statistic = chiSquareOf(both, left, right, baskets);
    if (Number.isNaN(statistic)) return 1;
    const half = chiSquareUpper(statistic, 1) / 2;
    return both * baskets > left * right ? half : 1 - half;
  });
}

/** Pearson's statistic of the 2 × 2 table, no continuity correction; NaN where an item is in every basket. */
export function chiSquareOf(both: number, left: number, right: number, baskets: number): number {
  const off = both * baskets - left * right;
  return ((off / left) * (off / right) * baskets) / ((baskets - left) * (baskets - right));
}
