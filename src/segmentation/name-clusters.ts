import { checkKeys, optionInvalid } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { measureLabel, OCTANTS, octantOf, SEGMENT_LABELS } from '../transactions/index.js';
import { readFeatures, spread } from './features.js';
import { countLabels, readLabels, type Labels, type LabelsInput } from './labels.js';
import { statsOf, type FeatureStats } from './feature-stats.js';
import type { ClusterName } from './model.js';

/** Options of {@link nameClusters}. */
export interface NameOptions {
  /** recency, frequency and monetary by default */
  readonly features?: readonly string[];
  /**
   * a segment per row, such as the segment column of `rfm`: a cluster then takes the name most of its customers have. Keys of the
   * built-in maps are named in both languages, others by themselves.
   */
  readonly segments?: LabelsInput;
}

/**
 * Names for clusters, in both languages.
 *
 * With recency, frequency and monetary among the features, a cluster is named by the eight classes of the CRM textbooks:
 * each of its means high or low against the mean of all customers. Other features are named as they stand out: `high_balance`.
 * A name that comes up again is numbered: `important_value_2`.
 *
 * @param customers one row per label. Not modified.
 * @param labels clusters of any kind, see {@link LabelsInput}
 * @returns one name per label value, in their order
 * @throws ClienteleError `COLUMN_MISSING`; `COLUMN_LENGTH`; `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * nameClusters(customers, kmeans(customers, { k: 4 }))[0];
 * // { key: 'important_value', label: { en: 'Important: value', zh: '重要价值客户' } }
 *
 * O(n features).
 */
export function nameClusters(customers: TableInput, labels: LabelsInput, options: NameOptions = {}): ClusterName[] {
  const where = 'nameClusters';
  checkKeys(where, options, ['features', 'segments']);
  const features = readFeatures(where, customers, options.features);
  const read = readLabels(where, labels, features.source.numRows);
  if (options.segments !== undefined) return bySegments(read, readLabels(where, options.segments, features.source.numRows));
  if (read.values.length === 0) throw optionInvalid(where, 'labels', 'empty', 'Give at least one row a label.');
  return namesOf(features.columns, features.values.map((values) => statsOf(spread(values, features, NaN), read.codes, read.values.length)));
}

/** Names from the features' means. */
export function namesOf(columns: readonly string[], stats: readonly FeatureStats[]): ClusterName[] {
  const [r, f, m] = ['recency', 'frequency', 'monetary'].map((name) => stats[columns.indexOf(name)]);
  const names = Array.from(stats[0]!.means, (_, c) => (r !== undefined && f !== undefined && m !== undefined
    ? OCTANTS[octantOf(r.means[c]! < r.mean, f.means[c]! > f.mean, m.means[c]! > m.mean)]!
    : standsOut(columns, stats, c)));
  return numbered(names.map(({ key, label }) => ({ key, label })));
}

/** Up to two features whose mean is farthest from that of all, in standard deviations; at least a quarter of one. */
function standsOut(columns: readonly string[], stats: readonly FeatureStats[], c: number): ClusterName {
  const apart = stats.map(({ means, mean, deviation }, f) => ({ column: columns[f]!, by: deviation > 0 ? (means[c]! - mean) / deviation : 0 }))
    .filter(({ by }) => Math.abs(by) >= 0.25)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, 2);
  if (apart.length === 0) return { key: 'average', label: { en: 'Average', zh: '普通' } };
  return {
    key: apart.map(({ column, by }) => `${by > 0 ? 'high' : 'low'}_${column}`).join('_'),
    label: { en: capital(apart.map(({ column, by }) => `${by > 0 ? 'high' : 'low'} ${column}`).join(', ')), zh: apart.map(({ column, by }) => `${measureLabel(column, 'zh')}${by > 0 ? '高' : '低'}`).join('、') },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function bySegments(labels: Labels, segments: Labels): ClusterName[] {
  const k = segments.values.length;
  const counts = new Int32Array(labels.values.length * k);
  labels.codes.forEach((c, i) => {
    if (c >= 0 && segments.codes[i]! >= 0) counts[c * k + segments.codes[i]!]!++;
  });
  const sizes = countLabels(labels);
  return numbered(labels.values.map((_, c) => {
    let most = -1;
    for (let s = 0; s < k; s++) if (counts[c * k + s]! > (most === -1 ? 0 : counts[c * k + most]!)) most = s;
    const key = most === -1 || sizes[c] === 0 ? 'others' : segments.values[most]!;
    return { key, label: SEGMENT_LABELS.get(key) ?? { en: key, zh: key } };
  }));
}

/** The same names, numbered from the second of a kind on. */
function numbered(names: readonly ClusterName[]): ClusterName[] {
  const seen = new Map<string, number>();
  return names.map(({ key, label }) => {
    const time = (seen.get(key) ?? 0) + 1;
    seen.set(key, time);
    return time === 1 ? { key, label } : { key: `${key}_${time}`, label: { en: `${label.en} (${time})`, zh: `${label.zh}（${time}）` } };
  });
}
