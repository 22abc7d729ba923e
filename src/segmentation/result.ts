import { checkWord, diagnosticsLines, withWarnings, type Warning } from '../core/index.js';
import { escapeHtml, numbersOf, showableResult, Table, validExcept, type Column } from '../columns/index.js';
import { asOfLine } from '../transactions/index.js';
import type { Assigned } from './assign-rows.js';
import type { FeatureStats } from './feature-stats.js';
import { spread, type Features } from './features.js';
import type { KmeansModel, KmeansResult } from './model.js';
import { profileTable } from './profile-clusters.js';

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
  const { source } = features;
  const labels = spread(assigned.labels, features, -1);
  const own: [string, Column][] = [
    ['cluster', { type: 'integer', data: features.rows === undefined ? labels : labels.map((c) => Math.max(0, c)), ...presentRows(features) }],
    ['segment', { type: 'category', data: labels, values: model.names.map(({ key }) => key) }],
    ['label', { type: 'category', data: labels, values: model.names.map(({ label }) => label[language]) }],
    ['distance', { type: 'number', data: spread(assigned.distances, features, NaN) }],
  ];
  const names = own.map(([name]) => name);
  const replaced = source.names.filter((name) => names.includes(name));
  const table = new Table([...[...source.entries()].filter(([name]) => !names.includes(name)), ...own]);
  const profiles = profileTable({
    columns: features.columns, stats,
    labels: { codes: labels, values: model.names.map((_, c) => String(c)) }, names: model.names,
    money: source.has('monetary') ? { name: 'monetary', values: numbersOf(where, source, 'monetary') } : undefined, language,
  });
  const all = replaced.length === 0 ? warnings : [...warnings, { code: 'COLUMN_REPLACED', message: `the columns ${replaced.join(', ')} of the customers are replaced by those of the same name. Rename them to keep both.` }];
  const diagnostics = withWarnings(features.diagnostics, all);
  const head = features.meta === undefined ? `${source.numRows} customers` : asOfLine(features.meta, source.numRows);
  const line = `k-means with ${model.centers.length} clusters of ${model.features.map(({ column, scaling }) => `${column} (${scaling})`).join(', ')}; inertia ${assigned.inertia.toPrecision(6)}`;
  const shown = profiles.select(profiles.names.filter((name) => !/segment|Least$|Most$|Median$/.test(name)));
  const result = {
    table, labels, centers: model.centers, sizes: assigned.sizes, inertia: assigned.inertia, clusterInertia: assigned.inertias, profiles, model, diagnostics, ...more,
  };
  return showableResult(result, {
    text: () => [head, line, '', shown.toString(), '', ...diagnosticsLines(diagnostics)].join('\n'),
    html: () => `<p>${escapeHtml(head)}<br>${escapeHtml(line)}</p>${shown.toHTML()}${diagnosticsLines(diagnostics).map((remark) => `<p>${escapeHtml(remark)}</p>`).join('')}`,
  });
}

function presentRows({ rows, source }: Features): { valid?: Uint8Array } {
  if (rows === undefined) return {};
  const kept = new Set(rows);
  return { valid: validExcept(source.numRows, Array.from({ length: source.numRows }, (_, i) => i).filter((i) => !kept.has(i))) };
}
