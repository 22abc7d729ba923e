import { categoryColumn, numbersOf, Table } from '../../columns/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { checkClusters, clusterFeatures, clusterLabels, type ClusterResult } from './cluster-parts.js';
import { clusterWords } from './cluster-words.js';
import { emptyChart } from './empty.js';
import { measureName } from './words.js';

/** Blue for below, orange for above the mean of all, white between; told apart with any common colour blindness. */
const DIVERGING: readonly string[] = ['#1f6cb0', '#9cc4e4', '#f7f7f5', '#f2bf7b', '#c8600a'];

/**
 * What sets each cluster apart: the mean of every feature as a number, its distance from all customers as a colour.
 *
 * @param found a result of `kmeans`, `kmedians`, `gaussianMixture` or one of their scores
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.clusterProfiles(kmeans(customers, { k: 4 }), { language: 'zh' });
 *
 * O(customers features).
 */
export function clusterProfiles(found: ClusterResult, options: ChartOptions = {}): Chart {
  const where = 'clusterProfiles';
  const setting = chartSetting(where, options);
  const words = clusterWords(setting.language).profiles;
  const result = checkClusters(where, found);
  const features = clusterFeatures(result);
  const labels = clusterLabels(result);
  if (labels.length === 0 || features.length === 0 || result.labels.every((c) => c < 0)) return emptyChart(setting, words.title);
  const formats = formatsOf(setting.locale);
  const names = features.map((feature) => measureName(setting.words, feature));
  const cells = features.flatMap((feature, f) => {
    const means = numbersOf(where, result.profiles, `${feature}Mean`);
    const { mean, deviation } = overall(numbersOf(where, result.table, feature), result.labels);
    return labels.map((cluster, c) => {
      const apart = deviation > 0 && Number.isFinite(means[c]!) ? (means[c]! - mean) / deviation : 0;
      const say = `${cluster}, ${names[f]}: ${formats.count(means[c]!)} (${apart >= 0 ? '+' : ''}${apart.toFixed(1)})`;
      return { cluster, feature: names[f]!, mean: formats.count(means[c]!), apart: Math.round(apart * 100) / 100 + 0, say, dark: Math.abs(apart) > 1.5 };
    });
  });
  const x = { field: 'feature', type: 'nominal', sort: null, scale: { domain: names }, title: null, axis: { orient: 'top', labelAngle: names.length > 4 ? -30 : 0, domain: false, ticks: false, labelOverlap: false, labelLimit: 170 } };
  const y = { field: 'cluster', type: 'nominal', sort: null, scale: { domain: labels }, title: null, axis: { domain: false, ticks: false, labelOverlap: false } };
  return makeChart(setting, {
    title: words.title,
    subtitle: words.subtitle,
    height: 190 + 40 * labels.length,
    values: new Table([['cluster', categoryColumn(labels)], ...features.map((feature, f) => [names[f]!, { type: 'number', data: numbersOf(where, result.profiles, `${feature}Mean`) }] as const)]),
    view: {
      // Slanted names lean out to the right.
      ...(names.length > 4 ? { padding: { left: 8, top: 8, bottom: 8, right: 80 } } : {}),
      data: { values: cells },
      encoding: { x, y },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2, cornerRadius: 3, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            color: { field: 'apart', type: 'quantitative', title: words.apart, scale: { domain: [-2, -1, 0, 1, 2], range: DIVERGING, interpolate: 'rgb', clamp: true }, legend: { orient: 'bottom', direction: 'horizontal', gradientLength: 240, values: [-2, -1, 0, 1, 2] } },
            tooltip: [{ field: 'cluster', title: words.cluster }, { field: 'feature', title: words.feature }, { field: 'mean', title: words.mean }, { field: 'apart', title: words.apart, format: '+.2f' }],
          },
        },
        { mark: { type: 'text', fontSize: 12, tooltip: null, aria: false }, encoding: { text: { field: 'mean', type: 'nominal' }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' } } },
      ],
    },
  });
}

/** Mean and deviation of the customers in any cluster. */
function overall(values: Float64Array, labels: Int32Array): { mean: number; deviation: number } {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (labels[i]! < 0) continue;
    n++;
    sum += values[i]!;
  }
  const mean = sum / n;
  for (let i = 0; i < values.length; i++) if (labels[i]! >= 0) squares += (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / n) };
}
