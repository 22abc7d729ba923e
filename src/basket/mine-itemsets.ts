import { ClienteleError } from '../core/index.js';
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
 * Chosen by measurement (best of several runs, CPU ms, counts equal; Groceries is 9,835 baskets of 169 items):
 *
 * | data, least support, sets found                    | this | bit sets | sorted lists (Eclat) | FP-growth |
 * |----------------------------------------------------|------|----------|----------------------|-----------|
 * | Groceries, 0.01, 333                               |    4 |        9 |                   19 |         8 |
 * | Groceries, 0.001, 13,492                           |    7 |      114 |                   55 |        66 |
 * | Groceries, 0.0005, 49,580                          |   20 |        - |                   73 |       245 |
 * | 100,000 baskets of 8 of 5,000 items, 0.001, 9,779  |   82 |    5,639 |                2,399 |       337 |
 * | 100,000 baskets of 9 of only 60 items, 0.05, 1,188 |  155 |      114 |                  466 |       255 |
 *
 * Bit sets win where nearly every item is in many baskets, by little; one way is kept.
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
  /** the baskets' frequent items as ranks, ascending within a basket, one basket behind the other, each closed by a rank no item has */
  readonly codes: Int32Array;
  /** frequent items in all baskets */
  readonly occurrences: number;
}

/** Frequent items from rare to common: the sets under a rare item are few, so most work is done on short lists. */
function rankItems({ count, items, start, codes }: Baskets, minCount: number): Ranked {
  const counts = new Int32Array(items.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const itemOf = Int32Array.from(counts.keys()).filter((item) => counts[item]! >= minCount).sort((a, b) => counts[a]! - counts[b]! || a - b);
  const rankOf = new Int32Array(items.length).fill(-1);
  itemOf.forEach((item, rank) => (rankOf[item] = rank));
  const kept = new Int32Array(codes.length + count);
  let at = 0, closed = 0;
  for (let b = 0; b < count; b++) {
    const from = at;
    for (let i = start[b]!; i < start[b + 1]!; i++) {
      const rank = rankOf[codes[i]!]!;
      if (rank === -1) continue;
      let place = at++;
      for (; place > from && kept[place - 1]! > rank; place--) kept[place] = kept[place - 1]!;
      kept[place] = rank;
    }
    if (at === from) continue;
    kept[at++] = itemOf.length;
    closed++;
  }
  return { itemOf, counts: itemOf.map((item) => counts[item]!), codes: alikeTogether(kept.subarray(0, at), closed, itemOf.length), occurrences: at - closed };
}

/**
 * The same baskets in the order of their two rarest items, so that those a set is looked for in stand near one another.
 *
 * Without, each of a million baskets costs more than twice what each of a hundred thousand does, since every occurrence is another line
 * of memory; with it 1.4 times.
 */
function alikeTogether(codes: Int32Array, baskets: number, closing: number): Int32Array {
  let order: Int32Array = new Int32Array(baskets);
  for (let i = 0, b = 0, from = 0; i < codes.length; i++) {
    if (codes[i] !== closing) continue;
    order[b++] = from;
    from = i + 1;
  }
  for (const digit of [1, 0]) {
    const next = new Int32Array(closing + 2);
    // A basket of one item has no second: its closing rank stands there.
    for (let b = 0; b < baskets; b++) next[codes[order[b]! + digit]! + 1]!++;
    for (let rank = 0; rank <= closing; rank++) next[rank + 1]! += next[rank]!;
    const sorted = new Int32Array(baskets);
    for (let b = 0; b < baskets; b++) sorted[next[codes[order[b]! + digit]!]!++] = order[b]!;
    order = sorted;
  }
  const sorted = new Int32Array(codes.length);
  let at = 0;
  for (let b = 0; b < baskets; b++) {
    for (let i = order[b]!; ; i++) {
      sorted[at++] = codes[i]!;
      if (codes[i] === closing) break;
    }
  }
  return sorted;
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
    this.places = new Int32Array(ranked.occurrences * 2 + 64);
    this.counts = new Int32Array(items);
    this.touched = new Int32Array(items);
    if (items > limits.maxItemsets) throw this.tooMany();
  }

  grow(): void {
    const { codes, counts, occurrences } = this.ranked;
    const next = new Int32Array(counts.length);
    for (let rank = 1; rank < counts.length; rank++) next[rank] = next[rank - 1]! + counts[rank - 1]!;
    const from = next.slice();
    for (let i = 0; i < codes.length; i++) if (codes[i] !== counts.length) this.places[next[codes[i]!]!++] = i + 1;
    for (let rank = 0; rank < counts.length; rank++) this.extend(rank, from[rank]!, next[rank]!, occurrences, 1);
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
    const { places, counts, touched, ranked: { codes } } = this;
    const closing = counts.length;
    let found = 0;
    for (let i = from; i < to; i++) {
      for (let j = places[i]!, rank = codes[j]!; rank !== closing; rank = codes[++j]!) {
        if (counts[rank]!++ === 0) touched[found++] = rank;
      }
    }
    return found;
  }

  /** Write the occurrences of each kept item from `top` on, in the order of `touched`; clears the counts. */
  private deliver(from: number, to: number, top: number, kept: number, occurrences: number): void {
    const { counts, touched, ranked: { codes } } = this;
    const closing = counts.length;
    if (top + occurrences > this.places.length) this.places = grown(this.places, top + occurrences);
    const { places } = this;
    // Items not kept have the count 0; those kept hold the complement of their next free place, which is below 0.
    for (let k = 0, at = top; k < kept; k++) {
      const own = counts[touched[k]!]!;
      counts[touched[k]!] = ~at;
      at += own;
    }
    for (let i = from; i < to; i++) {
      for (let j = places[i]!, rank = codes[j]!; rank !== closing; rank = codes[++j]!) {
        const next = counts[rank]!;
        if (next >= 0) continue;
        places[~next] = j + 1;
        counts[rank] = next - 1;
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
    return new ClienteleError('OPTION_INVALID', { where: this.where, option: 'minSupport' }, `more than ${maxItemsets} sets of items are in ${minCount} ${minCount === 1 ? 'basket' : 'baskets'} or more, which is what minSupport comes to.`, 'Raise minSupport or lower maxLength (or raise maxItemsets).');
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
