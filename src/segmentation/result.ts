import { checkWord, diagnosticsLines, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { escapeHtml, numbersOf, showableResult, Table, validExcept, type Column } from '../columns/index.js';
import { asOfLine } from '../transactions/index.js';
import type { Assigned } from './assign-rows.js';
import type { FeatureStats } from './feature-stats.js';
import { spread, type Features } from './features.js';
import type { ClusterName, KmeansModel, KmeansResult } from './model.js';
import { profileTable } from './profile-clusters.js';
import type { ScaledFeature } from './scaling.js';

/** Everything a result is made of. */
export interface ResultParts<More extends object> {
  readonly where: string;
  readonly model: KmeansModel;
  readonly features: Features;
  readonly assigned: Assigned;
  /** of the features, one by one, by cluster */
  readonly stats: readonly FeatureStats[];
  readonly labels: unknown;
  readonly warnings: readonly Warning[];
  /** further fields of the result */
  readonly more: More;
}

/** Customers with their clusters, the clusters' profiles, and what there is to say. */
export function makeResult<More extends object>({ where, model, features, assigned, stats, labels: option, warnings, more }: ResultParts<More>): KmeansResult & More {
  const language = checkWord(where, 'labels', option ?? 'en', ['en', 'zh']);
  const shown = showClusters({ features, labels: assigned.labels, names: model.names, stats, language, warnings, added: { distance: assigned.distances } });
  const result = {
    table: shown.table, labels: shown.labels, centers: model.centers, sizes: assigned.sizes, inertia: assigned.inertia, clusterInertia: assigned.inertias,
    profiles: shown.profiles, model, diagnostics: shown.diagnostics, ...more,
  };
  return showableResult(result, shown.showing(`k-means with ${model.centers.length} clusters of ${featureText(model.features)}; inertia ${assigned.inertia.toPrecision(6)}`));
}

/** Features and how they were scaled, in words. */
export function featureText(features: readonly ScaledFeature[]): string {
  return features.map(({ column, scaling }) => `${column} (${scaling})`).join(', ');
}

/** What every result of clusters is shown by. */
export interface ShownClusters {
  readonly table: Table;
  /** of every row; -1 for a customer without a purchase */
  readonly labels: Int32Array;
  readonly profiles: Table;
  readonly diagnostics: Diagnostics;
  /** text and HTML under a line that says how the clusters were found */
  readonly showing: (line: string) => { readonly text: () => string; readonly html: () => string };
}

/** Customers with cluster, segment, label and the columns added, and the profiles of the clusters. */
export function showClusters({ features, labels: kept, names: clusterNames, stats, language, warnings, added }: {
  readonly features: Features;
  /** of the rows kept */
  readonly labels: Int32Array;
  readonly names: readonly ClusterName[];
  readonly stats: readonly FeatureStats[];
  readonly language: 'en' | 'zh';
  readonly warnings: readonly Warning[];
  readonly added: Readonly<Record<string, Float64Array>>;
}): ShownClusters {
  const { source } = features;
  const labels = spread(kept, features, -1);
  const own: [string, Column][] = [
    ['cluster', { type: 'integer', data: features.rows === undefined ? labels : labels.map((c) => Math.max(0, c)), ...presentRows(features) }],
    ['segment', { type: 'category', data: labels, values: clusterNames.map(({ key }) => key) }],
    ['label', { type: 'category', data: labels, values: clusterNames.map(({ label }) => label[language]) }],
    ...Object.entries(added).map(([name, values]): [string, Column] => [name, { type: 'number', data: spread(values, features, NaN) }]),
  ];
  const names = own.map(([name]) => name);
  const replaced = source.names.filter((name) => names.includes(name));
  const table = new Table([...[...source.entries()].filter(([name]) => !names.includes(name)), ...own]);
  const profiles = profileTable({
    columns: features.columns, stats, labels: { codes: labels, values: clusterNames.map((_, c) => String(c)) }, names: clusterNames,
    money: source.has('monetary') ? { name: 'monetary', values: numbersOf('profileClusters', source, 'monetary'), sums: stats[features.columns.indexOf('monetary')]?.sums } : undefined, language,
  });
  const all = replaced.length === 0 ? warnings : [...warnings, { code: 'COLUMN_REPLACED', message: `the columns ${replaced.join(', ')} of the customers are replaced by those of the same name. Rename them to keep both.` }];
  const diagnostics = withWarnings(features.diagnostics, all);
  const head = features.meta !== undefined ? asOfLine(features.meta, source.numRows, language) : language === 'zh' ? `${source.numRows} 位客户` : `${source.numRows} customers`;
  const shown = profiles.select(profiles.names.filter((name) => !/segment|Least$|Most$|Median$/.test(name)));
  const showing = (line: string): ReturnType<ShownClusters['showing']> => ({
    text: () => [head, line, '', shown.toString(), '', ...diagnosticsLines(diagnostics)].join('\n'),
    html: () => `<p>${escapeHtml(head)}<br>${escapeHtml(line)}</p>${shown.toHTML()}${diagnosticsLines(diagnostics).map((remark) => `<p>${escapeHtml(remark)}</p>`).join('')}`,
  });
  return { table, labels, profiles, diagnostics, showing };
}

function presentRows({ rows, source }: Features): { valid?: Uint8Array } {
  if (rows === undefined) return {};
  const kept = new Set(rows);
  return { valid: validExcept(source.numRows, Array.from({ length: source.numRows }, (_, i) => i).filter((i) => !kept.has(i))) };
}
