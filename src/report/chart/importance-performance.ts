import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, type Table } from '../../columns/index.js';
import type { ImportancePerformance } from '../../satisfaction/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { FOUR_COLORS, quadrantMap, roomFor } from './quadrant-map.js';
import { surveyWords } from './survey-words.js';

/** Which of several groups and waves is drawn. */
export interface SurveyCellOptions extends ChartOptions {
  /** group to draw; the first by default */
  readonly group?: string;
  /** wave to draw; the last by default */
  readonly wave?: string;
}

const QUADRANTS = ['concentrate_here', 'keep_up', 'low_priority', 'possible_overkill'] as const;

/**
 * Importance and performance of items in four quadrants, what to improve first at the top left.
 *
 * Points are hollow where a cut lies within the limits, so that the item might stand in the next quadrant.
 *
 * @param placed a result of `importancePerformance`
 * @throws ClienteleError `VALUE_INVALID` for something else, or a group or wave that is not there; `OPTION_INVALID`
 * @example
 * charts.importancePerformance(importancePerformance(answers, { items, overall: 'satisfaction' }));
 *
 * O(items²).
 */
export function importancePerformance(placed: ImportancePerformance, options: SurveyCellOptions = {}): Chart {
  const where = 'importancePerformance';
  const setting = chartSetting(where, options, ['group', 'wave']);
  const words = surveyWords(setting.language);
  if (typeof placed !== 'object' || placed === null || !isTable(placed.table) || !isTable(placed.cuts) || !placed.table.has('quadrant')) throw notThisResult(where, placed, 'a result of importancePerformance', 'Pass what importancePerformance returned.');
  const { rows, said } = oneCell(where, placed.table, options);
  const table = placed.table.take(rows.filter((row) => cellOf(placed.table.column('quadrant'), row) !== null));
  const cuts = placed.cuts.take([Math.floor((rows[0] ?? 0) / Math.max(1, rows.length))]);
  const title = `${words.importance} / ${words.performance}`;
  if (table.numRows === 0) return emptyChart(setting, title, words.nothing);
  const number = (name: string): number[] => table.toRows().map((row) => row[name] as number);
  const [importance, performance] = [number('importance'), number('performance')];
  const [cutX, cutY] = [cuts.cell('performanceCut', 0) as number, cuts.cell('importanceCut', 0) as number];
  const formats = formatsOf(setting.locale);
  return quadrantMap(setting, {
    title, subtitle: [said, `${formats.count(Math.max(...number('n')))} ${setting.language === 'zh' ? '份答卷' : 'answers'}`].filter((part) => part !== '').join(', '),
    values: table.select(['item', 'importance', 'performance', 'quadrant', 'sure']),
    points: table.toRows().map((row, i) => ({ name: String(row['item']), x: performance[i]!, y: importance[i]!, kind: words.quadrants[row['quadrant'] as 'keep_up'], sure: row['sure'] === true, answers: row['n'] as number })),
    kinds: QUADRANTS.map((key, i) => ({ name: words.quadrants[key], color: FOUR_COLORS[i]! })),
    x: { title: words.performance, domain: roomFor(performance, cutX), cut: cutX }, y: { title: words.importance, domain: roomFor(importance, cutY), cut: cutY },
    names: { name: words.item, kind: words.quadrant, answers: words.answers },
    corners: [words.quadrants.concentrate_here, words.quadrants.keep_up, words.quadrants.low_priority, words.quadrants.possible_overkill],
  });
}

/** The rows of one group and wave, and its name. */
export function oneCell(where: string, table: Table, { group, wave }: SurveyCellOptions): { rows: number[]; said: string } {
  const all = Array.from({ length: table.numRows }, (_, row) => row);
  const groups = table.has('group') ? all.map((row) => String(cellOf(table.column('group'), row))) : undefined;
  const waves = table.has('wave') ? all.map((row) => String(cellOf(table.column('wave'), row))) : undefined;
  const wanted = [group ?? groups?.[0], wave ?? waves?.at(-1)];
  if ((group !== undefined && groups?.includes(group) !== true) || (wave !== undefined && waves?.includes(wave) !== true)) throw notThisResult(where, group ?? wave, 'a group and wave of the result', `Name one that is there: ${[...new Set([...(groups ?? []), ...(waves ?? [])])].join(', ')}.`);
  return { rows: all.filter((row) => (groups === undefined || groups[row] === wanted[0]) && (waves === undefined || waves[row] === wanted[1])), said: [groups === undefined ? undefined : wanted[0], waves === undefined ? undefined : wanted[1]].filter((part) => part !== undefined).join(', ') };
}
