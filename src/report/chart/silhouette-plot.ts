import { notThisResult, optionInvalid } from '../../core/index.js';
import { categoryColumn, Table } from '../../columns/index.js';
import type { Silhouette } from '../../segmentation/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { clusterColors } from './cluster-parts.js';
import { clusterWords } from './cluster-words.js';
import { COLORS } from './theme.js';

/** How {@link silhouettePlot} is drawn. */
export interface SilhouettePlotOptions extends ChartOptions {
  /** one per cluster, instead of its label: `kmeans(…).model.names.map(({ label }) => label.en)` */
  readonly names?: readonly string[];
}

/** Bars in all; of larger clusters every so-manieth customer is drawn. */
const BARS = 400;

/**
 * The silhouette of every customer, cluster by cluster, best first: broad blocks sit well, tails below 0 do not.
 *
 * @param silhouette what `silhouette` returned
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.silhouettePlot(silhouette(customers, kmeans(customers, { k: 4 })));
 *
 * O(customers log customers).
 */
export function silhouettePlot(silhouette: Silhouette, options: SilhouettePlotOptions = {}): Chart {
  const where = 'silhouettePlot';
  const setting = chartSetting(where, options, ['names']);
  const words = clusterWords(setting.language).silhouette;
  const given: unknown = silhouette;
  if (typeof given !== 'object' || given === null || !('clusters' in given) || !Array.isArray(given.clusters) || !('values' in given)) throw notThisResult(where, given, 'a result of silhouette', 'Pass silhouette(customers, labels).');
  const { clusters, values, mean } = silhouette;
  const { names } = options;
  if (names !== undefined && names.length !== clusters.length) throw optionInvalid(where, 'names', `a list of ${names.length}`, `Give one name for each of the ${clusters.length} clusters.`);
  const labels = clusters.map(({ cluster }, c) => names?.[c] ?? cluster);
  const formats = formatsOf(setting.locale);
  const blocks = blocksOf(silhouette);
  let row = 0;
  const bars = blocks.flatMap((block, c) => {
    const own = block.map((value) => ({ from: row, to: ++row, value: Math.round(value * 1000) / 1000 + 0, c }));
    row += 6;
    return own;
  });
  const middles = clusters.map((_, c) => {
    const own = bars.filter((bar) => bar.c === c);
    return { at: ((own[0]?.from ?? 0) + (own.at(-1)?.to ?? 0)) / 2, text: labels[c]!, c };
  });
  const least = Math.min(0, ...bars.map(({ value }) => value));
  const colors = clusterColors(clusters.length);
  const y = { type: 'quantitative', title: null, scale: { domain: [0, row], reverse: true, nice: false }, axis: null };
  const x = { field: 'value', type: 'quantitative', title: words.value, scale: { domain: [Math.floor(least * 10) / 10, 1], nice: false }, axis: { format: '.1~f', tickCount: 6 } };
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(mean.toFixed(3), formats.count(values.length)),
    height: Math.max(300, 130 + 46 * clusters.length),
    values: new Table([['cluster', categoryColumn(labels)], ['customers', { type: 'integer', data: Int32Array.from(clusters, ({ customers }) => customers) }], ['silhouette', { type: 'number', data: Float64Array.from(clusters, (one) => one.mean) }]]),
    view: {
      data: { values: bars },
      layer: [
        {
          mark: { type: 'rect', tooltip: null, aria: false },
          encoding: { x, x2: { datum: 0 }, y: { ...y, field: 'from' }, y2: { field: 'to' }, color: { field: 'c', type: 'nominal', scale: { domain: clusters.map((_, c) => c), range: colors }, legend: null } },
        },
        {
          data: { values: middles.map((middle, c) => ({ ...middle, say: `${middle.text}: ${clusters[c]!.mean.toFixed(3)} (${formats.count(clusters[c]!.customers)})` })) },
          mark: { type: 'text', align: 'right', dx: -4, fontSize: 12, limit: 220, tooltip: null },
          encoding: { x: { datum: 1, type: 'quantitative' }, y: { ...y, field: 'at' }, text: { field: 'say', type: 'nominal' }, description: { field: 'say', type: 'nominal' } },
        },
        { data: { values: [{ value: mean }] }, mark: { type: 'rule', color: COLORS.ink, strokeDash: [4, 3], strokeWidth: 1.5, tooltip: null, aria: false }, encoding: { x: { field: 'value', type: 'quantitative' } } },
      ],
    },
  });
}

/** Silhouettes of each cluster, best first, thinned out evenly; every cluster keeps one bar at least. */
function blocksOf({ clusters, values }: Silhouette): number[][] {
  let from = 0;
  return clusters.map(({ compared: count }) => {
    const own = Array.from(values.subarray(from, from + count)).sort((a, b) => b - a);
    from += count;
    const take = Math.min(own.length, Math.max(1, Math.round((own.length * BARS) / Math.max(BARS, values.length))));
    return Array.from({ length: take }, (_, j) => own[Math.floor(((j + 0.5) * own.length) / take)]!);
  });
}
