import { notThisResult } from '../../core/index.js';
import { isTable } from '../../columns/index.js';
import type { KanoResult } from '../../satisfaction/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, type Chart } from './chart.js';
import { emptyChart } from './empty.js';
import { oneCell, type SurveyCellOptions } from './importance-performance.js';
import { FOUR_COLORS, quadrantMap } from './quadrant-map.js';
import { surveyWords } from './survey-words.js';

const CATEGORIES = ['M', 'O', 'A', 'I'] as const;

/**
 * Features by how much having them satisfies (up) and how much lacking them hurts (right), coloured by their Kano category.
 *
 * Points are hollow where the two most frequent categories differ by no more than chance. Features whose category is
 * reverse or questionable are left out; the table has them.
 *
 * @param found a result of `kano`
 * @throws ClienteleError `VALUE_INVALID` for something else, or a group or wave that is not there; `OPTION_INVALID`
 * @example
 * charts.kanoMap(kano(answers));
 *
 * O(features²).
 */
export function kanoMap(found: KanoResult, options: SurveyCellOptions = {}): Chart {
  const where = 'kanoMap';
  const setting = chartSetting(where, options, ['group', 'wave']);
  const words = surveyWords(setting.language);
  if (typeof found !== 'object' || found === null || found.measure !== 'kano' || !isTable(found.table)) throw notThisResult(where, found, 'a result of kano', 'Pass what kano returned.');
  const { rows, said } = oneCell(where, found.table, options);
  const all = found.table.take(rows);
  const table = all.where((row) => CATEGORIES.includes(all.cell('category', row) as 'M') && all.cell('better', row) !== null);
  const title = setting.language === 'zh' ? 'Kano 图：满意系数与不满意系数' : 'Kano map: better and worse';
  if (table.numRows === 0) return emptyChart(setting, title, words.nothing);
  const formats = formatsOf(setting.locale);
  const points = table.toRows().map((row) => ({ name: String(row['feature']), x: -(row['worse'] as number), y: row['better'] as number, kind: words.categories[row['category'] as 'M'], sure: row['clear'] === true, answers: row['n'] as number }));
  return quadrantMap(setting, {
    title, subtitle: [said, `${formats.count(Math.max(...points.map(({ answers }) => answers)))} ${setting.language === 'zh' ? '份答卷' : 'answers'}`].filter((part) => part !== '').join(', '),
    values: table.select(['feature', 'category', 'better', 'worse', 'clear']), points,
    kinds: CATEGORIES.map((key, i) => ({ name: words.categories[key], color: FOUR_COLORS[[0, 1, 3, 2][i]!]! })),
    x: { title: words.worse, domain: [-0.03, 1.03], cut: 0.5 }, y: { title: words.better, domain: [-0.03, 1.03], cut: 0.5 },
    names: { name: words.feature, kind: words.category, answers: words.answers },
    corners: [words.categories.A, words.categories.O, words.categories.I, words.categories.M],
  });
}
