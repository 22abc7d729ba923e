import { asTable, columnMissing, numbersOf, type TableInput } from '../../columns/index.js';
import { measureLabel } from '../../transactions/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { moneyWords } from './money-words.js';
import { COLORS } from './theme.js';

/**
 * How much of a selection stays when each criterion's weight is lowered and raised: a dot each, the less the further left.
 *
 * @param sensitivity what `screeningSensitivity` returned: two rows per criterion
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * charts.sensitivityRange(screeningSensitivity(accounts, criteria, { change: 0.5 }));
 */
export function sensitivityRange(sensitivity: TableInput, options: ChartOptions = {}): Chart {
  const where = 'sensitivityRange';
  const setting = chartSetting(where, options);
  const words = moneyWords(setting.language).sensitivity;
  const table = asTable(where, sensitivity);
  if (!table.has('criterion')) throw columnMissing(where, 'criterion', table.names);
  const [kept, weight, correlation] = ['kept', 'weight', 'rankCorrelation'].map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array];
  if (table.numRows === 0) return emptyChart(setting, words.title, moneyWords(setting.language).nothing);

  const formats = formatsOf(setting.locale);
  const points = table.toRows().map((row, i) => {
    const which = i % 2 === 0 ? words.lower : words.higher;
    const criterion = measureLabel(String(row['criterion']), setting.language);
    return { criterion, which, kept: kept[i]!, weight: weight[i]!, correlation: correlation[i]!, say: `${criterion}, ${which}: ${formats.percent(kept[i]!)}` };
  });
  const names = [...new Set(points.map(({ criterion }) => criterion))];
  const x = { field: 'kept', type: 'quantitative', title: words.kept, scale: { domain: [0, 1.04], nice: false }, axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] } };
  const y = { field: 'criterion', type: 'nominal', title: null, sort: null, scale: { domain: names }, axis: { ticks: false, domain: false, labelPadding: 6, labelOverlap: false } };
  const which = [words.lower, words.higher];
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.percent(Math.min(...kept))),
    height: 140 + 40 * names.length,
    values: table,
    view: {
      data: { values: points },
      encoding: { x, y },
      layer: [
        { mark: { type: 'line', color: COLORS.gray, strokeWidth: 2, tooltip: null, aria: false }, encoding: { detail: { field: 'criterion', type: 'nominal' } } },
        {
          mark: { type: 'point', filled: true, size: 130, opacity: 1, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            // Two shapes of different size, so that one does not hide the other where both say the same.
            shape: { field: 'which', type: 'nominal', scale: { domain: which, range: ['circle', 'diamond'] }, title: null },
            size: { field: 'which', type: 'nominal', scale: { domain: which, range: [190, 70] }, legend: null },
            color: { field: 'which', type: 'nominal', scale: { domain: which, range: [COLORS.blue, COLORS.orange] }, title: null, legend: { orient: 'top', direction: 'horizontal' } },
            tooltip: [{ field: 'criterion', title: words.criterion }, { field: 'which', title: ' ' }, { field: 'weight', title: words.weight, format: '.3f' }, { field: 'kept', title: words.kept, format: '.1%' }, { field: 'correlation', title: words.correlation, format: '.3f' }],
          },
        },
      ],
    },
  });
}
