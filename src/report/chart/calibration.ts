import { notThisResult } from '../../core/index.js';
import { categoryColumn, isTable, numbersOf, Table } from '../../columns/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { lifetimeWords, modelName } from './lifetime-words.js';
import { COLORS } from './theme.js';

/** What the chart reads of a result of `backtest`. */
export interface BacktestResult {
  /** `repeats`, `customers`, `actual`, and a column per model */
  readonly calibration: Table;
  readonly meta: { readonly cutoff: string; readonly horizonDays: number; readonly customers: number };
}

/**
 * Do the models predict rightly for rare and for frequent buyers? Customers by their repeat purchases up to the cutoff:
 * what they bought after it on average as bars, what each model predicted as points.
 *
 * The last group holds everyone with as many purchases or more; groups without customers are left out.
 *
 * @param tested a result of `backtest`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.calibration(backtest(orders, { cutoff: '1997-09-30', horizon: { weeks: 39 } }));
 *
 * O(groups × models).
 */
export function calibration(tested: BacktestResult, options: ChartOptions = {}): Chart {
  const where = 'calibration';
  const setting = chartSetting(where, options);
  const words = lifetimeWords(setting.language);
  const { calibration: table, meta } = checkBacktest(where, tested);
  const { title } = words.calibration;
  const repeats = numbersOf(where, table, 'repeats');
  const customers = numbersOf(where, table, 'customers');
  const groups = Array.from(repeats.keys()).filter((i) => customers[i]! > 0);
  if (groups.length === 0) return emptyChart(setting, title);

  const formats = formatsOf(setting.locale);
  const open = repeats.length - 1;
  const label = (i: number): string => `${formats.count(repeats[i]!)}${i === open ? '+' : ''}`;
  const models = table.names.filter((name) => !['repeats', 'customers', 'actual'].includes(name));
  const rowsOf = (column: string, of: string): { group: string; of: string; mean: number; customers: number; say: string }[] => {
    const means = numbersOf(where, table, column);
    return groups.filter((i) => Number.isFinite(means[i]!)).map((i) => ({ group: label(i), of, mean: Math.round(means[i]! * 1000) / 1000, customers: customers[i]!, say: `${label(i)}, ${of}: ${formats.count(means[i]!)} (${setting.words.customers} ${formats.count(customers[i]!)})` }));
  };
  const bars = rowsOf('actual', words.actual);
  const points = models.flatMap((model) => rowsOf(model, modelName(model)));
  const names = models.map(modelName);
  const x = { field: 'group', type: 'ordinal', sort: null, scale: { domain: groups.map(label), paddingInner: 0.2, paddingOuter: 0.1 }, title: words.calibration.repeats, axis: { labelAngle: 0, domain: false, ticks: false } };
  const y = { field: 'mean', type: 'quantitative', title: words.calibration.mean, axis: { format: ',~r', tickCount: 5 }, scale: { zero: true } };
  const color = { field: 'of', type: 'nominal', scale: { domain: [words.actual, ...names], range: [COLORS.gray, ...MODEL_COLORS] }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolOpacity: 1 } };
  const tooltip = [{ field: 'group', title: words.calibration.repeats }, { field: 'of', title: words.calibration.what }, { field: 'mean', title: words.calibration.mean, format: ',.2f' }, { field: 'customers', title: setting.words.customers, format: ',d' }];
  return makeChart(setting, {
    title,
    subtitle: words.calibration.about(meta.cutoff, formats.count(meta.horizonDays), formats.count(meta.customers)),
    height: 400,
    values: new Table([
      [words.repeats, categoryColumn(groups.map(label))], [setting.words.customers, { type: 'integer', data: Int32Array.from(groups, (i) => customers[i]!) }],
      ...['actual', ...models].map((name) => [name === 'actual' ? words.actual : modelName(name), { type: 'number', data: Float64Array.from(groups, (i) => numbersOf(where, table, name)[i]!) }] as const),
    ]),
    view: {
      // Independent, or the bars would be as narrow as a point's place in the group.
      resolve: { scale: { xOffset: 'independent' } },
      layer: [
        { data: { values: bars }, mark: { type: 'bar', cornerRadiusEnd: 2, tooltip: true }, encoding: { x, y, color, tooltip, description: { field: 'say', type: 'nominal' } } },
        { data: { values: points }, mark: { type: 'point', filled: true, size: 70, opacity: 1, stroke: '#ffffff', strokeWidth: 1, tooltip: true }, encoding: { x, xOffset: { field: 'of', sort: names, scale: { domain: names } }, y, color, tooltip, description: { field: 'say', type: 'nominal' } } },
      ],
    },
  });
}

/** Apart for any eye, and darker than the bars. */
const MODEL_COLORS = [COLORS.blue, COLORS.vermillion, COLORS.green, COLORS.purple] as const;

function checkBacktest(where: string, tested: unknown): BacktestResult {
  const is = typeof tested === 'object' && tested !== null && 'calibration' in tested && isTable(tested.calibration) && 'meta' in tested && typeof tested.meta === 'object';
  if (is) return tested as BacktestResult;
  throw notThisResult(where, tested, 'a result of backtest', 'Pass what backtest(orders, { cutoff, horizon }) returned.');
}
