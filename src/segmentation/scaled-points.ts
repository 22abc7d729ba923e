import { checkKeys, ClienteleError } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { readFeatures } from './features.js';
import { knownClusters, readLabels, type LabelsInput } from './labels.js';
import { learnScaling, planScalings, scaleValues, type ScaleOption } from './scaling.js';

/** In which space clusters are looked at. */
export interface EvaluateOptions {
  /** numeric columns; those of the result when labels are one of `kmeans`, `gaussianMixture` or `kmedians`, else recency, frequency and monetary */
  readonly features?: readonly string[];
  /** as in `kmeans`; that of such a result, else `'log-zscore'` */
  readonly scale?: ScaleOption;
}

export const EVALUATE_OPTIONS: readonly string[] = ['features', 'scale'];

/** Scaled features of the rows that have a label, and those labels. */
export interface LabelledPoints {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** point i is data[i d … i d + d - 1]; points of one cluster side by side, clusters in their order */
  readonly data: Float64Array;
  /** first point of each cluster; the last entry is n */
  readonly starts: Int32Array;
  /** the caller's row of each point */
  readonly rows: Int32Array;
  readonly values: readonly string[];
}

/** One scaled column per feature, and the rows of the caller they stand for. */
export function scaledColumns(where: string, customers: TableInput, labels: unknown, options: EvaluateOptions, more: readonly string[] = []): { readonly columns: Float64Array[]; readonly rows: Int32Array | undefined; readonly numRows: number; readonly names: readonly string[] } {
  checkKeys(where, options, [...EVALUATE_OPTIONS, ...more]);
  const model = options.features === undefined && options.scale === undefined ? knownClusters(labels) : undefined;
  const features = readFeatures(where, customers, model === undefined ? options.features : model.features.map(({ column }) => column));
  const scalings = model === undefined ? planScalings(where, options.scale, features.columns) : [];
  const columns = features.values.map((values, f) => scaleValues(where, model?.features[f] ?? learnScaling(where, features.columns[f]!, values, scalings[f]!), values));
  return { columns, rows: features.rows, numRows: features.source.numRows, names: features.columns };
}

/**
 * Read features and labels, and lay the points out cluster by cluster.
 *
 * @throws ClienteleError `VALUE_INVALID` where fewer than two clusters hold customers
 */
export function labelledPoints(where: string, customers: TableInput, labels: LabelsInput, options: EvaluateOptions, more: readonly string[] = []): LabelledPoints {
  const { columns, rows, numRows } = scaledColumns(where, customers, labels, options, more);
  const { codes, values } = readLabels(where, labels, numRows);
  return layOut(where, columns, rows === undefined ? codes : Int32Array.from(rows, (row) => codes[row]!), values, rows);
}

/** Points cluster by cluster; clusters without points are left out. */
export function layOut(where: string, columns: readonly Float64Array[], codes: Int32Array, values: readonly string[], rows?: Int32Array): LabelledPoints {
  const counts = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  const used = Array.from(counts.keys()).filter((c) => counts[c]! > 0);
  if (used.length < 2) throw new ClienteleError('VALUE_INVALID', { where }, `${used.length === 0 ? 'no cluster holds' : 'only one cluster holds'} customers.`, 'Give labels of at least two clusters.');
  const starts = new Int32Array(used.length + 1);
  const next = new Int32Array(values.length).fill(-1);
  used.forEach((c, at) => {
    next[c] = starts[at]!;
    starts[at + 1] = starts[at]! + counts[c]!;
  });
  const n = starts[used.length]!;
  const d = columns.length;
  const data = new Float64Array(n * d);
  const places = new Int32Array(n);
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i]!;
    if (c < 0) continue;
    const at = next[c]!++;
    places[at] = rows?.[i] ?? i;
    for (let f = 0; f < d; f++) data[at * d + f] = columns[f]![i]!;
  }
  return { n, d, k: used.length, data, starts, rows: places, values: used.map((c) => values[c]!) };
}

/** Mean of each cluster side by side, and of all points behind them. */
export function clusterMeans({ n, d, k, data, starts }: LabelledPoints): { means: Float64Array; mean: Float64Array } {
  const means = new Float64Array(k * d);
  const mean = new Float64Array(d);
  for (let c = 0; c < k; c++) {
    for (let i = starts[c]!; i < starts[c + 1]!; i++) for (let f = 0; f < d; f++) means[c * d + f]! += data[i * d + f]!;
    for (let f = 0; f < d; f++) {
      mean[f]! += means[c * d + f]! / n;
      means[c * d + f]! /= starts[c + 1]! - starts[c]!;
    }
  }
  return { means, mean };
}

/** Squared distance of a point to a centre. */
export function squaredApart(data: Float64Array, i: number, centers: Float64Array, c: number, d: number): number {
  let squared = 0;
  for (let f = 0; f < d; f++) {
    const apart = data[i * d + f]! - centers[c * d + f]!;
    squared += apart * apart;
  }
  return squared;
}
