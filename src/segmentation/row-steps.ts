import { blockStart, type Clustering } from './clustering.js';
import { statsOf, sumsByCode, type FeatureStats } from './feature-stats.js';
import { makePoints, sampleByContent, type Points } from './points.js';
import { scaleInto, type ScaledFeature } from './scaling.js';
import { SAMPLE } from './start-centers.js';

/**
 * The caller's columns behind points that stand in the order of the rows, so that threads can scale, measure and describe
 * them too.
 */
export interface RowColumns {
  readonly where: string;
  /** features in their own units; behind them the column that clusters are ordered by, where it is no feature */
  readonly columns: readonly Float64Array[];
  readonly scaled: readonly ScaledFeature[];
  /** of each row to its centre, scaled; and its weighted square */
  readonly distances: Float64Array;
  readonly squares: Float64Array;
  /** of each column, and of the squares before them: {@link figureCount} numbers */
  readonly figures: Float64Array;
  /** points to draw first centres from, in the order of their content; 1 where all are to be drawn from */
  readonly drawn: Points;
  readonly drawnAll: Int32Array;
}

/** Numbers that describe a column by cluster: the mean and deviation of all, then five for each cluster. */
function figureCount(k: number): number {
  return 2 + 5 * k;
}

/** Room for what is learned of the rows. */
export function newRowColumns(where: string, columns: readonly Float64Array[], scaled: readonly ScaledFeature[], weighted: boolean, k: number, bytes: (count: number) => ArrayBuffer): RowColumns {
  const n = columns[0]!.length;
  const d = scaled.length;
  const size = Math.min(n, SAMPLE);
  const doubles = (length: number): Float64Array => new Float64Array(bytes(length * 8));
  return {
    where, columns, scaled, distances: doubles(n), squares: doubles(n), figures: doubles((columns.length + 1) * figureCount(k)),
    drawn: { n: size, d, data: doubles(size * d), weights: weighted ? doubles(size) : undefined, rows: new Int32Array(bytes(size * 4)) }, drawnAll: new Int32Array(bytes(4)),
  };
}

/** Scale the features of a block's rows and lay them side by side. */
export function layRows(clustering: Clustering, { where, columns, scaled }: RowColumns, block: number): void {
  const { points: { d, data, rows } } = clustering;
  const from = blockStart(clustering, block);
  const to = blockStart(clustering, block + 1);
  scaled.forEach((feature, f) => scaleInto(where, feature, columns[f]!, from, to, data, from * d + f, d));
  for (let i = from; i < to; i++) rows[i] = i;
}

/** Draw the points that first centres are drawn from. */
export function drawSample({ points, k }: Clustering, { drawn, drawnAll }: RowColumns): void {
  const { data, weights, rows, n } = sampleByContent(points, drawn.n, 2 * k);
  drawnAll[0] = n === drawn.n ? 0 : 1;
  if (n !== drawn.n) return;
  drawn.data.set(data);
  drawn.weights?.set(weights!);
  drawn.rows.set(rows);
}

/** What {@link drawSample} drew; all points where they are too alike. */
export function drawnPoints({ points: { n, d, data, weights } }: Clustering, { drawn, drawnAll }: RowColumns): Points {
  if (drawnAll[0] === 0) return drawn;
  return makePoints(Array.from({ length: d }, (_, f) => Float64Array.from({ length: n }, (__, i) => data[i * d + f]!)), weights);
}

/** How far the rows of a block are from their centres. */
export function measureRows(clustering: Clustering, { distances, squares }: RowColumns, block: number): void {
  const { points: { d, data, weights }, labels, centers } = clustering;
  const to = blockStart(clustering, block + 1);
  for (let i = blockStart(clustering, block); i < to; i++) {
    const at = i * d;
    const c = labels[i]! * d;
    const u = data[at]! - centers[c]!, v = d > 1 ? data[at + 1]! - centers[c + 1]! : 0, w = d > 2 ? data[at + 2]! - centers[c + 2]! : 0;
    const squared = u * u + v * v + w * w;
    distances[i] = Math.sqrt(squared);
    squares[i] = weights === undefined ? squared : weights[i]! * squared;
  }
}

/** Describe one column by cluster; number 0 are the squares, of which only sums are wanted. */
export function describeColumn({ labels, k }: Clustering, { columns, squares, figures }: RowColumns, at: number): void {
  const own = figures.subarray(at * figureCount(k), (at + 1) * figureCount(k));
  if (at === 0) {
    own.set(sumsByCode(squares, labels, k).sums, 2);
    return;
  }
  const { mean, deviation, sums, means, medians, least, most } = statsOf(columns[at - 1]!, labels, k);
  own.set([mean, deviation]);
  [sums, means, medians, least, most].forEach((values, j) => own.set(values, 2 + j * k));
}

/** What {@link describeColumn} found. */
export function describedColumn(k: number, { figures }: RowColumns, at: number): FeatureStats {
  const own = Array.from(figures.subarray(at * figureCount(k), (at + 1) * figureCount(k)));
  const [sums, means, medians, least, most] = [0, 1, 2, 3, 4].map((j) => own.slice(2 + j * k, 2 + (j + 1) * k)) as [number[], number[], number[], number[], number[]];
  return { mean: own[0]!, deviation: own[1]!, sums, means, medians, least, most };
}
