import { notThisResult } from '../../core/index.js';
import { isTable, numbersOf } from '../../columns/index.js';
import type { CrossTab } from '../../segmentation/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { textCells } from './cluster-parts.js';
import { clusterWords } from './cluster-words.js';
import { emptyChart } from './empty.js';
import { DARK_FROM, SEQUENCE } from './theme.js';

/**
 * Two groupings of the same customers: a field per pair, its number the customers, its colour their share of the row.
 *
 * @param cross what `crossTab` returned
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.crossTabHeatmap(crossTab(kmeans(customers, { k: 4 }), rfm(customers).table.column('label')));
 */
export function crossTabHeatmap(cross: CrossTab, options: ChartOptions = {}): Chart {
  const where = 'crossTabHeatmap';
  const setting = chartSetting(where, options);
  const words = clusterWords(setting.language).crossTab;
  const given: unknown = cross;
  if (typeof given !== 'object' || given === null || !('counts' in given) || !('cramersV' in given) || !isTable(given.counts)) throw notThisResult(where, given, 'a result of crossTab', 'Pass crossTab(labels, others).');
  const { counts, customers, cramersV } = cross;
  const rowNames = textCells(counts, counts.names[0]!);
  const columnNames = counts.names.slice(1, -1);
  if (customers === 0 || rowNames.length === 0) return emptyChart(setting, words.title);
  const totals = numbersOf(where, counts, 'total');
  const formats = formatsOf(setting.locale);
  const cells = columnNames.flatMap((column) => {
    const own = numbersOf(where, counts, column);
    return rowNames.map((row, r) => {
      const share = Math.round((own[r]! / totals[r]!) * 1000) / 1000;
      return { row, column, customers: own[r]!, share, dark: share > DARK_FROM, say: `${row} × ${column}: ${formats.count(own[r]!)} (${formats.percent(share)})` };
    });
  });
  const slanted = columnNames.some((name) => name.length > Math.max(3, Math.floor((setting.width - 120) / columnNames.length / 8)));
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(customers), Number.isFinite(cramersV) ? cramersV.toFixed(2) : '–'),
    height: 190 + 34 * rowNames.length + (slanted ? 60 : 0),
    values: counts,
    view: {
      // Slanted names lean out to the right.
      ...(slanted ? { padding: { left: 8, top: 8, bottom: 8, right: 60 } } : {}),
      data: { values: cells },
      encoding: {
        x: { field: 'column', type: 'nominal', sort: null, scale: { domain: columnNames }, title: null, axis: { orient: 'top', labelAngle: slanted ? -40 : 0, domain: false, ticks: false, labelOverlap: false, labelLimit: 130 } },
        y: { field: 'row', type: 'nominal', sort: null, scale: { domain: rowNames }, title: null, axis: { domain: false, ticks: false, labelOverlap: false } },
      },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2, cornerRadius: 3, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            color: { field: 'share', type: 'quantitative', title: words.share, scale: { domain: [0, 1], range: SEQUENCE }, legend: { orient: 'bottom', direction: 'horizontal', format: '.0%', gradientLength: 240, values: [0, 0.5, 1] } },
            tooltip: [{ field: 'row', title: ' ' }, { field: 'column', title: ' ' }, { field: 'customers', title: setting.words.customers, format: ',d' }, { field: 'share', title: words.share, format: '.1%' }],
          },
        },
        { mark: { type: 'text', fontSize: 12, tooltip: null, aria: false }, encoding: { text: { field: 'customers', type: 'quantitative', format: ',d' }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' } } },
      ],
    },
  });
}
