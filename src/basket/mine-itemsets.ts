import { optionInvalid } from '../core/index.js';
import type { Baskets } from './baskets.js';

/**
 * Frequent sets of items as a tree: node i stands for its own item and those of its parents. Items are ranks, the rarest 0, and
 * rise along every way down. The children of a node stand in one piece, ascending.
 */
export interface Itemsets {
  /** item code (place in `Baskets.items`) by rank */
  readonly itemOf: Int32Array;
  readonly size: number;
  /** rank of each node's item; the first nodes are the single items, node = rank */
  readonly rank: Int32Array;
  /** -1 for single items */
  readonly parent: Int32Array;
  /** baskets that hold all items of the node */
  readonly count: Int32Array;
  /** first child and how many */
  readonly first: Int32Array;
  readonly children: Int32Array;
  /** items in the node's set */
  readonly length: Uint8Array;
}

/** How far the search may go. */
export interface MiningLimits {
  readonly minCount: number;
  readonly maxLength: number;
  /** sets found before the search is refused */
  readonly maxItemsets: number;
}

/**
 * All sets of items that at least `minCount` baskets hold.
 *
 * @throws ClienteleError `OPTION_INVALID` where more than `maxItemsets` would be found
 *
 * Method: occurrence deliver, depth first (Uno, Kiyomi & Arimura 2004, LCM). A set's occurrences are places in the baskets, sorted by
 * rank; one pass over what stands behind them counts every item that may be added, a second hands their occurrences down.
 *
 * Chosen by measurement (CPU ms, counts equal; Groceries is 9,835 baskets of 169 items):
 *
 * | data, least support, sets found                             | this | bit sets | sorted lists (Eclat) | FP-growth |
 * |-------------------------------------------------------------|------|----------|----------------------|-----------|
 * | Groceries, 0.01, 333                                        |    5 |        9 |                   19 |         8 |
 * | Groceries, 0.001, 13,492                                    |   14 |      121 |                   56 |        68 |
 * | Groceries, 0.0005, 49,580                                   |   31 |        - |                   73 |       245 |
 * | 100,000 baskets of 8 of 5,000 items, 0.001, 9,779           |  196 |    5,639 |                2,399 |       337 |
 * | 100,000 baskets of 9 of only 60 items, 0.05, 1,188          |  282 |      114 |                  466 |       255 |
 *
 * Bit sets win where nearly every item is in many baskets, by 2.5 at most here; there all are fast, so one way is kept.
 */
export function mineItemsets(where: string, baskets: Baskets, limits: MiningLimits): Itemsets {
  const ranked = rankItems(baskets, limits.minCount);
  const tree = new Tree(where, ranked, limits);
  if (limits.maxLength > 1) tree.grow();
  return tree.finish();
}

interface Ranked {
  readonly itemOf: Int32Array;
  readonly counts: Int32Array;
  /** the baskets' frequent items as ranks, ascending within a basket, one basket behind the other */
  readonly codes: Int32Array;
  /** end of the basket each place belongs to */
  readonly ends: Int32Array;
}

/** Frequent items from rare to common: the sets under a rare item are few, so most work is done on short lists. */
function rankItems({ count, items, start, codes }: Baskets, minCount: number): Ranked {
  const counts = new Int32Array(items.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const itemOf = Int32Array.from(counts.keys()).filter((item) => counts[item]! >= minCount).sort((a, b) => counts[a]! - counts[b]! || a - b);
  const rankOf = new Int32Array(items.length).fill(-1);
  itemOf.forEach((item, rank) => (rankOf[item] = rank));
  const kept = new Int32Array(codes.length), ends = new Int32Array(codes.length);
  let at = 0;
  for (let b = 0; b < count; b++) {
    const from = at;
    for (let i = start[b]!; i < start[b + 1]!; i++) {
      const rank = rankOf[codes[i]!]!;
      if (rank === -1) continue;
      let place = at++;
      for (; place > from && kept[place - 1]! > rank; place--) kept[place] = kept[place - 1]!;
      kept[place] = rank;
    }
    for (let i = from; i < at; i++) ends[i] = at;
  }
  return { itemOf, counts: itemOf.map((item) => counts[item]!), codes: kept.subarray(0, at), ends: ends.subarray(0, at) };
}

/** The tree while it grows. */
class Tree {
  private size: number;
  private rank: Int32Array;
  private parent: Int32Array;
  private count: Int32Array;
  private first: Int32Array;
  private children: Int32Array;
  private length: Uint8Array;
  /** occurrences of the sets on the way down, one list behind the other: the place after the set's last item */
  private places: Int32Array;
  private readonly counts: Int32Array;
  private readonly touched: Int32Array;

  constructor(private readonly where: string, private readonly ranked: Ranked, private readonly limits: MiningLimits) {
    const items = ranked.itemOf.length;
    this.size = items;
    this.rank = Int32Array.from(ranked.itemOf.keys());
    this.parent = new Int32Array(items).fill(-1);
    this.count = ranked.counts.slice();
    this.first = new Int32Array(items);
    this.children = new Int32Array(items);
    this.length = new Uint8Array(items).fill(1);
    this.places = new Int32Array(ranked.codes.length * 2 + 64);
    this.counts = new Int32Array(items);
    this.touched = new Int32Array(items);
    if (items > limits.maxItemsets) throw this.tooMany();
  }

  grow(): void {
    const { codes, counts } = this.ranked;
    const next = new Int32Array(counts.length);
    for (let rank = 1; rank < counts.length; rank++) next[rank] = next[rank - 1]! + counts[rank - 1]!;
    const from = next.slice();
    for (let i = 0; i < codes.length; i++) this.places[next[codes[i]!]!++] = i + 1;
    for (let rank = 0; rank < counts.length; rank++) this.extend(rank, from[rank]!, next[rank]!, codes.length, 1);
  }

  /** Find the children of a node whose occurrences stand in `places[from … to]`; `top` is the first free place. */
  private extend(node: number, from: number, to: number, top: number, length: number): void {
    const { counts, touched, limits: { minCount, maxLength } } = this;
    const found = this.countExtensions(from, to);
    let kept = 0, occurrences = 0;
    for (let k = 0; k < found; k++) {
      const rank = touched[k]!;
      if (counts[rank]! < minCount) {
        counts[rank] = 0;
        continue;
      }
      touched[kept++] = rank;
      occurrences += counts[rank]!;
    }
    if (kept === 0) return;
    touched.subarray(0, kept).sort();
    const child = this.addChildren(node, kept, length + 1);
    if (length + 1 === maxLength) {
      for (let k = 0; k < kept; k++) counts[touched[k]!] = 0;
      return;
    }
    this.deliver(from, to, top, kept, occurrences);
    for (let k = 0, at = top; k < kept; k++) {
      const end = at + this.count[child + k]!;
      this.extend(child + k, at, end, top + occurrences, length + 1);
      at = end;
    }
  }

  /** Count every item behind the occurrences; how many different ones, which stand in `touched`. */
  private countExtensions(from: number, to: number): number {
    const { places, counts, touched, ranked: { codes, ends } } = this;
    let found = 0;
    for (let i = from; i < to; i++) {
      const place = places[i]!;
      const end = ends[place - 1]!;
      for (let j = place; j < end; j++) {
        const rank = codes[j]!;
        if (counts[rank]!++ === 0) touched[found++] = rank;
      }
    }
    return found;
  }

  /** Write the occurrences of each kept item from `top` on, in the order of `touched`; clears the counts. */
  private deliver(from: number, to: number, top: number, kept: number, occurrences: number): void {
    const { counts, touched, ranked: { codes, ends } } = this;
    if (top + occurrences > this.places.length) this.places = grown(this.places, top + occurrences);
    const { places } = this;
    // Items not kept have the count 0; those kept hold the complement of their next free place, which is below 0.
    for (let k = 0, at = top; k < kept; k++) {
      const own = counts[touched[k]!]!;
      counts[touched[k]!] = ~at;
      at += own;
    }
    for (let i = from; i < to; i++) {
      const place = places[i]!;
      const end = ends[place - 1]!;
      for (let j = place; j < end; j++) {
        const next = counts[codes[j]!]!;
        if (next >= 0) continue;
        places[~next] = j + 1;
        counts[codes[j]!] = next - 1;
      }
    }
    for (let k = 0; k < kept; k++) counts[touched[k]!] = 0;
  }

  private addChildren(node: number, kept: number, length: number): number {
    const from = this.size;
    if (from + kept > this.limits.maxItemsets) throw this.tooMany();
    if (from + kept > this.rank.length) this.makeRoom(from + kept);
    for (let k = 0; k < kept; k++) {
      this.rank[from + k] = this.touched[k]!;
      this.count[from + k] = this.counts[this.touched[k]!]!;
      this.parent[from + k] = node;
      this.length[from + k] = length;
    }
    this.first[node] = from;
    this.children[node] = kept;
    this.size = from + kept;
    return from;
  }

  private makeRoom(size: number): void {
    for (const name of ['rank', 'parent', 'count', 'first', 'children'] as const) this[name] = grown(this[name], size);
    const length = new Uint8Array(this.rank.length);
    length.set(this.length);
    this.length = length;
  }

  private tooMany(): Error {
    const { maxItemsets, minCount } = this.limits;
    return optionInvalid(this.where, 'minSupport', minCount, `More than ${maxItemsets} sets of items are in ${minCount} baskets or more: raise minSupport or lower maxLength (or raise maxItemsets).`);
  }

  finish(): Itemsets {
    const { size } = this;
    return {
      itemOf: this.ranked.itemOf, size, rank: this.rank.subarray(0, size), parent: this.parent.subarray(0, size), count: this.count.subarray(0, size),
      first: this.first.subarray(0, size), children: this.children.subarray(0, size), length: this.length.subarray(0, size),
    };
  }
}

function grown(data: Int32Array, needed: number): Int32Array {
  const larger = new Int32Array(Math.max(needed, data.length * 2));
  larger.set(data);
  return larger;
}

/** The child of a node (of no node: -1) with an item, -1 where there is none. */
export function childOf({ rank, first, children }: Itemsets, node: number, item: number): number {
  if (node === -1) return item;
  let low = first[node]!, high = low + children[node]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rank[middle] === item) return middle;
    if (rank[middle]! < item) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Codes of a node's items, the most common first. */
export function itemsOf({ itemOf, rank, parent }: Itemsets, node: number): number[] {
  const found: number[] = [];
  for (let at = node; at !== -1; at = parent[at]!) found.push(itemOf[rank[at]!]!);
  return found;
}
