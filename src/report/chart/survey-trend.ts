import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, type Table } from '../../columns/index.js';
import type { SurveyResult } from '../../satisfaction/index.js';
import { formatsOf } from '../format.js';
import { cutText } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';
import { surveyWords } from './survey-words.js';

/** How {@link surveyTrend} is drawn. */
export interface SurveyTrendOptions extends ChartOptions {
  /** which of several figures, by the key in the first column (`'total'`, `'all'` …); the last by default */
  readonly series?: string;
}

const GROUP_COLORS: readonly string[] = [COLORS.blue, COLORS.vermillion, COLORS.green, COLORS.purple, COLORS.orange, COLORS.sky, COLORS.ink];

/**
 * A figure of a survey with its confidence limits: over waves, groups side by side; or by group where there are no waves.
 *
 * Points are hollow where there are too few answers to publish. Limits that overlap a little can still belong to a real
 * difference: see `differences` of the result.
 *
 * @param measured a result of `nps`, `csat`, `ces`, `acsi`, `satisfactionIndex` …
 * @throws ClienteleError `VALUE_INVALID` for something else, or a series that is not there; `OPTION_INVALID`
 * @example
 * charts.surveyTrend(nps(answers, { score: 'recommend', wave: 'quarter', by: 'shop' }));
 *
 * O(figures).
 */
export function surveyTrend(measured: SurveyResult, options: SurveyTrendOptions = {}): Chart {
  const where = 'surveyTrend';
  const setting = chartSetting(where, options, ['series']);
  const words = surveyWords(setting.language);
  if (typeof measured !== 'object' || measured === null || !isTable(measured.table) || !measured.table.has('value') || !measured.table.has('low')) throw notThisResult(where, measured, 'a result of nps, csat, acsi or the like', 'Pass what such a function returned.');
  const { rows, key } = oneSeries(where, measured.table, options.series);
  const title = key === undefined ? measured.label : `${measured.label}: ${key}`;
  const formats = formatsOf(setting.locale);
  const text = (name: string, row: number): string => String(cellOf(measured.table.column(name), row));
  const [waved, grouped] = [measured.table.has('wave'), measured.table.has('group')];
  const points = rows.filter((row) => !Number.isNaN(numberAt(measured.table, 'value', row))).map((row) => ({
    along: waved ? text('wave', row) : grouped ? text('group', row) : words.value, group: grouped && waved ? text('group', row) : '',
    value: numberAt(measured.table, 'value', row), low: numberAt(measured.table, 'low', row), high: numberAt(measured.table, 'high', row), n: numberAt(measured.table, 'n', row),
    fill: cellOf(measured.table.column('publish'), row) === true ? 'yes' : 'no',
  })).map((point) => ({ ...point, say: `${point.group === '' ? '' : `${point.group}, `}${point.along}: ${formats.count(point.value)} (${formats.count(point.low)} – ${formats.count(point.high)}), ${words.answers} ${formats.count(point.n)}` }));
  if (points.length === 0) return emptyChart(setting, title, words.nothing);

  const names = [...new Set(points.map(({ group }) => group))];
  const alongs = [...new Set(rows.map((row) => (waved ? text('wave', row) : grouped ? text('group', row) : words.value)))];
  const level = `${Math.round(measured.level * 1000) / 10}%`;
  const subtitle = [words.limits(level), ...(points.some(({ fill }) => fill === 'no') ? [words.hollow(formats.count(measured.minimum))] : [])].join(setting.language === 'zh' ? '；' : '; ');
  const color = { field: 'group', type: 'nominal', scale: { domain: names, range: names.map((_, i) => GROUP_COLORS[i % GROUP_COLORS.length]) }, title: null, legend: names.length > 1 ? { orient: 'top', direction: 'horizontal', symbolType: 'circle', symbolOpacity: 1, columns: 4 } : null };
  const place = { field: 'along', type: 'ordinal', sort: null, scale: { domain: alongs, paddingInner: 0.3, paddingOuter: 0.2 }, title: null, axis: { grid: false, labelAngle: waved && alongs.length > 8 ? -40 : 0, labelLimit: 160 } };
  const measure = { field: 'value', type: 'quantitative', title: cutText(measured.label, 12, 300), scale: { zero: false }, axis: { tickCount: 6, format: ',~r' } };
  // Waves run from left to right; groups, with their longer names, from top to bottom.
  const [x, y, ends, offset] = waved || !grouped ? [place, measure, { y: { ...measure, field: 'low' }, y2: { field: 'high' }, x: place }, 'xOffset'] as const : [measure, place, { x: { ...measure, field: 'low' }, x2: { field: 'high' }, y: place }, 'yOffset'] as const;
  const beside = names.length > 1 ? { [offset]: { field: 'group', sort: names, scale: { domain: names } } } : {};
  const tooltip = [...(waved ? [{ field: 'along', title: words.wave }] : []), ...(grouped ? [{ field: waved ? 'group' : 'along', title: words.group }] : []), ...(['value', 'low', 'high'] as const).map((field) => ({ field, title: field === 'value' ? words.value : field === 'low' ? '–' : '+', format: ',.3~f' })), { field: 'n', title: words.answers, format: ',d' }];
  return makeChart(setting, {
    title, subtitle, height: waved || !grouped ? 380 : 110 + 34 * alongs.length,
    values: measured.table.take(rows),
    view: {
      data: { values: points },
      layer: [
        // Lines of several groups, drawn side by side, would cross the limits.
        ...(waved && names.length === 1 && alongs.length > 1 ? [{ mark: { type: 'line', strokeWidth: 1.5, opacity: 0.5, tooltip: null, aria: false }, encoding: { x, y, color } }] : []),
        { mark: { type: 'rule', strokeWidth: 2, tooltip: null, aria: false }, encoding: { ...ends, ...beside, color } },
        { mark: { type: 'point', size: 80, strokeWidth: 2, opacity: 1, tooltip: true }, encoding: { x, y, ...beside, stroke: color, fill: { condition: { test: "datum.fill === 'yes'", field: 'group', type: 'nominal', scale: color.scale, legend: null }, value: '#ffffff' }, tooltip, description: { field: 'say', type: 'nominal' } } },
      ],
    },
  });
}

/** The rows of one figure where the table holds several, told apart by its first column. */
function oneSeries(where: string, table: Table, series: string | undefined): { rows: number[]; key: string | undefined } {
  const all = Array.from({ length: table.numRows }, (_, row) => row);
  const name = table.names[0]!;
  if (['group', 'wave', 'asked', 'n'].includes(name)) {
    if (series !== undefined) throw notThisResult(where, series, 'a series of the result', 'It holds one figure only: leave series out.');
    return { rows: all, key: undefined };
  }
  const keys = all.map((row) => String(cellOf(table.column(name), row)));
  const wanted = series ?? keys.at(-1);
  if (!keys.includes(wanted!)) throw notThisResult(where, series, 'a series of the result', `Name one that is there: ${[...new Set(keys)].join(', ')}.`);
  const rows = all.filter((row) => keys[row] === wanted);
  return { rows, key: table.has('label') ? String(cellOf(table.column('label'), rows[0]!)) : wanted };
}

function numberAt(table: Table, name: string, row: number): number {
  return (cellOf(table.column(name), row) as number | null) ?? NaN;
}
