import { checkWord } from '../../core/index.js';
import { categoryColumn, numbersOf, Table } from '../../columns/index.js';
import type { RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, checkScored } from '../results.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { segmentLabels } from './labels.js';
import { COLORS } from './theme.js';
import { measureName } from './words.js';

const MEASURES = ['share', 'customers', 'orders', 'revenue', 'meanBasket', 'medianRecency', 'medianFrequency', 'medianMonetary'] as const;

/** How {@link segmentBars} is drawn. */
export interface BarsOptions extends ChartOptions {
  /** `'share'` (default): share of customers beside share of revenue; or one column of the segment table */
  readonly measure?: (typeof MEASURES)[number];
}

/** One bar. */
interface Bar {
  readonly segment: string;
  readonly of: string;
  readonly value: number;
  /** for a screen reader */
  readonly say: string;
}

/**
 * The segments as bars, from best to worst: how many customers, and how much of the revenue they bring.
 *
 * @param scored a result of `rfm` or `scoreRfm`
 * @throws ClienteleError `VALUE_INVALID`, `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * charts.segmentBars(scored, { language: 'zh' });
 */
export function segmentBars(scored: RfmResult, options: BarsOptions = {}): Chart {
  const where = 'segmentBars';
  const setting = chartSetting(where, options, ['measure']);
  const { words } = setting;
  const measure = checkWord(where, 'measure', options.measure ?? 'share', MEASURES);
  const { segments, table } = checkScored(where, scored);
  const both = measure === 'share';
  const title = both ? words.segmentBars.share : words.segmentBars.title(measureName(words, measure));
  if (table.numRows === 0 || segments.numRows === 0) return emptyChart(setting, title);

  const labels = segmentLabels(segments);
  const series = both
    ? [[words.segmentBars.ofCustomers, 'share'], [words.segmentBars.ofRevenue, 'revenueShare']] as const
    : [[measureName(words, measure), measure]] as const;
  const formats = formatsOf(setting.locale);
  const say = (value: number): string => (both ? formats.percent(value) : formats.count(value));
  const bars = series.flatMap(([of, column]) => Array.from(numbersOf(where, segments, column), (value, i): Bar => ({ segment: labels[i]!, of, value, say: `${labels[i]}, ${of}: ${say(value)}` }))).filter((bar) => Number.isFinite(bar.value));
  const format = both ? '.1%' : measure === 'meanBasket' || measure === 'medianMonetary' ? ',.2f' : ',.0f';
  const names = series.map(([of]) => of);
  const most = Math.max(...bars.map((bar) => bar.value), 0);
  const size = both ? 34 : 26;
  const axis = { field: 'value', type: 'quantitative', title: null, scale: { domain: [Math.min(0, ...bars.map((bar) => bar.value)), most * 1.16 || 1], nice: false }, axis: { format: both ? '.0%' : ',~r', tickCount: 5 } };
  const along = { field: 'segment', type: 'nominal', sort: null, scale: { domain: labels, paddingInner: 0.25 }, title: null, axis: { ticks: false, domain: false, labelPadding: 6, labelOverlap: false } };
  return makeChart(setting, {
    title,
    subtitle: words.asOf(asOfOf(scored), formats.count(table.numRows)),
    height: 110 + size * labels.length,
    values: new Table([['segment', categoryColumn(labels)], ...series.map(([of, column]) => [of, { type: 'number', data: numbersOf(where, segments, column) }] as const)]),
    view: {
      data: { values: bars },
      encoding: { x: axis, y: along, ...(both ? { yOffset: { field: 'of', sort: names } } : {}) },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            color: both ? { field: 'of', type: 'nominal', scale: { domain: names, range: [COLORS.blue, COLORS.orange] }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'square' } } : { value: COLORS.blue },
            tooltip: [{ field: 'segment', title: words.segment }, ...(both ? [{ field: 'of', title: words.segmentBars.what }] : []), { field: 'value', title: both ? words.share : measureName(words, measure), format }],
          },
        },
        { mark: { type: 'text', align: 'left', dx: 4, fontSize: 11, color: COLORS.pale, tooltip: null, aria: false }, encoding: { text: { field: 'value', type: 'quantitative', format } } },
      ],
    },
  });
}
