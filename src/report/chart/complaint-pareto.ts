import { notThisResult } from '../../core/index.js';
import { isTable } from '../../columns/index.js';
import type { ComplaintPareto } from '../../satisfaction/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { surveyWords } from './survey-words.js';
import { COLORS } from './theme.js';

const MOST_TOPICS = 30;

/**
 * Topics of complaints, heaviest first, with their cumulated share beside them; the vital few are dark.
 *
 * At most 30 topics are drawn, and the heading says how many there are.
 *
 * @param found a result of `complaintPareto`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.complaintPareto(complaintPareto(complaints, { by: 'topic' }));
 *
 * O(topics).
 */
export function complaintPareto(found: ComplaintPareto, options: ChartOptions = {}): Chart {
  const where = 'complaintPareto';
  const setting = chartSetting(where, options);
  const words = surveyWords(setting.language);
  if (typeof found !== 'object' || found === null || !isTable(found.table) || !found.table.has('vital')) throw notThisResult(where, found, 'a result of complaintPareto', 'Pass what complaintPareto returned.');
  if (found.table.numRows === 0) return emptyChart(setting, found.label, words.nothing);
  const formats = formatsOf(setting.locale);
  const measure = found.table.has('cost') ? 'cost' : 'complaints';
  const rows = found.table.head(MOST_TOPICS).toRows().map((row) => ({ topic: String(row['topic']), value: row[measure] as number, share: row['share'] as number, cumulated: row['cumulated'] as number, vital: row['vital'] === true ? 'yes' : 'no', say: `${String(row['topic'])}: ${formats.count(row[measure] as number)}`, text: `${formats.percent(row['share'] as number)} → ${formats.percent(row['cumulated'] as number)}` }));
  const y = { field: 'topic', type: 'nominal', sort: null, scale: { domain: rows.map(({ topic }) => topic), paddingInner: 0.25 }, title: null, axis: { domain: false, ticks: false, labelLimit: 220 } };
  const x = { field: 'value', type: 'quantitative', title: words[measure], axis: { tickCount: 5, format: ',~r' }, scale: { domain: [0, rows[0]!.value * 1.3], nice: false } };
  const vital = found.table.toRows()[Math.max(0, found.vital - 1)]!;
  return makeChart(setting, {
    title: found.label,
    subtitle: `${words.vital(`${formats.count(found.vital)} / ${formats.count(found.table.numRows)}`, formats.percent(vital['cumulated'] as number))}`,
    height: 100 + 28 * rows.length, values: found.table,
    view: {
      data: { values: rows }, encoding: { y, x },
      layer: [
        { mark: { type: 'bar', cornerRadiusEnd: 2, tooltip: true }, encoding: { color: { condition: { test: "datum.vital === 'yes'", value: COLORS.blue }, value: COLORS.gray }, description: { field: 'say', type: 'nominal' }, tooltip: [{ field: 'topic', title: words.topic }, { field: 'value', title: words[measure], format: ',~r' }, { field: 'share', title: words.share, format: '.1%' }, { field: 'cumulated', title: words.cumulated, format: '.1%' }] } },
        { mark: { type: 'text', align: 'left', dx: 4, fontSize: 11, color: COLORS.pale, tooltip: null, aria: false }, encoding: { text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}
