import { notThisResult } from '../../core/index.js';
import { isTable, numbersOf } from '../../columns/index.js';
import type { KeyCustomers } from '../../decisions/index.js';
import { formatsOf } from '../format.js';
import { cellMatrix } from './cell-matrix.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { moneyWords } from './money-words.js';

/**
 * Key customers as a matrix of level and firmness: how many stand in each cell, and its name; what to do is in the tooltip.
 *
 * @param keys what `keyCustomers` returned; labels keep its language
 * @throws ClienteleError `VALUE_INVALID` for anything else; `OPTION_INVALID`
 * @example
 * charts.keyCustomerMatrix(keyCustomers(accounts, { level, firmness }));
 */
export function keyCustomerMatrix(keys: Pick<KeyCustomers, 'matrix'>, options: ChartOptions = {}): Chart {
  const where = 'keyCustomerMatrix';
  const setting = chartSetting(where, options);
  const words = moneyWords(setting.language).keys;
  if (typeof keys !== 'object' || keys === null || !isTable(keys.matrix) || !keys.matrix.has('action')) throw notThisResult(where, keys, 'a result of keyCustomers', 'Pass keyCustomers(accounts, { level, firmness }).');
  const { matrix } = keys;
  const formats = formatsOf(setting.locale);
  const customers = numbersOf(where, matrix, 'customers');
  const most = Math.max(...customers, 0);
  const classOf: Readonly<Record<string, string>> = { high: words.classes[0], middle: words.classes[1], low: words.classes[2] };
  const cells = Array.from(customers, (count, i) => {
    const [level, firmness] = String(matrix.cell('cell', i)).split('_') as [string, string];
    const label = String(matrix.cell('label', i));
    return { up: classOf[level]!, across: classOf[firmness]!, shade: most > 0 ? count / most : 0, head: formats.count(count), text: label, say: `${label}, ${words.about(formats.count(count))}. ${words.action}: ${String(matrix.cell('action', i))}` };
  });
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(customers.reduce((a, b) => a + b, 0))),
    height: 400,
    values: matrix,
    // Firm relationships stand to the right, as high levels stand above.
    view: cellMatrix(cells, { across: { title: words.firmness, classes: [...words.classes].reverse() }, up: { title: words.level, classes: words.classes } }, setting.width),
  });
}
