import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../../columns/index.js';
import type { KaplanMeier } from '../../churn/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { emptyChart } from './empty.js';
import { LINE_COLORS } from './theme.js';

/** How {@link survivalCurves} is drawn. */
export interface SurvivalCurvesOptions extends ChartOptions {
  /** what time is measured in, for the axis: `'months'` */
  readonly unit?: string;
}

interface Point {
  readonly time: number;
  readonly until: number;
  readonly of: string;
  readonly survival: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * How long customers stay: the survival curve of each group as steps, with its limits as a band.
 *
 * @param fitted a result of `kaplanMeier`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.survivalCurves(kaplanMeier(customers, { time: 'tenure', by: 'contract' }), { unit: 'months' });
 */
export function survivalCurves(fitted: KaplanMeier, options: SurvivalCurvesOptions = {}): Chart {
  const where = 'survivalCurves';
  const setting = chartSetting(where, options, ['unit']);
  const words = churnWords(setting.language).survival;
  if (typeof fitted !== 'object' || fitted === null || !isTable(fitted.curve) || !isTable(fitted.summary)) throw notThisResult(where, fitted, 'a result of kaplanMeier', 'Pass what kaplanMeier(data) returned.');
  const points = pointsOf(where, fitted.curve, words.all);
  if (points.length === 0) return emptyChart(setting, words.title);
  const formats = formatsOf(setting.locale);
  const names = [...new Set(points.map(({ of }) => of))];
  const sum = (column: string): number => numbersOf(where, fitted.summary, column).reduce((a, b) => a + b, 0);
  const x = { field: 'time', type: 'quantitative', title: options.unit === undefined ? words.time : `${words.time} (${options.unit})`, axis: { tickCount: 8, grid: false, format: ',~r' }, scale: { nice: false } };
  const y = { field: 'survival', type: 'quantitative', title: words.share, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const color = { field: 'of', type: 'nominal', scale: { domain: names, range: LINE_COLORS }, title: null, legend: names.length < 2 ? null : { orient: 'top', direction: 'horizontal', columns: 3, symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 2.5, symbolOpacity: 1 } };
  const tooltip = [{ field: 'of', title: words.group }, { field: 'time', title: words.time }, { field: 'survival', title: words.share, format: '.1%' }, { field: 'low', title: '≥', format: '.1%' }, { field: 'high', title: '≤', format: '.1%' }];
  const final = (of: string): string => ((own) => `${of}: ${formats.percent(own.at(-1)!.survival)} (${formats.count(own.at(-1)!.time)})`)(points.filter((point) => point.of === of));
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(sum('customers')), formats.count(sum('events'))),
    height: 400,
    values: fitted.summary as Table,
    view: {
      data: { values: points },
      encoding: { x, color },
      layer: [
        { transform: [{ filter: 'datum.low !== null' }], mark: { type: 'rect', opacity: 0.14, strokeWidth: 0, tooltip: null, aria: false }, encoding: { x2: { field: 'until' }, y: { field: 'low', type: 'quantitative', scale: { domain: [0, 1] }, title: words.share }, y2: { field: 'high' } } },
        ...names.map((of) => ({ transform: [{ filter: { field: 'of', equal: of } }], mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.2, tooltip: null, description: final(of) }, encoding: { y } })),
        { mark: { type: 'point', opacity: 0, size: 100, tooltip: true, aria: false }, encoding: { y, tooltip } },
      ],
    },
  });
}

/** The steps of each stratum, from 1 at time 0. */
function pointsOf(where: string, curve: Table, all: string): Point[] {
  const [time, survival, low, high] = ['time', 'survival', 'low', 'high'].map((name) => numbersOf(where, curve, name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const names = curve.has('stratum') ? Array.from(time, (_, i) => String(cellOf(curve.column('stratum'), i))) : Array.from(time, () => all);
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  const limit = (value: number): number | null => (Number.isNaN(value) ? null : round(value));
  const points: Point[] = [];
  for (let i = 0; i < time.length; i++) {
    const begins = i === 0 || names[i] !== names[i - 1];
    const ends = i + 1 === time.length || names[i + 1] !== names[i];
    if (begins && time[i]! > 0) points.push({ time: 0, until: time[i]!, of: names[i]!, survival: 1, low: null, high: null });
    points.push({ time: time[i]!, until: ends ? time[i]! : time[i + 1]!, of: names[i]!, survival: round(survival[i]!), low: limit(low[i]!), high: limit(high[i]!) });
  }
  return points;
}
