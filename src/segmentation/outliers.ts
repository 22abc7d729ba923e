import { checkKeys, checkWhole, ClienteleError, optionInvalid } from '../core/index.js';
import { categoryColumn, escapeHtml, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { chiSquareQuantile } from '../math/index.js';
import { readFeatures, spread } from './features.js';
import { makePoints } from './points.js';
import { robustScatter, squaredDistance } from './robust-scatter.js';
import { learnScaling, planScalings, scaleValues, type ScaleOption } from './scaling.js';

/** Options of {@link outliers}. */
export interface OutlierOptions {
  /** recency, frequency and monetary by default */
  readonly features?: readonly string[];
  /** as in `kmeans`, `'log-zscore'` by default: on the plain scale every large buyer is an outlier */
  readonly scale?: ScaleOption;
  /** share of ordinary customers that may pass for outliers, above 0, below 0.5; 0.001 by default */
  readonly falseAlarms?: number;
  /** of the random starts, 1 by default */
  readonly seed?: number;
}

/** Customers far from all others. */
export interface Outliers extends Showable {
  /** the customers' own columns, with outlier (flag), outlierDistance and outlierFeature: the feature that causes most of it */
  readonly table: Table;
  /** only the outliers, farthest first */
  readonly outliers: Table;
  readonly count: number;
  /** distances beyond this are outliers: the root of the chi-square quantile */
  readonly cut: number;
}

/**
 * Customers far from all others, and by which feature (孤立点分析).
 *
 * The distance is Mahalanobis', in standard deviations along the shape of the data, with middle and shape taken from most
 * customers only, so that outliers cannot hide one another. The cut is right for data that are about normal once scaled.
 *
 * @param customers as for `kmeans`. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for too few customers or features that
 *   are functions of one another for most
 * @example
 * outliers(customers).outliers.head(5);
 *
 * Source: minimum covariance determinant, Rousseeuw & Van Driessen (1999). O(n features²).
 */
export function outliers(customers: TableInput, options: OutlierOptions = {}): Outliers {
  const where = 'outliers';
  checkKeys(where, options, ['features', 'scale', 'falseAlarms', 'seed']);
  const { falseAlarms = 0.001, seed = 1 } = options;
  if (!(falseAlarms > 0 && falseAlarms < 0.5)) throw optionInvalid(where, 'falseAlarms', falseAlarms, 'Give a share above 0 and below 0.5.');
  checkWhole(where, 'seed', seed, 0, 0xffffffff);
  const features = readFeatures(where, customers, options.features);
  const scalings = planScalings(where, options.scale, features.columns);
  const [n, d] = [features.values[0]!.length, features.columns.length];
  if (n < 5 * d) throw new ClienteleError('VALUE_INVALID', { where }, `${n} customers are too few for ${d} features.`, `Pass at least ${5 * d} customers, or fewer features.`);
  const columns = features.columns.map((column, f) => scaleValues(where, learnScaling(where, column, features.values[f]!, scalings[f]!), features.values[f]!));
  const points = makePoints(columns, undefined);
  const scatter = robustScatter(points, seed);
  if (scatter === undefined) throw new ClienteleError('VALUE_INVALID', { where }, `most customers have the same value in one of ${features.columns.join(', ')}, or one follows from the others.`, 'Leave that feature out.');

  const distances = new Float64Array(n);
  const causes = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = points.rows[i]!;
    distances[row] = Math.sqrt(Math.max(0, squaredDistance(points.data, i, scatter, d)));
    causes[row] = mostResponsible(points.data, i, scatter, d);
  }
  const cut = Math.sqrt(chiSquareQuantile(1 - falseAlarms, d));
  const all = spread(distances, features, NaN);
  const flags = Uint8Array.from(all, (distance) => (distance > cut ? 1 : 0));
  const added: [string, Column][] = [
    ['outlier', { type: 'flag', data: flags }], ['outlierDistance', { type: 'number', data: all }],
    ['outlierFeature', { ...categoryColumn(features.columns), data: spread(causes, features, -1) }],
  ];
  const names = added.map(([name]) => name);
  const table = new Table([...[...features.source.entries()].filter(([name]) => !names.includes(name)), ...added]);
  const found = table.where(flags).sortBy('outlierDistance', 'descending');
  const line = `${found.numRows} of ${features.source.numRows} customers lie more than ${cut.toFixed(2)} from the rest`;
  return showableResult({ table, outliers: found, count: found.numRows, cut }, { text: () => `${line}\n\n${found.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${found.toHTML()}` });
}

/** The feature with the largest share of the squared distance: its deviation times the inverse's pull on it. */
function mostResponsible(data: Float64Array, i: number, { center, inverse }: { readonly center: Float64Array; readonly inverse: Float64Array }, d: number): number {
  let most = -Infinity;
  let feature = 0;
  for (let f = 0; f < d; f++) {
    let along = 0;
    for (let g = 0; g < d; g++) along += inverse[f * d + g]! * (data[i * d + g]! - center[g]!);
    const share = along * (data[i * d + f]! - center[f]!);
    if (share > most) {
      most = share;
      feature = f;
    }
  }
  return feature;
}
