import { checkWord, notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../../columns/index.js';
import { ruleLabel } from '../../warnings/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { emptyChart } from './empty.js';
import { COLORS, LINE_COLORS } from './theme.js';

/** What the chart reads of a result of `evaluateWarnings`. */
export interface WarningsEvaluationResult {
  /** one row per rule: rule, auc */
  readonly table: Table;
  /** one row per rule and threshold: rule, threshold, precision, recall, falseAlarmRate, alarmsPer1000 */
  readonly sweep: Table;
  readonly meta: { readonly cutoff: string; readonly horizon: number; readonly customers: number; readonly lost: number; readonly baseRate: number };
}

/** How {@link rocCurve} is drawn. */
export interface RocCurveOptions extends ChartOptions {
  /** `'roc'` (default): lost customers caught against staying ones alarmed; `'precision-recall'`: how many alarms are right, the better view where few are lost */
  readonly show?: 'roc' | 'precision-recall';
}

/**
 * How well each rule tells who will be lost, over all its thresholds, with the area under its curve.
 *
 * The dashed line is chance: the diagonal, or the share of customers who were lost.
 *
 * @param judged a result of `evaluateWarnings`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.rocCurve(evaluateWarnings(orders, { cutoff: '2025-06-30', horizon: 150 }), { show: 'precision-recall' });
 */
export function rocCurve(judged: WarningsEvaluationResult, options: RocCurveOptions = {}): Chart {
  const where = 'rocCurve';
  const setting = chartSetting(where, options, ['show']);
  const words = churnWords(setting.language).roc;
  const roc = checkWord(where, 'show', options.show ?? 'roc', ['roc', 'precision-recall']) === 'roc';
  if (typeof judged !== 'object' || judged === null || !isTable(judged.sweep) || !isTable(judged.table) || typeof judged.meta !== 'object') throw notThisResult(where, judged, 'a result of evaluateWarnings', 'Pass what evaluateWarnings(orders, { cutoff, horizon }) returned.');
  const { sweep, table, meta } = judged;
  const title = roc ? words.roc : words.precisionRecall;
  const formats = formatsOf(setting.locale);
  const auc = numbersOf(where, table, 'auc');
  const decimals = new Intl.NumberFormat(setting.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const labels = new Map(Array.from(auc, (area, i) => ((rule) => [rule, roc && !Number.isNaN(area) ? `${ruleLabel(rule, setting.language)} (${decimals.format(area)})` : ruleLabel(rule, setting.language)] as const)(String(cellOf(table.column('rule'), i)))));
  const points = pointsOf(where, sweep, roc, labels);
  if (points.length === 0) return emptyChart(setting, title);
  const names = [...labels.values()].filter((name) => points.some(({ of }) => of === name));
  const x = { field: 'x', type: 'quantitative', title: roc ? words.falseAlarms : words.recall, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const y = { field: 'y', type: 'quantitative', title: roc ? words.recall : words.precision, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const color = { field: 'of', type: 'nominal', scale: { domain: names, range: LINE_COLORS }, title: null, legend: { orient: 'top', direction: 'horizontal', columns: 3, symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 2.5 } };
  const chance = roc ? [{ x: 0, y: 0 }, { x: 1, y: 1 }] : [{ x: 0, y: meta.baseRate }, { x: 1, y: meta.baseRate }];
  return makeChart(setting, {
    title,
    subtitle: words.about(meta.cutoff, formats.count(meta.horizon), formats.count(meta.customers), formats.count(meta.lost)),
    height: 460,
    values: sweep,
    view: {
      encoding: { x, y },
      layer: [
        { data: { values: chance }, mark: { type: 'line', strokeDash: [4, 4], strokeWidth: 1, color: COLORS.pale, tooltip: null, aria: false } },
        ...names.map((of) => ({ data: { values: points.filter((point) => point.of === of) }, mark: { type: 'line', strokeWidth: 2.2, tooltip: null, description: of }, encoding: { color, order: { field: 'alarms', type: 'quantitative' } } })),
        { data: { values: points.filter(({ threshold }) => threshold !== null) }, mark: { type: 'point', opacity: 0, size: 100, tooltip: true, aria: false }, encoding: { color, tooltip: [{ field: 'of', title: words.rule }, { field: 'threshold', title: words.threshold, format: ',.4~g' }, { field: 'recall', title: words.recall, format: '.1%' }, { field: 'precision', title: words.precision, format: '.1%' }, { field: 'alarms', title: words.perThousand, format: ',.1f' }] } },
      ],
    },
  });
}

interface Point {
  readonly of: string;
  readonly x: number;
  readonly y: number;
  readonly threshold: number | null;
  readonly recall: number;
  readonly precision: number;
  readonly alarms: number;
}

/** Points of each rule; a ROC begins where nobody is alarmed. */
function pointsOf(where: string, sweep: Table, roc: boolean, labels: ReadonlyMap<string, string>): Point[] {
  const [threshold, precision, recall, falseAlarms, alarms] = ['threshold', 'precision', 'recall', 'falseAlarmRate', 'alarmsPer1000'].map((name) => numbersOf(where, sweep, name)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const points: Point[] = [];
  let before = '';
  for (let i = 0; i < threshold.length; i++) {
    const rule = String(cellOf(sweep.column('rule'), i));
    const of = labels.get(rule) ?? rule;
    const [x, y] = roc ? [falseAlarms[i]!, recall[i]!] : [recall[i]!, precision[i]!];
    if (roc && rule !== before) points.push({ of, x: 0, y: 0, threshold: null, recall: 0, precision: 0, alarms: 0 });
    before = rule;
    if (Number.isFinite(x) && Number.isFinite(y)) points.push({ of, x, y, threshold: threshold[i]!, recall: recall[i]!, precision: precision[i]!, alarms: alarms[i]! });
  }
  return points;
}
