import { checkWord, dateText, dayOfText } from '../../core/index.js';
import { asTable, cellOf, columnMissing, dayOption, numbersOf, Table, type TableInput } from '../../columns/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { lifetimeWords } from './lifetime-words.js';
import { COLORS } from './theme.js';

/** How {@link trackingCurve} is drawn. */
export interface TrackingCurveOptions extends ChartOptions {
  /** `'cumulative'` (default): purchases since the start; `'per-step'`: purchases of each week, or whatever a step is */
  readonly show?: 'cumulative' | 'per-step';
  /** last day the model was fitted on, 'YYYY-MM-DD': a line there tells what it saw from what it predicts */
  readonly fittedUntil?: string;
}

/**
 * Repeat purchases of a cohort over time, as they happened and as a model expects them.
 *
 * A good model stays close to what happened beyond the days it was fitted on; name those by `fittedUntil`.
 *
 * @param tracked what `tracking` returned: `day`, `actual`, `expected`, `actualCumulative`, `expectedCumulative`
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a column that is not numeric; `OPTION_INVALID`
 * @example
 * charts.trackingCurve(tracking(model, orders), { show: 'per-step', fittedUntil: '1997-09-30' });
 *
 * O(steps).
 */
export function trackingCurve(tracked: TableInput, options: TrackingCurveOptions = {}): Chart {
  const where = 'trackingCurve';
  const setting = chartSetting(where, options, ['show', 'fittedUntil']);
  const words = lifetimeWords(setting.language);
  const cumulative = checkWord(where, 'show', options.show ?? 'cumulative', ['cumulative', 'per-step']) === 'cumulative';
  const fittedUntil = options.fittedUntil === undefined ? undefined : dateText(dayOption(where, 'fittedUntil', options.fittedUntil));
  const table = asTable(where, tracked);
  if (!table.has('day')) throw columnMissing(where, 'day', table.names);
  const days = Array.from({ length: table.numRows }, (_, i) => String(cellOf(table.column('day'), i)));
  const [actual, expected] = (cumulative ? ['actualCumulative', 'expectedCumulative'] : ['actual', 'expected']).map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array];
  const title = cumulative ? words.tracking.cumulative : words.tracking.perStep(stepDays(days));
  if (days.length === 0) return emptyChart(setting, title);

  const formats = formatsOf(setting.locale);
  const series = [[words.actual, actual], [words.expected, expected]] as const;
  const points = series.flatMap(([of, values]) => days.map((day, i) => ({ day, of, purchases: Math.round(values[i]! * 100) / 100 })));
  const said = (of: string, values: Float64Array): string => `${of}: ${formats.count(cumulative ? values.at(-1)! : values.reduce((sum, n) => sum + n, 0))} (${days.at(-1)})`;
  const names = series.map(([of]) => of);
  const x = { field: 'day', type: 'temporal', title: null, scale: { type: 'utc' }, axis: { format: days.length > 1 && span(days) < 120 ? '%m-%d' : '%Y-%m', tickCount: 8, grid: false } };
  const y = { field: 'purchases', type: 'quantitative', title: cumulative ? words.tracking.cumulativeAxis : words.purchases, axis: { format: ',~r', tickCount: 5 }, scale: { zero: true } };
  const color = { field: 'of', type: 'nominal', scale: { domain: names, range: [COLORS.blue, COLORS.vermillion] }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'stroke', symbolSize: 500, symbolStrokeWidth: 2.5 } };
  const dash = { field: 'of', type: 'nominal', scale: { domain: names, range: [[1, 0], [7, 4]] }, title: null };
  const until = fittedUntil === undefined ? [] : [
    { data: { values: [{ day: fittedUntil }] }, mark: { type: 'rule', color: COLORS.pale, strokeDash: [2, 3], strokeWidth: 1.5, tooltip: null, aria: false }, encoding: { x } },
    { data: { values: [{ day: fittedUntil, text: words.tracking.until(fittedUntil) }] }, mark: { type: 'text', ...besideRule(days, fittedUntil), baseline: 'bottom', dy: -4, color: COLORS.pale, tooltip: null, aria: false }, encoding: { x, y: { value: 'height' }, text: { field: 'text', type: 'nominal' } } },
  ];
  return makeChart(setting, {
    title,
    subtitle: `${days[0]} – ${days.at(-1)}`,
    height: 380,
    values: new Table([['day', table.column('day')], [words.actual, { type: 'number', data: actual }], [words.expected, { type: 'number', data: expected }]]),
    view: {
      data: { values: points },
      layer: [
        ...series.map(([of, values]) => ({
          transform: [{ filter: { field: 'of', equal: of } }],
          mark: { type: 'line', strokeWidth: 2.5, tooltip: null, description: said(of, values) },
          encoding: { x, y, color, strokeDash: dash },
        })),
        { mark: { type: 'point', filled: true, size: days.length === 1 ? 60 : 120, opacity: days.length === 1 ? 1 : 0, tooltip: true, aria: false }, encoding: { x, y, color, tooltip: [{ field: 'day', type: 'nominal', title: words.day }, { field: 'of', title: ' ' }, { field: 'purchases', title: words.purchases, format: ',.1f' }] } },
        ...until,
      ],
    },
  });
}

/** Days from one step to the next; unknown of a single one. */
function stepDays(days: readonly string[]): number | undefined {
  return days.length < 2 ? undefined : span(days.slice(0, 2));
}

/** Days between the first and the last. */
function span(days: readonly string[]): number {
  return (dayOfText(days.at(-1)!) ?? 0) - (dayOfText(days[0]!) ?? 0);
}

/** On which side of the line its words have room. */
function besideRule(days: readonly string[], day: string): { align: 'left' | 'right'; dx: number } {
  const share = span([days[0]!, day]) / Math.max(1, span(days));
  return share > 0.5 ? { align: 'right', dx: -6 } : { align: 'left', dx: 6 };
}
