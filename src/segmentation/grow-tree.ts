import { orderByNumber } from '../columns/index.js';

/** A leaf of a tree: the way to it, and the rows in it. */
export interface Leaf {
  /** by feature: rows lie above `above`, up to `to` */
  readonly bounds: readonly { readonly above: number; readonly to: number }[];
  /** rows of each label */
  readonly counts: Int32Array;
  /** label of most rows; of equally frequent ones the first */
  readonly label: number;
}

/** What a tree may grow to. */
export interface TreeLimits {
  readonly depth: number;
  /** fewest rows in a leaf */
  readonly least: number;
}

/**
 * Leaves of a classification tree that tells labels apart by one feature at a time.
 *
 * Of splits that tell apart equally well the one by the earlier feature is taken, at the lower value. A split whose two
 * leaves would have the same label is not kept.
 *
 * @param columns features, of equal length; finite
 * @param codes label of each row, all 0 or more
 *
 * Source: Breiman, Friedman, Olshen & Stone (1984), Gini impurity. Every feature is sorted once; O(n features (log n + depth)).
 */
export function growTree(columns: readonly Float64Array[], codes: Int32Array, labels: number, limits: TreeLimits): Leaf[] {
  const open = columns.map(() => ({ above: -Infinity, to: Infinity }));
  return leavesOf({ columns, codes, labels, least: limits.least }, columns.map((column) => orderByNumber(column)), open, limits.depth);
}

interface Growing {
  readonly columns: readonly Float64Array[];
  readonly codes: Int32Array;
  readonly labels: number;
  readonly least: number;
}

/** `orders`: the rows of this node in ascending order of each feature. */
function leavesOf(growing: Growing, orders: readonly Int32Array[], bounds: Leaf['bounds'], depth: number): Leaf[] {
  const { columns, codes, labels } = growing;
  const counts = new Int32Array(labels);
  for (const row of orders[0]!) counts[codes[row]!]!++;
  const label = counts.indexOf(Math.max(...counts));
  const split = depth === 0 || counts[label] === orders[0]!.length ? undefined : bestSplit(growing, orders, counts);
  if (split === undefined) return [{ bounds, counts, label }];
  const { feature, at } = split;
  const values = columns[feature]!;
  const grown = ([(row: number): boolean => values[row]! <= at, (row: number): boolean => values[row]! > at] as const).map((kept, side) => leavesOf(
    growing, orders.map((order) => order.filter(kept)),
    bounds.map((bound, f) => (f !== feature ? bound : side === 0 ? { ...bound, to: at } : { ...bound, above: at })), depth - 1,
  ));
  const all = grown.flat();
  return all.every((leaf) => leaf.label === label) ? [{ bounds, counts, label }] : all;
}

interface Split {
  readonly feature: number;
  readonly at: number;
}

/** The split after which squared counts over sizes add up to most, which is the least Gini impurity. */
function bestSplit({ columns, codes, least, labels }: Growing, orders: readonly Int32Array[], counts: Int32Array): Split | undefined {
  const n = orders[0]!.length;
  let most = squares(counts) / n + 1e-9 * n;
  let found: Split | undefined;
  orders.forEach((order, feature) => {
    const values = columns[feature]!;
    const left = new Int32Array(labels);
    let [below, above] = [0, squares(counts)];
    for (let i = 0; i + 1 < n; i++) {
      const label = codes[order[i]!]!;
      // Moving one row changes c² to (c ± 1)².
      below += 2 * left[label]! + 1;
      above -= 2 * (counts[label]! - left[label]!) - 1;
      left[label]!++;
      const [value, next] = [values[order[i]!]!, values[order[i + 1]!]!];
      if (value === next || i + 1 < least || n - i - 1 < least) continue;
      const gain = below / (i + 1) + above / (n - i - 1);
      if (gain <= most) continue;
      most = gain;
      found = { feature, at: shortBetween(value, next) };
    }
  });
  return found;
}

function squares(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count * count, 0);
}

/** A number of few digits from `low` up to but not including `high`: for 12.4381 … 13.2 it is 13, for 3 … 4 it is 3. */
export function shortBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits <= 15; digits++) {
    for (const value of [middle, low]) {
      const rounded = Number(value.toPrecision(digits));
      if (rounded >= low && rounded < high) return rounded;
    }
  }
  return low;
}
