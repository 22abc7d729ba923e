import { cellOf, numbersOf, type Table } from '../../columns/index.js';
import type { Retention } from '../../loyalty/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { loyaltyWords } from './loyalty-words.js';
import { checkRetention } from './retention-heatmap.js';
import { COLORS } from './theme.js';

/** More cohorts than that are drawn thin and grey behind the curve of all. */
const NAMED = 5;
const NAMED_COLORS = [COLORS.orange, COLORS.green, COLORS.purple, COLORS.sky, COLORS.vermillion];

/**
 * Retention curves: share of customers by periods since their first purchase, all cohorts together over the single ones.
 *
 * Up to five cohorts have a colour and a name; more are thin and grey, for their spread. Periods that are not over are
 * left out.
 *
 * @param kept a result of `retention`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.retentionCurves(retention(orders, { cohort: 'channel' }));
 *
 * O(cells).
 */
export function retentionCurves(kept: Retention, options: ChartOptions = {}): Chart {
  const where = 'retentionCurves';
  const setting = chartSetting(where, options);
  const { table, curve, meta } = checkRetention(where, kept);
  const words = loyaltyWords(setting.language).retention;
  const formats = formatsOf(setting.locale);
  if (curve.numRows === 0) return emptyChart(setting, words.curves);
  const all = pointsOf(where, curve, () => words.together);
  const cohorts = [...new Set(Array.from({ length: table.numRows }, (_, i) => String(cellOf(table.column('cohort'), i))))];
  const single = pointsOf(where, table, (i) => String(cellOf(table.column('cohort'), i)));
  const named = cohorts.length <= NAMED;
  const names = [words.together, ...(named ? cohorts : [words.cohorts])];
  const x = { field: 'offset', type: 'quantitative', title: words.since(meta.period), axis: { format: 'd', tickMinStep: 1, grid: false } };
  const y = { field: 'rate', type: 'quantitative', title: words.rate, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const color = {
    type: 'nominal', title: null, scale: { domain: names, range: [COLORS.blue, ...(named ? NAMED_COLORS.slice(0, cohorts.length) : [COLORS.gray])] },
    legend: { orient: 'top', direction: 'horizontal', symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 3, columns: setting.width < 480 ? 2 : 4 },
  };
  const last = all.at(-1)!;
  const tooltip = [{ field: 'of', title: words.cohort }, { field: 'offset', title: words.since(meta.period) }, { field: 'rate', title: words.rate, format: '.1%' }, { field: 'size', title: words.size, format: ',d' }];
  return makeChart(setting, {
    title: words.curves,
    subtitle: words.title(meta.kind, false).replace(/^[^:：]*[:：]\s*/, ''),
    height: 380,
    values: curve,
    view: {
      layer: [
        {
          data: { values: single.map((point) => ({ ...point, legend: named ? point.of : words.cohorts })) }, mark: { type: 'line', strokeWidth: named ? 2 : 1, opacity: named ? 1 : 0.8, tooltip: null, aria: false },
          encoding: { x, y, detail: { field: 'of' }, color: { field: 'legend', ...color } },
        },
        { data: { values: all }, mark: { type: 'line', strokeWidth: 3, point: all.length === 1 ? { size: 70 } : false, tooltip: null, description: `${words.together}: ${formats.percent(last.rate)} (${last.offset})` }, encoding: { x, y, color: { field: 'of', ...color } } },
        { data: { values: [...(named ? single : []), ...all] }, mark: { type: 'point', filled: true, size: 100, opacity: 0, tooltip: true, aria: false }, encoding: { x, y, tooltip } },
      ],
    },
  });
}

/** Points of complete periods. */
function pointsOf(where: string, table: Table, of: (row: number) => string): { of: string; offset: number; rate: number; size: number }[] {
  const [offset, rate, size] = [numbersOf(where, table, 'offset'), numbersOf(where, table, 'rate'), numbersOf(where, table, 'size')];
  const complete = table.has('complete') ? numbersOf(where, table, 'complete') : undefined;
  return Array.from(offset.keys()).filter((i) => complete === undefined || complete[i] === 1).map((i) => ({ of: of(i), offset: offset[i]!, rate: Number(rate[i]!.toFixed(4)), size: size[i]! }));
}
