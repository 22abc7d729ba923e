import { ClienteleError, valueText } from '../../core/index.js';
import { numbersOf, Table, type TableInput } from '../../columns/index.js';
import type { RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, customersOf } from '../results.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';
import { measureName } from './words.js';

/** How {@link paretoCurve} is drawn. */
export interface ParetoCurveOptions extends ChartOptions {
  /** the measure, a numeric column; `'monetary'` by default */
  readonly column?: string;
}

const STEPS = 100;

/**
 * What share of the revenue the best customers bring: customers sorted by money, best first, and their money added up.
 *
 * Customers without a value are left out. Where returns make customers negative, the curve rises above 100 % and comes
 * back.
 *
 * @param data a result of `rfm`, `Customers`, or plain columns by name
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` where the column is not numeric, or its total is not above 0;
 *   `OPTION_INVALID`
 * @example
 * charts.paretoCurve(customers);
 * charts.paretoCurve({ profit: [120, 30, 8] }, { column: 'profit' });
 *
 * O(n log n).
 */
export function paretoCurve(data: RfmResult | TableInput, options: ParetoCurveOptions = {}): Chart {
  const where = 'paretoCurve';
  const setting = chartSetting(where, options, ['column']);
  const { words } = setting;
  const column = options.column ?? 'monetary';
  const measure = column === 'monetary' ? measureName(words, 'revenue') : measureName(words, column);
  const title = words.pareto.title(measure);
  const sorted = numbersOf(where, customersOf(where, data), column).filter((value) => !Number.isNaN(value)).sort().reverse();
  if (sorted.length === 0) return emptyChart(setting, title);

  const curve = cumulate(where, column, sorted);
  const formats = formatsOf(setting.locale);
  const twenty = curve[STEPS / 5]!;
  const points = Array.from(curve, (share, step) => ({ customers: step / STEPS, share: Math.round(share * 1e5) / 1e5 }));
  const top = Math.max(1, ...curve);
  const x = { field: 'customers', type: 'quantitative', title: words.pareto.customers, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const y = { field: 'share', type: 'quantitative', title: words.pareto.cumulative(measure), axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, Math.ceil(top * 20) / 20], nice: false } };
  const said = words.pareto.twenty(formats.percent(twenty), measure);
  return makeChart(setting, {
    title,
    subtitle: words.asOf(asOfOf(data as object), formats.count(sorted.length)),
    height: 400,
    values: new Table([['customers', { type: 'number', data: Float64Array.from([0.01, 0.05, 0.1, 0.2, 0.5, 1]) }], ['share', { type: 'number', data: Float64Array.from([1, 5, 10, 20, 50, 100], (step) => curve[step]!) }]]),
    view: {
      encoding: { x, y },
      layer: [
        { data: { values: [{ customers: 0, share: 0 }, { customers: 1, share: 1 }] }, mark: { type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: '#8c959f', tooltip: null, aria: false } },
        { data: { values: points }, mark: { type: 'area', color: COLORS.blue, opacity: 0.12, line: false, tooltip: null, aria: false } },
        { data: { values: points }, mark: { type: 'line', color: COLORS.blue, strokeWidth: 2.5, tooltip: null, description: said } },
        { data: { values: points }, mark: { type: 'point', opacity: 0, size: 120, tooltip: true, aria: false }, encoding: { tooltip: [{ field: 'customers', title: words.pareto.customers, format: '.0%' }, { field: 'share', title: words.pareto.cumulative(measure), format: '.1%' }] } },
        { data: { values: [{ customers: 0.2, share: twenty }] }, mark: { type: 'point', filled: true, size: 70, color: COLORS.vermillion, opacity: 1, tooltip: null, aria: false } },
        { data: { values: [{ customers: 0.2, share: twenty, text: said }] }, mark: { type: 'text', align: 'left', baseline: 'top', dx: 10, dy: 6, fontWeight: 600, tooltip: null, aria: false }, encoding: { text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}

/** The share of the total that the first 0 %, 1 % … 100 % of the values have, between customers by straight lines. */
function cumulate(where: string, column: string, sorted: Float64Array): Float64Array {
  const sums = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) sums[i + 1] = sums[i]! + sorted[i]!;
  const total = sums[sorted.length]!;
  if (!(total > 0) || !Number.isFinite(total)) {
    throw new ClienteleError('VALUE_INVALID', { where, column, value: valueText(total) }, `the total of column ${valueText(column)} is ${total}, so there are no shares of it.`, 'Name a column whose total is above 0.');
  }
  return Float64Array.from({ length: STEPS + 1 }, (_, step) => {
    const at = (step * sorted.length) / STEPS;
    const below = Math.floor(at);
    const next = sorted[below] ?? 0;
    return (sums[below]! + next * (at - below)) / total;
  });
}
