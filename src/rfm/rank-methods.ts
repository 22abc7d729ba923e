import { orderByNumber } from '../columns/index.js';
import type { RfmGroup, RfmLevels } from './model.js';

/** Methods that score by rank among the customers at hand; a model of them keeps the limits of each level. */
export type RankMethod = 'rank-first' | 'ntile' | 'percent-rank' | 'cume-dist';

/**
 * Scores of a measure by rank.
 *
 * @param values length n >= 1, finite. Not modified.
 * @param idOrder row numbers in order of the customer ids, for the ties of `rank-first` and `ntile`; row order when absent
 * @returns scores 1 … bins, the best value highest. O(n).
 */
export function scoreByRank(method: RankMethod, values: Float64Array, bins: number, best: 'high' | 'low', idOrder?: Int32Array): Uint8Array {
  // Equal values share a rank in percent-rank and cume-dist, so their order among themselves is of no account.
  const order = orderByNumber(values, best === 'low' && method !== 'rank-first' ? 'descending' : 'ascending', idOrder);
  switch (method) {
    case 'rank-first':
      return rankFirst(order, bins, best);
    case 'ntile': {
      const scores = new Uint8Array(values.length);
      ntileInto(scores, order, 0, order.length, bins);
      return scores;
    }
    default:
      return shareOfRank(method, values, order, bins);
  }
}

/** Type-7 cuts of the ranks 0 … n - 1 by raw value, days too; then recency is reversed. */
function rankFirst(order: Int32Array, bins: number, best: 'high' | 'low'): Uint8Array {
  const scores = new Uint8Array(order.length);
  const last = order.length - 1;
  for (let rank = 0; rank <= last; rank++) {
    // One more than the cuts i(n-1)/bins below the rank, in whole numbers: a rank on a cut stays below it.
    const level = rank === 0 ? 1 : Math.ceil((rank * bins) / last);
    scores[order[rank]!] = best === 'high' ? level : bins + 1 - level;
  }
  return scores;
}

/** NTILE over `order[from … to]`, the worst first: the first (rows mod bins) groups are one larger. */
export function ntileInto(scores: Uint8Array, order: Int32Array, from: number, to: number, bins: number): void {
  const size = Math.floor((to - from) / bins);
  const larger = (to - from) % bins;
  for (let k = 0; k < to - from; k++) {
    const inLarger = k < larger * (size + 1);
    scores[order[from + k]!] = 1 + (inLarger ? Math.floor(k / (size + 1)) : larger + Math.floor((k - larger * (size + 1)) / size));
  }
}

/**
 * percent-rank: min(bins, 1 + floor(bins (rank - 1) / (n - 1))) with the rank of the first of equal values;
 * cume-dist: ceil(bins × rows up to and with the value / n). In whole numbers, which no rounding can move.
 */
function shareOfRank(method: 'percent-rank' | 'cume-dist', values: Float64Array, order: Int32Array, bins: number): Uint8Array {
  const n = order.length;
  const scores = new Uint8Array(n);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]!] === values[order[from]!]) to++;
    const score = method === 'cume-dist' ? Math.ceil((bins * to) / n) : n === 1 ? 1 : Math.min(bins, 1 + Math.floor((bins * from) / (n - 1)));
    for (let k = from; k < to; k++) scores[order[k]!] = score;
    from = to;
  }
  return scores;
}

/**
 * Hughes' nested scores: NTILE inside each group of equal `parents`, ties by customer id.
 *
 * @param parents group of each row by the dimensions before, 0 … parentCount - 1
 */
export function scoreNested(values: Float64Array, bins: number, best: 'high' | 'low', idOrder: Int32Array, parents: Int32Array, parentCount: number): Uint8Array {
  const order = orderByNumber(values, best === 'low' ? 'descending' : 'ascending', idOrder);
  const start = new Int32Array(parentCount + 1);
  for (let i = 0; i < parents.length; i++) start[parents[i]! + 1]!++;
  for (let p = 0; p < parentCount; p++) start[p + 1]! += start[p]!;
  const next = start.slice(0, parentCount);
  const grouped = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) grouped[next[parents[order[k]!]!]!++] = order[k]!;

  const scores = new Uint8Array(values.length);
  for (let p = 0; p < parentCount; p++) ntileInto(scores, grouped, start[p]!, start[p + 1]!, bins);
  return scores;
}

/** The limits of each score that is used, ascending by value. */
export function levelsOf(values: Float64Array, scores: Uint8Array, bins: number, best: 'high' | 'low'): RfmLevels {
  return groupLevels(values, scores, bins, best, new Int32Array(values.length), 1)[0]!;
}

/** The limits of each score inside each group of equal `parents`; groups without rows have no levels. */
export function groupLevels(values: Float64Array, scores: Uint8Array, bins: number, best: 'high' | 'low', parents: Int32Array, parentCount: number): RfmLevels[] {
  const lowest = new Float64Array(parentCount * bins).fill(Infinity);
  const highest = new Float64Array(parentCount * bins).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const at = parents[i]! * bins + scores[i]! - 1;
    if (values[i]! < lowest[at]!) lowest[at] = values[i]! + 0;
    if (values[i]! > highest[at]!) highest[at] = values[i]! + 0;
  }
  return Array.from({ length: parentCount }, (_, p) => {
    const used = Array.from({ length: bins }, (_, s) => s + 1).filter((score) => lowest[p * bins + score - 1]! !== Infinity);
    if (best === 'low') used.reverse();
    return { scores: used, lowest: used.map((score) => lowest[p * bins + score - 1]!), highest: used.map((score) => highest[p * bins + score - 1]!) };
  });
}

/** The groups of a nested dimension that hold customers, by the score text of their dimensions before. */
export function namedGroups(levels: readonly RfmLevels[], textOf: (parent: number) => string): RfmGroup[] {
  return levels.flatMap((level, parent) => (level.scores.length === 0 ? [] : [{ within: textOf(parent), ...level }]));
}

/**
 * Cuts that place a newcomer by the limits of levels.
 *
 * A value between two levels takes the better score, a value that several levels share the lowest of theirs; every
 * other value the level it was in.
 */
export function cutsOfLevels(levels: RfmLevels, best: 'high' | 'low'): { cuts: Float64Array; closed: 'right' | 'left'; scores: Uint8Array } {
  const cuts = best === 'high' ? levels.highest.slice(0, -1) : levels.lowest.slice(1);
  return { cuts: Float64Array.from(cuts), closed: best === 'high' ? 'right' : 'left', scores: Uint8Array.from(levels.scores) };
}
