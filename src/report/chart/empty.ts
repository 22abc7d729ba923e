import { table } from '../../columns/index.js';
import { makeChart, type Chart, type ChartSetting } from './chart.js';
import { COLORS } from './theme.js';

/** A chart that says there is nothing to show, under its own heading. */
export function emptyChart(setting: ChartSetting, title: string, nothing: string = setting.words.nothing): Chart {
  return makeChart(setting, {
    title,
    height: 140,
    values: table({ [nothing]: [] as string[] }),
    view: { data: { values: [{ text: nothing }] }, mark: { type: 'text', fontSize: 14, color: COLORS.pale }, encoding: { text: { field: 'text', type: 'nominal' } } },
  });
}
