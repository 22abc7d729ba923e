import { notThisResult } from '../../core/index.js';
import { isTable, numbersOf } from '../../columns/index.js';
import type { ControlChart } from '../../warnings/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { COLORS } from './theme.js';

/**
 * A series against its control limits, alarms marked.
 *
 * EWMA shows the values as points and the smoothed line within its limits; CUSUM the two sums; Shewhart the values within
 * the limits. Periods of the base stand left of the dotted line.
 *
 * @param chart a result of `ewma`, `cusum` or `shewhart`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.controlChart(ewma(monthlyRevenue));
 */
export function controlChart(chart: ControlChart, options: ChartOptions = {}): Chart {
  const where = 'controlChart';
  const setting = chartSetting(where, options);
  const words = churnWords(setting.language).control;
  if (typeof chart !== 'object' || chart === null || !isTable(chart.table) || !Object.hasOwn(words.titles, chart.kind)) throw notThisResult(where, chart, 'a control chart', 'Pass what ewma, cusum or shewhart returned.');
  const { kind, mean, basePoints, table } = chart;
  const column = (name: string): Float64Array => numbersOf(where, table, name);
  const values = column('value');
  const flags = table.toColumns()['alarm'] as readonly boolean[];
  const round = (value: number): number => Number(value.toPrecision(6));
  const series: readonly (readonly [string, Float64Array, string])[] = kind === 'ewma' ? [[words.smooth, column('ewma'), COLORS.blue]] : kind === 'cusum' ? [[words.plus, column('plus'), COLORS.orange], [words.minus, column('minus'), COLORS.blue]] : [[words.value, values, COLORS.blue]];
  const lines = series.flatMap(([of, data]) => Array.from(data, (value, period) => ({ period, value: round(value), of })));
  const worst = series.length === 1 ? series[0]![1] : column('plus').map((plus, t) => Math.max(plus, column('minus')[t]!));
  const alarms = Array.from(worst, (value, period) => ({ period, value: round(value), say: `${words.alarm}: ${words.period} ${period}` })).filter(({ period }) => flags[period] === true);
  const limits = kind === 'cusum' ? [] : Array.from(column('lower'), (lower, period) => ({ period, lower: round(lower), upper: round(column('upper')[period]!) }));
  const formats = formatsOf(setting.locale);
  const x = { field: 'period', type: 'quantitative', title: words.period, scale: { domain: [0, Math.max(1, values.length - 1)], nice: false }, axis: { tickCount: 10, tickMinStep: 1, format: 'd', grid: false } };
  const y = { field: 'value', type: 'quantitative', title: kind === 'cusum' ? words.sums : null, scale: { zero: kind === 'cusum' }, axis: { format: ',~r', tickCount: 6 } };
  const names = series.map(([of]) => of);
  return makeChart(setting, {
    title: words.titles[kind],
    subtitle: words.about(formats.count(mean), formats.count(basePoints), formats.count(alarms.length)),
    height: 360,
    values: table,
    view: {
      encoding: { x },
      layer: [
        ...(limits.length === 0 ? [] : [{ data: { values: limits }, mark: { type: 'area', color: COLORS.sky, opacity: 0.18, line: false, tooltip: null, aria: false }, encoding: { y: { field: 'lower', type: 'quantitative', scale: { zero: false } }, y2: { field: 'upper' } } }]),
        { data: { values: [{ period: basePoints - 0.5 }] }, mark: { type: 'rule', color: COLORS.pale, strokeDash: [2, 3], tooltip: null, aria: false } },
        ...(kind === 'cusum' ? [] : [{ data: { values: [{ value: round(mean) }] }, mark: { type: 'rule', color: COLORS.pale, strokeWidth: 1, tooltip: null, aria: false }, encoding: { x: { value: 0 }, x2: { value: 'width' }, y } }]),
        ...(kind === 'ewma' ? [{ data: { values: Array.from(values, (value, period) => ({ period, value: round(value) })) }, mark: { type: 'point', filled: true, size: 28, color: COLORS.gray, opacity: 1, tooltip: true, aria: false }, encoding: { y, tooltip: [{ field: 'period', title: words.period }, { field: 'value', title: words.value, format: ',.4~g' }] } }] : []),
        { data: { values: lines }, mark: { type: 'line', strokeWidth: 2.2, tooltip: null, description: words.titles[kind] }, encoding: { y, color: { field: 'of', type: 'nominal', scale: { domain: names, range: series.map(([, , color]) => color) }, title: null, legend: names.length < 2 ? null : { orient: 'top', direction: 'horizontal', symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 2.5 } } } },
        { data: { values: lines }, mark: { type: 'point', opacity: 0, size: 100, tooltip: true, aria: false }, encoding: { y, tooltip: [{ field: 'period', title: words.period }, { field: 'of', title: words.series }, { field: 'value', title: words.value, format: ',.4~g' }] } },
        { data: { values: alarms }, mark: { type: 'point', filled: true, size: 90, color: COLORS.vermillion, opacity: 1, stroke: '#ffffff', strokeWidth: 1, tooltip: true }, encoding: { y, description: { field: 'say', type: 'nominal' }, tooltip: [{ field: 'say', title: words.alarm }] } },
      ],
    },
  });
}
