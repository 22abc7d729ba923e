import { takePoints } from './sample-points.js';

/** Points to be clustered: scaled features side by side, in an order drawn from their content, or in the caller's. */
export interface Points {
  readonly n: number;
  /** features */
  readonly d: number;
  /** point i is data[i d … i d + d - 1] */
  readonly data: Float64Array;
  /** above 0; absent when all weigh 1 */
  readonly weights: Float64Array | undefined;
  /** the caller's row of each point */
  readonly rows: Int32Array;
}

/**
 * Lay scaled columns side by side, equal rows next to each other.
 *
 * The order of the points is that of a hash of their content, so that the order of the caller's rows can change neither
 * which points are drawn at random nor the rounding of sums. Rows of weight 0 are left out.
 *
 * @param columns one per feature, finite, all of length n >= 1. Not modified.
 * @param shared true to lay the points into memory that threads can share
 *
 * Method: multiplicative hash of the doubles' words, counting sort of the hashes in three pieces of 11 bits; rows that
 * share a hash and differ are told apart by comparison. O(n d).
 */
export function makePoints(columns: readonly Float64Array[], weights: Float64Array | undefined, shared = false): Points {
  const d = columns.length;
  const kept = keptRows(columns[0]!.length, weights);
  const n = kept.length;
  const rows = contentOrder(columns, weights, kept);
  const bytes = n * d * 8;
  const data = new Float64Array(shared ? (new SharedArrayBuffer(bytes) as unknown as ArrayBuffer) : new ArrayBuffer(bytes));
  // Rows side by side first: then each is fetched from one place.
  const inOrder = new Float64Array(columns[0]!.length * d);
  for (let f = 0; f < d; f++) {
    const column = columns[f]!;
    for (let i = 0; i < column.length; i++) inOrder[i * d + f] = column[i]! + 0;
  }
  for (let i = 0; i < n; i++) {
    const from = rows[i]! * d;
    for (let f = 0; f < d; f++) data[i * d + f] = inOrder[from + f]!;
  }
  return { n, d, data, weights: weights === undefined ? undefined : taken(weights, rows, shared), rows };
}

/** Whether one point stands before another in the order of their content. */
export function before({ d, data, weights }: Points, i: number, j: number): boolean {
  const hashes = new Int32Array(2);
  const features = Array.from({ length: d }, (_, f) => Float64Array.of(data[i * d + f]!, data[j * d + f]!));
  for (const feature of features) mixIn(hashes, feature);
  if (hashes[0] !== hashes[1]) return hashes[0]! >>> 0 < hashes[1]! >>> 0;
  const differing = features.find(([own, other]) => own !== other);
  if (differing !== undefined) return differing[0]! < differing[1]!;
  return weights !== undefined && weights[i]! < weights[j]!;
}

/** How many different points there are, counted up to `limit`. O(n d). */
export function distinctPoints({ n, d, data }: Points, limit: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < n && seen.size < limit; i++) {
    if (i === 0 || !sameAsLast(data, d, i)) seen.add(data.subarray(i * d, (i + 1) * d).join());
  }
  return seen.size;
}

function sameAsLast(data: Float64Array, d: number, i: number): boolean {
  for (let f = 0; f < d; f++) if (data[i * d + f] !== data[(i - 1) * d + f]) return false;
  return true;
}

/**
 * Some points in the order of their content, every so-manieth, as {@link makePoints} would lay them; or all of them, where
 * so few of those taken differ that rare ones could be missed.
 *
 * @param size how many to take, fewer than there are
 * @param needed how many different ones there must be
 */
export function sampleByContent(points: Points, size: number, needed: number): Points {
  const { n, d, data, weights } = points;
  const columns = Array.from({ length: d }, (_, f) => Float64Array.from({ length: n }, (__, i) => data[i * d + f]!));
  const order = contentOrder(columns, weights, keptRows(n, undefined));
  const kept = Int32Array.from({ length: size }, (_, i) => order[Math.floor((i * n) / size)]!);
  const sample = takePoints(points, kept, d, data, weights);
  return distinctPoints(sample, needed) < needed ? makePoints(columns, weights) : sample;
}

function keptRows(n: number, weights: Float64Array | undefined): Int32Array {
  const kept = new Int32Array(n);
  let used = 0;
  for (let i = 0; i < n; i++) if (weights === undefined || weights[i]! > 0) kept[used++] = i;
  return kept.subarray(0, used);
}

function taken(weights: Float64Array, rows: Int32Array, shared: boolean): Float64Array {
  const own = new Float64Array(shared ? (new SharedArrayBuffer(rows.length * 8) as unknown as ArrayBuffer) : new ArrayBuffer(rows.length * 8));
  for (let i = 0; i < rows.length; i++) own[i] = weights[rows[i]!]!;
  return own;
}

function contentOrder(columns: readonly Float64Array[], weights: Float64Array | undefined, kept: Int32Array): Int32Array {
  const keys = weights === undefined ? columns : [...columns, weights];
  const hashes = new Int32Array(columns[0]!.length);
  for (const key of columns) mixIn(hashes, key);
  const order = sortedByHash(hashes, kept);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && hashes[order[to]!] === hashes[order[from]!]) to++;
    if (to - from > 1) sortRun(order, from, to, keys);
    from = to;
  }
  return order;
}

function mixIn(hashes: Int32Array, column: Float64Array): void {
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  for (let i = 0; i < hashes.length; i++) {
    double[0] = column[i]! + 0;          // -0 becomes 0
    let h = Math.imul(hashes[i]! ^ words[0]!, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15) ^ words[1]!, 0xc2b2ae35);
    hashes[i] = h ^ (h >>> 13);
  }
}

function sortedByHash(hashes: Int32Array, kept: Int32Array): Int32Array {
  let from = kept;
  for (const shift of [0, 11, 22]) {
    const starts = new Int32Array(0x801);
    for (let i = 0; i < from.length; i++) starts[((hashes[from[i]!]! >>> shift) & 0x7ff) + 1]!++;
    for (let digit = 1; digit < starts.length; digit++) starts[digit]! += starts[digit - 1]!;
    const to = new Int32Array(from.length);
    for (let i = 0; i < from.length; i++) to[starts[(hashes[from[i]!]! >>> shift) & 0x7ff]!++] = from[i]!;
    from = to;
  }
  return from;
}

/** Rows of one hash, nearly always equal ones, which stay as they stand. */
function sortRun(order: Int32Array, from: number, to: number, keys: readonly Float64Array[]): void {
  const compare = (a: number, b: number): number => {
    for (const key of keys) if (key[a] !== key[b]) return key[a]! - key[b]!;
    return a - b;
  };
  let sorted = true;
  for (let i = from + 1; i < to && sorted; i++) sorted = compare(order[i - 1]!, order[i]!) <= 0;
  if (!sorted) order.subarray(from, to).sort(compare);
}
