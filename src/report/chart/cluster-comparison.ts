import { notThisResult } from '../../core/index.js';
import { isTable, numbersOf, Table } from '../../columns/index.js';
import type { ChosenK } from '../../segmentation/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { clusterWords } from './cluster-words.js';
import { COLORS } from './theme.js';

/**
 * Inertia and mean silhouette by the number of clusters: where the one bends and the other peaks. A line stands at the k
 * that is recommended.
 *
 * @param chosen what `chooseK` returned
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.clusterComparison(chooseK(customers));
 */
export function clusterComparison(chosen: ChosenK, options: ChartOptions = {}): Chart {
  const where = 'clusterComparison';
  const setting = chartSetting(where, options);
  const words = clusterWords(setting.language).comparison;
  const given: unknown = chosen;
  if (typeof given !== 'object' || given === null || !('table' in given) || !isTable(given.table) || !given.table.has('silhouette')) throw notThisResult(where, given, 'a result of chooseK', 'Pass chooseK(customers).');
  const { table, k, natural } = chosen;
  const [ks, inertia, silhouette] = (['k', 'inertia', 'silhouette'] as const).map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array];
  const values = Array.from(ks, (one, i) => ({ k: one, inertia: round(inertia[i]!), silhouette: round(silhouette[i]!) }));
  const formats = formatsOf(setting.locale);
  const x = { field: 'k', type: 'ordinal', title: words.clusters, axis: { labelAngle: 0, grid: false } };
  const curve = (field: 'inertia' | 'silhouette', title: string, color: string, orient: 'left' | 'right', format: string): object => ({
    mark: { type: 'line', color, strokeWidth: 2.5, point: { filled: true, size: 70, color }, strokeDash: field === 'silhouette' ? [7, 4] : [1, 0], tooltip: true },
    encoding: {
      x, y: { field, type: 'quantitative', title, scale: { zero: field === 'silhouette' }, axis: { orient, format, titleColor: color, grid: field === 'inertia', tickCount: 5 } },
      tooltip: [{ field: 'k', title: words.clusters }, { field, title, format: field === 'inertia' ? ',.4~g' : '.3f' }],
    },
  });
  return makeChart(setting, {
    title: words.title,
    subtitle: words.taken(formats.count(k), natural),
    height: 340,
    values: new Table([['k', table.column('k')], ['inertia', table.column('inertia')], ['silhouette', table.column('silhouette')]]),
    view: {
      data: { values },
      layer: [
        { data: { values: [{ k }] }, mark: { type: 'rule', color: COLORS.pale, strokeDash: [2, 3], strokeWidth: 1.5, tooltip: null, aria: false }, encoding: { x } },
        curve('inertia', words.inertia, COLORS.blue, 'left', ',~s'),
        curve('silhouette', words.silhouette, COLORS.vermillion, 'right', '.2~f'),
      ],
      resolve: { scale: { y: 'independent' } },
    },
  });
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
