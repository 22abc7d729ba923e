import { checkWhole, ClienteleError, optionInvalid, valueText } from '../../core/index.js';
import { median, numbersOf, orderStatistics, Table, type TableInput } from '../../columns/index.js';
import type { RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, customersOf } from '../results.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';
import { measureName } from './words.js';

/** How {@link distribution} is drawn. */
export interface DistributionChartOptions extends ChartOptions {
  /** the measure, a numeric column; `'recency'` by default */
  readonly column?: string;
  /** about how many bars, 2 to 100; 30 by default. Bars have round limits. */
  readonly bars?: number;
  /** share of the customers whose values have bars of their own, above 0 to 1; 0.99 by default. The rest is in the last bar. */
  readonly upTo?: number;
}

/**
 * How many customers have which value of a measure, as bars of equal width with the median marked.
 *
 * A few customers far above the rest would squeeze all others into one bar: values above the 99th percentile stand in
 * the last bar, and the heading says so. Customers without a value are left out.
 *
 * @param data a result of `rfm`, `Customers`, or plain columns by name
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a column that is not numeric or an infinite value;
 *   `OPTION_INVALID`
 * @example
 * charts.distribution(customers, { column: 'monetary', language: 'zh' });
 *
 * O(n).
 */
export function distribution(data: RfmResult | TableInput, options: DistributionChartOptions = {}): Chart {
  const where = 'distribution';
  const setting = chartSetting(where, options, ['column', 'bars', 'upTo']);
  const { words } = setting;
  const column = options.column ?? 'recency';
  const bars = checkWhole(where, 'bars', options.bars ?? 30, 2, 100);
  const upTo = options.upTo ?? 0.99;
  if (!(upTo > 0 && upTo <= 1)) throw optionInvalid(where, 'upTo', upTo, 'Give a share above 0, up to 1.');
  const measure = measureName(words, column);
  const title = words.distribution.title(measure);
  const values = numbersOf(where, customersOf(where, data), column).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return emptyChart(setting, title);

  const histogram = countBars(where, column, values, bars, upTo);
  const formats = formatsOf(setting.locale);
  const middle = median(values);
  const above = histogram.above === 0 ? [] : [words.distribution.above(formats.percent(histogram.above / values.length), formats.count(histogram.limit))];
  const rows = Array.from(histogram.counts, (customers, i) => ({ from: histogram.edges[i]!, to: histogram.edges[i + 1]!, customers, say: `${formats.count(histogram.edges[i]!)} – ${formats.count(histogram.edges[i + 1]!)}: ${formats.count(customers)}` }));
  const x = { field: 'from', type: 'quantitative', title: measure, scale: { domain: [histogram.edges[0]!, histogram.edges.at(-1)!], nice: false, zero: false }, axis: { format: ',~r', tickCount: 8, grid: false } };
  return makeChart(setting, {
    title,
    subtitle: [words.asOf(asOfOf(data as object), formats.count(values.length)), words.distribution.middle(formats.count(middle)), ...above].join(setting.language === 'zh' ? '；' : '; '),
    height: 340,
    values: new Table([['from', number(rows.map((row) => row.from))], ['to', number(rows.map((row) => row.to))], ['customers', { type: 'integer', data: Int32Array.from(rows, (row) => row.customers) }]]),
    view: {
      encoding: { x },
      layer: [
        {
          data: { values: rows },
          mark: { type: 'rect', color: COLORS.blue, stroke: '#ffffff', strokeWidth: 1, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' }, x2: { field: 'to' }, y: { field: 'customers', type: 'quantitative', title: words.distribution.customers, axis: { format: ',d', tickCount: 5 } }, y2: { datum: 0 },
            tooltip: [{ field: 'from', title: '≥', format: ',~r' }, { field: 'to', title: '<', format: ',~r' }, { field: 'customers', title: words.customers, format: ',d' }],
          },
        },
        { data: { values: [{ from: Math.min(middle, histogram.edges.at(-1)!) }] }, mark: { type: 'rule', color: COLORS.vermillion, strokeWidth: 2, strokeDash: [5, 3], tooltip: null, aria: false } },
      ],
    },
  });
}

interface Histogram {
  /** ascending, one more than there are bars; all bars of equal width */
  readonly edges: readonly number[];
  readonly counts: Int32Array;
  /** how many values stand in the last bar only because they lie above `limit`, the last edge */
  readonly above: number;
  readonly limit: number;
}

function countBars(where: string, column: string, values: Float64Array, bars: number, upTo: number): Histogram {
  const rank = Math.min(values.length - 1, Math.ceil(upTo * values.length) - 1);
  const [least, high, most] = orderStatistics(values, [0, rank, values.length - 1]);
  for (const end of [least!, most!]) if (!Number.isFinite(end)) throw new ClienteleError('VALUE_INVALID', { where, column, value: String(end) }, `column ${valueText(column)} holds ${end}.`, 'Leave such values out.');
  const step = roundStep((high! - least!) / bars || 1);
  const first = Math.floor(least! / step);
  const count = Math.max(1, Math.floor(high! / step) - first + 1);
  const edges = Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  const counts = new Int32Array(count);
  let above = 0;
  for (const value of values) {
    const place = Math.floor(value / step) - first;
    if (place >= count) above++;
    counts[Math.max(0, Math.min(count - 1, place))]!++;
  }
  return { edges, counts, above, limit: edges[count]! };
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10) * power;
}

function number(values: readonly number[]): { type: 'number'; data: Float64Array } {
  return { type: 'number', data: Float64Array.from(values) };
}
