import { asTable, cellOf, columnMissing, numbersOf, type TableInput } from '../../columns/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';

/**
 * Where churn happens: the share of each group that left, with its limits, and each group's share of all churn in words.
 *
 * A dashed line marks the rate of all customers.
 *
 * @param distribution what `churnDistribution` returned
 * @throws ClienteleError `COLUMN_MISSING` for another table; `OPTION_INVALID`
 * @example
 * charts.churnBars(churnDistribution(customers, { by: 'contract' }));
 */
export function churnBars(distribution: TableInput, options: ChartOptions = {}): Chart {
  const where = 'churnBars';
  const setting = chartSetting(where, options);
  const words = churnWords(setting.language).churn;
  const table = asTable(where, distribution);
  for (const name of ['group', 'customers', 'churned', 'rate', 'low', 'high', 'shareOfChurn']) if (!table.has(name)) throw columnMissing(where, name, table.names);
  if (table.numRows === 0) return emptyChart(setting, words.title);
  const formats = formatsOf(setting.locale);
  const [customers, churned, rate, low, high, share] = ['customers', 'churned', 'rate', 'low', 'high', 'shareOfChurn'].map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const sum = (data: Float64Array): number => data.reduce((a, b) => a + b, 0);
  const overall = sum(churned) / sum(customers);
  const rows = Array.from(rate, (value, i) => {
    const group = String(cellOf(table.column('group'), i));
    return {
      group, rate: value, low: low[i]!, high: high[i]!, customers: customers[i]!, churned: churned[i]!, share: Number.isNaN(share[i]!) ? null : share[i]!,
      text: `${formats.percent(value)}${Number.isNaN(share[i]!) ? '' : ` · ${formats.percent(share[i]!)} ${words.ofChurn}`}`, say: `${group}: ${formats.percent(value)} (${formats.percent(low[i]!)} – ${formats.percent(high[i]!)})`,
    };
  });
  const most = Math.max(...rows.map((row) => row.high), overall);
  const x = { field: 'rate', type: 'quantitative', title: words.rate, axis: { format: '.0%', values: ticksTo(most) }, scale: { domain: [0, most * 1.75], nice: false } };
  const y = { field: 'group', type: 'nominal', sort: null, scale: { paddingInner: 0.3 }, title: null, axis: { ticks: false, domain: false, labelPadding: 6, labelOverlap: false } };
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(sum(churned)), formats.count(sum(customers))),
    height: 120 + 30 * rows.length,
    values: table,
    view: {
      data: { values: rows },
      encoding: { y },
      layer: [
        { data: { values: [{ rate: overall }] }, mark: { type: 'rule', color: COLORS.pale, strokeDash: [4, 3], tooltip: null, aria: false }, encoding: { x, y: { value: 0 }, y2: { value: 'height' } } },
        { mark: { type: 'bar', color: COLORS.blue, cornerRadiusEnd: 2, tooltip: true }, encoding: { x, description: { field: 'say', type: 'nominal' }, tooltip: [{ field: 'group', title: words.group }, { field: 'rate', title: words.rate, format: '.1%' }, { field: 'low', title: '≥', format: '.1%' }, { field: 'high', title: '≤', format: '.1%' }, { field: 'share', title: words.ofChurn, format: '.1%' }, { field: 'customers', title: setting.words.customers, format: ',d' }] } },
        { mark: { type: 'rule', color: COLORS.ink, strokeWidth: 1.4, tooltip: null, aria: false }, encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } } },
        { mark: { type: 'text', align: 'left', dx: 8, fontSize: 11, color: COLORS.pale, tooltip: null, aria: false }, encoding: { x: { ...x, field: 'high' }, text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}

/** Even shares from 0 to the longest bar: the room behind it is for words. */
function ticksTo(most: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1].find((size) => most / size <= 5) ?? 0.2;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => Math.round(i * step * 100) / 100);
}
