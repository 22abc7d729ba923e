import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { categoryColumn, exactSum, numbersOf, Table, textColumn, type Column, type TableInput } from '../columns/index.js';
import { measureLabel } from '../transactions/index.js';
import { DEFAULT_FEATURES, readFeatures, spread } from './features.js';
import { countLabels, readLabels, type Labels, type LabelsInput } from './labels.js';
import { statsOf, sumsByCode, type FeatureStats } from './feature-stats.js';
import type { ClusterName } from './model.js';
import { namesOf } from './name-clusters.js';

/** Options of {@link profileClusters}. */
export interface ProfileOptions {
  /** what to describe; recency, frequency and monetary by default */
  readonly features?: readonly string[];
  /** the column whose share is told; `monetary` where there is one */
  readonly value?: string;
  /** one per label value; made by {@link nameClusters} when absent */
  readonly names?: readonly ClusterName[];
  /** language of labels and of what sets a cluster apart, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/**
 * What the customers of each cluster are like, in the features' own units.
 *
 * @param customers one row per label. Not modified.
 * @param labels clusters or segments of any kind, see {@link LabelsInput}; rows without a label are left out
 * @returns one row per label value: cluster, segment, label, customers, share, value and its share, mean, median, least
 *   and most of each feature, and `apart`: what sets it apart, in standard deviations of all customers
 * @throws ClienteleError `COLUMN_MISSING`; `COLUMN_LENGTH`; `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * profileClusters(customers, rfm(customers).table.column('segment')).sortBy('valueShare', 'descending');
 *
 * O(n features).
 */
export function profileClusters(customers: TableInput, labels: LabelsInput, options: ProfileOptions = {}): Table {
  const where = 'profileClusters';
  checkKeys(where, options, ['features', 'value', 'names', 'labels']);
  const features = readFeatures(where, customers, options.features ?? DEFAULT_FEATURES);
  const read = readLabels(where, labels, features.source.numRows);
  const stats = features.values.map((column) => statsOf(spread(column, features, NaN), read.codes, read.values.length));
  const { names } = options;
  if (names !== undefined && names.length !== read.values.length) throw optionInvalid(where, 'names', `a list of ${names.length}`, `Give one name for each of the ${read.values.length} labels.`);
  const value = options.value ?? (features.source.has('monetary') ? 'monetary' : undefined);
  return profileTable({
    columns: features.columns, stats, labels: read, names: names ?? namesOf(features.columns, stats),
    money: value === undefined ? undefined : { name: value, values: numbersOf(where, features.source, value) },
    language: checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']),
  });
}

/** What a table of profiles is made of. */
export interface ProfileParts {
  readonly columns: readonly string[];
  /** one per feature, by the same labels */
  readonly stats: readonly FeatureStats[];
  readonly labels: Labels;
  readonly names: readonly ClusterName[];
  readonly money: { readonly name: string; readonly values: Float64Array; /** by label, where they are known */ readonly sums?: ArrayLike<number> | undefined } | undefined;
  readonly language: 'en' | 'zh';
}

export function profileTable({ columns, stats, labels, names, money, language }: ProfileParts): Table {
  const k = labels.values.length;
  const counts = countLabels(labels);
  const all = counts.reduce((sum, n) => sum + n, 0);
  const entries: [string, Column][] = [
    ['cluster', textColumn(labels.values)],
    ['segment', categoryColumn(names.map(({ key }) => key))],
    ['label', categoryColumn(names.map(({ label }) => label[language]))],
    ['customers', { type: 'integer', data: counts }],
    ['share', numbers(k, (c) => (all === 0 ? NaN : counts[c]! / all))],
  ];
  if (money !== undefined) {
    const data = Float64Array.from(money.sums ?? sumsByCode(money.values, labels.codes, k).sums);
    const total = exactSum(data);
    entries.push([`${money.name}Sum`, { type: 'number', data }], ['valueShare', numbers(k, (c) => (total === 0 ? NaN : data[c]! / total))]);
  }
  const apart = Array.from({ length: k }, (): { column: string; by: number }[] => []);
  columns.forEach((column, f) => {
    const { mean, deviation, means, medians, least, most } = stats[f]!;
    apart.forEach((list, c) => list.push({ column, by: deviation > 0 ? (means[c]! - mean) / deviation : 0 }));
    entries.push(
      [`${column}Mean`, numbers(k, (c) => means[c]!)],
      [`${column}Median`, numbers(k, (c) => medians[c]!)],
      [`${column}Least`, numbers(k, (c) => least[c]!)],
      [`${column}Most`, numbers(k, (c) => most[c]!)],
    );
  });
  entries.push(['apart', textColumn(apart.map((list) => apartText(list, language)))]);
  return new Table(entries);
}

function numbers(k: number, of: (cluster: number) => number): Column {
  return { type: 'number', data: Float64Array.from({ length: k }, (_, c) => of(c)) };
}

/** `'monetary +1.8 sd, recency -0.9 sd'`: features a quarter of a deviation or more from the mean, farthest first. */
function apartText(apart: readonly { readonly column: string; readonly by: number }[], language: 'en' | 'zh'): string {
  const far = apart.filter(({ by }) => Math.abs(by) >= 0.25).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  if (far.length === 0) return language === 'zh' ? '接近平均' : 'near the mean in all';
  const unit = language === 'zh' ? ' 个标准差' : ' sd';
  return far.map(({ column, by }) => `${measureLabel(column, language)} ${by > 0 ? '+' : '-'}${Math.abs(by).toFixed(1)}${unit}`).join(language === 'zh' ? '，' : ', ');
}
