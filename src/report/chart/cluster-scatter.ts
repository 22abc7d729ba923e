import { checkWord, optionInvalid } from '../../core/index.js';
import { numbersOf, Table } from '../../columns/index.js';
import { principalComponents, type Scaling } from '../../segmentation/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { checkClusters, clusterColors, clusterFeatures, clusterLabels, type ClusterResult } from './cluster-parts.js';
import { clusterWords } from './cluster-words.js';
import { emptyChart } from './empty.js';
import { measureName } from './words.js';

/** How {@link clusterScatter} is drawn. */
export interface ClusterScatterOptions extends ChartOptions {
  /** numeric columns across and up; the two principal components of the scaled features by default */
  readonly x?: string;
  readonly y?: string;
  /** axes of columns: `'symlog'` (default), which skewed money needs and 0 does not break, or `'linear'` */
  readonly axes?: 'symlog' | 'linear';
}

/** More points than this would hide one another. */
const MOST = 400;

/**
 * Customers as points, coloured by cluster: by two features, or by the two principal components of all.
 *
 * At most 400 customers are drawn, evenly from each cluster by its size; the heading says how many.
 *
 * @param found a result of `kmeans`, `kmedians`, `gaussianMixture` or one of their scores
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * charts.clusterScatter(kmeans(customers, { k: 4 }), { x: 'recency', y: 'monetary' });
 */
export function clusterScatter(found: ClusterResult, options: ClusterScatterOptions = {}): Chart {
  const where = 'clusterScatter';
  const setting = chartSetting(where, options, ['x', 'y', 'axes']);
  const words = clusterWords(setting.language).scatter;
  const scale = checkWord(where, 'axes', options.axes ?? 'symlog', ['symlog', 'linear']);
  const result = checkClusters(where, found);
  if ((options.x === undefined) !== (options.y === undefined)) throw optionInvalid(where, options.x === undefined ? 'x' : 'y', undefined, 'Name both columns, or neither for principal components.');
  const formats = formatsOf(setting.locale);
  const rows = drawnRows(result);
  const axes = options.x === undefined ? componentAxes(result, words, formats.percent) : [options.x, options.y!].map((name) => ({ values: numbersOf(where, result.table, name), title: measureName(setting.words, name), scale: { type: scale, zero: false, nice: true } }));
  const title = options.x === undefined ? words.components : words.title(axes[0]!.title, axes[1]?.title ?? '');
  if (rows.length === 0 || axes.length < 2) return emptyChart(setting, title);
  const labels = clusterLabels(result);
  const [x, y] = axes as [Axis, Axis];
  const points = rows.filter((i) => Number.isFinite(x.values[i]) && Number.isFinite(y.values[i])).map((i) => ({ x: round(x.values[i]!), y: round(y.values[i]!), c: result.labels[i]! }));
  const all = result.labels.reduce((sum, c) => sum + (c >= 0 ? 1 : 0), 0);
  const place = (field: 'x' | 'y', axis: Axis): object => ({ field, type: 'quantitative', title: axis.title, scale: axis.scale, axis: { format: ',~r', labelOverlap: 'greedy', ...(axis.scale.type === 'symlog' ? symlogTicks(axis.values) : { tickCount: 6 }) } });
  return makeChart(setting, {
    title,
    subtitle: words.shown(formats.count(points.length), formats.count(all)),
    height: 440,
    values: new Table([['x', number(points.map((p) => p.x))], ['y', number(points.map((p) => p.y))], ['cluster', { type: 'integer', data: Int32Array.from(points, (p) => p.c) }]]),
    view: {
      data: { values: points },
      transform: [{ lookup: 'c', from: { data: { values: labels.map((name, c) => ({ c, name })) }, key: 'c', fields: ['name'] } }],
      mark: { type: 'point', filled: true, size: 28, opacity: 0.65, tooltip: true },
      encoding: {
        x: place('x', x), y: place('y', y),
        color: { field: 'name', type: 'nominal', title: null, scale: { domain: labels, range: clusterColors(labels.length) }, legend: { orient: 'bottom', direction: 'horizontal', columns: setting.width >= 500 ? 3 : 2, symbolOpacity: 1, labelLimit: Math.floor(setting.width / 3.6) } },
        tooltip: [{ field: 'name', title: clusterWords(setting.language).profiles.cluster }, { field: 'x', title: x.title, format: ',.4~g' }, { field: 'y', title: y.title, format: ',.4~g' }],
      },
    },
  });
}

interface Axis {
  readonly values: Float64Array;
  readonly title: string;
  readonly scale: { readonly type?: string; readonly zero: boolean; readonly nice: boolean };
}

/** Ticks at 0 and at equal ratios, where the points are: the even steps of the drawing library leave the small values without any. */
function symlogTicks(values: Float64Array): object {
  const known = values.filter(Number.isFinite);
  const [least, most] = [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity)];
  const reach = Math.max(Math.abs(least), Math.abs(most));
  if (!(reach >= 1)) return { tickCount: 6 };
  const decades = Array.from({ length: Math.floor(Math.log10(reach)) + 1 }, (_, power) => 10 ** power);
  for (const steps of [[1], [1, 3], [1, 2, 5]]) {
    const above = decades.flatMap((decade) => steps.map((step) => step * decade));
    const ticks = [...above.map((tick) => -tick).reverse(), 0, ...above].filter((tick) => tick >= least && tick <= most);
    if (ticks.length >= 4) return { values: ticks };
  }
  return { tickCount: 6 };
}

function componentAxes(result: ClusterResult, words: ReturnType<typeof clusterWords>['scatter'], percent: (share: number) => string): Axis[] {
  const known = result.model?.features ?? result.features;
  const features = known?.map(({ column }) => column) ?? clusterFeatures(result);
  if (features.length < 2 || result.labels.every((c) => c < 0)) return [];
  const scale = known === undefined ? undefined : Object.fromEntries(known.map(({ column, scaling }) => [column, scaling as Scaling]));
  const { table, shares } = principalComponents(result.table, { features, ...(scale === undefined ? {} : { scale }) });
  return ['pc1', 'pc2'].map((name, at) => ({ values: numbersOf('clusterScatter', table, name), title: words.axis(String(at + 1), percent(shares[at]!)), scale: { zero: false, nice: true } }));
}

/** Rows at even steps through each cluster. */
function drawnRows({ labels, profiles }: ClusterResult): number[] {
  const members: number[][] = Array.from({ length: profiles.numRows }, () => []);
  labels.forEach((c, i) => {
    if (c >= 0) members[c]!.push(i);
  });
  const all = members.reduce((sum, own) => sum + own.length, 0);
  return members.flatMap((own) => {
    const take = all <= MOST ? own.length : Math.min(own.length, Math.max(1, Math.floor((own.length * MOST) / all)));
    return Array.from({ length: take }, (_, j) => own[Math.floor((j * own.length) / take)]!);
  }).sort((a, b) => a - b);
}

function number(values: readonly number[]): { type: 'number'; data: Float64Array } {
  return { type: 'number', data: Float64Array.from(values) };
}

function round(value: number): number {
  return Number(value.toPrecision(4)) + 0;
}
