import { notThisResult } from '../../core/index.js';
import { isTable, numbersOf, type Table } from '../../columns/index.js';
import type { AbcXyzResult } from '../../pareto/index.js';
import { formatsOf } from '../format.js';
import { cellMatrix } from './cell-matrix.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { moneyWords } from './money-words.js';

/**
 * ABC × XYZ as a matrix: how many items each cell has, and what share of the total they bring; the darker, the more.
 *
 * @param crossed what `abcXyz` returned
 * @throws ClienteleError `VALUE_INVALID` for anything else; `OPTION_INVALID`
 * @example
 * charts.abcXyzMatrix(abcXyz(orders, { by: 'product' }));
 */
export function abcXyzMatrix(crossed: Pick<AbcXyzResult, 'matrix'>, options: ChartOptions = {}): Chart {
  const where = 'abcXyzMatrix';
  const setting = chartSetting(where, options);
  const words = moneyWords(setting.language).abcXyz;
  if (typeof crossed !== 'object' || crossed === null || !isTable(crossed.matrix) || !crossed.matrix.has('shareOfItems')) throw notThisResult(where, crossed, 'a result of abcXyz', "Pass abcXyz(orders, { by: 'product' }).");
  const matrix: Table = crossed.matrix;
  const formats = formatsOf(setting.locale);
  const [items, shares] = ['items', 'share'].map((name) => numbersOf(where, matrix, name)) as [Float64Array, Float64Array];
  const most = Math.max(...shares, 0);
  const cells = Array.from(items, (count, i) => {
    const cell = String(matrix.cell('cell', i));
    const text = words.cell(formats.count(count), formats.percent(shares[i]!));
    return { up: cell.charAt(0), across: cell.charAt(1), shade: most > 0 ? Math.max(0, shares[i]!) / most : 0, head: cell, text, say: `${cell}: ${text}` };
  });
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(items.reduce((a, b) => a + b, 0))),
    height: 400,
    values: matrix,
    view: cellMatrix(cells, { across: { title: words.across, classes: ['X', 'Y', 'Z'] }, up: { title: words.up, classes: ['A', 'B', 'C'] } }, setting.width),
  });
}
