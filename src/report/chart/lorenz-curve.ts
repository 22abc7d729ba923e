import { numbersOf, type TableInput } from '../../columns/index.js';
import { gini, lorenz } from '../../pareto/index.js';
import type { RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, customersOf } from '../results.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { moneyWords } from './money-words.js';
import { COLORS } from './theme.js';
import { lower, measureName } from './words.js';

/** How {@link lorenzCurve} is drawn. */
export interface LorenzCurveOptions extends ChartOptions {
  /** the measure, a numeric column; `'monetary'` by default */
  readonly column?: string;
}

const STEPS = 100;

/**
 * The Lorenz curve: what share of the revenue the smallest customers bring, beside the line where all bring the same; the
 * Gini coefficient is twice the area between both.
 *
 * Customers without a value are left out.
 *
 * @param data a result of `rfm`, `Customers`, or plain columns by name
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` where the column is not numeric, has values below 0, or its total
 *   is not above 0; `OPTION_INVALID`
 * @example
 * charts.lorenzCurve(customers);
 * charts.lorenzCurve({ balance: [120, 30, 8] }, { column: 'balance' });
 *
 * O(n).
 */
export function lorenzCurve(data: RfmResult | TableInput, options: LorenzCurveOptions = {}): Chart {
  const where = 'lorenzCurve';
  const setting = chartSetting(where, options, ['column']);
  const words = moneyWords(setting.language).lorenz;
  const column = options.column ?? 'monetary';
  const measure = lower(measureName(setting.words, column === 'monetary' ? 'revenue' : column));
  const values = numbersOf(where, customersOf(where, data), column).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return emptyChart(setting, words.title(measure));

  const curve = lorenz(values, { steps: STEPS });
  const formats = formatsOf(setting.locale);
  const said = words.gini(gini(values).toFixed(3));
  const points = curve.toRows().map(({ customers, share }) => ({ customers, share: Math.round(Number(share) * 1e5) / 1e5, equal: customers }));
  const axis = { format: '.0%', tickCount: 5 };
  const x = { field: 'customers', type: 'quantitative', title: words.customers, axis, scale: { domain: [0, 1] } };
  const y = { field: 'share', type: 'quantitative', title: words.share(measure), axis, scale: { domain: [0, 1] } };
  // Above the diagonal there is never a curve.
  const label = (customers: number, share: number, text: string, color: string, more: object): object => ({
    data: { values: [{ customers, share, text }] },
    mark: { type: 'text', fontWeight: 600, color, tooltip: null, aria: false, ...more }, encoding: { x, y, text: { field: 'text', type: 'nominal' } },
  });
  return makeChart(setting, {
    title: words.title(measure),
    subtitle: setting.words.asOf(asOfOf(data as object), formats.count(values.length)),
    height: 440,
    values: curve.where((i) => i % 10 === 0),
    view: {
      data: { values: points },
      layer: [
        { mark: { type: 'area', color: COLORS.blue, opacity: 0.12, line: false, tooltip: null, aria: false }, encoding: { x, y, y2: { field: 'equal' } } },
        { mark: { type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: '#8c959f', tooltip: null, aria: false }, encoding: { x, y: { ...y, field: 'equal' } } },
        { mark: { type: 'line', color: COLORS.blue, strokeWidth: 2.5, tooltip: null, description: said }, encoding: { x, y } },
        { mark: { type: 'point', opacity: 0, size: 120, tooltip: true, aria: false }, encoding: { x, y, tooltip: [{ field: 'customers', title: words.customers, format: '.0%' }, { field: 'share', title: words.share(measure), format: '.1%' }] } },
        label(0.04, 0.93, said, COLORS.blue, { align: 'left', fontSize: 14 }),
        label(0.45, 0.45, words.equal, COLORS.pale, { align: 'right', baseline: 'bottom', dx: -8, fontWeight: 'normal' }),
      ],
    },
  });
}
