import { checkWhole, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import type { LabelsInput } from './labels.js';
import { labelledPoints, type EvaluateOptions, type LabelledPoints } from './scaled-points.js';

/** Options of {@link silhouette}. */
export interface SilhouetteOptions extends EvaluateOptions {
  /** up to this many customers every one is compared with every other; 20,000 by default. Beyond, so many are drawn. */
  readonly exactUpTo?: number;
}

/** How much nearer customers are to their own cluster than to the next one. */
export interface Silhouette {
  /** -1 to 1; 0.5 and more is a structure, 0.25 to 0.5 a weak one, below none to speak of */
  readonly mean: number;
  /** standard error of `mean` from drawing customers; 0 when exact */
  readonly error: number;
  /** `compared`: how many customers of the cluster stand in `values` */
  readonly clusters: readonly { readonly cluster: string; readonly customers: number; readonly compared: number; readonly mean: number }[];
  /** customers compared */
  readonly compared: number;
  /** the caller's row of each customer compared, cluster by cluster, and its own silhouette */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly warnings: readonly Warning[];
}

/**
 * The silhouette of clusters: for each customer (b - a) / max(a, b), a its mean distance to its own cluster and b that to
 * the nearest other one; 0 for the only customer of a cluster.
 *
 * Exact for up to `exactUpTo` customers. Beyond, that many are drawn evenly from every cluster and compared with one
 * another; `error` says how far `mean` may be off.
 *
 * @param customers one row per label. Not modified.
 * @param labels clusters of any kind, see {@link LabelsInput}; rows without a label are left out
 * @throws ClienteleError `VALUE_INVALID` for fewer than two clusters; `COLUMN_MISSING`; `COLUMN_LENGTH`; `OPTION_INVALID`
 * @example
 * silhouette(customers, kmeans(customers, { k: 4 })).mean;   // 0.31
 *
 * Source: Rousseeuw (1987); Euclidean distances in scaled features. O(compared² features).
 */
export function silhouette(customers: TableInput, labels: LabelsInput, options: SilhouetteOptions = {}): Silhouette {
  const exactUpTo = checkWhole('silhouette', 'exactUpTo', options?.exactUpTo ?? 20_000, 2, 200_000);
  return silhouetteOf(labelledPoints('silhouette', customers, labels, options, ['exactUpTo']), exactUpTo);
}

export function silhouetteOf(points: LabelledPoints, exactUpTo: number): Silhouette {
  const exact = points.n <= exactUpTo;
  const used = exact ? points : drawn(points, exactUpTo);
  const values = eachSilhouette(used);
  const sizes = Array.from({ length: points.k }, (_, c) => points.starts[c + 1]! - points.starts[c]!);
  let mean = 0;
  let variance = 0;
  const clusters = sizes.map((customers, c) => {
    const own = values.subarray(used.starts[c]!, used.starts[c + 1]!);
    const average = own.reduce((sum, value) => sum + value, 0) / own.length;
    const spread = own.length < 2 ? 0 : own.reduce((sum, value) => sum + (value - average) ** 2, 0) / (own.length - 1);
    mean += (customers / points.n) * average;
    variance += (customers / points.n) ** 2 * (spread / own.length) * (1 - own.length / customers);
    return { cluster: points.values[c]!, customers, compared: own.length, mean: average };
  });
  const message = `${used.n} of ${points.n} customers were drawn evenly and compared; the mean is within about ${(2 * Math.sqrt(variance)).toFixed(4)}. Raise exactUpTo to compare more.`;
  return { mean, error: exact ? 0 : Math.sqrt(variance), clusters, compared: used.n, rows: used.rows, values, warnings: exact ? [] : [{ code: 'SAMPLED', message }] };
}

/** About `size` points, the same share of every cluster and at least two of each, at even steps of a scattered order. */
function drawn(points: LabelledPoints, size: number): LabelledPoints {
  const { n, d, k, data, starts } = points;
  const kept: number[] = [];
  const newStarts = new Int32Array(k + 1);
  for (let c = 0; c < k; c++) {
    const own = starts[c + 1]! - starts[c]!;
    const take = Math.min(own, Math.max(2, Math.round((own * size) / n)));
    // A step without common divisor scatters the rows; the first ones after scattering are an even draw.
    const step = coprimeStep(own);
    for (let j = 0; j < take; j++) kept.push(starts[c]! + ((j * step) % own));
    newStarts[c + 1] = kept.length;
  }
  const chosen = new Float64Array(kept.length * d);
  kept.forEach((from, i) => chosen.set(data.subarray(from * d, from * d + d), i * d));
  return { n: kept.length, d, k, data: chosen, starts: newStarts, rows: Int32Array.from(kept, (from) => points.rows[from]!), values: points.values };
}

/** A whole number near n divided by the golden ratio that has no common divisor with n: its multiples visit 0 … n - 1 evenly. */
function coprimeStep(n: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, Math.round(n * 0.6180339887498949));
  while (divisor(step, n) !== 1) step++;
  return step;
}

function eachSilhouette({ n, d, k, data, starts }: LabelledPoints): Float64Array {
  const values = new Float64Array(n);
  for (let own = 0; own < k; own++) {
    const size = starts[own + 1]! - starts[own]!;
    if (size === 1) continue;
    for (let i = starts[own]!; i < starts[own + 1]!; i++) {
      let within = 0;
      let nearest = Infinity;
      for (let c = 0; c < k; c++) {
        const sum = d === 3 ? distancesOfThree(data, i, starts[c]!, starts[c + 1]!) : distances(data, d, i, starts[c]!, starts[c + 1]!);
        if (c === own) within = sum / (size - 1);
        else nearest = Math.min(nearest, sum / (starts[c + 1]! - starts[c]!));
      }
      const larger = Math.max(within, nearest);
      values[i] = larger === 0 ? 0 : (nearest - within) / larger;
    }
  }
  return values;
}

/** Distances of a point to a run of points, added up. */
function distances(data: Float64Array, d: number, i: number, from: number, to: number): number {
  let sum = 0;
  for (let j = from; j < to; j++) {
    let squared = 0;
    for (let f = 0; f < d; f++) {
      const apart = data[i * d + f]! - data[j * d + f]!;
      squared += apart * apart;
    }
    sum += Math.sqrt(squared);
  }
  return sum;
}

/** The same for three features, without the inner loop. */
function distancesOfThree(data: Float64Array, i: number, from: number, to: number): number {
  const x = data[i * 3]!, y = data[i * 3 + 1]!, z = data[i * 3 + 2]!;
  let sum = 0;
  for (let at = from * 3; at < to * 3; at += 3) {
    const u = x - data[at]!, v = y - data[at + 1]!, w = z - data[at + 2]!;
    sum += Math.sqrt(u * u + v * v + w * w);
  }
  return sum;
}
